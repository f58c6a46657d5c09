// SPDX-License-Identifier: Apache-2.0
//
// The lines of a document that a finding is about, with a gutter, a caret under the primary label and dashes
// under the secondary ones:
//
//      7 │       "Principal": "*",
//        │                    ^^^ everyone, in every account
//
// At most eight lines. A line that is too long (a policy on one line of 5,000 columns) is cut around its
// labels, and shown once more where two labels stand too far from each other.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "reports/render_options.h"

namespace grantproof::reports {

struct Excerpt {
  std::string text;                    // whole lines; empty where the document has none
  std::vector<base::Label> left_over;  // secondary labels that stand in another file, or found no room
};

Excerpt excerpt(const base::SourceMap& sources, base::Severity severity, const base::Label& primary,
                const std::vector<base::Label>& secondary, const RenderOptions& options);

}  // namespace grantproof::reports
