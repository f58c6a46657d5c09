// SPDX-License-Identifier: Apache-2.0
#include "events/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "base/text.h"

namespace grantproof::events {
namespace {

constexpr unsigned kBits4 = 32;
constexpr unsigned kBits6 = 128;
constexpr std::size_t kFirstByte4 = 12;
// Longer texts are names, however many leading zeros their octets have.
constexpr std::size_t kLongestText4 = 15;
constexpr std::size_t kGroups = 8;

std::optional<Network> parse_version_4(std::string_view text) {
  if (text.size() > kLongestText4)
    return std::nullopt;
  Network network{.version_6 = false, .address = {}, .prefix_length = kBits4};
  for (std::size_t byte = kFirstByte4; byte < network.address.size(); ++byte) {
    const bool last = byte + 1 == network.address.size();
    const std::size_t dot = text.find('.');
    if (last != (dot == std::string_view::npos))
      return std::nullopt;
    const std::string_view octet = text.substr(0, dot);
    const char* const octet_end = octet.data() + octet.size();
    const auto [end, error] = std::from_chars(octet.data(), octet_end, network.address[byte]);
    if (error != std::errc() || end != octet_end)
      return std::nullopt;
    if (!last)
      text.remove_prefix(dot + 1);
  }
  return network;
}

struct Groups {
  std::array<std::uint16_t, kGroups> values{};
  std::size_t count = 0;
};

// Groups between single colons. Nothing is no group.
bool read_groups(std::string_view text, Groups& groups) {
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    unsigned value = 0;
    for (const char c : group) {
      const std::optional<unsigned> digit = base::hexadecimal_digit(c);
      if (!digit.has_value())
        return false;
      value = value << 4 | *digit;
      if (value > 0xffff)
        return false;
    }
    if (group.empty() || groups.count == kGroups)
      return false;
    groups.values[groups.count++] = static_cast<std::uint16_t>(value);
    if (colon == std::string_view::npos)
      return true;
    text.remove_prefix(colon + 1);
    if (text.empty())
      return false;  // a colon at the end
  }
  return true;
}

std::optional<Network> parse_version_6(std::string_view text) {
  Groups left;
  Groups right;
  const std::size_t gap = text.find("::");
  if (!read_groups(text.substr(0, gap), left))
    return std::nullopt;
  if (gap == std::string_view::npos) {
    if (left.count != kGroups)
      return std::nullopt;
  } else if (!read_groups(text.substr(gap + 2), right) || left.count + right.count >= kGroups) {
    return std::nullopt;
  }
  std::copy_n(right.values.begin(), right.count,
              left.values.end() - static_cast<std::ptrdiff_t>(right.count));
  Network network{.version_6 = true, .address = {}, .prefix_length = kBits6};
  for (std::size_t group = 0; group < kGroups; ++group) {
    network.address[2 * group] = static_cast<std::uint8_t>(left.values[group] >> 8);
    network.address[2 * group + 1] = static_cast<std::uint8_t>(left.values[group] & 0xff);
  }
  constexpr std::array<std::uint8_t, kFirstByte4> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), network.address.begin())) {
    network.version_6 = false;
    network.prefix_length = kBits4;
    std::fill_n(network.address.begin(), kFirstByte4, std::uint8_t{0});
  }
  return network;
}

}  // namespace

std::optional<Network> parse_address(std::string_view text) {
  // Most texts of an event are no addresses: settled by the first byte.
  if (text.empty() || (text[0] != ':' && !base::hexadecimal_digit(text[0]).has_value()))
    return std::nullopt;
  return text.find(':') == std::string_view::npos ? parse_version_4(text) : parse_version_6(text);
}

std::string write_address(const Network& address) {
  const auto& bytes = address.address;
  if (!address.version_6)
    return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 2)
    text += fmt::format("{}{:x}", i == 0 ? "" : ":", static_cast<unsigned>(bytes[i]) * 256U + bytes[i + 1]);
  return text;
}

std::variant<Network, NetworkMistake> parse_network(std::string_view text) {
  while (text.ends_with('/'))
    text.remove_suffix(1);  // captured: "10.0.0.0/24/" is taken
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.find('/', slash + 1) != std::string_view::npos)
    return NetworkMistake::kSlash;
  std::optional<Network> network = parse_address(text.substr(0, slash));
  if (!network.has_value())
    return NetworkMistake::kAddress;

  std::string_view length = text.substr(slash + 1);
  if (length.starts_with('+'))
    length.remove_prefix(1);  // captured: "/+8" is taken
  if (length.starts_with('+'))
    return NetworkMistake::kPrefixLength;
  int prefix_length = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), prefix_length);
  if (error != std::errc() || end != length.data() + length.size())
    return NetworkMistake::kPrefixLength;
  if (prefix_length < 0)
    return NetworkMistake::kPrefixNegative;
  if (static_cast<unsigned>(prefix_length) >= network->prefix_length)
    return NetworkMistake::kPrefixTooLong;
  network->prefix_length = static_cast<unsigned>(prefix_length);
  return *network;
}

bool contains(const Network& network, const Network& address) {
  if (network.version_6 != address.version_6)
    return false;
  unsigned left = network.prefix_length;
  for (std::size_t byte = network.version_6 ? 0 : kFirstByte4; left > 0; ++byte) {
    const unsigned bits = std::min(left, 8U);
    const auto differing = static_cast<unsigned>(network.address[byte] ^ address.address[byte]);
    if (differing >> (8 - bits) != 0)
      return false;
    left -= bits;
  }
  return true;
}

}  // namespace grantproof::events
