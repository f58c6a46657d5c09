// SPDX-License-Identifier: Apache-2.0
//
// What a replay routes through: event buses (config/event_bus.h), and what is said of targets that fail.
// Plain data, read by replay_configuration_reader.h.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/event_bus.h"

namespace grantproof::router {

using config::Archive;
using config::EventBus;
using config::Failing;
using config::RetryPolicy;
using config::Rule;
using config::RuleState;
using config::Target;

struct ReplayConfiguration {
  std::vector<EventBus> event_buses;
  std::map<std::string, Failing, std::less<>> failing_targets;  // by ARN; dead-letter queues, too
};

// The bus of that ARN, or of that name in this account and region. Null where there is none.
const EventBus* find_bus(const ReplayConfiguration& configuration, std::string_view arn);
const EventBus* find_bus(const ReplayConfiguration& configuration, std::string_view name,
                         std::string_view account, std::string_view region);

}  // namespace grantproof::router
