// SPDX-License-Identifier: Apache-2.0
//
// A witness as people read it: caller, action, resource, and the condition keys that the question turns on.
#pragma once

#include <optional>

#include "checks/finding.h"
#include "checks/policy_questions.h"

namespace grantproof::checks {

// Keys of this Allow, of every Deny that speaks of the request, and `more` (of the claim) in this order.
FindingWitness shown_witness(const access::Request& request, const policy::Policy& policy, std::size_t allow,
                             std::span<const policy::Condition> more = {});

// Rows for any request, with these keys after the first three.
FindingWitness shown_request(const access::Request& request, std::string decision,
                             std::span<const std::string> keys, bool with_session);

// What has to be true elsewhere for the request to go through, one clause each.
std::vector<std::string> assumed_elsewhere(const access::Request& request, const Subject& subject);

}  // namespace grantproof::checks
