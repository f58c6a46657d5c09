// SPDX-License-Identifier: Apache-2.0
//
// The concrete evaluator: a Request and every policy that has a say, to a Decision with the statements that
// decided. logic/encode_authorization is its symbolic twin: the same walk, written as a formula.
//
// Source: IAM User Guide, "Policy evaluation logic" and the pages it leads to; the composition rules stand at
// authorizer.cpp, one function each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/request.h"
#include "access/truth.h"
#include "policy/policy.h"

namespace grantproof::access {

enum class Outcome { kAllowed, kImplicitlyDenied, kExplicitlyDenied };
// "Allowed", "ImplicitlyDenied", "ExplicitlyDenied"
std::string_view name(Outcome outcome);

enum class PolicyLayer {
  kIdentity,
  kResource,  // trust and key policies too
  kPermissionsBoundary,
  kSession,
  kServiceControl,
  kResourceControl,
  kVpcEndpoint,
};
std::string_view name(PolicyLayer layer);

// SCPs or RCPs of one entity: organisation root first, then each OU, the account last.
struct OrganizationLevel {
  std::string entity;  // "r-ab12", "ou-…", an account id
  std::vector<const policy::Policy*> policies;
};

// Every policy that has a say in a request. Policies are borrowed.
struct PolicySet {
  std::vector<const policy::Policy*> identity;
  const policy::Policy* resource = nullptr;  // bus, queue, bucket… policy; trust policy; key policy
  std::vector<const policy::Policy*> permissions_boundaries;  // empty: no boundary
  std::vector<const policy::Policy*> session;                 // empty: none passed
  std::vector<OrganizationLevel> service_control;             // empty: no organisation
  std::vector<OrganizationLevel> resource_control;
  std::vector<const policy::Policy*> vpc_endpoint;  // empty: the request does not pass an endpoint
};

// Which statement, in a PolicySet.
struct StatementRef {
  PolicyLayer layer = PolicyLayer::kIdentity;
  std::uint32_t level = 0;   // of service_control / resource_control
  std::uint32_t policy = 0;  // index in its layer (and level)
  std::uint32_t statement = 0;
  friend auto operator<=>(const StatementRef&, const StatementRef&) = default;
};

const policy::Policy* find_policy(const PolicySet& policies, const StatementRef& ref);
const policy::Statement& find_statement(const PolicySet& policies, const StatementRef& ref);

struct Decision {
  Outcome outcome = Outcome::kImplicitlyDenied;
  // kExplicitlyDenied: the Deny statements that apply. kAllowed: the Allow statements that carry the
  // decision. kImplicitlyDenied: the Allow statements that apply and were not enough.
  std::vector<StatementRef> determining;
  // The layer that stopped the request; absent where allowed.
  std::optional<PolicyLayer> stopped_by;
  std::string reason;  // one clause for people: "no identity policy allows events:PutEvents on …"
  // A statement that was not understood could have changed this decision: the outcome is not to be relied on.
  std::vector<StatementRef> not_understood;
  // False: a policy that has a say was not understood outside its statements (an unknown element, no
  // Statement), and that could have changed this decision.
  bool policies_understood = true;
  // Unknown where it depends on unknown parts (base/unknown_text.h): the outcome is then that of all other
  // statements.
  Truth allowed = false;
  std::vector<StatementRef> open;  // where it is: statements that these parts decide about
};

// Nobody doubts the outcome.
bool is_relied_on(const Decision& decision);
// Is it allowed, with what was not understood counted as unknown?
Truth is_allowed(const Decision& decision);

Decision decide(const Request& request, const PolicySet& policies);

}  // namespace grantproof::access
