// SPDX-License-Identifier: Apache-2.0
//
// An AWS resource as a source describes it, in one vocabulary: the types and properties of the CloudFormation
// resource reference ("AWS::Events::Rule" with EventPattern, Targets, …). Dumps, templates, plans and bundles
// are all translated into these (sources/), and configuration_builder.h makes the Configuration of them; so
// what a property means is written once.
//
// Properties are resolved: intrinsic functions and references have become plain values, and what could not be
// resolved stands in the texts as an unknown part (base/unknown_text.h). Names, ARNs and queue URLs may stand
// for one another where CloudFormation takes several. Spans lead into the original file.
//
// Own types, for what has no type in CloudFormation:
//   AWS::Lambda::FunctionPolicy {FunctionName, PolicyDocument}    a function's whole resource policy
//   AWS::Events::EventBusPolicyDocument {EventBusName, PolicyDocument}    a bus's whole policy
//   AWS::Events::Targets {Rule, EventBusName, Targets}            targets that are described apart from their
//   rule AWS::IAM::Attachment {ManagedPolicyArns, Roles, Users, Groups}        managed policies by ARN
//   AWS::IAM::GroupMembership {GroupName, Users}
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::config {

struct Resource {
  std::string type;
  std::string name;  // what the source calls it: logical id, address, name; for messages
  std::string partition = "aws";
  std::string account;      // twelve digits, an unknown part, or empty: nobody said
  std::string region;       // the same
  std::string arn;          // where the source says it; otherwise it is made of the properties
  syntax::Node properties;  // kMap
  base::Span span;          // in the source
  // Exists, or looks so, only under conditions that nobody could decide: "IsProd", "not IsProd and UseHub".
  // A resource that looks different in two cases is described twice.
  std::string when;
  // Properties that this source does not tell (get-role does not say a role's policies). Absent ones are
  // otherwise empty.
  std::vector<std::string> not_told;
};

// What a source lacks: a page that was cut off, a document that is referred to and not there. A verdict that
// depends on it is unknown.
struct Gap {
  std::string message;  // "this is one page of several: rules are missing"
  std::string help;
  base::Span span;
  std::string about;  // ARN, or type of what is missing ("AWS::Events::Rule"); empty: anything
};

}  // namespace grantproof::config
