// SPDX-License-Identifier: Apache-2.0
//
// A YAML tree to Settings: one table of keys for each map. Unknown keys are mistakes, with the key that was
// meant.
#pragma once

#include "base/diagnostic.h"
#include "cli/settings.h"
#include "syntax/node.h"

namespace grantproof::cli {

// Mistakes go to the sink as errors without a rule.
void read_settings(const syntax::Node& node, Settings& settings, base::DiagnosticSink& sink);

}  // namespace grantproof::cli
