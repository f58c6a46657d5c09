// SPDX-License-Identifier: Apache-2.0
//
// What a policy document by itself says about a request: some Allow statement applies and no Deny statement.
// This is what two versions of a policy are compared by, and what a rule asks of one policy; the other
// policies that have a say are authorizer.h's. Concrete twin of logic::encode_document.
#pragma once

#include <cstdint>
#include <vector>

#include "access/request.h"
#include "access/truth.h"
#include "policy/policy.h"

namespace grantproof::access {

struct DocumentDecision {
  Truth allow = false;                // some Allow statement applies
  Truth deny = false;                 // some Deny statement applies
  Truth allowed = false;              // unknown where it depends on what is not known or not understood
  std::vector<std::uint32_t> allows;  // Allow statements that surely apply
  std::vector<std::uint32_t> denies;  // Deny statements that surely apply
  bool reliable = true;               // no statement that was not understood could change this
};

DocumentDecision decide_document(const Request& request, const policy::Policy& policy);

}  // namespace grantproof::access
