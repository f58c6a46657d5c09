// SPDX-License-Identifier: Apache-2.0
//
// Event buses, rules, targets, archives; pipes and schedules.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "aws/arn.h"
#include "base/unknown_text.h"
#include "config/gathering.h"
#include "config/rule_reader.h"
#include "config/target_reader.h"

namespace grantproof::config {
namespace {

using syntax::Node;

// What bus an ARN names; with what is known of it.
EventBus bus_of(std::string arn) {
  EventBus bus;
  if (const auto parts = parse_bus_arn(arn)) {
    bus.name = parts->name;
    bus.account = parts->account;
    bus.region = parts->region;
  }
  bus.arn = std::move(arn);
  return bus;
}

void read_event_bus(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  EventBus bus = bus_of(resource.arn.empty() ? bus_arn(resource, properties.text("Name")) : resource.arn);
  bus.kms_key = key_arn(resource, properties.text("KmsKeyIdentifier"));
  bus.dead_letter_queue = properties.object("DeadLetterConfig").text("Arn");
  bus.described = true;
  bus.span = resource.span;
  if (const Node* document = properties.find("Policy")) {
    gathering.policy_parts.push_back({bus.arn, true, *document, path_of(resource, gathering), resource.when});
  }
  gathering.configuration.event_buses.push_back(std::move(bus));
}

// A statement of the bus's policy, or (EventBusPolicyDocument) all of it.
void read_event_bus_policy(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  PolicyPart part;
  part.of = bus_arn(resource, properties.text("EventBusName"));
  part.path = path_of(resource, gathering);
  part.when = resource.when;
  if (const Node* document = properties.find("PolicyDocument")) {
    part.whole = true;
    part.node = *document;
  } else {
    auto statement = event_bus_statement(resource, part.of, gathering);
    if (!statement)
      return;
    part.node = std::move(*statement);
  }
  gathering.policy_parts.push_back(std::move(part));
}

void read_rule_resource(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  WaitingRule waiting;
  waiting.bus_arn = bus_arn(resource, properties.text("EventBusName"));
  waiting.when = resource.when;
  waiting.targets_told = is_told(resource, "Targets");
  waiting.rule = read_rule(resource.properties, bus_of(waiting.bus_arn), gathering.sources, gathering.sink);
  waiting.rule.span = resource.span;
  // A rule that is described where it is not deployed (its bus is given by ARN) still is of its own account.
  if (!resource.arn.empty())
    waiting.rule.arn = resource.arn;
  gathering.rules.push_back(std::move(waiting));
}

void read_targets(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  WaitingTargets waiting;
  waiting.rule_name = properties.text("Rule");
  if (is_told(resource, "EventBusName"))
    waiting.rule_arn = rule_arn(bus_arn(resource, properties.text("EventBusName")), waiting.rule_name);
  waiting.account = resource.account;
  waiting.region = resource.region;
  waiting.when = resource.when;
  waiting.span = resource.span;
  for (const Node* item : properties.items("Targets")) {
    if (auto target = read_target(*item, gathering.sink))
      waiting.targets.push_back(std::move(*target));
  }
  gathering.targets.push_back(std::move(waiting));
}

void read_archive_resource(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const std::string bus =
      properties.text("SourceArn").empty() ? properties.text("EventSourceArn") : properties.text("SourceArn");
  Archive archive = read_archive(resource.properties, gathering.sources, gathering.sink);
  archive.span = resource.span;
  archive.event_pattern_told = is_told(resource, "EventPattern");
  gathering.archives.push_back({bus, std::move(archive)});
}

void read_pipe(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const Properties on_bus = properties.object("TargetParameters").object("EventBridgeEventBusParameters");
  Sender pipe;
  pipe.name = properties.text("Name");
  pipe.arn = resource.arn.empty() ? arn_of(resource, "pipes", "pipe/" + pipe.name) : resource.arn;
  pipe.role_arn = properties.text("RoleArn");
  pipe.source_arn = properties.text("Source");
  pipe.target_arn = properties.text("Target");
  pipe.event_source = on_bus.text("Source");
  pipe.event_detail_type = on_bus.text("DetailType");
  pipe.type = resource.type;
  pipe.account = resource.account;
  pipe.span = resource.span;
  pipe.when = resource.when;
  gathering.configuration.senders.push_back(std::move(pipe));
}

void read_schedule(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const Properties target = properties.object("Target");
  const std::string group = properties.text("GroupName");
  Sender schedule;
  schedule.name = properties.text("Name");
  schedule.arn = resource.arn.empty()
                     ? arn_of(resource, "scheduler",
                              fmt::format("schedule/{}/{}", group.empty() ? "default" : group, schedule.name))
                     : resource.arn;
  schedule.role_arn = target.text("RoleArn");
  schedule.target_arn = target.text("Arn");
  schedule.dead_letter_queue = target.object("DeadLetterConfig").text("Arn");
  schedule.event_source = target.object("EventBridgeParameters").text("Source");
  schedule.event_detail_type = target.object("EventBridgeParameters").text("DetailType");
  schedule.type = resource.type;
  schedule.account = resource.account;
  schedule.span = resource.span;
  schedule.when = resource.when;
  gathering.configuration.senders.push_back(std::move(schedule));
}

constexpr std::array<ResourceType, 8> kTypes = {{
    {"AWS::Events::EventBus", read_event_bus},
    {"AWS::Events::EventBusPolicy", read_event_bus_policy},
    {"AWS::Events::EventBusPolicyDocument", read_event_bus_policy},
    {"AWS::Events::Rule", read_rule_resource},
    {"AWS::Events::Targets", read_targets},
    {"AWS::Events::Archive", read_archive_resource},
    {"AWS::Pipes::Pipe", read_pipe},
    {"AWS::Scheduler::Schedule", read_schedule},
}};

}  // namespace

std::span<const ResourceType> event_types() {
  return kTypes;
}

}  // namespace grantproof::config
