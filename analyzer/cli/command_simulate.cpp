// SPDX-License-Identifier: Apache-2.0
//
// grantproof simulate: what happens to one request, or to each case of a file.
#include <span>
#include <utility>

#include "cli/commands.h"
#include "cli/diagnostic_text.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/simulate_cases.h"
#include "cli/simulation.h"
#include "syntax/json_reader.h"

namespace grantproof::cli {
namespace {

// A request as reports show it, or an object around one: a whole case, or a finding's witness.
base::Expected<access::Case> read_request_file(const std::string& path, const Options& options,
                                               const Machine& machine, Inputs& inputs) {
  auto text = path == "-" ? machine.standard_input() : machine.files->read_file(path);
  if (!text)
    return tl::unexpected<base::Error>(text.error());
  const std::string name = path != "-"                      ? path
                           : options.stdin_filename.empty() ? "<stdin>"
                                                            : options.stdin_filename;
  const base::FileId file = inputs.sources.add(name, std::move(*text));
  base::DiagnosticSink sink;
  std::optional<access::Case> read;
  if (const auto node = syntax::read_json(inputs.sources, file, sink)) {
    if (node->find("request") != nullptr) {
      read = access::read_case(*node, sink);
    } else if (auto request = access::read_request(*node, sink)) {
      read.emplace();
      read->request = std::move(*request);
    }
  }
  if (!read)
    return base::error(error_text(inputs.sources, sink));
  for (const base::Diagnostic& diagnostic : sink.diagnostics())
    inputs.diagnostics.report(diagnostic);
  return std::move(*read);
}

}  // namespace

base::Expected<int> command_simulate(const Options& options, const Machine& machine) {
  if (!options.cases.empty())
    return simulate_cases(options.cases, options.quiet > 0, machine);

  const auto reports = requested_reports(options, {"text", "json"});
  if (!reports)
    return tl::unexpected<base::Error>(reports.error());
  auto inputs = begin_inputs(options, machine);
  if (!inputs)
    return tl::unexpected<base::Error>(inputs.error());
  auto of = read_request_file(options.arguments.front(), options, machine, **inputs);
  if (!of)
    return tl::unexpected<base::Error>(of.error());
  const auto paths = std::span(options.arguments).subspan(1);
  if (!paths.empty()) {
    if (auto read = read_sources(paths, options, machine, **inputs); !read)
      return tl::unexpected<base::Error>(read.error());
    if (auto added = add_policies(subjects_by_holder(**inputs), *of); !added)
      return tl::unexpected<base::Error>(added.error());
  }

  const Simulation simulation = simulate(*of);
  say_mistakes((*inputs)->sources, (*inputs)->diagnostics, options, machine);
  const auto render = render_options(options, machine);
  const auto delivered = deliver(
      *reports,
      [&](const ReportRequest& request) {
        return request.format == "json" ? simulation_json(simulation, *of, (*inputs)->sources)
                                        : simulation_text(simulation, *of, (*inputs)->sources, render);
      },
      options, machine);
  if (!delivered)
    return tl::unexpected<base::Error>(delivered.error());
  return simulation.relied_on() && simulation.decision.outcome == access::Outcome::kAllowed ? kNothingFound
                                                                                            : kFound;
}

}  // namespace grantproof::cli
