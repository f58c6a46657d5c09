// SPDX-License-Identifier: Apache-2.0
//
// Limits of the service that the language does not have: what is beyond them is a warning with the measured
// value. Internal to events/.
//
//   characters    2,048 by quota (adjustable), 4,096 by the API       [EventBridge quotas; PutRule API]
//   combinations  1,000 of $or                                        [EventBridge user guide, archived]
//   complexity    10 of wildcards                                     [inferred, see wildcard.h]
#pragma once

#include <cstddef>
#include <string_view>

#include "base/source.h"
#include "events/event_pattern_context.h"
#include "syntax/node.h"

namespace grantproof::events {

// Refused by the reader, not only warned of: far beyond what the service takes.
inline constexpr std::size_t kMostPatternBytes = 64 * 1024;
inline constexpr std::size_t kMostAlternatives = 4096;
// The service's engine refuses more fields in one combination of $or.
inline constexpr std::size_t kMostFields = 256;

void warn_of_size(const EventPatternContext& context, base::Span span, std::string_view text);
void warn_of_combinations(const EventPatternContext& context, base::Span span, std::size_t combinations);
// `wildcard` is a pattern without mistakes.
void warn_of_complexity(const EventPatternContext& context, const syntax::Node& wildcard,
                        std::string_view path);

}  // namespace grantproof::events
