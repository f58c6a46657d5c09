// SPDX-License-Identifier: Apache-2.0
//
// Templates that refer to one another: nested stacks, stack sets, exports, and the stacks of the CDK.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

TEST(TemplateNesting, ParametersGoDownAndOutputsComeUp) {
  TemplateReading reading;
  reading
      .add("app/main.yaml", R"(Parameters: {Stage: {Type: String}}
Resources:
  Buses:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested/buses.yaml
      Parameters: {BusName: !Sub 'orders-${Stage}', Accounts: "1,2"}
  User:
    Type: AWS::EC2::Thing
    Properties: {V: !GetAtt Buses.Outputs.BusArn, W: !GetAtt Buses.Outputs.Nothing}
)",
           "111122223333", "eu-west-1")
      .add("app/nested/buses.yaml", R"(Parameters:
  BusName: {Type: String, Default: unused}
  Accounts: {Type: CommaDelimitedList}
  Other: {Type: String, Default: other}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Ref BusName}}
  Thing: {Type: AWS::EC2::Thing, Properties: {V: !Ref Accounts, W: !Ref Other, X: !Ref AWS::StackName}}
Outputs:
  BusArn: {Value: !GetAtt Bus.Arn}
)")
      .translate();
  EXPECT_EQ(reading.resources(), "Buses\nUser\nBus\nThing\n");
  EXPECT_EQ(reading.arn("Bus"), "arn:aws:events:eu-west-1:111122223333:event-bus/orders-‹parameter Stage›");
  EXPECT_EQ(reading.property("User", "V"), '"' + reading.arn("Bus") + '"');
  EXPECT_EQ(reading.property("User", "W"), R"("‹main.Buses.Outputs.Nothing›")");
  EXPECT_EQ(reading.properties("Thing"), R"({"V":["1","2"],"W":"other","X":"‹StackName of main.Buses›"})");
  EXPECT_EQ(reading.said(), "GP0304 10:62 the template of main.Buses has no output Nothing\n");
  EXPECT_EQ(reading.gaps(), "");
  EXPECT_EQ(reading.assumptions(), "parameter Other of app/nested/buses.yaml has its default, other\n");
}

TEST(TemplateNesting, TemplatesAreFoundByTheirUrl) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"nested/buses.yaml", "app/nested/buses.yaml"},
      {"../other/buses.yaml", "other/buses.yaml"},
      {"https://s3.amazonaws.com/bucket/other/buses.yaml", "other/buses.yaml"},
      {"'https://s3.amazonaws.com/bucket/nested/buses.yaml?versionId=3'", "app/nested/buses.yaml"},
      {"!Sub 'https://${Bucket}.s3.amazonaws.com/${Prefix}other/buses.yaml'", "other/buses.yaml"},
      {"!Sub 'https://s3.amazonaws.com/bucket/${Prefix}single.yaml'", "app/single.yaml"},
      {"!Join ['/', [https:/, !Ref Bucket, single.yaml]]", "app/single.yaml"},
      {"!Ref Bucket", ""},
      {"https://s3.amazonaws.com/bucket/buses.yaml", ""},  // two of them
      {"https://s3.amazonaws.com/bucket/", ""},
      {"https://s3.amazonaws.com/bucket/main.yaml", ""},  // itself
      {"nobody.yaml", ""},
  };
  const std::string child = "Resources: {Child: {Type: AWS::EC2::Thing}}\n";
  for (const auto& [url, path] : cases) {
    TemplateReading reading;
    reading
        .add("app/main.yaml",
             "Parameters: {Bucket: {Type: String}, Prefix: {Type: String}}\nResources:\n  Nested: {Type: "
             "AWS::CloudFormation::Stack, Properties: {TemplateURL: " +
                 url + "}}\n")
        .add("app/nested/buses.yaml", child)
        .add("other/buses.yaml", child)
        .add("app/single.yaml", child)
        .translate();
    std::string found;
    for (const config::Resource& resource : reading.into.resources) {
      // What is nested stands behind its parent.
      if (&resource == &reading.into.resources[1] && resource.account == "‹AccountId of main›")
        found = std::string(reading.sources.name(resource.span.file));
    }
    EXPECT_EQ(found, path) << url;
    EXPECT_EQ(reading.gaps(), path.empty() ? "nested stack Nested: its template is not there\n" : "") << url;
    EXPECT_EQ(reading.into.resources.size(), 4U) << url;
    EXPECT_EQ(reading.said(), "") << url;
  }
}

TEST(TemplateNesting, OneTemplateMayBeNestedTwice) {
  TemplateReading reading;
  reading
      .add("main.json", R"({"Resources": {
 "A": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "n.json", "Parameters": {"N": "a"}}},
 "B": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "n.json", "Parameters": {"N": {"Ref": "AWS::NoValue"}}}}}})")
      .add("n.json", R"({"Parameters": {"N": {"Type": "String", "Default": "d"}, "Open": {"Type": "String"}},
 "Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"V": [{"Ref": "N"}, {"Ref": "Open"}]}}}})")
      .translate();
  EXPECT_EQ(reading.properties("Q"),
            "{\"V\":[\"a\",\"‹parameter Open of main.A›\"],\"QueueName\":\"‹main.A.Q›\"}\n"
            "{\"V\":[\"d\",\"‹parameter Open of main.B›\"],\"QueueName\":\"‹main.B.Q›\"}");
}

TEST(TemplateNesting, ConditionsOfTheParentHoldInside) {
  TemplateReading reading;
  reading
      .add("main.yaml", R"(Parameters: {Stage: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Never: !Equals [a, b]
Resources:
  A: {Type: AWS::CloudFormation::Stack, Condition: IsProd, Properties: {TemplateURL: n.yaml, Parameters: {S: !Ref Stage}}}
  B: {Type: AWS::CloudFormation::Stack, Condition: Never, Properties: {TemplateURL: n.yaml}}
)")
      .add("n.yaml", R"(Parameters: {S: {Type: String}}
Conditions: {IsMine: !Equals [!Ref S, prod]}
Resources:
  Q: {Type: AWS::EC2::Thing}
  P: {Type: AWS::EC2::Thing, Condition: IsMine}
  O: {Type: AWS::EC2::Thing, Properties: {V: !If [IsMine, a, b]}}
)")
      .translate();
  EXPECT_EQ(reading.resources(), "A when IsProd\nQ when IsProd\nP when IsProd\nO when IsProd\n");
  EXPECT_EQ(reading.properties("O"), R"(IsProd: {"V":"a"})");
}

TEST(TemplateNesting, CirclesEnd) {
  TemplateReading reading;
  reading
      .add("a.yaml",
           "Resources: {B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}}\n")
      .add("b.yaml",
           "Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml}}}\n")
      .add("c.yaml", R"(Resources:
  D:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: d.yaml, Parameters: {P: !GetAtt D.Outputs.O}}
)")
      .add("d.yaml", R"(Parameters: {P: {Type: String}}
Resources: {Q: {Type: AWS::EC2::Thing, Properties: {V: !Ref P}}}
Outputs: {O: {Value: !Ref P}}
)")
      .translate();
  EXPECT_EQ(reading.resources(), "D\nQ\nB\nA\n");
  EXPECT_EQ(reading.said(),
            "GP0305 1:13 the template of A nests a.yaml again\nGP0305 4:63 the output O refers to itself\n"
            "GP0305 3:27 the parameter P refers to itself\n");
}

TEST(TemplateNesting, StackSets) {
  TemplateReading reading;
  reading
      .add("main.yaml", R"(Parameters: {Stage: {Type: String, Default: dev}}
Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: s
      PermissionModel: SELF_MANAGED
      Parameters: [{ParameterKey: Name, ParameterValue: !Sub 'n-${Stage}'}]
      StackInstancesGroup:
        - DeploymentTargets: {Accounts: ["222222222222", "333333333333"]}
          Regions: [eu-west-1]
        - DeploymentTargets: {Accounts: ["222222222222"]}
          Regions: [us-east-1]
          ParameterOverrides: [{ParameterKey: Name, ParameterValue: over}]
      TemplateBody: |
        Parameters: {Name: {Type: String}}
        Resources:
          Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Ref Name}}
  ByUnit:
    Type: AWS::CloudFormation::StackSet
    Properties:
      PermissionModel: SERVICE_MANAGED
      StackInstancesGroup:
        - DeploymentTargets: {OrganizationalUnitIds: [ou-1], Accounts: ["444444444444"]}
          Regions: [eu-west-1]
      TemplateBody: '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"V": {"Ref": "Nobody"}}}}}'
  Elsewhere: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateURL: 'https://b/elsewhere.yaml'}}
)",
           "111122223333", "eu-west-1")
      .translate();
  EXPECT_EQ(reading.resources(), "Everywhere\nByUnit\nElsewhere\nBus\nBus\nBus\nQueue\n");
  std::string arns;
  for (const config::Resource& resource : reading.into.resources) {
    if (resource.name == "Bus" || resource.name == "Queue")
      arns += resource.arn + "\n";
  }
  EXPECT_EQ(arns,
            "arn:aws:events:eu-west-1:222222222222:event-bus/n-dev\n"
            "arn:aws:events:eu-west-1:333333333333:event-bus/n-dev\n"
            "arn:aws:events:us-east-1:222222222222:event-bus/over\n"
            "arn:aws:sqs:eu-west-1:‹AccountId of main.ByUnit›:‹main.ByUnit.Queue›\n");
  EXPECT_EQ(reading.gaps(), "stack set Elsewhere: its template is not there\n");
  // In the text of the body.
  EXPECT_EQ(reading.said(), "GP0304 26:102 there is no parameter or resource Nobody\n");
  const base::Location bus = reading.sources.locate(reading.into.resources.at(3).span);
  EXPECT_EQ(bus.begin.line, 18U);
  EXPECT_EQ(bus.begin.column, 11U);
}

TEST(TemplateNesting, ExportsAndImports) {
  TemplateReading reading(std::map<std::string, std::string>{{"Network", "net"}});
  reading
      .add("hub.yaml", R"(Parameters: {Network: {Type: String}}
Conditions: {Never: !Equals [a, b]}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: hub}}
Outputs:
  Arn: {Value: !GetAtt Bus.Arn, Export: {Name: !Sub '${Network}-BusArn'}}
  Own: {Value: x, Export: {Name: !Sub '${AWS::StackName}-x'}}
  Gone: {Condition: Never, Value: x, Export: {Name: gone}}
)",
           "111122223333", "eu-west-1")
      .add("spoke.yaml", R"(Parameters: {Network: {Type: String}}
Resources:
  R:
    Type: AWS::EC2::Thing
    Properties:
      - a
  T:
    Type: AWS::EC2::Thing
    Properties:
      A: !ImportValue {'Fn::Sub': '${Network}-BusArn'}
      B: !ImportValue net-BusArn
      C: !ImportValue hub-x
      D: !ImportValue gone
)",
           "111122223333", "eu-west-1")
      .add("far.yaml", "Resources: {F: {Type: AWS::EC2::Thing, Properties: {V: !ImportValue net-BusArn}}}\n",
           "111122223333", "us-east-1")
      .translate();
  EXPECT_EQ(
      reading.properties("T"),
      R"({"A":"arn:aws:events:eu-west-1:111122223333:event-bus/hub",)"
      R"("B":"arn:aws:events:eu-west-1:111122223333:event-bus/hub",)"
      R"("C":"‹import hub-x in 111122223333 eu-west-1›","D":"‹import gone in 111122223333 eu-west-1›"})");
  EXPECT_EQ(reading.properties("F"), R"({"V":"‹import net-BusArn in 111122223333 us-east-1›"})");
  EXPECT_EQ(reading.properties("R"), "{}");
  EXPECT_EQ(reading.said(), "GP0301 6:7 Properties is a list, expected an object\n");
}

TEST(TemplateNesting, StacksOfTheCdk) {
  TemplateReading reading;
  reading
      .add("cdk.out/manifest.json", R"({"version": "44.0.0", "artifacts": {
 "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
 "Hub": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-west-1",
         "properties": {"templateFile": "Hub.template.json", "stackName": "prod-hub", "parameters": {"P": "given"}}},
 "Open": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
          "properties": {"templateFile": "Open.template.json"}},
 "Absent": {"type": "aws:cloudformation:stack", "environment": "nowhere",
            "properties": {"templateFile": "Absent.template.json"}},
 "Bad": {"type": "aws:cloudformation:stack"}}})")
      .add("cdk.out/Hub.template.json", R"({"Parameters": {"P": {"Type": "String"}}, "Resources": {
 "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": {"Fn::Join": ["", [{"Ref": "AWS::StackName"}, "-", {"Ref": "P"}]]}}},
 "Nested": {"Type": "AWS::CloudFormation::Stack",
   "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.${AWS::URLSuffix}/cdk-assets/0123abcd.json"}},
   "Metadata": {"aws:asset:path": "HubNested1.nested.template.json", "aws:asset:property": "TemplateURL"}}},
 "Outputs": {"ExportsOutput": {"Value": {"Fn::GetAtt": ["Bus", "Arn"]}, "Export": {"Name": "prod-hub:Bus"}},
             "Own": {"Value": "own"}}})")
      .add("cdk.out/HubNested1.nested.template.json", R"({"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}})")
      .add("cdk.out/Open.template.json", R"({"Resources": {"T": {"Type": "AWS::EC2::Thing", "Properties": {
  "A": {"Fn::ImportValue": "prod-hub:Bus"}, "B": {"Ref": "AWS::AccountId"},
  "C": {"Fn::GetStackOutput": {"StackName": "prod-hub", "OutputName": "Own", "Region": "eu-west-1"}},
  "D": {"Fn::GetAtt": ["Reader", "/cdk/exports/x"]}}},
  "Reader": {"Type": "Custom::CrossRegionExportReader"}}})",
           "", "eu-west-2")
      .translate();
  EXPECT_EQ(reading.arn("Bus"), "arn:aws:events:eu-west-1:111122223333:event-bus/prod-hub-given");
  EXPECT_EQ(reading.arn("Q"), "arn:aws:sqs:eu-west-1:111122223333:‹prod-hub.Nested.Q›");
  // Imports stay within the region.
  EXPECT_EQ(reading.properties("T"), R"({"A":"‹import prod-hub.Bus of Open›","B":"‹AccountId of Open›",)"
                                     R"("C":"own","D":"‹Open.Reader.cdk.exports.x›"})");
  EXPECT_EQ(reading.gaps(), "the template of the stack Absent is not there\n");
  EXPECT_EQ(reading.said(),
            "GP0301 7:64 \"nowhere\" is no environment\nGP0301 9:2 the stack Bad has no templateFile\n");
}

TEST(TemplateNesting, UnknownsOfTwoStacksAreDifferent) {
  TemplateReading reading;
  const std::string text = R"(Parameters: {P: {Type: String}}
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {V: [!Ref P, !Ref AWS::AccountId, '{{resolve:ssm:/x}}', !ImportValue e]}}
)";
  reading.add("a/template.yaml", text).add("b/template.yaml", text).translate();
  EXPECT_EQ(
      reading.properties("Q"),
      "{\"V\":[\"‹parameter P of a.template›\",\"‹AccountId of a.template›\","
      "\"‹resolve.ssm.x of a.template›\",\"‹import e of a.template›\"],\"QueueName\":\"‹a.template.Q›\"}\n"
      "{\"V\":[\"‹parameter P of b.template›\",\"‹AccountId of b.template›\","
      "\"‹resolve.ssm.x of b.template›\",\"‹import e of b.template›\"],\"QueueName\":\"‹b.template.Q›\"}");
}

}  // namespace
}  // namespace grantproof::sources
