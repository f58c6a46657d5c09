// SPDX-License-Identifier: Apache-2.0
//
// The first line of each finding, for editors and for `grep`. Nothing else: no finding, no output.
#include "reports/renderer.h"
#include "reports/summary.h"
#include "reports/text.h"

namespace grantproof::reports {

std::string render_concise(const Report& report, const RenderOptions& options) {
  std::string out;
  for (const checks::Finding* finding : shown_findings(report, options)) {
    out += header_line(*report.sources, *finding, options) + '\n';
  }
  return out;
}

}  // namespace grantproof::reports
