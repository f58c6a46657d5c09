// SPDX-License-Identifier: Apache-2.0
//
// Is a formula true of one concrete request? The bridge between the two readings of a policy: tests compare
// it with access/ on every kind of policy and request, without a solver in between.
#pragma once

#include <functional>

#include "access/request.h"
#include "logic/symbolic_request.h"

namespace grantproof::logic {

// `unknown`: what the parts that nobody knows are taken for.
bool holds(SymbolicRequest& symbolic, Formula formula, const access::Request& request, bool unknown = false);
// The same for each of them.
using UnknownTruth = std::function<bool(const Atom& atom)>;
bool holds(SymbolicRequest& symbolic, Formula formula, const access::Request& request,
           const UnknownTruth& unknown);

}  // namespace grantproof::logic
