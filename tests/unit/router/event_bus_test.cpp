// SPDX-License-Identifier: Apache-2.0
#include "router/event_bus.h"

#include <gtest/gtest.h>

namespace grantproof::router {
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

TEST(EventBus, IsFoundByArnOrNameAndPlace) {
  ReplayConfiguration of;
  for (const std::string account : {"111122223333", "444455556666"}) {
    EventBus bus;
    bus.name = "hub";
    bus.account = account;
    bus.region = "us-east-1";
    bus.arn = "arn:aws:events:us-east-1:" + account + ":event-bus/hub";
    of.event_buses.push_back(std::move(bus));
  }
  EXPECT_EQ(find_bus(of, "arn:aws:events:us-east-1:444455556666:event-bus/hub"), &of.event_buses[1]);
  EXPECT_EQ(find_bus(of, "hub", "111122223333", "us-east-1"), &of.event_buses[0]);
  EXPECT_EQ(find_bus(of, "hub", "111122223333", "eu-west-1"), nullptr);
  EXPECT_EQ(find_bus(of, "hub"), nullptr);
}

}  // namespace
}  // namespace grantproof::router
