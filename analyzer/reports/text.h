// SPDX-License-Identifier: Apache-2.0
//
// Parts of the text format that other formats and commands print, too.
#pragma once

#include <string>

#include "reports/render_options.h"
#include "reports/report.h"

namespace grantproof::reports {

// "policies/orders-bus.json:7:20: error: any AWS account can … [GP2001 putevents-open-to-all]", no line end
std::string header_line(const base::SourceMap& sources, const checks::Finding& finding,
                        const RenderOptions& options);

// The header line and all that stands under it, with line ends.
std::string finding_text(const base::SourceMap& sources, const checks::Finding& finding,
                         const RenderOptions& options);

// "  witness   a request …" and one row for each part of the request, with line ends.
std::string witness_text(const checks::FindingWitness& witness, const RenderOptions& options);

}  // namespace grantproof::reports
