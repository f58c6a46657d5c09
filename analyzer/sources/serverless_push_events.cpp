// SPDX-License-Identifier: Apache-2.0
//
// Events of services that call the function themselves, so that they need its permission.
#include <fmt/format.h>

#include "base/text.h"
#include "base/unknown_text.h"
#include "sources/serverless_events.h"
#include "sources/serverless_resources.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

bool is_true(const Node* node) {
  return node != nullptr && node->kind == NodeKind::kBool && node->boolean;
}

void add_subscription(const Event& event, std::string_view protocol, Node endpoint,
                      ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  Node subscription = make.map({{"Protocol", make.text(std::string(protocol))}});
  set(subscription, "Endpoint", std::move(endpoint));
  set(subscription, "TopicArn", required(event, "Topic", expansion));
  for (const std::string_view property : {"FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region"}) {
    if (const Node* value = event.properties.find(property))
      set(subscription, property, expansion.copy(*value));
  }
  expansion.add(event.logical_id, "AWS::SNS::Subscription", std::move(subscription), event.maker);
}

// SqsSubscription: the topic sends to a queue, from which the function reads.
void add_sqs_subscription(const Event& event, const Node& subscription, ServerlessExpansion& expansion) {
  const NodeBuilder make(subscription.span);
  std::string queue_policy = event.logical_id + "QueuePolicy";
  Node arn;
  Node url;
  if (subscription.kind == NodeKind::kMap) {
    const auto value = [&](std::string_view property) {
      const Node* given = subscription.find(property);
      if (!is_null(given))
        return expansion.copy(*given);
      expansion.mistake(subscription.span, fmt::format("SqsSubscription needs {}", property),
                        "QueueArn and QueueUrl, or SqsSubscription: true");
      return make.text(base::unknown_text(fmt::format("{} of {}", property, event.logical_id)));
    };
    arn = value("QueueArn");
    url = value("QueueUrl");
    const Node* logical_id = subscription.find("QueuePolicyLogicalId");
    if (is_text(logical_id) && logical_id->text.size() <= kLongestLogicalId)
      queue_policy = logical_id->text;
  } else {
    const std::string queue = event.logical_id + "Queue";
    expansion.add(queue, "AWS::SQS::Queue", make.map(), event.maker);
    arn = make.get_att(queue, "Arn");
    url = make.ref(queue);
  }
  Node policy = make.map();
  set(policy, "PolicyDocument",
      document_node({service_statement_node(make.text("*"), "sqs:SendMessage", expansion.copy(arn),
                                            required(event, "Topic", expansion), make)},
                    make, "2012-10-17"));
  set(policy, "Queues", make.list({std::move(url)}));
  expansion.add(queue_policy, "AWS::SQS::QueuePolicy", std::move(policy), event.maker);
  add_subscription(event, "sqs", expansion.copy(arn), expansion);
  add_queue_mapping(event, event.logical_id + "EventSourceMapping", std::move(arn), expansion);
}

// "/orders/{id}/" as API Gateway writes it into ARNs: "/orders/*".
std::string path_in_arn(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/'))
    path.remove_suffix(1);
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::size_t end = path[i] == '{' ? path.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += path[i];
    } else {
      text += '*';
      i = end;
    }
  }
  return text;
}

std::string method_in_arn(std::string_view method) {
  if (base::equals_ignoring_case(method, "any") ||
      base::equals_ignoring_case(method, "x-amazon-apigateway-any-method"))
    return "*";
  std::string text;
  for (const char letter : method)
    text += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return text;
}

// The stage in the logical id of the permission of an Api event. One that is not written as a text is
// "Stage"; the API of another template has "AllStages".
std::string stage_suffix(const Node* api, const ServerlessExpansion& expansion) {
  if (is_null(api))
    return "Prod";
  const std::string name(is_text(api) ? std::string_view(api->text) : referred_id(*api));
  const auto stage = expansion.api_stages.find(name);
  if (stage == expansion.api_stages.end())
    return "AllStages";
  const std::string suffix = alphanumeric(stage->second);
  return suffix.empty() ? "Stage" : suffix.substr(0, kLongestLogicalId);
}

// A text property, "*" where it is not written as one: the API lets in more then, never less.
std::string text_or_any(const Event& event, std::string_view property, ServerlessExpansion& expansion) {
  const Node* value = event.properties.find(property);
  const std::string_view text = value != nullptr ? expansion.text_of(*value) : std::string_view();
  return text.empty() ? "*" : std::string(text);
}

Node invoke_arn(Node api, std::string_view resource, const NodeBuilder& make) {
  Members variables;
  variables.emplace_back("__ApiId__", std::move(api));
  variables.emplace_back("__Stage__", make.text("*"));
  return make.sub(fmt::format("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:"
                              "${{__ApiId__}}/${{__Stage__}}{}",
                              resource),
                  std::move(variables));
}

}  // namespace

void add_sns_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  const Node* queue = event.properties.find("SqsSubscription");
  if (!is_null(queue) && (queue->kind == NodeKind::kMap || is_true(queue))) {
    add_sqs_subscription(event, *queue, expansion);
    return;
  }
  add_subscription(event, "lambda", event.target.arn(make), expansion);
  Node permission = permission_node(event, "sns.amazonaws.com", make);
  set(permission, "SourceArn", required(event, "Topic", expansion));
  add_permission(event, std::move(permission), expansion);
}

void add_s3_event(const Event& event, ServerlessExpansion& expansion) {
  // The bucket refers to the function, so SAM cannot let the permission refer to the bucket.
  const NodeBuilder make(event.maker.span);
  Node permission = permission_node(event, "s3.amazonaws.com", make);
  set(permission, "SourceAccount", make.ref("AWS::AccountId"));
  add_permission(event, std::move(permission), expansion);
}

void add_alexa_skill_event(const Event& event, ServerlessExpansion& expansion) {
  Node permission = permission_node(event, "alexa-appkit.amazon.com", NodeBuilder(event.maker.span));
  if (const Node* skill = event.properties.find("SkillId"); !is_null(skill))
    set(permission, "EventSourceToken", expansion.copy(*skill));
  add_permission(event, std::move(permission), expansion);
}

void add_iot_rule_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  Node permission = permission_node(event, "iot.amazonaws.com", make);
  set(permission, "SourceArn",
      make.sub("arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}",
               {{"RuleName", make.ref(event.logical_id)}}));
  set(permission, "SourceAccount", make.ref("AWS::AccountId"));
  add_permission(event, std::move(permission), expansion);
  expansion.add(event.logical_id, "AWS::IoT::TopicRule", make.map(), event.maker);
}

void add_cloudwatch_logs_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  Node permission = permission_node(event, "logs.amazonaws.com", make);
  Members variables;
  variables.emplace_back("__LogGroupName__", required(event, "LogGroupName", expansion));
  set(permission, "SourceArn",
      make.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*",
               std::move(variables)));
  add_permission(event, std::move(permission), expansion);
  expansion.add(event.logical_id, "AWS::Logs::SubscriptionFilter",
                make.map({{"DestinationArn", event.target.arn(make)}}), event.maker);
}

void add_cognito_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  const Node* pool = event.properties.find("UserPool");
  const std::string logical_id(pool != nullptr ? referred_id(*pool).substr(0, kLongestLogicalId) : "");
  if (logical_id.empty())
    expansion.mistake(event.maker.name, fmt::format("event {} of type Cognito needs UserPool", event.name),
                      "UserPool: {Ref: …}, a user pool of this template");
  Node permission = permission_node(event, "cognito-idp.amazonaws.com", make);
  set(permission, "SourceArn",
      logical_id.empty() ? make.text(base::unknown_text("UserPool of " + event.logical_id))
                         : make.get_att(logical_id, "Arn"));
  // One for all triggers of the function.
  expansion.add(event.target.resource() + "CognitoPermission", "AWS::Lambda::Permission",
                std::move(permission), event.maker);
}

void add_api_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  const Node* api = event.properties.find("RestApiId");
  if (is_null(api))
    expansion.use_implicit_api("AWS::Serverless::Api", event.maker);
  if (event.target.state_machine) {
    add_start_execution_role(event, "apigateway.amazonaws.com", expansion);
    return;
  }
  Node permission = permission_node(event, "apigateway.amazonaws.com", make);
  set(permission, "SourceArn",
      invoke_arn(is_null(api) ? make.ref("ServerlessRestApi") : expansion.copy(*api),
                 fmt::format("/{}{}", method_in_arn(text_or_any(event, "Method", expansion)),
                             path_in_arn(text_or_any(event, "Path", expansion))),
                 make));
  expansion.add(event.logical_id + "Permission" + stage_suffix(api, expansion), "AWS::Lambda::Permission",
                std::move(permission), event.maker);
}

void add_http_api_event(const Event& event, ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  const Node* api = event.properties.find("ApiId");
  if (is_null(api))
    expansion.use_implicit_api("AWS::Serverless::HttpApi", event.maker);
  std::string path = text_or_any(event, "Path", expansion);
  // Without a path it is the route for everything else, $default.
  if (path == "*" || path == "$default")
    path.clear();
  const std::string method = method_in_arn(text_or_any(event, "Method", expansion));
  const std::string resource =
      path == "/$default" && method == "*" ? path : fmt::format("/{}{}", method, path_in_arn(path));
  Node permission = permission_node(event, "apigateway.amazonaws.com", make);
  set(permission, "SourceArn",
      invoke_arn(is_null(api) ? make.ref("ServerlessHttpApi") : expansion.copy(*api), resource, make));
  add_permission(event, std::move(permission), expansion);
}

}  // namespace grantproof::sources
