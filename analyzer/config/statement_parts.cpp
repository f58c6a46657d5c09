// SPDX-License-Identifier: Apache-2.0
//
// Resources that add one statement to a policy, as the statement that the service writes.
//
// Source: CloudFormation, AWS::Events::EventBusPolicy and AWS::Lambda::Permission; EventBridge,
// PutPermission; Lambda, AddPermission.
#include <array>
#include <utility>

#include "aws/arn.h"
#include "base/unknown_text.h"
#include "config/gathering.h"
#include "syntax/json_writer.h"

namespace grantproof::config {
namespace {

using syntax::Node;

Node at(Node node, base::Span span) {
  node.span = span;
  for (syntax::Member& member : node.members)
    member.key_span = span;
  return node;
}

Node text_node(std::string text, base::Span span) {
  return at(syntax::string_node(std::move(text)), span);
}

Node one_member(std::string name, Node value, base::Span span) {
  std::vector<std::pair<std::string, Node>> members;
  members.emplace_back(std::move(name), std::move(value));
  return at(syntax::map_node(std::move(members)), span);
}

void add_member(Node& map, std::string name, Node value, base::Span span) {
  syntax::Member& member = map.members.emplace_back();
  member.key = std::move(name);
  member.key_span = span;
  member.value = std::move(value);
}

base::Span span_of(const Properties& properties, std::string_view name, base::Span otherwise) {
  const Node* found = properties.find(name);
  return found == nullptr ? otherwise : found->span;
}

// "*", an account id, an ARN, a service.
Node principal_node(const std::string& written, base::Span span) {
  if (written == "*")
    return text_node(written, span);
  const bool service = !written.starts_with("arn:") && !aws::is_account_id(written) &&
                       written.find('.') != std::string::npos && !base::has_unknown(written);
  return one_member(service ? "Service" : "AWS", text_node(written, span), span);
}

// Properties of a Lambda permission that become condition lines.
struct PermissionCondition {
  std::string_view property;
  std::string_view condition_operator;
  std::string_view key;
};
constexpr std::array<PermissionCondition, 6> kPermissionConditions = {{
    {"SourceArn", "ArnLike", "AWS:SourceArn"},
    {"SourceAccount", "StringEquals", "AWS:SourceAccount"},
    {"PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"},
    {"EventSourceToken", "StringEquals", "lambda:EventSourceToken"},
    {"FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"},
    {"InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl"},
}};

}  // namespace

std::optional<Node> event_bus_statement(const Resource& resource, const std::string& bus,
                                        const Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const std::string sid = properties.text("StatementId");
  const base::Span sid_span = span_of(properties, "StatementId", resource.span);
  if (const Node* given = properties.find("Statement")) {
    Node statement = *given;
    if (statement.kind == syntax::NodeKind::kMap && statement.find("Sid") == nullptr && !sid.empty())
      add_member(statement, "Sid", text_node(sid, sid_span), sid_span);
    return statement;
  }
  const std::string principal = properties.text("Principal");
  if (principal.empty()) {
    properties.mistake(
        resource.span, "this event bus policy has neither Statement nor Principal",
        "write Statement: {Effect: Allow, Principal: …, Action: events:PutEvents, Resource: …}");
    return std::nullopt;
  }
  Node statement = at(syntax::map_node(), resource.span);
  if (!sid.empty())
    add_member(statement, "Sid", text_node(sid, sid_span), sid_span);
  add_member(statement, "Effect", text_node("Allow", resource.span), resource.span);
  const base::Span principal_span = span_of(properties, "Principal", resource.span);
  add_member(statement, "Principal", principal_node(principal, principal_span), principal_span);
  const std::string action = properties.text("Action");
  add_member(statement, "Action", text_node(action.empty() ? "events:PutEvents" : action, resource.span),
             span_of(properties, "Action", resource.span));
  add_member(statement, "Resource", text_node(bus, resource.span), resource.span);
  // The provider of Terraform writes a list of one.
  const Node* condition = properties.find("Condition");
  if (condition != nullptr && condition->kind == syntax::NodeKind::kList)
    condition = condition->items.empty() ? nullptr : &condition->items.front();
  if (condition != nullptr) {
    const Properties line(*condition, gathering.sink);
    add_member(statement, "Condition",
               one_member(line.text("Type"),
                          one_member(line.text("Key"), text_node(line.text("Value"), condition->span),
                                     condition->span),
                          condition->span),
               condition->span);
  }
  return statement;
}

Node permission_statement(const Resource& resource, const std::string& function, const Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  Node statement = at(syntax::map_node(), resource.span);
  const base::Span principal_span = span_of(properties, "Principal", resource.span);
  const base::Span action_span = span_of(properties, "Action", resource.span);
  const base::Span function_span = span_of(properties, "FunctionName", resource.span);
  // Not of CloudFormation, which makes one up.
  if (const std::string sid = properties.text("StatementId"); !sid.empty()) {
    const base::Span sid_span = span_of(properties, "StatementId", resource.span);
    add_member(statement, "Sid", text_node(sid, sid_span), sid_span);
  }
  add_member(statement, "Effect", text_node("Allow", resource.span), resource.span);
  add_member(statement, "Principal", principal_node(properties.text("Principal"), principal_span),
             principal_span);
  add_member(statement, "Action", text_node(properties.text("Action"), action_span), action_span);
  add_member(statement, "Resource", text_node(function, function_span), function_span);
  Node conditions = at(syntax::map_node(), resource.span);
  for (const PermissionCondition& row : kPermissionConditions) {
    const Node* value = properties.find(row.property);
    if (value == nullptr)
      continue;
    Node* lines = nullptr;
    for (syntax::Member& member : conditions.members) {
      if (member.key == row.condition_operator)
        lines = &member.value;
    }
    if (lines == nullptr) {
      add_member(conditions, std::string(row.condition_operator), at(syntax::map_node(), value->span),
                 value->span);
      lines = &conditions.members.back().value;
    }
    add_member(*lines, std::string(row.key), *value, value->span);
  }
  if (!conditions.members.empty())
    add_member(statement, "Condition", std::move(conditions), resource.span);
  return statement;
}

}  // namespace grantproof::config
