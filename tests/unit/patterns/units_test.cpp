// SPDX-License-Identifier: Apache-2.0
#include "patterns/units.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace grantproof::patterns {
namespace {

TEST(Units, LowerIsThatOfTheRequestNotUnicodeFolding) {
  struct Case {
    char16_t unit;
    char16_t expected;
  };
  const std::vector<Case> cases = {
      // ASCII
      {u'A', u'a'},
      {u'Z', u'z'},
      {u'a', u'a'},
      {u'@', u'@'},
      {u'[', u'['},
      {u'0', u'0'},
      {u'*', u'*'},
      {0, 0},
      // Latin-1: not the multiplication sign, which stands among the capitals
      {0xC0, 0xE0},
      {0xDE, 0xFE},
      {0xD7, 0xD7},
      {0xF7, 0xF7},
      {0xDF, 0xDF},
      {0xFF, 0xFF},
      {0xB5, 0xB5},
      // capitals elsewhere whose lower case is ASCII or Latin-1
      {0x178, 0xFF},
      {0x1E9E, 0xDF},
      {0x212A, u'k'},
      {0x212B, 0xE5},
      // I with a dot has no single lower case unit; long s is small already
      {0x130, 0x130},
      {0x17F, 0x17F},
      // Greek and Cyrillic
      {0x391, 0x3B1},
      {0x3A3, 0x3C3},
      {0x3C2, 0x3C2},
      {0x3A2, 0x3A2},
      {0x386, 0x3AC},
      {0x389, 0x3AE},
      {0x38C, 0x3CC},
      {0x38F, 0x3CE},
      {0x2126, 0x3C9},
      {0x410, 0x430},
      {0x42F, 0x44F},
      {0x401, 0x451},
      {0x451, 0x451},
      {0x460, 0x461},
      {0x461, 0x461},
      {0x4C0, 0x4CF},
      {0x4C1, 0x4C2},
      // neither
      {0x100, 0x100},
      {0xD835, 0xD835},
      {0xFFFF, 0xFFFF},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(static_cast<unsigned>(lower(c.unit)), static_cast<unsigned>(c.expected))
        << std::hex << unsigned{c.unit};
  }
}

TEST(Units, UpperVariantsAreTheInverseOfLower) {
  EXPECT_EQ(upper_variants(u'k'), std::u16string_view(u"K\u212A"));
  EXPECT_EQ(upper_variants(u'a'), std::u16string_view(u"A"));
  EXPECT_TRUE(upper_variants(u':').empty());
  std::size_t capitals = 0;
  std::size_t variants = 0;
  for (unsigned unit = 0; unit <= 0xFFFF; ++unit) {
    const auto here = static_cast<char16_t>(unit);
    const char16_t small = lower(here);
    EXPECT_EQ(unsigned{lower(small)}, unsigned{small}) << std::hex << unit;
    variants += upper_variants(here).size();
    if (small != here) {
      ++capitals;
      EXPECT_NE(upper_variants(small).find(here), std::u16string_view::npos) << std::hex << unit;
    }
  }
  EXPECT_EQ(capitals, variants);
}

TEST(Units, ClassesAreAChain) {
  struct Case {
    std::u16string_view units;
    std::vector<bool> in;  // kAny, kNotColon, kNotSlashOrColon, kDigit, kLowerAlnum
  };
  const std::vector<Case> cases = {
      {u"059", {true, true, true, true, true}},
      {u"az-", {true, true, true, false, true}},
      {u"AZ_. \n\u00E9\uFF11\u0660", {true, true, true, false, false}},
      {u"\xD834\xDD1E", {true, true, true, false, false}},
      {u"/", {true, true, false, false, false}},
      {u":", {true, false, false, false, false}},
  };
  for (const Case& c : cases) {
    for (const char16_t unit : c.units) {
      for (std::size_t i = 0; i < c.in.size(); ++i) {
        EXPECT_EQ(in_class(unit, static_cast<UnitClass>(i)), c.in[i])
            << std::hex << unsigned{unit} << " in class " << i;
      }
    }
  }
  EXPECT_TRUE(covers(UnitClass::kAny, UnitClass::kNotColon));
  EXPECT_TRUE(covers(UnitClass::kNotSlashOrColon, UnitClass::kLowerAlnum));
  EXPECT_TRUE(covers(UnitClass::kLowerAlnum, UnitClass::kDigit));
  EXPECT_FALSE(covers(UnitClass::kDigit, UnitClass::kLowerAlnum));
}

TEST(Units, PeopleWriteLowerCaseFirst) {
  const std::u16string order = u"az09-/._AZ:~ \u00E9\u4E00\n";
  for (std::size_t i = 1; i < order.size(); ++i) {
    EXPECT_LT(ordinary_rank(order[i - 1]), ordinary_rank(order[i])) << i;
  }
  EXPECT_EQ(ordinary_units().size(), 95U);  // printable ASCII, each once
}

TEST(Units, Utf8RoundTrip) {
  struct Case {
    std::string utf8;
    std::u16string units;
  };
  const std::vector<Case> cases = {
      {"", u""},
      {"arn:aws", u"arn:aws"},
      {"\xC3\xA9", u"\u00E9"},
      {"\xE2\x84\xAA", u"\u212A"},
      {"\xF0\x9D\x84\x9E!", u"\xD834\xDD1E!"},
      {"\xF4\x8F\xBF\xBF", u"\xDBFF\xDFFF"},
      {std::string("\0x", 2), std::u16string(u"\0x", 2)},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(to_units(c.utf8), c.units);
    EXPECT_EQ(to_utf8(c.units), c.utf8);
  }
}

TEST(Units, InvalidBytesAreReplaced) {
  const std::vector<std::string> one_each = {"\x80",
                                             "\xFF",
                                             "\xC3",
                                             "\xE2\x84",
                                             "\xC0\xAF",
                                             "\xED\xA0\x80",
                                             "\xF4\x90\x80\x80",
                                             "\xF8\x88\x80\x80\x80"};
  for (const std::string& bytes : one_each) {
    EXPECT_EQ(to_units(bytes), std::u16string(bytes.size(), 0xFFFD));
  }
  EXPECT_EQ(to_units("a\xC3z"), std::u16string(u"a\uFFFDz"));
  // Half a pair is no text.
  EXPECT_EQ(to_utf8(std::u16string(1, 0xD834)), "\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8(std::u16string{0xDD1E, 0xD834}), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace grantproof::patterns
