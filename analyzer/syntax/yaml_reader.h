// SPDX-License-Identifier: Apache-2.0
//
// YAML text to a positioned Node tree, through yaml-cpp's event handler. Plain scalars become null, booleans
// and numbers by the YAML 1.2 core schema; quoted ones stay strings. Duplicate keys, aliases that expand to
// more than the limits, and nesting beyond them are reported as in json_reader.h (GP0001 to GP0004).
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/json_reader.h"
#include "syntax/node.h"

namespace grantproof::syntax {

std::optional<Node> read_yaml(const base::SourceMap& sources, base::FileId file, base::DiagnosticSink& sink,
                              const JsonLimits& limits = {});

}  // namespace grantproof::syntax
