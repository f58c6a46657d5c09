// SPDX-License-Identifier: Apache-2.0
//
// One rule or archive of an event bus, with the keys of DescribeRule (its Targets beside them),
// DescribeArchive and CloudFormation, which are the same. Mistakes go to the sink: unknown keys, wrong kinds,
// and what PutRule, PutTargets and CreateArchive would refuse.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "config/event_bus.h"
#include "syntax/node.h"

namespace grantproof::config {

// `bus` says where the rule stands: name, account, region, ARN. What is wrong is left out.
Rule read_rule(const syntax::Node& node, const EventBus& bus, base::SourceMap& sources,
               base::DiagnosticSink& sink);
Archive read_archive(const syntax::Node& node, base::SourceMap& sources, base::DiagnosticSink& sink);

// An event pattern: an object, or its JSON text as AWS keeps it, which becomes a source of its own.
std::optional<events::EventPattern> read_pattern(const syntax::Node& node, base::SourceMap& sources,
                                                 base::DiagnosticSink& sink);

// Letters, digits, '.', '-' and '_'.
bool is_resource_name(std::string_view name);
// "aws", "aws-cn", "aws-us-gov"
std::string_view partition_of(std::string_view region);

}  // namespace grantproof::config
