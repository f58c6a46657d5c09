// SPDX-License-Identifier: Apache-2.0
#include "router/event_bus.h"

#include "aws/arn.h"

namespace grantproof::router {

std::string_view name(RuleState state) {
  switch (state) {
    case RuleState::kEnabled:
      return "ENABLED";
    case RuleState::kDisabled:
      return "DISABLED";
    case RuleState::kEnabledWithAllCloudTrailManagementEvents:
      return "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  }
  return "ENABLED";
}

std::optional<BusArn> parse_bus_arn(std::string_view text) {
  constexpr std::string_view kResource = "event-bus/";
  const auto arn = aws::parse_arn(text);
  if (!arn || arn->service != "events" || !arn->resource.starts_with(kResource))
    return std::nullopt;
  return BusArn{arn->partition, arn->region, arn->account, arn->resource.substr(kResource.size())};
}

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
