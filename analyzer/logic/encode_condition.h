// SPDX-License-Identifier: Apache-2.0
//
// The formula of one line of a Condition block: for which requests does it hold. Symbolic twin of
// access/condition_evaluator.
#pragma once

#include "logic/symbolic_request.h"
#include "policy/condition.h"

namespace grantproof::logic {

Formula encode_condition(SymbolicRequest& request, const policy::Condition& condition,
                         policy::Version version);

}  // namespace grantproof::logic
