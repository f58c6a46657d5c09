// SPDX-License-Identifier: Apache-2.0
#include "events/wildcard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/bounds.h"
#include "support/rounds.h"

namespace grantproof::events {
namespace {

TEST(Wildcard, Matches) {
  struct Row {
    std::string_view pattern;
    std::string_view text;
    bool matches;
  };
  for (const Row& row : {
           Row{"", "", true},
           Row{"", "a", false},
           Row{"*", "", true},
           Row{"*", "abc", true},
           Row{"a*", "a", true},
           Row{"a*", "ab", true},
           Row{"a*", "ba", false},
           Row{"*a", "ba", true},
           Row{"*a", "ab", false},
           Row{"a*a", "a", false},
           Row{"a*a", "aa", true},
           Row{"a*b*c", "axbxc", true},
           Row{"a*b*c", "axcxb", false},
           Row{"*ab*ab", "abab", true},
           Row{"*ab*ab", "aab", false},
           Row{"*ab", "aab", true},
           Row{"*aab", "aaab", true},
           Row{"a?c", "abc", false},
           Row{"a?c", "a?c", true},
           Row{"[ab]", "a", false},
           Row{"[ab]", "[ab]", true},
           Row{"a\\*b", "a*b", true},
           Row{"a\\*b", "axb", false},
           Row{"a\\\\b", "a\\b", true},
           Row{"*\\*", "x*", true},
           Row{"*\\*", "xy", false},
           Row{"\\**", "*x", true},
           Row{"日*語", "日本語", true},
           Row{"a*é", "axé", true},
           Row{"a*é", "axe", false},
       }) {
    EXPECT_EQ(wildcard_matches(row.pattern, row.text), row.matches) << row.pattern << " " << row.text;
  }
}

// By the definition, with recursion.
bool matches_by_definition(std::string_view pattern, std::string_view text) {
  if (pattern.empty())
    return text.empty();
  if (pattern[0] == '*') {
    return matches_by_definition(pattern.substr(1), text) ||
           (!text.empty() && matches_by_definition(pattern, text.substr(1)));
  }
  const std::size_t letter = pattern[0] == '\\' ? 1 : 0;
  return !text.empty() && pattern[letter] == text[0] &&
         matches_by_definition(pattern.substr(letter + 1), text.substr(1));
}

std::string random_wildcard(grantproof::tests::Random& random) {
  constexpr std::string_view kParts[] = {"a", "b", "ab", "aa", "*", "*", "\\*", "\\\\"};
  std::string pattern;
  for (std::size_t left = random.below(7); left > 0; --left) {
    const std::string part(random.pick(kParts));
    if (part != "*" || !pattern.ends_with('*') || pattern.ends_with("\\*"))
      pattern += part;
  }
  return find_wildcard_mistake(pattern).has_value() ? "*" : pattern;
}

TEST(Wildcard, MatchesAsDefined) {
  grantproof::tests::for_rounds(grantproof::tests::bounded(50'000, 5'000), 0x3117'0000, [](auto& random) {
    const std::string pattern = random_wildcard(random);
    std::string text;
    for (std::size_t left = random.below(8); left > 0; --left)
      text += "ab*\\"[random.below(random.chance(80) ? 2 : 4)];
    EXPECT_EQ(wildcard_matches(pattern, text), matches_by_definition(pattern, text))
        << pattern << " " << text;
  });
}

TEST(Wildcard, Mistakes) {
  struct Row {
    std::string_view pattern;
    std::string found;
  };
  for (const Row& row : {
           Row{"", ""},
           Row{"*a*", ""},
           Row{"\\**", ""},
           Row{"*\\*", ""},
           Row{"\\\\*", ""},
           Row{"**", "stars at 1"},
           Row{"a**b", "stars at 2"},
           Row{"a\\***", "stars at 4"},
           Row{"a\\b", "escape at 1"},
           Row{"a\\", "escape at 1"},
           Row{"\\\\\\", "escape at 2"},
           Row{"\\?", "escape at 0"},
       }) {
    const std::optional<WildcardMistake> mistake = find_wildcard_mistake(row.pattern);
    std::string found;
    if (mistake.has_value()) {
      found = mistake->kind == WildcardMistake::Kind::kTwoStars ? "stars at " : "escape at ";
      found += std::to_string(mistake->at);
    }
    EXPECT_EQ(found, row.found) << row.pattern;
  }
}

TEST(Wildcard, Complexity) {
  struct Row {
    std::string_view pattern;
    std::size_t complexity;
  };
  for (const Row& row : {
           Row{"", 0}, Row{"abc", 1}, Row{"*", 1}, Row{"abc*", 2}, Row{"*a", 2}, Row{"*a*", 3},
           Row{"*abc", 2}, Row{"*aaa", 4}, Row{"*aba", 3}, Row{"*a*b", 3}, Row{"*\\*\\*", 3},
           Row{"*:*:*:*:*:event-bus/*", 11},  // captured: the service refuses it
       }) {
    EXPECT_EQ(wildcard_complexity(row.pattern), row.complexity) << row.pattern;
  }
}

// As it is defined: the most beginnings of the pattern that one text matches. Short texts are all tried.
TEST(Wildcard, ComplexityCountsBeginnings) {
  std::vector<std::string> texts = {""};
  for (std::size_t i = 0; texts[i].size() < grantproof::tests::bounded(11, 9); ++i) {
    for (const char letter : {'a', 'b'})
      texts.push_back(texts[i] + letter);
  }
  grantproof::tests::for_rounds(grantproof::tests::bounded(200, 40), 0x5c03'0000, [&texts](auto& random) {
    std::string pattern;
    for (std::size_t left = 1 + random.below(5); left > 0; --left) {
      const char letter = "ab*"[random.below(3)];
      if (letter != '*' || !pattern.ends_with('*'))
        pattern += letter;
    }
    std::size_t most = 0;
    for (const std::string& text : texts) {
      std::size_t count = 0;
      for (std::size_t length = 1; length <= pattern.size(); ++length)
        count += wildcard_matches(pattern.substr(0, length), text) ? 1U : 0U;
      most = std::max(most, count);
    }
    EXPECT_EQ(wildcard_complexity(pattern), most) << pattern;
  });
}

}  // namespace
}  // namespace grantproof::events
