// SPDX-License-Identifier: Apache-2.0
//
// What to write instead. A remedy with text is shown only after the changed policy was asked the same
// question and the claim was proved; without one that holds there is advice only.
#pragma once

#include <string>
#include <vector>

#include "checks/blame.h"
#include "checks/claim_question.h"

namespace grantproof::checks {

struct Remedy {
  std::string help;
  std::vector<std::string> lines;  // of the changed statement; proved
};

// For a finding of a rule with a claim.
Remedy find_remedy(std::string_view rule, PolicyQuestions& questions, const ClaimQuestion& claim,
                   const Blame& blame);
// For GP2012.
Remedy find_action_remedy(PolicyQuestions& questions, const Blame& blame);

}  // namespace grantproof::checks
