// SPDX-License-Identifier: Apache-2.0
//
// What CloudWatch would count of a replay, under the names that CloudWatch has (namespace AWS/Events); and
// for names that people use but CloudWatch does not have, what to look at instead.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include "router/replay_configuration.h"
#include "router/trace.h"

namespace grantproof::router {

enum class Metric : std::uint8_t {
  kMatchedEvents,   // of a bus: one for each rule that matched
  kTriggeredRules,  // rules that matched
  kInvocations,     // targets called, those that failed for good too
  kInvocationsCreated,
  kInvocationAttempts,       // each call of a target
  kRetryInvocationAttempts,  // those after the first
  kSuccessfulInvocationAttempts,
  kFailedInvocations,  // failed for good
  kInvocationsSentToDlq,
  kInvocationsFailedToBeSentToDlq,
  kThrottledRules,
  kPutEventsApproximateCallCount,  // requests
  kPutEventsApproximateSuccessCount,
  kPutEventsApproximateFailedCount,
  kPutEventsEntriesCount,
  kPutEventsFailedEntriesCount,
};
inline constexpr std::size_t kMetrics = 16;
std::string_view name(Metric metric);

// A counter of a bus or of one of its rules; no bus: of PutEvents.
class Metrics {
 public:
  void count(const Trace& trace);
  // One entry of a request; `first` of its request. `failed`: this entry; `request_failed`: all of them.
  void count_entry(bool first, bool failed, bool request_failed);

  std::uint64_t total(Metric metric) const { return totals_[static_cast<std::size_t>(metric)]; }
  std::uint64_t of_bus(const EventBus& bus, Metric metric) const;
  std::uint64_t of_rule(const Rule& rule, Metric metric) const;

 private:
  using Counters = std::array<std::uint64_t, kMetrics>;
  void add(const TraceStep& step, Metric metric, std::uint64_t number = 1);

  Counters totals_{};
  std::map<const EventBus*, Counters> buses_;
  std::map<const Rule*, Counters> rules_;
};

std::optional<Metric> find_metric(std::string_view name);

// A name that CloudWatch does not have in AWS/Events.
struct MissingMetric {
  std::string_view name;
  std::string_view instead;  // a clause
};
std::span<const MissingMetric> missing_metrics();
const MissingMetric* find_missing_metric(std::string_view name);

}  // namespace grantproof::router
