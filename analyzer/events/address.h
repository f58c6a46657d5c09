// SPDX-License-Identifier: Apache-2.0
//
// Addresses and networks as EventBridge reads them in event patterns and in events (captured): octets may
// have leading zeros; an IPv4-mapped IPv6 address is the IPv4 address; host bits of a network are allowed;
// /32 and /128 are refused. IAM reads addresses differently: policy/value_address.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "events/matcher.h"

namespace grantproof::events {

// One address, with all bits as its prefix. Nothing where the text is none.
std::optional<Network> parse_address(std::string_view text);
// One spelling for all of an address: "10.0.0.1", "2001:db8:0:0:0:0:0:1". The prefix length is not written.
std::string write_address(const Network& address);

enum class NetworkMistake {
  kSlash,          // not one address and one prefix length
  kAddress,        // before the slash stands no address
  kPrefixLength,   // behind it no number
  kPrefixTooLong,  // 32 and more, or 128 and more for IPv6
  kPrefixNegative,
};
std::variant<Network, NetworkMistake> parse_network(std::string_view text);

// Whether the address, of the same version, lies in the network.
bool contains(const Network& network, const Network& address);

}  // namespace grantproof::events
