// SPDX-License-Identifier: Apache-2.0
//
// The region of a claim, for one policy: as a formula over a SymbolicRequest, and as a predicate on a
// concrete request. The predicate goes by way of access/, so that a witness is judged by the evaluator and
// not by the formula.
#pragma once

#include <vector>

#include "access/request.h"
#include "access/truth.h"
#include "checks/claim.h"
#include "checks/scope_names.h"
#include "logic/symbolic_request.h"

namespace grantproof::checks {

class BoundRegion {
 public:
  BoundRegion(const ClaimRegion& region, const Subject& subject, const logic::Facts& facts);

  logic::Formula encode(logic::SymbolicRequest& request) const;
  access::Truth holds(const access::Request& request) const;

  // Facts that the region speaks of and that are not known: their scopes are empty.
  const std::vector<std::string>& unknown_facts() const { return unknown_facts_; }

 private:
  const ClaimRegion* region_;
  std::optional<ResolvedScope> outside_, inside_;
  std::optional<ResolvedScope> resource_outside_, resource_inside_;
  policy::Policy parts_;  // statements that must all apply; of a type without principals
  std::vector<std::string> unknown_facts_;
};

// The caller's account owns the resource: the symbolic twin of access::same_account.
logic::Formula encode_own_account(logic::SymbolicRequest& request);

// Principals of accounts in the scope. `owner`: of the account that owns the resource of the request.
logic::Formula encode_inside(logic::SymbolicRequest& request, const ResolvedScope& scope);
access::Truth inside(const ResolvedScope& scope, const access::Request& request);

// Callers of whom one can be outside: principals of accounts, and unsigned requests where the service takes
// them.
logic::Formula encode_outsiders(logic::SymbolicRequest& request);
bool may_be_outsider(const access::Request& request);

}  // namespace grantproof::checks
