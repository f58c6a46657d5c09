// SPDX-License-Identifier: Apache-2.0
//
// The one clause that tells people why a request was decided as it was.
#pragma once

#include <string>

#include "access/layers.h"

namespace grantproof::access {

std::string explain_no_permission(const Request& request);
std::string explain_denial(const Request& request, const PolicySet& policies, const StatementRef& deny);
std::string explain_missing_allow(const Request& request, const PolicySet& policies, const Findings& found,
                                  PolicyLayer layer);
// `carrier`: the first layer that carries the grant; `way`: how the resource policy covers the caller where
// it does.
std::string explain_grant(const Request& request, const PolicySet& policies, const Findings& found,
                          PolicyLayer carrier, PrincipalMatch way);

}  // namespace grantproof::access
