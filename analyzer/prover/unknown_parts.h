// SPDX-License-Identifier: Apache-2.0
//
// Questions about policies with unknown parts (logic/encode_unknown.h): what of them can be asked for sure,
// and witnesses with the parts themselves in their values.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "logic/formula.h"
#include "logic/symbolic_request.h"
#include "prover/assignment.h"

namespace grantproof::prover {

// The formula without what nobody knows: a literal that no request is known to make true is taken for false.
// What satisfies the rest satisfies the formula.
logic::Formula without_unknown(logic::SymbolicRequest& request, logic::Formula formula);

// The assignment with unknown parts in those values of which the assumed literals speak. Further ones differ
// in whose the caller or the resource is: somebody's whom nobody named, so that it is surely another's.
std::vector<Assignment> with_unknown_parts(const logic::SymbolicRequest& request, Assignment assignment,
                                           std::span<const logic::Literal> assumed);

// The pattern with unknown parts without which there would be no such action; empty: there is one anyway.
std::string pattern_that_may_mean(logic::SymbolicRequest& request, std::string_view action);

// Why nobody knows: "depends on parameter OrgId".
std::string reason_of(const logic::SymbolicRequest& request, std::span<const logic::Literal> assumed);

}  // namespace grantproof::prover
