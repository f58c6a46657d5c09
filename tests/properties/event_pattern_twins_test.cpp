// SPDX-License-Identifier: Apache-2.0
//
// The compiled matcher of a bus against the plainest way to decide a pattern: random rules that come and go,
// and random events near one of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "logic/encode_event_pattern.h"
#include "logic/interpret.h"
#include "router/bus_matcher.h"
#include "support/bounds.h"
#include "support/random_event.h"
#include "support/random_event_pattern.h"
#include "support/rounds.h"
#include "unit/events/event_case_file.h"

namespace grantproof::tests {
namespace {

struct Rule {
  std::string text;
  events::EventPattern pattern;
};

Rule random_rule(Random& random) {
  std::string text = random_event_pattern(random);
  std::optional<events::EventPattern> pattern = events::tests::pattern_of(text);
  EXPECT_TRUE(pattern) << text;
  return {std::move(text), pattern ? std::move(*pattern) : events::EventPattern{}};
}

TEST(EventPatternTwins, CompiledAndDirectAgree) {
  std::size_t pairs = 0, matches = 0;
  for_rounds(bounded(4'500, 200), 21'000'000, [&](Random& random) {
    std::vector<Rule> rules;
    std::vector<bool> there;
    router::BusMatcher bus;
    router::MatchSession session(bus);
    const std::size_t most = 1 + random.below(40);
    for (std::size_t turn = 0; turn < 6; ++turn) {
      // Some come, some go, some come back.
      for (std::size_t i = 0; i < most; ++i) {
        if (rules.size() < most) {
          rules.push_back(random_rule(random));
          there.push_back(true);
          bus.add(static_cast<router::RuleNumber>(i), rules.back().pattern);
        } else if (random.chance(20)) {
          if (there[i])
            bus.remove(static_cast<router::RuleNumber>(i));
          else
            bus.add(static_cast<router::RuleNumber>(i), rules[i].pattern);
          there[i] = !there[i];
        }
      }
      const std::string text = random_event(random, random.pick(rules).pattern);
      const auto matched = session.match(text);
      ASSERT_TRUE(matched) << text << ": " << matched.error().message;
      const syntax::Node event = events::tests::event_of(text);
      for (std::size_t i = 0; i < rules.size(); ++i) {
        const bool expected = there[i] && direct_match(rules[i].pattern, event);
        ASSERT_EQ(std::ranges::binary_search(*matched, static_cast<router::RuleNumber>(i)), expected)
            << rules[i].text << "\n"
            << text;
        ++pairs;
        matches += expected ? 1U : 0U;
      }
    }
  });
  std::printf("event patterns: %zu pairs, %zu match\n", pairs, matches);
  if (std::getenv("GRANTPROOF_SEED") == nullptr) {
    EXPECT_GE(pairs, bounded(500'000, 10'000));
    EXPECT_GT(matches, pairs / 50);
  }
}

// ---- the formula

// Where the formula knows, it says what the matcher says; and without lists of objects it nearly always
// knows.
TEST(EventPatternTwins, FormulaAndDirectAgree) {
  std::size_t pairs = 0, matches = 0, unknown = 0;
  for_rounds(bounded(15'000, 500), 22'000'000, [&](Random& random) {
    const Rule rule = random_rule(random);
    patterns::PatternStore store;
    logic::SymbolicRequest symbolic(store, aws::Reference::embedded());
    const logic::Formula formula = logic::encode_event_pattern(symbolic, rule.pattern);
    for (std::size_t turn = 0; turn < 4; ++turn) {
      const std::string text = random_event(random, rule.pattern);
      const syntax::Node event = events::tests::event_of(text);
      access::Request request;
      logic::tell_event(event, request.context);
      const bool low = logic::holds(symbolic, formula, request, false);
      const bool high = logic::holds(symbolic, formula, request, true);
      const bool expected = direct_match(rule.pattern, event);
      ++pairs;
      matches += expected ? 1U : 0U;
      if (low != high) {
        ++unknown;
        continue;
      }
      ASSERT_EQ(low, expected) << rule.text << "\n" << text;
    }
  });
  std::printf("event patterns as formulas: %zu pairs, %zu match, %zu not known\n", pairs, matches, unknown);
  if (std::getenv("GRANTPROOF_SEED") == nullptr) {
    EXPECT_GT(matches, pairs / 20);
    EXPECT_LT(unknown, pairs / 3);
  }
}

}  // namespace
}  // namespace grantproof::tests
