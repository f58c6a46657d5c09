// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

TEST(ParseDecimal, ComparesExactly) {
  struct Row {
    std::string_view left;
    char order;  // '<' or '='
    std::string_view right;
  };
  static constexpr std::array kRows = {
      // spellings of one number
      Row{"10", '=', "10.0"},
      Row{"10", '=', "+10"},
      Row{"10", '=', "0010"},
      Row{"10", '=', "1e1"},
      Row{"10", '=', "1E+1"},
      Row{"10", '=', "100e-1"},
      Row{"1.20", '=', "1.2"},
      Row{".5", '=', "0.5"},
      Row{"5.", '=', "5"},
      Row{"0", '=', "-0"},
      Row{"0", '=', "0.000"},
      Row{"0", '=', "0e99"},
      // order
      Row{"9", '<', "10"},
      Row{"1.2", '<', "1.3"},
      Row{"1.2", '<', "1.21"},
      Row{"-1", '<', "0"},
      Row{"-1", '<', "1"},
      Row{"-10", '<', "-9"},
      Row{"-1.21", '<', "-1.2"},
      Row{"0", '<', "0.001"},
      Row{"-0.001", '<', "0"},
      Row{"0.09", '<', "0.1"},
      // beyond a double
      Row{"0.1", '<', "0.10000000000000000001"},
      Row{"9007199254740992", '<', "9007199254740993"},
      Row{"1e400", '<', "1e401"},
      Row{"1e-401", '<', "1e-400"},
  };
  for (const Row& row : kRows) {
    const auto left = parse_decimal(row.left);
    const auto right = parse_decimal(row.right);
    ASSERT_TRUE(left.has_value()) << row.left;
    ASSERT_TRUE(right.has_value()) << row.right;
    EXPECT_EQ(*left < *right, row.order == '<') << row.left << ' ' << row.order << ' ' << row.right;
    EXPECT_EQ(*left == *right, row.order == '=') << row.left << ' ' << row.order << ' ' << row.right;
    EXPECT_EQ(*right > *left, row.order == '<') << row.left << ' ' << row.order << ' ' << row.right;
  }
}

TEST(ParseDecimal, RefusesWhatIsNoNumber) {
  for (const std::string_view text :
       {"",   "-",  "+",    ".",     "e5",  "1e",  "1e+", "1e+-5",    "1e99999999999", "1,5",
        " 1", "1 ", "0x10", "1.2.3", "--1", "+-1", "NaN", "Infinity", "ten",           "1_000"}) {
    EXPECT_FALSE(parse_decimal(text).has_value()) << '"' << text << '"';
  }
}

TEST(ParseDecimal, IsNormalised) {
  const auto number = parse_decimal("-00120.500");
  ASSERT_TRUE(number.has_value());
  EXPECT_TRUE(number->negative);
  EXPECT_EQ(number->digits, "1205");
  EXPECT_EQ(number->exponent, 3);
  EXPECT_EQ(parse_decimal("0.00"), Decimal{});
}

}  // namespace
}  // namespace grantproof::policy
