// SPDX-License-Identifier: Apache-2.0
//
// What Ref and Fn::GetAtt give, as the resource reference documents it ("Return values"), and the ARN of each
// resource.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

struct Case {
  std::string type;
  std::string properties;  // in flow style
  std::string ref;
  std::string attribute;  // and what Fn::GetAtt gives for it
  std::string value;
  std::string arn;
};

constexpr std::string_view kUs = "eu-west-1:111122223333";

std::string with_place(std::string text) {
  for (std::size_t at = text.find("@"); at != std::string::npos; at = text.find("@", at))
    text.replace(at, 1, kUs);
  return text;
}

TEST(TemplateReferences, OfEachType) {
  const std::vector<Case> cases = {
      {"Events::EventBus", "{Name: n}", "n", "Arn", "arn:aws:events:@:event-bus/n", "="},
      {"Events::EventBus", "{Name: n}", "n", "Name", "n", "arn:aws:events:@:event-bus/n"},
      {"Events::EventBusPolicy", "{StatementId: s}", "‹t.R›", "", "", ""},
      {"Events::Rule", "{Name: n}", "n", "Arn", "arn:aws:events:@:rule/n", "="},
      {"Events::Rule", "{}", "‹t.R›", "Arn", "arn:aws:events:@:rule/‹t.R›", "="},
      {"Events::Rule", "{Name: n, EventBusName: default}", "n", "Arn", "arn:aws:events:@:rule/n", "="},
      {"Events::Rule", "{Name: n, EventBusName: b}", "n", "Arn", "arn:aws:events:@:rule/b/n", "="},
      {"Events::Rule", "{Name: n, EventBusName: aws.partner/a/b}", "n", "Arn",
       "arn:aws:events:@:rule/aws.partner/a/b/n", "="},
      {"Events::Rule", "{Name: n, EventBusName: 'arn:aws:events:us-east-1:444455556666:event-bus/b'}", "n",
       "Arn", "arn:aws:events:us-east-1:444455556666:rule/b/n", "="},
      {"Events::Rule", "{Name: n, EventBusName: !Sub 'b-${P}'}", "n", "Arn",
       "arn:aws:events:@:rule/b-‹parameter P›/n", "="},
      // The parameter may be a name, an ARN, or "default".
      {"Events::Rule", "{Name: n, EventBusName: !Ref P}", "n", "Arn",
       "arn:aws:events:‹region of EventBusName of t.R›:‹account of EventBusName of t.R›:"
       "rule/‹bus of EventBusName of t.R›n",
       "="},
      {"Events::Rule", "{Name: n, EventBusName: !Ref 'AWS::NoValue'}", "n", "Arn", "arn:aws:events:@:rule/n",
       "="},
      {"Events::Archive", "{ArchiveName: n}", "n", "Arn", "arn:aws:events:@:archive/n", "="},
      {"Events::ApiDestination", "{Name: n}", "n", "Arn", "arn:aws:events:@:api-destination/n/‹t.R.Id›", "="},
      {"Events::ApiDestination", "{Name: n}", "n", "ArnForPolicy", "arn:aws:events:@:api-destination/n",
       "arn:aws:events:@:api-destination/n/‹t.R.Id›"},
      {"Events::Connection", "{}", "‹t.R›", "Arn", "arn:aws:events:@:connection/‹t.R›/‹t.R.Id›", "="},
      {"Events::Connection", "{}", "‹t.R›", "SecretArn", "‹t.R.SecretArn›",
       "arn:aws:events:@:connection/‹t.R›/‹t.R.Id›"},
      {"Events::Endpoint", "{Name: n}", "n", "Arn", "arn:aws:events:@:endpoint/n", "="},
      {"Pipes::Pipe", "{Name: n}", "n", "Arn", "arn:aws:pipes:@:pipe/n", "="},
      {"Scheduler::Schedule", "{Name: n}", "n", "Arn", "arn:aws:scheduler:@:schedule/default/n", "="},
      {"Scheduler::Schedule", "{Name: n, GroupName: g}", "n", "Arn", "arn:aws:scheduler:@:schedule/g/n", "="},
      {"Scheduler::ScheduleGroup", "{Name: n}", "n", "Arn", "arn:aws:scheduler:@:schedule-group/n", "="},
      {"IAM::Role", "{RoleName: n}", "n", "Arn", "arn:aws:iam::111122223333:role/n", "="},
      {"IAM::Role", "{RoleName: n, Path: /a/b/}", "n", "Arn", "arn:aws:iam::111122223333:role/a/b/n", "="},
      {"IAM::Role", "{}", "‹t.R›", "RoleId", "‹t.R.RoleId›", "arn:aws:iam::111122223333:role/‹t.R›"},
      {"IAM::User", "{UserName: n}", "n", "Arn", "arn:aws:iam::111122223333:user/n", "="},
      {"IAM::Group", "{GroupName: n}", "n", "Arn", "arn:aws:iam::111122223333:group/n", "="},
      {"IAM::ManagedPolicy", "{ManagedPolicyName: n}", "arn:aws:iam::111122223333:policy/n", "PolicyArn",
       "arn:aws:iam::111122223333:policy/n", "="},
      {"IAM::InstanceProfile", "{}", "‹t.R›", "Arn", "arn:aws:iam::111122223333:instance-profile/‹t.R›", "="},
      {"IAM::Policy", "{PolicyName: n}", "‹t.R.Id›", "", "", ""},
      {"IAM::OIDCProvider", "{Url: 'https://token.actions.githubusercontent.com'}",
       "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com", "", "", "="},
      {"IAM::SAMLProvider", "{Name: n}", "arn:aws:iam::111122223333:saml-provider/n", "", "", "="},
      {"Lambda::Function", "{FunctionName: n}", "n", "Arn", "arn:aws:lambda:@:function:n", "="},
      {"Lambda::Version", "{FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:f'}",
       "arn:aws:lambda:@:function:f:‹t.R›", "Version", "‹t.R›", "arn:aws:lambda:@:function:f:‹t.R›"},
      {"Lambda::Alias", "{FunctionName: f, Name: live}", "arn:aws:lambda:@:function:f:live", "AliasArn",
       "arn:aws:lambda:@:function:f:live", "="},
      {"Lambda::Alias", "{FunctionName: !Ref P, Name: live}",
       "arn:aws:lambda:@:function:‹function of FunctionName of t.R›:live", "", "", "="},
      {"SQS::Queue", "{QueueName: n}", "https://sqs.eu-west-1.amazonaws.com/111122223333/n", "Arn",
       "arn:aws:sqs:@:n", "="},
      {"SQS::Queue", "{QueueName: n}", "https://sqs.eu-west-1.amazonaws.com/111122223333/n", "QueueName", "n",
       "arn:aws:sqs:@:n"},
      {"SNS::Topic", "{TopicName: n}", "arn:aws:sns:@:n", "TopicName", "n", "arn:aws:sns:@:n"},
      {"SNS::Subscription", "{TopicArn: 'arn:aws:sns:eu-west-1:111122223333:n'}", "arn:aws:sns:@:n:‹t.R›",
       "Arn", "arn:aws:sns:@:n:‹t.R›", "="},
      {"Logs::LogGroup", "{LogGroupName: /a/n}", "/a/n", "Arn", "arn:aws:logs:@:log-group:/a/n:*",
       "arn:aws:logs:@:log-group:/a/n"},
      {"Logs::ResourcePolicy", "{PolicyName: n}", "n", "", "", ""},
      {"KMS::Key", "{}", "‹t.R›", "Arn", "arn:aws:kms:@:key/‹t.R›", "="},
      {"KMS::Alias", "{AliasName: alias/n}", "alias/n", "", "", "arn:aws:kms:@:alias/n"},
      {"StepFunctions::StateMachine", "{StateMachineName: n}", "arn:aws:states:@:stateMachine:n", "Name", "n",
       "arn:aws:states:@:stateMachine:n"},
      {"Kinesis::Stream", "{Name: n}", "n", "Arn", "arn:aws:kinesis:@:stream/n", "="},
      {"KinesisFirehose::DeliveryStream", "{DeliveryStreamName: n}", "n", "Arn",
       "arn:aws:firehose:@:deliverystream/n", "="},
      {"S3::Bucket", "{BucketName: n}", "n", "Arn", "arn:aws:s3:::n", "="},
      {"S3::BucketPolicy", "{Bucket: n}", "n", "", "", ""},
      {"DynamoDB::Table", "{TableName: n}", "n", "StreamArn", "arn:aws:dynamodb:@:table/n/stream/‹t.R.Id›",
       "arn:aws:dynamodb:@:table/n"},
      {"SecretsManager::Secret", "{Name: n}", "arn:aws:secretsmanager:@:secret:n-‹t.R.Id›", "", "", "="},
      {"SSM::Parameter", "{Name: /a/n}", "/a/n", "", "", "arn:aws:ssm:@:parameter/a/n"},
      {"SSM::Parameter", "{Name: n}", "n", "", "", "arn:aws:ssm:@:parameter/n"},
      {"ECS::Cluster", "{ClusterName: n}", "n", "Arn", "arn:aws:ecs:@:cluster/n", "="},
      {"ECS::TaskDefinition", "{Family: n}", "arn:aws:ecs:@:task-definition/n:‹t.R.Id›", "TaskDefinitionArn",
       "arn:aws:ecs:@:task-definition/n:‹t.R.Id›", "="},
      {"ECS::Service", "{ServiceName: n, Cluster: 'arn:aws:ecs:eu-west-1:111122223333:cluster/c'}",
       "arn:aws:ecs:@:service/c/n", "Name", "n", "arn:aws:ecs:@:service/c/n"},
      {"ApiGateway::RestApi", "{}", "‹t.R›", "RestApiId", "‹t.R›",
       "arn:aws:apigateway:eu-west-1::/restapis/‹t.R›"},
      {"Batch::JobQueue", "{JobQueueName: n}", "arn:aws:batch:@:job-queue/n", "JobQueueArn",
       "arn:aws:batch:@:job-queue/n", "="},
      {"CodeBuild::Project", "{Name: n}", "n", "Arn", "arn:aws:codebuild:@:project/n", "="},
      {"CodePipeline::Pipeline", "{Name: n}", "n", "", "", "arn:aws:codepipeline:@:n"},
      {"Organizations::Account", "{AccountName: n}", "‹t.R›", "AccountId", "‹t.R›", ""},
      {"Organizations::OrganizationalUnit", "{Name: n}", "‹t.R›", "Id", "‹t.R›", ""},
      {"Organizations::Policy", "{Name: n}", "‹t.R›", "Arn", "‹t.R.Arn›", ""},
      {"EC2::Thing", "{Name: n}", "‹t.R›", "Arn", "‹t.R.Arn›", ""},
  };
  for (const Case& one : cases) {
    TemplateReading reading;
    std::string text = "Parameters: {P: {Type: String}}\nResources:\n  R: {Type: 'AWS::" + one.type +
                       "', Properties: " + one.properties + "}\n  U:\n    Type: AWS::EC2::Thing\n" +
                       "    Properties:\n      Refs: [!Ref R]\n";
    if (!one.attribute.empty())
      text += "      Att: !GetAtt R." + one.attribute + "\n";
    reading.add("t.yaml", text, "111122223333", "eu-west-1").translate();
    const std::string what = one.type + " " + one.properties;
    EXPECT_EQ(reading.property("U", "Refs"), "[\"" + with_place(one.ref) + "\"]") << what;
    if (!one.attribute.empty()) {
      EXPECT_EQ(reading.property("U", "Att"), "\"" + with_place(one.value) + "\"") << what;
    }
    const std::string arn = one.arn == "=" ? (one.attribute.empty() ? one.ref : one.value) : one.arn;
    EXPECT_EQ(reading.arn("R"), with_place(arn)) << what;
    EXPECT_EQ(reading.said(), "") << what;
  }
}

TEST(TemplateReferences, ResourcesHaveTheNameThatReferencesHave) {
  TemplateReading reading;
  reading
      .add("t.yaml", R"(Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {State: ENABLED}}
  Role: {Type: AWS::IAM::Role}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref AWS::NoValue}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: [a]}}
)",
           "111122223333", "eu-west-1")
      .translate();
  EXPECT_EQ(reading.properties("Rule"), R"({"State":"ENABLED","Name":"‹t.Rule›"})");
  EXPECT_EQ(reading.properties("Role"), R"({"RoleName":"‹t.Role›"})");
  EXPECT_EQ(reading.properties("Queue"), R"({"QueueName":"‹t.Queue›"})");
  EXPECT_EQ(reading.properties("Topic"), R"({"TopicName":"‹t.Topic›"})");
  EXPECT_EQ(reading.said(), "GP0301 5:58 TopicName is a list, expected a name\n");
  const config::Resource& rule = reading.into.resources.at(0);
  EXPECT_EQ(rule.type, "AWS::Events::Rule");
  EXPECT_EQ(rule.account, "111122223333");
  EXPECT_EQ(rule.region, "eu-west-1");
  EXPECT_EQ(rule.partition, "aws");
  EXPECT_EQ(reading.sources.text(rule.span), "Rule");
}

TEST(TemplateReferences, WhereNobodySaidThePlace) {
  TemplateReading reading;
  reading.add("a/t.template.json",
              R"({"Resources": {"Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "n"}},
    "China": {"Type": "AWS::SQS::Queue"}}})");
  reading.add("cn.json", R"({"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}})", "111122223333",
              "cn-north-1");
  reading.translate();
  EXPECT_EQ(reading.arn("Bus"), "arn:‹Partition of t›:events:‹Region of t›:‹AccountId of t›:event-bus/n");
  EXPECT_EQ(reading.into.resources.at(0).account, "‹AccountId of t›");
  EXPECT_EQ(reading.into.resources.at(0).region, "‹Region of t›");
  EXPECT_EQ(reading.arn("Q"), "arn:aws-cn:sqs:cn-north-1:111122223333:‹cn.Q›");
}

TEST(TemplateReferences, ThatGoInCirclesEnd) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '${A}-x'}}",
       "GP0305 2:59 the name of A refers to itself\n"},
      {"A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref B}}\n"
       "  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref A}}",
       "GP0305 3:59 the name of B refers to itself\nGP0305 2:59 the name of A refers to itself\n"},
      {"A: {Type: AWS::Events::Rule, Properties: {EventBusName: !GetAtt A.Arn}}",
       "GP0305 2:67 EventBusName of A refers to itself\n"},
      {"A: {Type: AWS::EC2::Thing, DependsOn: B}\n  B: {Type: AWS::EC2::Thing, DependsOn: [A, C]}",
       "GP0304 3:45 there is no resource C\nGP0305 2:3 A depends on resources that depend on it\n"},
      {"A: {Type: AWS::EC2::Thing, DependsOn: A}", "GP0305 2:3 A depends on resources that depend on it\n"},
      {"A: {Type: AWS::EC2::Thing, DependsOn: B}\n  B: {Type: AWS::EC2::Thing, DependsOn: [C]}\n"
       "  C: {Type: AWS::EC2::Thing}",
       ""},
  };
  for (const auto& [resources, said] : cases) {
    TemplateReading reading;
    reading.add("t.yaml", "Resources:\n  " + resources + "\n").translate();
    EXPECT_EQ(reading.said(), said) << resources;
    EXPECT_NE(reading.arn("A"), "(none)") << resources;
  }
}

}  // namespace
}  // namespace grantproof::sources
