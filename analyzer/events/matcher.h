// SPDX-License-Identifier: Apache-2.0
//
// One matcher of an event pattern: what a leaf of an event (string, number, true, false, null) must be. Names
// and meaning as in the EventBridge user guide, "Comparison operators for use in event patterns"; where the
// guide is silent, as the service's own engine was captured to decide.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace grantproof::events {

enum class MatcherKind : unsigned char {
  kString,   // texts[0], exactly; an IP address also in its other spellings (`address`)
  kNumber,   // `number`, or where that is empty the same spelling: texts[0]
  kLiteral,  // texts[0]: true, false or null
  kPrefix,   // of a string
  kSuffix,
  kEqualsIgnoreCase,
  kPrefixIgnoreCase,  // {"prefix": {"equals-ignore-case": …}}
  kSuffixIgnoreCase,
  kWildcard,      // '*' any text; \* and \\ literal
  kNumeric,       // `range`
  kCidr,          // `network`
  kExists,        // {"exists": true}: there is a leaf
  kDoesNotExist,  // {"exists": false}: there is none beside the array elements that earlier fields chose
  // anything-but: some leaf that is none of these. What is no string is never one of `texts`.
  kAnythingButStrings,
  kAnythingButNumbers,  // `numbers`
  kAnythingButPrefix,   // none of `texts`, and so on
  kAnythingButSuffix,
  kAnythingButIgnoreCase,
  kAnythingButWildcard,
};

struct Bound {
  double value = 0;
  bool inclusive = false;
};
struct NumericRange {
  std::optional<Bound> lower, upper;  // "=": both, inclusive
};

// A network, or one address (`prefix_length` all bits). IPv4 in the last four bytes, mapped addresses too.
struct Network {
  bool version_6 = false;
  std::array<std::uint8_t, 16> address{};
  unsigned prefix_length = 0;  // of 32, or of 128 where version_6
};

struct Matcher {
  MatcherKind kind = MatcherKind::kString;
  std::vector<std::string>
      texts;  // UTF-8, decoded; wildcard: as written in JSON, escapes of the wildcard language kept
  std::optional<double> number;
  std::vector<double> numbers;
  NumericRange range;
  std::optional<Network> network;  // kCidr; kString that reads as an address
  base::Span span;
};

// A value of an event that is no object and no list, or an element of a list that is none.
struct Leaf {
  enum class Kind : unsigned char { kString, kNumber, kLiteral };
  Kind kind = Kind::kString;
  std::string_view text;  // a string's decoded text; a number as written; true, false or null
};

bool in_range(const NumericRange& range, double number);

// Whether the leaf is what the matcher asks for. A leaf exists, so kDoesNotExist never matches one. Allocates
// nothing.
bool matches(const Matcher& matcher, const Leaf& leaf);

}  // namespace grantproof::events
