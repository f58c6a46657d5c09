// SPDX-License-Identifier: Apache-2.0
//
// Random events near a pattern: most of the fields that one of its alternatives asks for, most of them with a
// value that one of the matchers takes, in lists and objects of all shapes, with dotted and duplicate keys,
// among fields that nobody asked for. About every third matches.
#pragma once

#include <string>

#include "events/event_pattern.h"
#include "support/random.h"

namespace grantproof::tests {

// JSON text of an object. It has no envelope: "source" and the like are fields like others.
std::string random_event(Random& random, const events::EventPattern& near);

}  // namespace grantproof::tests
