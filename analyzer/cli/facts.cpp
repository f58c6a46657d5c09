// SPDX-License-Identifier: Apache-2.0
#include "cli/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace grantproof::cli {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits)
    value = value * 10 + (digit - '0');
  return value;
}

}  // namespace

bool is_organization_id(std::string_view text) {
  if (!text.starts_with("o-"))
    return false;
  text.remove_prefix(2);
  return text.size() >= 10 && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); });
}

bool is_account_id(std::string_view text) {
  return text.size() == 12 && all_digits(text);
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !all_digits(text.substr(0, 4)) ||
      !all_digits(text.substr(5, 2)) || !all_digits(text.substr(8, 2)))
    return false;
  const int year = number(text.substr(0, 4));
  const int month = number(text.substr(5, 2));
  const int day = number(text.substr(8, 2));
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1)
    return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays.at(static_cast<std::size_t>(month - 1)) + (month == 2 && leap ? 1 : 0);
}

base::Expected<void> add_account_ids(std::vector<std::string>& into, std::string_view list) {
  do {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view id = list.substr(0, comma);
    if (!is_account_id(id))
      return base::error(fmt::format("'{}' is no account id: they have twelve digits", id));
    into.emplace_back(id);
    list.remove_prefix(std::min(comma + 1, list.size()));
  } while (!list.empty());
  return {};
}

}  // namespace grantproof::cli
