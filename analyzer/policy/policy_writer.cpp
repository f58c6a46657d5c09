// SPDX-License-Identifier: Apache-2.0
#include "policy/policy_writer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/condition_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::policy {
namespace {

using syntax::Member;
using syntax::Node;

void add(Node& map, std::string key, Node value) {
  map.members.push_back(Member{.key = std::move(key), .key_span = {}, .value = std::move(value)});
}

Node one_or_list(std::vector<Node> nodes) {
  if (nodes.size() == 1)
    return std::move(nodes.front());
  return syntax::list_node(std::move(nodes));
}

Node texts_node(const std::vector<Text>& texts) {
  std::vector<Node> nodes;
  nodes.reserve(texts.size());
  for (const Text& text : texts)
    nodes.push_back(syntax::string_node(text.text));
  return one_or_list(std::move(nodes));
}

struct PrincipalKey {
  std::string_view name;
  std::array<PrincipalType, 3> types;
};

constexpr std::array<PrincipalKey, 4> kPrincipalKeys = {{
    {"AWS", {PrincipalType::kEveryone, PrincipalType::kAccount, PrincipalType::kAws}},
    {"Service", {PrincipalType::kService, PrincipalType::kService, PrincipalType::kService}},
    {"Federated", {PrincipalType::kFederated, PrincipalType::kFederated, PrincipalType::kFederated}},
    {"CanonicalUser",
     {PrincipalType::kCanonicalUser, PrincipalType::kCanonicalUser, PrincipalType::kCanonicalUser}},
}};

Node principal_node(const PrincipalElement& element) {
  if (element.principals.size() == 1 && element.principals.front().type == PrincipalType::kEveryone) {
    return syntax::string_node("*");
  }
  Node map = syntax::map_node();
  for (const PrincipalKey& key : kPrincipalKeys) {
    std::vector<Node> nodes;
    for (const Principal& principal : element.principals) {
      if (std::find(key.types.begin(), key.types.end(), principal.type) == key.types.end())
        continue;
      nodes.push_back(syntax::string_node(principal.type == PrincipalType::kEveryone ? std::string("*")
                                                                                     : principal.value));
    }
    if (!nodes.empty())
      add(map, std::string(key.name), one_or_list(std::move(nodes)));
  }
  return map;
}

Node conditions_node(const std::vector<Condition>& conditions) {
  Node map = syntax::map_node();
  for (const Condition& condition : conditions) {
    const std::string name = operator_name(condition);
    auto place = std::find_if(map.members.begin(), map.members.end(),
                              [&](const Member& member) { return member.key == name; });
    if (place == map.members.end()) {
      add(map, name, syntax::map_node());
      place = std::prev(map.members.end());
    }
    std::vector<Node> values;
    for (const ConditionValue& value : condition.values)
      values.push_back(syntax::string_node(value.text));
    add(place->value, condition.key.name, one_or_list(std::move(values)));
  }
  return map;
}

}  // namespace

Node statement_node(const Statement& statement) {
  Node map = syntax::map_node();
  if (statement.sid.has_value())
    add(map, "Sid", syntax::string_node(*statement.sid));
  add(map, "Effect", syntax::string_node(statement.effect == Effect::kAllow ? "Allow" : "Deny"));
  if (statement.principal.has_value()) {
    add(map, statement.principal->negated ? "NotPrincipal" : "Principal",
        principal_node(*statement.principal));
  }
  add(map, statement.action.negated ? "NotAction" : "Action", texts_node(statement.action.patterns));
  if (statement.resource.has_value()) {
    add(map, statement.resource->negated ? "NotResource" : "Resource",
        texts_node(statement.resource->patterns));
  }
  if (!statement.conditions.empty())
    add(map, "Condition", conditions_node(statement.conditions));
  return map;
}

Node policy_node(const Policy& policy) {
  Node map = syntax::map_node();
  add(map, "Version", syntax::string_node(policy.version == Version::k2012 ? "2012-10-17" : "2008-10-17"));
  if (policy.id.has_value())
    add(map, "Id", syntax::string_node(*policy.id));
  std::vector<Node> statements;
  for (const Statement& statement : policy.statements)
    statements.push_back(statement_node(statement));
  add(map, "Statement", syntax::list_node(std::move(statements)));
  return map;
}

std::string write_policy(const Policy& policy, int indent) {
  return syntax::write_json(policy_node(policy), indent);
}

std::string write_statement(const Statement& statement, int indent) {
  return syntax::write_json(statement_node(statement), indent);
}

}  // namespace grantproof::policy
