// SPDX-License-Identifier: Apache-2.0
//
// Event patterns and events: whatever the bytes, no crash; and where both can be read, the compiled matcher
// of a bus and the plainest way to decide a pattern agree. Aborts on a disagreement.
//
// Input: texts between line ends. The last is the event, the others are the rules of a bus. Patterns of many
// alternatives and events of many leaves are only read, not compared: the plain way is exponential.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "events/event_pattern_reader.h"
#include "router/bus_matcher.h"
#include "support/direct_event_matcher.h"
#include "syntax/json_reader.h"

namespace {

using namespace grantproof;

constexpr std::size_t kMostRules = 8;
constexpr std::size_t kMostAlternatives = 16;
constexpr std::size_t kMostFields = 6;
constexpr std::size_t kMostLeaves = 24;

std::size_t leaves_of(const syntax::Node& node) {
  if (node.kind != syntax::NodeKind::kList && node.kind != syntax::NodeKind::kMap)
    return 1;
  std::size_t leaves = 0;
  for (const syntax::Node& item : node.items)
    leaves += leaves_of(item);
  for (const syntax::Member& member : node.members)
    leaves += leaves_of(member.value);
  return leaves;
}

bool small_enough(const events::EventPattern& pattern) {
  return pattern.alternatives.size() <= kMostAlternatives &&
         std::ranges::all_of(pattern.alternatives, [](const events::Alternative& alternative) {
           return alternative.size() <= kMostFields;
         });
}

void require(bool holds, const char* what, std::string_view input) {
  if (holds)
    return;
  std::fprintf(stderr, "%s:\n%.*s\n", what, static_cast<int>(input.size()), input.data());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> texts;
  for (std::size_t from = 0; from <= input.size();) {
    const std::size_t end = std::min(input.find('\n', from), input.size());
    texts.push_back(input.substr(from, end - from));
    from = end + 1;
  }
  const std::string_view event_text = texts.back();
  texts.pop_back();
  texts.resize(std::min(texts.size(), kMostRules));

  std::vector<events::EventPattern> patterns;
  router::BusMatcher bus;
  for (const std::string_view text : texts) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const base::FileId file = sources.add("pattern.json", std::string(text));
    const auto pattern = events::read_event_pattern(sources, file, sink);
    require(pattern.has_value() == (sink.errors() == 0), "a pattern, or an error", text);
    if (!pattern || !small_enough(*pattern))
      continue;
    bus.add(static_cast<router::RuleNumber>(patterns.size()), *pattern);
    patterns.push_back(*pattern);
  }
  router::MatchSession session(bus);
  const auto matched = session.match(event_text);

  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("event.json", std::string(event_text));
  const auto event = syntax::read_json(
      sources, file, sink, syntax::JsonLimits{.depth = 200},
      syntax::JsonDialect{
          .byte_order_mark = false, .duplicate_keys = true, .text_after_end = true, .large_numbers = true});
  if (!event || event->kind != syntax::NodeKind::kMap || leaves_of(*event) > kMostLeaves)
    return 0;
  require(matched.has_value(), "an event that can be read is matched", input);
  for (std::uint32_t i = 0; i < patterns.size(); ++i) {
    require(std::ranges::binary_search(*matched, i) == tests::direct_match(patterns[i], *event),
            "compiled and direct agree", input);
  }
  return 0;
}
