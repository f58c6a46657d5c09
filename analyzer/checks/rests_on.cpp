// SPDX-License-Identifier: Apache-2.0
#include "checks/rests_on.h"

#include <algorithm>

#include "access/document.h"
#include "access/statement_evaluator.h"
#include "checks/words.h"

namespace grantproof::checks {
namespace {

using logic::Formula;
using policy::Effect;
using policy::Statement;

Statement without_limits(const Statement& statement) {
  Statement open = statement;
  open.conditions.clear();
  if (open.principal) {
    open.principal->negated = false;
    open.principal->principals = {{policy::PrincipalType::kEveryone, "*", open.principal->span}};
  }
  return open;
}

bool matters(PolicyQuestions& questions, const ClaimQuestion& claim, const policy::Policy& changed,
             Formula allowed) {
  logic::SymbolicRequest& request = questions.request();
  return questions
             .ask("rests on", request.formulas().both(allowed, claim.forbidden(request)),
                  [&](const access::Request& witness) {
                    return access::decide_document(witness, changed).allowed && claim.is_forbidden(witness);
                  })
             .verdict != VerdictKind::kProved;
}

}  // namespace

std::vector<base::Label> find_rests_on(PolicyQuestions& questions, const ClaimQuestion& claim) {
  const policy::Policy& policy = questions.policy();
  logic::FormulaStore& formulas = questions.request().formulas();
  std::vector<base::Label> labels;
  for (std::size_t index = 0; index < policy.statements.size(); ++index) {
    const Statement& statement = policy.statements[index];
    policy::Policy changed = policy;
    Formula allowed = Formula::kFalse;
    if (statement.effect == Effect::kDeny) {
      changed.statements.erase(changed.statements.begin() + static_cast<std::ptrdiff_t>(index));
      std::vector<Formula> denies;
      for (std::size_t other = 0; other < policy.statements.size(); ++other) {
        if (other != index && policy.statements[other].effect == Effect::kDeny)
          denies.push_back(questions.statement(other));
      }
      allowed = formulas.both(questions.some_allow(), formulas.not_(formulas.any_of(denies)));
    } else {
      changed.statements[index] = without_limits(statement);
      allowed = formulas.both(questions.encode(changed.statements[index]), formulas.not_(questions.denied()));
    }
    if (matters(questions, claim, changed, allowed))
      labels.push_back(statement_label(policy, index));
  }
  return labels;
}

}  // namespace grantproof::checks
