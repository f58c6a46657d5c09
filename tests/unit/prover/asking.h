// SPDX-License-Identifier: Apache-2.0
//
// Questions to the prover as tests ask them: policies from JSON text, a formula over their requests, and the
// same said concretely for the replay. An Asker keeps the pattern store and the prover of many questions.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "access/authorizer.h"
#include "access/document.h"
#include "aws/reference.h"
#include "logic/encode_authorization.h"
#include "logic/encode_statement.h"
#include "logic/interpret.h"
#include "logic/request_space.h"
#include "patterns/region.h"
#include "prover/prover.h"
#include "support/test_policy.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {

// What is asked of a request, said twice.
struct Asked {
  std::function<logic::Formula(logic::SymbolicRequest&)> formula;
  std::function<bool(const access::Request&)> concrete;
};

// Some statement of the document allows it and none denies it. Policies are borrowed.
inline Asked allowed_by(const policy::Policy& policy) {
  return {[&policy](logic::SymbolicRequest& request) { return logic::encode_document(request, policy); },
          [&policy](const access::Request& request) {
            return access::decide_document(request, policy).allowed.surely();
          }};
}

// All layers together allow it.
inline Asked allowed_by(const access::PolicySet& policies) {
  return {
      [&policies](logic::SymbolicRequest& request) { return logic::encode_authorization(request, policies); },
      [&policies](const access::Request& request) {
        return access::decide(request, policies).outcome == access::Outcome::kAllowed;
      }};
}

inline Asked both(Asked a, Asked b) {
  return {[a, b](logic::SymbolicRequest& request) {
            const logic::Formula first = a.formula(request);
            return request.formulas().both(first, b.formula(request));
          },
          [a, b](const access::Request& request) { return a.concrete(request) && b.concrete(request); }};
}

inline Asked not_(Asked a) {
  return {[a](logic::SymbolicRequest& request) { return request.formulas().not_(a.formula(request)); },
          [a](const access::Request& request) { return !a.concrete(request); }};
}

// kDisagrees: a witness that the evaluator does not confirm, which the prover throws as an InternalError.
enum class Answer { kProved, kRefuted, kUndecided, kDisagrees };

struct Answered {
  Answer answer = Answer::kUndecided;
  std::optional<access::Request> witness;  // kRefuted, kDisagrees
  std::string reason;                      // kUndecided, kDisagrees
  // kRefuted: the witness is a request as logic/request_space.h describes them, and makes the formula true.
  bool witness_in_space = false;
  bool witness_in_formula = false;
  bool has_unknown = false;  // a part of the policies that the model leaves open
};

inline bool has_unknown_atom(const logic::SymbolicRequest& request) {
  for (logic::AtomId atom = 0; atom < request.atom_count(); ++atom) {
    if (request.atom(atom).kind == logic::Atom::Kind::kUnknown)
      return true;
  }
  return false;
}

inline std::string shown(const access::Request& request) {
  return syntax::write_json(access::write_request(request), 1);
}

class Asker {
 public:
  Asker()
      : patterns_(std::make_unique<patterns::PatternStore>()),
        prover_(*patterns_, aws::Reference::embedded()) {}

  patterns::PatternStore& patterns() { return *patterns_; }
  prover::Prover& prover() { return prover_; }

  // Is there a request of which this holds?
  Answered ask(const Asked& asked, const logic::Facts& facts = {}) {
    logic::SymbolicRequest request(*patterns_, aws::Reference::embedded());
    return ask(request, asked.formula(request), asked.concrete, facts);
  }

  Answered ask(logic::SymbolicRequest& request, logic::Formula violation,
               std::function<bool(const access::Request&)> replay, const logic::Facts& facts = {}) {
    prover::Question question;
    question.name = "test";
    question.violation = violation;
    question.facts = facts;
    std::optional<access::Request> replayed;
    question.replay = [&](const access::Request& witness) {
      replayed = witness;
      return replay(witness);
    };
    Answered answered;
    prover::Verdict verdict;
    try {
      verdict = prover_.decide(request, question);
    } catch (const prover::InternalError& error) {
      answered.answer = Answer::kDisagrees;
      answered.witness = replayed;
      answered.reason = error.what();
      return answered;
    }
    answered.has_unknown = has_unknown_atom(request);
    if (std::holds_alternative<prover::Proved>(verdict)) {
      answered.answer = Answer::kProved;
    } else if (const auto* undecided = std::get_if<prover::Undecided>(&verdict)) {
      answered.reason = undecided->reason;
    } else {
      answered.answer = Answer::kRefuted;
      answered.witness = std::get<prover::Refuted>(verdict).witness;
      answered.witness_in_space =
          logic::holds(request, logic::request_space(request, facts), *answered.witness);
      answered.witness_in_formula = logic::holds(request, violation, *answered.witness);
    }
    return answered;
  }

  // Does the policy allow anything?
  Answered allows_anything(std::string_view json, policy::PolicyType type = policy::PolicyType::kIdentity) {
    const TestPolicy read = read_policy_text(json, type);
    return ask(allowed_by(read.policy));
  }

 private:
  std::unique_ptr<patterns::PatternStore> patterns_;
  prover::Prover prover_;
};

inline std::ostream& operator<<(std::ostream& out, Answer answer) {
  constexpr std::string_view kNames[] = {"proved", "refuted", "undecided", "not replayed"};
  return out << kNames[static_cast<std::size_t>(answer)];
}

// An identity policy that allows `action` on `resource` where the conditions hold.
inline std::string allow_where(std::string_view conditions, std::string_view action = "s3:GetObject",
                               std::string_view resource = "*") {
  return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + std::string(action) +
         R"(","Resource":")" + std::string(resource) + R"(","Condition":)" + std::string(conditions) + "}}";
}

// Asks and checks what must hold of every answer: a witness is a request that can be, and the formula holds
// of it.
inline Answered checked(const Answered& answered, std::string_view what) {
  if (answered.answer == Answer::kRefuted) {
    EXPECT_TRUE(answered.witness_in_space) << what << "\n" << shown(*answered.witness);
    EXPECT_TRUE(answered.witness_in_formula || answered.has_unknown) << what << "\n"
                                                                     << shown(*answered.witness);
  }
  return answered;
}

// "refuted" alone says little: with the witness.
inline std::string told(const Answered& answered) {
  return answered.reason + (answered.witness ? shown(*answered.witness) : std::string());
}

// Is there a request that an identity policy with these conditions allows?
struct ConditionCase {
  std::string_view conditions;
  Answer expected;
  std::string_view action = "s3:GetObject";
  std::string_view resource = "*";
};

template <std::size_t kSize>
void check_conditions(const ConditionCase (&cases)[kSize]) {
  Asker asker;
  for (const ConditionCase& each : cases) {
    const std::string json = allow_where(each.conditions, each.action, each.resource);
    const TestPolicy read = read_policy_text(json, policy::PolicyType::kIdentity);
    ASSERT_TRUE(read.policy.statements.front().understood) << json;
    const Answered answered = checked(asker.ask(allowed_by(read.policy)), json);
    EXPECT_EQ(answered.answer, each.expected) << json << "\n" << told(answered);
  }
}

}  // namespace grantproof::tests
