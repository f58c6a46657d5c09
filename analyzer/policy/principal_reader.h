// SPDX-License-Identifier: Apache-2.0
//
// Principal and NotPrincipal: "*", or an object of AWS, Service, Federated and CanonicalUser.
//
// Source: IAM User Guide, "AWS JSON policy elements: Principal".
#pragma once

#include "policy/reader_context.h"
#include "policy/statement.h"
#include "syntax/node.h"

namespace grantproof::policy {

// The value of a Principal element, or of a NotPrincipal element (`negated`).
PrincipalElement read_principal(ReaderContext& context, const syntax::Node& node, bool negated,
                                bool& understood);

}  // namespace grantproof::policy
