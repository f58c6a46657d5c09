// SPDX-License-Identifier: Apache-2.0
//
// Answers about what rules deliver to and what is on the way: functions, queues, topics, keys, secrets,
// streams, log groups, REST APIs.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "aws/arn.h"
#include "sources/aws_dump_answer.h"
#include "sources/aws_dump_policy_home.h"

namespace grantproof::sources {
namespace {

using syntax::Node;

// ---- functions and state machines

constexpr std::array<Property, 3> kFunctionProperties = {{
    {"FunctionName", "FunctionName", Form::kName},
    {"Role", "Role", Form::kText, true},
    {"KMSKeyArn", "KmsKeyArn"},
}};
constexpr Description kFunction = {.type = "AWS::Lambda::Function",
                                   .one = "function",
                                   .many = "functions",
                                   .arn = "FunctionArn",
                                   .properties = kFunctionProperties,
                                   .policy = "Policy",
                                   .home = Home::kFunction};

constexpr std::array<Property, 2> kStateMachineProperties = {{
    {"name", "StateMachineName", Form::kName},
    {"roleArn", "RoleArn", Form::kText, true},
}};
constexpr Description kStateMachine = {.type = "AWS::StepFunctions::StateMachine",
                                       .one = "state machine",
                                       .many = "state machines",
                                       .arn = "stateMachineArn",
                                       .properties = kStateMachineProperties};

// ---- queues and topics: Attributes, all of them texts

constexpr std::array<Property, 4> kQueueProperties = {{
    {"QueueName", "QueueName", Form::kName},
    {"KmsMasterKeyId", "KmsMasterKeyId"},
    {"FifoQueue", "FifoQueue", Form::kAny},
    {"SqsManagedSseEnabled", "SqsManagedSseEnabled", Form::kAny},
}};

// Only with --attribute-names All what is absent is not there.
void complete_queue(const Node& entry, config::Resource& resource, AnswerReader&) {
  if (find_member(entry, "VisibilityTimeout") != nullptr)
    return;
  for (const Property& property : kQueueProperties) {
    if (find_member(entry, property.member) == nullptr && property.form != Form::kName)
      not_told(resource, property.property);
  }
  if (find_member(entry, "Policy") == nullptr)
    not_told(resource, "Policy");
}

constexpr Description kQueue = {.type = "AWS::SQS::Queue",
                                .one = "queue",
                                .many = "queues",
                                .arn = "QueueArn",
                                .properties = kQueueProperties,
                                .complete = complete_queue,
                                .policy = "Policy",
                                .home = Home::kQueue};

constexpr std::array<Property, 3> kTopicProperties = {{
    {"TopicName", "TopicName", Form::kName},
    {"KmsMasterKeyId", "KmsMasterKeyId"},
    {"FifoTopic", "FifoTopic", Form::kAny},
}};

// Every topic has a policy.
void complete_topic(const Node& entry, config::Resource& resource, AnswerReader&) {
  if (find_member(entry, "Policy") == nullptr)
    not_told(resource, "Policy");
}

constexpr Description kTopic = {.type = "AWS::SNS::Topic",
                                .one = "topic",
                                .many = "topics",
                                .arn = "TopicArn",
                                .properties = kTopicProperties,
                                .complete = complete_topic,
                                .policy = "Policy",
                                .home = Home::kTopic};

// {"Attributes": {"Policy": …}}: asked for nothing else.
void read_attributes(const Node& value, AnswerReader& reader);
constexpr Description kAttributes = {.type = "AWS::SQS::QueuePolicy",
                                     .one = "queue",
                                     .many = "policies of queues",
                                     .arn = {},
                                     .read = read_attributes};

constexpr Row kQueueRow = {"Attributes", &kQueue, {{{"QueueArn", "sqs:"}}}};
constexpr Row kTopicRow = {"Attributes", &kTopic, {{{"TopicArn", "sns:"}}}};

void read_attributes(const Node& value, AnswerReader& reader) {
  for (const Row* row : {&kQueueRow, &kTopicRow}) {
    if (fits(*row, value)) {
      describe(*row, value, reader);
      return;
    }
  }
  if (const Node* policy = find_member(value, "Policy"))
    read_policy_of(reader.parameter("TopicArn") ? Home::kTopic : Home::kQueue, *policy, reader);
}

// ---- keys and secrets

constexpr std::array<Property, 3> kKeyProperties = {{
    {"KeyId", "KeyId", Form::kName},
    {"Enabled", "Enabled", Form::kAny},
    {"Policy", "KeyPolicy", Form::kDocument, true},
}};
constexpr Description kKey = {
    .type = "AWS::KMS::Key", .one = "key", .many = "keys", .arn = "Arn", .properties = kKeyProperties};
constexpr Description kListedKey = {
    .type = "AWS::KMS::Key", .one = "key", .many = "keys", .arn = "KeyArn", .properties = kKeyProperties};

constexpr std::array<Property, 1> kSecretProperties = {{
    {"Name", "Name", Form::kName},
}};
constexpr Description kSecret = {.type = "AWS::SecretsManager::Secret",
                                 .one = "secret",
                                 .many = "secrets",
                                 .arn = "ARN",
                                 .properties = kSecretProperties,
                                 .policy = "ResourcePolicy",
                                 .home = Home::kSecret};

// ---- CloudWatch Logs and API Gateway

constexpr std::array<Property, 2> kLogsPolicyProperties = {{
    {"policyName", "PolicyName", Form::kName},
    {"policyDocument", "PolicyDocument", Form::kDocument, true},
}};

// It is the account's own, so its statements can only name log groups of that account.
void complete_logs_policy(const Node&, config::Resource& resource, AnswerReader& reader) {
  const Node* document = resource.properties.find("PolicyDocument");
  const Node* list = document == nullptr ? nullptr : find_member(*document, "Statement");
  if (list == nullptr || !reader.place().account.empty())
    return;
  for (const Node& statement : entries_of(*list)) {
    const Node* resources = find_member(statement, "Resource");
    if (resources == nullptr)
      continue;
    for (const Node& text : entries_of(*resources)) {
      const auto arn = aws::parse_arn(text.text);
      if (!arn || arn->service != "logs" || !aws::is_account_id(arn->account))
        continue;
      resource.partition = arn->partition;
      resource.account = arn->account;
      if (resource.region.empty() && arn->region.find('*') == std::string_view::npos)
        resource.region = arn->region;
      return;
    }
  }
}

constexpr Description kLogsPolicy = {.type = "AWS::Logs::ResourcePolicy",
                                     .one = "resource policy",
                                     .many = "resource policies of CloudWatch Logs",
                                     .arn = {},
                                     .properties = kLogsPolicyProperties,
                                     .complete = complete_logs_policy};

constexpr std::array<Property, 3> kRestApiProperties = {{
    {"id", "Id", Form::kName},
    {"name", "Name"},
    {"policy", "Policy", Form::kDocument},
}};

void complete_rest_api(const Node&, config::Resource& resource, AnswerReader&) {
  if (!resource.region.empty())
    resource.arn =
        fmt::format("arn:{}:apigateway:{}::/restapis/{}", resource.partition, resource.region, resource.name);
}

constexpr Description kRestApi = {.type = "AWS::ApiGateway::RestApi",
                                  .one = "REST API",
                                  .many = "REST APIs",
                                  .arn = {},
                                  .properties = kRestApiProperties,
                                  .complete = complete_rest_api};

constexpr std::array<Row, 18> kRows = {{
    {"", &kFunction, {{{"FunctionArn", "lambda:function:"}, {"Role"}}}, {"Policy"}},
    {"Configuration", &kFunction, {{{"FunctionArn", "lambda:function:"}}}, {"Policy"}},
    {"Functions", &kFunction, {{{"FunctionArn", "lambda:function:"}}}, {"Policy"}},
    {"", &kStateMachine, {{{"stateMachineArn", "states:stateMachine:"}, {"roleArn"}}}},
    {"Attributes", &kAttributes, {{{"QueueArn", "sqs:"}}}},
    {"Attributes", &kAttributes, {{{"TopicArn", "sns:"}}}},
    {"Attributes", &kAttributes, {{{"Policy"}}}},
    {"", &kQueue, {{{"QueueArn", "sqs:"}}}},
    {"", &kTopic, {{{"TopicArn", "sns:"}, {"Owner"}}}},
    {"Topics", &kTopic, {{{"TopicArn", "sns:"}}}, {"KmsMasterKeyId", "FifoTopic"}},
    {"KeyMetadata", &kKey, {{{"Arn", "kms:key/"}}}, {}, {}, true},
    {"", &kKey, {{{"Arn", "kms:key/"}, {"KeyId"}}}},
    {"Keys", &kListedKey, {{{"KeyArn", "kms:key/"}}}},
    {"", &kSecret, {{{"ARN", "secretsmanager:secret:"}, {"ResourcePolicy"}}}},
    {"resourcePolicies", &kLogsPolicy, {{{"policyName"}}}, {}, {}, true},
    {"items", &kRestApi, {{{"id"}, {"endpointConfiguration"}}}},
    {"", &kRestApi, {{{"id"}, {"endpointConfiguration"}}}},
    {"", &kLogsPolicy, {{{"policyName"}, {"policyDocument"}}}},
}};

}  // namespace

std::span<const Row> target_rows() {
  return kRows;
}

}  // namespace grantproof::sources
