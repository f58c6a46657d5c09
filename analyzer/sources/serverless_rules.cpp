// SPDX-License-Identifier: Apache-2.0
//
// Events that come through EventBridge: rules, schedules, and schedules of EventBridge Scheduler.
#include <fmt/format.h>

#include "base/unknown_text.h"
#include "sources/serverless_events.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

// A property of the event, and where it stands in what is made of it.
struct Carried {
  std::string_view event_property;
  std::string_view property;
};
constexpr Carried kOfRule[] = {
    {"EventBusName", "EventBusName"}, {"Pattern", "EventPattern"}, {"RuleName", "Name"}, {"State", "State"}};
constexpr Carried kOfScheduledRule[] = {
    {"Schedule", "ScheduleExpression"}, {"Name", "Name"}, {"Description", "Description"}, {"State", "State"}};
constexpr Carried kOfTarget[] = {{"Input", "Input"},
                                 {"InputPath", "InputPath"},
                                 {"InputTransformer", "InputTransformer"},
                                 {"RetryPolicy", "RetryPolicy"}};
constexpr Carried kOfSchedule[] = {{"ScheduleExpression", "ScheduleExpression"},
                                   {"FlexibleTimeWindow", "FlexibleTimeWindow"},
                                   {"Name", "Name"},
                                   {"State", "State"},
                                   {"Description", "Description"},
                                   {"StartDate", "StartDate"},
                                   {"EndDate", "EndDate"},
                                   {"ScheduleExpressionTimezone", "ScheduleExpressionTimezone"},
                                   {"GroupName", "GroupName"},
                                   {"KmsKeyArn", "KmsKeyArn"}};

template <std::size_t count>
void carry(const Carried (&table)[count], const Event& event, Node& into, ServerlessExpansion& expansion) {
  for (const Carried& one : table) {
    if (const Node* value = event.properties.find(one.event_property))
      set(into, one.property, expansion.copy(*value));
  }
}

// Enabled: true or false, as State says it.
Node state_of(const Node& enabled, const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(enabled.span);
  if (const std::vector<Node>* arguments = if_arguments(enabled)) {
    return make.condition(expansion.copy((*arguments)[0]), state_of((*arguments)[1], event, expansion),
                          state_of((*arguments)[2], event, expansion));
  }
  if (is_no_value(enabled))
    return make.no_value();
  const std::string_view text =
      enabled.kind == NodeKind::kBool ? std::string_view(enabled.text) : expansion.text_of(enabled);
  if (text == "true" || text == "false")
    return make.text(text == "true" ? "ENABLED" : "DISABLED");
  if (!is_intrinsic_function(enabled))
    expansion.mistake(enabled.span, fmt::format("Enabled of event {} is neither true nor false", event.name));
  return make.text(base::unknown_text("Enabled of " + event.logical_id));
}

struct DeadLetterQueue {
  Node arn;           // null: none
  std::string queue;  // logical id of the queue that is made; empty: none is
};

DeadLetterQueue dead_letter_queue(const Event& event, ServerlessExpansion& expansion) {
  const Node* config = event.properties.find("DeadLetterConfig");
  if (is_null(config))
    return {};
  const NodeBuilder make(config->span);
  const Node* arn = config->find("Arn");
  const Node* type = config->find("Type");
  if (arn != nullptr && type != nullptr)
    expansion.mistake(config->span, "DeadLetterConfig has both Arn and Type", "leave one of them out");
  if (arn != nullptr)
    return {expansion.copy(*arn), {}};
  if (!is_text(type) || type->text != "SQS") {
    expansion.mistake(config->span, "DeadLetterConfig has neither Arn nor Type: SQS",
                      "DeadLetterConfig: {Arn: …}, or {Type: SQS} for a queue that SAM makes");
    return {make.text(base::unknown_text("dead-letter queue of " + event.logical_id)), {}};
  }
  std::string queue = event.logical_id + "Queue";
  if (const Node* logical_id = config->find("QueueLogicalId")) {
    if (is_text(logical_id) && logical_id->text.size() <= kLongestLogicalId)
      queue = logical_id->text;
    else
      expansion.mistake(logical_id->span, "QueueLogicalId is no logical id");
  }
  expansion.add(queue, "AWS::SQS::Queue", make.map(), {config->span, config->span, event.maker.condition});
  return {make.get_att(queue, "Arn"), queue};
}

// Rules may send to the queue that SAM makes for them, not to one that is given by its ARN.
void add_queue_policy(const Event& event, const std::string& queue, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.properties.find("DeadLetterConfig")->span);
  Node policy = make.map({{"Queues", make.list({make.ref(queue)})}});
  set(policy, "PolicyDocument",
      document_node({service_statement_node(make.map({{"Service", make.text("events.amazonaws.com")}}),
                                            "sqs:SendMessage", make.get_att(queue, "Arn"),
                                            make.get_att(event.logical_id, "Arn"), make)},
                    make, "2012-10-17"));
  expansion.add(event.logical_id + "QueuePolicy", "AWS::SQS::QueuePolicy", std::move(policy),
                {make.span(), make.span(), event.maker.condition});
}

// Target ids have at most 64 characters.
std::string target_id(const std::string& logical_id, std::string_view suffix) {
  return logical_id.substr(0, 64 - suffix.size()).append(suffix);
}

Node target_node(const Event& event, Node dead_letter_queue_arn, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  const EventTarget& to = event.target;
  Node target = make.map();
  set(target, "Arn", to.arn(make));
  const Node* given = event.properties.find("Target");
  const Node* id = given != nullptr ? given->find("Id") : nullptr;
  set(target, "Id",
      id != nullptr ? expansion.copy(*id)
                    : make.text(target_id(event.logical_id,
                                          to.state_machine ? "StepFunctionsTarget" : "LambdaTarget")));
  if (to.state_machine) {
    const Node* role = event.properties.find("RoleArn");
    set(target, "RoleArn",
        is_null(role) ? make.get_att(event.logical_id + "Role", "Arn") : expansion.copy(*role));
  }
  carry(kOfTarget, event, target, expansion);
  if (dead_letter_queue_arn.kind != NodeKind::kNull) {
    Node config = make.map();
    set(config, "Arn", std::move(dead_letter_queue_arn));
    set(target, "DeadLetterConfig", std::move(config));
  }
  return target;
}

void add_rule(const Event& event, Node rule, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  if (const Node* enabled = event.properties.find("Enabled"); !is_null(enabled)) {
    if (!is_null(rule.find("State")))
      expansion.mistake(enabled->span, "State and Enabled cannot both be given", "leave Enabled out");
    set(rule, "State", state_of(*enabled, event, expansion));
  }
  DeadLetterQueue queue = dead_letter_queue(event, expansion);
  Node targets = make.list();
  targets.items.push_back(target_node(event, std::move(queue.arn), expansion));
  set(rule, "Targets", std::move(targets));
  expansion.add(event.logical_id, "AWS::Events::Rule", std::move(rule), event.maker);

  if (!queue.queue.empty())
    add_queue_policy(event, queue.queue, expansion);
  if (!event.target.state_machine) {
    Node permission = permission_node(event, "events.amazonaws.com", make);
    set(permission, "SourceArn", make.get_att(event.logical_id, "Arn"));
    add_permission(event, std::move(permission), expansion);
  } else if (is_null(event.properties.find("RoleArn"))) {
    add_start_execution_role(event, "events.amazonaws.com", expansion);
  }
}

// What EventBridge Scheduler assumes: to call the target, and to send to the dead-letter queue.
void add_scheduler_role(const Event& event, const Node& dead_letter_queue_arn,
                        ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  const bool state_machine = event.target.state_machine;
  RolePolicies policies;
  policies.add_inline(
      event.logical_id + (state_machine ? "StartExecutionPolicy" : "LambdaPolicy"),
      document_node({statement_node(state_machine ? "states:StartExecution" : "lambda:InvokeFunction",
                                    event.target.arn(make), make)},
                    make),
      make);
  if (dead_letter_queue_arn.kind != NodeKind::kNull) {
    policies.add_inline(
        event.logical_id + "SQSPolicy",
        document_node({statement_node("sqs:SendMessage", expansion.copy(dead_letter_queue_arn), make)}, make),
        make);
  }
  Node role = policies.role(trust_node("scheduler.amazonaws.com", make), make);
  if (const Node* boundary = event.properties.find("PermissionsBoundary"); !is_null(boundary))
    set(role, "PermissionsBoundary", expansion.copy(*boundary));
  expansion.add(event.logical_id + "Role", "AWS::IAM::Role", std::move(role), event.maker);
}

}  // namespace

void add_rule_event(const Event& event, ServerlessExpansion& expansion) {
  Node rule = NodeBuilder(event.maker.span).map();
  carry(kOfRule, event, rule, expansion);
  add_rule(event, std::move(rule), expansion);
}

void add_schedule_event(const Event& event, ServerlessExpansion& expansion) {
  Node rule = NodeBuilder(event.maker.span).map();
  carry(kOfScheduledRule, event, rule, expansion);
  add_rule(event, std::move(rule), expansion);
}

void add_schedule_v2_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  Node schedule = make.map();
  carry(kOfSchedule, event, schedule, expansion);
  const Node* omit_name = event.properties.find("OmitName");
  if (is_null(schedule.find("Name")) && (omit_name == nullptr || omit_name->text != "true"))
    set(schedule, "Name", make.text(event.logical_id));

  DeadLetterQueue queue = dead_letter_queue(event, expansion);
  Node target = make.map();
  set(target, "Arn", event.target.arn(make));
  const Node* role = event.properties.find("RoleArn");
  set(target, "RoleArn",
      is_null(role) ? make.get_att(event.logical_id + "Role", "Arn") : expansion.copy(*role));
  carry(kOfTarget, event, target, expansion);
  if (is_null(role))
    add_scheduler_role(event, queue.arn, expansion);
  if (queue.arn.kind != NodeKind::kNull) {
    Node config = make.map();
    set(config, "Arn", std::move(queue.arn));
    set(target, "DeadLetterConfig", std::move(config));
  }
  set(schedule, "Target", std::move(target));
  expansion.add(event.logical_id, "AWS::Scheduler::Schedule", std::move(schedule), event.maker);
}

}  // namespace grantproof::sources
