// SPDX-License-Identifier: Apache-2.0
//
// An event pattern as a formula over all events: symbolic twin of router/bus_matcher. So that policies and
// patterns can be asked about together, an event is part of the SymbolicRequest that brings it: each path has
// up to three keys, the set of its strings, of its numbers, and of its literals (true, false, null).
//
// Sets of values do not say which of them stand in one element of a list of objects. The formula is exact for
// events without such lists; for the others the part that depends on it is unknown, in both directions, so
// that an answer which rests on it is undecided.
#pragma once

#include <string>
#include <string_view>

#include "access/request.h"
#include "events/event_pattern.h"
#include "logic/symbolic_request.h"
#include "syntax/node.h"

namespace grantproof::logic {

// The key of the leaves of one kind at a path. Keys have no case; paths have: capitals are written out.
std::string event_key(std::string_view path, events::Leaf::Kind kind);

Formula encode_event_pattern(SymbolicRequest& request, const events::EventPattern& pattern);

// What every event on a bus satisfies, of the fields that patterns so far asked for: the fields of the
// envelope are one string each and always there, `resources` are strings, an account is twelve digits.
// Source: EventBridge User Guide, "Events in Amazon EventBridge".
Formula event_space(SymbolicRequest& request);

// The keys of a concrete event, into a context.
void tell_event(const syntax::Node& event, access::RequestContext& context);

}  // namespace grantproof::logic
