// SPDX-License-Identifier: Apache-2.0
#include "checks/shown_witness.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/layers.h"
#include "access/statement_evaluator.h"
#include "aws/arn.h"
#include "base/text.h"
#include "checks/words.h"

namespace grantproof::checks {
namespace {

using access::CallerKind;

// The role of a session unless the session's name matters: people know roles.
std::string caller_text(const access::Request& request, bool with_session) {
  const access::Caller& caller = request.principal;
  switch (caller.kind) {
    case CallerKind::kAnonymous:
      return "(anonymous)";
    case CallerKind::kAssumedRole: {
      if (with_session)
        return caller.id;
      const auto role = request.context.find("aws:principalarn");
      if (role != request.context.end())
        return role->second.values.front();
      const auto arn = aws::parse_arn(caller.id);
      if (!arn)
        return caller.id;
      std::string_view name =
          arn->resource.substr(std::min(arn->resource.find('/') + 1, arn->resource.size()));
      name = name.substr(0, name.find('/'));
      return fmt::format("arn:{}:iam::{}:role/{}", arn->partition, arn->account, name);
    }
    case CallerKind::kUser:
    case CallerKind::kRole:
    case CallerKind::kFederatedUser:
    case CallerKind::kRoot:
    case CallerKind::kService:
    case CallerKind::kFederated:
      break;
  }
  return caller.id;
}

std::string value_text(const access::ContextValue& value) {
  if (!value.multivalued)
    return value.values.front();
  return value.values.empty() ? "(empty list)" : fmt::format("[{}]", fmt::join(value.values, ", "));
}

void add_key(std::vector<std::string>& keys, const std::string& name) {
  const auto same = [&](const std::string& known) { return base::equals_ignoring_case(known, name); };
  if (std::ranges::none_of(keys, same))
    keys.push_back(name);
}

void add_keys(std::vector<std::string>& keys, std::span<const policy::Condition> conditions) {
  for (const policy::Condition& condition : conditions)
    add_key(keys, condition.key.name);
}

void add_variables(std::vector<std::string>& keys, const policy::Statement& statement,
                   policy::Version version) {
  const auto add_parts = [&](const policy::TextWithVariables& text) {
    for (const policy::TextPart& part : text.parts) {
      if (part.kind == policy::TextPart::Kind::kVariable)
        add_key(keys, part.key);
    }
  };
  if (statement.resource) {
    for (const policy::Text& pattern : statement.resource->patterns)
      add_parts(policy::parse_resource_variables(pattern.text, version));
  }
  for (const policy::Condition& condition : statement.conditions) {
    if (!policy::has_variables(*condition.op))
      continue;
    for (const policy::ConditionValue& value : condition.values)
      add_parts(policy::parse_variables(value.text, version));
  }
}

bool names_session(const policy::Policy& policy) {
  for (const policy::Statement& statement : policy.statements) {
    if (!statement.principal)
      continue;
    for (const policy::Principal& principal : statement.principal->principals) {
      if (principal.value.find(":assumed-role/") != std::string::npos)
        return true;
    }
  }
  return false;
}

}  // namespace

FindingWitness shown_request(const access::Request& request, std::string decision,
                             std::span<const std::string> keys, bool with_session) {
  FindingWitness shown;
  shown.request = request;
  shown.decision = std::move(decision);
  shown.rows.emplace_back("principal", caller_text(request, with_session));
  shown.rows.emplace_back("action", request.action);
  shown.rows.emplace_back("resource", request.resource.arn);
  // Whose it is, where the ARN does not say.
  const auto arn = aws::parse_arn(request.resource.arn);
  if (arn && arn->account.empty() && !request.resource.account.empty())
    shown.rows.emplace_back("resource account", request.resource.account);
  for (const std::string& key : keys) {
    const auto at = request.context.find(base::fold_case(key));
    shown.rows.emplace_back(key, at == request.context.end() ? "(absent)" : value_text(at->second));
  }
  // Every PutEvents request has these two; nobody asked for them.
  if (base::equals_ignoring_case(request.action, "events:PutEvents")) {
    for (const std::string_view key : {"events:source", "events:detail-type"}) {
      const auto same = [&](const std::string& known) { return base::equals_ignoring_case(known, key); };
      if (std::ranges::none_of(keys, same))
        shown.rows.emplace_back(key, "(any)");
    }
  }
  return shown;
}

FindingWitness shown_witness(const access::Request& request, const policy::Policy& policy, std::size_t allow,
                             std::span<const policy::Condition> more) {
  std::vector<std::string> keys;
  const policy::Statement& statement = policy.statements[allow];
  add_keys(keys, statement.conditions);
  add_variables(keys, statement, policy.version);
  const access::RequestView view(request, false);
  for (const policy::Statement& deny : policy.statements) {
    if (deny.effect == policy::Effect::kDeny && access::might_apply(deny, policy, view)) {
      add_keys(keys, deny.conditions);
      add_variables(keys, deny, policy.version);
    }
  }
  add_keys(keys, more);
  return shown_request(request, "allowed, decided by " + quoted_statement_name(statement_name(policy, allow)),
                       keys, names_session(policy));
}

std::vector<std::string> assumed_elsewhere(const access::Request& request, const Subject& subject) {
  std::vector<std::string> clauses;
  const access::Caller& caller = request.principal;
  const bool other_account = !caller.account.empty() && !access::same_account(request).surely();
  if (policy::has_principal(subject.policy->type)) {
    if (other_account && subject.policy->type != policy::PolicyType::kVpcEndpoint) {
      clauses.push_back(
          fmt::format("account {} lets its own principal call {}", caller.account, request.action));
    }
  } else if (other_account) {
    clauses.push_back(fmt::format("account {} lets this principal call {} on {}", request.resource.account,
                                  request.action, short_resource(request.resource.arn)));
  }
  return clauses;
}

}  // namespace grantproof::checks
