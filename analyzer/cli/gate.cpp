// SPDX-License-Identifier: Apache-2.0
#include "cli/gate.h"

#include <algorithm>

#include "cli/commands.h"
#include "reports/summary.h"

namespace grantproof::cli {

int gate_exit_code(std::span<const checks::Finding> findings, std::span<const checks::ClaimResult> claims,
                   const FailOn& fail_on, bool allow_undecided) {
  if (!fail_on.lowest)
    return kNothingFound;
  const bool found = std::any_of(findings.begin(), findings.end(), [&](const checks::Finding& finding) {
    if (finding.suppressed)
      return false;
    if (finding.rule == reports::kUndecidedRule)
      return !allow_undecided;
    return finding.severity <= *fail_on.lowest;
  });
  const bool unanswered = std::any_of(claims.begin(), claims.end(), [](const checks::ClaimResult& claim) {
    return claim.verdict == checks::VerdictKind::kUndecided;
  });
  return found || (unanswered && !allow_undecided) ? kFound : kNothingFound;
}

}  // namespace grantproof::cli
