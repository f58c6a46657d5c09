// SPDX-License-Identifier: Apache-2.0
//
// Random event patterns in a small world of keys and values, so that they meet each other and random events
// often: every matcher, nested objects, dotted keys, duplicate keys, $or inside of $or.
#pragma once

#include <string>
#include <string_view>

#include "support/random.h"

namespace grantproof::tests {

// JSON text of a pattern that the service takes, in one of its spellings.
std::string random_event_pattern(Random& random);

// ---- the small world, for random events ----

// A key without dots.
std::string_view random_event_key(Random& random);
// JSON text: a string, a number, true, false or null.
std::string random_event_value(Random& random);
// The text of a string, not quoted.
std::string_view random_event_text(Random& random);

}  // namespace grantproof::tests
