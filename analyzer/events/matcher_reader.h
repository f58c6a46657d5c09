// SPDX-License-Identifier: Apache-2.0
//
// One element of a field's list in an event pattern: a value that the event must have, or a matcher.
#pragma once

#include <optional>
#include <string_view>

#include "events/event_pattern_context.h"
#include "events/matcher.h"
#include "syntax/node.h"

namespace grantproof::events {

// Nothing, and a diagnostic, where the service refuses it. `path` is the field's, for messages.
std::optional<Matcher> read_matcher(const EventPatternContext& context, const syntax::Node& node,
                                    std::string_view path);

// "prefix", "anything-but", ...: the keys that are matchers, inside of a list.
bool is_matcher_name(std::string_view key);

}  // namespace grantproof::events
