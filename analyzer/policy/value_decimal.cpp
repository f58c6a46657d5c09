// SPDX-License-Identifier: Apache-2.0
//
// Numbers are compared as exact decimals (captured: leading zeros and a leading '+' are read, precision is
// kept).
#include <charconv>
#include <cstddef>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length]))
    ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

// [eE][+-]?digits, to the end of the text; 32 bits, as far as AWS reads.
std::optional<std::int32_t> parse_exponent(std::string_view text) {
  text.remove_prefix(1);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-'))
      return std::nullopt;
  }
  std::int32_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return exponent;
}

std::strong_ordering compare_magnitude(const Decimal& a, const Decimal& b) {
  if (a.digits.empty() || b.digits.empty())
    return a.digits.size() <=> b.digits.size();  // zero
  if (a.exponent != b.exponent)
    return a.exponent <=> b.exponent;
  return a.digits <=> b.digits;  // neither ends in a zero, so a prefix is the smaller
}

}  // namespace

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) {
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.negative ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal result;
  if (text.starts_with('-') || text.starts_with('+')) {
    result.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  if (whole.empty() && fraction.empty())
    return std::nullopt;
  std::int64_t exponent = static_cast<std::int64_t>(whole.size());
  if (!text.empty()) {
    if (text.front() != 'e' && text.front() != 'E')
      return std::nullopt;
    const std::optional<std::int32_t> written = parse_exponent(text);
    if (!written.has_value())
      return std::nullopt;
    exponent += *written;
  }
  std::string digits(whole);
  digits += fraction;
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos)
    return Decimal{};  // zero has no sign
  digits.erase(digits.find_last_not_of('0') + 1);
  digits.erase(0, first);
  result.digits = std::move(digits);
  result.exponent = exponent - static_cast<std::int64_t>(first);
  return result;
}

}  // namespace grantproof::policy
