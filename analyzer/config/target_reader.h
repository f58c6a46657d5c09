// SPDX-License-Identifier: Apache-2.0
//
// One target of a rule, as ListTargetsByRule prints it, with what PutTargets would refuse.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "config/event_bus.h"
#include "syntax/node.h"

namespace grantproof::config {

// Nothing where the node is no object; otherwise what could be read.
std::optional<Target> read_target(const syntax::Node& node, base::DiagnosticSink& sink);
// {Error: THROTTLING, Times: 3}, or the error code alone.
std::optional<Failing> read_failing(const syntax::Node& node, base::DiagnosticSink& sink);

}  // namespace grantproof::config
