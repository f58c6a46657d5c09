// SPDX-License-Identifier: Apache-2.0
//
// Loose policies: a policy by itself, as text, URL-encoded, or under "Policy" or "PolicyDocument" of an
// object around it, of which nobody but --attached-to says whose it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "config/configuration.h"
#include "policy/policy.h"
#include "syntax/node.h"

namespace grantproof::sources {

struct PolicyOptions {
  const aws::Reference* reference = nullptr;
  std::optional<policy::PolicyType> type;  // somebody says that the document is one of this type
  std::string attached_to;                 // ARN; empty: as the object around the policy says
};

// A policy, or what was meant as one: an object that says a version of the policy language, or nearly has a
// Statement.
bool meant_as_policy(const syntax::Node& node);

// Adds the policies of this document. How many there are, broken ones included: those are in `mistakes`.
std::size_t read_policies(const syntax::Node& root, const std::string& path, const PolicyOptions& options,
                          base::SourceMap& sources, base::DiagnosticSink& mistakes,
                          std::vector<config::PolicyDocument>& policies);

}  // namespace grantproof::sources
