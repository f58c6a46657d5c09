// SPDX-License-Identifier: Apache-2.0
#include "checks/policy_questions.h"

#include <utility>

#include "access/document.h"
#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/unknown_text.h"
#include "logic/encode_statement.h"
#include "logic/encode_unknown.h"
#include "logic/formats.h"

namespace grantproof::checks {
namespace {

using access::CallerKind;
using access::Truth;
using logic::Formula;
using logic::SymbolicRequest;
using policy::Effect;
using policy::PolicyType;
using Kind = SymbolicRequest::Kind;

struct KindRow {
  CallerKind caller;
  Kind kind;
};
constexpr KindRow kIdentityCallers[] = {
    {CallerKind::kUser, Kind::kUser},
    {CallerKind::kAssumedRole, Kind::kRoleSession},
    {CallerKind::kRole, Kind::kRoleSession},
    {CallerKind::kFederatedUser, Kind::kFederatedUser},
};

// Of whom does a policy speak? Identity policies, boundaries and session policies belong to users and roles,
// and to the federated sessions of users; SCPs to everyone of an account. Source: IAM User Guide, "Policies
// and permissions".
enum class Callers { kOfIdentity, kOfAccount, kAny };
Callers callers_of(PolicyType type) {
  switch (type) {
    case PolicyType::kIdentity:
    case PolicyType::kPermissionsBoundary:
    case PolicyType::kSession:
      return Callers::kOfIdentity;
    case PolicyType::kServiceControl:
      return Callers::kOfAccount;
    case PolicyType::kResource:
    case PolicyType::kTrust:
    case PolicyType::kKey:
    case PolicyType::kResourceControl:
    case PolicyType::kVpcEndpoint:
      break;
  }
  return Callers::kAny;
}

// The role of a session by the name in its ARN, as far as the ARN tells.
Truth is_caller(const access::Caller& caller, std::string_view arn_text) {
  const auto arn = aws::parse_arn(arn_text);
  const auto id = aws::parse_arn(caller.id);
  if (!arn || !id)
    return false;
  Truth same = access::same_text(arn->account, id->account);
  constexpr std::string_view kSession = "assumed-role/";
  if (caller.kind == CallerKind::kAssumedRole && arn->resource.starts_with("role/")) {
    if (!id->resource.starts_with(kSession))
      return false;
    const std::string_view role = id->resource.substr(kSession.size());
    same = same && access::same_text(arn->resource.substr(arn->resource.rfind('/') + 1),
                                     role.substr(0, role.find('/')));
    // The texts that were compared are views of these two.
    return same.unknown() ? Truth::depends_on(base::has_unknown(arn_text) ? arn_text : caller.id) : same;
  }
  return same && access::same_text(caller.id, arn_text);
}

// The principal or resource is the thing of this ARN, and so it is in the set of that text as a pattern.
Formula is_thing(SymbolicRequest& request, logic::AttributeId attribute, const std::string& arn) {
  if (!base::has_unknown(arn))
    return request.in(attribute, request.exact(arn));
  logic::OpenText pattern;
  pattern.text = policy::parse_resource_variables(arn, policy::Version::k2012);
  return request.formulas().both(
      logic::equals(request, attribute, arn),
      attribute == request.resource() ? logic::in_unknown(request, attribute, pattern) : Formula::kTrue);
}

bool is_account(std::string_view text) {
  return aws::is_account_id(text) || base::has_unknown(text);
}

bool is_identity_arn(std::string_view text) {
  const auto arn = aws::parse_arn(text);
  return arn && arn->service == "iam" &&
         (arn->resource.starts_with("role/") || arn->resource.starts_with("user/"));
}

}  // namespace

Workbench::Workbench(const World& world) : prover(patterns, *world.reference) {
  prover.set_budget(world.budget);
}

Answer ask(Workbench& bench, SymbolicRequest& request, const World& world, std::string name,
           Formula violation, Replay replay) {
  prover::Question question;
  question.name = std::move(name);
  question.violation = violation;
  question.facts = world.facts;
  question.replay = std::move(replay);
  prover::Verdict verdict = bench.prover.decide(request, question);
  Answer answer;
  if (auto* refuted = std::get_if<prover::Refuted>(&verdict)) {
    answer.verdict = VerdictKind::kRefuted;
    answer.witness = std::move(refuted->witness);
  } else if (auto* undecided = std::get_if<prover::Undecided>(&verdict)) {
    answer.reason = std::move(undecided->reason);
  } else {
    answer.verdict = VerdictKind::kProved;
  }
  return answer;
}

Answer ask_of_roles_first(SymbolicRequest& request, const std::function<Answer(Formula)>& ask_about) {
  Answer answer = ask_about(request.is(Kind::kRoleSession));
  return answer.verdict == VerdictKind::kRefuted ? answer : ask_about(Formula::kTrue);
}

Setting::Setting(const Subject& subject) : type_(subject.policy->type), attached_to_(subject.attached_to) {}

Formula Setting::encode(SymbolicRequest& request) const {
  logic::FormulaStore& formulas = request.formulas();
  switch (callers_of(type_)) {
    case Callers::kOfIdentity: {
      if (is_identity_arn(attached_to_))
        return is_thing(request, request.principal(), attached_to_);
      std::vector<Formula> any;
      for (const KindRow& row : kIdentityCallers)
        any.push_back(request.is(row.kind));
      return formulas.any_of(any);
    }
    case Callers::kOfAccount:
      return request.account_principal();
    case Callers::kAny:
      break;
  }
  if (attached_to_.empty())
    return Formula::kTrue;
  if (type_ == PolicyType::kTrust || type_ == PolicyType::kKey)
    return is_thing(request, request.resource(), attached_to_);
  const auto arn = aws::parse_arn(attached_to_);
  if (type_ == PolicyType::kResource && arn && is_account(arn->account))
    return logic::equals(request, request.owner(), arn->account);
  return Formula::kTrue;
}

Truth Setting::holds(const access::Request& request) const {
  switch (callers_of(type_)) {
    case Callers::kOfIdentity: {
      if (is_identity_arn(attached_to_))
        return is_caller(request.principal, attached_to_);
      for (const KindRow& row : kIdentityCallers) {
        if (row.caller == request.principal.kind)
          return true;
      }
      return false;
    }
    case Callers::kOfAccount:
      return !request.principal.account.empty();
    case Callers::kAny:
      break;
  }
  if (attached_to_.empty())
    return true;
  if (type_ == PolicyType::kTrust || type_ == PolicyType::kKey)
    return access::same_text(attached_to_, request.resource.arn);
  const auto arn = aws::parse_arn(attached_to_);
  // "*" is nobody's; in a request it goes by the caller's account.
  if (type_ != PolicyType::kResource || !arn || !is_account(arn->account) || request.resource.arn == "*")
    return true;
  const Truth same = access::same_text(arn->account, request.resource.account);
  return same.unknown() ? Truth::depends_on(attached_to_) : same;
}

PolicyQuestions::PolicyQuestions(Workbench& bench, const Subject& subject, const World& world)
    : bench_(&bench),
      subject_(&subject),
      world_(&world),
      setting_(subject),
      request_(bench.patterns, *world.reference),
      statements_(subject.policy->statements.size()) {
  if (aws::parse_arn(subject.attached_to))
    request_.take_for_name(subject.attached_to);
  for (const std::string& name : world.names)
    request_.take_for_name(name);
}

Formula PolicyQuestions::setting() {
  if (!setting_formula_)
    setting_formula_ = setting_.encode(request_);
  return *setting_formula_;
}

Formula PolicyQuestions::encode(const policy::Statement& changed) {
  return logic::encode_statement(request_, changed, policy());
}

Formula PolicyQuestions::statement(std::size_t index) {
  if (!statements_[index])
    statements_[index] = encode(policy().statements[index]);
  return *statements_[index];
}

Formula PolicyQuestions::denied() {
  if (!denied_) {
    std::vector<Formula> any;
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      if (policy().statements[i].effect == Effect::kDeny)
        any.push_back(statement(i));
    }
    denied_ = request_.formulas().any_of(any);
  }
  return *denied_;
}

Formula PolicyQuestions::some_allow() {
  if (!some_allow_) {
    std::vector<Formula> any;
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      if (policy().statements[i].effect == Effect::kAllow)
        any.push_back(statement(i));
    }
    // What stands outside of any statement could allow as well.
    if (!policy().understood)
      any.push_back(request_.unknown("the document was not understood as a whole"));
    some_allow_ = request_.formulas().any_of(any);
  }
  return *some_allow_;
}

Formula PolicyQuestions::allowed() {
  return request_.formulas().both(some_allow(), request_.formulas().not_(denied()));
}

Answer PolicyQuestions::ask(std::string name, Formula violation, Replay replay) {
  const Formula in_setting = request_.formulas().both(setting(), violation);
  return checks::ask(*bench_, request_, *world_, std::move(name), in_setting,
                     [&, replay = std::move(replay)](const access::Request& witness) {
                       return setting_.holds(witness) && replay(witness);
                     });
}

Answer PolicyQuestions::ask_reduced(std::string name, const policy::Statement& allow, Formula region,
                                    const Replay& region_holds) {
  logic::FormulaStore& formulas = request_.formulas();
  const policy::Policy reduced = with_only(policy(), allow);
  return ask(std::move(name), formulas.all_of({encode(allow), formulas.not_(denied()), region}),
             [&](const access::Request& witness) {
               return access::decide_document(witness, reduced).allowed && region_holds(witness);
             });
}

policy::Policy with_only(const policy::Policy& policy, const policy::Statement& allow) {
  policy::Policy reduced;
  reduced.type = policy.type;
  reduced.version = policy.version;
  reduced.understood = policy.understood;
  for (const policy::Statement& statement : policy.statements) {
    if (statement.effect == Effect::kDeny)
      reduced.statements.push_back(statement);
  }
  reduced.statements.push_back(allow);
  return reduced;
}

}  // namespace grantproof::checks
