// SPDX-License-Identifier: Apache-2.0
//
// Where reports go: standard output, or a file that has the old text or the new one and never a part.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "cli/machine.h"
#include "cli/options.h"

namespace grantproof::cli {

// The reports that were asked for; text on standard output where none was. An error where a format is none
// that the command has.
base::Expected<std::vector<ReportRequest>> requested_reports(const Options& options,
                                                             const std::vector<std::string_view>& formats);

using RenderReport = std::function<std::string(const ReportRequest& request)>;
base::Expected<void> deliver(const std::vector<ReportRequest>& requests, const RenderReport& render,
                             const Options& options, const Machine& machine);

// Mistakes of policies, on standard error: for commands whose reports have no findings.
void say_mistakes(const base::SourceMap& sources, const base::DiagnosticSink& sink, const Options& options,
                  const Machine& machine);

}  // namespace grantproof::cli
