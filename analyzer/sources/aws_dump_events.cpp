// SPDX-License-Identifier: Apache-2.0
//
// Answers of aws events, pipes and scheduler.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "config/event_bus.h"
#include "sources/aws_dump_answer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::array<Property, 5> kEventBusProperties = {{
    {"Name", "Name", Form::kName},
    {"Description", "Description"},
    {"KmsKeyIdentifier", "KmsKeyIdentifier"},
    {"DeadLetterConfig", "DeadLetterConfig", Form::kMap},
    {"LogConfig", "LogConfig", Form::kMap},
}};
constexpr Description kEventBus = {.type = "AWS::Events::EventBus",
                                   .one = "event bus",
                                   .many = "event buses",
                                   .arn = "Arn",
                                   .properties = kEventBusProperties,
                                   .policy = "Policy",
                                   .home = Home::kEventBus,
                                   .inside = {"Rules", "Archives"}};

constexpr std::array<Property, 9> kRuleProperties = {{
    {"Name", "Name", Form::kName},
    {"EventBusName", "EventBusName"},
    {"EventPattern", "EventPattern", Form::kPattern},
    {"ScheduleExpression", "ScheduleExpression"},
    {"State", "State", Form::kText, true},
    {"RoleArn", "RoleArn"},
    {"Description", "Description"},
    {"ManagedBy", "ManagedBy"},
    // Not of DescribeRule: people put what list-targets-by-rule says beside it.
    {"Targets", "Targets", Form::kList, true},
}};

// rule/NAME stands on the default bus, rule/BUS/NAME on another; names of partners' buses have slashes.
std::string bus_in_rule_arn(std::string_view text) {
  const auto arn = aws::parse_arn(text);
  constexpr std::string_view kRule = "rule/";
  if (!arn || arn->service != "events" || !arn->resource.starts_with(kRule))
    return {};
  const std::string_view rest = arn->resource.substr(kRule.size());
  const std::size_t slash = rest.rfind('/');
  return std::string(slash == std::string_view::npos ? "default" : rest.substr(0, slash));
}

// The ARN of the bus whose rules and archives are read, where they stand in it.
std::optional<Node> bus_around(const AnswerReader& reader) {
  auto arn = reader.parameter("Arn");
  return arn && config::parse_bus_arn(arn->text) ? arn : std::nullopt;
}

void complete_rule(const Node& entry, config::Resource& resource, AnswerReader& reader) {
  if (resource.properties.find("EventBusName") != nullptr)
    return;
  std::optional<Node> bus;
  if (std::string named = bus_in_rule_arn(resource.arn); !named.empty())
    bus = text_node(std::move(named), entry.span);
  else if (bus = reader.parameter("EventBusName"); !bus)
    bus = bus_around(reader);
  if (bus)
    set_property(resource, "EventBusName", std::move(*bus));
}

constexpr Description kRule = {.type = "AWS::Events::Rule",
                               .one = "rule",
                               .many = "rules",
                               .arn = "Arn",
                               .properties = kRuleProperties,
                               .complete = complete_rule};

// ---- targets, which the answer binds to no rule

constexpr FileWords kTargetWords = {"list-targets-by-rule", "targets"};
void read_targets(const Node& value, AnswerReader& reader);
constexpr Description kTargets = {
    .type = "AWS::Events::Targets", .one = "target", .many = "targets", .arn = {}, .read = read_targets};

void read_targets(const Node& value, AnswerReader& reader) {
  auto rule = reader.parameter("Rule");
  auto bus = reader.parameter("EventBusName");
  bool bus_told = true;  // a call without --event-bus-name means the default bus
  if (!rule) {
    std::vector<std::string> arguments = reader.file_arguments(kTargetWords, 2);
    if (!arguments.empty()) {
      rule = text_node(std::move(arguments.back()), value.span);
      if (arguments.size() == 2 && !bus)
        bus = text_node(std::move(arguments.front()), value.span);
      bus_told = bus.has_value();
    }
  }
  if (!rule) {
    reader.unreadable(value.span, kTargets,
                      "nothing says whose targets these are: list-targets-by-rule does not name the rule",
                      "put the parameters of the call beside them, {\"EventBusName\": …, \"Rule\": …, "
                      "\"Targets\": […]}, or "
                      "name the file list-targets-by-rule.BUS.RULE.json");
    return;
  }
  if (!bus) {
    if (std::string named = bus_in_rule_arn(rule->text); !named.empty()) {
      bus = text_node(std::move(named), rule->span);
      bus_told = true;
    }
  }
  const std::string arn = aws::parse_arn(rule->text) ? rule->text : bus ? bus->text : std::string();
  const std::string_view name = name_in_arn(rule->text);
  config::Resource resource = reader.resource(
      kTargets, std::string(name.empty() ? std::string_view(rule->text) : name), arn, value.span);
  resource.arn.clear();  // it is the rule's, or the bus's
  set_property(resource, "Rule", std::move(*rule));
  if (bus)
    set_property(resource, "EventBusName", std::move(*bus));
  else if (!bus_told)
    not_told(resource, "EventBusName");
  if (value.kind != NodeKind::kList && value.kind != NodeKind::kMap) {
    reader.unreadable(value.span, kTargets,
                      fmt::format("Targets is {}, expected a list", syntax::describe(value.kind)));
    return;
  }
  Node list;
  list.kind = NodeKind::kList;
  list.span = value.span;
  const auto entries = entries_of(value);
  list.items.assign(entries.begin(), entries.end());
  set_property(resource, "Targets", std::move(list));
  reader.add(std::move(resource));
}

// ---- archives, connections, API destinations, endpoints

constexpr std::array<Property, 6> kArchiveProperties = {{
    {"ArchiveName", "ArchiveName", Form::kName},
    {"EventSourceArn", "SourceArn"},
    {"EventPattern", "EventPattern", Form::kPattern},
    {"RetentionDays", "RetentionDays", Form::kAny},
    {"KmsKeyIdentifier", "KmsKeyIdentifier"},
    {"Description", "Description"},
}};

// list-archives prints no ARN; an archive stands where its bus does.
void complete_archive(const Node&, config::Resource& resource, AnswerReader& reader) {
  if (resource.properties.find("SourceArn") == nullptr) {
    auto bus = bus_around(reader);
    if (!bus)
      return not_told(resource, "SourceArn");
    set_property(resource, "SourceArn", std::move(*bus));
  }
  const auto bus = config::parse_bus_arn(resource.properties.find("SourceArn")->text);
  if (!resource.arn.empty() || !bus || !aws::is_account_id(bus->account))
    return;
  resource.partition = bus->partition;
  resource.region = bus->region;
  resource.account = bus->account;
  resource.arn =
      fmt::format("arn:{}:events:{}:{}:archive/{}", bus->partition, bus->region, bus->account, resource.name);
}

constexpr Description kArchive = {.type = "AWS::Events::Archive",
                                  .one = "archive",
                                  .many = "archives",
                                  .arn = "ArchiveArn",
                                  .properties = kArchiveProperties,
                                  .complete = complete_archive};

constexpr std::array<Property, 5> kConnectionProperties = {{
    {"Name", "Name", Form::kName},
    {"AuthorizationType", "AuthorizationType"},
    {"InvocationConnectivityParameters", "InvocationConnectivityParameters", Form::kMap},
    {"KmsKeyIdentifier", "KmsKeyIdentifier"},
    {"Description", "Description"},
}};
constexpr Description kConnection = {.type = "AWS::Events::Connection",
                                     .one = "connection",
                                     .many = "connections",
                                     .arn = "ConnectionArn",
                                     .properties = kConnectionProperties};

constexpr std::array<Property, 6> kApiDestinationProperties = {{
    {"Name", "Name", Form::kName},
    {"ConnectionArn", "ConnectionArn", Form::kText, true},
    {"HttpMethod", "HttpMethod"},
    {"InvocationEndpoint", "InvocationEndpoint"},
    {"InvocationRateLimitPerSecond", "InvocationRateLimitPerSecond", Form::kAny},
    {"Description", "Description"},
}};
constexpr Description kApiDestination = {.type = "AWS::Events::ApiDestination",
                                         .one = "API destination",
                                         .many = "API destinations",
                                         .arn = "ApiDestinationArn",
                                         .properties = kApiDestinationProperties};

constexpr std::array<Property, 6> kEndpointProperties = {{
    {"Name", "Name", Form::kName},
    {"EventBuses", "EventBuses", Form::kList, true},
    {"RoutingConfig", "RoutingConfig", Form::kMap},
    {"ReplicationConfig", "ReplicationConfig", Form::kMap},
    {"RoleArn", "RoleArn"},
    {"Description", "Description"},
}};
constexpr Description kEndpoint = {.type = "AWS::Events::Endpoint",
                                   .one = "endpoint",
                                   .many = "endpoints",
                                   .arn = "Arn",
                                   .properties = kEndpointProperties};

// ---- pipes and schedules

constexpr std::array<Property, 9> kPipeProperties = {{
    {"Name", "Name", Form::kName},
    {"Source", "Source", Form::kText, true},
    {"Target", "Target", Form::kText, true},
    {"RoleArn", "RoleArn", Form::kText, true},
    {"SourceParameters", "SourceParameters", Form::kMap},
    {"TargetParameters", "TargetParameters", Form::kMap},
    {"Enrichment", "Enrichment"},
    {"DesiredState", "DesiredState"},
    {"KmsKeyIdentifier", "KmsKeyIdentifier"},
}};
constexpr Description kPipe = {
    .type = "AWS::Pipes::Pipe", .one = "pipe", .many = "pipes", .arn = "Arn", .properties = kPipeProperties};

constexpr std::array<Property, 6> kScheduleProperties = {{
    {"Name", "Name", Form::kName},
    {"GroupName", "GroupName"},
    {"State", "State"},
    {"ScheduleExpression", "ScheduleExpression"},
    {"Target", "Target", Form::kMap, true},
    {"KmsKeyArn", "KmsKeyArn"},
}};

// list-schedules prints of a target the ARN alone: no role, no dead letter queue.
void complete_schedule(const Node&, config::Resource& resource, AnswerReader&) {
  const Node* target = resource.properties.find("Target");
  if (target != nullptr && find_member(*target, "RoleArn") == nullptr)
    not_told(resource, "Target");
}

constexpr Description kSchedule = {.type = "AWS::Scheduler::Schedule",
                                   .one = "schedule",
                                   .many = "schedules",
                                   .arn = "Arn",
                                   .properties = kScheduleProperties,
                                   .complete = complete_schedule};

// What put-events answers describes nothing.
void read_nothing(const Node&, AnswerReader&) {}
constexpr Description kPutEvents = {
    .type = {}, .one = "entry", .many = "entries", .arn = {}, .read = read_nothing};

constexpr std::array<Row, 23> kRows = {{
    {"", &kEventBus, {{{"Arn", "events:event-bus/"}}}},
    {"EventBuses",
     &kEventBus,
     {{{"Arn", "events:event-bus/"}}},
     {"KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"},
     {},
     true},
    {"", &kRule, {{{"Arn", "events:rule/"}}}},
    {"Rules", &kRule, {{{"Arn", "events:rule/"}}}, {}, {}, true},
    {"Rules", &kRule, {{{"Name"}, {"EventPattern"}}}},
    {"Rules", &kRule, {{{"Name"}, {"ScheduleExpression"}}}},
    {"Targets", &kTargets, {{{"Id"}, {"Arn"}}}, {}, "Rule", true},
    {"", &kArchive, {{{"ArchiveArn", "events:archive/"}}}},
    {"", &kArchive, {{{"ArchiveName"}, {"EventSourceArn"}}}, {"EventPattern"}},
    {"Archives", &kArchive, {{{"ArchiveName"}, {"EventSourceArn"}}}, {"EventPattern", "KmsKeyIdentifier"}},
    {"Archives", &kArchive, {{{"ArchiveName"}, {"EventPattern"}}}},
    {"", &kApiDestination, {{{"ApiDestinationArn", "events:api-destination/"}}}},
    {"ApiDestinations", &kApiDestination, {{{"ApiDestinationArn", "events:api-destination/"}}}},
    {"", &kConnection, {{{"ConnectionArn", "events:connection/"}}}},
    {"Connections",
     &kConnection,
     {{{"ConnectionArn", "events:connection/"}}},
     {"KmsKeyIdentifier", "InvocationConnectivityParameters"}},
    {"", &kEndpoint, {{{"Arn", "events:endpoint/"}}}},
    {"Endpoints", &kEndpoint, {{{"Arn", "events:endpoint/"}}}},
    {"", &kPipe, {{{"Arn", "pipes:pipe/"}}}},
    {"Pipes", &kPipe, {{{"Arn", "pipes:pipe/"}}}, {"SourceParameters", "TargetParameters", "Enrichment"}},
    {"", &kSchedule, {{{"Arn", "scheduler:schedule/"}}}},
    {"Schedules", &kSchedule, {{{"Arn", "scheduler:schedule/"}}}, {"ScheduleExpression", "KmsKeyArn"}},
    {"FailedEntryCount", &kPutEvents, {}, {}, {}, true},
    {"Entries", &kPutEvents, {{{"EventId"}}}},
}};

}  // namespace

std::span<const Row> event_rows() {
  return kRows;
}

}  // namespace grantproof::sources
