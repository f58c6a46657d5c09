// SPDX-License-Identifier: Apache-2.0
//
// All small globs, all small questions, against brute force: every glob of at most four characters over {a,
// b, *, ?} and every word of at most eight units over {a, b, c}. 'c' stands for all that no glob names.
#include <gtest/gtest.h>

#include <algorithm>
#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "patterns/region.h"
#include "unit/patterns/naive_matcher.h"

namespace grantproof::patterns {
namespace {

constexpr std::size_t kLongest = 8;
constexpr std::size_t kWords = 9841;  // 3^0 + … + 3^8
using WordSet = std::bitset<kWords>;

std::vector<std::string> texts(std::string_view alphabet, std::size_t longest) {
  std::vector<std::string> all{""};
  for (std::size_t first = 0, length = 1; length <= longest; ++length) {
    const std::size_t last = all.size();
    for (; first < last; ++first) {
      for (const char letter : alphabet) {
        all.push_back(all[first] + letter);
      }
    }
  }
  return all;
}

struct SmallGlob {
  Glob glob;
  WordSet words;
  PatternSetId set{};
};

class SmallWorlds : public ::testing::Test {
 protected:
  SmallWorlds() : words_(texts("abc", kLongest)) {
    EXPECT_EQ(words_.size(), kWords);
    std::vector<std::u16string> units;
    for (const std::string& word : words_) {
      units.push_back(to_units(word));
    }
    std::vector<Glob> seen;
    for (const std::string& text : texts("ab*?", 4)) {
      SmallGlob small{Glob().pattern(text), {}, {}};
      if (std::find(seen.begin(), seen.end(), small.glob) != seen.end()) {
        continue;
      }
      seen.push_back(small.glob);
      for (std::size_t i = 0; i < kWords; ++i) {
        small.words[i] = testing::naive_matches(small.glob, units[i]);
      }
      small.set = store_.intern({small.glob});
      globs_.push_back(std::move(small));
    }
  }

  // Is the answer to a question the same as brute force has it, and does its member stand?
  void expect_right(const std::vector<const SmallGlob*>& in, const std::vector<const SmallGlob*>& out) {
    WordSet words = WordSet().set();
    std::vector<PatternSetId> in_sets;
    std::vector<PatternSetId> out_sets;
    for (const SmallGlob* glob : in) {
      words &= glob->words;
      in_sets.push_back(glob->set);
    }
    for (const SmallGlob* glob : out) {
      words &= ~glob->words;
      out_sets.push_back(glob->set);
    }
    const RegionResult result = store_.find(in_sets, out_sets);
    EXPECT_NE(result.answer, RegionAnswer::kUndecided);
    if (result.answer == RegionAnswer::kEmpty) {
      EXPECT_TRUE(words.none()) << describe(in, out) << " has a member: " << words_[words._Find_first()];
      return;
    }
    expect_member(in, out, result.member);
    // Where brute force has no word, the shortest one must be longer than its words.
    EXPECT_TRUE(words.any() || result.member.size() > kLongest) << describe(in, out) << ": " << result.member;
  }

  static void expect_member(const std::vector<const SmallGlob*>& in, const std::vector<const SmallGlob*>& out,
                            const std::string& member) {
    for (const SmallGlob* glob : in) {
      EXPECT_TRUE(testing::naive_matches(glob->glob, to_units(member)))
          << describe(in, out) << ": " << member;
    }
    for (const SmallGlob* glob : out) {
      EXPECT_FALSE(testing::naive_matches(glob->glob, to_units(member)))
          << describe(in, out) << ": " << member;
    }
  }

  static std::string describe(const std::vector<const SmallGlob*>& in,
                              const std::vector<const SmallGlob*>& out) {
    std::string text = "in";
    for (const SmallGlob* glob : in) {
      text += " " + glob->glob.to_string();
    }
    text += " and not in";
    for (const SmallGlob* glob : out) {
      text += " " + glob->glob.to_string();
    }
    return text;
  }

  PatternStore store_;
  std::vector<std::string> words_;
  std::vector<SmallGlob> globs_;
};

TEST_F(SmallWorlds, MatchesAreThoseOfTheNaiveMatcher) {
  for (const SmallGlob& small : globs_) {
    for (std::size_t i = 0; i < 364; ++i) {  // words of at most five units
      ASSERT_EQ(small.glob.matches(std::string_view(words_[i])), small.words[i])
          << small.glob.to_string() << " on " << words_[i];
      ASSERT_EQ(store_.matches(small.set, words_[i]), small.words[i])
          << small.glob.to_string() << " on " << words_[i];
    }
  }
}

TEST_F(SmallWorlds, EqualGlobsHaveEqualTokens) {
  for (const SmallGlob& left : globs_) {
    for (const SmallGlob& right : globs_) {
      EXPECT_EQ(left.glob == right.glob, left.words == right.words)
          << left.glob.to_string() << " and " << right.glob.to_string();
    }
  }
}

TEST_F(SmallWorlds, AllPairs) {
  for (const SmallGlob& left : globs_) {
    for (const SmallGlob& right : globs_) {
      expect_right({&left, &right}, {});
      expect_right({&left}, {&right});
      expect_right({}, {&left, &right});
      const PatternSetId in[] = {left.set};
      EXPECT_EQ(store_.outside(in, right.set) == RegionAnswer::kEmpty, (left.words & ~right.words).none())
          << left.glob.to_string() << " in " << right.glob.to_string();
      if (HasFailure()) {
        return;
      }
    }
  }
}

TEST_F(SmallWorlds, ManyTriples) {
  // A stride that shares no factor with the number of triples meets globs of all kinds.
  const std::size_t count = globs_.size();
  const std::size_t triples = count * count * count;
  for (std::size_t triple = 0; triple < triples; triple += 211) {
    const SmallGlob& first = globs_[triple % count];
    const SmallGlob& second = globs_[triple / count % count];
    const SmallGlob& third = globs_[triple / count / count];
    expect_right({&first, &second, &third}, {});
    expect_right({&first, &second}, {&third});
    expect_right({&first}, {&second, &third});
    if (HasFailure()) {
      return;
    }
  }
}

TEST_F(SmallWorlds, UnionsAreUnions) {
  const std::size_t count = globs_.size();
  for (std::size_t start = 0; start + 3 < count; ++start) {
    const std::vector<const SmallGlob*> parts = {&globs_[start], &globs_[(start * 7 + 3) % count],
                                                 &globs_[(start * 31 + 5) % count]};
    const SmallGlob& other = globs_[(start * 13 + 11) % count];
    WordSet words;
    std::vector<Glob> globs;
    for (const SmallGlob* part : parts) {
      words |= part->words;
      globs.push_back(part->glob);
    }
    const SmallGlob both{Glob(), words, store_.intern(globs)};
    for (std::size_t i = 0; i < 364; ++i) {
      ASSERT_EQ(store_.matches(both.set, words_[i]), words[i]) << words_[i];
    }
    const PatternSetId union_set[] = {both.set};
    const PatternSetId other_set[] = {other.set};
    EXPECT_EQ(store_.find(union_set, other_set).answer == RegionAnswer::kEmpty,
              (words & ~other.words).none());
    EXPECT_EQ(store_.find(other_set, union_set).answer == RegionAnswer::kEmpty,
              (other.words & ~words).none());
  }
}

TEST_F(SmallWorlds, MembersAreTheFirstWords) {
  constexpr std::size_t kLimit = 40;
  for (std::size_t left_index = 0; left_index < globs_.size(); ++left_index) {
    for (std::size_t right_index = left_index % 5; right_index < globs_.size(); right_index += 5) {
      const SmallGlob& left = globs_[left_index];
      const SmallGlob& right = globs_[right_index];
      const PatternSetId in[] = {left.set};
      const PatternSetId out[] = {right.set};
      const WordSet words = left.words & ~right.words;
      const RegionMembers members = store_.members(in, out, kLimit);
      ASSERT_EQ(members.answer, words.none() ? RegionAnswer::kEmpty : RegionAnswer::kFound)
          << describe({&left}, {&right});
      for (const std::string& member : members.members) {
        expect_member({&left}, {&right}, member);
      }
      for (std::size_t i = 1; i < members.members.size(); ++i) {
        const std::string& before = members.members[i - 1];
        const std::string& after = members.members[i];
        EXPECT_TRUE(before.size() < after.size() || (before.size() == after.size() && before < after))
            << before << " before " << after;
      }
      // A finite difference of two globs of four tokens has no word of more than four units: nothing is
      // pumped.
      bool finite = true;
      bool named = true;
      std::size_t count = 0;
      std::optional<std::size_t> shortest;
      for (std::size_t i = words._Find_first(); i < kWords; i = words._Find_next(i)) {
        finite = finite && words_[i].size() <= 4;
        named = named && words_[i].find('c') == std::string::npos;
        shortest = shortest.value_or(words_[i].size());
        ++count;
      }
      EXPECT_EQ(members.complete, finite && named && count <= kLimit) << describe({&left}, {&right});
      if (members.complete) {
        EXPECT_EQ(members.members.size(), count) << describe({&left}, {&right});
      } else {
        EXPECT_EQ(members.members.size(), kLimit) << describe({&left}, {&right});
      }
      if (shortest) {
        EXPECT_EQ(members.members.front().size(), *shortest) << describe({&left}, {&right});
      }
      if (HasFailure()) {
        return;
      }
    }
  }
}

TEST_F(SmallWorlds, ReadableMembersStand) {
  const std::size_t count = globs_.size();
  for (std::size_t i = 0; i < count * count; i += 3) {
    const SmallGlob& left = globs_[i / count];
    const SmallGlob& right = globs_[i % count];
    const PatternSetId in[] = {left.set};
    const PatternSetId out[] = {right.set};
    const RegionResult result = store_.find_readable(in, out);
    ASSERT_EQ(result.answer == RegionAnswer::kFound, (left.words & ~right.words).any());
    if (result.answer == RegionAnswer::kFound) {
      expect_member({&left}, {&right}, result.member);
    }
  }
}

}  // namespace
}  // namespace grantproof::patterns
