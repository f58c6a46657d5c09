// SPDX-License-Identifier: Apache-2.0
//
// Event patterns decided in the plainest way: the event is flattened to its leaves, and every choice of
// leaves is tried. Slow (exponential at the worst), and the measure of the compiled matcher.
#pragma once

#include "events/event_pattern.h"
#include "syntax/node.h"

namespace grantproof::tests {

bool direct_match(const events::EventPattern& pattern, const syntax::Node& event);

}  // namespace grantproof::tests
