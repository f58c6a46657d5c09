// SPDX-License-Identifier: Apache-2.0
#include "access/authorizer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "access/explanation.h"
#include "access/layers.h"
#include "base/text.h"

namespace grantproof::access {
namespace {

// What a formula gives: the layers whose Allow statements carry the decision, or the layer that stops it.
struct Verdict {
  std::optional<PolicyLayer> stopped_by;
  std::vector<PolicyLayer> carried_by;
  PrincipalMatch way =
      PrincipalMatch::kNone;  // how the resource policy must cover the caller, where it carries

  static Verdict stopped(PolicyLayer layer) { return {.stopped_by = layer, .carried_by = {}}; }
  static Verdict allowed(std::vector<PolicyLayer> layers, PrincipalMatch way = PrincipalMatch::kNone) {
    return {.stopped_by = std::nullopt, .carried_by = std::move(layers), .way = way};
  }
};

// B ∧ S: what permissions boundary and session policies leave of a grant.
Verdict limited(const Findings& found, Verdict grant) {
  if (grant.stopped_by.has_value())
    return grant;
  if (!found.boundary.passes())
    return Verdict::stopped(PolicyLayer::kPermissionsBoundary);
  if (!found.session.passes())
    return Verdict::stopped(PolicyLayer::kSession);
  grant.carried_by.push_back(PolicyLayer::kPermissionsBoundary);
  grant.carried_by.push_back(PolicyLayer::kSession);
  return grant;
}

// I: the root user needs no identity policy.
bool identity_allows(const Findings& found, const Reach& reach) {
  return reach.inherent || found.identity.allow();
}

// Rdirect ∨ (Rrole ∧ B ∧ S): what a resource policy of the caller's own account grants without its identity
// policies. Source: IAM User Guide, "Policy evaluation logic", "Determining whether a request is allowed or
// denied within an account"; "Permissions boundaries for IAM entities", "Evaluating effective permissions
// with boundaries".
std::optional<Verdict> granted_by_own_resource(const Findings& found) {
  if (found.resource.allows_at_least(PrincipalMatch::kDirect)) {
    return Verdict::allowed({PolicyLayer::kResource}, PrincipalMatch::kDirect);
  }
  if (found.resource.allows_at_least(PrincipalMatch::kByRole)) {
    return limited(found, Verdict::allowed({PolicyLayer::kResource}, PrincipalMatch::kByRole));
  }
  return std::nullopt;
}

// Rdirect ∨ (Rrole ∧ B ∧ S) ∨ (I ∧ B ∧ S)
Verdict within_account(const Findings& found, const Reach& reach) {
  if (std::optional<Verdict> granted = granted_by_own_resource(found))
    return std::move(*granted);
  if (!identity_allows(found, reach))
    return Verdict::stopped(PolicyLayer::kIdentity);
  return limited(found, Verdict::allowed({PolicyLayer::kIdentity}));
}

// Rdirect ∨ (Rrole ∧ B ∧ S) ∨ (Raccount ∧ I ∧ B ∧ S): the account's own identity policies count only where
// the trust or key policy hands the decision on to the account. Source: IAM User Guide, "Roles terms and
// concepts" (trust policy); KMS Developer Guide, "Default key policy".
Verdict within_account_by_delegation(const Findings& found, const Reach& reach) {
  if (std::optional<Verdict> granted = granted_by_own_resource(found))
    return std::move(*granted);
  if (!found.resource.allow())
    return Verdict::stopped(PolicyLayer::kResource);
  if (!identity_allows(found, reach))
    return Verdict::stopped(PolicyLayer::kIdentity);
  return limited(
      found, Verdict::allowed({PolicyLayer::kResource, PolicyLayer::kIdentity}, PrincipalMatch::kByAccount));
}

// Rany ∧ I ∧ B ∧ S: both accounts must allow. Trust and key policies too.
// Source: IAM User Guide, "Cross-account policy evaluation logic".
Verdict across_accounts(const Findings& found, const Reach& reach) {
  if (!found.resource.allow())
    return Verdict::stopped(PolicyLayer::kResource);
  if (!identity_allows(found, reach))
    return Verdict::stopped(PolicyLayer::kIdentity);
  return limited(
      found, Verdict::allowed({PolicyLayer::kResource, PolicyLayer::kIdentity}, PrincipalMatch::kByAccount));
}

// R: service principals, unsigned callers, and federated callers of AssumeRoleWithSAML and
// AssumeRoleWithWebIdentity have no identity policies; the resource, key or trust policy alone decides.
// Source: IAM User Guide, "AWS JSON policy elements: Principal" (service and federated principals).
Verdict by_resource_alone(const Findings& found) {
  if (!found.resource.allows_at_least(PrincipalMatch::kDirect))
    return Verdict::stopped(PolicyLayer::kResource);
  return Verdict::allowed({PolicyLayer::kResource}, PrincipalMatch::kDirect);
}

// SCP ∧ E: no grant passes without them. (RCPs only deny: RCPFullAWSAccess is at every level.)
std::optional<PolicyLayer> stopping_guardrail(const Findings& found) {
  if (!found.service_control.levels_without_allow.empty())
    return PolicyLayer::kServiceControl;
  if (!found.vpc_endpoint.passes())
    return PolicyLayer::kVpcEndpoint;
  return std::nullopt;
}

Verdict compose(const Request& request, const PolicySet& policies, const Findings& found, bool same) {
  if (const std::optional<PolicyLayer> guardrail = stopping_guardrail(found))
    return Verdict::stopped(*guardrail);
  const Reach reach = reach_of(request);
  Verdict verdict = Verdict::stopped(PolicyLayer::kResource);
  if (!reach.identity) {
    verdict = by_resource_alone(found);
  } else if (!same) {
    verdict = across_accounts(found, reach);
  } else if (needs_resource_policy(request, policies)) {
    verdict = within_account_by_delegation(found, reach);
  } else {
    verdict = within_account(found, reach);
  }
  if (!verdict.stopped_by.has_value()) {
    verdict.carried_by.push_back(PolicyLayer::kServiceControl);
    verdict.carried_by.push_back(PolicyLayer::kVpcEndpoint);
  }
  return verdict;
}

bool allows(const Request& request, const PolicySet& policies, const Findings& found, bool same) {
  const bool denied =
      std::ranges::any_of(found.layers(), [](const LayerFindings* layer) { return !layer->denies.empty(); });
  return !denied && !compose(request, policies, found, same).stopped_by.has_value();
}

// Whatever unknown parts stand for: in the best case for the caller, and in the worst.
Truth allowed(const Request& request, const PolicySet& policies, const Findings& found, const Truth& same) {
  if (found.open.empty() && !same.unknown())
    return allows(request, policies, found, same.surely());
  const Findings best = at_best(found);
  const Findings worst = at_worst(found);
  bool possibly = false;
  bool surely = true;
  for (const bool assumed : {true, false}) {
    if (same.unknown() || same.surely() == assumed) {
      possibly |= allows(request, policies, best, assumed);
      surely &= allows(request, policies, worst, assumed);
    }
  }
  if (possibly == surely)
    return surely;
  return found.depends_on.unknown() ? found.depends_on : same;
}

const LayerFindings& findings_of(const Findings& found, PolicyLayer layer) {
  switch (layer) {
    case PolicyLayer::kIdentity:
      return found.identity;
    case PolicyLayer::kResource:
      return found.resource;
    case PolicyLayer::kPermissionsBoundary:
      return found.boundary;
    case PolicyLayer::kSession:
      return found.session;
    case PolicyLayer::kServiceControl:
      return found.service_control;
    case PolicyLayer::kResourceControl:
      return found.resource_control;
    case PolicyLayer::kVpcEndpoint:
      break;
  }
  return found.vpc_endpoint;
}

std::vector<StatementRef> carrying_statements(const Findings& found, const Verdict& verdict) {
  std::vector<StatementRef> refs;
  for (const PolicyLayer layer : verdict.carried_by) {
    for (const Allow& allow : findings_of(found, layer).allows) {
      if (layer != PolicyLayer::kResource || allow.principal >= verdict.way)
        refs.push_back(allow.ref);
    }
  }
  return refs;
}

std::vector<StatementRef> all_allows(const Findings& found) {
  std::vector<StatementRef> refs;
  for (const LayerFindings* layer : found.layers()) {
    for (const Allow& allow : layer->allows)
      refs.push_back(allow.ref);
  }
  return refs;
}

std::vector<StatementRef> all_denies(const Findings& found) {
  std::vector<StatementRef> refs;
  for (const LayerFindings* layer : found.layers())
    refs.insert(refs.end(), layer->denies.begin(), layer->denies.end());
  return refs;
}

// An explicit denial stands whatever else says; a grant falls only to a Deny.
std::vector<StatementRef> doubts(const Findings& found, Outcome outcome) {
  std::vector<StatementRef> refs;
  if (outcome == Outcome::kExplicitlyDenied)
    return refs;
  for (const NotUnderstood& statement : found.not_understood) {
    if (outcome == Outcome::kImplicitlyDenied || statement.may_deny)
      refs.push_back(statement.ref);
  }
  return refs;
}

// Nobody who signs can be refused this one (STS API Reference, "GetCallerIdentity": "no permissions are
// required", also under an explicit Deny).
bool needs_no_permission(const Request& request) {
  return base::equals_ignoring_case(request.action, "sts:GetCallerIdentity") &&
         request.principal.kind != CallerKind::kAnonymous;
}

}  // namespace

std::string_view name(Outcome outcome) {
  static constexpr std::array<std::string_view, 3> kNames = {"Allowed", "ImplicitlyDenied",
                                                             "ExplicitlyDenied"};
  return kNames.at(static_cast<std::size_t>(outcome));
}

std::string_view name(PolicyLayer layer) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "identity policy",        "resource policy",         "permissions boundary", "session policy",
      "service control policy", "resource control policy", "VPC endpoint policy"};
  return kNames.at(static_cast<std::size_t>(layer));
}

const policy::Policy* find_policy(const PolicySet& policies, const StatementRef& ref) {
  const auto at = [&ref](const std::vector<const policy::Policy*>& list) {
    return ref.policy < list.size() ? list[ref.policy] : nullptr;
  };
  const auto at_level = [&ref, &at](const std::vector<OrganizationLevel>& levels) {
    return ref.level < levels.size() ? at(levels[ref.level].policies) : nullptr;
  };
  switch (ref.layer) {
    case PolicyLayer::kIdentity:
      return at(policies.identity);
    case PolicyLayer::kResource:
      return policies.resource;
    case PolicyLayer::kPermissionsBoundary:
      return at(policies.permissions_boundaries);
    case PolicyLayer::kSession:
      return at(policies.session);
    case PolicyLayer::kServiceControl:
      return at_level(policies.service_control);
    case PolicyLayer::kResourceControl:
      return at_level(policies.resource_control);
    case PolicyLayer::kVpcEndpoint:
      return at(policies.vpc_endpoint);
  }
  return nullptr;
}

const policy::Statement& find_statement(const PolicySet& policies, const StatementRef& ref) {
  return find_policy(policies, ref)->statements.at(ref.statement);
}

bool is_relied_on(const Decision& decision) {
  return decision.not_understood.empty() && decision.policies_understood && !decision.allowed.unknown();
}

Truth is_allowed(const Decision& decision) {
  const bool doubted = !decision.not_understood.empty() && decision.outcome != Outcome::kExplicitlyDenied;
  return doubted ? Truth::depends_on(kNotUnderstood) : decision.allowed;
}

Decision decide(const Request& request, const PolicySet& policies) {
  Decision decision;
  if (needs_no_permission(request)) {
    decision.outcome = Outcome::kAllowed;
    decision.allowed = true;
    decision.reason = explain_no_permission(request);
    return decision;
  }
  const Findings found = examine(request, policies);
  const Truth same = same_account(request);
  decision.allowed = allowed(request, policies, found, same);
  if (decision.allowed.unknown())
    decision.open = found.open;
  decision.determining = all_denies(found);
  if (!decision.determining.empty()) {
    decision.outcome = Outcome::kExplicitlyDenied;
    decision.stopped_by = decision.determining.front().layer;
    decision.reason = explain_denial(request, policies, decision.determining.front());
  } else if (Verdict verdict = compose(request, policies, found, same.surely());
             verdict.stopped_by.has_value()) {
    decision.outcome = Outcome::kImplicitlyDenied;
    decision.determining = all_allows(found);
    decision.stopped_by = verdict.stopped_by;
    decision.reason = explain_missing_allow(request, policies, found, *verdict.stopped_by);
  } else {
    decision.outcome = Outcome::kAllowed;
    decision.determining = carrying_statements(found, verdict);
    decision.reason = explain_grant(request, policies, found, verdict.carried_by.front(), verdict.way);
  }
  decision.not_understood = doubts(found, decision.outcome);
  decision.policies_understood = found.policies_understood || decision.outcome == Outcome::kExplicitlyDenied;
  return decision;
}

}  // namespace grantproof::access
