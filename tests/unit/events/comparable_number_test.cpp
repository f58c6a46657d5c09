// SPDX-License-Identifier: Apache-2.0
#include "events/comparable_number.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

#include "support/bounds.h"
#include "support/rounds.h"

namespace grantproof::events {
namespace {

TEST(ComparableNumber, IsTheValueOfWhatADoubleKeeps) {
  struct Row {
    std::string_view text;
    double value;
  };
  for (const Row& row : {
           Row{"0", 0},
           Row{"-0", 0},
           Row{"0.000e17", 0},
           Row{"0e99999999999", 0},
           Row{"300", 300},
           Row{"300.0", 300},
           Row{"3.0e2", 300},
           Row{"30000E-2", 300},
           Row{"0.003e+5", 300},
           Row{"-1.5", -1.5},
           Row{"0.1", 0.1},
           Row{"100000000000000000000000", 1e23},
           Row{"0.30000000000000004", 0.30000000000000004},
           Row{"9007199254740992", 9007199254740992.0},
           Row{"9007199254740992000e-3", 9007199254740992.0},
           Row{"1.7976931348623157e308", 1.7976931348623157e308},
           Row{"5e-324", 5e-324},
           Row{"1e-320", 1e-320},
           Row{"2.2250738585072014e-308", 2.2250738585072014e-308},
       }) {
    EXPECT_EQ(comparable_number(row.text), row.value) << row.text;
    EXPECT_FALSE(std::signbit(comparable_number(row.text).value_or(-1)) && row.value == 0) << row.text;
  }
}

TEST(ComparableNumber, IsNoneOfWhatADoubleChanges) {
  for (const std::string_view text :
       {"9007199254740993", "1234567890123456789", "0.1000000000000000055511151231257827",
        "4503599627370497.5", "1e400", "-1e309", "1e-400", "4.9e-324", "3e-324", "1e99999999999",
        "1e-99999999999", "0.30000000000000000001", "1.79769313486231580e308", "123456789012345678"}) {
    EXPECT_EQ(comparable_number(text), std::nullopt) << text;
  }
}

// The shortest text of any double is comparable, and is that double.
TEST(ComparableNumber, TakesTheShortestTextOfEveryDouble) {
  grantproof::tests::for_rounds(grantproof::tests::bounded(20'000, 2'000), 0x7e57'0000, [](auto& random) {
    std::uint64_t bits = (static_cast<std::uint64_t>(random.below(1U << 31)) << 33) ^
                         (static_cast<std::uint64_t>(random.below(1U << 31)) << 12) ^ random.below(4096);
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value) || value == 0)
      return;
    char text[64];
    const auto [short_end, short_error] =
        std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
    ASSERT_EQ(short_error, std::errc());
    const std::string shortest(text, short_end);
    EXPECT_EQ(comparable_number(shortest), value) << shortest;
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 17);
    ASSERT_EQ(error, std::errc());
    const std::string longer(text, end);
    // 18 digits are too many, unless the last is a zero.
    if (longer.find("0e") == std::string::npos) {
      EXPECT_FALSE(comparable_number(longer).has_value()) << longer;
    }
  });
}

}  // namespace
}  // namespace grantproof::events
