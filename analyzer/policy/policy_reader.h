// SPDX-License-Identifier: Apache-2.0
//
// A positioned tree to a Policy. Mistakes go to the sink as diagnostics of the GP1xxx rules, with "did you
// mean", and reading goes on; a statement with a part that was not understood is marked so
// (Statement::understood), and nothing later takes it for harmless.
#pragma once

#include <optional>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "policy/policy.h"
#include "syntax/node.h"

namespace grantproof::policy {

struct PolicyReaderOptions {
  const aws::Reference* reference =
      nullptr;  // for action and condition-key diagnostics; nullptr: none of those
};

// `type` as given, or by shape: see guess_policy_type.
Policy read_policy(const syntax::Node& node, std::optional<PolicyType> type,
                   const PolicyReaderOptions& options, base::DiagnosticSink& sink);

// Is this a policy document at all: an object with a Statement (any case)?
bool looks_like_policy(const syntax::Node& node);
// No Principal anywhere: identity. Principal and only sts:AssumeRole* / sts:TagSession /
// sts:SetSourceIdentity actions and no Resource: trust. Otherwise resource.
PolicyType guess_policy_type(const syntax::Node& node);

}  // namespace grantproof::policy
