// SPDX-License-Identifier: Apache-2.0
//
// What every policy layer says about one request, before authorizer.cpp puts it together: which Allow
// statements apply and in which way, which Deny statements, and which statements nobody understood.
#pragma once

#include <cstddef>
#include <vector>

#include "access/authorizer.h"
#include "access/principal_match.h"

namespace grantproof::access {

// Which layers have a say for this caller, and what holds without a policy.
// Source: IAM User Guide, "Policy evaluation logic"; AWS Organizations User Guide, "SCPs" and "RCPs".
struct Reach {
  bool identity =
      true;  // identity, boundary and session policies: not for services, federated and unsigned callers
  bool service_control = true;   // nor SCPs, which service-linked roles escape as well
  bool resource_control = true;  // see rcp_applies
  bool inherent = false;         // the root user has all identity permissions without a policy
};
Reach reach_of(const Request& request);

// RCPs reach actions with a resource type in the services that support them; not service-linked roles and
// their assumption, nor kms:RetireGrant.
bool rcp_applies(const Request& request);

// Does the resource belong to the caller's account? Without an owner in the request the ARN's account
// decides; where the ARN has none either (or is "*"), the resource is the caller's own. What AWS owns ("aws":
// managed policies) has no policy of its own and asks no other account.
Truth same_account(const Request& request);

// Is a role trust policy or a key policy in charge, so that the account's identity policies alone allow
// nothing?
bool needs_resource_policy(const Request& request, const PolicySet& policies);
// The type of the resource policy that this request asks about: kTrust for sts actions on a role, kKey for
// kms actions on a key, otherwise kResource.
policy::PolicyType resource_policy_type(const Request& request);

struct Allow {
  StatementRef ref;
  PrincipalMatch principal = PrincipalMatch::kNone;
};

struct NotUnderstood {
  StatementRef ref;
  bool may_deny = true;
};

struct LayerFindings {
  bool present = false;  // some policy of this layer has a say
  std::vector<Allow> allows;
  std::vector<StatementRef> denies;
  // Of which unknown parts decide whether they apply, or in which way.
  std::vector<Allow> open_allows;
  std::vector<StatementRef> open_denies;
  std::vector<std::size_t> levels_without_allow;       // of service_control
  std::vector<std::size_t> levels_without_open_allow;  // of these, those that have no open one either

  bool allow() const { return !allows.empty(); }
  bool allows_at_least(PrincipalMatch way) const;
  // Absent layers stand in nobody's way.
  bool passes() const { return !present || allow(); }
};

struct Findings {
  LayerFindings identity;
  LayerFindings resource;
  LayerFindings boundary;
  LayerFindings session;
  LayerFindings service_control;
  LayerFindings resource_control;
  LayerFindings vpc_endpoint;
  std::vector<NotUnderstood> not_understood;
  bool policies_understood = true;
  std::vector<StatementRef> open;  // statements of which unknown parts decide
  Truth depends_on = true;         // why the first of them is open

  // In the order in which AWS looks at them.
  std::vector<const LayerFindings*> layers() const;
};

Findings examine(const Request& request, const PolicySet& policies);

// What unknown parts make of it in the best and in the worst case for the caller.
Findings at_best(Findings findings);
Findings at_worst(Findings findings);

}  // namespace grantproof::access
