// SPDX-License-Identifier: Apache-2.0
//
// An event pattern as a formula over all events: symbolic twin of router/bus_matcher. So that policies and
// patterns can be asked about together, an event is part of the SymbolicRequest that brings it: each path has
// keys for the set of its strings, of its numbers, and of its literals (true, false, null). Numbers that no
// double keeps equal only their own spelling and have a key of their own. So have addresses, in one spelling:
// events and IAM do not take the same texts for addresses.
//
// Sets of values do not say which of them stand in one element of a list of objects. The formula is exact for
// events without such lists; for the others the part that depends on it is unknown, in both directions, so
// that an answer which rests on it is undecided.
//
// A proof holds for all events. A witness must be checked: it may name an address that is none of its
// strings.
#pragma once

#include <string>
#include <string_view>

#include "access/request.h"
#include "events/event_pattern.h"
#include "logic/symbolic_request.h"
#include "syntax/node.h"

namespace grantproof::logic {

// The key of the leaves of one kind at a path; of numbers those that a double keeps.
std::string event_key(std::string_view path, events::Leaf::Kind kind);

Formula encode_event_pattern(SymbolicRequest& request, const events::EventPattern& pattern);

// What every event on a bus satisfies, of the fields that patterns so far asked for: the fields of the
// envelope are one string each and always there, `resources` are strings, an account is twelve digits. Where
// there is an address, there is a string that may be one.
// Source: EventBridge User Guide, "Events in Amazon EventBridge".
Formula event_space(SymbolicRequest& request);

// The keys of a concrete event, into a context.
void tell_event(const syntax::Node& event, access::RequestContext& context);

}  // namespace grantproof::logic
