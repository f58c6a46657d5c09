// SPDX-License-Identifier: Apache-2.0
#include "events/event_pattern_rules.h"

#include <array>
#include <cstddef>

namespace grantproof::events {
namespace {

using enum EventPatternRuleId;
using base::Severity;

// In the order of EventPatternRuleId. Ids are never used again for another rule; gaps are for rules to come.
constexpr std::array kRules = {
    EventPatternRule{kKind, "GP1401", "pattern-kind", Severity::kError,
                     "A part of an event pattern that is of the wrong JSON kind"},
    EventPatternRule{kEmpty, "GP1402", "pattern-empty", Severity::kError,
                     "An empty object or list in an event pattern"},
    EventPatternRule{kMatcherUnknown, "GP1403", "matcher-unknown", Severity::kError,
                     "A matcher that event patterns do not have"},
    EventPatternRule{kMatcherOperand, "GP1404", "matcher-operand", Severity::kError,
                     "A matcher with a value that it does not take"},
    EventPatternRule{kMatcherNumeric, "GP1405", "matcher-numeric", Severity::kError,
                     "A numeric matcher that is no range"},
    EventPatternRule{kMatcherCidr, "GP1406", "matcher-cidr", Severity::kError,
                     "A cidr matcher that is no network"},
    EventPatternRule{kMatcherWildcard, "GP1407", "matcher-wildcard", Severity::kError,
                     "A wildcard with two stars in a row, or a backslash before another character"},
    EventPatternRule{kFieldCount, "GP1408", "pattern-field-count", Severity::kError,
                     "More fields than a pattern may have"},
    EventPatternRule{kOr, "GP1409", "pattern-or", Severity::kError,
                     "An $or that is not a list of two or more objects with fields"},
    EventPatternRule{kOrExpansion, "GP1410", "pattern-or-expansion", Severity::kError,
                     "More combinations of $or than can be looked at"},
    EventPatternRule{kOrAsField, "GP1411", "pattern-or-as-field", Severity::kWarning,
                     "An $or that is read as the name of a field"},
    EventPatternRule{kFieldRepeated, "GP1412", "pattern-field-repeated", Severity::kWarning,
                     "A field that stands twice, of which the last counts"},
    EventPatternRule{kMatcherAsField, "GP1413", "matcher-as-field", Severity::kWarning,
                     "A matcher outside of a list, which is read as the name of a field"},
    EventPatternRule{kTextAfterEnd, "GP1414", "pattern-text-after-end", Severity::kWarning,
                     "Text behind an event pattern, which is not read"},
    EventPatternRule{kSize, "GP1420", "pattern-size", Severity::kWarning,
                     "An event pattern of more characters than the quota"},
    EventPatternRule{kOrCombinations, "GP1421", "pattern-or-combinations", Severity::kWarning,
                     "More combinations of $or than the service takes"},
    EventPatternRule{kWildcardComplexity, "GP1422", "pattern-wildcard-complexity", Severity::kWarning,
                     "A wildcard that the service probably refuses as too complex"},
    EventPatternRule{kNumberSize, "GP1423", "pattern-number-size", Severity::kWarning,
                     "A number beyond the documented range of numeric matchers"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<std::size_t>(kRules[i].rule) != i)
      return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const EventPatternRule> event_pattern_rules() {
  return kRules;
}

const EventPatternRule& event_pattern_rule(EventPatternRuleId rule) {
  return kRules[static_cast<std::size_t>(rule)];
}

}  // namespace grantproof::events
