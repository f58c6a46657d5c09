// SPDX-License-Identifier: Apache-2.0
//
// {"numeric": [">", 0, "<=", 5]}: one bound or two, the lower one first. Internal to events/.
#pragma once

#include <optional>
#include <string_view>

#include "events/event_pattern_context.h"
#include "events/matcher.h"
#include "syntax/node.h"

namespace grantproof::events {

// The range, or nothing and a diagnostic.
std::optional<NumericRange> read_numeric_range(const EventPatternContext& context,
                                               const syntax::Node& operand, std::string_view path);

}  // namespace grantproof::events
