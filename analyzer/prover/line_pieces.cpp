// SPDX-License-Identifier: Apache-2.0
#include "prover/line_pieces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace grantproof::prover {
namespace {

using policy::Address;
using policy::Decimal;

// An exact decimal as integer digits and a scale, for the few sums that pieces need.
std::string to_text(const Decimal& number) {
  if (number.digits.empty())
    return "0";
  std::string text;
  if (number.exponent <= 0) {
    text = "0." + std::string(static_cast<std::size_t>(-number.exponent), '0') + number.digits;
  } else if (static_cast<std::size_t>(number.exponent) >= number.digits.size()) {
    text = number.digits + std::string(static_cast<std::size_t>(number.exponent) - number.digits.size(), '0');
  } else {
    const auto point = static_cast<std::size_t>(number.exponent);
    text = number.digits.substr(0, point) + "." + number.digits.substr(point);
  }
  return (number.negative ? "-" : "") + text;
}

std::size_t fraction_digits(const std::string& text) {
  const std::size_t point = text.find('.');
  return point == std::string::npos ? 0 : text.size() - point - 1;
}

// A little further from zero, nearer than any bound of at most `scale` fraction digits.
std::string just_beyond(std::string text, std::size_t scale) {
  if (text.find('.') == std::string::npos)
    text += '.';
  text.append(scale - fraction_digits(text), '0');
  return text + '5';
}

// Seconds are whole in a request: between two bounds there may be a whole number and nothing else that is a
// date. Another writing of the bound itself is for tests of its text.
void add_whole_neighbours(const Decimal& bound, std::vector<std::string>& values) {
  constexpr std::int64_t kMostDigits = 17;
  if (bound.exponent > kMostDigits)
    return;
  const std::string text = to_text(bound);
  const std::int64_t whole = std::strtoll(text.c_str(), nullptr, 10);
  for (const std::int64_t neighbour : {whole - 1, whole, whole + 1})
    values.push_back(std::to_string(neighbour));
  if (text.find('.') == std::string::npos)
    values.push_back(text + ".0");
}

std::string date_text(std::int64_t milliseconds) {
  std::int64_t days = milliseconds / 86'400'000;
  std::int64_t rest = milliseconds % 86'400'000;
  if (rest < 0) {
    rest += 86'400'000;
    --days;
  }
  // Days since 1970 to a civil date.
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_index = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const std::int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const std::int64_t seconds = rest / 1000;
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", year, month, day, seconds / 3600,
                                 seconds / 60 % 60, seconds % 60);
  if (rest % 1000 != 0)
    text += fmt::format(".{:03}", rest % 1000);
  return text + "Z";
}

std::string address_text(const Address& address) {
  if (!address.v6) {
    return fmt::format("{}.{}.{}.{}", address.low >> 24U & 255U, address.low >> 16U & 255U,
                       address.low >> 8U & 255U, address.low & 255U);
  }
  std::string text;
  for (int group = 0; group < 8; ++group) {
    const std::uint64_t half = group < 4 ? address.high : address.low;
    const auto shift = static_cast<unsigned>(48 - 16 * (group % 4));
    if (group > 0)
      text += ':';
    text += fmt::format("{:x}", half >> shift & 0xffffU);
  }
  return text;
}

bool next(Address& address) {
  if (!address.v6) {
    if (address.low >= 0xffffffffULL)
      return false;
    ++address.low;
    return true;
  }
  if (++address.low != 0)
    return true;
  return ++address.high != 0;
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= count ? kDigits[group >> (18U - 6U * static_cast<unsigned>(i)) & 63U] : '=';
    }
  }
  return text;
}

}  // namespace

void LinePieces::add(const std::vector<policy::ValueTest>& tests) {
  for (const policy::ValueTest& test : tests) {
    if (const auto* number = std::get_if<policy::NumberTest>(&test)) {
      numbers_.insert(number->value);
    } else if (const auto* date = std::get_if<policy::DateTest>(&test)) {
      dates_.insert(date->value);
    } else if (const auto* range = std::get_if<policy::AddressTest>(&test)) {
      any_address_ = true;
      addresses_.insert(range->first);
      Address after = range->last;
      if (next(after))
        addresses_.insert(after);
    } else if (const auto* binary = std::get_if<policy::BinaryTest>(&test)) {
      bytes_.insert(binary->bytes);
    }
  }
}

std::vector<std::string> LinePieces::numbers_and_dates() const {
  std::vector<std::string> values;
  if (!numbers_.empty()) {
    // Numbers written as seconds are dates as well.
    std::set<Decimal> bounds = numbers_;
    for (std::int64_t date : dates_) {
      if (auto seconds = policy::parse_decimal(fmt::format("{}.{:03}", date / 1000, std::abs(date % 1000)))) {
        bounds.insert(*seconds);
      }
    }
    std::size_t scale = 1;
    for (const Decimal& bound : bounds)
      scale = std::max(scale, fraction_digits(to_text(bound)));
    // Each bound, and beyond each bound seen from zero; zero and its neighbours part the two signs.
    for (const Decimal& bound : bounds) {
      values.push_back(to_text(bound));
      values.push_back(just_beyond(to_text(bound), scale));
      add_whole_neighbours(bound, values);
    }
    values.push_back("0");
    values.push_back(just_beyond("0", scale));
    values.push_back(just_beyond("-0", scale));
  }
  if (!dates_.empty()) {
    values.push_back(date_text(*dates_.begin() - 1));
    for (std::int64_t date : dates_) {
      values.push_back(date_text(date));
      values.push_back(date_text(date + 1));
    }
  }
  return values;
}

std::vector<std::string> LinePieces::addresses() const {
  std::vector<std::string> values;
  if (!any_address_)
    return values;
  // Ordinary addresses of the documentation ranges first, then where each piece begins.
  values = {"203.0.113.10", "198.51.100.7", "2001:db8::10"};
  for (const Address& address : addresses_) {
    values.push_back(address_text(address));
  }
  values.push_back("0.0.0.0");
  values.push_back("::");
  return values;
}

std::vector<std::string> LinePieces::representatives() const {
  std::vector<std::string> values = numbers_and_dates();
  for (std::string& address : addresses())
    values.push_back(std::move(address));
  for (const std::string& bytes : bytes_)
    values.push_back(base64(bytes));
  if (!bytes_.empty())
    values.push_back(base64("other bytes"));
  return values;
}

}  // namespace grantproof::prover
