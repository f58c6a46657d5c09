// SPDX-License-Identifier: Apache-2.0
//
// Under which key a matcher is found again from the value of an event: a rule stands in the index of its bus
// under the keys of one of its fields, and is looked at only for events that have one of them.
//
// A key never misses: every value that the matcher holds for has the key. It may say yes too often (a
// wildcard stands under the text before its first '*'); the matcher itself decides then.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/matcher.h"

namespace grantproof::router {

enum class KeyKind : std::uint8_t {
  kText,      // a string is exactly this
  kSpelling,  // true, false, null, or a number written exactly so
  kNumber,    // the eight bytes of a double
  kFolded,    // a string in ASCII lower case is exactly this
  kPrefix,
  kSuffix,
  kFoldedPrefix,
  kFoldedSuffix,
  kNetwork,  // version, prefix length, masked address
  kRange,    // no bytes: see RangeSet
  kPresent,  // any leaf at all
  kAbsent,   // nothing to look up: always to be looked at
};

struct RuleKey {
  KeyKind kind = KeyKind::kPresent;
  std::string bytes;
};

RuleKey rule_key(const events::Matcher& matcher);

// How many events have a key of this kind, roughly and against others: adds to the number of rules that share
// the key.
std::uint64_t commonness(const RuleKey& key);

std::string number_key(double value);
// Of the first `prefix_length` bits of an address.
std::string network_key(const events::Network& address, unsigned prefix_length);

}  // namespace grantproof::router
