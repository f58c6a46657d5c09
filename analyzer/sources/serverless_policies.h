// SPDX-License-Identifier: Apache-2.0
//
// The Policies property of SAM functions and state machines: names and ARNs of managed policies, policy
// documents, and policy templates (serverless_policy_templates.h), each of them also inside of Fn::If.
// Source: AWS SAM developer guide, "AWS::Serverless::Function", "AWS SAM policy templates".
#pragma once

#include <string>

#include "sources/serverless_expansion.h"
#include "sources/serverless_role.h"
#include "syntax/node.h"

namespace grantproof::sources {

// `role`: logical id of the role, for the names of its policies. What is not understood becomes a policy that
// is wholly unknown.
void add_policies(const syntax::Node& policies, const std::string& role, ServerlessExpansion& expansion,
                  RolePolicies& into);

}  // namespace grantproof::sources
