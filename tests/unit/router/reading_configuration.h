// SPDX-License-Identifier: Apache-2.0
//
// A configuration written in YAML, and what was said about it, one line a diagnostic:
// "7:35 error message | help".
#pragma once

#include <string>

#include "router/replay_configuration_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::router {

struct ReadConfiguration {
  explicit ReadConfiguration(const std::string& yaml) {
    base::DiagnosticSink sink;
    const auto node = syntax::read_yaml(sources, sources.add("config.yaml", yaml), sink);
    if (node)
      configuration = read_replay_configuration(*node, sources, sink);
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      const base::LineColumn at = sources.locate(diagnostic.primary.span).begin;
      said += std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
              std::string(base::name(diagnostic.severity)) + " " + diagnostic.message +
              (diagnostic.help.empty() ? "" : " | " + diagnostic.help) + "\n";
    }
  }
  ReadConfiguration(const ReadConfiguration&) = delete;
  ReadConfiguration& operator=(const ReadConfiguration&) = delete;

  base::SourceMap sources;
  ReplayConfiguration configuration;
  std::string said;
};

}  // namespace grantproof::router
