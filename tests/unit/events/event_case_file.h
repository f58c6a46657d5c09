// SPDX-License-Identifier: Apache-2.0
//
// Files of cases whose result is known: JSON lines with the text of a pattern, the text of an event, and what
// comes of them.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "events/event_pattern_reader.h"
#include "support/direct_event_matcher.h"
#include "syntax/json_reader.h"

namespace grantproof::events::tests {

inline syntax::Node read_line(const std::string& line) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  std::optional<syntax::Node> node = syntax::read_json(sources, sources.add("case", line), sink);
  if (!node.has_value())
    throw std::invalid_argument("no JSON: " + line);
  return std::move(*node);
}

inline const syntax::Node& field(const syntax::Node& line, std::string_view name) {
  const syntax::Node* found = line.find(name);
  if (found == nullptr)
    throw std::invalid_argument("no field " + std::string(name));
  return *found;
}

// The pattern of a text; nothing where it is refused.
inline std::optional<EventPattern> pattern_of(std::string_view text, base::DiagnosticSink& sink) {
  base::SourceMap sources;
  return read_event_pattern(sources, sources.add("pattern.json", std::string(text)), sink);
}

inline std::optional<EventPattern> pattern_of(std::string_view text) {
  base::DiagnosticSink sink;
  return pattern_of(text, sink);
}

// Duplicate keys mean something in events, and text behind them nothing.
inline syntax::Node event_of(std::string_view text) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  std::optional<syntax::Node> node = syntax::read_json(
      sources, sources.add("event.json", std::string(text)), sink, syntax::JsonLimits{.depth = 256},
      syntax::JsonDialect{
          .byte_order_mark = false, .duplicate_keys = true, .text_after_end = true, .large_numbers = true});
  if (!node.has_value())
    throw std::invalid_argument("no event: " + std::string(text));
  return std::move(*node);
}

inline bool matches_directly(std::string_view pattern, std::string_view event) {
  const std::optional<EventPattern> read = pattern_of(pattern);
  if (!read.has_value())
    throw std::invalid_argument("no pattern: " + std::string(pattern));
  return grantproof::tests::direct_match(*read, event_of(event));
}

}  // namespace grantproof::events::tests
