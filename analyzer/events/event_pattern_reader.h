// SPDX-License-Identifier: Apache-2.0
//
// JSON to EventPattern, by the rules of the service's own engine:
// - $or is multiplied out in the order of the document; a field that occurs again replaces the earlier one.
// - A pattern in which $or is no list of two or more objects of fields is read once more, with $or as the
// name
//   of a field; that is a warning where it succeeds.
// - Of duplicate keys the last counts; text behind the pattern is not read; a byte order mark is refused.
//
// Every mistake is reported (event_pattern_rules.h), with the field's path and what to write instead.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "base/source.h"
#include "events/event_pattern.h"
#include "syntax/node.h"

namespace grantproof::events {

// A text of its own: a file, or the value of a string. Nothing where the service refuses it, or where it is
// too large to be looked at.
std::optional<EventPattern> read_event_pattern(const base::SourceMap& sources, base::FileId file,
                                               base::DiagnosticSink& sink);

// A part of a document, such as a template of CloudFormation. Its size is that of its shortest JSON text.
std::optional<EventPattern> read_event_pattern(const syntax::Node& node, base::DiagnosticSink& sink);

}  // namespace grantproof::events
