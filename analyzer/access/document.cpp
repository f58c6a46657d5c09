// SPDX-License-Identifier: Apache-2.0
#include "access/document.h"

#include "access/statement_evaluator.h"

namespace grantproof::access {

DocumentDecision decide_document(const Request& request, const policy::Policy& policy) {
  const RequestView view(request, false);
  DocumentDecision decision;
  decision.reliable = policy.understood;
  const Truth not_understood = Truth::depends_on(kNotUnderstood);
  if (!policy.understood)
    decision.allow = not_understood;
  for (std::uint32_t i = 0; i < policy.statements.size(); ++i) {
    const policy::Statement& statement = policy.statements[i];
    Truth& some = statement.effect == policy::Effect::kAllow ? decision.allow : decision.deny;
    if (!statement.understood) {
      if (might_apply(statement, policy, view)) {
        decision.reliable = false;
        some = some || not_understood;
      }
      continue;
    }
    const StatementResult result = evaluate_statement(statement, policy, view);
    decision.reliable &= !result.unknown;
    const Truth applies = result.unknown ? not_understood : result.applies();
    some = some || applies;
    if (applies.surely())
      (statement.effect == policy::Effect::kAllow ? decision.allows : decision.denies).push_back(i);
  }
  decision.allowed = decision.allow && !decision.deny;
  return decision;
}

}  // namespace grantproof::access
