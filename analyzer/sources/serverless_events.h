// SPDX-License-Identifier: Apache-2.0
//
// The Events of SAM functions and state machines: what sends them events, and so which rules, schedules,
// subscriptions, permissions and roles SAM makes. Source: AWS SAM developer guide, "EventSource".
#pragma once

#include <string>
#include <string_view>

#include "sources/serverless_expansion.h"
#include "sources/serverless_role.h"
#include "syntax/node.h"

namespace grantproof::sources {

// What the events go to.
struct EventTarget {
  std::string logical_id;  // of the function or state machine
  bool state_machine = false;
  std::string alias;  // logical id of its alias, where the events go to that; otherwise empty
  const syntax::Node* condition = nullptr;
  RolePolicies* role = nullptr;  // of a function that SAM makes the role of; null: it was given one
  const syntax::Node* permissions_boundary = nullptr;  // of a state machine: its events' roles have it too

  const std::string& resource() const { return alias.empty() ? logical_id : alias; }
  syntax::Node arn(const NodeBuilder& make) const;
  // As AWS::Lambda::Permission takes it: Ref of a function is its name, of an alias its ARN.
  syntax::Node function_name(const NodeBuilder& make) const { return make.ref(resource()); }
};

void add_events(const syntax::Node& events, const EventTarget& target, ServerlessExpansion& expansion);

// ---- for the kinds of events (serverless_rules.cpp, serverless_push_events.cpp, serverless_pull_events.cpp)

struct Event {
  std::string logical_id;          // the target's and the event's
  const std::string& name;         // the event's
  std::string_view type;           // "EventBridgeRule"
  const syntax::Node& properties;  // a map
  Maker maker;
  const EventTarget& target;
};

// The property; where it is missing, that is said, and the value is unknown.
syntax::Node required(const Event& event, std::string_view property, ServerlessExpansion& expansion);

using AddEvent = void (*)(const Event& event, ServerlessExpansion& expansion);
void add_rule_event(const Event& event, ServerlessExpansion& expansion);
void add_schedule_event(const Event& event, ServerlessExpansion& expansion);
void add_schedule_v2_event(const Event& event, ServerlessExpansion& expansion);
void add_sns_event(const Event& event, ServerlessExpansion& expansion);
void add_s3_event(const Event& event, ServerlessExpansion& expansion);
void add_alexa_skill_event(const Event& event, ServerlessExpansion& expansion);
void add_iot_rule_event(const Event& event, ServerlessExpansion& expansion);
void add_cloudwatch_logs_event(const Event& event, ServerlessExpansion& expansion);
void add_cognito_event(const Event& event, ServerlessExpansion& expansion);
void add_api_event(const Event& event, ServerlessExpansion& expansion);
void add_http_api_event(const Event& event, ServerlessExpansion& expansion);
void add_pull_event(const Event& event, ServerlessExpansion& expansion);

// ---- what several of them make

// The function's permission for a service; SourceArn and the like are added by the caller.
syntax::Node permission_node(const Event& event, std::string_view service, const NodeBuilder& make);
void add_permission(const Event& event, syntax::Node permission, ServerlessExpansion& expansion);
// A role that starts executions of the state machine.
void add_start_execution_role(const Event& event, std::string_view service, ServerlessExpansion& expansion);
// The mapping from a queue or stream to the function, and the managed policy for it in the function's role.
void add_queue_mapping(const Event& event, std::string logical_id, syntax::Node queue_arn,
                       ServerlessExpansion& expansion);

}  // namespace grantproof::sources
