// SPDX-License-Identifier: Apache-2.0
//
// grantproof dump: what was understood of the documents. grantproof graph: who is connected to what.
#include "cli/commands.h"
#include "cli/diagnostic_text.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "reports/configuration_json.h"
#include "reports/graph.h"

namespace grantproof::cli {

base::Expected<int> command_dump(const Options& options, const Machine& machine) {
  const auto read = read_inputs(options.arguments, options, machine);
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  const Inputs& inputs = **read;
  say_mistakes(inputs.sources, inputs.diagnostics, options, machine);
  machine.output(options.dump_sources
                     ? reports::resources_json(inputs.resources, inputs.configuration, inputs.sources)
                     : reports::configuration_json(inputs.configuration, inputs.sources));
  return inputs.diagnostics.errors() > 0 ? kFound : kNothingFound;
}

base::Expected<int> command_graph(const Options& options, const Machine& machine) {
  const auto read = read_inputs(options.arguments, options, machine);
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  const Inputs& inputs = **read;
  say_mistakes(inputs.sources, inputs.diagnostics, options, machine);
  const reports::Graph graph = reports::make_graph(inputs.configuration, options.graph_part);
  machine.output(options.graph_format == "json"      ? reports::graph_json(graph)
                 : options.graph_format == "mermaid" ? reports::graph_mermaid(graph)
                                                     : reports::graph_dot(graph));
  return inputs.diagnostics.errors() > 0 ? kFound : kNothingFound;
}

}  // namespace grantproof::cli
