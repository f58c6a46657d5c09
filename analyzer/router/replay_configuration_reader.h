// SPDX-License-Identifier: Apache-2.0
//
// A plain configuration of event buses, JSON or YAML, to a ReplayConfiguration. Keys are those of the AWS
// API (DescribeEventBus, DescribeRule, ListTargetsByRule, DescribeArchive), so that what `aws events` prints
// can be put together by hand. Documented in docs/reference/replay-configuration.md.
//
// Mistakes go to the sink: unknown keys, wrong kinds, what PutRule and PutTargets would refuse (errors), and
// what goes beyond a quota that AWS raises on request (warnings).
#pragma once

#include "base/diagnostic.h"
#include "base/source.h"
#include "router/replay_configuration.h"
#include "syntax/node.h"

namespace grantproof::router {

// What is wrong is left out; the sink says whether the configuration may be used. Event patterns may be JSON
// text in a string, which becomes a source of its own.
ReplayConfiguration read_replay_configuration(const syntax::Node& node, base::SourceMap& sources,
                                              base::DiagnosticSink& sink);

}  // namespace grantproof::router
