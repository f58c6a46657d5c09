// SPDX-License-Identifier: Apache-2.0
#include "events/event_time.h"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>

namespace grantproof::events {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr sys_seconds kFirst = sys_days(std::chrono::year(0) / 1 / 1);
constexpr sys_seconds kEnd = sys_days(std::chrono::year(10'000) / 1 / 1);

std::optional<std::int64_t> in_written_years(sys_seconds time) {
  return time >= kFirst && time < kEnd ? std::optional<std::int64_t>(time.time_since_epoch().count())
                                       : std::nullopt;
}

// Takes exactly `count` digits off the text.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count)
    return std::nullopt;
  int value = 0;
  for (const char digit : text.substr(0, count)) {
    if (digit < '0' || digit > '9')
      return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char byte) {
  if (!text.starts_with(byte))
    return false;
  text.remove_prefix(1);
  return true;
}

std::optional<sys_days> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-'))
    return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-'))
    return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day)
    return std::nullopt;
  const year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

std::optional<seconds> take_clock(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':'))
    return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59)
    return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto read = take_digits(text, 2);
    if (!read || *read > 59)
      return std::nullopt;
    second = *read;
    if (take(text, '.')) {
      if (!take_digits(text, 1))
        return std::nullopt;
      while (take_digits(text, 1)) {
      }
    }
  }
  return hours(*hour) + minutes(*minute) + seconds(second);
}

// "Z", "+01:00", "-0800", or nothing
std::optional<seconds> take_offset(std::string_view& text) {
  if (text.empty() || take(text, 'Z') || take(text, 'z'))
    return seconds(0);
  const bool west = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-'))
    return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23)
    return std::nullopt;
  take(text, ':');
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59)
    return std::nullopt;
  const seconds offset = hours(*hour) + minutes(*minute);
  return west ? -offset : offset;
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date)
    return std::nullopt;
  sys_seconds time = *date;
  if (take(text, 'T') || take(text, 't') || take(text, ' ')) {
    const auto clock = take_clock(text);
    const auto offset = clock ? take_offset(text) : std::nullopt;
    if (!offset)
      return std::nullopt;
    time += *clock - *offset;
  }
  return text.empty() ? in_written_years(time) : std::nullopt;
}

std::optional<std::int64_t> parse_epoch_seconds(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative)
    number.remove_prefix(1);
  number = number.substr(0, number.find('.'));
  if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos ||
      number.size() > 12)
    return std::nullopt;
  std::int64_t count = 0;
  for (const char digit : number)
    count = count * 10 + (digit - '0');
  return in_written_years(sys_seconds(seconds(negative ? -count : count)));
}

std::string write_time(std::int64_t seconds_since_1970) {
  const sys_seconds time{seconds(seconds_since_1970)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace grantproof::events
