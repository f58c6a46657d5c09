// SPDX-License-Identifier: Apache-2.0
//
// How large a tree may become. YAML's aliases can make it far larger than its text, so every copy is counted
// before it is made.
#pragma once

#include <cstddef>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/json_reader.h"
#include "syntax/node.h"

namespace grantproof::syntax {

// Thrown by a reader, through the library that calls it, when there is nothing more to read; the diagnostic
// is in the sink.
struct StopReading {};

// Each function reports GP0003 at `place` and throws StopReading where a limit is passed.
class TreeBudget {
 public:
  TreeBudget(const JsonLimits& limits, base::DiagnosticSink& sink) : limits_(limits), sink_(sink) {}

  void count_nodes(std::size_t count, base::Span place);
  void count_bytes(std::size_t count, base::Span place);
  // `depth` containers are open, and one more is to come.
  void check_depth(std::size_t depth, base::Span place);
  // The whole tree once more, inside of `depth` containers.
  void count_copy(const Node& node, std::size_t depth, base::Span place);

 private:
  const JsonLimits& limits_;
  base::DiagnosticSink& sink_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace grantproof::syntax
