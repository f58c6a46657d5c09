// SPDX-License-Identifier: Apache-2.0
//
// Which of the policies at hand have a say in a question of `can`, and how they come together: one Lineup for
// each holder of identity policies and each policy that may be the resource's.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/authorizer.h"
#include "checks/caller_choice.h"
#include "checks/claim_region.h"
#include "checks/subject.h"
#include "checks/who_can.h"

namespace grantproof::checks {

// What is taken for granted of the identity policies of a caller of whom none is at hand.
enum class Assumed {
  kNothing,
  kOtherAccounts,  // callers of other accounts than the resource's are allowed by their own
  kDelegated,      // so are callers of the resource's account whom the resource policy names, by account or
                   // directly
};

struct Lineup {
  access::PolicySet policies;            // borrowed from the subjects and from the store
  std::vector<const Subject*> identity;  // subjects of policies.identity, in order; empty where it is assumed
  const Subject* resource = nullptr;     // of policies.resource
  std::string holder;                    // ARN that the identity policies are attached to
  std::vector<std::string> not_holders;  // callers of whom identity policies are at hand
  Assumed assumed = Assumed::kNothing;
  // ARNs with unknown parts that may be that of the resource: in this lineup they are, or are not.
  std::vector<std::string> is_resource, is_not_resource;
};

class CanPolicies {
 public:
  CanPolicies(std::span<const Subject> subjects, const CanQuestion& question, const CallerChoice* by);

  const std::vector<Lineup>& lineups() const { return lineups_; }
  const std::vector<std::string>& assumptions() const { return assumptions_; }

 private:
  enum class Concern { kNone, kPerhaps, kSurely };
  Concern concerns_resource(const Subject& subject) const;
  void add_lineups(const access::PolicySet& common);
  // What stands over this principal: its boundary, and the policies of its organisation.
  void add_limits_of(const std::string& holder, access::PolicySet& policies) const;
  std::vector<access::OrganizationLevel> levels_of(std::string_view account, policy::PolicyType type) const;

  std::span<const Subject> subjects_;
  const CanQuestion& question_;
  const CallerChoice* by_;
  std::vector<Lineup> lineups_;
  std::vector<std::string> assumptions_;
  std::map<std::string, std::vector<const policy::Policy*>> boundaries_;  // by holder
  std::vector<const Subject*> of_organization_;                           // with their accounts
  std::unique_ptr<policy::Policy> everything_;  // Allow * on *: stands for policies that are not at hand
};

// A caller and a request for this lineup: the holder, and the accounts that its assumption speaks of.
logic::Formula encode_lineup(logic::SymbolicRequest& request, const Lineup& lineup);
access::Truth lineup_holds(const Lineup& lineup, const access::Request& request);

}  // namespace grantproof::checks
