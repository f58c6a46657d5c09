// SPDX-License-Identifier: Apache-2.0
//
// Fingerprints of findings: the same over reformatting, reordering and renamed Sids, other when the statement
// or the question is.
#pragma once

#include <string>

#include "checks/claim.h"
#include "checks/subject.h"

namespace grantproof::checks {

// `question`: what tells findings of one rule on one statement apart; may be empty.
std::string finding_fingerprint(std::string_view rule, std::string_view policy_identity,
                                const policy::Statement* statement, std::string_view question);
// The statement as text without its Sid and the order of lists. Not in it: `when`, and what was not
// understood.
std::string normalised(policy::Statement statement);
// What the policy is attached to, or its path.
std::string policy_identity(const Subject& subject);
// The parameters of a claim, as text.
std::string claim_text(const Claim& claim);

}  // namespace grantproof::checks
