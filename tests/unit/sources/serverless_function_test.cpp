// SPDX-License-Identifier: Apache-2.0
#include "serverless_expanding.h"

namespace grantproof::sources {
namespace {

// One property of one resource that a function makes.
struct Case {
  std::string_view function;  // its properties
  std::string_view resource;
  std::string_view property;
  std::string json;
};

void check(const Case& one) {
  Expanded ours;
  expand(with_function(one.function), ours);
  EXPECT_EQ(ours.property(one.resource, one.property), one.json) << one.function;
  EXPECT_EQ(ours.said(), "") << one.function;
}

constexpr std::string_view kManaged = R"({"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/)";

TEST(ServerlessFunction, Role) {
  const std::string basic = fmt::format("[{}AWSLambdaBasicExecutionRole\"}}", kManaged);
  const std::string vpc = fmt::format("{},{}AWSLambdaVPCAccessExecutionRole\"}}]", basic, kManaged);
  const std::string durable = fmt::format("[{}AWSLambdaBasicDurableExecutionRolePolicy\"}}]", kManaged);
  const std::string tracing =
      basic + R"(,{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/AWSXrayWriteOnlyAccess"}])";
  const Case kCases[] = {
      {"", "F", "Role", R"({"Fn::GetAtt":["FRole","Arn"]})"},
      {"", "FRole", "AssumeRolePolicyDocument",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"Service":["lambda.amazonaws.com"]}}]})"},
      {"AssumeRolePolicyDocument: {Statement: []}", "FRole", "AssumeRolePolicyDocument",
       R"({"Statement":[]})"},
      {"AssumeRolePolicyDocument: {Statement: []}", "F", "AssumeRolePolicyDocument", ""},
      {"VpcConfig: {SubnetIds: [a]}", "FRole", "ManagedPolicyArns", vpc},
      {"VpcConfig: {SubnetIds: [a]}", "F", "VpcConfig", R"({"SubnetIds":["a"]})"},
      {"Tracing: Active", "FRole", "ManagedPolicyArns", tracing},
      {"Tracing: Active", "F", "TracingConfig", R"({"Mode":"Active"})"},
      {"Tracing: Disabled", "FRole", "ManagedPolicyArns", basic + "]"},
      {"DurableConfig: {ExecutionTimeout: 1}", "FRole", "ManagedPolicyArns", durable},
      {"PermissionsBoundary: !Ref B\nRolePath: /x/", "FRole", "PermissionsBoundary", R"({"Ref":"B"})"},
      {"PermissionsBoundary: !Ref B\nRolePath: /x/", "FRole", "Path", R"("/x/")"},
      {"Tags: {team: a}", "FRole", "Tags",
       R"([{"Key":"lambda:createdBy","Value":"SAM"},{"Key":"team","Value":"a"}])"},
      {"Role: !GetAtt R.Arn", "F", "Role", R"({"Fn::GetAtt":"R.Arn"})"},
      {"Role: !GetAtt R.Arn", "FRole", "Policies", ""},
      {"Role: !If [C, !Ref AWS::NoValue, !Ref R]", "F", "Role",
       R"({"Fn::If":["C",{"Fn::GetAtt":["FRole","Arn"]},{"Ref":"R"}]})"},
      {"DeadLetterQueue: {Type: SNS, TargetArn: !Ref T}", "FRole", "Policies",
       R"([{"PolicyName":"DeadLetterQueuePolicy","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:Publish","Resource":{"Ref":"T"}}]}}])"},
      {"DeadLetterQueue: {Type: SNS, TargetArn: !Ref T}", "F", "DeadLetterConfig",
       R"({"TargetArn":{"Ref":"T"}})"},
      {"KmsKeyArn: k", "F", "KmsKeyArn", R"("k")"},
      {"CodeUri: ./x\nInlineCode: y", "F", "CodeUri", ""},
  };
  for (const Case& one : kCases)
    check(one);
}

TEST(ServerlessFunction, ConditionsOfTheFunctionAndItsRole) {
  const auto function = [](std::string_view role, std::string_view condition) {
    return fmt::format(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n{}"
        "    Properties:\n      AutoPublishAlias: live\n{}"
        "      EventInvokeConfig: {{DestinationConfig: {{OnFailure: {{Type: SNS, Destination: !If [D, !Ref "
        "T, !Ref "
        "AWS::NoValue]}}}}}}\n"
        "      Events: {{E: {{Type: Schedule, Properties: {{Schedule: rate(1 day)}}}}}}\n",
        condition, role);
  };
  Expanded plain;
  expand(function("      Role: !If [C, !Ref R, !Ref AWS::NoValue]\n", ""), plain);
  EXPECT_EQ(plain.json("FRole", "Condition"), R"("NOTC")");
  EXPECT_EQ(plain.json("FEventInvokeConfigOnFailureTopic", "Condition"), R"("NOTD")");
  EXPECT_EQ(
      plain.property("FEventInvokeConfig", "DestinationConfig"),
      R"({"OnFailure":{"Destination":{"Fn::If":["D",{"Ref":"T"},{"Ref":"FEventInvokeConfigOnFailureTopic"}]}}})");
  EXPECT_EQ(syntax::write_json(*plain.root.find("Conditions")),
            R"({"NOTC":{"Fn::Not":[{"Condition":"C"}]},"NOTD":{"Fn::Not":[{"Condition":"D"}]}})");

  Expanded conditional;
  expand(function("", "    Condition: P\n"), conditional);
  for (const syntax::Member& member : conditional.root.find("Resources")->members) {
    const std::string_view expected = member.key == "FEventInvokeConfigOnFailureTopic" ? "PANDNOTD" : "P";
    ASSERT_NE(member.value.find("Condition"), nullptr) << member.key;
    EXPECT_EQ(member.value.find("Condition")->text, expected) << member.key;
  }
  EXPECT_EQ(conditional.list(),
            "F AWS::Lambda::Function\nFAliaslive AWS::Lambda::Alias\nFE AWS::Events::Rule\n"
            "FEPermission AWS::Lambda::Permission\nFEventInvokeConfig AWS::Lambda::EventInvokeConfig\n"
            "FEventInvokeConfigOnFailureTopic AWS::SNS::Topic\nFRole AWS::IAM::Role\n"
            "FVersion AWS::Lambda::Version\n");
}

TEST(ServerlessFunction, Destinations) {
  const auto policy = [](std::string_view name, std::string_view statements) {
    return fmt::format(
        R"([{{"PolicyName":"FEventInvokeConfigOnSuccess{}","PolicyDocument":{{"Statement":[{}]}}}}])", name,
        statements);
  };
  const struct {
    std::string_view destination;
    std::string policies;
  } kCases[] = {
      {"{Type: EventBridge, Destination: !GetAtt B.Arn}",
       policy("EventBridgePolicy",
              R"({"Effect":"Allow","Action":"events:PutEvents","Resource":{"Fn::GetAtt":"B.Arn"}})")},
      {"{Type: Lambda, Destination: a}",
       policy("LambdaPolicy", R"({"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"a"})")},
      {"{Type: SQS}",
       policy(
           "SQSPolicy",
           R"({"Effect":"Allow","Action":"sqs:SendMessage","Resource":{"Fn::GetAtt":["FEventInvokeConfigOnSuccessQueue","Arn"]}})")},
      {"{Type: SNS, Destination: t}",
       policy("SNSPolicy", R"({"Effect":"Allow","Action":"sns:Publish","Resource":"t"})")},
      {"{Type: S3Bucket, Destination: b}",
       policy("S3Policy",
              R"({"Effect":"Allow","Action":"s3:PutObject","Resource":{"Fn::Join":["/",["b","*"]]}},)"
              R"({"Effect":"Allow","Action":"s3:ListBucket","Resource":"b"})")},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_function(
               fmt::format("EventInvokeConfig: {{DestinationConfig: {{OnSuccess: {}}}}}", one.destination)),
           ours);
    EXPECT_EQ(ours.property("FRole", "Policies"), one.policies) << one.destination;
    EXPECT_EQ(ours.said(), "") << one.destination;
  }
}

TEST(ServerlessFunction, AliasUrlAndDeployment) {
  const Case kCases[] = {
      {"AutoPublishAlias: live-1_a", "FAliasliveD1Ua", "FunctionVersion",
       R"({"Fn::GetAtt":["FVersion","Version"]})"},
      {"AutoPublishAlias: live-1_a", "FAliasliveD1Ua", "Name", R"("live-1_a")"},
      {"AutoPublishAlias: !Ref Stage", "FAliasStage", "Name", R"({"Ref":"Stage"})"},
      {"FunctionUrlConfig: {AuthType: AWS_IAM}", "FUrlPublicPermissions", "Action", ""},
      {"FunctionUrlConfig: {AuthType: NONE}", "FUrlPublicPermissions", "Action",
       R"("lambda:InvokeFunctionUrl")"},
      {"FunctionUrlConfig: {AuthType: NONE}", "FURLInvokeAllowPublicAccess", "InvokedViaFunctionUrl", "true"},
      {"FunctionUrlConfig: {AuthType: NONE}\nAutoPublishAlias: live", "FURLInvokeAllowPublicAccess",
       "FunctionName", R"({"Ref":"FAliaslive"})"},
      {"DeploymentPreference: {Type: AllAtOnce}", "CodeDeployServiceRole", "ManagedPolicyArns",
       R"([{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"}])"},
      {"DeploymentPreference: {Type: AllAtOnce, Enabled: false}", "CodeDeployServiceRole",
       "ManagedPolicyArns", ""},
      {"DeploymentPreference: {Type: AllAtOnce, Role: r}", "CodeDeployServiceRole", "ManagedPolicyArns", ""},
  };
  for (const Case& one : kCases)
    check(one);
}

TEST(ServerlessFunction, TheDefaultOfAParameterNamesTheAlias) {
  Expanded ours;
  expand(
      with_function("AutoPublishAlias: !Ref Stage\nTracing: !Ref Tracing") +
          "Parameters: {Stage: {Type: String, Default: prod}, Tracing: {Type: String, Default: Disabled}}\n",
      ours);
  EXPECT_EQ(ours.property("FAliasprod", "Name"), R"({"Ref":"Stage"})");
  EXPECT_EQ(ours.property("FRole", "ManagedPolicyArns"),
            fmt::format("[{}AWSLambdaBasicExecutionRole\"}}]", kManaged));
}

TEST(ServerlessFunction, Mistakes) {
  const struct {
    std::string_view function;
    std::string_view said;
  } kCases[] = {
      {"Role: r\nPolicies: [AWSLambdaRole]",
       "GP0301 warning 8:17 Policies of F have no effect: its Role is given | leave Policies or Role out\n"},
      {"DeadLetterQueue: {Type: Queue, TargetArn: q}",
       "GP0301 error 7:24 DeadLetterQueue needs Type, SQS or SNS, and TargetArn | DeadLetterQueue: {Type: "
       "SQS, "
       "TargetArn: …}\n"},
      {"FunctionUrlConfig: {}",
       "GP0301 error 7:26 FunctionUrlConfig has no AuthType | AuthType: AWS_IAM, or NONE\n"},
      {"AutoPublishAlias: !Sub live",
       "GP0301 error 7:30 AutoPublishAlias is neither a text nor a reference to a parameter\n"},
      {"EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: Bus, Destination: b}}}",
       "GP0301 error 7:58 this destination has no Type that is known | one of: SQS, SNS, EventBridge, "
       "Lambda, "
       "S3Bucket\n"},
      {"EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: EventBridge}}}",
       "GP0301 error 7:58 a destination of type EventBridge needs Destination\n"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_function(one.function), ours);
    EXPECT_EQ(ours.said(), one.said) << one.function;
  }
}

}  // namespace
}  // namespace grantproof::sources
