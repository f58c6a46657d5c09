// SPDX-License-Identifier: Apache-2.0
//
// One policy under questions: its SymbolicRequest, its statements as formulas, and the callers and resources
// that a policy of its type speaks of. Every question about the policy is asked here, so that the formulas
// are made once, and every witness is replayed on the policy before it is handed out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/truth.h"
#include "checks/finding.h"
#include "checks/subject.h"
#include "logic/symbolic_request.h"
#include "patterns/region.h"
#include "prover/prover.h"

namespace grantproof::checks {

// What one thread asks with.
struct Workbench {
  explicit Workbench(const World& world);
  patterns::PatternStore patterns;
  prover::Prover prover;
};

struct Answer {
  VerdictKind verdict = VerdictKind::kUndecided;
  std::string reason;                      // kUndecided
  std::optional<access::Request> witness;  // kRefuted
};

using Replay = std::function<access::Truth(const access::Request&)>;

Answer ask(Workbench& bench, logic::SymbolicRequest& request, const World& world, std::string name,
           logic::Formula violation, Replay replay);

// Who can be the caller of a request on which a policy of this type has a say, and on what: identity policies
// belong to users and roles, a trust policy to one role. Formula and concrete twin.
class Setting {
 public:
  explicit Setting(const Subject& subject);
  logic::Formula encode(logic::SymbolicRequest& request) const;
  access::Truth holds(const access::Request& request) const;

 private:
  policy::PolicyType type_;
  std::string attached_to_;
};

// The same question of role sessions first: of all callers that show a point, people know roles best.
// `ask_about` is given a formula that limits the caller.
Answer ask_of_roles_first(logic::SymbolicRequest& request,
                          const std::function<Answer(logic::Formula)>& ask_about);

class PolicyQuestions {
 public:
  PolicyQuestions(Workbench& bench, const Subject& subject, const World& world);

  const Subject& subject() const { return *subject_; }
  const policy::Policy& policy() const { return *subject_->policy; }
  const World& world() const { return *world_; }
  logic::SymbolicRequest& request() { return request_; }

  logic::Formula setting();
  logic::Formula statement(std::size_t index);  // it applies
  logic::Formula denied();                      // some Deny applies
  logic::Formula some_allow();                  // some Allow applies, denied or not
  logic::Formula allowed();                     // the document allows
  logic::Formula encode(const policy::Statement& changed);

  // `violation` holds for no request in the setting? The replay need not look at the setting.
  Answer ask(std::string name, logic::Formula violation, Replay replay);
  // Does the policy with only these statements allow the request, and the whole policy too?
  Answer ask_reduced(std::string name, const policy::Statement& allow, logic::Formula region,
                     const Replay& region_holds);

 private:
  Workbench* bench_;
  const Subject* subject_;
  const World* world_;
  Setting setting_;
  logic::SymbolicRequest request_;
  std::vector<std::optional<logic::Formula>> statements_;
  std::optional<logic::Formula> setting_formula_, denied_, some_allow_;
};

// The policy with this Allow as the only one, and every Deny.
policy::Policy with_only(const policy::Policy& policy, const policy::Statement& allow);

}  // namespace grantproof::checks
