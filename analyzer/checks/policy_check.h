// SPDX-License-Identifier: Apache-2.0
//
// All chosen rules on one policy: what check_engine.cpp runs for each policy, on any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "checks/check_engine.h"
#include "checks/policy_questions.h"

namespace grantproof::checks {

// Is the rule chosen? Prefixes of ids.
bool is_selected(const CheckSelection& selection, std::string_view rule_id);

struct PolicyResult {
  std::vector<Finding> findings;
  std::vector<ClaimResult> claims;
  bool facts_missed = false;  // a claim was not asked because no fact is known
};

// `diagnostics`: of this policy, those whose rules are chosen.
PolicyResult check_policy(Workbench& bench, const Subject& subject,
                          std::span<const base::Diagnostic* const> diagnostics, const World& world,
                          const CheckSelection& selection);

}  // namespace grantproof::checks
