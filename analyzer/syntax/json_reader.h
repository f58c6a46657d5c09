// SPDX-License-Identifier: Apache-2.0
//
// JSON text to a positioned Node tree, through nlohmann's SAX events (they carry no positions; between two
// events only white space, ',' and ':' can stand, so each token is found again from the end of the one
// before).
//
// Mistakes go to the sink: GP0001 (not JSON, with line and column of the offending byte), GP0002 (duplicate
// key: AWS refuses such policies), GP0003 (nested deeper or larger than the limits), GP0004 (invalid UTF-8).
#pragma once

#include <cstddef>
#include <optional>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::syntax {

struct JsonLimits {
  std::size_t depth = 64;  // policies need about 8
  std::size_t bytes = 64 * 1024 * 1024;
  // A policy of 64 MiB has about 3 million; a list of one-digit numbers of that size would need 4 GB of
  // memory.
  std::size_t nodes = 4'000'000;
};

// Which texts are documents. As it stands: policies and configuration. Event patterns and events are read by
// other rules.
struct JsonDialect {
  bool byte_order_mark = true;  // of UTF-8, at the beginning: passed over
  bool duplicate_keys = false;  // mean something, and are not reported
  bool text_after_end = false;  // is passed over
  bool large_numbers = false;   // that no double holds, such as 1e400
};

// The tree, or nothing where the text is no JSON document (then the sink has an error). Duplicate keys are
// all kept.
std::optional<Node> read_json(const base::SourceMap& sources, base::FileId file, base::DiagnosticSink& sink,
                              const JsonLimits& limits = {}, const JsonDialect& dialect = {});

// A document inside a string node: JSON text, or JSON text that is URL-encoded. The decoded text becomes an
// embedded source, so spans of the result lead into the outer file. Nothing (and a diagnostic) where it is
// neither.
std::optional<Node> read_embedded_json(base::SourceMap& sources, const Node& string_node,
                                       base::DiagnosticSink& sink, const JsonLimits& limits = {});

}  // namespace grantproof::syntax
