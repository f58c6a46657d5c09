// SPDX-License-Identifier: Apache-2.0
//
// A case: one request, every policy that has a say in it, and perhaps the decision that is expected. One JSON
// object, as simulate reads it; a file of cases has one on each line.
//
//   {"id": …, "request": {…}, "identityPolicies": […], "resourcePolicy": {…}, "permissionBoundaryPolicies":
//   […],
//    "sessionPolicies": […], "serviceControlPolicies": [{"orgIdentifier": …, "policies": […]}, …],
//    "resourceControlPolicies": […], "vpcEndpointPolicies": […], "expected": {"result": "Allowed"}}
//
// Absent policies mean the same as [] and null; other members (tags, source, note, …) are passed over.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/authorizer.h"
#include "access/request.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::access {

// Owns the policies that its PolicySet borrows; moving it moves no policy.
struct Case {
  std::string id;
  Request request;
  std::vector<std::unique_ptr<const policy::Policy>> owned;
  PolicySet policies;
  std::optional<Outcome> expected;
};

// Nothing, and diagnostics (GP0005), where the node is no case. Mistakes inside a policy are the policy
// reader's diagnostics and do not keep the case from being read: their statements are marked as not
// understood.
std::optional<Case> read_case(const syntax::Node& node, base::DiagnosticSink& sink);

// One line of a file of cases, `text`, which becomes a source of that name.
std::optional<Case> read_case_line(base::SourceMap& sources, std::string name, std::string text,
                                   base::DiagnosticSink& sink);

}  // namespace grantproof::access
