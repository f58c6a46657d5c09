// SPDX-License-Identifier: Apache-2.0
#include "serverless_expanding.h"

namespace grantproof::sources {
namespace {

TEST(Serverless, TellsItsTemplates) {
  const struct {
    std::string_view text;
    bool serverless;
  } kCases[] = {
      {"Transform: AWS::Serverless-2016-10-31", true},
      {"Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]", true},
      {"Transform: AWS::LanguageExtensions", false},
      {"Transform: [[AWS::Serverless-2016-10-31]]", false},
      {"Transform: {Name: AWS::Include}", false},
      {"Transform:", false},
      {"Resources: {}", false},
      {"[AWS::Serverless-2016-10-31]", false},
  };
  for (const auto& one : kCases) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const auto root = syntax::read_yaml(sources, sources.add("t.yaml", std::string(one.text)), sink);
    ASSERT_TRUE(root) << one.text;
    EXPECT_EQ(is_serverless(*root), one.serverless) << one.text;
  }
}

TEST(Serverless, WhatIsNotOfSamStays) {
  Expanded ours;
  expand(R"(Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: {P: {Type: String}}
Conditions: {C: {"Fn::Equals": [a, !Ref P]}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Condition: C, Properties: {Name: !Sub "${P}.x"}}
  Odd: 3
Outputs: {O: {Value: !GetAtt Bus.Arn}}
)",
         ours);
  EXPECT_EQ(syntax::write_json(ours.root),
            R"({"Parameters":{"P":{"Type":"String"}},"Outputs":{"O":{"Value":{"Fn::GetAtt":"Bus.Arn"}}},)"
            R"("Resources":{"Bus":{"Type":"AWS::Events::EventBus","Condition":"C","Properties":)"
            R"({"Name":{"Fn::Sub":"${P}.x"}}},"Odd":3},"Conditions":{"C":{"Fn::Equals":["a",{"Ref":"P"}]}},)"
            R"("Transform":["AWS::LanguageExtensions"]})");
  EXPECT_EQ(ours.said(), "");
}

TEST(Serverless, GlobalsAreMerged) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    KmsKeyArn: global
    Layers: [a]
    PermissionsBoundary: {"Fn::Sub": global}
    Environment: {Variables: {A: 1, B: 2}}
    VpcConfig: {SubnetIds: [s]}
Resources:
  Own:
    Type: AWS::Serverless::Function
    Properties:
      KmsKeyArn: own
      Layers: [b]
      PermissionsBoundary: {"Ref": Own}
      Environment: {Variables: {B: 3, C: 4}}
  None:
    Type: AWS::Serverless::Function
  Ignores:
    Type: AWS::Serverless::Function
    IgnoreGlobals: [Layers, VpcConfig]
  IgnoresAll:
    Type: AWS::Serverless::Function
    IgnoreGlobals: "*"
  Machine:
    Type: AWS::Serverless::StateMachine
)",
         ours);
  const struct {
    std::string_view resource;
    std::string_view property;
    std::string_view json;
  } kCases[] = {
      {"Own", "KmsKeyArn", R"("own")"},
      {"Own", "Layers", R"(["a","b"])"},
      {"OwnRole", "PermissionsBoundary", R"({"Ref":"Own"})"},
      {"Own", "Environment", R"({"Variables":{"B":3,"C":4,"A":1}})"},
      {"None", "KmsKeyArn", R"("global")"},
      {"NoneRole", "PermissionsBoundary", R"({"Fn::Sub":"global"})"},
      {"None", "VpcConfig", R"({"SubnetIds":["s"]})"},
      {"Ignores", "KmsKeyArn", R"("global")"},
      {"Ignores", "Layers", ""},
      {"Ignores", "VpcConfig", ""},
      {"IgnoresAll", "KmsKeyArn", ""},
      {"Machine", "KmsKeyArn", ""},
  };
  for (const auto& one : kCases)
    EXPECT_EQ(ours.property(one.resource, one.property), one.json) << one.resource << " " << one.property;
  EXPECT_EQ(ours.said(), "");
}

TEST(Serverless, GlobalsGiveNoPolicies) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Policies: [AdministratorAccess], Role: r}
  StateMachine: {Policies: [AdministratorAccess]}
  Functions: {Timeout: 3}
  Api: [a]
Resources:
  F: {Type: AWS::Serverless::Function}
)",
         ours);
  EXPECT_EQ(
      ours.said(),
      "GP0301 error 3:14 Policies cannot be given in Globals of Function | give it in each resource\n"
      "GP0301 error 3:47 Role cannot be given in Globals of Function | give it in each resource\n"
      "GP0301 error 4:18 Policies cannot be given in Globals of StateMachine | give it in each resource\n"
      "GP0301 error 5:3 Globals has no section Functions | one of: Function, Api, HttpApi, SimpleTable, "
      "StateMachine, LayerVersion, CapacityProvider, WebSocketApi\n"
      "GP0301 error 6:8 Globals of Api is a list, expected an object\n");
  EXPECT_EQ(
      ours.property("FRole", "ManagedPolicyArns"),
      R"([{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}])");
}

TEST(Serverless, OtherResources) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Table: {Type: AWS::Serverless::SimpleTable, Condition: C, Properties: {TableName: t, PrimaryKey: {Name: id}}}
  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {LayerName: l, ContentUri: ./x}}
  Child: {Type: AWS::Serverless::Application, Properties: {Location: ./child.yaml, Parameters: {A: !Ref Table}}}
  Shop: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: arn:shop}}}
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v-1
      Auth:
        Authorizers: {Fn: {FunctionArn: a}, Pool: {UserPoolArn: p}, Off: {FunctionArn: b, DisableFunctionDefaultPermissions: true}}
        ResourcePolicy: {CustomStatements: []}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties: {Auth: {Authorizers: {Fn: {FunctionArn: a}, On: {FunctionArn: b, EnableFunctionDefaultPermissions: true}}}}
)",
         ours);
  EXPECT_EQ(ours.list(),
            "Child AWS::CloudFormation::Stack\nHttp AWS::ApiGatewayV2::Api\n"
            "HttpApiGatewayDefaultStage AWS::ApiGatewayV2::Stage\n"
            "HttpOnAuthorizerPermission AWS::Lambda::Permission\nLayer AWS::Lambda::LayerVersion\n"
            "Rest AWS::ApiGateway::RestApi\nRestDeployment AWS::ApiGateway::Deployment\n"
            "RestFnAuthorizerPermission AWS::Lambda::Permission\nRestv1Stage AWS::ApiGateway::Stage\n"
            "Shop AWS::CloudFormation::Stack\nTable AWS::DynamoDB::Table\n");
  EXPECT_EQ(ours.json("Table"), R"({"TableName":"t"})");
  EXPECT_EQ(ours.json("Table", "Condition"), R"("C")");
  EXPECT_EQ(ours.json("Layer"), R"({"LayerName":"l"})");
  EXPECT_EQ(ours.json("Child"), R"({"TemplateURL":"./child.yaml","Parameters":{"A":{"Ref":"Table"}}})");
  EXPECT_EQ(ours.json("Shop"), R"({"TemplateURL":"‹template of Shop›"})");
  EXPECT_EQ(ours.json("Rest"), R"({"Policy":"‹resource policy of Rest›"})");
  EXPECT_EQ(
      ours.json("RestFnAuthorizerPermission"),
      R"({"Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com","SourceArn":{"Fn::Sub":)"
      R"(["arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*",)"
      R"({"__ApiId__":{"Ref":"Rest"}}]},"FunctionName":"a"})");
  EXPECT_EQ(ours.said(), "gap 6:69 the application arn:shop is not there: what Shop makes is not known\n");
}

TEST(Serverless, WhatIsNotReadIsSaid) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Graph: {Type: AWS::Serverless::GraphQLApi}
  Typo: {Type: AWS::Serverless::Funtion}
  Wrong: {Type: AWS::Serverless::Function, Properties: [a]}
  "Fn::ForEach::Topics": [T, [a, b], {"${T}F": {Type: AWS::Serverless::Function}}]
  "Fn::ForEach::Queues": [T, [a, b], {"${T}Q": {Type: AWS::SQS::Queue}}]
)",
         ours);
  EXPECT_EQ(ours.said(),
            "GP0301 error 4:16 AWS::Serverless::Funtion is no type of SAM that is known | did you mean "
            "AWS::Serverless::Function?\n"
            "GP0301 error 5:56 Properties of Wrong is a list, expected an object\n"
            "gap 3:3 what Graph of type AWS::Serverless::GraphQLApi becomes is not known\n"
            "gap 4:3 what Typo of type AWS::Serverless::Funtion becomes is not known\n"
            "gap 5:56 the properties of Wrong are not known\n"
            "gap 6:3 what the SAM resources of this loop become is not known\n");
  EXPECT_NE(ours.resource("Graph"), nullptr);
  EXPECT_NE(ours.resource("Fn::ForEach::Topics"), nullptr);
}

TEST(Serverless, ReferencesToWhatSamMakes) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
Outputs:
  A: !Ref F.Alias
  B: !Sub "${F.Alias}/${F.Version.Version}/${F.Arn}/${!F.Alias}/${F.Alias"
  C: !Sub ["${F.Alias} ${x}", {x: !GetAtt F.DestinationQueue.Arn}]
  D: {"Fn::GetAtt": [F.DestinationQueue, Arn]}
  E: !Ref Rest.Stage
  G: !Ref Other.Alias
)",
         ours);
  EXPECT_EQ(
      syntax::write_json(*ours.root.find("Outputs")),
      R"({"A":{"Ref":"FAliaslive"},"B":{"Fn::Sub":"${FAliaslive}/${FVersion.Version}/${F.Arn}/${!F.Alias}/${F.Alias"},)"
      R"("C":{"Fn::Sub":["${FAliaslive} ${x}",{"x":{"Fn::GetAtt":"FEventInvokeConfigOnFailureQueue.Arn"}}]},)"
      R"("D":{"Fn::GetAtt":["FEventInvokeConfigOnFailureQueue","Arn"]},"E":{"Ref":"Restv1Stage"},"G":{"Ref":"Other.Alias"}})");
}

TEST(Serverless, NamesThatAreTakenAreSaid) {
  Expanded ours;
  expand(R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Dlq: {Type: AWS::SQS::Queue}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS, QueueLogicalId: Dlq}}}
        B: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS, QueueLogicalId: Shared}}}
        C: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS, QueueLogicalId: Shared}}}
)",
         ours);
  EXPECT_EQ(
      ours.said(),
      "GP0301 error 8:83 SAM makes a resource Dlq of type AWS::SQS::Queue here, and there is another one of "
      "that name | give one of them another name\n");
  std::size_t shared = 0;
  for (const syntax::Member& member : ours.root.find("Resources")->members)
    shared += member.key == "Shared" ? 1U : 0U;
  EXPECT_EQ(shared, 1U);
}

}  // namespace
}  // namespace grantproof::sources
