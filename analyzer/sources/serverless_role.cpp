// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_role.h"

#include <algorithm>
#include <iterator>

#include "sources/serverless_managed_policies.h"

namespace grantproof::sources {

using syntax::Node;

namespace {

struct Destination {
  std::string_view type;
  std::string_view policy;  // the name of the policy ends so
  std::string_view action;
};
constexpr Destination kDestinations[] = {
    {"SQS", "SQSPolicy", "sqs:SendMessage"},
    {"SNS", "SNSPolicy", "sns:Publish"},
    {"EventBridge", "EventBridgePolicy", "events:PutEvents"},
    {"Lambda", "LambdaPolicy", "lambda:InvokeFunction"},
    {"S3", "S3Policy", "s3:ListBucket"},  // and s3:PutObject on its objects
    {"S3Bucket", "S3Policy", "s3:ListBucket"},
};

}  // namespace

Node actions_node(std::string_view actions, const NodeBuilder& make) {
  Node list = make.list();
  std::string_view service;
  for (const std::string_view word : words_of(actions)) {
    const std::size_t colon = word.find(':');
    if (colon != std::string_view::npos)
      service = word.substr(0, colon + 1);
    list.items.push_back(
        make.text(colon != std::string_view::npos ? std::string(word) : std::string(service).append(word)));
  }
  if (list.items.size() == 1)
    return make.text(std::move(list.items[0].text));
  return list;
}

Node statement_node(std::string_view actions, Node resource, const NodeBuilder& make) {
  Node statement = make.map({{"Effect", make.text("Allow")}, {"Action", actions_node(actions, make)}});
  set(statement, "Resource", std::move(resource));
  return statement;
}

Node document_node(std::vector<Node> statements, const NodeBuilder& make, std::string_view version) {
  Node document = make.map();
  if (!version.empty())
    set(document, "Version", make.text(std::string(version)));
  set(document, "Statement", make.list(std::move(statements)));
  return document;
}

Node trust_node(std::string_view service, const NodeBuilder& make) {
  return document_node(
      {make.map({{"Effect", make.text("Allow")},
                 {"Action", make.list({make.text("sts:AssumeRole")})},
                 {"Principal", make.map({{"Service", make.list({make.text(std::string(service))})}})}})},
      make, "2012-10-17");
}

Node service_statement_node(Node principal, std::string_view action, Node resource, Node source_arn,
                            const NodeBuilder& make) {
  Node statement = make.map({{"Effect", make.text("Allow")}, {"Action", make.text(std::string(action))}});
  set(statement, "Principal", std::move(principal));
  set(statement, "Resource", std::move(resource));
  Node keys = make.map();
  set(keys, "aws:SourceArn", std::move(source_arn));
  Node condition = make.map();
  set(condition, "ArnEquals", std::move(keys));
  set(statement, "Condition", std::move(condition));
  return statement;
}

Node inline_policy_node(std::string name, Node document, const NodeBuilder& make) {
  Node policy = make.map({{"PolicyName", make.text(std::move(name))}});
  set(policy, "PolicyDocument", std::move(document));
  return policy;
}

Node managed_policy_arn_node(std::string_view name, const NodeBuilder& make) {
  // An ARN, and a dynamic reference, which nobody knows before the stack is there.
  if (name.starts_with("arn:") || name.starts_with("{{resolve:"))
    return make.text(std::string(name));
  return make.sub("arn:${AWS::Partition}:iam::aws:policy/" + managed_policy_path(name));
}

void RolePolicies::add_managed(std::string_view name, const NodeBuilder& make) {
  add_managed(managed_policy_arn_node(name, make));
}

void RolePolicies::add_managed(Node arn) {
  const Node* sub = arn.find("Fn::Sub");
  const Node* text = sub != nullptr ? sub : &arn;
  if (!is_text(text) || managed_.insert(text->text).second)
    managed_policy_arns_.push_back(std::move(arn));
}

void RolePolicies::add_inline(std::string name, Node document, const NodeBuilder& make) {
  policies_.push_back(inline_policy_node(std::move(name), std::move(document), make));
}

Node RolePolicies::role(Node trust, const NodeBuilder& make) {
  Node properties = make.map();
  set(properties, "AssumeRolePolicyDocument", std::move(trust));
  if (!managed_policy_arns_.empty())
    set(properties, "ManagedPolicyArns", make.list(std::move(managed_policy_arns_)));
  if (!policies_.empty())
    set(properties, "Policies", make.list(std::move(policies_)));
  return properties;
}

bool add_destination_policy(std::string_view type, const Node& destination, const std::string& name,
                            const NodeBuilder& make, ServerlessExpansion& expansion, RolePolicies& into) {
  const auto* found = std::find_if(std::begin(kDestinations), std::end(kDestinations),
                                   [type](const Destination& one) { return one.type == type; });
  if (found == std::end(kDestinations))
    return false;
  std::vector<Node> statements;
  if (found->policy == "S3Policy") {
    Node join = make.list({make.text("/")});
    join.items.push_back(make.list());
    join.items[1].items.push_back(expansion.copy(destination));
    join.items[1].items.push_back(make.text("*"));
    Node objects = make.map();
    set(objects, "Fn::Join", std::move(join));
    statements.push_back(statement_node("s3:PutObject", std::move(objects), make));
  }
  statements.push_back(statement_node(found->action, expansion.copy(destination), make));
  into.add_inline(name + std::string(found->policy), document_node(std::move(statements), make), make);
  return true;
}

}  // namespace grantproof::sources
