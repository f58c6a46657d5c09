// SPDX-License-Identifier: Apache-2.0
//
// What the JSON and the YAML reader refuse alike.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/json_reader.h"
#include "syntax/node.h"

namespace grantproof::syntax {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

base::Diagnostic reader_error(std::string_view rule, base::Span span, std::string message,
                              std::string help = {});

// Whether the text may be read at all: GP0003 where it is longer than the limit, GP0004 where it is not
// UTF-8.
bool check_text(std::string_view text, base::FileId file, const JsonLimits& limits,
                base::DiagnosticSink& sink);

base::Diagnostic too_long(base::Span span, std::size_t bytes, std::size_t limit);
base::Diagnostic too_deep(base::Span span, std::size_t depth);
base::Diagnostic too_many_nodes(base::Span span, std::size_t nodes);

// GP0002 for every key that stands in the object a second time. One counter a document: after a hundred, one
// diagnostic says that there are more, and the rest is silence.
void report_duplicate_keys(const Node& map, std::size_t& reported, base::DiagnosticSink& sink);

}  // namespace grantproof::syntax
