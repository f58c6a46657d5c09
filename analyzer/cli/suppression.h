// SPDX-License-Identifier: Apache-2.0
//
// Findings that are known and accepted. A suppression hides nothing silently: it has a reason, it may have an
// end, and one that hides nothing is a finding itself (GP0010).
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "checks/finding.h"
#include "cli/machine.h"
#include "cli/settings.h"
#include "cli/source_walk.h"

namespace grantproof::cli {

// Marks what the settings suppress on that day. A finding whose suppression has ended stays, and says so.
// Returns which suppressions matched a finding, in order.
std::vector<bool> apply_suppressions(const Settings& settings, const std::string& today,
                                     const Machine& machine, const base::SourceMap& sources,
                                     std::vector<checks::Finding>& findings);

// A GP0010 for each suppression that matched nothing although all files it could speak of were part of the
// run.
std::vector<checks::Finding> unused_suppressions(const Settings& settings, const std::vector<bool>& used,
                                                 const SourceFiles& files, const Machine& machine);

}  // namespace grantproof::cli
