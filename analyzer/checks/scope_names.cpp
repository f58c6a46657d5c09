// SPDX-License-Identifier: Apache-2.0
#include "checks/scope_names.h"

#include <algorithm>

#include "aws/arn.h"
#include "base/unknown_text.h"

namespace grantproof::checks {
namespace {

using policy::Effect;
using policy::PrincipalType;
using policy::Statement;

// A text with an unknown part stands for itself: whatever it is, the policy names it.
bool is_unknown_name(std::string_view text) {
  return base::has_unknown(text) && text.find_first_of("*?$") == std::string_view::npos;
}

std::string only_unknown_parts(std::string_view text) {
  std::string parts;
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    if (segment.unknown)
      parts += base::unknown_text(segment.text);
  }
  return parts;
}

bool is_organization_id(std::string_view text) {
  return text.starts_with("o-") && text.size() > 2 && std::ranges::all_of(text.substr(2), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

void add_account(ResolvedScope& scope, std::string_view account) {
  if (aws::is_account_id(account) || is_unknown_name(account))
    scope.accounts.emplace_back(account);
}

void add_account_of(ResolvedScope& scope, std::string_view arn) {
  if (const auto parts = aws::parse_arn(arn))
    add_account(scope, parts->account);
  else if (base::has_unknown(arn))
    scope.accounts.push_back(only_unknown_parts(arn));  // the account that is in them
}

void tidy(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

ResolvedScope tidied(ResolvedScope scope) {
  tidy(scope.accounts);
  tidy(scope.organizations);
  return scope;
}

// What a value of this key says.
enum class Says { kAccount, kArn, kOrganization, kOrganizationPath };
struct KeyRow {
  std::string_view key;  // lower case
  Says says;
};
constexpr KeyRow kPrincipalKeys[] = {
    {"aws:principalaccount", Says::kAccount},    {"aws:principalarn", Says::kArn},
    {"aws:principalorgid", Says::kOrganization}, {"aws:principalorgpaths", Says::kOrganizationPath},
    {"kms:calleraccount", Says::kAccount},
};
constexpr KeyRow kResourceKeys[] = {
    {"aws:resourceaccount", Says::kAccount},
    {"aws:resourceorgid", Says::kOrganization},
    {"aws:resourceorgpaths", Says::kOrganizationPath},
};

void add_value(ResolvedScope& scope, Says says, std::string_view value) {
  switch (says) {
    case Says::kAccount:
      add_account(scope, value);
      return;
    case Says::kArn:
      add_account_of(scope, value);
      return;
    case Says::kOrganization:
    case Says::kOrganizationPath: {
      const std::string_view id = says == Says::kOrganization ? value : value.substr(0, value.find('/'));
      if (is_organization_id(id) || is_unknown_name(id))
        scope.organizations.emplace_back(id);
      return;
    }
  }
}

// A value is let in by name where the line is a limit: positive in an Allow, negated in a Deny.
void add_conditions(ResolvedScope& scope, const Statement& statement, std::span<const KeyRow> keys) {
  const bool deny = statement.effect == Effect::kDeny;
  for (const policy::Condition& condition : statement.conditions) {
    if (condition.op->comparison == policy::Comparison::kNull || condition.op->negated != deny)
      continue;
    for (const KeyRow& row : keys) {
      if (row.key != condition.key.folded)
        continue;
      for (const policy::ConditionValue& value : condition.values)
        add_value(scope, row.says, value.text);
    }
  }
}

}  // namespace

bool is_scope(std::string_view name) {
  for (const std::string_view known : {"organization", "accounts", "partners", "own-account", "named"}) {
    if (name == known)
      return true;
  }
  return aws::is_account_id(name) || is_organization_id(name);
}

ResolvedScope named_principals(const policy::Policy& policy) {
  ResolvedScope scope;
  for (const Statement& statement : policy.statements) {
    const bool deny = statement.effect == Effect::kDeny;
    if (statement.principal && statement.principal->negated == deny) {
      for (const policy::Principal& principal : statement.principal->principals) {
        if (principal.type == PrincipalType::kAccount)
          add_account(scope, principal.value);
        if (principal.type == PrincipalType::kAws)
          add_account_of(scope, principal.value);
      }
    }
    add_conditions(scope, statement, kPrincipalKeys);
  }
  return tidied(std::move(scope));
}

ResolvedScope named_owners(const policy::Policy& policy) {
  ResolvedScope scope;
  for (const Statement& statement : policy.statements) {
    const bool deny = statement.effect == Effect::kDeny;
    if (statement.resource && statement.resource->negated == deny) {
      for (const policy::Text& pattern : statement.resource->patterns)
        add_account_of(scope, pattern.text);
    }
    add_conditions(scope, statement, kResourceKeys);
  }
  return tidied(std::move(scope));
}

std::optional<OwnAccount> own_account(const Subject& subject) {
  const auto is_named = [](std::string_view account) {
    return aws::is_account_id(account) || is_unknown_name(account);
  };
  if (!subject.attached_to.empty()) {
    const auto arn = aws::parse_arn(subject.attached_to);
    if (arn && is_named(arn->account))
      return OwnAccount{std::string(arn->account), {}};
    return std::nullopt;
  }
  // An identity policy speaks of resources of others; a policy of a resource speaks of that resource.
  if (subject.policy->type != policy::PolicyType::kResource)
    return std::nullopt;
  std::optional<OwnAccount> own;
  for (const Statement& statement : subject.policy->statements) {
    if (!statement.resource || statement.resource->negated)
      continue;
    for (const policy::Text& pattern : statement.resource->patterns) {
      const auto arn = aws::parse_arn(pattern.text);
      const std::string_view account = arn ? arn->account : std::string_view(pattern.text);
      const bool unknown = base::has_unknown(account);
      if (!unknown && !(arn && aws::is_account_id(account)))
        return std::nullopt;
      // Behind an unknown part it may be another field.
      const bool open = !arn || !is_named(account) || base::has_unknown(arn->partition) ||
                        base::has_unknown(arn->service) || base::has_unknown(arn->region);
      if (!own)
        own = OwnAccount{std::string(account), {}};
      if (open)
        own->because += pattern.text;
      if (own->account != account) {
        const bool own_unknown = base::has_unknown(own->account);
        if (!unknown && !own_unknown)
          return std::nullopt;
        own->because += unknown ? std::string_view(pattern.text) : own->account;
        if (own_unknown && !unknown)
          own->account = account;
      }
    }
  }
  return own;
}

ResolvedScope resolve_scope(std::span<const std::string> names, ScopeOf of, const Subject& subject,
                            const logic::Facts& facts) {
  ResolvedScope scope;
  const auto add_all = [&](const std::vector<std::string>& accounts) {
    scope.accounts.insert(scope.accounts.end(), accounts.begin(), accounts.end());
  };
  for (const std::string& name : names) {
    if (name == "organization") {
      if (!facts.organization.empty())
        scope.organizations.push_back(facts.organization);
    } else if (name == "accounts") {
      add_all(facts.accounts);
    } else if (name == "partners") {
      add_all(facts.partners);
    } else if (name == "own-account") {
      const auto own = own_account(subject);
      scope.owner = !own || !own->because.empty();
      if (scope.owner && own) {
        scope.perhaps_owner = own->account;
        scope.perhaps_because = own->because;
      } else if (own) {
        scope.accounts.push_back(own->account);
      }
    } else if (name == "named") {
      ResolvedScope named =
          of == ScopeOf::kPrincipals ? named_principals(*subject.policy) : named_owners(*subject.policy);
      add_all(named.accounts);
      scope.organizations.insert(scope.organizations.end(), named.organizations.begin(),
                                 named.organizations.end());
    } else if (aws::is_account_id(name)) {
      scope.accounts.push_back(name);
    } else {
      scope.organizations.push_back(name);
    }
  }
  return tidied(std::move(scope));
}

}  // namespace grantproof::checks
