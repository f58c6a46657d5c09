// SPDX-License-Identifier: Apache-2.0
//
// A claim asked of one policy: does it apply, what would violate it, and which part of a statement is to
// blame.
#pragma once

#include <string>

#include "checks/blame.h"
#include "checks/claim.h"
#include "checks/claim_region.h"

namespace grantproof::checks {

// Is the policy one of the kinds that the claim names? A kind of resource ("event-bus") is known by what the
// policy is attached to or, where nobody said, by the actions and resources that its statements speak of.
bool applies_to(const Claim& claim, const Subject& subject);
bool is_of_kind(std::string_view kind, const Subject& subject);
// Is at least one of the facts known that the claim needs?
bool facts_suffice(const Claim& claim, const logic::Facts& facts);

class ClaimQuestion {
 public:
  ClaimQuestion(const Claim& claim, const Subject& subject, const logic::Facts& facts);

  // Requests that the policy must not allow.
  logic::Formula forbidden(logic::SymbolicRequest& request) const;
  access::Truth is_forbidden(const access::Request& request) const;

  // Asked of the policy as a whole.
  Answer ask(PolicyQuestions& questions) const;
  // Where findings point: the part of a statement that the claim is about.
  Part part() const;
  const std::vector<policy::Condition>& conditions() const { return region_of_claim_->conditions; }
  const std::vector<std::string>& unknown_facts() const { return region_.unknown_facts(); }
  const Claim& claim() const { return *claim_; }

 private:
  const Claim* claim_;
  const ClaimRegion* region_of_claim_;
  BoundRegion region_;
  bool only_allowed_;
  bool has_principal_;
};

}  // namespace grantproof::checks
