// SPDX-License-Identifier: Apache-2.0
//
// The explanation of a match and the matcher that decides it say the same.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>

#include "events/event.h"
#include "events/event_pattern_reader.h"
#include "router/bus_matcher.h"
#include "router/explain_match.h"
#include "support/bounds.h"
#include "support/random_event.h"
#include "support/random_event_pattern.h"
#include "support/rounds.h"

namespace grantproof::router {
namespace {

TEST(ExplainMatchTwins, AgreeWithTheCompiledMatcher) {
  std::size_t matching = 0;
  std::size_t compared = 0;
  tests::for_rounds(tests::bounded(20'000, 500), 7'000'000, [&](tests::Random& random) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const std::string pattern_text = tests::random_event_pattern(random);
    const auto pattern = events::read_event_pattern(sources, sources.add("pattern", pattern_text), sink);
    ASSERT_TRUE(pattern) << pattern_text;
    BusMatcher matcher;
    matcher.add(0, *pattern);
    MatchSession session(matcher);
    for (int i = 0; i < 4; ++i) {
      const auto event =
          events::read_event(sources, sources.add("event", tests::random_event(random, *pattern)), sink);
      ASSERT_TRUE(event);
      const auto matched = session.match(event->text);
      ASSERT_TRUE(matched);
      const MatchExplanation explanation = explain_match(*pattern, event->envelope);
      if (explanation.incomplete)
        continue;
      ++compared;
      matching += explanation.matches ? 1 : 0;
      ASSERT_EQ(explanation.matches, !matched->empty()) << pattern_text << "\n" << event->text;
      // A miss says which field; a match says all of them.
      if (pattern->tests.empty())
        continue;
      ASSERT_FALSE(explanation.fields.empty()) << pattern_text << "\n" << event->text;
      ASSERT_EQ(explanation.fields.back().matcher.has_value(), explanation.matches) << pattern_text << "\n"
                                                                                    << event->text;
      ASSERT_FALSE(reason(explanation).empty());
    }
  });
  if (!testing::Test::HasFailure() && std::getenv("GRANTPROOF_SEED") == nullptr) {
    // Both answers are common, or nothing was compared.
    EXPECT_GT(matching, compared / 10);
    EXPECT_LT(matching, compared * 9 / 10);
  }
}

}  // namespace
}  // namespace grantproof::router
