// SPDX-License-Identifier: Apache-2.0
#include "router/trace.h"

namespace grantproof::router {

std::string_view name(StepKind kind) {
  switch (kind) {
    case StepKind::kReceived:
      return "received";
    case StepKind::kRejected:
      return "rejected";
    case StepKind::kLost:
      return "lost";
    case StepKind::kArchived:
      return "archived";
    case StepKind::kMatched:
      return "matched";
    case StepKind::kMissed:
      return "missed";
    case StepKind::kDisabled:
      return "disabled";
    case StepKind::kScheduleOnly:
      return "scheduled";
    case StepKind::kNotReplayed:
      return "not-replayed";
    case StepKind::kRetried:
      return "retried";
    case StepKind::kDelivered:
      return "delivered";
    case StepKind::kForwarded:
      return "forwarded";
    case StepKind::kDeadLettered:
      return "dead-lettered";
    case StepKind::kDropped:
      return "dropped";
  }
  return "received";
}

}  // namespace grantproof::router
