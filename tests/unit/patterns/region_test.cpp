// SPDX-License-Identifier: Apache-2.0
#include "patterns/region.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "unit/patterns/naive_matcher.h"

namespace grantproof::patterns {
namespace {

std::vector<Glob> globs_of(const std::vector<std::string>& patterns, bool fold = false) {
  std::vector<Glob> globs;
  globs.reserve(patterns.size());
  for (const std::string& pattern : patterns) {
    globs.push_back(Glob().pattern(pattern, fold));
  }
  return globs;
}

std::vector<PatternSetId> one_set_each(PatternStore& store, const std::vector<std::string>& patterns,
                                       bool fold = false) {
  std::vector<PatternSetId> sets;
  sets.reserve(patterns.size());
  for (const std::string& pattern : patterns) {
    sets.push_back(store.intern(globs_of({pattern}, fold)));
  }
  return sets;
}

// ---- interning
// ----------------------------------------------------------------------------------------------------

TEST(PatternStore, EqualSetsAreOneId) {
  PatternStore store;
  const PatternSetId set = store.intern(globs_of({"a*", "b"}));
  EXPECT_EQ(store.intern(globs_of({"b", "a*", "b"})), set);
  EXPECT_EQ(store.intern(globs_of({"b", "a**"})), set);
  EXPECT_EQ(store.intern(globs_of({"b", "a*", "abc", "a*c"})), set) << "a* covers the others";
  EXPECT_NE(store.intern(globs_of({"b", "a*c"})), set);
  EXPECT_NE(store.intern(globs_of({"b", "a*"}, true)), set);
  EXPECT_EQ(store.intern(globs_of({"x", "*", "y?"})), store.intern(globs_of({"*"})));
  EXPECT_EQ(store.intern({}), store.intern({}));
  EXPECT_NE(store.intern({}), store.intern(globs_of({""})));
  EXPECT_EQ(store.globs(set).size(), 2U);
  EXPECT_TRUE(store.globs(store.intern({})).empty());
}

TEST(PatternStore, AWideRunCoversANarrowOne) {
  PatternStore store;
  const Glob narrow = Glob().literal("a").run(UnitClass::kNotColon).literal("b");
  EXPECT_EQ(store.intern({Glob().pattern("a*"), narrow}), store.intern(globs_of({"a*"})));
  EXPECT_EQ(
      store.globs(store.intern({Glob().literal("a").run(UnitClass::kNotColon), Glob().literal("a:")})).size(),
      2U);
}

// ---- find: the small facts
// ------------------------------------------------------------------------------------------

TEST(PatternStore, EmptyAndUniversalSets) {
  PatternStore store;
  const PatternSetId none[] = {store.intern({})};
  const PatternSetId all[] = {store.intern(globs_of({"*"}))};
  EXPECT_EQ(store.find({}, {}).answer, RegionAnswer::kFound);
  EXPECT_EQ(store.find(all, {}).answer, RegionAnswer::kFound);
  EXPECT_EQ(store.find(all, none).answer, RegionAnswer::kFound);
  EXPECT_EQ(store.find(none, {}).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.find({}, all).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(all, all).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.outside(none, none[0]), RegionAnswer::kEmpty);
  EXPECT_EQ(store.outside(all, none[0]), RegionAnswer::kFound);
  EXPECT_FALSE(store.matches(none[0], ""));
  EXPECT_TRUE(store.matches(all[0], ""));
}

struct RegionCase {
  std::vector<std::string> in;  // one set each
  std::vector<std::string> out;
  bool found;
};

const std::vector<RegionCase> kCases = {
    // prefixes, suffixes, infixes
    {{"arn:aws:s3:::*"}, {"arn:aws:s3:::prod-*"}, true},
    {{"arn:aws:s3:::prod-x"}, {"arn:aws:s3:::prod-*"}, false},
    {{"arn:aws:s3:::prod-*"}, {"arn:aws:s3:::*"}, false},
    {{"*-prod"}, {"*prod"}, false},
    {{"*prod"}, {"*-prod"}, true},
    {{"a*", "*b", "*c*"}, {"a*c*b"}, false},
    {{"a*b", "*c*"}, {"ac*"}, true},
    {{"*a*", "*b*"}, {"*a*b*", "*b*a*"}, false},
    {{"*ab*", "*ba*"}, {"*ab*ba*", "*ba*ab*"}, true},  // aba
    {{"*ab*", "*ba*"}, {"*ab*ba*", "*ba*ab*", "*aba*", "*bab*"}, false},
    // lengths
    {{"???"}, {"??*"}, false},
    {{"*"}, {"?*"}, true},
    {{"*"}, {"", "?", "??*"}, false},
    {{"?*"}, {"?"}, true},
    {{"??", "???"}, {}, false},
    // disjoint at the end only
    {{"arn:aws:iam::*:role/*a", "arn:aws:iam::*:role/*b"}, {}, false},
    {{"arn:aws:iam::*:role/*a*", "arn:aws:iam::*:role/*b"}, {}, true},
};

TEST(PatternStore, Find) {
  PatternStore store;
  for (const RegionCase& c : kCases) {
    const auto in = one_set_each(store, c.in);
    const auto out = one_set_each(store, c.out);
    const RegionResult result = store.find(in, out);
    EXPECT_EQ(result.answer, c.found ? RegionAnswer::kFound : RegionAnswer::kEmpty) << c.in[0];
    // asked again, from memory; asked with an out set in one piece
    EXPECT_EQ(store.find(in, out).member, result.member);
    const PatternSetId whole[] = {store.intern(globs_of(c.out))};
    EXPECT_EQ(store.find(in, whole).answer, result.answer) << c.in[0];
    if (c.found) {
      for (const std::string& pattern : c.in) {
        EXPECT_TRUE(Glob().pattern(pattern).matches(result.member)) << pattern << " on " << result.member;
      }
      for (const std::string& pattern : c.out) {
        EXPECT_FALSE(Glob().pattern(pattern).matches(result.member)) << pattern << " on " << result.member;
      }
    }
  }
}

// ---- case
// -----------------------------------------------------------------------------------------------------------

TEST(PatternStore, OneAttributeAskedWithCaseAndWithout) {
  PatternStore store;
  const auto folded = one_set_each(store, {"k"}, true);
  EXPECT_EQ(store.find(folded, one_set_each(store, {"k"})).member, "K");
  EXPECT_EQ(store.find(folded, one_set_each(store, {"k", "K"})).member, "\xE2\x84\xAA")
      << "U+212A is a k as well";
  EXPECT_EQ(store.find(folded, one_set_each(store, {"k", "K", "\xE2\x84\xAA"})).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(
      store.find(one_set_each(store, {"events:PutEvents"}), one_set_each(store, {"EVENTS:putevents"}, true))
          .answer,
      RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(one_set_each(store, {"events:Put*"}, true), one_set_each(store, {"events:put*"}, true))
                .answer,
            RegionAnswer::kEmpty);
  EXPECT_EQ(
      store.find(one_set_each(store, {"s3:Get*"}, true), one_set_each(store, {"s3:GetObject*"}, true)).answer,
      RegionAnswer::kFound);
  // A lower case class tells case apart where folded text does not.
  const PatternSetId lower_only[] = {store.intern({Glob().run(UnitClass::kLowerAlnum)})};
  EXPECT_EQ(store.find(one_set_each(store, {"AB"}, true), lower_only).answer, RegionAnswer::kFound);
  const PatternSetId both[] = {lower_only[0], store.intern(globs_of({"AB"}, true))};
  EXPECT_EQ(store.find(both, {}).member, "ab");
}

TEST(PatternStore, MembersOfAFoldedSetAreAllItsSpellings) {
  PatternStore store;
  const RegionMembers members = store.members(one_set_each(store, {"1aK"}, true), {}, 10);
  EXPECT_EQ(members.members,
            (std::vector<std::string>{"1AK", "1Ak", "1A\xE2\x84\xAA", "1aK", "1ak", "1a\xE2\x84\xAA"}));
  EXPECT_TRUE(members.complete);
  EXPECT_FALSE(store.members(one_set_each(store, {"1aK"}, true), {}, 5).complete);
}

// ---- surrogates
// -----------------------------------------------------------------------------------------------------

TEST(PatternStore, AUnitOutsideTheBmpIsTwoUnitsAndNeverHalf) {
  const std::string clef = "\xF0\x9D\x84\x9E";   // D834 DD1E
  const std::string other = "\xF0\x9D\x84\xA2";  // D834 DD22
  const std::string face = "\xF0\x9F\x98\x80";   // D83D DE00
  PatternStore store;
  EXPECT_EQ(store.find(one_set_each(store, {clef}), {}).member, clef);
  EXPECT_EQ(store.find(one_set_each(store, {clef}), one_set_each(store, {"??"})).answer,
            RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(one_set_each(store, {clef}), one_set_each(store, {"?"})).member, clef);
  // A prefix of half a pair is the prefix of no string.
  EXPECT_EQ(store.find(one_set_each(store, {clef + "*", other + "*"}), {}).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(one_set_each(store, {"?", "*" + clef}), {}).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(one_set_each(store, {"???", "*" + clef + "*"}), {}).answer, RegionAnswer::kFound);
  for (const std::string& in : {std::string("??"), "*" + face + "*", clef + "*", "?*" + other + "?"}) {
    const std::vector<std::string> globs = {clef, other + "?", face + face};
    for (const RegionResult& result :
         {store.find(one_set_each(store, {in}), one_set_each(store, globs)),
          store.find_readable(one_set_each(store, {in}), one_set_each(store, globs))}) {
      EXPECT_EQ(result.answer, RegionAnswer::kFound);
      EXPECT_EQ(result.member.find("\xEF\xBF\xBD"), std::string::npos) << "half a pair was written";
      EXPECT_TRUE(Glob().pattern(in).matches(result.member)) << result.member;
    }
    for (const std::string& member :
         store.members(one_set_each(store, {in}), one_set_each(store, globs), 200).members) {
      EXPECT_EQ(member.find("\xEF\xBF\xBD"), std::string::npos);
      EXPECT_TRUE(Glob().pattern(in).matches(member)) << member;
    }
  }
  EXPECT_EQ(store.members(one_set_each(store, {clef}), {}, 3).members, std::vector<std::string>{clef});
}

// ---- members
// --------------------------------------------------------------------------------------------------------

TEST(PatternStore, MembersOfFiniteSetsAreComplete) {
  PatternStore store;
  const PatternSetId three[] = {store.intern(globs_of({"b", "a", "aa"}))};
  RegionMembers members = store.members(three, {}, 10);
  EXPECT_EQ(members.members, (std::vector<std::string>{"a", "b", "aa"}));
  EXPECT_TRUE(members.complete);
  members = store.members(three, {}, 3);
  EXPECT_TRUE(members.complete) << "three of three";
  members = store.members(three, {}, 2);
  EXPECT_EQ(members.members, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(members.complete);
  members = store.members(three, three, 2);
  EXPECT_EQ(members.answer, RegionAnswer::kEmpty);
  EXPECT_TRUE(members.complete);
  const PatternSetId digits[] = {store.intern({Glob().literal("a").one(UnitClass::kDigit)})};
  members = store.members(digits, one_set_each(store, {"a3"}), 20);
  EXPECT_EQ(members.members.size(), 9U);
  EXPECT_TRUE(members.complete);
  const PatternSetId lower_alnum[] = {store.intern({Glob().one(UnitClass::kLowerAlnum)})};
  members = store.members(lower_alnum, {}, 100);
  EXPECT_EQ(members.members.size(), 37U);
  EXPECT_TRUE(members.complete);
}

TEST(PatternStore, MembersOfOtherSetsAreNeverCalledComplete) {
  PatternStore store;
  RegionMembers members = store.members(one_set_each(store, {"a*"}), {}, 4);
  EXPECT_EQ(members.members, (std::vector<std::string>{"a", "aa", "ab", "ac"}));
  EXPECT_FALSE(members.complete);
  members = store.members(one_set_each(store, {"?"}), {}, 100'000);  // more units than are listed
  EXPECT_FALSE(members.complete);
  EXPECT_GE(members.members.size(), 95U);
  members = store.members({}, {}, 3);
  EXPECT_EQ(members.members, (std::vector<std::string>{"", "a", "b"}));
  EXPECT_FALSE(members.complete);
  members = store.members({}, {}, 0);
  EXPECT_TRUE(members.members.empty());
  EXPECT_FALSE(members.complete);
  // Ways that lead nowhere do not keep the search: *a without a* and ?*a is nothing.
  members = store.members(one_set_each(store, {"*a"}), one_set_each(store, {"a*", "?*a"}), 5);
  EXPECT_EQ(members.answer, RegionAnswer::kEmpty);
}

// ---- budget
// -----------------------------------------------------------------------------------------------------------

TEST(PatternStore, TheBudgetEndsAnExponentialQuestionUndecided) {
  PatternStore store;
  // 14 letters, each somewhere, in less than 14 units: every set of letters seen is a state, and there is no
  // word.
  std::vector<std::string> in;
  std::vector<std::string> out{"??????????????*"};
  for (char letter = 'a'; letter < 'a' + 14; ++letter) {
    in.push_back(std::string("*") + letter + "*");
  }
  store.set_state_budget(5'000);
  EXPECT_EQ(store.find(one_set_each(store, in), one_set_each(store, out)).answer, RegionAnswer::kUndecided);
  EXPECT_LE(store.states_visited(), 5'000U);
  EXPECT_EQ(store.find_readable(one_set_each(store, in), one_set_each(store, out)).answer,
            RegionAnswer::kUndecided);
  EXPECT_EQ(store.members(one_set_each(store, in), one_set_each(store, out), 3).answer,
            RegionAnswer::kUndecided);
  EXPECT_FALSE(store.members(one_set_each(store, in), one_set_each(store, out), 3).complete);
  // The search goes straight to a member where there is one.
  EXPECT_EQ(store.find(one_set_each(store, in), {}).answer, RegionAnswer::kFound);
  // A larger budget decides it.
  store.set_state_budget(400'000);
  EXPECT_EQ(store.find(one_set_each(store, in), one_set_each(store, out)).answer, RegionAnswer::kEmpty);
}

TEST(PatternStore, AnswersDoNotDependOnWhatWasAskedBefore) {
  std::vector<std::string> in;
  for (char letter = 'a'; letter < 'a' + 9; ++letter) {
    in.push_back(std::string("*") + letter + "*");
  }
  const std::vector<std::string> out{"?????????*"};
  std::size_t least = 0;
  for (std::size_t budget = 100; budget < 4'000; budget += 100) {
    PatternStore fresh;
    fresh.set_state_budget(budget);
    const RegionAnswer answer = fresh.find(one_set_each(fresh, in), one_set_each(fresh, out)).answer;
    PatternStore warm;
    warm.find(one_set_each(warm, in), one_set_each(warm, out));
    warm.set_state_budget(budget);
    EXPECT_EQ(warm.find(one_set_each(warm, in), one_set_each(warm, out)).answer, answer) << budget;
    least = least == 0 && answer != RegionAnswer::kUndecided ? budget : least;
  }
  EXPECT_GT(least, 100U);
}

// ---- size
// -------------------------------------------------------------------------------------------------------------

TEST(PatternStore, ThousandsOfActionsInOneSet) {
  std::vector<std::string> actions;
  for (int service = 0; service < 100; ++service) {
    for (int action = 0; action < 40; ++action) {
      actions.push_back("service" + std::to_string(service) + (action % 2 == 0 ? ":Get" : ":List") + "Thing" +
                        std::to_string(action) + (action % 5 == 0 ? "*" : ""));
    }
  }
  PatternStore store;
  const PatternSetId set = store.intern(globs_of(actions, true));
  EXPECT_TRUE(store.matches(set, "Service42:GetThing10x"));
  EXPECT_TRUE(store.matches(set, "service99:listthing39"));
  EXPECT_FALSE(store.matches(set, "service42:GetThing12x"));
  const PatternSetId in[] = {set};
  EXPECT_EQ(store.find(in, one_set_each(store, {"service*"}, true)).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(in, one_set_each(store, {"service1*:*", "service?*:list*"}, true)).answer,
            RegionAnswer::kFound);
  actions.pop_back();
  const PatternSetId fewer[] = {store.intern(globs_of(actions, true))};
  EXPECT_EQ(store.find(in, fewer).member, "service99:listthing39");
  EXPECT_EQ(store.find(fewer, in).answer, RegionAnswer::kEmpty);
}

TEST(PatternStore, TwoThousandStars) {
  std::string stars;
  for (int star = 0; star < 2'000; ++star) {
    stars += "*a";
  }
  PatternStore store;
  const auto in = one_set_each(store, {stars});
  EXPECT_EQ(store.find(in, {}).member, std::string(2'000, 'a'));
  EXPECT_EQ(store.find(in, one_set_each(store, {"*"})).answer, RegionAnswer::kEmpty);
  EXPECT_EQ(store.find(in, one_set_each(store, {"*a"})).answer, RegionAnswer::kEmpty);
  EXPECT_TRUE(store.matches(in[0], std::string(10'000, 'a')));
}

// ---- against brute force, all classes and case
// -------------------------------------------------------------------------

TEST(PatternStore, RandomQuestionsAgainstBruteForce) {
  // Words of up to four units of an alphabet with every kind of unit; '_' and U+00E8 stand for the rest.
  constexpr std::u16string_view kUnits = u"aAkK1:/_\u00E8";
  std::vector<std::u16string> words{u""};
  for (std::size_t first = 0, length = 1; length <= 4; ++length) {
    for (const std::size_t last = words.size(); first < last; ++first) {
      for (const char16_t unit : kUnits) {
        words.push_back(words[first] + unit);
      }
    }
  }
  std::mt19937 random(7);
  const auto pick = [&random](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
  const auto random_glob = [&] {
    Glob glob;
    for (std::size_t length = pick(5); length > 0; --length) {
      const auto unit_class = static_cast<UnitClass>(pick(5));
      switch (pick(5)) {
        case 0:
        case 1:
          glob.run(unit_class);
          break;
        case 2:
          glob.one(unit_class);
          break;
        default:
          glob.literal(to_utf8(kUnits.substr(pick(7), 1)), pick(2) == 0);
      }
    }
    return glob;
  };
  std::size_t empty = 0;
  std::size_t found = 0;
  for (int round = 0; round < 3'000; ++round) {
    PatternStore store;
    std::vector<std::vector<Glob>> sets;
    std::vector<PatternSetId> in;
    std::vector<PatternSetId> out;
    const std::size_t in_count = pick(3);
    const std::size_t out_count = pick(3);
    for (std::size_t i = 0; i < in_count + out_count; ++i) {
      std::vector<Glob> globs;
      for (std::size_t glob = 1 + pick(4); glob > 0; --glob) {
        globs.push_back(random_glob());
      }
      (i < in_count ? in : out).push_back(store.intern(globs));
      sets.push_back(std::move(globs));
    }
    const auto is_member = [&](std::u16string_view word) {
      for (std::size_t i = 0; i < sets.size(); ++i) {
        const bool matched = std::any_of(sets[i].begin(), sets[i].end(), [word](const Glob& glob) {
          return testing::naive_matches(glob, word);
        });
        if (matched != (i < in_count)) {
          return false;
        }
      }
      return true;
    };
    const bool any = std::any_of(words.begin(), words.end(), is_member);
    const RegionResult result = store.find(in, out);
    const RegionResult readable = store.find_readable(in, out);
    const RegionMembers members = store.members(in, out, 20);
    ASSERT_EQ(readable.answer, result.answer);
    ASSERT_EQ(members.answer, result.answer);
    if (result.answer == RegionAnswer::kEmpty) {
      ASSERT_FALSE(any) << "round " << round;
      ++empty;
      continue;
    }
    ++found;
    EXPECT_TRUE(is_member(to_units(result.member))) << result.member;
    EXPECT_TRUE(is_member(to_units(readable.member))) << readable.member;
    for (const std::string& member : members.members) {
      EXPECT_TRUE(is_member(to_units(member))) << member;
    }
    if (members.complete) {
      for (const std::u16string& word : words) {
        EXPECT_EQ(is_member(word), std::find(members.members.begin(), members.members.end(), to_utf8(word)) !=
                                       members.members.end())
            << to_utf8(word);
      }
    }
    ASSERT_FALSE(HasFailure()) << "round " << round;
  }
  EXPECT_GT(empty, 300U);
  EXPECT_GT(found, 300U);
}

}  // namespace
}  // namespace grantproof::patterns
