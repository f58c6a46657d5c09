// SPDX-License-Identifier: Apache-2.0
#include "router/replay_configuration.h"

namespace grantproof::router {

const EventBus* find_bus(const ReplayConfiguration& configuration, std::string_view arn) {
  for (const EventBus& bus : configuration.event_buses) {
    if (bus.arn == arn)
      return &bus;
  }
  return nullptr;
}

const EventBus* find_bus(const ReplayConfiguration& configuration, std::string_view name,
                         std::string_view account, std::string_view region) {
  for (const EventBus& bus : configuration.event_buses) {
    if (bus.name == name && bus.account == account && bus.region == region)
      return &bus;
  }
  return nullptr;
}

}  // namespace grantproof::router
