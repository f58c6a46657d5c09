// SPDX-License-Identifier: Apache-2.0
#include "config/event_bus.h"

#include "aws/arn.h"

namespace grantproof::config {

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

}  // namespace grantproof::config
