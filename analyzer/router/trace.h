// SPDX-License-Identifier: Apache-2.0
//
// What became of one event, step by step: what the router says, and what reports, metrics and expectations
// read. A Trace points into the configuration that the router was made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/event.h"
#include "router/replay_configuration.h"

namespace grantproof::router {

enum class StepKind {
  kReceived,      // by `bus`
  kRejected,      // by PutEvents, with `code` and `reason`; no other step follows
  kLost,          // PutEvents took it for a bus that is not there, and nobody is told; `reason`
  kArchived,      // `archive` holds it
  kMatched,       // `rule`; `reason` says which fields
  kMissed,        // `rule`; `reason` says the first field that failed, or why the rule is passed over
  kDisabled,      // `rule` is
  kScheduleOnly,  // `rule` has no event pattern
  kNotReplayed,   // `rule` is none of those that the replay goes to
  kRetried,       // `target` failed with `code`, `attempts` times more
  kDelivered,     // to `target`: `payload`
  kForwarded,     // to `target`, another bus: `payload`; the steps there follow, with more `hops`
  kDeadLettered,  // to the dead-letter queue of `target`, with `code`; `payload` is the event itself
  kDropped,       // for `target`, with `code`: no dead-letter queue took it
};
// "received", "matched", "dead-lettered", …
std::string_view name(StepKind kind);

struct TraceStep {
  StepKind kind = StepKind::kReceived;
  unsigned hops = 0;  // how many buses the event has been sent on through
  const EventBus* bus = nullptr;
  const Rule* rule = nullptr;
  const Target* target = nullptr;
  const Archive* archive = nullptr;
  std::string payload;
  std::string code;       // of an error
  std::string reason;     // a clause for people
  unsigned attempts = 0;  // of retries
  // kDeadLettered, kDropped: the EXHAUSTED_RETRY_CONDITION, where attempts ran out
  std::string_view exhausted;
  bool dead_letter_queue_failed = false;  // kDropped
};

struct Trace {
  std::vector<TraceStep> steps;
};

}  // namespace grantproof::router
