// SPDX-License-Identifier: Apache-2.0
#include "config/delivery_error.h"

#include <algorithm>
#include <array>

namespace grantproof::config {
namespace {

// Codes: EventBridge user guide, "Using dead-letter queues". That missing permissions and missing resources
// are not retried stands there; throttling, timeouts and failures of the other side are. For the rest it is
// inferred from what they say: what would fail again in the same way is not retried.
constexpr std::array kErrors = {
    DeliveryError{"CONNECTION_FAILURE", true, "the target could not be reached"},
    DeliveryError{"CROSS_ACCOUNT_INGESTION_FAILED", true, "the bus of the other account did not take it"},
    DeliveryError{"CROSS_REGION_INGESTION_FAILED", true, "the bus of the other region did not take it"},
    DeliveryError{"ERROR_FROM_TARGET", true, "the target answered with an error"},
    DeliveryError{"EVENTS_IN_BATCH_REQUEST_REJECTED", true, "the target took a part of the batch only"},
    DeliveryError{"FAILED_TO_ASSUME_ROLE", false, "the target's role could not be assumed"},
    DeliveryError{"INTERNAL_ERROR", true, "the other service had an error of its own"},
    DeliveryError{"INVALID_JSON", false, "the input transformer made no JSON"},
    DeliveryError{"INVALID_PARAMETER", false, "the target refused a parameter"},
    DeliveryError{"NO_PERMISSIONS", false, "the target's policy or the role does not allow it"},
    DeliveryError{"NO_RESOURCE", false, "the target does not exist"},
    DeliveryError{"RESOURCE_ALREADY_EXISTS", false, "the target exists already"},
    DeliveryError{"RESOURCE_LIMIT_EXCEEDED", true, "a quota of the target is used up"},
    DeliveryError{"RESOURCE_MODIFICATION_COLLISION", true, "the target was being changed"},
    DeliveryError{"SDK_CLIENT_ERROR", true, "the call failed before it was sent"},
    DeliveryError{"THIRD_ACCOUNT_HOP_DETECTED", false, "an event is sent to an event bus target only once"},
    DeliveryError{"THIRD_REGION_HOP_DETECTED", false, "an event is sent to another region only once"},
    DeliveryError{"THROTTLING", true, "the target takes no more requests for now"},
    DeliveryError{"TIMEOUT", true, "the target did not answer in time"},
    DeliveryError{"TRANSIENT_ASSUME_ROLE", true, "the target's role could not be assumed for now"},
    DeliveryError{"UNKNOWN", true, "the reason is not known"},
};

}  // namespace

std::span<const DeliveryError> delivery_errors() {
  return kErrors;
}

const DeliveryError* find_delivery_error(std::string_view code) {
  const auto* found = std::find_if(kErrors.begin(), kErrors.end(),
                                   [&](const DeliveryError& error) { return error.code == code; });
  return found == kErrors.end() ? nullptr : &*found;
}

DeliveryAttempts attempt_delivery(const Failing& failing, const RetryPolicy& policy) {
  const DeliveryError* error = find_delivery_error(failing.error);
  if (error == nullptr || !error->retried)
    return {};
  const unsigned most = policy.maximum_retry_attempts;
  if (failing.times && *failing.times <= most)
    return {.retries = *failing.times, .delivered = true, .exhausted = {}};
  if (most == 0)
    return {};
  const RetryPolicy ordinary;
  const bool by_age = most == ordinary.maximum_retry_attempts &&
                      policy.maximum_event_age_in_seconds < ordinary.maximum_event_age_in_seconds;
  return {.retries = most,
          .delivered = false,
          .exhausted = by_age ? "MaximumEventAgeInSeconds" : "MaximumRetryAttempts"};
}

}  // namespace grantproof::config
