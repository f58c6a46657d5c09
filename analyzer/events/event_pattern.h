// SPDX-License-Identifier: Apache-2.0
//
// An event pattern as EventBridge decides it: alternatives ($or multiplied out) of fields that must all hold,
// and for each field the matchers of which one must hold. Read by event_pattern_reader.h, compiled by
// router/bus_matcher.h. An EventPattern owns its texts; it points into nothing.
//
// Keys and dots are one path: {"a.b": [1]} and {"a": {"b": [1]}} are the same pattern (captured).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/source.h"
#include "events/matcher.h"

namespace grantproof::events {

// One field and what it may be: any of `matchers`.
struct FieldTest {
  std::string path;  // keys joined by dots, UTF-8
  std::vector<Matcher> matchers;
  base::Span span;  // of the list of matchers in the pattern's text
};

// Indices into EventPattern::tests; all of them must hold. In the order of their paths as UTF-16, which is
// the order in which absence is decided (see MatcherKind::kDoesNotExist). No path occurs twice.
using Alternative = std::vector<std::uint32_t>;

struct EventPattern {
  std::vector<FieldTest> tests;
  std::vector<Alternative> alternatives;  // one of them must hold; one where the pattern has no $or
  base::Span span;
};

}  // namespace grantproof::events
