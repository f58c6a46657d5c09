// SPDX-License-Identifier: Apache-2.0
//
// For which callers does a Principal or NotPrincipal element hold, and in which way: the way decides which
// other policies must allow as well. Symbolic twin of access/principal_match.
#pragma once

#include "logic/symbolic_request.h"
#include "policy/statement.h"

namespace grantproof::logic {

struct PrincipalFormulas {
  Formula direct = Formula::kFalse;      // by name or by "*"
  Formula by_role = Formula::kFalse;     // the role of the session, the user of the federated session
  Formula by_account = Formula::kFalse;  // the account, which delegates to its own policies
};

PrincipalFormulas encode_principal(SymbolicRequest& request, const policy::PrincipalElement& element);
Formula any_way(SymbolicRequest& request, const PrincipalFormulas& ways);

}  // namespace grantproof::logic
