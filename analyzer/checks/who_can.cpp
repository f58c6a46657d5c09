// SPDX-License-Identifier: Apache-2.0
#include "checks/who_can.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "access/document.h"
#include "access/layers.h"
#include "aws/arn.h"
#include "checks/can_policies.h"
#include "checks/policy_questions.h"
#include "checks/shown_witness.h"
#include "checks/words.h"
#include "logic/encode_authorization.h"
#include "logic/encode_statement.h"
#include "logic/request_space.h"
#include "prover/smt2_writer.h"

namespace grantproof::checks {
namespace {

using access::Truth;
using logic::Formula;
using policy::Effect;
using policy::Policy;
using policy::Statement;

ClaimRegion region_of(const CanQuestion& question) {
  ClaimRegion region;
  region.action = {{question.action, {}}};
  region.resource = {{question.resource, {}}};
  if (question.outside)
    region.principal.outside = {*question.outside};
  return region;
}

// The policy with no Allow.
Policy only_denies(const Policy& policy) {
  Policy reduced = policy;
  std::erase_if(reduced.statements,
                [](const Statement& statement) { return statement.effect == Effect::kAllow; });
  return reduced;
}

class CanSearch {
 public:
  CanSearch(std::span<const Subject> subjects, const CanQuestion& question, const CallerChoice* by,
            const World& world)
      : question_(question),
        by_(by),
        world_(world),
        policies_(subjects, question, by),
        bench_(world),
        request_(bench_.patterns, *world.reference),
        region_of_claim_(region_of(question)),
        region_(region_of_claim_, nobody_, world.facts) {
    for (const Subject& subject : subjects) {
      if (aws::parse_arn(subject.attached_to))
        request_.take_for_name(subject.attached_to);
    }
    for (const std::string& name : world.names)
      request_.take_for_name(name);
  }

  CanAnswer find() {
    CanAnswer answer;
    answer.verdict = VerdictKind::kProved;
    for (const Lineup& lineup : policies_.lineups()) {
      const Answer whole = ask(lineup, lineup.policies);
      if (whole.verdict == VerdictKind::kUndecided && answer.reason.empty())
        answer.reason = whole.reason;
      if (whole.verdict == VerdictKind::kProved)
        continue;
      const std::size_t before = answer.ways.size();
      find_ways(lineup, answer);
      // By right, as a root user: no statement says so.
      if (whole.verdict == VerdictKind::kRefuted && answer.ways.size() == before && told_.empty())
        answer.ways.push_back(way_by_right(*whole.witness));
    }
    answer.assumptions = policies_.assumptions();
    if (!answer.ways.empty()) {
      answer.verdict = VerdictKind::kRefuted;
      answer.reason.clear();
      if (foreign_used_)
        answer.assumptions.emplace_back("a caller of another account is allowed by its own policies");
      if (delegated_used_)
        answer.assumptions.emplace_back("a caller of the resource's account is allowed by its own policies");
    } else if (!answer.reason.empty()) {
      answer.verdict = VerdictKind::kUndecided;
    } else {
      answer.reason = why_not();
      if (by_ == nullptr)
        answer.assumptions.emplace_back(
            "the root user of the resource's own account is left out: nobody limits it");
    }
    return answer;
  }

  std::string smt2() {
    std::string text;
    std::size_t number = 0;
    for (const Lineup& lineup : policies_.lineups()) {
      const Formula question = encode(lineup, lineup.policies);
      const Formula space = logic::request_space(request_, world_.facts);
      text +=
          prover::write_smt2(request_, request_.formulas().both(question, space),
                             fmt::format("can {} {} ({})", question_.action, question_.resource, ++number));
    }
    return text;
  }

 private:
  // Without a caller the root user of the owner is nobody of interest: it may do everything.
  Formula no_own_root() {
    const Formula root = request_.is(logic::SymbolicRequest::Kind::kRoot);
    return request_.formulas().not_(request_.formulas().both(root, encode_own_account(request_)));
  }
  static Truth is_own_root(const access::Request& request) {
    return Truth(request.principal.kind == access::CallerKind::kRoot) && access::same_account(request);
  }
  // A request of the question, as far as the policies have no say in it.
  Truth is_asked(const Lineup& lineup, const access::Request& request) const {
    return lineup_holds(lineup, request) && region_.holds(request) &&
           (by_ == nullptr ? !is_own_root(request) : by_->holds(request.principal));
  }

  Formula encode(const Lineup& lineup, const access::PolicySet& policies) {
    return request_.formulas().all_of({logic::encode_authorization(request_, policies),
                                       encode_lineup(request_, lineup), region_.encode(request_),
                                       by_ == nullptr ? no_own_root() : by_->encode(request_)});
  }

  Answer ask_readable(const Lineup& lineup, const access::PolicySet& policies) {
    return ask_of_roles_first(request_, [&](Formula callers) { return ask(lineup, policies, callers); });
  }

  Answer ask(const Lineup& lineup, const access::PolicySet& policies, Formula callers = Formula::kTrue) {
    return checks::ask(
        bench_, request_, world_, "can " + question_.action,
        request_.formulas().both(encode(lineup, policies), callers), [&](const access::Request& witness) {
          return access::is_allowed(access::decide(witness, policies)) && is_asked(lineup, witness);
        });
  }

  void find_ways(const Lineup& lineup, CanAnswer& answer) {
    if (lineup.resource != nullptr)
      find_resource_ways(lineup, answer);
    find_identity_ways(lineup, answer);
  }

  void note(const Lineup& lineup) {
    foreign_used_ |= lineup.assumed == Assumed::kOtherAccounts;
    delegated_used_ |= lineup.assumed == Assumed::kDelegated;
  }

  // Each Allow of the resource's policy by itself, with all that denies.
  void find_resource_ways(const Lineup& lineup, CanAnswer& answer) {
    const Policy& policy = *lineup.resource->policy;
    for (std::size_t i = 0; i < policy.statements.size(); ++i) {
      const Statement& statement = policy.statements[i];
      if (statement.effect != Effect::kAllow || told_.contains(&statement))
        continue;
      const Policy reduced = with_only(policy, statement);
      access::PolicySet policies = lineup.policies;
      policies.resource = &reduced;
      Lineup narrowed = lineup;
      narrowed.policies.resource = &reduced;
      // What the caller's own policies grant without the statement is their doing.
      const bool by_statement = lineup.assumed != Assumed::kNothing || lineup.policies.identity.empty();
      const Answer found =
          by_statement ? ask_readable(narrowed, policies) : ask_with(narrowed, policies, reduced);
      if (found.verdict == VerdictKind::kUndecided && answer.reason.empty())
        answer.reason = found.reason;
      if (found.verdict != VerdictKind::kRefuted)
        continue;
      told_.insert(&statement);
      note(lineup);
      answer.ways.push_back(way(*found.witness, policy, i, who_of(statement)));
    }
  }

  // And the document of the resource allows it.
  Answer ask_with(const Lineup& lineup, const access::PolicySet& policies, const Policy& document) {
    const Formula formula =
        request_.formulas().both(encode(lineup, policies), logic::encode_document(request_, document));
    return checks::ask(
        bench_, request_, world_, "can " + question_.action, formula, [&](const access::Request& witness) {
          return access::is_allowed(access::decide(witness, policies)) &&
                 access::decide_document(witness, document).allowed && is_asked(lineup, witness);
        });
  }

  // Each Allow of the caller's own policies by itself, where the resource's policy grants nothing.
  void find_identity_ways(const Lineup& lineup, CanAnswer& answer) {
    Policy denies;
    access::PolicySet policies = lineup.policies;
    if (policies.resource != nullptr) {
      denies = only_denies(*policies.resource);
      policies.resource = &denies;
    }
    for (std::size_t which = 0; which < lineup.identity.size(); ++which) {
      const Policy& policy = *lineup.identity[which]->policy;
      for (std::size_t i = 0; i < policy.statements.size(); ++i) {
        const Statement& statement = policy.statements[i];
        if (statement.effect != Effect::kAllow || told_.contains(&statement))
          continue;
        std::vector<Policy> reduced;
        reduced.reserve(lineup.identity.size());
        policies.identity.clear();
        for (std::size_t other = 0; other < lineup.identity.size(); ++other) {
          reduced.push_back(other == which ? with_only(policy, statement)
                                           : only_denies(*lineup.identity[other]->policy));
          policies.identity.push_back(&reduced.back());
        }
        const Answer found = ask_readable(lineup, policies);
        if (found.verdict == VerdictKind::kUndecided && answer.reason.empty())
          answer.reason = found.reason;
        if (found.verdict != VerdictKind::kRefuted)
          continue;
        told_.insert(&statement);
        answer.ways.push_back(way(*found.witness, policy, i, holder_of(*lineup.identity[which], statement)));
      }
    }
  }

  static std::string with_conditions(std::string who, const Statement& statement) {
    if (!statement.conditions.empty())
      who += ", when " + conditions_words(statement.conditions);
    return who;
  }

  std::string who_of(const Statement& statement) const {
    std::string who = by_ != nullptr        ? by_->text()
                      : statement.principal ? principals_words(*statement.principal)
                                            : "any principal";
    if (by_ == nullptr && question_.outside)
      who += " outside " + *question_.outside;
    return with_conditions(std::move(who), statement);
  }

  std::string holder_of(const Subject& subject, const Statement& statement) const {
    const std::string who = by_ != nullptr                 ? by_->text()
                            : !subject.attached_to.empty() ? subject.attached_to
                                                           : "whoever " + subject.path + " is attached to";
    return with_conditions(who, statement);
  }

  static CanAnswer::Way way(const access::Request& witness, const Policy& policy, std::size_t index,
                            std::string who) {
    CanAnswer::Way way;
    way.who = std::move(who);
    way.statement = statement_label(policy, index);
    way.statement_name = statement_name(policy, index);
    way.witness = shown_witness(witness, policy, index);
    return way;
  }

  static CanAnswer::Way way_by_right(const access::Request& witness) {
    CanAnswer::Way way;
    way.witness = shown_request(witness, "allowed", {}, true);
    way.who = way.witness.rows.front().second;
    return way;
  }

  // Is it denied, or was it never allowed?
  std::string why_not() {
    for (const Lineup& lineup : policies_.lineups()) {
      if (lineup.policies.resource == nullptr && lineup.identity.empty())
        continue;
      std::vector<std::unique_ptr<Policy>> store;
      const auto without_denies = [&](const Policy* policy) -> const Policy* {
        if (policy == nullptr)
          return nullptr;
        store.push_back(std::make_unique<Policy>(*policy));
        std::erase_if(store.back()->statements,
                      [](const Statement& statement) { return statement.effect == Effect::kDeny; });
        return store.back().get();
      };
      access::PolicySet policies = lineup.policies;
      policies.resource = without_denies(policies.resource);
      for (const Policy*& policy : policies.identity)
        policy = without_denies(policy);
      Lineup open = lineup;
      open.policies = policies;
      const Answer found = ask(open, policies);
      if (found.verdict != VerdictKind::kRefuted)
        continue;
      const access::Decision decision = access::decide(*found.witness, lineup.policies);
      if (decision.outcome == access::Outcome::kExplicitlyDenied && !decision.determining.empty()) {
        const access::StatementRef& ref = decision.determining.front();
        return fmt::format(
            "what is allowed is denied again by {}",
            quoted_statement_name(statement_name(*access::find_policy(lineup.policies, ref), ref.statement)));
      }
    }
    const bool any = std::ranges::any_of(policies_.lineups(), [](const Lineup& lineup) {
      return lineup.policies.resource != nullptr || !lineup.identity.empty();
    });
    return any ? "no statement allows it" : "none of the policies speaks of it";
  }

  const CanQuestion& question_;
  const CallerChoice* by_;
  const World& world_;
  CanPolicies policies_;
  Workbench bench_;
  logic::SymbolicRequest request_;
  ClaimRegion region_of_claim_;
  Policy empty_;
  Subject nobody_{&empty_, {}, {}};  // the scopes of the question are ids: no policy is asked what they are
  BoundRegion region_;
  std::set<const Statement*> told_;
  bool foreign_used_ = false;
  bool delegated_used_ = false;
};

}  // namespace

CanAnswer who_can(std::span<const Subject> subjects, const CanQuestion& question, const World& world) {
  std::optional<CallerChoice> by;
  if (question.by) {
    by = CallerChoice::read(*question.by);
    if (!by) {
      CanAnswer answer;
      answer.reason = fmt::format("\"{}\" is no caller", *question.by);
      return answer;
    }
  }
  return CanSearch(subjects, question, by ? &*by : nullptr, world).find();
}

std::string who_can_smt2(std::span<const Subject> subjects, const CanQuestion& question, const World& world) {
  std::optional<CallerChoice> by;
  if (question.by)
    by = CallerChoice::read(*question.by);
  return CanSearch(subjects, question, by ? &*by : nullptr, world).smt2();
}

}  // namespace grantproof::checks
