// SPDX-License-Identifier: Apache-2.0
//
// grantproof can ACTION RESOURCE: who can do this, or can this one?
#include <fmt/format.h>

#include <span>

#include "aws/reference.h"
#include "checks/caller_choice.h"
#include "checks/who_can.h"
#include "cli/answer_json.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "reports/verdict_lines.h"

namespace grantproof::cli {
namespace {

// A misspelt action is one that nobody can do: the "no" would be true and of no use.
base::Expected<void> check_question(const checks::CanQuestion& question, const aws::Reference& reference) {
  if (question.action != "*" && question.action.find(':') == std::string::npos)
    return base::error(fmt::format("'{}' is no action: they look like events:PutEvents", question.action));
  if (reference.match(question.action).empty()) {
    const auto nearest = reference.nearest_action(question.action);
    return base::error(fmt::format(
        "there is no action {} in the service reference of {}\n  {}", question.action, reference.date(),
        nearest ? fmt::format("did you mean {}?", *nearest) : "--reference FILE reads a newer one"));
  }
  if (question.resource != "*" && !question.resource.starts_with("arn:"))
    return base::error(
        fmt::format("'{}' is no resource: write an ARN, a pattern of ARNs, or '*'", question.resource));
  if (question.by && !checks::CallerChoice::read(*question.by))
    return base::error(fmt::format(
        "'{}' is no caller: write an ARN of a principal, a service name, or 'anonymous'", *question.by));
  return {};
}

}  // namespace

base::Expected<int> command_can(const Options& options, const Machine& machine) {
  const auto requests = requested_reports(options, {"text", "json"});
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());
  const checks::CanQuestion question{.action = options.arguments[0],
                                     .resource = options.arguments[1],
                                     .by = options.by,
                                     .outside = options.outside};
  const auto read = read_inputs(std::span(options.arguments).subspan(2), options, machine);
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  Inputs& inputs = **read;
  if (auto sound = check_question(question, inputs.reference()); !sound)
    return tl::unexpected<base::Error>(sound.error());
  if (auto readable = require_readable(inputs); !readable)
    return tl::unexpected<base::Error>(readable.error());
  say_mistakes(inputs.sources, inputs.diagnostics, options, machine);

  const std::vector<checks::Subject> policies = subjects_by_holder(inputs);
  const checks::World world = cli::world(inputs, options);
  if (options.dump) {
    machine.output(checks::who_can_smt2(policies, question, world));
    return kNothingFound;
  }
  const checks::CanAnswer answer = checks::who_can(policies, question, world);
  const auto render = render_options(options, machine);
  const auto delivered = deliver(
      *requests,
      [&](const ReportRequest& request) {
        return request.format == "json" ? can_json(answer, inputs.sources)
                                        : reports::can_lines(answer, inputs.sources, render);
      },
      options, machine);
  if (!delivered)
    return tl::unexpected<base::Error>(delivered.error());
  return answer.verdict == checks::VerdictKind::kRefuted ? kNothingFound : kFound;
}

}  // namespace grantproof::cli
