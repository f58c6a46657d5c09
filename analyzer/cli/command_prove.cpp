// SPDX-License-Identifier: Apache-2.0
//
// grantproof prove CLAIMS.yaml PATH…: do these claims hold for every request?
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "checks/claim.h"
#include "cli/commands.h"
#include "cli/diagnostic_text.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/report_maker.h"
#include "reports/verdict_lines.h"
#include "syntax/json_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::cli {
namespace {

base::Expected<std::vector<checks::Claim>> read_claims_file(const std::string& path, const Machine& machine,
                                                            Inputs& inputs) {
  auto text = path == "-" ? machine.standard_input() : machine.files->read_file(path);
  if (!text)
    return tl::unexpected<base::Error>(text.error());
  const base::FileId file = inputs.sources.add(path == "-" ? "<stdin>" : path, std::move(*text));
  base::DiagnosticSink sink;
  const auto node = path.ends_with(".json") ? syntax::read_json(inputs.sources, file, sink)
                                            : syntax::read_yaml(inputs.sources, file, sink);
  std::vector<checks::Claim> claims;
  if (node)
    claims = checks::read_claims(*node, sink);
  // A claim that is misspelt would be one that nobody asks.
  if (sink.errors() > 0)
    return base::error(error_text(inputs.sources, sink));
  if (claims.empty())
    return base::error(
        fmt::format("{}: there is no claim in this file\n  see docs/reference/claims-file.md", path));
  return claims;
}

// A claim about no policy holds, and says nothing. One of them may be about another folder; all of them are a
// mistake.
base::Expected<void> say_claims_about_nothing(const std::vector<checks::Claim>& claims,
                                              const std::vector<checks::ClaimResult>& results,
                                              const Options& options, const Machine& machine) {
  if (results.empty())
    return base::error(
        "none of the claims is about one of these policies\n  look at applies-to, or at the paths");
  for (const checks::Claim& claim : claims) {
    const bool asked =
        std::any_of(results.begin(), results.end(),
                    [&claim](const checks::ClaimResult& result) { return result.claim == claim.name; });
    if (!asked && options.quiet == 0)
      machine.errors(fmt::format(
          "grantproof: note: {} was not asked: it is about none of these policies, or about facts "
          "that nobody gave\n",
          claim.name));
  }
  return {};
}

}  // namespace

base::Expected<int> command_prove(const Options& options, const Machine& machine) {
  const auto requests = requested_reports(options, {"text", "json", "junit"});
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());
  auto read = read_inputs(std::span(options.arguments).subspan(1), options, machine);
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  Inputs& inputs = **read;
  const auto claims = read_claims_file(options.arguments.front(), machine, inputs);
  if (!claims)
    return tl::unexpected<base::Error>(claims.error());
  if (auto readable = require_readable(inputs); !readable)
    return tl::unexpected<base::Error>(readable.error());
  say_mistakes(inputs.sources, inputs.diagnostics, options, machine);

  const std::vector<checks::Subject> policies = subjects(inputs);
  const checks::World world = cli::world(inputs, options);
  if (options.dump) {
    std::string_view separator;
    for (const checks::Claim& claim : *claims) {
      machine.output(separator);
      machine.output(checks::claim_smt2(claim, policies, world));
      separator = "\n(reset)\n";
    }
    return kNothingFound;
  }
  checks::CheckResult result;
  result.claims = checks::prove_claims(*claims, policies, world);
  if (auto said = say_claims_about_nothing(*claims, result.claims, options, machine); !said)
    return tl::unexpected<base::Error>(said.error());
  const bool all_proved = std::all_of(
      result.claims.begin(), result.claims.end(),
      [](const checks::ClaimResult& claim) { return claim.verdict == checks::VerdictKind::kProved; });

  const reports::Report report = make_report(inputs, std::move(result));
  reports::RenderOptions render = render_options(options, machine);
  render.exit_code = all_proved ? kNothingFound : kFound;
  const auto delivered = deliver(
      *requests,
      [&](const ReportRequest& request) {
        return request.format == "text" ? reports::proof_text(report.claims, inputs.sources, render)
                                        : reports::find_renderer(request.format)->render(report, render);
      },
      options, machine);
  if (!delivered)
    return tl::unexpected<base::Error>(delivered.error());
  return all_proved ? kNothingFound : kFound;
}

}  // namespace grantproof::cli
