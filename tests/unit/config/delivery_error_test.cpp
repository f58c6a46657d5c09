// SPDX-License-Identifier: Apache-2.0
#include "config/delivery_error.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace grantproof::config {
namespace {

TEST(DeliveryError, CodesStandInOrderAndOnce) {
  const auto errors = delivery_errors();
  EXPECT_TRUE(std::is_sorted(errors.begin(), errors.end(),
                             [](const DeliveryError& a, const DeliveryError& b) { return a.code < b.code; }));
  for (const DeliveryError& error : errors) {
    EXPECT_EQ(find_delivery_error(error.code), &error);
    EXPECT_FALSE(error.message.empty()) << error.code;
  }
  EXPECT_EQ(find_delivery_error("THROTTLE"), nullptr);
}

TEST(DeliveryError, AttemptsEndByNumberOrAge) {
  struct Row {
    Failing failing;
    RetryPolicy policy;
    unsigned retries;
    bool delivered;
    std::string_view exhausted;
  };
  constexpr auto kNever = std::nullopt;
  const Row rows[] = {
      {{"NO_PERMISSIONS", kNever}, {}, 0, false, ""},
      {{"NO_PERMISSIONS", 1}, {}, 0, false, ""},
      {{"NO_RESOURCE", kNever}, {}, 0, false, ""},
      {{"FAILED_TO_ASSUME_ROLE", kNever}, {}, 0, false, ""},
      {{"THIRD_ACCOUNT_HOP_DETECTED", kNever}, {}, 0, false, ""},
      {{"no code", kNever}, {}, 0, false, ""},
      {{"THROTTLING", kNever}, {}, 185, false, "MaximumRetryAttempts"},
      {{"THROTTLING", kNever}, {.maximum_retry_attempts = 1}, 1, false, "MaximumRetryAttempts"},
      {{"THROTTLING", kNever}, {.maximum_retry_attempts = 0}, 0, false, ""},
      {{"THROTTLING", kNever}, {.maximum_event_age_in_seconds = 60}, 185, false, "MaximumEventAgeInSeconds"},
      {{"THROTTLING", kNever},
       {.maximum_retry_attempts = 1, .maximum_event_age_in_seconds = 60},
       1,
       false,
       "MaximumRetryAttempts"},
      {{"THROTTLING", 185}, {}, 185, true, ""},
      {{"THROTTLING", 186}, {}, 185, false, "MaximumRetryAttempts"},
      {{"TIMEOUT", 1}, {.maximum_retry_attempts = 0}, 0, false, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.failing.error + " " + std::to_string(row.policy.maximum_retry_attempts));
    const DeliveryAttempts attempts = attempt_delivery(row.failing, row.policy);
    EXPECT_EQ(attempts.retries, row.retries);
    EXPECT_EQ(attempts.delivered, row.delivered);
    EXPECT_EQ(attempts.exhausted, row.exhausted);
  }
}

}  // namespace
}  // namespace grantproof::config
