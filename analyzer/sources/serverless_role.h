// SPDX-License-Identifier: Apache-2.0
//
// The roles that SAM makes for functions, state machines and schedules, and the permissions that are added to
// them piece by piece.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "sources/node_builder.h"
#include "sources/serverless_expansion.h"
#include "syntax/node.h"

namespace grantproof::sources {

// "sqs:DeleteMessage ReceiveMessage": an action without a service is of the service before it. One action is
// a text, several are a list.
syntax::Node actions_node(std::string_view actions, const NodeBuilder& make);
syntax::Node statement_node(std::string_view actions, syntax::Node resource, const NodeBuilder& make);
// Without Version, as SAM writes them, unless it is given.
syntax::Node document_node(std::vector<syntax::Node> statements, const NodeBuilder& make,
                           std::string_view version = {});
// "Allow" a service to assume a role.
syntax::Node trust_node(std::string_view service, const NodeBuilder& make);
// Who of a service may do one thing to a queue or topic: with "aws:SourceArn".
syntax::Node service_statement_node(syntax::Node principal, std::string_view action, syntax::Node resource,
                                    syntax::Node source_arn, const NodeBuilder& make);

class RolePolicies {
 public:
  // A managed policy of AWS, by name.
  void add_managed(std::string_view name, const NodeBuilder& make);
  // An ARN; the same one again is not added.
  void add_managed(syntax::Node arn);
  void add_inline(std::string name, syntax::Node document, const NodeBuilder& make);
  // {PolicyName, PolicyDocument}, or Fn::If with such.
  void add_inline(syntax::Node policy) { policies_.push_back(std::move(policy)); }

  // The properties of an AWS::IAM::Role; leaves nothing here.
  syntax::Node role(syntax::Node trust, const NodeBuilder& make);

 private:
  std::vector<syntax::Node> managed_policy_arns_;
  std::vector<syntax::Node> policies_;
  std::unordered_set<std::string> managed_;
};

// What a function's role may do with where its results, or failures, go: "SQS", "SNS", "EventBridge",
// "Lambda", "S3", "S3Bucket". False: there is no such type.
bool add_destination_policy(std::string_view type, const syntax::Node& destination, const std::string& name,
                            const NodeBuilder& make, ServerlessExpansion& expansion, RolePolicies& into);

syntax::Node inline_policy_node(std::string name, syntax::Node document, const NodeBuilder& make);
syntax::Node managed_policy_arn_node(std::string_view name, const NodeBuilder& make);

}  // namespace grantproof::sources
