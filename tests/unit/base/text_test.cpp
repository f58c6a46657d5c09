// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace grantproof::base {
namespace {

TEST(Text, CaseIsFoldedInAsciiOnly) {
  EXPECT_EQ(fold_case("S3:GetObject[@`{]"), "s3:getobject[@`{]");
  EXPECT_EQ(fold_case("ÄÉ"), "ÄÉ");
  // U+212A, the Kelvin sign, folds to k in Unicode and must not here.
  EXPECT_FALSE(equals_ignoring_case("\u212A", "k"));
  EXPECT_TRUE(equals_ignoring_case("aws:SourceARN", "AWS:sourcearn"));
  EXPECT_FALSE(equals_ignoring_case("abc", "abcd"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));  // 0x40 and 0x60 are no pair of letters
  EXPECT_TRUE(starts_with_ignoring_case("ForAllValues:x", "forallvalues:"));
  EXPECT_FALSE(starts_with_ignoring_case("For", "ForAll"));
}

TEST(Text, CaseIsFoldedIntoABufferThatIsUsedAgain) {
  std::string folded = "what stood there before";
  fold_case("S3:GetObject", folded);
  EXPECT_EQ(folded, "s3:getobject");
  fold_case("", folded);
  EXPECT_EQ(folded, "");
}

TEST(Text, LongTextsAreCutBetweenCharacters) {
  const std::string_view text =
      "0123456789012345678901234567890123456789012345678901234567890123456789012345678é";
  const std::string_view before_e = text.substr(0, 79);
  EXPECT_EQ(beginning(text), before_e);
  EXPECT_EQ(shortened(text), fmt::format("{}…", before_e));
  const std::string eighty = fmt::format("{}9", before_e);
  EXPECT_EQ(shortened(eighty), eighty);
  EXPECT_EQ(shortened(eighty + "0"), eighty + "…");
}

TEST(Text, Ascii) {
  EXPECT_TRUE(is_ascii(""));
  EXPECT_TRUE(is_ascii("a\x7F"));
  EXPECT_FALSE(is_ascii("a\x80"));
  EXPECT_FALSE(is_ascii("ä"));
}

TEST(Text, EditDistance) {
  struct Case {
    std::string left, right;
    std::size_t expected;
  };
  const std::vector<Case> cases = {
      {"", "", 0},
      {"", "abc", 3},
      {"abc", "", 3},
      {"abc", "abc", 0},
      {"abc", "axc", 1},
      {"abc", "ac", 1},
      {"ac", "abc", 1},
      {"abcd", "abdc", 1},  // a swap is one slip
      {"kitten", "sitting", 3},
      {"ca", "abc", 3},  // restricted: a swapped pair is not edited again
  };
  for (const Case& test : cases)
    EXPECT_EQ(edit_distance(test.left, test.right), test.expected) << test.left;
}

TEST(Text, Nearest) {
  const std::vector<std::string_view> elements = {"Version",     "Id",        "Statement",    "Sid",
                                                  "Effect",      "Action",    "NotAction",    "Resource",
                                                  "NotResource", "Principal", "NotPrincipal", "Condition"};
  struct Case {
    std::string name;
    std::string expected;  // "" for none
  };
  const std::vector<Case> cases = {// slips
                                   {"Actoin", "Action"},
                                   {"Resources", "Resource"},
                                   {"Effct", "Effect"},
                                   {"Conditions", "Condition"},
                                   {"Pricipal", "Principal"},
                                   {"Statements", "Statement"},
                                   // case alone
                                   {"action", "Action"},
                                   {"NOTACTION", "NotAction"},
                                   {"sid", "Sid"},
                                   // too far for a guess
                                   {"Owner", ""},
                                   {"Foo", ""},
                                   {"x", ""},
                                   {"", ""},
                                   {"Zzzzzzzzzzzzzzzzz", ""}};
  for (const Case& test : cases)
    EXPECT_EQ(nearest(test.name, elements).value_or(""), test.expected) << test.name;
  EXPECT_EQ(nearest("ab", {"ac", "ad"}), "ac");  // the first of equals
  EXPECT_FALSE(nearest("a", {"b"}));             // nothing of it is left
  EXPECT_FALSE(nearest(std::string(100'000, 'a'), {"a"}));
  EXPECT_FALSE(nearest("abc", {}));
}

TEST(Text, FirstInvalidUtf8) {
  struct Case {
    std::string text;
    std::optional<std::size_t> expected;
  };
  const std::vector<Case> cases = {
      {"", std::nullopt},
      {"plain", std::nullopt},
      {"é漢😀", std::nullopt},
      {"\xF4\x8F\xBF\xBF", std::nullopt},  // U+10FFFF
      {std::string("a\0b", 3), std::nullopt},
      {"a\x80", 1},             // continuation without a start
      {"a\xC3", 1},             // cut off
      {"ab\xE6\xBC", 2},        // cut off
      {"\xC0\x80", 0},          // overlong NUL
      {"\xC1\xBF", 0},          // overlong
      {"\xE0\x80\xAF", 0},      // overlong
      {"\xF0\x80\x80\xAF", 0},  // overlong
      {"x\xED\xA0\x80", 1},     // a surrogate
      {"\xF4\x90\x80\x80", 0},  // over U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"caf\xE9", 3},  // Latin-1
  };
  for (const Case& test : cases)
    EXPECT_EQ(first_invalid_utf8(test.text), test.expected) << test.text;
}

TEST(Text, CodePointsComeBack) {
  for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 77) {
    if (value >= 0xD800 && value <= 0xDFFF)
      continue;
    std::string text;
    append_utf8(text, value);
    ASSERT_FALSE(first_invalid_utf8(text)) << static_cast<std::uint32_t>(value);
    const CodePoint point = code_point_at(text, 0);
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.length, text.size());
  }
  std::string text;
  append_utf8(text, 0xD800);
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "\uFFFD\uFFFD");
  EXPECT_EQ(code_point_at("\x80", 0).value, 0xFFFDU);
}

TEST(Text, DisplayWidth) {
  struct Case {
    std::string text;
    std::size_t expected;
  };
  const std::vector<Case> cases = {
      {"", 0},        {"abc", 3},    {"é", 1},    {"漢字", 4}, {"ｱ", 1},  // half width
      {"Ａ", 2},                                                          // full width
      {"e\u0301", 1},                                                     // combining acute
      {"😀", 2},       {"\u200B", 0}, {"한국", 4}, {"\x01", 0}, {"→", 1}};
  for (const Case& test : cases)
    EXPECT_EQ(display_width(std::string_view(test.text)), test.expected) << test.text;
}

TEST(Text, PercentDecode) {
  const PercentDecoded decoded = percent_decode("a%7B%22é%22+%c3%A9");
  EXPECT_EQ(decoded.text, "a{\"é\"+é");
  EXPECT_EQ(decoded.offsets, (std::vector<std::uint32_t>{0, 1, 4, 7, 8, 9, 12, 13, 16, 19}));
  EXPECT_FALSE(decoded.bad_escape);
  EXPECT_EQ(percent_decode("a+b", true).text, "a b");
  for (const std::string bad : {"x%", "x%4", "x%4g", "x%%41"}) {
    const PercentDecoded stopped = percent_decode(bad);
    EXPECT_EQ(stopped.bad_escape, 1U) << bad;
    EXPECT_EQ(stopped.text, "x") << bad;
    EXPECT_EQ(stopped.offsets, (std::vector<std::uint32_t>{0, 1})) << bad;
  }
}

}  // namespace
}  // namespace grantproof::base
