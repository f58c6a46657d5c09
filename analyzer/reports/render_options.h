// SPDX-License-Identifier: Apache-2.0
//
// What a person may ask of a report's look. Set by cli/ from flags and the terminal; read by every renderer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/diagnostic.h"

namespace grantproof::reports {

struct RenderOptions {
  bool colour = false;      // text, concise: ANSI colours
  bool ascii = false;       // text, concise: nothing beyond ASCII
  std::size_t width = 110;  // text: columns that an excerpt may take
  // Findings below it are left out of text, concise, github and sarif. json and junit are records, and
  // complete.
  base::Severity lowest_severity = base::Severity::kNote;
  bool show_proved = false;  // text: list what was proved, too
  // sarif: suppressed findings with their reason. GitHub would show them as alerts, so they are left out
  // unless asked.
  bool include_suppressed = false;
  std::string category;          // sarif: automationDetails.id; needed where one commit gets several uploads
  std::optional<int> exit_code;  // sarif: what the run is about to return
};

}  // namespace grantproof::reports
