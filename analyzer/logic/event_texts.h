// SPDX-License-Identifier: Apache-2.0
//
// The strings that a matcher of an event pattern means, as globs; and its addresses as a test. For
// encode_event_pattern.
#pragma once

#include <optional>
#include <vector>

#include "events/matcher.h"
#include "patterns/glob.h"
#include "policy/matching.h"

namespace grantproof::logic {

// Of the text matchers, and of anything-but what it excludes. Nothing where equals-ignore-case has too many
// spellings to be written as globs: letters such as "k", which is also the lower case of the Kelvin sign,
// double them.
std::optional<std::vector<patterns::Glob>> event_texts(const events::Matcher& matcher);

policy::AddressTest addresses_of(const events::Network& network);

}  // namespace grantproof::logic
