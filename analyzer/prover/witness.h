// SPDX-License-Identifier: Apache-2.0
//
// An Assignment as a Request that the evaluator can replay: caller, action, resource, and only those context
// keys that the question mentions.
#pragma once

#include "access/request.h"
#include "logic/symbolic_request.h"
#include "prover/assignment.h"
#include "prover/theory.h"

namespace grantproof::prover {

access::Request make_request(const logic::SymbolicRequest& request, const Assignment& assignment);

// Values that a person would write, tried before all others.
void prefer_ordinary_values(const logic::SymbolicRequest& request, Theory& theory);

}  // namespace grantproof::prover
