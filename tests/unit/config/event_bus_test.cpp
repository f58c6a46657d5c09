// SPDX-License-Identifier: Apache-2.0
#include "config/event_bus.h"

#include <gtest/gtest.h>

namespace grantproof::config {
namespace {

TEST(EventBus, ArnsAreCutIntoTheirParts) {
  const auto hub = parse_bus_arn("arn:aws-cn:events:cn-north-1:111122223333:event-bus/hub");
  ASSERT_TRUE(hub);
  EXPECT_EQ(hub->partition, "aws-cn");
  EXPECT_EQ(hub->region, "cn-north-1");
  EXPECT_EQ(hub->account, "111122223333");
  EXPECT_EQ(hub->name, "hub");
  const auto partner = parse_bus_arn("arn:aws:events:us-east-1:111122223333:event-bus/aws.partner/a/b");
  ASSERT_TRUE(partner);
  EXPECT_EQ(partner->name, "aws.partner/a/b");
  for (const std::string_view other : {"", "hub", "arn:aws:events:us-east-1:111122223333:rule/hub/r",
                                       "arn:aws:events:us-east-1:111122223333:event-busv2/hub/1",
                                       "arn:aws:sqs:us-east-1:111122223333:event-bus/hub"})
    EXPECT_FALSE(parse_bus_arn(other)) << other;
}

}  // namespace
}  // namespace grantproof::config
