// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

TEST(ParseDate, ReadsIsoAndEpochAsTheSameTime) {
  struct Row {
    std::string_view text;
    std::int64_t milliseconds;
  };
  static constexpr std::array kRows = {
      Row{"1970-01-01T00:00:00Z", 0},
      Row{"0", 0},
      Row{"1735689600", 1735689600000},
      Row{"2025-01-01T00:00:00Z", 1735689600000},
      // the shorter forms of the W3C profile
      Row{"2025-01-01T00:00Z", 1735689600000},
      Row{"2025-01-01", 1735689600000},
      Row{"2025-01", 1735689600000},
      // fractions, to the millisecond
      Row{"2025-01-01T00:00:00.5Z", 1735689600500},
      Row{"2025-01-01T00:00:00.000Z", 1735689600000},
      Row{"2025-01-01T00:00:00.123456Z", 1735689600123},
      // zones
      Row{"2025-01-01T02:00:00+02:00", 1735689600000},
      Row{"2024-12-31T18:30:00-05:30", 1735689600000},
      Row{"2025-01-01T00:00:00", 1735689600000},
      Row{"2025-01-01T00", 1735689600000},
      // leap years, and times before 1970
      Row{"2024-02-29T00:00:00Z", 1709164800000},
      Row{"2000-02-29", 951782400000},
      Row{"1969-12-31T23:59:59Z", -1000},
      Row{"-1", -1000},
      // a number without more is seconds, not a year
      Row{"2024", 2024000},
  };
  for (const Row& row : kRows)
    EXPECT_EQ(parse_date(row.text), row.milliseconds) << row.text;
}

TEST(ParseDate, RefusesWhatIsNoDate) {
  for (const std::string_view text : {"",
                                      "-",
                                      "today",
                                      "2025-13-01",
                                      "2025-00-01",
                                      "2025-02-29",
                                      "2100-02-29",
                                      "2025-01-32",
                                      "2025-01-00",
                                      "2025-1-1",
                                      "2025-01-01T24:00:00Z",
                                      "2025-01-01T00:60:00Z",
                                      "2025-01-01T00:00:60Z",
                                      "2025-01-01T00:00:00z",
                                      "2025-01-01 00:00:00",
                                      "2025-01-01T",
                                      "2025-01-01T00:00:00.Z",
                                      "2025-01-01T00:00:00+0200",
                                      "2025-01-01T00:00:00Z ",
                                      "2025-01-01Z",
                                      "1.5",
                                      "01/01/2025",
                                      "2025-01-01T00:00:00+02"}) {
    EXPECT_FALSE(parse_date(text).has_value()) << '"' << text << '"';
  }
}

TEST(ParseDate, SecondsBeyondAnyDateStayInOrder) {
  const auto far = parse_date("99999999999999999999999");
  ASSERT_TRUE(far.has_value());
  EXPECT_GT(*far, *parse_date("9999-12-31T23:59:59Z"));
  EXPECT_LT(*parse_date("-99999999999999999999999"), *parse_date("0000-01-01"));
}

}  // namespace
}  // namespace grantproof::policy
