// SPDX-License-Identifier: Apache-2.0
//
// Random events and patterns are what the tests that use them take them for: the service would read them,
// every matcher occurs, and patterns and events meet neither always nor hardly ever.
#include "support/random_event.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>

#include "events/event_pattern_reader.h"
#include "support/bounds.h"
#include "support/direct_event_matcher.h"
#include "support/random_event_pattern.h"
#include "support/rounds.h"
#include "syntax/json_reader.h"

namespace grantproof::tests {
namespace {

constexpr syntax::JsonDialect kEvents{
    .byte_order_mark = false, .duplicate_keys = true, .text_after_end = true, .large_numbers = true};

TEST(RandomEvent, MeetsItsPattern) {
  if (std::getenv("GRANTPROOF_SEED") != nullptr)
    GTEST_SKIP() << "counts over all rounds";
  const std::size_t rounds = bounded(20'000, 4'000);
  std::size_t matches = 0;
  std::size_t several = 0;  // patterns with more than one alternative
  std::size_t lists = 0;    // events with a list of objects
  std::size_t nested_lists = 0;
  std::map<events::MatcherKind, std::size_t> kinds;
  for_rounds(rounds, 0xe7e2'0000, [&](Random& random) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const std::string text = random_event_pattern(random);
    const std::optional<events::EventPattern> pattern =
        events::read_event_pattern(sources, sources.add("pattern", text), sink);
    ASSERT_TRUE(pattern.has_value()) << text << ": " << sink.diagnostics().at(0).message;
    const std::string event_text = random_event(random, *pattern);
    const std::optional<syntax::Node> event =
        syntax::read_json(sources, sources.add("event", event_text), sink, {}, kEvents);
    ASSERT_TRUE(event.has_value()) << event_text;
    if (direct_match(*pattern, *event))
      ++matches;
    if (pattern->alternatives.size() > 1)
      ++several;
    if (event_text.find("[{") != std::string::npos)
      ++lists;
    if (event_text.find("[[{") != std::string::npos)
      ++nested_lists;
    for (const events::FieldTest& field : pattern->tests) {
      for (const events::Matcher& matcher : field.matchers)
        ++kinds[matcher.kind];
    }
  });
  EXPECT_GT(matches, rounds / 5);
  EXPECT_LT(matches, rounds / 2);
  EXPECT_GT(several, rounds / 20);
  EXPECT_GT(lists, rounds / 20);
  EXPECT_GT(nested_lists, rounds / 200);
  for (int kind = 0; kind <= static_cast<int>(events::MatcherKind::kAnythingButWildcard); ++kind)
    EXPECT_GT(kinds[static_cast<events::MatcherKind>(kind)], rounds / 100) << kind;
}

TEST(RandomEvent, IsTheSameForOneSeed) {
  Random first(7);
  Random second(7);
  for (int round = 0; round < 100; ++round)
    EXPECT_EQ(random_event_pattern(first), random_event_pattern(second));
}

}  // namespace
}  // namespace grantproof::tests
