// SPDX-License-Identifier: Apache-2.0
#include "checks/finding_identity.h"

#include <algorithm>

#include "base/fingerprint.h"
#include "policy/condition_reader.h"
#include "policy/policy_writer.h"

namespace grantproof::checks {
namespace {

void sort_texts(std::vector<policy::Text>& texts) {
  std::ranges::sort(texts, {}, &policy::Text::text);
}

void add_texts(std::string& text, std::string_view name, const std::vector<policy::Text>& patterns) {
  for (const policy::Text& pattern : patterns)
    text += '\n' + std::string(name) + '=' + pattern.text;
}

void add_names(std::string& text, std::string_view name, const std::vector<std::string>& names) {
  for (const std::string& entry : names)
    text += '\n' + std::string(name) + '=' + entry;
}

}  // namespace

std::string normalised(policy::Statement statement) {
  statement.sid.reset();
  sort_texts(statement.action.patterns);
  if (statement.resource)
    sort_texts(statement.resource->patterns);
  if (statement.principal) {
    std::ranges::sort(statement.principal->principals,
                      [](const policy::Principal& a, const policy::Principal& b) {
                        return a.type != b.type ? a.type < b.type : a.value < b.value;
                      });
  }
  for (policy::Condition& condition : statement.conditions)
    std::ranges::sort(condition.values, {}, &policy::ConditionValue::text);
  std::ranges::sort(statement.conditions, [](const policy::Condition& a, const policy::Condition& b) {
    const std::string first = policy::operator_name(a), second = policy::operator_name(b);
    return first != second ? first < second : a.key.folded < b.key.folded;
  });
  return policy::write_statement(statement, -1);
}

std::string finding_fingerprint(std::string_view rule, std::string_view policy_identity,
                                const policy::Statement* statement, std::string_view question) {
  base::Fingerprinter fingerprinter;
  fingerprinter.add(rule)
      .add(policy_identity)
      .add(statement == nullptr ? std::string() : normalised(*statement));
  return fingerprinter.add(question).result().text();
}

std::string policy_identity(const Subject& subject) {
  return subject.attached_to.empty() ? subject.path : subject.attached_to;
}

std::string claim_text(const Claim& claim) {
  const ClaimRegion& region = claim.never_allowed ? *claim.never_allowed : *claim.only_allowed;
  std::string text = claim.never_allowed ? "never-allowed" : "only-allowed";
  add_names(text, "principal", region.principal.named);
  add_names(text, "outside", region.principal.outside);
  add_names(text, "inside", region.principal.inside);
  add_texts(text, "action", region.action);
  add_texts(text, "not-action", region.not_action);
  add_texts(text, "resource", region.resource);
  add_texts(text, "not-resource", region.not_resource);
  add_names(text, "resource-outside", region.resource_scope.outside);
  add_names(text, "resource-inside", region.resource_scope.inside);
  add_names(text, "resource-without-facts", region.resource_scope.without_facts);
  policy::Statement conditions;
  conditions.conditions = region.conditions;
  return text + '\n' + normalised(std::move(conditions));
}

}  // namespace grantproof::checks
