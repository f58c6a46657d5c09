// SPDX-License-Identifier: Apache-2.0
#include "events/letter_case.h"

#include <gtest/gtest.h>

#include <iterator>

#include "base/text.h"
#include "events/letter_case_tables.h"

namespace grantproof::events {
namespace {

TEST(LetterCase, BelongsToThePattern) {
  struct Row {
    std::string_view pattern;
    std::string_view text;
    bool equal;
  };
  for (const Row& row : {
           Row{"", "", true},
           Row{"", "a", false},
           Row{"a", "", false},
           Row{"aBc-1", "AbC-1", true},
           Row{"abc", "abcd", false},
           Row{"abcd", "abc", false},
           Row{"a[", "A{", false},
           Row{"é", "É", true},
           Row{"É", "é", true},
           Row{"é", "e", false},
           Row{"привет", "ПРИВЕТ", true},
           Row{"straße", "STRASSE", true},
           Row{"straße", "straße", true},
           Row{"straße", "strasse", false},
           Row{"STRASSE", "straße", false},
           Row{"\u01C5", "\u01C5", false},  // title case is neither
           Row{"\u01C5", "\u01C4", true},
           Row{"\u01C5", "\u01C6", true},
           Row{"\u212A", "k", true},  // Kelvin sign
           Row{"\u212A", "\u212A", true},
           Row{"\u212A", "K", false},
           Row{"k", "\u212A", false},
           Row{"ς", "Σ", true},
           Row{"Σ", "σ", true},
           Row{"Σ", "ς", false},
           Row{"σ", "ς", false},
           Row{"\u0130", "i\u0307", true},
           Row{"\u0130", "i", false},
           Row{"ı", "I", true},
           Row{"I", "ı", false},
           Row{"ﬃ", "FFI", true},
           Row{"ｂ", "Ｂ", true},
           Row{"🚀x", "🚀X", true},
           Row{"\U00010428", "\U00010400", false},  // letters outside the BMP have no case here
       }) {
    EXPECT_EQ(equals_ignore_case(row.pattern, row.text), row.equal) << row.pattern << " " << row.text;
  }
}

TEST(LetterCase, OfBeginningsAndEnds) {
  struct Row {
    std::string_view pattern;
    std::string_view text;
    bool begins;
    bool ends;
  };
  for (const Row& row : {
           Row{"", "", true, true},
           Row{"", "abc", true, true},
           Row{"AB", "abc", true, false},
           Row{"bC", "aBc", false, true},
           Row{"aßa", "xASSA", false, true},
           Row{"aßa", "ASSAx", true, false},
           Row{"aßa", "assax", false, false},
           Row{"abc", "bc", false, false},
           Row{"é", "É", true, true},
           Row{"é", "ÉÉ", true, true},
           Row{"\u1E96", "H\u0331", true, true},
           Row{"é", "", false, false},
       }) {
    EXPECT_EQ(starts_with_ignore_case(row.pattern, row.text), row.begins) << row.pattern << " " << row.text;
    EXPECT_EQ(ends_with_ignore_case(row.pattern, row.text), row.ends) << row.pattern << " " << row.text;
  }
}

TEST(LetterCase, TablesAreSorted) {
  const auto sorted = [](const auto& ranges) {
    for (std::size_t i = 0; i < std::size(ranges); ++i) {
      EXPECT_LE(ranges[i].first, ranges[i].last);
      EXPECT_EQ((ranges[i].last - ranges[i].first) % ranges[i].step, 0U);
      EXPECT_TRUE(i == 0 || ranges[i - 1].last < ranges[i].first) << i;
    }
  };
  sorted(kLowerCases);
  sorted(kUpperCases);
  for (std::size_t i = 1; i < std::size(kLongUpperCases); ++i)
    EXPECT_LT(kLongUpperCases[i - 1].letter, kLongUpperCases[i].letter);
}

// What makes one walk without going back enough.
TEST(LetterCase, TwoSpellingsDifferAtBothEnds) {
  for (char32_t letter = 0; letter < 0x11000; ++letter) {
    if (letter >= 0xD800 && letter < 0xE000)
      continue;
    const Spellings both = spellings(letter);
    const std::string_view lower = both.lower.text();
    const std::string_view upper = both.upper.text();
    ASSERT_FALSE(base::first_invalid_utf8(lower).has_value()) << std::hex << unsigned{letter};
    ASSERT_FALSE(base::first_invalid_utf8(upper).has_value()) << std::hex << unsigned{letter};
    std::string itself;
    base::append_utf8(itself, letter);
    if (lower == upper) {
      EXPECT_EQ(lower, itself) << std::hex << unsigned{letter};
      continue;
    }
    EXPECT_FALSE(lower.starts_with(upper) || upper.starts_with(lower)) << std::hex << unsigned{letter};
    EXPECT_FALSE(lower.ends_with(upper) || upper.ends_with(lower)) << std::hex << unsigned{letter};
  }
}

}  // namespace
}  // namespace grantproof::events
