// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "serverless_expanding.h"
#include "sources/serverless_connector_table.h"

namespace grantproof::sources {
namespace {

std::string with_connector(std::string_view connector) {
  return fmt::format(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  C: {{Type: AWS::Serverless::Connector, Properties: {}}}
  F: {{Type: AWS::Serverless::Function}}
  Given: {{Type: AWS::Serverless::Function, Properties: {{Role: !GetAtt R.Arn}}}}
  Far: {{Type: AWS::Serverless::Function, Properties: {{Role: 'arn:aws:iam::1:role/x'}}}}
  M: {{Type: AWS::Serverless::StateMachine}}
  Q: {{Type: AWS::SQS::Queue}}
  T: {{Type: AWS::SNS::Topic}}
  D: {{Type: AWS::Serverless::SimpleTable}}
  A: {{Type: AWS::Serverless::Api, Properties: {{StageName: v1}}}}
  S: {{Type: AWS::S3::Bucket}}
  B: {{Type: AWS::Events::EventBus}}
  Rule: {{Type: AWS::Events::Rule, Properties: {{Targets: [{{Arn: !GetAtt Q.Arn}}, {{Arn: !GetAtt B.Arn, RoleArn: !GetAtt R.Arn}}]}}}}
)",
                     connector);
}

TEST(ServerlessConnectors, Pairs) {
  const auto managed = [](std::string_view statements, std::string_view role) {
    return fmt::format(
        R"({{"PolicyDocument":{{"Version":"2012-10-17","Statement":[{}]}},"Roles":[{{"Ref":"{}"}}]}})",
        statements, role);
  };
  const auto allow = [](std::string_view actions, std::string_view resources) {
    return fmt::format(R"({{"Effect":"Allow","Action":{},"Resource":[{}]}})", actions, resources);
  };
  const auto permission = [](std::string_view service, std::string_view rest) {
    return fmt::format(R"({{"Action":"lambda:InvokeFunction","Principal":"{}.amazonaws.com",)"
                       R"("FunctionName":{{"Fn::GetAtt":["F","Arn"]}},"SourceArn":{}}})",
                       service, rest);
  };
  const auto let_in = [](std::string_view action, std::string_view service, std::string_view resource,
                         std::string_view source, std::string_view rest) {
    return fmt::format(
        R"({{"PolicyDocument":{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{}","Principal":)"
        R"({{"Service":"{}.amazonaws.com"}},"Resource":{},"Condition":{{"ArnEquals":{{"aws:SourceArn":{}}}}}}}]}},{}}})",
        action, service, resource, source, rest);
  };
  const struct {
    std::string_view connector;
    std::string_view resource;
    std::string json;
  } kCases[] = {
      {"{Source: {Id: F}, Destination: {Id: B}, Permissions: [Write]}", "CPolicy",
       managed(allow(R"("events:PutEvents")", R"({"Fn::GetAtt":["B","Arn"]})"), "FRole")},
      {"{Source: {Id: Given}, Destination: {Id: T}, Permissions: [Write]}", "CPolicy",
       managed(allow(R"("sns:Publish")", R"({"Ref":"T"})"), "R")},
      {"{Source: {Id: F}, Destination: [{Id: B}, {Id: Q}], Permissions: [Write]}", "CPolicyDestination1",
       managed(
           allow(R"(["sqs:DeleteMessage","sqs:SendMessage","sqs:ChangeMessageVisibility","sqs:PurgeQueue"])",
                 R"({"Fn::GetAtt":["Q","Arn"]})"),
           "FRole")},
      {"{Source: {Id: F}, Destination: {Id: D}, Permissions: [Read]}", "CPolicy",
       managed(allow(R"(["dynamodb:GetItem","dynamodb:Query","dynamodb:Scan","dynamodb:BatchGetItem",)"
                     R"("dynamodb:ConditionCheckItem","dynamodb:PartiQLSelect"])",
                     R"({"Fn::GetAtt":["D","Arn"]},{"Fn::Sub":["${DestinationArn}/index/*",)"
                     R"({"DestinationArn":{"Fn::GetAtt":["D","Arn"]}}]})"),
               "FRole")},
      {"{Source: {Id: M}, Destination: {Id: F}, Permissions: [Write]}", "CPolicy",
       managed(allow(R"(["lambda:InvokeAsync","lambda:InvokeFunction"])", R"({"Fn::GetAtt":["F","Arn"]})"),
               "MRole")},
      {"{Source: {Id: F}, Destination: {Id: M}, Permissions: [Read, Write]}", "CPolicy",
       managed(
           allow(R"(["states:DescribeStateMachine","states:ListExecutions"])", R"({"Ref":"M"})") + "," +
               allow(
                   R"(["states:DescribeExecution","states:DescribeStateMachineForExecution","states:GetExecutionHistory"])",
                   R"({"Fn::Sub":["arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${DestinationName}:*",{"DestinationName":{"Fn::GetAtt":["M","Name"]}}]})") +
               "," + allow(R"(["states:StartExecution","states:StartSyncExecution"])", R"({"Ref":"M"})") +
               "," +
               allow(
                   R"("states:StopExecution")",
                   R"({"Fn::Sub":["arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${DestinationName}:*",{"DestinationName":{"Fn::GetAtt":["M","Name"]}}]})"),
           "FRole")},
      {"{Source: {Id: Q}, Destination: {Id: F}, Permissions: [Write]}", "CPolicy",
       managed(allow(R"("sqs:DeleteMessage")", R"({"Fn::GetAtt":["Q","Arn"]})"), "FRole")},
      {"{Source: {Id: Rule}, Destination: {Id: Q}, Permissions: [Write]}", "CQueuePolicy",
       let_in("sqs:SendMessage", "events", R"({"Fn::GetAtt":["Q","Arn"]})",
              R"({"Fn::GetAtt":["Rule","Arn"]})", R"("Queues":[{"Ref":"Q"}])")},
      {"{Source: {Id: Rule}, Destination: {Id: T}, Permissions: [Write]}", "CTopicPolicy",
       let_in("sns:Publish", "events", R"({"Ref":"T"})", R"({"Fn::GetAtt":["Rule","Arn"]})",
              R"("Topics":[{"Ref":"T"}])")},
      {"{Source: {Id: Rule}, Destination: {Id: B}, Permissions: [Write]}", "CPolicy",
       managed(allow(R"("events:PutEvents")", R"({"Fn::GetAtt":["B","Arn"]})"), "R")},
      {"{Source: {Id: Rule}, Destination: {Id: F}, Permissions: [Write]}", "CWriteLambdaPermission",
       permission("events", R"({"Fn::GetAtt":["Rule","Arn"]})")},
      {"{Source: {Id: T}, Destination: {Id: Q}, Permissions: [Write]}", "CQueuePolicy",
       let_in("sqs:SendMessage", "sns", R"({"Fn::GetAtt":["Q","Arn"]})", R"({"Ref":"T"})",
              R"("Queues":[{"Ref":"Q"}])")},
      {"{Source: {Id: T}, Destination: {Id: F}, Permissions: [Write]}", "CWriteLambdaPermission",
       permission("sns", R"({"Ref":"T"})")},
      {"{Source: {Id: S}, Destination: {Id: F}, Permissions: [Write]}", "CWriteLambdaPermission",
       permission("s3", R"({"Fn::GetAtt":["S","Arn"]},"SourceAccount":{"Ref":"AWS::AccountId"})")},
      {"{Source: {Id: A}, Destination: {Id: F}, Permissions: [Write]}", "CWriteLambdaPermission",
       permission(
           "apigateway",
           R"({"Fn::Sub":["arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SourceResourceId}/${SourceQualifier}",{"SourceResourceId":{"Ref":"A"},"SourceQualifier":"*"}]})")},
      {"{Source: {Type: AWS::Serverless::Function, RoleName: !Ref R}, Destination: {Type: "
       "AWS::Events::EventBus, Arn: "
       "b}, Permissions: [Write]}",
       "CPolicy", managed(allow(R"("events:PutEvents")", R"("b")"), "R")},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_connector(one.connector), ours);
    EXPECT_EQ(ours.json(one.resource), one.json) << one.connector;
    EXPECT_EQ(ours.said(), "") << one.connector;
    EXPECT_EQ(ours.resource("C"), nullptr);
  }
}

TEST(ServerlessConnectors, EmbeddedOnes) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Condition: P
    Connectors:
      ToBus: {Properties: {Destination: {Id: B}, Permissions: [Write]}}
  T:
    Type: AWS::SNS::Topic
    Connectors:
      ToQueues: {Condition: X, Properties: {Destination: [{Id: Q}], Permissions: [Write]}}
  B: {Type: AWS::Events::EventBus}
  Q: {Type: AWS::SQS::Queue}
)",
         ours);
  EXPECT_EQ(ours.list(),
            "B AWS::Events::EventBus\nF AWS::Lambda::Function\nFRole AWS::IAM::Role\n"
            "FToBusPolicy AWS::IAM::ManagedPolicy\nQ AWS::SQS::Queue\nT AWS::SNS::Topic\n"
            "TToQueuesQueuePolicyDestination0 AWS::SQS::QueuePolicy\n");
  EXPECT_EQ(ours.json("FToBusPolicy", "Condition"), "");
  EXPECT_EQ(ours.json("TToQueuesQueuePolicyDestination0", "Condition"), R"("X")");
  EXPECT_EQ(ours.json("T", "Connectors"), "");
  EXPECT_EQ(ours.said(), "");
}

TEST(ServerlessConnectors, WhatCannotBeConnectedIsSaid) {
  const struct {
    std::string_view connector;
    std::string_view said;
  } kCases[] = {
      {"{}",
       "GP0301 error 3:3 connector C needs Source, Destination and Permissions | Permissions: [Write]\n"
       "gap 3:3 what connector C permits is not known\n"},
      {"{Source: {Id: F}, Destination: {Id: B}, Permissions: []}",
       "GP0301 error 3:3 connector C needs Source, Destination and Permissions | Permissions: [Write]\n"
       "gap 3:3 what connector C permits is not known\n"},
      {"{Source: {Id: Nothing}, Destination: {Id: B}, Permissions: [Write]}",
       "GP0301 error 3:3 Source.Id of the connector names no resource of this template | Id: the logical id "
       "of a "
       "resource; or Type, Arn and RoleName\n"
       "gap 3:3 what connector C permits is not known\n"},
      {"{Source: {Id: F}, Destination: {Arn: b}, Permissions: [Write]}",
       "GP0301 error 3:3 Destination of the connector has neither Id nor Type | Id: the logical id of a "
       "resource; or "
       "Type, Arn and RoleName\n"
       "gap 3:3 what connector C permits is not known\n"},
      {"{Source: {Id: Q}, Destination: {Id: B}, Permissions: [Write]}",
       "GP0301 error 3:84 no connector goes from AWS::SQS::Queue to AWS::Events::EventBus | write the policy "
       "in the "
       "template instead\n"
       "gap 3:84 what connector C permits is not known\n"},
      {"{Source: {Id: F}, Destination: {Id: B}, Permissions: [Read]}",
       "GP0301 error 3:107 a connector from AWS::Lambda::Function to AWS::Events::EventBus has no access "
       "\"Read\" | "
       "Read, Write, or both; not every pair has both\n"
       "gap 3:107 what connector C permits is not known\n"},
      {"{Source: {Id: Far}, Destination: {Id: B}, Permissions: [Write]}",
       "GP0301 error 3:86 connector C needs the RoleName of Source | name the resource by Id, or give it "
       "beside Type\n"
       "gap 3:86 what connector C permits is not known\n"},
      {"{Source: {Type: AWS::Events::Rule}, Destination: {Id: Q}, Permissions: [Write]}",
       "GP0301 error 3:102 connector C needs the Arn of Source | name the resource by Id, or give it beside "
       "Type\n"
       "gap 3:102 what connector C permits is not known\n"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_connector(one.connector), ours);
    EXPECT_EQ(ours.said(), one.said) << one.connector;
  }
}

TEST(ServerlessConnectors, TheTableIsWellFormed) {
  std::set<std::string> pairs;
  for (const ConnectorRow& row : connector_rows()) {
    pairs.insert(fmt::format("{} {}", row.source, row.destination));
    EXPECT_NE(find_connected_type(row.source), nullptr) << row.source;
    EXPECT_NE(find_connected_type(row.destination), nullptr) << row.destination;
    EXPECT_TRUE(row.access == "Read" || row.access == "Write") << row.access;
    const bool of_role =
        row.policy == ConnectorPolicy::kSourceRole || row.policy == ConnectorPolicy::kDestinationRole;
    EXPECT_EQ(of_role, row.service.empty()) << row.source << " " << row.destination;
    const ConnectedType* with_role =
        find_connected_type(row.policy == ConnectorPolicy::kSourceRole ? row.source : row.destination);
    EXPECT_TRUE(!of_role || !with_role->role_property.empty()) << row.source << " " << row.destination;
  }
  EXPECT_EQ(pairs.size(), 31U);
}

}  // namespace
}  // namespace grantproof::sources
