// SPDX-License-Identifier: Apache-2.0
//
// Why an event matches a pattern, or why not: field by field, what the event had there and which matcher took
// it; for a miss, the first field that took nothing. For people: the compiled matcher (bus_matcher.h) decides
// which rules fire, this says why, and looks at one pattern and one event only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_pattern.h"
#include "syntax/node.h"

namespace grantproof::router {

struct FieldExplanation {
  const events::FieldTest* test = nullptr;  // of the pattern
  std::vector<const syntax::Node*> values;  // what the event has at the path: leaves, the first few
  std::size_t value_count = 0;              // all of them
  // The matcher that held, and the value that it took; no value for {"exists": false}. With
  // in_other_element the value that would have been taken.
  std::optional<std::size_t> matcher;
  const syntax::Node* value = nullptr;
  // No matcher held, but one would have, for a value in another element of a list than the fields before.
  bool in_other_element = false;
};

struct MatchExplanation {
  bool matches = false;
  // Of the alternative that holds, or of the one that came furthest: then the last field is the one that
  // failed.
  std::vector<FieldExplanation> fields;
  bool incomplete = false;  // the lists of the event allow more choices than were tried
};
// What there is to say of an incomplete one.
inline constexpr std::string_view kIncomplete = "the event has more list elements than were looked at";

// Borrows both.
MatchExplanation explain_match(const events::EventPattern& pattern, const syntax::Node& event);

// `source: "com.shop.orders" is not "com.shop.payments"`; for a match, all fields: `source "a", detail.n 5`.
// Says so where the explanation is incomplete.
std::string reason(const MatchExplanation& explanation);
// One field: `source: "com.shop.orders" matches prefix "com.shop."`
std::string field_text(const FieldExplanation& field);

}  // namespace grantproof::router
