// SPDX-License-Identifier: Apache-2.0
//
// The statements that a proof rests on: Deny statements without which the claim would not be proved, and
// Allow statements that would keep it from being proved without their conditions and with any principal.
#pragma once

#include <vector>

#include "checks/claim_question.h"

namespace grantproof::checks {

// REQUIRES: the claim is proved.
std::vector<base::Label> find_rests_on(PolicyQuestions& questions, const ClaimQuestion& claim);

}  // namespace grantproof::checks
