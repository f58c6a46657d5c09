// SPDX-License-Identifier: Apache-2.0
//
// For which requests does a statement apply, and what does a policy document by itself allow. Symbolic twins
// of access/statement_evaluator.
#pragma once

#include "logic/encode_principal.h"
#include "logic/symbolic_request.h"
#include "policy/policy.h"

namespace grantproof::logic {

// Action, resource and conditions; not the principal.
Formula encode_body(SymbolicRequest& request, const policy::Statement& statement,
                    const policy::Policy& policy);
// Body and, where the policy type has principals, the principal in any way.
Formula encode_statement(SymbolicRequest& request, const policy::Statement& statement,
                         const policy::Policy& policy);

// Some Allow statement applies and no Deny statement: what the document grants where nothing else stands in
// the way.
Formula encode_document(SymbolicRequest& request, const policy::Policy& policy);

Formula encode_action(SymbolicRequest& request, const policy::ActionElement& element);
Formula encode_resource(SymbolicRequest& request, const policy::ResourceElement& element,
                        policy::PolicyType type, policy::Version version);

}  // namespace grantproof::logic
