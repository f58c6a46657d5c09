// SPDX-License-Identifier: Apache-2.0
//
// Every rule over every policy: claims become questions for the prover, answers become findings with a
// witness that was replayed. Diagnostics of the readers become findings of the rule they name.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "checks/finding.h"
#include "checks/rule.h"
#include "checks/subject.h"

namespace grantproof::checks {

struct CheckSelection {
  std::vector<std::string> select;  // rule id prefixes; empty: all
  std::vector<std::string> ignore;
  bool rests_on = false;  // find the statements that each proof rests on
};

struct CheckResult {
  std::vector<Finding> findings;    // sorted by file, line, column, rule
  std::vector<ClaimResult> claims;  // sorted by subject and claim
  std::vector<std::string> assumptions;
};

// Deterministic whatever `world.jobs` is. Throws prover::InternalError.
CheckResult check_policies(std::span<const Subject> subjects, const base::DiagnosticSink& diagnostics,
                           const World& world, const CheckSelection& selection);

}  // namespace grantproof::checks
