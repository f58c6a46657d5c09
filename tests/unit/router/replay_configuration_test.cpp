// SPDX-License-Identifier: Apache-2.0
#include "router/replay_configuration.h"

#include <gtest/gtest.h>

namespace grantproof::router {
namespace {

TEST(ReplayConfiguration, IsFoundByArnOrNameAndPlace) {
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
