// SPDX-License-Identifier: Apache-2.0
//
// Policies inside of strings: JSON text, URL-encoded, or JSON text that was put into a string twice.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sources/aws_dump_answer.h"
#include "syntax/json_reader.h"
#include "syntax/json_scan.h"
#include "syntax/string_offsets.h"

namespace grantproof::sources {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

namespace {

constexpr int kMostStrings = 4;  // a string in a string in a string …

std::size_t count_nodes(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items)
    count += count_nodes(item);
  for (const Member& member : node.members)
    count += count_nodes(member.value);
  return count;
}

// {\"Version\": …}: the text of a JSON string without its quotes, as API Gateway gives policies.
bool is_escaped(std::string_view text) {
  const std::size_t first = syntax::skip_json_space(text, 0);
  if (first >= text.size() || (text[first] != '{' && text[first] != '['))
    return false;
  const std::size_t second = syntax::skip_json_space(text, first + 1);
  return second < text.size() && text[second] == '\\';
}

// The string that such a text is when quotes stand around it.
std::optional<Node> unescape(base::SourceMap& sources, const Node& string, base::DiagnosticSink& sink,
                             const syntax::JsonLimits& limits) {
  std::vector<std::uint32_t> offsets;
  if (auto found = syntax::json_string_offsets(sources.text(string.span), string.text)) {
    offsets = std::move(*found);
    for (std::uint32_t& offset : offsets)
      offset += string.span.begin;
  } else {
    offsets.assign(string.text.size(), string.span.begin);
    offsets.push_back(string.span.end);
  }
  offsets.insert(offsets.begin(), string.span.begin);
  offsets.push_back(string.span.end);
  return syntax::read_json(sources,
                           sources.add_embedded(string.span, "\"" + string.text + "\"", std::move(offsets)),
                           sink, limits);
}

}  // namespace

std::optional<Node> AnswerReader::embedded(const Node& value, const std::string& whose) {
  if (limits_.embedded_nodes == 0) {
    beyond_limit(value.span,
                 fmt::format("{} is not read: the documents in strings are too large together", whose),
                 "split the file into several");
    return std::nullopt;
  }
  base::DiagnosticSink sink;
  const syntax::JsonLimits limits{.bytes = limits_.policy_bytes, .nodes = limits_.embedded_nodes};
  std::optional<Node> found = value;
  for (int strings = 0; strings < kMostStrings && found && found->kind == NodeKind::kString; ++strings) {
    const Node string = std::move(*found);
    found = is_escaped(string.text) ? unescape(into_.sources, string, sink, limits)
                                    : syntax::read_embedded_json(into_.sources, string, sink, limits);
  }
  // What was read before a mistake has cost as much as it could.
  const std::size_t cost = found ? count_nodes(*found) : value.text.size() / 2;
  limits_.embedded_nodes -= std::min(limits_.embedded_nodes, cost);
  if (found) {
    for (const base::Diagnostic& diagnostic : sink.diagnostics())
      report(diagnostic);
    return found;
  }
  base::Diagnostic last = sink.diagnostics().empty() ? base::Diagnostic() : sink.diagnostics().back();
  last.message = fmt::format("{} is not JSON: {}", whose, last.message);
  if (last.help.empty())
    last.help = "AWS prints it as a JSON object, or as the text of one in a string";
  last.rule = last.rule == "GP0003" ? "GP0307" : "GP0301";
  report(std::move(last));
  return std::nullopt;
}

Node AnswerReader::document(const Node& value, const std::string& whose) {
  if (value.kind == NodeKind::kMap)
    return value;
  if (value.kind == NodeKind::kString) {
    auto found = embedded(value, whose);
    if (!found)
      return value;
    if (found->kind == NodeKind::kMap)
      return std::move(*found);
    mistake(found->span, fmt::format("{} is {}, expected an object", whose, syntax::describe(found->kind)));
    return value;
  }
  mistake(value.span, fmt::format("{} is {}, expected an object", whose, syntax::describe(value.kind)),
          "AWS prints it as a JSON object, or as the text of one in a string");
  return value;
}

}  // namespace grantproof::sources
