// SPDX-License-Identifier: Apache-2.0
#include "serverless_expanding.h"

namespace grantproof::sources {
namespace {

std::string function_with(std::string_view event) {
  return with_function(fmt::format("Events:\n  E: {}", event));
}

std::string machine_with(std::string_view event, std::string_view properties = {}) {
  return fmt::format(
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  M:\n    Type: AWS::Serverless::StateMachine\n"
      "    Properties:\n      Definition: {{a: !Ref Nothing}}\n{}      Events:\n        E: {}\n",
      properties, event);
}

// Properties of what an event makes.
struct Case {
  std::string_view event;
  std::string_view resource;
  std::string_view json;
};

void check(const Case& one, std::string text) {
  Expanded ours;
  expand(std::move(text), ours);
  EXPECT_EQ(ours.json(one.resource), one.json) << one.event;
  EXPECT_EQ(ours.said(), "") << one.event;
}

TEST(ServerlessEvents, RulesOfFunctions) {
  const Case kCases[] = {
      {"{Type: EventBridgeRule, Properties: {EventBusName: !Ref B, RuleName: n, Pattern: {source: [a]}, "
       "State: DISABLED, "
       "Input: i, InputPath: $.x, InputTransformer: {InputTemplate: t}, RetryPolicy: {MaximumRetryAttempts: "
       "1}, Target: "
       "{Id: mine}}}",
       "FE",
       R"({"EventBusName":{"Ref":"B"},"EventPattern":{"source":["a"]},"Name":"n","State":"DISABLED","Targets":[{"Arn":{"Fn::GetAtt":["F","Arn"]},"Id":"mine","Input":"i","InputPath":"$.x","InputTransformer":{"InputTemplate":"t"},"RetryPolicy":{"MaximumRetryAttempts":1}}]})"},
      {"{Type: CloudWatchEvent, Properties: {Pattern: {source: [a]}, Enabled: false}}", "FE",
       R"({"EventPattern":{"source":["a"]},"State":"DISABLED","Targets":[{"Arn":{"Fn::GetAtt":["F","Arn"]},"Id":"FELambdaTarget"}]})"},
      {"{Type: CloudWatchEvent, Properties: {Pattern: {source: [a]}}}", "FEPermission",
       R"({"Action":"lambda:InvokeFunction","FunctionName":{"Ref":"F"},"Principal":"events.amazonaws.com","SourceArn":{"Fn::GetAtt":["FE","Arn"]}})"},
      {"{Type: Schedule, Properties: {Schedule: daily, Name: n, Description: d, Enabled: !If [C, true, "
       "false]}}",
       "FE",
       R"({"ScheduleExpression":"daily","Name":"n","Description":"d","State":{"Fn::If":["C","ENABLED","DISABLED"]},"Targets":[{"Arn":{"Fn::GetAtt":["F","Arn"]},"Id":"FELambdaTarget"}]})"},
      {"{Type: Schedule, Properties: {Schedule: r, Enabled: !Ref P}}", "FE",
       R"({"ScheduleExpression":"r","State":"‹Enabled of FE›","Targets":[{"Arn":{"Fn::GetAtt":["F","Arn"]},"Id":"FELambdaTarget"}]})"},
      // a queue that is given has no policy; one that SAM makes lets the rule in
      {"{Type: Schedule, Properties: {Schedule: r, DeadLetterConfig: {Arn: q}}}", "FEQueuePolicy", ""},
      {"{Type: Schedule, Properties: {Schedule: r, DeadLetterConfig: {Arn: q}}}", "FE",
       R"({"ScheduleExpression":"r","Targets":[{"Arn":{"Fn::GetAtt":["F","Arn"]},"Id":"FELambdaTarget","DeadLetterConfig":{"Arn":"q"}}]})"},
      {"{Type: Schedule, Properties: {Schedule: r, DeadLetterConfig: {Type: SQS}}}", "FEQueuePolicy",
       R"({"Queues":[{"Ref":"FEQueue"}],"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Principal":{"Service":"events.amazonaws.com"},"Resource":{"Fn::GetAtt":["FEQueue","Arn"]},"Condition":{"ArnEquals":{"aws:SourceArn":{"Fn::GetAtt":["FE","Arn"]}}}}]}})"},
      {"{Type: ScheduleV2, Properties: {ScheduleExpression: r, GroupName: g, DeadLetterConfig: {Arn: q}, "
       "PermissionsBoundary: b}}",
       "FE",
       R"({"ScheduleExpression":"r","GroupName":"g","Name":"FE","Target":{"Arn":{"Fn::GetAtt":["F","Arn"]},"RoleArn":{"Fn::GetAtt":["FERole","Arn"]},"DeadLetterConfig":{"Arn":"q"}}})"},
      {"{Type: ScheduleV2, Properties: {ScheduleExpression: r, DeadLetterConfig: {Arn: q}, "
       "PermissionsBoundary: b}}",
       "FERole",
       R"({"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"Service":["scheduler.amazonaws.com"]}}]},)"
       R"("Policies":[{"PolicyName":"FELambdaPolicy","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":{"Fn::GetAtt":["F","Arn"]}}]}},)"
       R"({"PolicyName":"FESQSPolicy","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"q"}]}}],"PermissionsBoundary":"b"})"},
      {"{Type: ScheduleV2, Properties: {ScheduleExpression: r, RoleArn: mine, OmitName: true}}", "FE",
       R"({"ScheduleExpression":"r","Target":{"Arn":{"Fn::GetAtt":["F","Arn"]},"RoleArn":"mine"}})"},
      {"{Type: ScheduleV2, Properties: {ScheduleExpression: r, RoleArn: mine}}", "FERole", ""},
      {"{Type: ScheduleV2, Properties: {ScheduleExpression: r}}", "FEPermission", ""},
  };
  for (const Case& one : kCases)
    check(one, function_with(one.event));
}

TEST(ServerlessEvents, RulesOfStateMachines) {
  constexpr std::string_view kRole =
      R"({"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"Service":["events.amazonaws.com"]}}]},)"
      R"("Policies":[{"PolicyName":"MERoleStartExecutionPolicy","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"states:StartExecution","Resource":{"Ref":"M"}}]}}]})";
  const Case kCases[] = {
      {"{Type: EventBridgeRule, Properties: {Pattern: {source: [a]}, InputPath: $.x}}", "ME",
       R"({"EventPattern":{"source":["a"]},"Targets":[{"Arn":{"Ref":"M"},"Id":"MEStepFunctionsTarget","RoleArn":{"Fn::GetAtt":["MERole","Arn"]},"InputPath":"$.x"}]})"},
      {"{Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}", "MERole", kRole},
      {"{Type: CloudWatchEvent, Properties: {Pattern: {source: [a]}}}", "MEPermission", ""},
      {"{Type: Schedule, Properties: {Schedule: r}}", "MERole", kRole},
      {"{Type: Schedule, Properties: {Schedule: r, RoleArn: mine}}", "MERole", ""},
      {"{Type: Schedule, Properties: {Schedule: r, RoleArn: mine}}", "ME",
       R"({"ScheduleExpression":"r","Targets":[{"Arn":{"Ref":"M"},"Id":"MEStepFunctionsTarget","RoleArn":"mine"}]})"},
      {"{Type: ScheduleV2, Properties: {ScheduleExpression: r}}", "MERole",
       R"({"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"Service":["scheduler.amazonaws.com"]}}]},)"
       R"("Policies":[{"PolicyName":"MEStartExecutionPolicy","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"states:StartExecution","Resource":{"Ref":"M"}}]}}]})"},
      {"{Type: Schedule, Properties: {Schedule: r}}", "M",
       R"({"RoleArn":{"Fn::GetAtt":["MRole","Arn"]},"Tags":[{"Key":"stateMachine:createdBy","Value":"SAM"}]})"},
  };
  for (const Case& one : kCases)
    check(one, machine_with(one.event));
}

TEST(ServerlessEvents, StateMachinesOfTheirOwn) {
  const struct {
    std::string_view properties;
    std::string_view resource;
    std::string_view property;
    std::string_view json;
  } kCases[] = {
      {"      Policies: [{LambdaInvokePolicy: {FunctionName: f}}]\n", "MRole", "Policies",
       R"([{"PolicyName":"MRolePolicy0","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":{"Fn::Sub":["arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${FunctionName}*",{"FunctionName":"f"}]}}]}}])"},
      {"      Tracing: {Enabled: true}\n", "MRole", "ManagedPolicyArns",
       R"([{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/AWSXrayWriteOnlyAccess"}])"},
      {"      PermissionsBoundary: b\n", "MRole", "PermissionsBoundary", R"("b")"},
      {"      PermissionsBoundary: b\n", "MERole", "PermissionsBoundary", R"("b")"},
      {"      Role: r\n", "M", "RoleArn", R"("r")"},
      {"      Role: r\n", "MRole", "Policies", ""},
      {"      Name: n\n      Type: EXPRESS\n", "M", "StateMachineName", R"("n")"},
      {"      AutoPublishAlias: live\n", "ME", "Targets",
       R"([{"Arn":{"Ref":"M"},"Id":"MEStepFunctionsTarget","RoleArn":{"Fn::GetAtt":["MERole","Arn"]}}])"},
      {"      AutoPublishAlias: live\n      UseAliasAsEventTarget: true\n", "ME", "Targets",
       R"([{"Arn":{"Ref":"MAliaslive"},"Id":"MEStepFunctionsTarget","RoleArn":{"Fn::GetAtt":["MERole","Arn"]}}])"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(machine_with("{Type: Schedule, Properties: {Schedule: r}}", one.properties), ours);
    EXPECT_EQ(ours.property(one.resource, one.property), one.json) << one.properties;
    EXPECT_EQ(ours.said(), "") << one.properties;
  }
}

TEST(ServerlessEvents, ServicesThatCallTheFunction) {
  const auto permission = [](std::string_view service, std::string_view rest) {
    return fmt::format(
        R"({{"Action":"lambda:InvokeFunction","FunctionName":{{"Ref":"F"}},"Principal":"{}.amazonaws.com"{}}})",
        service, rest);
  };
  const auto route = [&](std::string_view api, std::string_view resource) {
    return permission(
        "apigateway",
        fmt::format(R"(,"SourceArn":{{"Fn::Sub":["arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:)"
                    R"(${{AWS::AccountId}}:${{__ApiId__}}/${{__Stage__}}{}",)"
                    R"({{"__ApiId__":{},"__Stage__":"*"}}]}})",
                    resource, api));
  };
  const struct {
    std::string_view event;
    std::string_view resource;
    std::string json;
  } kCases[] = {
      {"{Type: SNS, Properties: {Topic: !Ref T}}", "FEPermission",
       permission("sns", R"(,"SourceArn":{"Ref":"T"})")},
      {"{Type: SNS, Properties: {Topic: t, FilterPolicy: {a: [b]}}}", "FE",
       R"({"Protocol":"lambda","Endpoint":{"Fn::GetAtt":["F","Arn"]},"TopicArn":"t","FilterPolicy":{"a":["b"]}})"},
      {"{Type: SNS, Properties: {Topic: t, SqsSubscription: true}}", "FEPermission", ""},
      {"{Type: SNS, Properties: {Topic: t, SqsSubscription: true}}", "FEQueuePolicy",
       R"({"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Principal":"*","Resource":{"Fn::GetAtt":["FEQueue","Arn"]},"Condition":{"ArnEquals":{"aws:SourceArn":"t"}}}]},"Queues":[{"Ref":"FEQueue"}]})"},
      {"{Type: SNS, Properties: {Topic: t, SqsSubscription: true}}", "FEEventSourceMapping",
       R"({"FunctionName":{"Ref":"F"},"EventSourceArn":{"Fn::GetAtt":["FEQueue","Arn"]}})"},
      {"{Type: SNS, Properties: {Topic: t, SqsSubscription: {QueueArn: a, QueueUrl: u, QueuePolicyLogicalId: "
       "Mine}}}",
       "Mine",
       R"({"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Principal":"*","Resource":"a","Condition":{"ArnEquals":{"aws:SourceArn":"t"}}}]},"Queues":["u"]})"},
      {"{Type: S3, Properties: {Bucket: !Ref B, Events: 's3:*'}}", "FEPermission",
       permission("s3", R"(,"SourceAccount":{"Ref":"AWS::AccountId"})")},
      {"{Type: AlexaSkill, Properties: {SkillId: s}}", "FEPermission",
       R"({"Action":"lambda:InvokeFunction","FunctionName":{"Ref":"F"},"Principal":"alexa-appkit.amazon.com","EventSourceToken":"s"})"},
      {"{Type: IoTRule, Properties: {Sql: s}}", "FEPermission",
       permission(
           "iot",
           R"(,"SourceArn":{"Fn::Sub":["arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}",{"RuleName":{"Ref":"FE"}}]},"SourceAccount":{"Ref":"AWS::AccountId"})")},
      {"{Type: CloudWatchLogs, Properties: {LogGroupName: l, FilterPattern: p}}", "FEPermission",
       permission(
           "logs",
           R"(,"SourceArn":{"Fn::Sub":["arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*",{"__LogGroupName__":"l"}]})")},
      {"{Type: Cognito, Properties: {UserPool: !Ref P, Trigger: PreSignUp}}", "FCognitoPermission",
       permission("cognito-idp", R"(,"SourceArn":{"Fn::GetAtt":["P","Arn"]})")},
      {"{Type: Api, Properties: {Path: '/a/{id}/b/', Method: get}}", "FEPermissionProd",
       route(R"({"Ref":"ServerlessRestApi"})", "/GET/a/*/b")},
      {"{Type: Api, Properties: {Path: /, Method: any, RestApiId: other}}", "FEPermissionAllStages",
       route(R"("other")", "/*/")},
      {"{Type: HttpApi}", "FEPermission", route(R"({"Ref":"ServerlessHttpApi"})", "/*")},
      {"{Type: HttpApi, Properties: {Path: '/{proxy+}', Method: post, ApiId: !Ref A}}", "FEPermission",
       route(R"({"Ref":"A"})", "/POST/*")},
      {"{Type: HttpApi}", "ServerlessHttpApi", "{}"},
      {"{Type: Api, Properties: {Path: /, Method: any}}", "ServerlessRestApiProdStage",
       R"({"RestApiId":{"Ref":"ServerlessRestApi"},"StageName":"Prod"})"},
  };
  for (const auto& one : kCases)
    check({one.event, one.resource, one.json}, function_with(one.event));
}

TEST(ServerlessEvents, QueuesAndStreamsThatTheRoleReads) {
  const auto managed = [](std::string_view name) {
    return fmt::format(
        R"([{{"Fn::Sub":"arn:${{AWS::Partition}}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}},)"
        R"({{"Fn::Sub":"arn:${{AWS::Partition}}:iam::aws:policy/service-role/{}"}}])",
        name);
  };
  const auto secrets = [](std::string_view name, std::string_view rest) {
    return fmt::format(
        R"([{{"PolicyName":"{}","PolicyDocument":{{"Statement":[{{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"s"}}{}]}}}}])",
        name, rest);
  };
  const struct {
    std::string_view event;
    std::string_view resource;
    std::string_view property;
    std::string json;
  } kCases[] = {
      {"{Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}", "FRole", "ManagedPolicyArns",
       managed("AWSLambdaSQSQueueExecutionRole")},
      {"{Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}", "FE", "EventSourceArn",
       R"({"Fn::GetAtt":"Q.Arn"})"},
      {"{Type: SNS, Properties: {Topic: t, SqsSubscription: true}}", "FRole", "ManagedPolicyArns",
       managed("AWSLambdaSQSQueueExecutionRole")},
      {"{Type: Kinesis, Properties: {Stream: k}}", "FRole", "ManagedPolicyArns",
       managed("AWSLambdaKinesisExecutionRole")},
      {"{Type: DynamoDB, Properties: {Stream: k}}", "FRole", "ManagedPolicyArns",
       managed("AWSLambdaDynamoDBExecutionRole")},
      {"{Type: MSK, Properties: {Stream: k}}", "FRole", "ManagedPolicyArns",
       managed("AWSLambdaMSKExecutionRole")},
      {"{Type: MSK, Properties: {Stream: k, SourceAccessConfigurations: [{Type: CLIENT_CERTIFICATE_TLS_AUTH, "
       "URI: s}]}}",
       "FRole", "Policies", secrets("FEPolicy", "")},
      {"{Type: MQ, Properties: {Broker: b, SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: s}, {Type: "
       "VIRTUAL_HOST, URI: h}]}}",
       "FRole", "Policies",
       secrets("FEPolicy", R"(,{"Effect":"Allow","Action":"mq:DescribeBroker","Resource":"b"})")},
      {"{Type: SelfManagedKafka, Properties: {SecretsManagerKmsKeyId: k, SourceAccessConfigurations: [{Type: "
       "BASIC_AUTH, URI: s}]}}",
       "FRole", "Policies",
       secrets(
           "FEPolicy",
           R"(,{"Effect":"Allow","Action":"kms:Decrypt","Resource":{"Fn::Sub":["arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}",{"KeyId":"k"}]}})")},
      {"{Type: Kinesis, Properties: {Stream: k, DestinationConfig: {OnFailure: {Type: SQS, Destination: "
       "q}}}}",
       "FRole", "Policies",
       R"([{"PolicyName":"FESQSPolicy","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"q"}]}}])"},
      {"{Type: Kinesis, Properties: {Stream: k, DestinationConfig: {OnFailure: {Type: SQS, Destination: "
       "q}}}}",
       "FE", "DestinationConfig", R"({"OnFailure":{"Destination":"q"}})"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(function_with(one.event), ours);
    EXPECT_EQ(ours.property(one.resource, one.property), one.json) << one.event;
    EXPECT_EQ(ours.said(), "") << one.event;
  }
  // A role that was given is not SAM's to change.
  Expanded given;
  expand(with_function("Role: r\nEvents: {E: {Type: SQS, Properties: {Queue: q}}}"), given);
  EXPECT_EQ(given.list(), "F AWS::Lambda::Function\nFE AWS::Lambda::EventSourceMapping\n");
}

TEST(ServerlessEvents, EventsGoToTheAlias) {
  Expanded ours;
  expand(with_function(
             "AutoPublishAlias: live\nEvents:\n  E: {Type: EventBridgeRule, Properties: {Pattern: {}}}\n"
             "  Q: {Type: SQS, Properties: {Queue: q}}\n"
             "  S: {Type: ScheduleV2, Properties: {ScheduleExpression: r}}"),
         ours);
  EXPECT_EQ(ours.property("FE", "Targets"), R"([{"Arn":{"Ref":"FAliaslive"},"Id":"FELambdaTarget"}])");
  EXPECT_EQ(ours.property("FEPermission", "FunctionName"), R"({"Ref":"FAliaslive"})");
  EXPECT_EQ(ours.property("FQ", "FunctionName"), R"({"Ref":"FAliaslive"})");
  EXPECT_EQ(
      ours.property("FSRole", "Policies"),
      R"([{"PolicyName":"FSLambdaPolicy","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":{"Ref":"FAliaslive"}}]}}])");
}

TEST(ServerlessEvents, Mistakes) {
  const struct {
    std::string_view event;
    std::string_view said;
  } kCases[] = {
      {"3",
       "GP0301 error 8:9 event E is a number, expected an object with Type and Properties\n"
       "gap 8:9 what event E of F becomes is not known\n"},
      {"{Properties: {}}",
       "GP0301 error 8:9 event E has no Type | Type: EventBridgeRule\n"
       "gap 8:9 what event E of F becomes is not known\n"},
      {"{Type: EventBridgRule}",
       "GP0301 error 8:9 EventBridgRule is no type of event of a function | did you mean EventBridgeRule?\n"
       "gap 8:9 what event E of F becomes is not known\n"},
      {"{Type: EventBridgeRule, Properties: {Patern: {}}}",
       "GP0301 error 8:49 events of type EventBridgeRule have no Patern | did you mean Pattern?\n"},
      {"{Type: EventBridgeRule, Properties: [a]}",
       "GP0301 error 8:48 Properties of event E is a list, expected an object\n"},
      {"{Type: EventBridgeRule, Properties: {State: ENABLED, Enabled: maybe}}",
       "GP0301 error 8:74 State and Enabled cannot both be given | leave Enabled out\n"
       "GP0301 error 8:74 Enabled of event E is neither true nor false\n"},
      {"{Type: EventBridgeRule, Properties: {DeadLetterConfig: {QueueLogicalId: Q}}}",
       "GP0301 error 8:67 DeadLetterConfig has neither Arn nor Type: SQS | DeadLetterConfig: {Arn: …}, or "
       "{Type: SQS} "
       "for a queue that SAM makes\n"},
      {"{Type: EventBridgeRule, Properties: {DeadLetterConfig: {Type: SQS, Arn: q}}}",
       "GP0301 error 8:67 DeadLetterConfig has both Arn and Type | leave one of them out\n"},
      {"{Type: SQS}", "GP0301 error 8:9 event E of type SQS needs Queue\n"},
      {"{Type: Cognito, Properties: {UserPool: p}}",
       "GP0301 error 8:9 event E of type Cognito needs UserPool | UserPool: {Ref: …}, a user pool of this "
       "template\n"},
      {"{Type: SNS, Properties: {Topic: t, SqsSubscription: {QueueArn: a}}}",
       "GP0301 error 8:64 SqsSubscription needs QueueUrl | QueueArn and QueueUrl, or SqsSubscription: "
       "true\n"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(function_with(one.event), ours);
    EXPECT_EQ(ours.said(), one.said) << one.event;
  }
  Expanded machine;
  expand(machine_with("{Type: SQS, Properties: {Queue: q}}"), machine);
  EXPECT_EQ(machine.said(),
            "GP0301 error 8:9 SQS is no type of event of a state machine | one of: EventBridgeRule, "
            "CloudWatchEvent, "
            "Schedule, ScheduleV2, Api\ngap 8:9 what event E of M becomes is not known\n");
  Expanded loop;
  expand(with_function("Events: {'Fn::ForEach::E': [a, [b], {}]}"), loop);
  EXPECT_EQ(loop.said(), "gap 7:16 events in a loop are not read\n");
  Expanded function;
  expand(with_function("Events: !If [C, {}, {}]"), function);
  EXPECT_EQ(function.said(),
            "GP0301 error 7:19 Events of F is an intrinsic function, expected an object with events by name\n"
            "gap 7:19 what the events of F become is not known\n");
  Expanded list;
  expand(with_function("Events: [a]"), list);
  EXPECT_EQ(list.said(),
            "GP0301 error 7:15 Events of F is a list, expected an object with events by name\n"
            "gap 7:15 what the events of F become is not known\n");
}

// What is missing is unknown, so nothing that needs it is taken for narrower or wider than it is.
TEST(ServerlessEvents, WhatIsMissingIsUnknown) {
  Expanded ours;
  expand(with_function("Events:\n  N: {Type: SNS}\n  Q: {Type: SQS}\n"
                       "  D: {Type: Schedule, Properties: {DeadLetterConfig: x}}"),
         ours);
  EXPECT_EQ(ours.property("FNPermission", "SourceArn"), R"("‹Topic of FN›")");
  EXPECT_EQ(ours.property("FQ", "EventSourceArn"), R"("‹Queue of FQ›")");
  EXPECT_EQ(
      ours.property("FD", "Targets"),
      R"([{"Arn":{"Fn::GetAtt":["F","Arn"]},"Id":"FDLambdaTarget","DeadLetterConfig":{"Arn":"‹dead-letter queue of FD›"}}])");
}

}  // namespace
}  // namespace grantproof::sources
