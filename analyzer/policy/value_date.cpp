// SPDX-License-Identifier: Apache-2.0
//
// Dates of condition values: the W3C profile of ISO 8601, or seconds since 1970 (IAM User Guide, "Date
// condition operators"). Captured: millisecond precision; a time without a zone is UTC.
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr std::int64_t kLastSecond = INT64_MAX / 1000;

// Reads the text from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool next_is(char c) const { return text_.starts_with(c); }
  bool take(char c) {
    if (!next_is(c))
      return false;
    text_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count)
      return std::nullopt;
    int value = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9')
        return std::nullopt;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(count);
    return value;
  }
  std::optional<int> digits(std::size_t count, int low, int high) {
    const std::optional<int> value = digits(count);
    return value.has_value() && low <= *value && *value <= high ? value : std::nullopt;
  }
  // A fraction of a second; what is finer than a millisecond is cut off.
  std::optional<Milliseconds> fraction() {
    int milliseconds = 0;
    int unit = 100;
    std::size_t length = 0;
    for (; length < text_.size() && text_[length] >= '0' && text_[length] <= '9'; ++length) {
      milliseconds += (text_[length] - '0') * unit;
      unit /= 10;
    }
    if (length == 0)
      return std::nullopt;
    text_.remove_prefix(length);
    return Milliseconds(milliseconds);
  }

 private:
  std::string_view text_;
};

// hh, hh:mm, hh:mm:ss or hh:mm:ss.fraction
std::optional<Milliseconds> read_time(Reader& reader) {
  const std::optional<int> hour = reader.digits(2, 0, 23);
  if (!hour.has_value())
    return std::nullopt;
  Milliseconds time = std::chrono::hours(*hour);
  if (!reader.take(':'))
    return time;
  const std::optional<int> minute = reader.digits(2, 0, 59);
  if (!minute.has_value())
    return std::nullopt;
  time += std::chrono::minutes(*minute);
  if (!reader.take(':'))
    return time;
  const std::optional<int> second = reader.digits(2, 0, 59);
  if (!second.has_value())
    return std::nullopt;
  time += std::chrono::seconds(*second);
  if (!reader.take('.'))
    return time;
  const std::optional<Milliseconds> fraction = reader.fraction();
  if (!fraction.has_value())
    return std::nullopt;
  return time + *fraction;
}

// Z, +hh:mm, -hh:mm or nothing
std::optional<Milliseconds> read_zone(Reader& reader) {
  if (reader.at_end() || reader.take('Z'))
    return Milliseconds(0);
  const bool west = reader.next_is('-');
  if (!reader.take('-') && !reader.take('+'))
    return std::nullopt;
  const std::optional<int> hours = reader.digits(2, 0, 23);
  if (!hours.has_value() || !reader.take(':'))
    return std::nullopt;
  const std::optional<int> minutes = reader.digits(2, 0, 59);
  if (!minutes.has_value())
    return std::nullopt;
  const Milliseconds offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return west ? -offset : offset;
}

std::optional<std::int64_t> parse_seconds(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc() || seconds > kLastSecond)
    seconds = kLastSecond;  // later than any date that is written
  return (negative ? -seconds : seconds) * 1000;
}

}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
  if (const std::optional<std::int64_t> seconds = parse_seconds(text))
    return seconds;
  Reader reader(text);
  const std::optional<int> year = reader.digits(4);
  if (!year.has_value() || !reader.take('-'))
    return std::nullopt;
  const std::optional<int> month = reader.digits(2, 1, 12);
  if (!month.has_value())
    return std::nullopt;
  int day = 1;
  Milliseconds time(0);
  if (reader.take('-')) {
    const std::optional<int> written_day = reader.digits(2, 1, 31);
    if (!written_day.has_value())
      return std::nullopt;
    day = *written_day;
    if (reader.take('T')) {
      const std::optional<Milliseconds> since_midnight = read_time(reader);
      if (!since_midnight.has_value())
        return std::nullopt;
      const std::optional<Milliseconds> zone = read_zone(reader);
      if (!zone.has_value())
        return std::nullopt;
      time = *since_midnight - *zone;
    }
  }
  if (!reader.at_end())
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok())
    return std::nullopt;
  return (Milliseconds(std::chrono::sys_days(date).time_since_epoch()) + time).count();
}

}  // namespace grantproof::policy
