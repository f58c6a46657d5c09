// SPDX-License-Identifier: Apache-2.0
#include "events/event_time.h"

#include <gtest/gtest.h>

namespace grantproof::events {
namespace {

TEST(EventTime, BringsTheFormsOfTimesToOne) {
  struct Row {
    std::string_view written;
    std::string_view time;
  };
  const Row rows[] = {
      {"2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z"},
      {"2026-11-21T08:00:00.999Z", "2026-11-21T08:00:00Z"},
      {"2026-11-21t08:00:00z", "2026-11-21T08:00:00Z"},
      {"2026-11-21 08:00:00", "2026-11-21T08:00:00Z"},
      {"2026-11-21T08:00Z", "2026-11-21T08:00:00Z"},
      {"2026-11-21T08:00:00+01:00", "2026-11-21T07:00:00Z"},
      {"2026-11-21T08:00:00-0830", "2026-11-21T16:30:00Z"},
      {"2026-11-21", "2026-11-21T00:00:00Z"},
      {"2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"},
      {"2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"0000-03-01T00:00:00Z", "0000-03-01T00:00:00Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
  };
  for (const Row& row : rows) {
    const auto seconds = parse_time(row.written);
    ASSERT_TRUE(seconds) << row.written;
    EXPECT_EQ(write_time(*seconds), row.time) << row.written;
  }
}

TEST(EventTime, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "now", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z", "2026-11-21T08:00:00X", "2026-11-21T08:00:00+1", "2026-11-21T08:00:00.Z",
        "2026-11-21T", "20261121T080000Z", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"})
    EXPECT_FALSE(parse_time(text)) << text;
}

TEST(EventTime, CountsSecondsSince1970) {
  EXPECT_EQ(parse_time("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(parse_time("2026-01-01T00:00:00Z"), 1'767'225'600);
  EXPECT_EQ(parse_time("1969-12-31T23:59:59Z"), -1);
  EXPECT_EQ(parse_epoch_seconds("1767225600"), 1'767'225'600);
  EXPECT_EQ(parse_epoch_seconds("1767225600.75"), 1'767'225'600);
  EXPECT_EQ(parse_epoch_seconds("-1"), -1);
  for (const std::string_view text : {"", "-", "1e9", ".5", "9999999999999", "999999999999"})
    EXPECT_FALSE(parse_epoch_seconds(text)) << text;
}

TEST(EventTime, EveryDayIsReadAsItIsWritten) {
  constexpr std::int64_t kDay = 86'400;
  for (std::int64_t day = -719'000; day < 2'900'000; day += 97) {
    const std::string text = write_time(day * kDay + 12'345);
    EXPECT_EQ(parse_time(text), day * kDay + 12'345) << text;
  }
}

}  // namespace
}  // namespace grantproof::events
