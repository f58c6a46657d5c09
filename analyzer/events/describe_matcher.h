// SPDX-License-Identifier: Apache-2.0
//
// Matchers in words, for traces and explanations.
#pragma once

#include <string>

#include "events/matcher.h"

namespace grantproof::events {

// `"placed"`, `prefix "com."`, `> 5 and <= 10`, `anything but "a", "b"`
std::string describe(const Matcher& matcher);

}  // namespace grantproof::events
