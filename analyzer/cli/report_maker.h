// SPDX-License-Identifier: Apache-2.0
//
// What one run found, as reports/ prints it.
#pragma once

#include <string_view>
#include <vector>

#include "checks/check_engine.h"
#include "cli/inputs.h"
#include "reports/renderer.h"
#include "reports/report.h"

namespace grantproof::cli {

std::vector<std::string_view> all_formats();

// Borrows the inputs' sources.
reports::Report make_report(const Inputs& inputs, checks::CheckResult result);

// GitHub shows the file that $GITHUB_STEP_SUMMARY names beside the run: a table goes there where `github` is
// among the reports. That it cannot be written is said, and does not fail the run.
void add_step_summary(const std::vector<ReportRequest>& requests, const reports::Report& report,
                      const reports::RenderOptions& options, const Machine& machine);

}  // namespace grantproof::cli
