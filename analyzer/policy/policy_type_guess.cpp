// SPDX-License-Identifier: Apache-2.0
//
// What kind of policy a document is, by its shape alone: before it is read, and without diagnostics.
#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "policy/policy_reader.h"

namespace grantproof::policy {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

const Node* find_any_case(const Node& node, std::string_view name) {
  for (const Member& member : node.members) {
    if (base::equals_ignoring_case(member.key, name))
      return &member.value;
  }
  return nullptr;
}

std::vector<const Node*> one_or_many(const Node* node) {
  std::vector<const Node*> result;
  if (node == nullptr)
    return result;
  if (node->kind != NodeKind::kList)
    return {node};
  for (const Node& item : node->items)
    result.push_back(&item);
  return result;
}

// Are there actions, and is each of them one of these?
template <typename Predicate>
bool all_actions(const Node& statement, const Predicate& predicate) {
  const std::vector<const Node*> actions = one_or_many(find_any_case(statement, "Action"));
  return !actions.empty() && std::all_of(actions.begin(), actions.end(),
                                         [&](const Node* action) { return predicate(action->text); });
}

// What a role trust policy can allow. Source: IAM User Guide, "Role trust policies"; sts:SetContext: "Trusted
// identity propagation".
bool is_trust_action(std::string_view action) {
  return base::starts_with_ignoring_case(action, "sts:AssumeRole") ||
         base::equals_ignoring_case(action, "sts:TagSession") ||
         base::equals_ignoring_case(action, "sts:SetSourceIdentity") ||
         base::equals_ignoring_case(action, "sts:SetContext");
}

bool is_trust_statement(const Node& statement) {
  return find_any_case(statement, "Resource") == nullptr &&
         find_any_case(statement, "NotResource") == nullptr && all_actions(statement, is_trust_action);
}

// A key policy speaks of kms actions on "*", which is the key that it is attached to.
bool is_key_statement(const Node& statement) {
  const std::vector<const Node*> resources = one_or_many(find_any_case(statement, "Resource"));
  return resources.size() == 1 && resources.front()->text == "*" &&
         all_actions(statement,
                     [](std::string_view action) { return base::starts_with_ignoring_case(action, "kms:"); });
}

bool has_principal_element(const Node& statement) {
  return find_any_case(statement, "Principal") != nullptr ||
         find_any_case(statement, "NotPrincipal") != nullptr;
}

bool allows(const Node& statement) {
  const Node* effect = find_any_case(statement, "Effect");
  return effect != nullptr && base::equals_ignoring_case(effect->text, "Allow");
}

}  // namespace

bool looks_like_policy(const Node& node) {
  return node.kind == NodeKind::kMap && find_any_case(node, "Statement") != nullptr;
}

PolicyType guess_policy_type(const Node& node) {
  const std::vector<const Node*> all = one_or_many(find_any_case(node, "Statement"));
  const auto some = [&](bool (*test)(const Node&)) {
    return std::any_of(all.begin(), all.end(), [&](const Node* statement) { return test(*statement); });
  };
  const auto each = [&](bool (*test)(const Node&)) {
    return std::all_of(all.begin(), all.end(), [&](const Node* statement) { return test(*statement); });
  };
  if (!some(has_principal_element))
    return PolicyType::kIdentity;
  if (each(is_trust_statement))
    return PolicyType::kTrust;
  // A resource control policy for kms looks the same but for its effect.
  if (each(is_key_statement) && each(has_principal_element) && some(allows))
    return PolicyType::kKey;
  return PolicyType::kResource;
}

}  // namespace grantproof::policy
