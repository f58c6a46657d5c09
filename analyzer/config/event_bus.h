// SPDX-License-Identifier: Apache-2.0
//
// Event buses with their rules, targets and archives: what the router routes through. Field names as in
// DescribeRule, ListTargetsByRule and DescribeArchive. Plain data, read by rule_reader.h and target_reader.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "events/event_pattern.h"
#include "events/input_shape.h"

namespace grantproof::config {

enum class RuleState { kEnabled, kDisabled, kEnabledWithAllCloudTrailManagementEvents };
// "ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
std::string_view name(RuleState state);

struct RetryPolicy {
  unsigned maximum_retry_attempts = 185;
  unsigned maximum_event_age_in_seconds = 86'400;
};

// What a replay is told of a target that does not take its events.
struct Failing {
  std::string error;  // one of the error codes of dead-letter queues: THROTTLING, NO_PERMISSIONS, …
  std::optional<unsigned> times;  // it answers from then on; nothing: it never does
};

struct Target {
  std::string id;
  std::string arn;
  std::string role_arn;
  events::InputShape input;
  RetryPolicy retry_policy;
  std::string dead_letter_queue;  // ARN; empty: none
  std::optional<Failing> failing;
  base::Span span;
  std::string when;  // Resource::when
};

struct Rule {
  std::string name;
  std::string arn;
  RuleState state = RuleState::kEnabled;
  std::optional<events::EventPattern> event_pattern;
  std::string event_pattern_json;  // on one line, members sorted by name; empty: none
  std::string schedule_expression;
  std::vector<Target> targets;
  base::Span span;
  // What of its event pattern or state is not known ("parameter Source"): it may match other events than
  // these.
  std::string unknown;
  std::string when;  // Resource::when
};

struct Archive {
  std::string name;
  std::optional<events::EventPattern> event_pattern;  // nothing: every event
  std::string event_pattern_json;                     // as Rule::event_pattern_json
  bool event_pattern_told = true;  // otherwise nobody knows which events (list-archives does not say)
  base::Span span;
};

struct EventBus {
  std::string name;
  std::string arn;
  std::string account;
  std::string region;
  std::vector<Rule> rules;
  std::vector<Archive> archives;
  std::string kms_key;            // ARN; empty: the service's own
  std::string dead_letter_queue;  // ARN; empty: none
  // A source describes the bus itself. Otherwise rules only name it, and its policy is not known.
  bool described = false;
  base::Span span;
};

// arn:aws:events:REGION:ACCOUNT:event-bus/NAME cut into its parts; views of the text. Nothing where the text
// is no ARN of an event bus.
struct BusArn {
  std::string_view partition;
  std::string_view region;
  std::string_view account;
  std::string_view name;
};
std::optional<BusArn> parse_bus_arn(std::string_view text);

}  // namespace grantproof::config
