// SPDX-License-Identifier: Apache-2.0
//
// Before Z3 is asked: the top of a question usually fixes an attribute to a region (one action, one bus).
// Atoms that the region implies or excludes are put to true or false; many questions end here.
#pragma once

#include "logic/formula.h"
#include "logic/symbolic_request.h"
#include "prover/action_choice.h"
#include "prover/closed_set.h"

namespace grantproof::prover {

// A formula that holds for the same real requests.
logic::Formula predecide(logic::SymbolicRequest& request, ResourceFormats& formats, SetCloser& closer,
                         logic::Formula formula);

}  // namespace grantproof::prover
