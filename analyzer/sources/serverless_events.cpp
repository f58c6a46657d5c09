// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

// A type of event, and its properties as SAM documents them, separated by spaces.
struct EventType {
  std::string_view name;
  AddEvent of_function;       // null: functions have no such events
  AddEvent of_state_machine;  // the same
  std::string_view properties;
};

constexpr std::string_view kRuleProperties =
    "EventBusName RuleName Pattern DeadLetterConfig RetryPolicy Input InputPath Target Enabled State "
    "InputTransformer";
constexpr std::string_view kMappingProperties =
    "Queue Stream Broker Cluster DatabaseName CollectionName FullDocument DynamicPolicyName BatchSize "
    "StartingPosition StartingPositionTimestamp Enabled MaximumBatchingWindowInSeconds MaximumRetryAttempts "
    "BisectBatchOnFunctionError MaximumRecordAgeInSeconds DestinationConfig ParallelizationFactor Topics "
    "Queues SourceAccessConfigurations SecretsManagerKmsKeyId TumblingWindowInSeconds FunctionResponseTypes "
    "KafkaBootstrapServers FilterCriteria KmsKeyArn ConsumerGroupId ScalingConfig ProvisionedPollerConfig "
    "SchemaRegistryConfig MetricsConfig LoggingConfig";
constexpr std::string_view kApiProperties =
    "Path Method RestApiId Stage Auth RequestModel RequestParameters TimeoutInMillis ResponseTransferMode "
    "UnescapeMappingTemplate";

constexpr EventType kEventTypes[] = {
    {"EventBridgeRule", add_rule_event, add_rule_event, kRuleProperties},
    {"CloudWatchEvent", add_rule_event, add_rule_event, kRuleProperties},
    {"Schedule", add_schedule_event, add_schedule_event,
     "Schedule RuleName Input Enabled State Name Description DeadLetterConfig RetryPolicy Target RoleArn"},
    {"ScheduleV2", add_schedule_v2_event, add_schedule_v2_event,
     "PermissionsBoundary ScheduleExpression FlexibleTimeWindow Name State Description StartDate EndDate "
     "ScheduleExpressionTimezone GroupName KmsKeyArn Input RoleArn DeadLetterConfig RetryPolicy OmitName"},
    {"SNS", add_sns_event, nullptr,
     "Topic Region FilterPolicy FilterPolicyScope SqsSubscription RedrivePolicy"},
    {"S3", add_s3_event, nullptr, "Bucket Events Filter"},
    {"AlexaSkill", add_alexa_skill_event, nullptr, "SkillId"},
    {"IoTRule", add_iot_rule_event, nullptr, "Sql AwsIotSqlVersion"},
    {"CloudWatchLogs", add_cloudwatch_logs_event, nullptr, "LogGroupName FilterPattern"},
    {"Cognito", add_cognito_event, nullptr, "UserPool Trigger"},
    {"Api", add_api_event, add_api_event, kApiProperties},
    {"HttpApi", add_http_api_event, nullptr,
     "Path Method ApiId Stage Auth TimeoutInMillis RouteSettings PayloadFormatVersion"},
    {"SQS", add_pull_event, nullptr, kMappingProperties},
    {"Kinesis", add_pull_event, nullptr, kMappingProperties},
    {"DynamoDB", add_pull_event, nullptr, kMappingProperties},
    {"MSK", add_pull_event, nullptr, kMappingProperties},
    {"MQ", add_pull_event, nullptr, kMappingProperties},
    {"SelfManagedKafka", add_pull_event, nullptr, kMappingProperties},
    {"DocumentDB", add_pull_event, nullptr, kMappingProperties},
};

std::vector<std::string_view> type_names(bool state_machine) {
  std::vector<std::string_view> names;
  for (const EventType& type : kEventTypes) {
    if ((state_machine ? type.of_state_machine : type.of_function) != nullptr)
      names.push_back(type.name);
  }
  return names;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string_view>& names,
                         std::string otherwise) {
  const std::optional<std::string_view> meant = base::nearest(written, names);
  return meant ? fmt::format("did you mean {}?", *meant) : std::move(otherwise);
}

class EventAdder {
 public:
  EventAdder(const EventTarget& target, ServerlessExpansion& expansion)
      : target_(target), expansion_(expansion) {}

  void add(const syntax::Member& event) {
    // Whatever is wrong with it, something sends events there that is not known then.
    if (event.key.starts_with("Fn::ForEach::")) {
      expansion_.gap(event.key_span, "events in a loop are not read", {}, "write them out");
      return;
    }
    if (event.key.size() > kLongestLogicalId) {
      refuse(event, fmt::format("the name of this event has more than {} characters", kLongestLogicalId), {});
      return;
    }
    if (event.value.kind != NodeKind::kMap) {
      refuse(event,
             fmt::format("event {} is {}, expected an object with Type and Properties", event.key,
                         describe(event.value.kind)),
             {});
      return;
    }
    const Node* written = event.value.find("Type");
    if (!is_text(written)) {
      refuse(event, fmt::format("event {} has no Type", event.key), "Type: EventBridgeRule");
      return;
    }
    const auto* type = std::find_if(std::begin(kEventTypes), std::end(kEventTypes),
                                    [&](const EventType& one) { return one.name == written->text; });
    const AddEvent add_event = type == std::end(kEventTypes) ? nullptr
                               : target_.state_machine       ? type->of_state_machine
                                                             : type->of_function;
    if (add_event == nullptr) {
      const std::vector<std::string_view> names = type_names(target_.state_machine);
      refuse(event,
             fmt::format("{} is no type of event of a {}", written->text,
                         target_.state_machine ? "state machine" : "function"),
             did_you_mean(written->text, names, fmt::format("one of: {}", fmt::join(names, ", "))));
      return;
    }
    add_event({.logical_id = target_.logical_id + event.key,
               .name = event.key,
               .type = type->name,
               .properties = properties(event, *type),
               .maker = {event.key_span, event.value.span, target_.condition},
               .target = target_},
              expansion_);
  }

 private:
  void refuse(const syntax::Member& event, std::string message, std::string help) {
    expansion_.mistake(event.key_span, std::move(message), std::move(help));
    expansion_.gap(event.key_span,
                   fmt::format("what event {} of {} becomes is not known", event.key, target_.logical_id),
                   {});
  }

  const Node& properties(const syntax::Member& event, const EventType& type) {
    static const Node kNone = syntax_map();
    const Node* properties = event.value.find("Properties");
    if (is_null(properties))
      return kNone;
    if (properties->kind != NodeKind::kMap) {
      expansion_.mistake(properties->span, fmt::format("Properties of event {} is {}, expected an object",
                                                       event.key, describe(properties->kind)));
      return kNone;
    }
    for (const syntax::Member& member : properties->members) {
      if (!has_word(type.properties, member.key)) {
        expansion_.mistake(member.key_span,
                           fmt::format("events of type {} have no {}", type.name, member.key),
                           did_you_mean(member.key, words_of(type.properties), {}));
      }
    }
    return *properties;
  }

  static Node syntax_map() { return NodeBuilder(base::Span{}).map(); }

  const EventTarget& target_;
  ServerlessExpansion& expansion_;
};

}  // namespace

Node EventTarget::arn(const NodeBuilder& make) const {
  // Ref of an alias and of a state machine is its ARN.
  return state_machine || !alias.empty() ? make.ref(resource()) : make.get_att(logical_id, "Arn");
}

void add_events(const Node& events, const EventTarget& target, ServerlessExpansion& expansion) {
  if (events.kind == NodeKind::kNull)
    return;
  if (events.kind != NodeKind::kMap || is_intrinsic_function(events)) {
    expansion.mistake(
        events.span,
        fmt::format("Events of {} is {}, expected an object with events by name", target.logical_id,
                    is_intrinsic_function(events) ? "an intrinsic function" : describe(events.kind)));
    expansion.gap(events.span, fmt::format("what the events of {} become is not known", target.logical_id),
                  {});
    return;
  }
  EventAdder adder(target, expansion);
  for (const syntax::Member& event : events.members)
    adder.add(event);
}

Node required(const Event& event, std::string_view property, ServerlessExpansion& expansion) {
  const Node* value = event.properties.find(property);
  if (!is_null(value))
    return expansion.copy(*value);
  expansion.mistake(event.maker.name,
                    fmt::format("event {} of type {} needs {}", event.name, event.type, property));
  return NodeBuilder(event.maker.span)
      .text(base::unknown_text(fmt::format("{} of {}", property, event.logical_id)));
}

Node permission_node(const Event& event, std::string_view service, const NodeBuilder& make) {
  return make.map({{"Action", make.text("lambda:InvokeFunction")},
                   {"FunctionName", event.target.function_name(make)},
                   {"Principal", make.text(std::string(service))}});
}

void add_permission(const Event& event, Node permission, ServerlessExpansion& expansion) {
  expansion.add(event.logical_id + "Permission", "AWS::Lambda::Permission", std::move(permission),
                event.maker);
}

void add_start_execution_role(const Event& event, std::string_view service, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  RolePolicies policies;
  policies.add_inline(
      event.logical_id + "RoleStartExecutionPolicy",
      document_node({statement_node("states:StartExecution", event.target.arn(make), make)}, make), make);
  Node role = policies.role(trust_node(service, make), make);
  if (!is_null(event.target.permissions_boundary))
    set(role, "PermissionsBoundary", expansion.copy(*event.target.permissions_boundary));
  expansion.add(event.logical_id + "Role", "AWS::IAM::Role", std::move(role), event.maker);
}

}  // namespace grantproof::sources
