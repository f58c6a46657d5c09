// SPDX-License-Identifier: Apache-2.0
//
// The formula of every request that a set of policies of all layers allows. Symbolic twin of
// access/authorizer: the same rules in the same order.
#pragma once

#include "access/authorizer.h"
#include "logic/symbolic_request.h"

namespace grantproof::logic {

Formula encode_authorization(SymbolicRequest& request, const access::PolicySet& policies);

}  // namespace grantproof::logic
