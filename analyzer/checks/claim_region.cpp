// SPDX-License-Identifier: Apache-2.0
#include "checks/claim_region.h"

#include <algorithm>

#include "access/layers.h"
#include "access/principal_match.h"
#include "access/statement_evaluator.h"
#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "logic/encode_principal.h"
#include "logic/encode_statement.h"
#include "logic/encode_unknown.h"
#include "logic/formats.h"

namespace grantproof::checks {
namespace {

using access::CallerKind;
using access::Truth;
using logic::Formula;
using logic::SymbolicRequest;

// EventBridge takes signed requests only. Source: EventBridge API Reference, "Common errors",
// MissingAuthenticationToken.
constexpr std::string_view kSignedOnly = "events:";

Formula of_signed_only(SymbolicRequest& request) {
  return request.action(request.actions(std::vector<policy::Text>{{std::string(kSignedOnly) + "*", {}}}));
}

bool of_account(CallerKind kind) {
  switch (kind) {
    case CallerKind::kUser:
    case CallerKind::kRole:
    case CallerKind::kAssumedRole:
    case CallerKind::kFederatedUser:
    case CallerKind::kRoot:
      return true;
    case CallerKind::kService:
    case CallerKind::kFederated:
    case CallerKind::kAnonymous:
      break;
  }
  return false;
}

Truth contains(const std::vector<std::string>& texts, std::string_view text) {
  Truth any = false;
  for (const std::string& one : texts)
    any = any || access::same_text(one, text);
  return any;
}

Formula has_organization(SymbolicRequest& request, std::string_view key_name,
                         const std::vector<std::string>& organizations) {
  if (organizations.empty())
    return Formula::kFalse;
  const logic::AttributeId key = request.key(key_name);
  std::vector<Formula> any;
  any.reserve(organizations.size());
  for (const std::string& id : organizations)
    any.push_back(logic::equals(request, key, id));
  return request.formulas().both(request.present(key), request.formulas().any_of(any));
}

Truth has_organization(const access::Request& request, std::string_view folded_key,
                       const std::vector<std::string>& organizations) {
  const auto at = request.context.find(folded_key);
  if (at == request.context.end() || at->second.multivalued)
    return false;
  return contains(organizations, at->second.values.front());
}

std::string_view owner_of(const access::Request& request) {
  if (!request.resource.account.empty())
    return request.resource.account;
  const auto arn = aws::parse_arn(request.resource.arn);
  return arn ? arn->account : std::string_view();
}

// The account that owns the resource, or the one that perhaps does.
template <typename IsPerhapsOwner>
Formula encode_owner(SymbolicRequest& request, const ResolvedScope& scope,
                     const IsPerhapsOwner& is_perhaps_owner) {
  const Formula own = encode_own_account(request);
  if (scope.perhaps_because.empty())
    return own;
  logic::FormulaStore& formulas = request.formulas();
  const Formula perhaps =
      logic::depends_on(request, "own account " + scope.perhaps_because, scope.perhaps_because);
  return formulas.either(formulas.both(perhaps, is_perhaps_owner()),
                         formulas.both(formulas.not_(perhaps), own));
}

Truth is_of_owner(const ResolvedScope& scope, const access::Request& request, std::string_view account) {
  if (!scope.owner)
    return false;
  const Truth own = access::same_account(request);
  if (scope.perhaps_because.empty())
    return own;
  const Truth perhaps = access::same_text(scope.perhaps_owner, account);
  return own == perhaps && !own.unknown() ? own : Truth::depends_on(scope.perhaps_because);
}

Formula encode_owned_inside(SymbolicRequest& request, const ResolvedScope& scope) {
  std::vector<patterns::Glob> accounts;
  std::vector<Formula> any{has_organization(request, "aws:ResourceOrgID", scope.organizations)};
  for (const std::string& account : scope.accounts) {
    if (base::has_unknown(account))
      any.push_back(logic::equals(request, request.owner(), account));
    else
      accounts.push_back(patterns::Glob().literal(account));
  }
  if (!accounts.empty())
    any.push_back(request.in(request.owner(), request.text_set(std::move(accounts))));
  if (scope.owner) {
    any.push_back(encode_owner(request, scope,
                               [&] { return logic::equals(request, request.owner(), scope.perhaps_owner); }));
  }
  return request.formulas().any_of(any);
}

Truth owned_inside(const ResolvedScope& scope, const access::Request& request) {
  return contains(scope.accounts, owner_of(request)) ||
         has_organization(request, "aws:resourceorgid", scope.organizations) ||
         is_of_owner(scope, request, owner_of(request));
}

// "*" is no resource of anybody, and what AWS manages for all is in nobody's account.
constexpr std::string_view kManaged = "aws";
Formula encode_somebodys(SymbolicRequest& request) {
  return request.formulas().not_(
      request.formulas().either(request.in(request.resource(), request.exact("*")),
                                request.in(request.owner(), request.exact(kManaged))));
}

bool is_somebodys(const access::Request& request) {
  return request.resource.arn != "*" && owner_of(request) != kManaged;
}

Truth covers(const policy::PrincipalElement& element, const access::Caller& caller) {
  using access::PrincipalMatch;
  const auto covered = [&](PrincipalMatch match) { return match != PrincipalMatch::kNone; };
  if (covered(access::match_principal(element, policy::Effect::kAllow, caller, false)))
    return true;
  if (!covered(access::may_match_principal(element, policy::Effect::kAllow, caller, false)))
    return false;
  for (const policy::Principal& principal : element.principals) {
    if (base::has_unknown(principal.value))
      return Truth::depends_on(principal.value);
  }
  return Truth::depends_on(caller.id);
}

policy::Statement part() {
  policy::Statement statement;
  statement.action.patterns = {{"*", {}}};
  return statement;
}

}  // namespace

Formula encode_own_account(SymbolicRequest& request) {
  return request.formulas().any_of({request.same_account(), request.in(request.owner(), request.exact("aws")),
                                    request.in(request.resource(), request.exact("*"))});
}

Formula encode_inside(SymbolicRequest& request, const ResolvedScope& scope) {
  std::vector<patterns::Glob> principals;
  std::vector<Formula> any{has_organization(request, "aws:PrincipalOrgID", scope.organizations)};
  for (const std::string& account : scope.accounts) {
    if (base::has_unknown(account)) {
      any.push_back(logic::equals(request, request.key("aws:PrincipalAccount"), account));
      continue;
    }
    std::vector<patterns::Glob> globs = logic::principals_of_account(account);
    principals.insert(principals.end(), globs.begin(), globs.end());
  }
  if (!principals.empty())
    any.push_back(request.in(request.principal(), request.text_set(std::move(principals))));
  if (scope.owner) {
    any.push_back(encode_owner(request, scope, [&] {
      return logic::equals(request, request.key("aws:PrincipalAccount"), scope.perhaps_owner);
    }));
  }
  return request.formulas().both(request.account_principal(), request.formulas().any_of(any));
}

Truth inside(const ResolvedScope& scope, const access::Request& request) {
  if (!of_account(request.principal.kind))
    return false;
  return contains(scope.accounts, request.principal.account) ||
         has_organization(request, "aws:principalorgid", scope.organizations) ||
         is_of_owner(scope, request, request.principal.account);
}

Formula encode_outsiders(SymbolicRequest& request) {
  logic::FormulaStore& formulas = request.formulas();
  return formulas.either(
      request.account_principal(),
      formulas.both(request.is(SymbolicRequest::Kind::kAnonymous), formulas.not_(of_signed_only(request))));
}

bool may_be_outsider(const access::Request& request) {
  return of_account(request.principal.kind) ||
         (request.principal.kind == CallerKind::kAnonymous &&
          !base::starts_with_ignoring_case(request.action, kSignedOnly));
}

BoundRegion::BoundRegion(const ClaimRegion& region, const Subject& subject, const logic::Facts& facts)
    : region_(&region) {
  const auto resolve = [&](const std::vector<std::string>& names,
                           ScopeOf of) -> std::optional<ResolvedScope> {
    if (names.empty())
      return std::nullopt;
    for (const std::string& name : names) {
      const bool unknown = (name == "organization" && facts.organization.empty()) ||
                           (name == "accounts" && facts.accounts.empty()) ||
                           (name == "partners" && facts.partners.empty());
      if (unknown && std::ranges::find(unknown_facts_, name) == unknown_facts_.end())
        unknown_facts_.push_back(name);
    }
    return resolve_scope(names, of, subject, facts);
  };
  outside_ = resolve(region.principal.outside, ScopeOf::kPrincipals);
  inside_ = resolve(region.principal.inside, ScopeOf::kPrincipals);
  const ResourceScope& whose = region.resource_scope;
  const bool no_facts = facts.accounts.empty() && facts.partners.empty();
  resource_outside_ = resolve(no_facts && !whose.without_facts.empty() ? whose.without_facts : whose.outside,
                              ScopeOf::kResources);
  resource_inside_ = resolve(whose.inside, ScopeOf::kResources);

  parts_.type = policy::PolicyType::kIdentity;
  parts_.version = policy::Version::k2012;
  policy::Statement first = part();
  if (!region.action.empty())
    first.action.patterns = region.action;
  if (!region.resource.empty())
    first.resource = policy::ResourceElement{false, region.resource, region.span};
  first.conditions = region.conditions;
  parts_.statements.push_back(std::move(first));
  if (!region.not_action.empty()) {
    policy::Statement others = part();
    others.action = {true, region.not_action, region.span};
    parts_.statements.push_back(std::move(others));
  }
  if (!region.not_resource.empty()) {
    policy::Statement others = part();
    others.resource = policy::ResourceElement{true, region.not_resource, region.span};
    parts_.statements.push_back(std::move(others));
  }
}

Formula BoundRegion::encode(SymbolicRequest& request) const {
  logic::FormulaStore& formulas = request.formulas();
  std::vector<Formula> all;
  for (const policy::Statement& statement : parts_.statements)
    all.push_back(logic::encode_body(request, statement, parts_));
  if (region_->principal.element) {
    all.push_back(logic::any_way(request, logic::encode_principal(request, *region_->principal.element)));
  }
  if (outside_)
    all.push_back(formulas.both(encode_outsiders(request), formulas.not_(encode_inside(request, *outside_))));
  if (inside_)
    all.push_back(encode_inside(request, *inside_));
  if (resource_outside_) {
    all.push_back(formulas.both(encode_somebodys(request),
                                formulas.not_(encode_owned_inside(request, *resource_outside_))));
  }
  if (resource_inside_)
    all.push_back(formulas.both(encode_somebodys(request), encode_owned_inside(request, *resource_inside_)));
  return formulas.all_of(all);
}

Truth BoundRegion::holds(const access::Request& request) const {
  const access::RequestView view(request, false);
  Truth holds = true;
  for (const policy::Statement& statement : parts_.statements)
    holds = holds && access::evaluate_statement(statement, parts_, view).applies();
  if (region_->principal.element)
    holds = holds && covers(*region_->principal.element, request.principal);
  if (outside_)
    holds = holds && may_be_outsider(request) && !inside(*outside_, request);
  if (inside_)
    holds = holds && inside(*inside_, request);
  if (resource_outside_)
    holds = holds && is_somebodys(request) && !owned_inside(*resource_outside_, request);
  if (resource_inside_)
    holds = holds && is_somebodys(request) && owned_inside(*resource_inside_, request);
  return holds;
}

}  // namespace grantproof::checks
