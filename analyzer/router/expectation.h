// SPDX-License-Identifier: Apache-2.0
//
// What the author of a configuration expects of a replay: for some events the rules that match and the
// targets that are reached, and for some counters their value. Lists are complete: what is expected must
// happen, and nothing else of its kind may. What is not mentioned is not asked.
//
//   Expectations:
//     - Event: 1                      # its number in the file, or its id
//       Matched: [to-orders]          # rules: NAME, BUS/NAME or ARN
//       Delivered: [to-orders/queue]  # targets: RULE/ID, Id or Arn; event buses, too
//       DeadLettered: []
//       Dropped: []
//       Rejected: MalformedDetail     # the error code of PutEvents
//   Metrics: {MatchedEvents: 1}
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "router/metrics.h"
#include "router/trace.h"
#include "syntax/node.h"

namespace grantproof::router {

using Names = std::vector<std::string>;

struct Expectation {
  std::string event;  // number or id
  std::optional<Names> matched;
  std::optional<Names> delivered;
  std::optional<Names> dead_lettered;
  std::optional<Names> dropped;
  std::optional<std::string> rejected;
  base::Span span;
};

struct ExpectedMetric {
  Metric metric = Metric::kMatchedEvents;
  std::uint64_t value = 0;
  base::Span span;
};

struct Expectations {
  std::vector<Expectation> events;
  std::vector<ExpectedMetric> metrics;
};

Expectations read_expectations(const syntax::Node& node, base::DiagnosticSink& sink);

// An expectation that was not met, at its place in the file.
struct UnmetExpectation {
  base::Span span;
  std::string text;
};

class ExpectationCheck {
 public:
  // Borrows them.
  explicit ExpectationCheck(const Expectations& expectations);

  // What this event does not meet. `id` may be empty.
  std::vector<UnmetExpectation> check(std::uint64_t number, std::string_view id, const Trace& trace);
  // At the end: events that did not come, and the counters.
  std::vector<UnmetExpectation> finish(const Metrics& metrics);

  std::size_t met() const { return met_; }
  std::size_t unmet() const { return unmet_; }

 private:
  const Expectations& expectations_;
  std::vector<bool> seen_;
  std::size_t met_ = 0;
  std::size_t unmet_ = 0;
};

}  // namespace grantproof::router
