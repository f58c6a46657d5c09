// SPDX-License-Identifier: Apache-2.0
//
// Resource policies and the resources that have them.
#include <gtest/gtest.h>

#include <string>

#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

// {"Policy": "…"} of one statement with a principal.
std::string policy(const std::string& action, const std::string& resource, const std::string& beside = "") {
  return R"({"Policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\")" + action +
         R"(\",\"Resource\":\")" + resource + R"(\"}]}")" + beside + "}";
}
std::string read(const std::string& action, const std::string& resource) {
  return R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":")" + action + R"(","Resource":")" +
         resource + R"("}]})";
}

TEST(AwsDumpPolicies, StatementsSayWhosePolicyItIs) {
  const struct {
    std::string action;
    std::string resource;
    std::string begins;
  } rows[] = {
      {"lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111122223333:function:fn:PROD",
       R"(AWS::Lambda::FunctionPolicy fn:PROD 111122223333 us-east-1 {"FunctionName":"arn:aws:lambda:us-east-1:111122223333:function:fn:PROD","PolicyDocument":)"},
      {"events:PutEvents", "arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/hub",
       R"(AWS::Events::EventBusPolicyDocument hub 111122223333 us-gov-west-1 {"EventBusName":"arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/hub","PolicyDocument":)"},
      {"SQS:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q",
       R"(AWS::SQS::QueuePolicy q 111122223333 us-east-1 {"Queues":["arn:aws:sqs:us-east-1:111122223333:q"],"PolicyDocument":)"},
      {"sns:Publish", "arn:aws:sns:us-east-1:111122223333:t",
       R"(AWS::SNS::TopicPolicy t 111122223333 us-east-1 {"Topics":["arn:aws:sns:us-east-1:111122223333:t"],"PolicyDocument":)"},
      {"s3:GetObject", "arn:aws:s3:::b/logs/*",
       R"(AWS::S3::BucketPolicy b {"Bucket":"arn:aws:s3:::b","PolicyDocument":)"},
      {"kinesis:PutRecord", "arn:aws:kinesis:us-east-1:111122223333:stream/s",
       R"(AWS::Kinesis::ResourcePolicy s 111122223333 us-east-1 {"ResourceArn":"arn:aws:kinesis:us-east-1:111122223333:stream/s","ResourcePolicy":)"},
      {"secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-1",
       R"(AWS::SecretsManager::ResourcePolicy s-1 111122223333 us-east-1 {"SecretId":"arn:aws:secretsmanager:us-east-1:111122223333:secret:s-1","ResourcePolicy":)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.resource);
    const ReadDump dump(policy(row.action, row.resource));
    EXPECT_TRUE(dump.recognised);
    EXPECT_EQ(dump.resources(), row.begins + read(row.action, row.resource) + "}\n");
    EXPECT_EQ(dump.said() + dump.gaps(), "");
  }
}

TEST(AwsDumpPolicies, ParametersAndFileNamesSayWhosePolicyItIs) {
  const std::string kms = read("kms:*", "*");
  const DumpCase kCases[] = {
      {policy("kms:*", "*", R"(, "KeyId": "arn:aws:kms:us-east-1:111122223333:key/1234")"),
       R"(AWS::KMS::Key 1234 111122223333 us-east-1 arn:aws:kms:us-east-1:111122223333:key/1234 {"KeyId":"arn:aws:kms:us-east-1:111122223333:key/1234","KeyPolicy":)" +
           kms + "}\n"},
      {policy("kms:*", "*", R"(, "KeyId": "alias/hub", "PolicyName": "default")"),
       R"(AWS::KMS::Key alias/hub arn:aws:kms:‹region›:‹account›:alias/hub {"KeyId":"alias/hub","KeyPolicy":)" +
           kms + "}\n"},
      {policy("kms:*", "*"),
       R"(AWS::KMS::Key 1234 arn:aws:kms:‹region›:‹account›:key/1234 {"KeyId":"1234","KeyPolicy":)" + kms +
           "}\n",
       "", "", "key-1234.json"},
      {policy("kms:*", "*"),
       R"(AWS::KMS::Key ‹key of x.json› arn:aws:kms:‹region›:‹account›:key/‹key of x.json› {"KeyId":"‹key of x.json›","KeyPolicy":)" +
           kms + "}\n",
       "", "1:13 AWS::KMS::Key nothing says which key has this policy\n", "x.json"},
      {policy("lambda:*", "*", R"(, "RevisionId": "1")"),
       R"(AWS::Lambda::FunctionPolicy fn {"FunctionName":"fn","PolicyDocument":)" + read("lambda:*", "*") +
           "}\n",
       "", "", "lambda-get-policy.fn.json"},
      {policy("*", "*", R"(, "QueueUrl": "https://sqs.us-east-1.amazonaws.com/111122223333/q")"),
       R"(AWS::SQS::QueuePolicy https://sqs.us-east-1.amazonaws.com/111122223333/q {"Queues":["https://sqs.us-east-1.amazonaws.com/111122223333/q"],"PolicyDocument":)" +
           read("*", "*") + "}\n"},
      // a policy that cannot be read is nobody's harmless one
      {R"({"Policy": "{\"Statement\"", "RevisionId": "1"})",
       R"(AWS::Lambda::FunctionPolicy ‹function of answer.json› {"FunctionName":"‹function of answer.json›","PolicyDocument":"{\"Statement\""}
)",
       "1:27 GP0301 Policy is not JSON: found the end of the text, expected ':' after the key | AWS prints "
       "it as a JSON "
       "object, or as the "
       "text of one in a string\n",
       "1:12 AWS::Lambda::FunctionPolicy nothing says which function has this policy\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpPolicies, WhatNothingSaysIsAPolicyByItself) {
  const std::string texts[] = {
      R"({"Policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"})",
      R"({"Policy": {"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-east-1:111122223333:q"}]}})",
      policy("*", "*"),
      R"({"Policy": "nothing"})",
      R"({"Policy": 5})",
      R"({"PolicyDocument": {"Statement": []}})",
  };
  for (const std::string& text : texts)
    EXPECT_FALSE(ReadDump(text).recognised) << text;
}

TEST(AwsDumpPolicies, SeveralResourcesInOnePolicyName) {
  const std::string statement =
      R"({\"Principal\":\"*\",\"Action\":\"events:PutEvents\",\"Resource\":[\"arn:aws:events:us-east-1:111122223333:event-bus/hub\",\"arn:aws:events:us-east-1:111122223333:rule/hub/*\"]})";
  EXPECT_EQ(
      ReadDump(R"({"Policy": "{\"Statement\":[)" + statement + R"(]}"})").translation.resources.at(0).name,
      "hub");
  // two buses: which one it belongs to nobody says
  const ReadDump dump(
      R"({"Policy": "{\"Statement\":[)" + statement +
      R"(,{\"Resource\":\"arn:aws:events:us-east-1:111122223333:event-bus/other\",\"Action\":\"events:*\"}]}"})");
  EXPECT_EQ(dump.translation.resources.at(0).name, "‹event bus of answer.json›");
  EXPECT_EQ(dump.gaps(),
            "1:13 AWS::Events::EventBusPolicyDocument nothing says which event bus has this policy\n");
}

TEST(AwsDumpPolicies, QueuesAndTopics) {
  const DumpCase kCases[] = {
      {R"({"Attributes": {"QueueArn": "arn:aws:sqs:us-east-1:111122223333:q.fifo", "VisibilityTimeout": "30", "FifoQueue": "true", "KmsMasterKeyId": "alias/q", "Policy": ""}})",
       R"(AWS::SQS::Queue q.fifo 111122223333 us-east-1 arn:aws:sqs:us-east-1:111122223333:q.fifo {"QueueName":"q.fifo","KmsMasterKeyId":"alias/q","FifoQueue":"true"}
)"},
      // without --attribute-names All nothing is told that is absent
      {R"({"Attributes": {"QueueArn": "arn:aws:sqs:us-east-1:111122223333:q"}})",
       R"(AWS::SQS::Queue q 111122223333 us-east-1 arn:aws:sqs:us-east-1:111122223333:q {"QueueName":"q"} without KmsMasterKeyId, FifoQueue, SqsManagedSseEnabled, Policy
)"},
      {R"({"Attributes": {"Policy": "{\"Statement\":{\"Resource\":\"arn:aws:sqs:us-east-1:111122223333:q\"}}"}})",
       R"(AWS::SQS::QueuePolicy q 111122223333 us-east-1 {"Queues":["arn:aws:sqs:us-east-1:111122223333:q"],"PolicyDocument":{"Statement":{"Resource":"arn:aws:sqs:us-east-1:111122223333:q"}}}
)"},
      {R"({"TopicArn": "arn:aws:sns:us-east-1:111122223333:t", "Attributes": {"Policy": "{}"}})",
       R"(AWS::SNS::TopicPolicy t 111122223333 us-east-1 {"Topics":["arn:aws:sns:us-east-1:111122223333:t"],"PolicyDocument":{}}
)"},
      {R"({"Attributes": {"TopicArn": "arn:aws:sns:us-east-1:111122223333:t", "KmsMasterKeyId": "", "DeliveryPolicy": ""}})",
       R"(AWS::SNS::Topic t 111122223333 us-east-1 arn:aws:sns:us-east-1:111122223333:t {"TopicName":"t"} without Policy
)"},
      {R"({"Topics": [{"TopicArn": "arn:aws:sns:us-east-1:111122223333:t"}]})",
       R"(AWS::SNS::Topic t 111122223333 us-east-1 arn:aws:sns:us-east-1:111122223333:t {"TopicName":"t"} without KmsMasterKeyId, FifoTopic, Policy
)"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpPolicies, FunctionsKeysSecretsAndOthers) {
  const DumpCase kCases[] = {
      {R"({"Configuration": {"FunctionName": "fn", "FunctionArn": "arn:aws:lambda:us-east-1:111122223333:function:fn", "Role": "arn:aws:iam::111122223333:role/r"}, "Code": {}})",
       R"(AWS::Lambda::Function fn 111122223333 us-east-1 arn:aws:lambda:us-east-1:111122223333:function:fn {"FunctionName":"fn","Role":"arn:aws:iam::111122223333:role/r"} without Policy
)"},
      {R"({"FunctionName": "fn", "FunctionArn": "arn:aws:lambda:us-east-1:111122223333:function:fn", "Role": "arn:aws:iam::111122223333:role/r", "KMSKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1"})",
       R"(AWS::Lambda::Function fn 111122223333 us-east-1 arn:aws:lambda:us-east-1:111122223333:function:fn {"FunctionName":"fn","Role":"arn:aws:iam::111122223333:role/r","KmsKeyArn":"arn:aws:kms:us-east-1:111122223333:key/1"} without Policy
)"},
      {R"({"stateMachineArn": "arn:aws:states:us-east-1:111122223333:stateMachine:m", "name": "m", "roleArn": "arn:aws:iam::111122223333:role/r", "definition": "{}"})",
       R"(AWS::StepFunctions::StateMachine m 111122223333 us-east-1 arn:aws:states:us-east-1:111122223333:stateMachine:m {"StateMachineName":"m","RoleArn":"arn:aws:iam::111122223333:role/r"}
)"},
      {R"({"KeyMetadata": {"KeyId": "1234", "Arn": "arn:aws:kms:us-east-1:111122223333:key/1234", "Enabled": true}})",
       R"(AWS::KMS::Key 1234 111122223333 us-east-1 arn:aws:kms:us-east-1:111122223333:key/1234 {"KeyId":"1234","Enabled":true} without KeyPolicy
)"},
      {R"({"Keys": [{"KeyId": "1234", "KeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234"}]})",
       R"(AWS::KMS::Key 1234 111122223333 us-east-1 arn:aws:kms:us-east-1:111122223333:key/1234 {"KeyId":"1234"} without KeyPolicy
)"},
      {R"({"ARN": "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-1", "Name": "s", "ResourcePolicy": "{\"Statement\":[]}"})",
       R"(AWS::SecretsManager::Secret s 111122223333 us-east-1 arn:aws:secretsmanager:us-east-1:111122223333:secret:s-1 {"Name":"s"}
AWS::SecretsManager::ResourcePolicy s 111122223333 us-east-1 {"SecretId":"arn:aws:secretsmanager:us-east-1:111122223333:secret:s-1","ResourcePolicy":{"Statement":[]}}
)"},
      {R"({"resourcePolicies": [{"policyName": "p", "policyDocument": "{\"Statement\":[]}"}, {"policyName": "q"}]})",
       R"(AWS::Logs::ResourcePolicy p {"PolicyName":"p","PolicyDocument":{"Statement":[]}}
AWS::Logs::ResourcePolicy q {"PolicyName":"q"} without PolicyDocument
)"},
      // API Gateway escapes the policy once more
      {R"({"items": [{"id": "a1", "name": "api", "policy": "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[]}", "endpointConfiguration": {}}]})",
       R"(AWS::ApiGateway::RestApi a1 {"Id":"a1","Name":"api","Policy":{"Version":"2012-10-17","Statement":[]}}
)"},
      {R"({"id": "a1", "policy": "{\\\"Version\\\":", "endpointConfiguration": {}})",
       R"(AWS::ApiGateway::RestApi a1 {"Id":"a1","Policy":"{\\\"Version\\\":"}
)",
       "1:42 GP0301 policy of REST API a1 is not JSON: found the end of the text, expected a value | AWS "
       "prints it as a JSON "
       "object, or as the text of one in a string\n"},
  };
  expect_dumps(kCases);
  const ReadDump api(
      R"({"id": "a1", "policy": "{\\\"Version\\\": \\\"2012-10-17\\\"}", "endpointConfiguration": {}})",
      {.path = "a.json", .account = "111122223333", .region = "eu-west-1"});
  EXPECT_EQ(api.translation.resources.at(0).arn, "arn:aws:apigateway:eu-west-1::/restapis/a1");
  EXPECT_EQ(api.written(api.property(0, "Policy").members.at(0).value), R"(\\\"2012-10-17\\\")");
}

// A policy in a string in a string, as some tools keep it.
TEST(AwsDumpPolicies, StringsInStrings) {
  std::string text = R"({"Effect": "Deny"})";
  for (int strings = 1; strings <= 6; ++strings) {
    text = syntax::json_quoted(text);
    const ReadDump dump(R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": )" + text + "}");
    const syntax::Node& document = dump.property(0, "PolicyDocument");
    EXPECT_EQ(document.kind, strings <= 4 ? syntax::NodeKind::kMap : syntax::NodeKind::kString) << strings;
    EXPECT_EQ(dump.said().empty(), strings <= 4) << dump.said();
  }
}

TEST(AwsDumpPolicies, RepeatedKeysAreTold) {
  const ReadDump dump(
      R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": "{\"Version\":1,\"Version\":2}"})");
  ASSERT_EQ(dump.sink.diagnostics().size(), 1U);
  EXPECT_EQ(dump.sink.diagnostics()[0].rule, "GP0002");
  EXPECT_EQ(dump.place(dump.sink.diagnostics()[0].primary.span), "1:72");
}

}  // namespace
}  // namespace grantproof::sources
