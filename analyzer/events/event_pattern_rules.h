// SPDX-License-Identifier: Apache-2.0
//
// What is said of event patterns (GP14xx) as one table: what a diagnostic of the reader is called, and how
// heavy it is.
//
// error: the service refuses the pattern. warning: it takes the pattern, which does not mean what it seems to
// say; or the pattern is beyond a limit that is inferred, adjustable, or not the same in all regions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/diagnostic.h"

namespace grantproof::events {

enum class EventPatternRuleId : std::uint8_t {
  // what is refused
  kKind,
  kEmpty,
  kMatcherUnknown,
  kMatcherOperand,
  kMatcherNumeric,
  kMatcherCidr,
  kMatcherWildcard,
  kFieldCount,
  kOr,
  kOrExpansion,
  // what means something else
  kOrAsField,
  kFieldRepeated,
  kMatcherAsField,
  kTextAfterEnd,
  // limits
  kSize,
  kOrCombinations,
  kWildcardComplexity,
  kNumberSize,
};

struct EventPatternRule {
  EventPatternRuleId rule;
  std::string_view id;    // "GP1401"
  std::string_view slug;  // "pattern-kind"
  base::Severity severity;
  std::string_view title;  // one line, no full stop
};

std::span<const EventPatternRule> event_pattern_rules();
const EventPatternRule& event_pattern_rule(EventPatternRuleId rule);

}  // namespace grantproof::events
