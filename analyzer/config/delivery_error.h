// SPDX-License-Identifier: Apache-2.0
//
// Why EventBridge could not deliver: the error codes that it writes on messages in dead-letter queues, and
// which of them it tries again.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "config/event_bus.h"

namespace grantproof::config {

struct DeliveryError {
  std::string_view code;
  bool retried = false;
  std::string_view message;
};
std::span<const DeliveryError> delivery_errors();
// Null where there is no such code.
const DeliveryError* find_delivery_error(std::string_view code);

// How the attempts to deliver to a failing target end.
struct DeliveryAttempts {
  unsigned retries = 0;    // after the first attempt
  bool delivered = false;  // one of them succeeded
  // MaximumRetryAttempts or MaximumEventAgeInSeconds; empty where nothing was retried or it was delivered
  std::string_view exhausted;
};
// The intervals between attempts are not published. Here the attempts end by their number, unless only the
// age was given a limit of its own: then by age, and `retries` is what the number would have allowed.
DeliveryAttempts attempt_delivery(const Failing& failing, const RetryPolicy& policy);

}  // namespace grantproof::config
