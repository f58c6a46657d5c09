// SPDX-License-Identifier: Apache-2.0
#include "events/event_time.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace grantproof::events {
namespace {

constexpr std::int64_t kSecondsADay = 86'400;
constexpr std::int64_t kFirst = -62'167'219'200;  // 0000-01-01T00:00:00Z
constexpr std::int64_t kLast = 253'402'300'799;   // 9999-12-31T23:59:59Z

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Days from 0000-01-01 to the first day of a year.
std::int64_t days_before_year(std::int64_t year) {
  if (year == 0)
    return 0;
  const std::int64_t last = year - 1;
  return year * 365 + last / 4 - last / 100 + last / 400 + 1;  // the year 0 is a leap year
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

std::optional<std::int64_t> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-'))
    return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || *month < 1 || *month > 12 || !take(text, '-'))
    return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month))
    return std::nullopt;
  std::int64_t days = days_before_year(*year) + *day - 1;
  for (int before = 1; before < *month; ++before)
    days += days_in_month(*year, before);
  return days * kSecondsADay + kFirst;
}

std::optional<std::int64_t> take_clock(std::string_view& text) {
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
  return *hour * 3600 + *minute * 60 + second;
}

// "Z", "+01:00", "-0800", or nothing
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (text.empty() || take(text, 'Z') || take(text, 'z'))
    return 0;
  const bool west = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-'))
    return std::nullopt;
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 23)
    return std::nullopt;
  take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59)
    return std::nullopt;
  const std::int64_t offset = *hours * 3600 + *minutes * 60;
  return west ? -offset : offset;
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date)
    return std::nullopt;
  std::int64_t seconds = *date;
  if (take(text, 'T') || take(text, 't') || take(text, ' ')) {
    const auto clock = take_clock(text);
    const auto offset = clock ? take_offset(text) : std::nullopt;
    if (!offset)
      return std::nullopt;
    seconds += *clock - *offset;
  }
  return text.empty() && seconds >= kFirst && seconds <= kLast ? std::optional(seconds) : std::nullopt;
}

std::optional<std::int64_t> parse_epoch_seconds(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative)
    number.remove_prefix(1);
  number = number.substr(0, number.find('.'));
  if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos ||
      number.size() > 12)
    return std::nullopt;
  std::int64_t seconds = 0;
  for (const char digit : number)
    seconds = seconds * 10 + (digit - '0');
  seconds = negative ? -seconds : seconds;
  return seconds >= kFirst && seconds <= kLast ? std::optional(seconds) : std::nullopt;
}

std::string write_time(std::int64_t seconds) {
  const std::int64_t since = seconds - kFirst;
  std::int64_t days = since / kSecondsADay;
  const std::int64_t clock = since % kSecondsADay;
  std::int64_t year = days / 366;  // never too late
  while (days_before_year(year + 1) <= days)
    ++year;
  days -= days_before_year(year);
  int month = 1;
  while (days >= days_in_month(year, month))
    days -= days_in_month(year, month++);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, days + 1, clock / 3600,
                     clock / 60 % 60, clock % 60);
}

}  // namespace grantproof::events
