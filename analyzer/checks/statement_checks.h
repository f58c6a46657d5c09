// SPDX-License-Identifier: Apache-2.0
//
// Checks that are no claims: statements without effect (GP1101 to GP1103) and wildcards that grant PutEvents
// (GP2012).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/blame.h"
#include "checks/policy_questions.h"

namespace grantproof::checks {

// A statement that does nothing: GP1101, GP1102 or GP1103.
struct DeadStatement {
  std::string_view rule;
  std::size_t statement = 0;
  std::vector<std::size_t> because_of;  // GP1102: Deny statements
};
// Each statement that was understood, in order. A question without an answer is not reported: a statement
// that may do something is left alone.
std::vector<DeadStatement> dead_statements(PolicyQuestions& questions);

// GP2012: Allow statements with an action pattern that grants PutEvents, and the pattern.
Blames put_events_by_wildcard(PolicyQuestions& questions);

}  // namespace grantproof::checks
