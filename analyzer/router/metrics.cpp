// SPDX-License-Identifier: Apache-2.0
#include "router/metrics.h"

#include <algorithm>

namespace grantproof::router {
namespace {

// As enum Metric.
constexpr std::array<std::string_view, kMetrics> kNames = {
    "MatchedEvents",
    "TriggeredRules",
    "Invocations",
    "InvocationsCreated",
    "InvocationAttempts",
    "RetryInvocationAttempts",
    "SuccessfulInvocationAttempts",
    "FailedInvocations",
    "InvocationsSentToDlq",
    "InvocationsFailedToBeSentToDlq",
    "ThrottledRules",
    "PutEventsApproximateCallCount",
    "PutEventsApproximateSuccessCount",
    "PutEventsApproximateFailedCount",
    "PutEventsEntriesCount",
    "PutEventsFailedEntriesCount",
};

constexpr std::array kMissing = {
    MissingMetric{"DroppedEvents", "FailedInvocations without InvocationsSentToDlq"},
    MissingMetric{"EventsDropped",
                  "FailedInvocations without InvocationsSentToDlq: EventsDropped is a metric "
                  "of the newer custom event buses only"},
    MissingMetric{"EventBusThrottled", "PutEventsApproximateThrottledCount"},
    MissingMetric{"RuleTriggeredEvents",
                  "TriggeredRules for rules that matched, FailedInvocations for calls that failed"},
    MissingMetric{"ThrottledInvocations", "ThrottledRules"},
    MissingMetric{"DeadLetterQueue", "InvocationsSentToDlq and InvocationsFailedToBeSentToDlq"},
    MissingMetric{"InvocationsSentToDLQ", "InvocationsSentToDlq: the name ends in small letters"},
    MissingMetric{"InvocationsFailedToBeSentToDLQ",
                  "InvocationsFailedToBeSentToDlq: the name ends in small letters"},
    MissingMetric{"ApproximateNumberOfMessagesVisible",
                  "the same name in namespace AWS/SQS, dimension QueueName"},
};

}  // namespace

std::string_view name(Metric metric) {
  return kNames[static_cast<std::size_t>(metric)];
}

void Metrics::add(const TraceStep& step, Metric metric, std::uint64_t number) {
  const auto at = static_cast<std::size_t>(metric);
  totals_[at] += number;
  if (step.bus != nullptr)
    buses_[step.bus][at] += number;
  if (step.rule != nullptr)
    rules_[step.rule][at] += number;
}

void Metrics::count(const Trace& trace) {
  for (const TraceStep& step : trace.steps) {
    switch (step.kind) {
      case StepKind::kMatched:
        add(step, Metric::kMatchedEvents);
        add(step, Metric::kTriggeredRules);
        break;
      case StepKind::kRetried:
        add(step, Metric::kInvocationAttempts, step.attempts);
        add(step, Metric::kRetryInvocationAttempts, step.attempts);
        break;
      case StepKind::kDelivered:
      case StepKind::kForwarded:
        add(step, Metric::kInvocations);
        add(step, Metric::kInvocationsCreated);
        add(step, Metric::kInvocationAttempts);
        add(step, Metric::kSuccessfulInvocationAttempts);
        break;
      case StepKind::kDeadLettered:
      case StepKind::kDropped:
        add(step, Metric::kInvocations);
        add(step, Metric::kInvocationsCreated);
        add(step, Metric::kInvocationAttempts);
        add(step, Metric::kFailedInvocations);
        if (step.kind == StepKind::kDeadLettered)
          add(step, Metric::kInvocationsSentToDlq);
        if (step.dead_letter_queue_failed)
          add(step, Metric::kInvocationsFailedToBeSentToDlq);
        break;
      default:
        break;
    }
  }
}

void Metrics::count_entry(bool first, bool failed, bool request_failed) {
  const auto add_one = [this](Metric metric) { ++totals_[static_cast<std::size_t>(metric)]; };
  if (first) {
    add_one(Metric::kPutEventsApproximateCallCount);
    add_one(request_failed ? Metric::kPutEventsApproximateFailedCount
                           : Metric::kPutEventsApproximateSuccessCount);
  }
  add_one(Metric::kPutEventsEntriesCount);
  if (failed || request_failed)
    add_one(Metric::kPutEventsFailedEntriesCount);
}

std::uint64_t Metrics::of_bus(const EventBus& bus, Metric metric) const {
  const auto found = buses_.find(&bus);
  return found == buses_.end() ? 0 : found->second[static_cast<std::size_t>(metric)];
}

std::uint64_t Metrics::of_rule(const Rule& rule, Metric metric) const {
  const auto found = rules_.find(&rule);
  return found == rules_.end() ? 0 : found->second[static_cast<std::size_t>(metric)];
}

std::optional<Metric> find_metric(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name)
      return static_cast<Metric>(i);
  }
  return std::nullopt;
}

std::span<const MissingMetric> missing_metrics() {
  return kMissing;
}

const MissingMetric* find_missing_metric(std::string_view name) {
  const auto* found = std::find_if(kMissing.begin(), kMissing.end(),
                                   [&](const MissingMetric& missing) { return missing.name == name; });
  return found == kMissing.end() ? nullptr : &*found;
}

}  // namespace grantproof::router
