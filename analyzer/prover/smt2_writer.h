// SPDX-License-Identifier: Apache-2.0
//
// A question as SMT-LIB 2 text in the theory of strings, so that another solver can be asked. Printed by us:
// the printer of Z3 4.8.12 writes some symbols and empty disjunctions wrongly.
#pragma once

#include <string>
#include <string_view>

#include "logic/symbolic_request.h"

namespace grantproof::prover {

// `sat` means that some request violates the claim. Parts that the theory of strings cannot say (values of
// policy variables inside ARN texts, the ARN formats of each action) are written as free constants and named
// in comments: then `unsat` still means proved, and `sat` means not proved by this text alone.
std::string write_smt2(const logic::SymbolicRequest& request, logic::Formula formula, std::string_view name);

}  // namespace grantproof::prover
