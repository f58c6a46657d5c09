// SPDX-License-Identifier: Apache-2.0
//
// What a new version of a policy allows that the old one did not, and the reverse.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/finding.h"
#include "checks/subject.h"

namespace grantproof::checks {

struct DifferenceSide {
  VerdictKind verdict = VerdictKind::kUndecided;  // kProved: nothing; kRefuted: something
  std::string reason;                             // kUndecided
  // One entry for each statement that is to blame (new Allow statements that add, for `added`; the Deny or
  // the missing Allow for `removed`), each with a witness that was replayed on both versions.
  struct Change {
    base::Label statement;
    std::string statement_name;
    std::string summary;  // "events:PutEvents on event-bus/orders by principals of account 444455556666"
    FindingWitness witness;
  };
  std::vector<Change> changes;
};

struct Difference {
  DifferenceSide added;
  DifferenceSide removed;
};

// What stands beside the two policies.
enum class Beside {
  kNothing,  // a policy allows what one of its own Allow statements allows, and none of its Deny statements
             // denies
  kOthers,   // policies that may allow, too: what a Deny does counts, whatever its own policy allows
};

// Both policies are of one type. Throws prover::InternalError.
Difference compare(const Subject& old_policy, const Subject& new_policy, const World& world,
                   Beside beside = Beside::kNothing);

// The question as SMT-LIB: `widened` or `narrowed`.
std::string difference_smt2(const Subject& old_policy, const Subject& new_policy, const World& world,
                            bool widened, Beside beside = Beside::kNothing);

}  // namespace grantproof::checks
