// SPDX-License-Identifier: Apache-2.0
//
// grantproof diff OLD NEW: what the new policy allows that the old one did not, and the reverse.
#include <fmt/format.h>

#include <utility>

#include "checks/difference.h"
#include "cli/answer_json.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "reports/verdict_lines.h"

namespace grantproof::cli {
namespace {

// Reads one side; it has to hold exactly one policy.
base::Expected<void> read_side(const std::string& path, const Options& options, const Machine& machine,
                               Inputs& inputs) {
  const std::size_t before = inputs.configuration.policies.size();
  if (auto read = read_one_document(path, options, machine, inputs); !read)
    return read;
  if (auto readable = require_readable(inputs); !readable)
    return readable;
  const std::size_t found = inputs.configuration.policies.size() - before;
  if (found != 1)
    return base::error(
        fmt::format("{} holds {} policies\n  diff compares one policy with one policy", path, found));
  return {};
}

std::string with_article(policy::PolicyType type) {
  const std::string_view name = policy::name(type);
  const bool vowel = name.front() == 'i';  // "an identity policy"
  return fmt::format("{} {}", vowel ? "an" : "a", name);
}

// A policy without statements has no shape: it is what the other one is.
base::Expected<void> make_types_agree(Inputs& inputs) {
  config::PolicyDocument& older = inputs.configuration.policies[0];
  config::PolicyDocument& newer = inputs.configuration.policies[1];
  if (older.policy.type == newer.policy.type)
    return {};
  const bool older_is_empty = older.policy.statements.empty();
  if (!older_is_empty && !newer.policy.statements.empty())
    return base::error(fmt::format(
        "{} reads like {} policy, {} like {} policy\n  say which type both are with --as", older.path,
        with_article(older.policy.type), newer.path, with_article(newer.policy.type)));
  (older_is_empty ? older : newer).policy.type = (older_is_empty ? newer : older).policy.type;
  return {};
}

}  // namespace

base::Expected<int> command_diff(const Options& options, const Machine& machine) {
  const auto requests = requested_reports(options, {"text", "json"});
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());
  auto begun = begin_inputs(options, machine);
  if (!begun)
    return tl::unexpected<base::Error>(begun.error());
  Inputs& inputs = **begun;
  for (const std::string& path : options.arguments) {
    if (auto read = read_side(path, options, machine, inputs); !read)
      return tl::unexpected<base::Error>(read.error());
  }
  if (auto agree = make_types_agree(inputs); !agree)
    return tl::unexpected<base::Error>(agree.error());
  say_mistakes(inputs.sources, inputs.diagnostics, options, machine);

  const std::vector<checks::Subject> sides = subjects(inputs);
  const checks::World world = cli::world(inputs, options);
  if (options.dump) {
    machine.output(checks::difference_smt2(sides[0], sides[1], world, true) + "\n(reset)\n" +
                   checks::difference_smt2(sides[0], sides[1], world, false));
    return kNothingFound;
  }
  const checks::Difference difference = checks::compare(sides[0], sides[1], world);
  const auto render = render_options(options, machine);
  const auto delivered = deliver(
      *requests,
      [&](const ReportRequest& request) {
        return request.format == "json" ? difference_json(difference, inputs.sources)
                                        : reports::diff_lines(difference, inputs.sources, render);
      },
      options, machine);
  if (!delivered)
    return tl::unexpected<base::Error>(delivered.error());
  return difference.added.verdict == checks::VerdictKind::kProved ? kNothingFound : kFound;
}

}  // namespace grantproof::cli
