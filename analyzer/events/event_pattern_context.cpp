// SPDX-License-Identifier: Apache-2.0
#include "events/event_pattern_context.h"

#include <utility>

namespace grantproof::events {

void EventPatternContext::report(EventPatternRuleId rule, base::Span span, std::string message,
                                 std::string help, std::vector<base::Label> secondary) const {
  const EventPatternRule& row = event_pattern_rule(rule);
  sink->report(base::Diagnostic{.rule = std::string(row.id),
                                .severity = row.severity,
                                .message = std::move(message),
                                .primary = base::Label{.span = span, .text = {}},
                                .secondary = std::move(secondary),
                                .help = std::move(help)});
}

}  // namespace grantproof::events
