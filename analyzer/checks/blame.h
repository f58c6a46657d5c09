// SPDX-License-Identifier: Apache-2.0
//
// Which Allow statement lets a forbidden request through, and which of its values: each is asked by itself.
#pragma once

#include <vector>

#include "checks/policy_questions.h"

namespace grantproof::checks {

// The element of a statement that a finding points into.
enum class Part { kPrincipal, kAction, kResource };

// Places of the values of an element; one place for the whole element where it is negated.
std::vector<base::Span> places_of(const policy::Statement& statement, Part part);
// The statement with only one value in that element. REQUIRES: the element is not negated.
policy::Statement with_one_value(const policy::Statement& statement, Part part, std::size_t index);
bool is_negated(const policy::Statement& statement, Part part);

struct Blame {
  std::size_t statement = 0;
  std::vector<std::size_t> values;  // of the element, those to blame; empty: the element as a whole
  base::Span place;
  std::vector<base::Span> further_places;
  access::Request witness;
};

struct Blames {
  std::vector<Blame> found;
  // Statements of which nobody could say, with the reason of the first.
  std::vector<std::size_t> undecided;
  std::string reason;
};

// Every Allow statement that, with all Deny statements, allows a request of the region.
Blames find_blames(PolicyQuestions& questions, std::string_view name, logic::Formula region,
                   const Replay& region_holds, Part part);

}  // namespace grantproof::checks
