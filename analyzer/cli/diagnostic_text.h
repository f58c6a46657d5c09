// SPDX-License-Identifier: Apache-2.0
//
// Mistakes of documents in compiler form, for standard error: "file:line:column: error: message [rule]", and
// the help beneath.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/source.h"

namespace grantproof::cli {

std::string diagnostic_text(const base::SourceMap& sources, const base::Diagnostic& diagnostic);
// All errors of the sink, as one Error's message (without an end of line); "" where there is none.
std::string error_text(const base::SourceMap& sources, const base::DiagnosticSink& sink);

}  // namespace grantproof::cli
