// SPDX-License-Identifier: Apache-2.0
//
// Whole templates: one of every shape that is read, and what the CDK synthesizes.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

// The property at the first resource of that name, or the resource's ARN.
struct Case {
  std::string resource;
  std::string key;
  std::string value;
};

void check(const TemplateReading& reading, const std::vector<Case>& cases) {
  for (const Case& one : cases)
    EXPECT_EQ(one.key == "ARN" ? reading.arn(one.resource) : reading.property(one.resource, one.key),
              one.value)
        << one.resource << "." << one.key;
}

TEST(TemplateFormats, EveryShapeOfCloudFormation) {
  TemplateReading reading;
  reading.add_file("cfn/full.yaml", "111122223333", "eu-west-1").translate();
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(reading.gaps(), "");
  EXPECT_EQ(reading.into.resources.size(), 27U);
  const std::string bus = "arn:aws:events:eu-west-1:111122223333:event-bus/‹StackName of full›-orders";
  const std::string rule =
      "arn:aws:events:eu-west-1:111122223333:rule/‹StackName of full›-orders/‹full.Rule›";
  check(
      reading,
      {
          {"Bus", "ARN", bus},
          {"Bus", "DeadLetterConfig", R"({"Arn":"arn:aws:sqs:eu-west-1:111122223333:‹full.Dlq›"})"},
          {"BusPolicyStatement", "EventBusName", R"("‹StackName of full›-orders")"},
          {"BusPolicyStatement", "Statement",
           R"({"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":")" + bus +
               R"(","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcd123456"}}})"},
          {"BusPolicyLegacy", "Principal", R"("222222222222")"},
          {"BusPolicyLegacyOrg", "Condition",
           R"({"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-abcd123456"})"},
          {"DlqPolicy", "Queues", R"(["https://sqs.eu-west-1.amazonaws.com/111122223333/‹full.Dlq›"])"},
          {"TopicPolicy", "Topics", R"(["arn:aws:sns:eu-west-1:111122223333:‹full.Topic›"])"},
          {"FnRole", "ManagedPolicyArns",
           R"(["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"])"},
          {"FnRole", "RoleName", R"("‹full.FnRole›")"},
          {"FnPermission", "SourceArn", '"' + rule + '"'},
          {"Rule", "ARN", rule},
          {"Rule", "Name", R"("‹full.Rule›")"},
          // Stage is dev.
          {"Rule", "EventPattern",
           R"({"account":["111122223333"],"source":[{"prefix":"com.acme."}],"detail-type":["OrderPlaced"],)"
           R"("detail":{"total":[{"numeric":[">",100]}]}})"},
          {"ForwardRule", "ARN",
           "arn:aws:events:eu-west-1:111122223333:rule/‹StackName of full›-orders/‹full.ForwardRule›"},
          {"ForwardPolicy", "Roles", R"(["‹full.ForwardRole›"])"},
          {"PublisherPolicy", "PolicyDocument",
           R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"events:PutEvents","Resource":")" +
               bus + R"(","Condition":{"StringLike":{"events:source":"com.acme.*"}}}]})"},
          {"Archive", "RetentionDays", R"("7")"},
          {"Connection", "AuthParameters",
           R"({"ApiKeyAuthParameters":{"ApiKeyName":"x-api-key",)"
           R"("ApiKeyValue":"‹resolve.secretsmanager.hook.SecretString.key›"}})"},
          {"ApiDest", "ConnectionArn",
           R"("arn:aws:events:eu-west-1:111122223333:connection/‹full.Connection›/‹full.Connection.Id›")"},
          {"Pipe", "Target", '"' + bus + '"'},
      });
  EXPECT_EQ(reading.assumptions(),
            "parameter HubBusArn of cfn/full.yaml has its default, "
            "arn:aws:events:us-east-1:444444444444:event-bus/hub\n"
            "parameter OrgId of cfn/full.yaml has its default, o-abcd123456\n"
            "parameter PeerAccounts of cfn/full.yaml has its default, 222222222222,333333333333\n"
            "parameter Stage of cfn/full.yaml has its default, dev\n");
}

TEST(TemplateFormats, WhatTheCdkSynthesizes) {
  TemplateReading reading;
  reading.add_file("cdk/manifest.json").add_file("cdk/Stack.template.json").translate();
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(reading.gaps(), "");
  EXPECT_EQ(reading.assumptions(), "");
  check(
      reading,
      {
          {"OrdersBus0A1B2C3D", "ARN",
           "arn:aws:events:us-east-1:111111111111:event-bus/StackOrdersBus5E6F7A8B"},
          {"OrdersBuscdkAllowPeer9C0D1E2F", "Statement",
           R"({"Action":"events:PutEvents","Effect":"Allow",)"
           R"("Principal":{"AWS":"arn:aws:iam::222222222222:root"},)"
           R"("Resource":"arn:aws:events:us-east-1:111111111111:event-bus/StackOrdersBus5E6F7A8B",)"
           R"("Sid":"cdk-AllowPeer"})"},
          {"ForwardEventsRoleDefaultPolicy11223344", "Roles", R"(["‹Stack.ForwardEventsRoleA1B2C3D4›"])"},
          {"FnAllowEventRuleStackLocal99AABBCC", "SourceArn",
           R"("arn:aws:events:us-east-1:111111111111:rule/StackOrdersBus5E6F7A8B/‹Stack.Forward55667788›")"},
          {"Fn9270CBC0", "ARN", "arn:aws:lambda:us-east-1:111111111111:function:‹Stack.Fn9270CBC0›"},
      });
}

TEST(TemplateFormats, Recognised) {
  const std::vector<std::pair<std::string, bool>> cases = {
      {R"({"AWSTemplateFormatVersion": "2010-09-09"})", true},
      {R"({"Resources": {"A": {"Type": "AWS::SQS::Queue"}}})", true},
      {R"({"Resources": {"A": {"Type": "Custom::X"}}})", true},
      {R"({"Resources": {"Fn::ForEach::A": []}})", true},
      {R"({"Resources": {"A": {"Type": 1}}})", false},
      {R"({"Resources": ["AWS::SQS::Queue"]})", false},
      {R"({"Resources": {}})", false},
      {R"({"Version": "2012-10-17", "Statement": []})", false},
      {"[]", false},
  };
  for (const auto& [text, is] : cases) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    EXPECT_EQ(is_template(*syntax::read_json(sources, sources.add("t.json", text), sink)), is) << text;
  }
}

TEST(TemplateFormats, RulesHaveNoPart) {
  TemplateReading reading;
  reading
      .add("t.yaml", R"(Parameters: {Vpcs: {Type: List<AWS::EC2::VPC::Id>}, Stage: {Type: String}}
Rules:
  Tagged:
    RuleCondition: !Contains [[a, b], !Ref Stage]
    Assertions: [{Assert: !EachMemberEquals [!ValueOf [Vpcs, Tags.Department], IT]}]
Resources: {R: {Type: AWS::EC2::Thing, Properties: {V: !GetStackOutput {StackName: s, OutputName: o}}}}
)")
      .translate();
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(reading.properties("R"), R"({"V":"‹output o of s in AccountId of t Region of t›"})");
}

TEST(TemplateFormats, WhatIsNotExpandedIsAGap) {
  TemplateReading reading;
  reading
      .add("t.yaml", R"(AWSTemplateFormatVersion: "2010-09-09"
Transform: [AWS::LanguageExtensions, MyMacro, {Name: AWS::Include, Parameters: {Location: s3://b/k}}]
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}
  Function: {Type: AWS::Serverless::Function}
  Module: {Type: Acme::S3::Bucket::MODULE}
  R: {Type: AWS::EC2::Thing, Properties: {A: !Ref Made, Fn::Transform: {Name: M}}}
)")
      .translate();
  EXPECT_EQ(reading.gaps(),
            "the macro MyMacro may change t.yaml, and what it makes is not known\n"
            "the macro AWS::Include may change t.yaml, and what it makes is not known\n"
            "what Fn::Transform makes of t.yaml is not known\n"
            "Function is AWS::Serverless::Function, which was not expanded\n"
            "Module is the module Acme::S3::Bucket::MODULE, which is not there\n"
            "what Fn::Transform makes here is not known\n");
  EXPECT_EQ(reading.properties("R"), R"({"A":"‹t.Made›"})");
  EXPECT_EQ(reading.said(), "");
}

}  // namespace
}  // namespace grantproof::sources
