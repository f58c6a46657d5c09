// SPDX-License-Identifier: Apache-2.0
#include "events/comparable_number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>

namespace grantproof::events {
namespace {

// The longest shortest text of a double has 17 digits, so a number with more is none of them.
constexpr std::size_t kMostDigits = std::numeric_limits<double>::max_digits10;
// A number of so few digits is always the shortest text of its double, unless that is subnormal.
constexpr std::size_t kSafeDigits = std::numeric_limits<double>::digits10;

// 0.d1d2d3... times ten to the power of `exponent`, without zeros at either end.
struct Decimal {
  std::array<char, kMostDigits> digits{};
  std::size_t count = 0;
  long long exponent = 0;
};

// The sign is passed over: rounding does not depend on it. Nothing where the digits are too many, or the
// exponent is out of all bounds.
std::optional<Decimal> read_decimal(std::string_view text) {
  constexpr long long kFarExponent = 1'000'000'000;
  Decimal decimal;
  std::size_t zeros = 0;  // since the last digit that is none
  bool fraction = false;
  std::size_t at = text.starts_with('-') ? 1 : 0;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    const char digit = text[at];
    if (digit == '.') {
      fraction = true;
      continue;
    }
    const bool leading_zero = digit == '0' && decimal.count == 0;
    if (fraction ? leading_zero : !leading_zero)
      decimal.exponent += fraction ? -1 : 1;
    if (leading_zero)
      continue;
    if (digit == '0') {
      ++zeros;
      continue;
    }
    if (decimal.count + zeros >= kMostDigits)
      return std::nullopt;
    for (; zeros > 0; --zeros)
      decimal.digits[decimal.count++] = '0';
    decimal.digits[decimal.count++] = digit;
  }
  if (decimal.count == 0)
    return Decimal{};
  if (at < text.size()) {
    ++at;
    if (at < text.size() && text[at] == '+')
      ++at;
    long long power = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), power);
    if (error != std::errc() || power > kFarExponent || power < -kFarExponent)
      return std::nullopt;
    decimal.exponent += power;
  }
  return decimal;
}

bool is_shortest_text(const Decimal& decimal, double value) {
  std::array<char, 32> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), std::fabs(value), std::chars_format::scientific);
  const std::optional<Decimal> shortest =
      read_decimal(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
  return shortest.has_value() && shortest->count == decimal.count && shortest->exponent == decimal.exponent &&
         shortest->digits == decimal.digits;
}

}  // namespace

std::optional<double> comparable_number(std::string_view text) {
  const std::optional<Decimal> decimal = read_decimal(text);
  if (!decimal.has_value())
    return std::nullopt;
  if (decimal->count == 0)
    return 0.0;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;  // overflow and underflow are errors too
  const bool certain = decimal->count <= kSafeDigits && std::isnormal(value);
  if (!certain && !is_shortest_text(*decimal, value))
    return std::nullopt;
  return value;
}

}  // namespace grantproof::events
