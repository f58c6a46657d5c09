// SPDX-License-Identifier: Apache-2.0
//
// Whether a build may go on: findings and verdicts to the exit code of `check`.
#pragma once

#include <span>

#include "checks/finding.h"
#include "cli/options.h"

namespace grantproof::cli {

// 1 where a finding that is not suppressed has at least this severity, and where a question has no answer,
// whatever its severity is: undecided is not safe.
int gate_exit_code(std::span<const checks::Finding> findings, std::span<const checks::ClaimResult> claims,
                   const FailOn& fail_on, bool allow_undecided);

}  // namespace grantproof::cli
