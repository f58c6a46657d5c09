// SPDX-License-Identifier: Apache-2.0
//
// A Policy to canonical JSON: elements in the order of the documentation, one value as itself and several as
// a list, names as AWS spells them. Reading what was written gives the same policy, except for spans and for
// the order of condition operators. What was not understood is not in a Policy and so is not written.
#pragma once

#include <string>

#include "policy/policy.h"
#include "syntax/node.h"

namespace grantproof::policy {

syntax::Node policy_node(const Policy& policy);
syntax::Node statement_node(const Statement& statement);

// `indent` as in syntax::write_json.
std::string write_policy(const Policy& policy, int indent = 2);
std::string write_statement(const Statement& statement, int indent = 2);

}  // namespace grantproof::policy
