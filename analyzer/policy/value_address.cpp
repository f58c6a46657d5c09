// SPDX-License-Identifier: Apache-2.0
//
// IPv4 and IPv6 addresses and ranges. Captured from AWS: octets may have leading zeros, a prefix length also
// a leading '+'; a trailing colon of an IPv6 address is ignored, a single leading one follows a zero, and
// ":::" is read as "::". A request's v4-mapped address is IPv4; a range in a policy keeps the family it is
// written in.
#include <algorithm>
#include <array>
#include <cstddef>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Decimal digits up to a maximum.
std::optional<unsigned> parse_decimal_up_to(std::string_view text, unsigned maximum) {
  if (text.empty())
    return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    if (!is_digit(c))
      return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > maximum)
      return std::nullopt;
  }
  return value;
}

std::optional<std::uint64_t> parse_v4(std::string_view text) {
  std::uint64_t address = 0;
  for (int octet = 0; octet < 4; ++octet) {
    const std::size_t dot = text.find('.');
    if ((octet == 3) != (dot == std::string_view::npos))
      return std::nullopt;
    const std::optional<unsigned> value = parse_decimal_up_to(text.substr(0, dot), 255);
    if (!value.has_value())
      return std::nullopt;
    address = address << 8 | *value;
    if (octet != 3)
      text.remove_prefix(dot + 1);
  }
  return address;
}

std::optional<unsigned> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4)
    return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    unsigned digit = 0;
    if (is_digit(c)) {
      digit = static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<unsigned>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<unsigned>(c - 'A') + 10;
    } else {
      return std::nullopt;
    }
    value = value << 4 | digit;
  }
  return value;
}

struct Groups {
  std::array<unsigned, 8> values{};
  std::size_t count = 0;
};

// Groups between single colons; the last may be an IPv4 address where `dotted`.
bool read_groups(std::string_view text, bool dotted, Groups& groups) {
  if (text.empty())
    return true;
  for (;;) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (dotted && colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      const std::optional<std::uint64_t> v4 = parse_v4(group);
      if (!v4.has_value() || groups.count > 6)
        return false;
      groups.values[groups.count++] = static_cast<unsigned>(*v4 >> 16);
      groups.values[groups.count++] = static_cast<unsigned>(*v4 & 0xffff);
      return true;
    }
    const std::optional<unsigned> value = parse_group(group);
    if (!value.has_value() || groups.count == 8)
      return false;
    groups.values[groups.count++] = *value;
    if (colon == std::string_view::npos)
      return true;
    text.remove_prefix(colon + 1);
  }
}

std::optional<Address> parse_v6(std::string_view text) {
  std::string spelled;
  if (text.starts_with(':') && !text.starts_with("::")) {
    spelled = "0";
    spelled += text;
    text = spelled;
  }
  Groups left;
  Groups right;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (text.ends_with(':'))
      text.remove_suffix(1);
    if (!read_groups(text, true, left) || left.count != 8)
      return std::nullopt;
  } else {
    std::string_view tail = text.substr(gap + 2);
    if (tail.find("::") != std::string_view::npos)
      return std::nullopt;
    if (tail.starts_with(':'))
      tail.remove_prefix(1);
    if (tail.ends_with(':'))
      tail.remove_suffix(1);
    if (!read_groups(text.substr(0, gap), false, left) || !read_groups(tail, true, right))
      return std::nullopt;
    if (left.count + right.count > 7)
      return std::nullopt;
  }
  std::array<unsigned, 8> values = left.values;
  std::copy_n(right.values.begin(), right.count, values.end() - static_cast<std::ptrdiff_t>(right.count));
  Address address{.v6 = true, .high = 0, .low = 0};
  for (std::size_t group = 0; group < 4; ++group) {
    address.high = address.high << 16 | values[group];
    address.low = address.low << 16 | values[group + 4];
  }
  return address;
}

// As written: a v4-mapped address stays IPv6.
std::optional<Address> parse_as_written(std::string_view text) {
  if (text.find(':') != std::string_view::npos)
    return parse_v6(text);
  if (const std::optional<std::uint64_t> v4 = parse_v4(text))
    return Address{.v6 = false, .high = 0, .low = *v4};
  return std::nullopt;
}

// Ones in the last `bits` of 64.
std::uint64_t low_ones(unsigned bits) {
  return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  std::optional<Address> address = parse_as_written(text);
  if (!address.has_value() || !address->v6)
    return address;
  const bool mapped = address->high == 0 && address->low >> 32 == 0xffff;
  if (mapped)
    return Address{.v6 = false, .high = 0, .low = address->low & 0xffffffff};
  if (text.find('.') != std::string_view::npos)
    return std::nullopt;  // dotted only in mapped addresses
  return address;
}

std::optional<AddressTest> parse_address_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const std::optional<Address> address = parse_as_written(host);
  if (!address.has_value())
    return std::nullopt;
  if (address->v6 && host.find('.') != std::string_view::npos)
    return std::nullopt;  // captured: refused
  const unsigned width = address->v6 ? 128 : 32;
  unsigned prefix = width;
  if (slash != std::string_view::npos) {
    std::string_view written = text.substr(slash + 1);
    if (written.starts_with('+'))
      written.remove_prefix(1);
    const std::optional<unsigned> length = parse_decimal_up_to(written, width);
    if (!length.has_value())
      return std::nullopt;
    prefix = *length;
  }
  const unsigned host_bits = width - prefix;
  const std::uint64_t low_mask = low_ones(host_bits);
  const std::uint64_t high_mask = host_bits > 64 ? low_ones(host_bits - 64) : 0;
  if (address->v6 && ((address->high & high_mask) != 0 || (address->low & low_mask) != 0))
    return std::nullopt;
  AddressTest range{.first = *address, .last = *address};
  range.first.low &= ~low_mask;
  range.last.high |= high_mask;
  range.last.low |= low_mask;
  return range;
}

}  // namespace grantproof::policy
