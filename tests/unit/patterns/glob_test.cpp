// SPDX-License-Identifier: Apache-2.0
#include "patterns/glob.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "unit/patterns/naive_matcher.h"

namespace grantproof::patterns {
namespace {

TEST(Glob, Matches) {
  struct Case {
    std::string pattern;
    std::string subject;
    bool expected;
  };
  const std::vector<Case> cases = {
      // no wildcard
      {"", "", true},
      {"", "a", false},
      {"a", "", false},
      {"a", "a", true},
      {"a", "A", false},
      {"ab", "a", false},
      // runs
      {"*", "", true},
      {"*", "a:/\n", true},
      {"a*", "a", true},
      {"a*", "ba", false},
      {"*a", "ba", true},
      {"*a", "ab", false},
      {"a*b*c", "abbc", true},
      {"a*b*c", "acb", false},
      {"*ab*", "aab", true},
      {"a*a", "a", false},
      {"a*a", "aa", true},
      {"*.amazonaws.com", "sns.amazonaws.com", true},
      // ones
      {"?", "", false},
      {"?", "a", true},
      {"?", "ab", false},
      {"??", "ab", true},
      {"a?c", "abc", true},
      {"*?", "", false},
      {"*?", "a", true},
      {"?*", "ab", true},
      {"*?*?*", "a", false},
      {"*?*?*", "ab", true},
      // '*' crosses slashes, colons and line ends
      {"arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y:z", true},
      {"arn:*", "arn:aws:iam::1:role/r", true},
      {"a*b", "a\n\nb", true},
      // '[', ']' and '\' stand for themselves
      {"[ab]", "a", false},
      {"[ab]", "[ab]", true},
      {"a\\*", "a\\xyz", true},
      {"a\\*", "a*", false},
      // one UTF-16 unit for '?'
      {"?", "\xC3\xA9", true},
      {"?", "\xE2\x82\xAC", true},
      {"?", "\xF0\x9D\x84\x9E", false},
      {"??", "\xF0\x9D\x84\x9E", true},
      {"*\xF0\x9D\x84\x9E", "x\xF0\x9D\x84\x9E", true},
      {"\xF0\x9D\x84\x9E", "\xF0\x9D\x84\xA2", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Glob().pattern(c.pattern).matches(c.subject), c.expected) << c.pattern << " on " << c.subject;
  }
}

TEST(Glob, Folds) {
  struct Case {
    std::string pattern;
    std::string subject;
    bool expected;
  };
  const std::vector<Case> cases = {
      {"events:Put*", "EVENTS:putEvents", true},
      {"s3:GetObject", "S3:GETOBJECT", true},
      {"s3:getobject", "s3:getobject ", false},
      {"k", "\xE2\x84\xAA", true},  // U+212A KELVIN SIGN
      {"K", "\xE2\x84\xAA", true},
      {"\xE2\x84\xAA", "k", true},
      {"\xC3\x89", "\xC3\xA9", true},
      {"\xC3\x97", "\xC3\xB7", false},  // multiplication, division sign
      {"stra\xC3\x9F"
       "e",
       "STRASSE", false},
      {"\xCE\xA3", "\xCF\x83", true},
      {"\xCF\x82", "\xCF\x83", false},  // final sigma is lower case already
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Glob().pattern(c.pattern, true).matches(c.subject), c.expected)
        << c.pattern << " on " << c.subject;
    EXPECT_EQ(Glob().pattern(c.pattern).matches(c.subject), false) << c.pattern << " on " << c.subject;
  }
}

TEST(Glob, ClassesOfWildcards) {
  const Glob bus = Glob()
                       .literal("arn:aws")
                       .run(UnitClass::kLowerAlnum)
                       .literal(":events:")
                       .run(UnitClass::kNotColon)
                       .literal(":")
                       .one(UnitClass::kDigit)
                       .one(UnitClass::kDigit)
                       .literal(":event-bus/")
                       .one(UnitClass::kNotSlashOrColon)
                       .run(UnitClass::kNotSlashOrColon);
  EXPECT_TRUE(bus.matches("arn:aws:events:eu-west-1:12:event-bus/orders"));
  EXPECT_TRUE(bus.matches("arn:aws-us-gov:events::12:event-bus/o"));
  EXPECT_FALSE(bus.matches("arn:aws:events:eu:west:12:event-bus/orders"));
  EXPECT_FALSE(bus.matches("arn:aws:events:eu-west-1:1x:event-bus/orders"));
  EXPECT_FALSE(bus.matches("arn:aws:events:eu-west-1:12:event-bus/"));
  EXPECT_FALSE(bus.matches("arn:aws:events:eu-west-1:12:event-bus/a/b"));
  EXPECT_FALSE(bus.matches("arn:awsX:events:eu-west-1:12:event-bus/a"));
  // A wide run before a narrow one has to be tried wider: the narrow one gets stuck at the colon.
  const Glob wide_first = Glob().run(UnitClass::kAny).literal("x").run(UnitClass::kNotColon).literal("y");
  EXPECT_TRUE(wide_first.matches("x:xy"));
  EXPECT_FALSE(wide_first.matches("xx:y"));
  const Glob stuck = Glob()
                         .run(UnitClass::kNotColon)
                         .one(UnitClass::kAny)
                         .literal(":")
                         .run(UnitClass::kNotColon)
                         .literal("y");
  EXPECT_TRUE(stuck.matches("a::y"));
}

TEST(Glob, LiteralsHaveNoWildcards) {
  const Glob glob = Glob().literal("a*").pattern("*").literal("?");
  EXPECT_TRUE(glob.matches("a*xyz?"));
  EXPECT_FALSE(glob.matches("axyz?"));
  EXPECT_FALSE(glob.matches("a*xyz!"));
  EXPECT_TRUE(glob.has_wildcard());
  EXPECT_FALSE(Glob().literal("*?").has_wildcard());
  EXPECT_EQ(glob.to_string(), "a**?");
}

TEST(Glob, OneSpellingForEqualGlobs) {
  const auto any = [](std::string_view text) { return Glob().pattern(text); };
  EXPECT_EQ(any("**"), any("*"));
  EXPECT_EQ(any("a*?b"), any("a?*b"));
  EXPECT_EQ(any("*?*?"), any("??*"));
  EXPECT_NE(any("*?"), any("*"));
  EXPECT_NE(any("a*"), any("*a"));
  EXPECT_EQ(any("*").to_string(), "*");
  // text without case folds to itself
  EXPECT_EQ(Glob().literal("1:/", true), Glob().literal("1:/"));
  EXPECT_NE(Glob().literal("a", true), Glob().literal("a"));
  EXPECT_EQ(Glob().literal("Kx", true), Glob().literal("kX", true));
  // of two adjacent runs the wider one is both
  const auto run = [](UnitClass unit_class) { return Glob().run(unit_class); };
  EXPECT_EQ(run(UnitClass::kDigit).run(UnitClass::kAny), any("*"));
  EXPECT_EQ(run(UnitClass::kAny).run(UnitClass::kNotColon), any("*"));
  EXPECT_EQ(run(UnitClass::kNotColon).one(UnitClass::kAny).run(UnitClass::kAny), any("?*"));
  EXPECT_NE(run(UnitClass::kAny).one(UnitClass::kDigit), any("*?"));
}

TEST(Glob, AppendsOtherGlobs) {
  const Glob pair = Glob().literal("\xF0\x9D\x84\x9E");
  const Glob tail = Glob().pattern("*k", true).append(pair);
  const Glob whole = Glob().pattern("a*").append(tail);
  EXPECT_EQ(whole, Glob().literal("a").pattern("*k", true).literal("\xF0\x9D\x84\x9E"));
  EXPECT_TRUE(whole.matches("aaK\xF0\x9D\x84\x9E"));
}

// ---- against the naive matcher
// ----------------------------------------------------------------------------------

Glob random_glob(std::mt19937& random) {
  constexpr std::u16string_view kUnits = u"aAk1:/-\u00E9";
  Glob glob;
  const auto pick = [&random](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  for (std::size_t length = pick(8); length > 0; --length) {
    const auto unit_class = static_cast<UnitClass>(pick(5));
    switch (pick(4)) {
      case 0:
        glob.run(unit_class);
        break;
      case 1:
        glob.one(unit_class);
        break;
      default:
        glob.literal(to_utf8(kUnits.substr(pick(kUnits.size()), 1)), pick(3) == 0);
    }
  }
  return glob;
}

TEST(Glob, RandomGlobsOfAllClassesMatchAsTheNaiveMatcherSays) {
  constexpr std::u16string_view kUnits = u"aAkK1:/-\u00E9\u00C9\u212A";
  std::mt19937 random(20240611);
  std::size_t matched = 0;
  for (int round = 0; round < 60'000; ++round) {
    const Glob glob = random_glob(random);
    std::u16string subject;
    for (std::size_t length = random() % 8; length > 0; --length) {
      subject.push_back(kUnits[random() % kUnits.size()]);
    }
    const bool expected = testing::naive_matches(glob, subject);
    matched += expected ? 1 : 0;
    ASSERT_EQ(glob.matches(std::u16string_view(subject)), expected)
        << glob.to_string() << " on " << to_utf8(subject);
    ASSERT_EQ(glob.matches(to_utf8(subject)), expected) << glob.to_string() << " on " << to_utf8(subject);
  }
  EXPECT_GT(matched, 1'000U);
}

// ---- size
// ---------------------------------------------------------------------------------------------------------

TEST(Glob, ManyStarsOnALongSubjectAreFast) {
  std::string pattern;
  for (int star = 0; star < 2'000; ++star) {
    pattern += "*a";
  }
  const std::string subject(10'000, 'a');
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(Glob().pattern(pattern).matches(subject));
  EXPECT_FALSE(Glob().pattern(pattern + "b").matches(subject));
  EXPECT_FALSE(Glob().pattern(pattern + "*b").matches(subject));
  Glob narrow;
  for (int star = 0; star < 2'000; ++star) {
    narrow.run(UnitClass::kNotColon).literal("a");
  }
  EXPECT_TRUE(narrow.matches(subject));
  EXPECT_FALSE(narrow.matches(subject + ":"));
  // Exponential matching would take longer than anybody waits; the bound is wide for a busy machine.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

}  // namespace
}  // namespace grantproof::patterns
