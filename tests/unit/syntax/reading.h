// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the readers share: a document, its tree, and what was said about it, as people would see
// it.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/json_reader.h"
#include "syntax/node.h"
#include "syntax/yaml_reader.h"

namespace grantproof::syntax {

struct Reading {
  base::SourceMap sources;
  base::FileId file{};
  base::DiagnosticSink sink;
  std::optional<Node> tree;

  // "1:5-1:9", columns from 1, the end one past the last code point
  std::string place(base::Span span) const {
    const base::Location location = sources.locate(span);
    return fmt::format("{}:{}-{}:{}", location.begin.line, location.begin.column, location.end.line,
                       location.end.column);
  }
  // "GP0001 1:5-1:9 message | help", one line a diagnostic
  std::string said() const {
    std::string text;
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      if (!text.empty())
        text += '\n';
      text += fmt::format("{} {} {}", diagnostic.rule, place(diagnostic.primary.span), diagnostic.message);
      if (!diagnostic.help.empty())
        text += " | " + diagnostic.help;
      for (const base::Label& label : diagnostic.secondary)
        text += fmt::format(" | {} {}", place(label.span), label.text);
    }
    return text;
  }
  // The bytes of a span in the source that it is in, and in the outermost file.
  std::string written(base::Span span) const { return std::string(sources.text(span)); }
  std::string written_outermost(base::Span span) const {
    return std::string(sources.text(sources.outermost(span)));
  }
};

inline Reading json(std::string text, const JsonLimits& limits = {}) {
  Reading reading;
  reading.file = reading.sources.add("test.json", std::move(text));
  reading.tree = read_json(reading.sources, reading.file, reading.sink, limits);
  return reading;
}

inline Reading yaml(std::string text, const JsonLimits& limits = {}) {
  Reading reading;
  reading.file = reading.sources.add("test.yaml", std::move(text));
  reading.tree = read_yaml(reading.sources, reading.file, reading.sink, limits);
  return reading;
}

// Every node and key as "what text", in document order.
inline void list_spans(const Reading& reading, const Node& node, std::vector<std::string>& out) {
  out.push_back(fmt::format("{} <{}>", describe(node.kind), reading.written(node.span)));
  for (const Node& item : node.items)
    list_spans(reading, item, out);
  for (const Member& member : node.members) {
    out.push_back(fmt::format("key <{}>", reading.written(member.key_span)));
    list_spans(reading, member.value, out);
  }
}

inline std::vector<std::string> spans(const Reading& reading) {
  std::vector<std::string> out;
  if (reading.tree)
    list_spans(reading, *reading.tree, out);
  return out;
}

}  // namespace grantproof::syntax
