// SPDX-License-Identifier: Apache-2.0
//
// What a document is, by its keys and never by its name.
#pragma once

#include <string_view>

#include "syntax/node.h"

namespace grantproof::sources {

enum class SourceKind {
  kUnknown,
  kPolicy,       // a policy by itself, as text, or under "Policy" or "PolicyDocument"
  kAwsDump,      // what the AWS CLI, or an API, answers
  kTemplate,     // CloudFormation and SAM
  kCdkManifest,  // manifest.json of cdk.out
  kTerraform,    // `terraform show -json` of a plan or a state
  kBundle,       // ours: accounts, buses and loose files put together
  kEvents,       // events and PutEvents requests: nothing to check
  kEventPattern,
};
// "an AWS CLI answer", "a CloudFormation template": for messages
std::string_view describe(SourceKind kind);

SourceKind source_kind(const syntax::Node& root);

}  // namespace grantproof::sources
