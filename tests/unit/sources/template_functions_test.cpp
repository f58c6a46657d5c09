// SPDX-License-Identifier: Apache-2.0
//
// Intrinsic functions against the results that CloudFormation documents ("Intrinsic function reference"), and
// what becomes of them where something is not known.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

struct Case {
  std::string value;     // JSON, the property V of the resource R
  std::string expected;  // JSON; "" where the property goes away
  std::string said;      // the messages
};

// What R's property V becomes in account 111122223333 and eu-west-1.
TemplateReading resolve(const std::string& value) {
  constexpr std::string_view kTemplate = R"({
 "AWSTemplateFormatVersion": "2010-09-09",
 "Parameters": {
  "Stage": {"Type": "String"},
  "Given": {"Type": "String", "Default": "dev"},
  "Port": {"Type": "Number", "Default": 8080},
  "List": {"Type": "CommaDelimitedList", "Default": "a, b,c"},
  "None": {"Type": "CommaDelimitedList", "Default": ""},
  "Open": {"Type": "List<AWS::EC2::Subnet::Id>"},
  "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/org/id"},
  "Secret": {"Type": "String", "NoEcho": true, "Default": "hidden"}
 },
 "Mappings": {"Map": {"eu-west-1": {"Text": "mapped", "List": ["m", "n"]}, "us-east-1": {"Text": "other"}}},
 "Conditions": {
  "Yes": {"Fn::Equals": ["a", "a"]},
  "No": {"Fn::Not": [{"Condition": "Yes"}]}
 },
 "Resources": {
  "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "orders"}},
  "Queue": {"Type": "AWS::SQS::Queue"},
  "Custom": {"Type": "Custom::Thing"},
  "R": {"Type": "AWS::S3::Bucket", "Properties": {"V": VALUE}}
 }
})";
  std::string text(kTemplate);
  text.replace(text.find("VALUE"), 5, value);
  TemplateReading reading;
  reading.add("t.json", text, "111122223333", "eu-west-1").translate();
  return reading;
}

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    const TemplateReading reading = resolve(one.value);
    EXPECT_EQ(reading.property("R", "V"), one.expected.empty() ? "(none)" : one.expected) << one.value;
    std::string said;
    for (const base::Diagnostic& diagnostic : reading.sink.diagnostics())
      said += (said.empty() ? "" : "; ") + diagnostic.rule + " " + diagnostic.message;
    EXPECT_EQ(said, one.said) << one.value;
  }
}

TEST(TemplateFunctions, RefOfParameters) {
  check({
      {R"({"Ref": "Given"})", R"("dev")", ""},
      {R"({"Ref": "Port"})", R"("8080")", ""},
      {R"({"Ref": "List"})", R"(["a","b","c"])", ""},
      {R"({"Ref": "None"})", "[]", ""},
      {R"({"Ref": "Stage"})", R"("‹parameter Stage›")", ""},
      {R"({"Ref": "Open"})", R"("‹parameter Open›")", ""},
      {R"({"Ref": "Stored"})", R"("‹parameter Stored›")", ""},
      {R"({"Ref": "Secret"})", R"("‹parameter Secret›")", ""},
      {R"({"Ref": "Nobody"})", R"("‹t.Nobody›")", "GP0304 there is no parameter or resource Nobody"},
      {R"({"Ref": ["Given"]})", R"("‹Ref of t›")", "GP0301 what Ref refers to is a list, expected a text"},
      {R"({"Ref": {"Fn::Sub": "Gi${Ven}"}})", R"("‹t.Git.Ven›")",
       "GP0304 there is no parameter or resource Ven"},
      {R"({"Ref": {"Fn::Join": ["", ["Gi", "ven"]]}})", R"("dev")", ""},
  });
}

TEST(TemplateFunctions, RefOfPseudoParameters) {
  check({
      {R"({"Ref": "AWS::AccountId"})", R"("111122223333")", ""},
      {R"({"Ref": "AWS::Region"})", R"("eu-west-1")", ""},
      {R"({"Ref": "AWS::Partition"})", R"("aws")", ""},
      {R"({"Ref": "AWS::URLSuffix"})", R"("amazonaws.com")", ""},
      {R"({"Ref": "AWS::StackName"})", R"("‹StackName of t›")", ""},
      {R"({"Ref": "AWS::StackId"})",
       R"("arn:aws:cloudformation:eu-west-1:111122223333:stack/‹StackName of t›/‹StackId of t›")", ""},
      {R"({"Ref": "AWS::NotificationARNs"})", R"("‹NotificationARNs of t›")", ""},
      {R"({"Ref": "AWS::NoValue"})", "", ""},
      {R"([1, {"Ref": "AWS::NoValue"}, 2])", "[1,2]", ""},
      {R"({"Ref": "AWS::Account"})", R"("‹t.AWS.Account›")",
       "GP0304 there is no pseudo parameter AWS::Account"},
  });
}

TEST(TemplateFunctions, RefAndGetAttOfResources) {
  check({
      {R"({"Ref": "Bus"})", R"("orders")", ""},
      {R"({"Fn::GetAtt": ["Bus", "Arn"]})", R"("arn:aws:events:eu-west-1:111122223333:event-bus/orders")",
       ""},
      {R"({"Fn::GetAtt": "Bus.Arn"})", R"("arn:aws:events:eu-west-1:111122223333:event-bus/orders")", ""},
      {R"({"Fn::GetAtt": "Bus.Name"})", R"("orders")", ""},
      {R"({"Ref": "Queue"})", R"("https://sqs.eu-west-1.amazonaws.com/111122223333/‹t.Queue›")", ""},
      {R"({"Fn::GetAtt": ["Queue", {"Fn::Join": ["", ["A", "rn"]]}]})",
       R"("arn:aws:sqs:eu-west-1:111122223333:‹t.Queue›")", ""},
      {R"({"Fn::GetAtt": "Bus.Policy"})", R"("‹t.Bus.Policy›")", ""},
      {R"({"Ref": "Custom"})", R"("‹t.Custom›")", ""},
      {R"({"Fn::GetAtt": "Custom.A.B"})", R"("‹t.Custom.A.B›")", ""},
      {R"({"Fn::GetAtt": "Bus"})", R"("‹Fn.GetAtt of t›")",
       "GP0301 Fn::GetAtt of \"Bus\" names no attribute"},
      {R"({"Fn::GetAtt": "Buss.Arn"})", R"("‹t.Buss.Arn›")", "GP0304 there is no resource Buss"},
      {R"({"Fn::GetAtt": ["Bus"]})", R"("‹Fn.GetAtt of t›")", "GP0301 Fn::GetAtt has a list of 1"},
  });
}

TEST(TemplateFunctions, Sub) {
  check({
      {R"({"Fn::Sub": "arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:vpc/${Given}"})",
       R"("arn:aws:ec2:eu-west-1:111122223333:vpc/dev")", ""},
      {R"({"Fn::Sub": ["www.${Domain}", {"Domain": {"Ref": "Given"}}]})", R"("www.dev")", ""},
      {R"({"Fn::Sub": ["www.${Given}"]})", R"("www.dev")", ""},
      {R"({"Fn::Sub": "${!aws:username} ${!Literal}"})", R"("${aws:username} ${Literal}")", ""},
      {R"({"Fn::Sub": "${Bus.Arn}/${Bus}"})",
       R"("arn:aws:events:eu-west-1:111122223333:event-bus/orders/orders")", ""},
      {R"({"Fn::Sub": "orders-${Stage}-x"})", R"("orders-‹parameter Stage›-x")", ""},
      {R"({"Fn::Sub": ["${Given}", {"Given": "mine"}]})", R"("mine")", ""},
      {R"({"Fn::Sub": "$ { ${ $$ }"})", R"("$ { ‹ .  of t›")", "GP0301 \"${ $$ }\" in Fn::Sub names nothing"},
      {R"({"Fn::Sub": "open ${Given"})", R"("open ${Given")", ""},
      {R"({"Fn::Sub": "${aws:username}"})", R"("‹t.aws.username›")",
       "GP0304 there is no parameter or resource aws:username"},
      {R"({"Fn::Sub": "${List}"})", R"("‹List of t›")",
       "GP0301 ${List} in Fn::Sub is a list, expected a text"},
      {R"({"Fn::Sub": {"Ref": "Given"}})", R"("‹Fn.Sub of t›")",
       "GP0301 Fn::Sub takes a text, and an object of values"},
      {R"({"Fn::Sub": ["a", {}, "b"]})", R"("‹Fn.Sub of t›")", "GP0301 Fn::Sub has a list of 3"},
  });
}

TEST(TemplateFunctions, JoinSplitAndSelect) {
  check({
      {R"({"Fn::Join": [":", ["a", "b", "c"]]})", R"("a:b:c")", ""},
      {R"({"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":s3:::", 1, true]]})",
       R"("arn:aws:s3:::1true")", ""},
      {R"({"Fn::Join": [",", {"Ref": "List"}]})", R"("a,b,c")", ""},
      {R"({"Fn::Join": [",", {"Ref": "Open"}]})", R"("‹parameter Open joined by ,›")", ""},
      {R"({"Fn::Join": ["-", ["a", {"Ref": "Stage"}, "b"]]})", R"("a-‹parameter Stage›-b")", ""},
      {R"({"Fn::Join": ["-", ["a", {"Ref": "AWS::NoValue"}, "b"]]})", R"("a-b")", ""},
      {R"({"Fn::Join": ["-", "a"]})", R"("‹Fn.Join of t›")",
       "GP0301 what Fn::Join joins is a string, expected a list"},
      {R"({"Fn::Join": ["-", [["a"]]]})", R"("‹Fn.Join of t›")",
       "GP0301 Fn::Join joins a list, expected texts"},
      {R"({"Fn::Split": ["|", "a|b|c"]})", R"(["a","b","c"])", ""},
      {R"({"Fn::Split": ["|", "a||c|"]})", R"(["a","","c",""])", ""},
      {R"({"Fn::Split": ["", "a"]})", R"("‹Fn.Split of t›")", "GP0301 the delimiter of Fn::Split is empty"},
      {R"({"Fn::Split": [",", {"Ref": "Stage"}]})", R"("‹parameter Stage split at ,›")", ""},
      // What AWS makes up has no ':'.
      {R"({"Fn::Select": [5, {"Fn::Split": [":", {"Fn::GetAtt": "Queue.Arn"}]}]})", R"("‹t.Queue›")", ""},
      {R"({"Fn::Select": [4, {"Fn::Split": [":", {"Fn::GetAtt": "Queue.Arn"}]}]})", R"("111122223333")", ""},
      {R"({"Fn::Select": [1, {"Fn::Split": [":", {"Fn::Sub": "a:b:${Stage}:c"}]}]})", R"("b")", ""},
      {R"({"Fn::Select": [2, {"Fn::Split": [":", {"Fn::Sub": "a:b:${Stage}:c"}]}]})",
       R"("‹Select 2 of a.b.parameter Stage.c split at .›")", ""},
      {R"({"Fn::Select": ["1", ["apples", "grapes", "oranges"]]})", R"("grapes")", ""},
      {R"({"Fn::Select": [0, {"Ref": "List"}]})", R"("a")", ""},
      {R"({"Fn::Select": [0, {"Ref": "Open"}]})", R"("‹Select 0 of parameter Open›")", ""},
      {R"({"Fn::Select": [1, {"Ref": "Open"}]})", R"("‹Select 1 of parameter Open›")", ""},
      {R"({"Fn::Select": [3, {"Ref": "List"}]})", R"("‹Fn.Select of t›")",
       "GP0301 Fn::Select selects number 3 of a list of 3"},
      {R"({"Fn::Select": ["-1", ["a"]]})", R"("‹Fn.Select of t›")",
       "GP0301 the index of Fn::Select is \"-1\", expected a number"},
      {R"({"Fn::Select": [0, {"Fn::GetAZs": ""}]})", R"("‹Select 0 of GetAZs eu-west-1 of t›")", ""},
      {R"({"Fn::Select": [{"Ref": "Stage"}, ["a", "b"]]})", R"("‹Select parameter Stage of [.a.,.b.]›")", ""},
  });
}

TEST(TemplateFunctions, FindInMap) {
  check({
      {R"({"Fn::FindInMap": ["Map", {"Ref": "AWS::Region"}, "Text"]})", R"("mapped")", ""},
      {R"({"Fn::FindInMap": ["Map", "eu-west-1", "List"]})", R"(["m","n"])", ""},
      {R"({"Fn::FindInMap": ["Map", {"Ref": "Stage"}, "Text"]})",
       R"("‹FindInMap Map.parameter Stage.Text of t›")", ""},
      {R"({"Fn::FindInMap": ["Map", "eu-north-1", "Text", {"DefaultValue": {"Ref": "Given"}}]})", R"("dev")",
       ""},
      {R"({"Fn::FindInMap": ["Map", "eu-north-1", "Text", {"DefaultValue": {"Ref": "AWS::NoValue"}}]})", "",
       ""},
      {R"({"Fn::FindInMap": ["Map", "eu-west-1", "Text", {"DefaultValue": "x"}]})", R"("mapped")", ""},
      {R"({"Fn::FindInMap": ["Map", "eu-north-1", "Text"]})", R"("‹Fn.FindInMap of t›")",
       "GP0304 Mappings have no Map.eu-north-1.Text"},
      {R"({"Fn::FindInMap": ["Mop", "a", "b"]})", R"("‹Fn.FindInMap of t›")",
       "GP0304 there is no mapping Mop"},
  });
}

TEST(TemplateFunctions, OthersThatGiveValues) {
  check({
      {R"({"Fn::Base64": "AWS CloudFormation"})", R"("QVdTIENsb3VkRm9ybWF0aW9u")", ""},
      {R"({"Fn::Base64": "f"})", R"("Zg==")", ""},
      {R"({"Fn::Base64": "fo"})", R"("Zm8=")", ""},
      {R"({"Fn::Base64": ""})", R"("")", ""},
      {R"({"Fn::Base64": {"Fn::Sub": "x${Stage}"}})", R"("‹Base64 of xparameter Stage›")", ""},
      {R"({"Fn::Cidr": ["192.168.0.0/24", 6, "5"]})",
       R"(["192.168.0.0/27","192.168.0.32/27","192.168.0.64/27","192.168.0.96/27","192.168.0.128/27","192.168.0.160/27"])",
       ""},
      {R"({"Fn::Cidr": ["10.0.0.0/24", 9, 5]})", R"("‹Fn.Cidr of t›")",
       "GP0301 Fn::Cidr cannot cut \"10.0.0.0/24\" into 9 blocks of 5 bits"},
      {R"({"Fn::Cidr": [{"Ref": "Stage"}, 1, 8]})", R"("‹Cidr of parameter Stage 1 8›")", ""},
      {R"({"Fn::GetAZs": {"Ref": "AWS::Region"}})", R"("‹GetAZs eu-west-1 of t›")", ""},
      {R"({"Fn::Length": [1, 2, 3]})", "3", ""},
      {R"({"Fn::Length": {"Ref": "List"}})", "3", ""},
      {R"({"Fn::Length": {"Ref": "Open"}})", R"("‹Length of parameter Open›")", ""},
      {R"({"Fn::ToJsonString": {"a": {"Ref": "Given"}, "b": [1, "x"], "c": {"Ref": "AWS::NoValue"}}})",
       R"("{\"a\":\"dev\",\"b\":[1,\"x\"]}")", ""},
      {R"({"Fn::ToJsonString": {"a": {"Ref": "Stage"}}})", R"("{\"a\":\"‹parameter Stage›\"}")", ""},
      {R"({"Fn::ToJsonString": "x"})", R"("‹Fn.ToJsonString of t›")",
       "GP0301 Fn::ToJsonString has a string, expected an object or a list"},
      {R"({"Fn::ImportValue": {"Fn::Sub": "${Stage}-Bus"}})", R"("‹import parameter Stage-Bus›")", ""},
      {R"({"Fn::GetStackOutput": {"StackName": "net", "OutputName": "Vpc"}})",
       R"("‹output Vpc of net in 111122223333 eu-west-1›")", ""},
      {R"({"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://b/k"}}})",
       R"("‹Transform of t›")", ""},
      {R"("{{resolve:secretsmanager:hook:SecretString:key}}")",
       R"("‹resolve.secretsmanager.hook.SecretString.key›")", ""},
      {R"("arn:aws:iam::{{resolve:ssm:/hub/account:1}}:root")",
       R"("arn:aws:iam::‹resolve.ssm.hub.account.1›:root")", ""},
      {R"({"Fn::Sub": "{{resolve:ssm:/${Given}/x}} and {{resolve:ssm:/y}}"})",
       R"("‹resolve.ssm.dev.x› and ‹resolve.ssm.y›")", ""},
  });
}

TEST(TemplateFunctions, If) {
  check({
      {R"({"Fn::If": ["Yes", "a", {"Ref": "Nobody"}]})", R"("a")", ""},
      {R"({"Fn::If": ["No", "a", {"Ref": "AWS::NoValue"}]})", "", ""},
      {R"([{"Fn::If": ["Yes", {"x": {"Ref": "Given"}}, "b"]}])", R"([{"x":"dev"}])", ""},
      {R"({"Fn::If": ["Yes", "a"]})", R"("‹Fn.If of t›")", "GP0301 Fn::If has a list of 2"},
      {R"({"Fn::If": [{"Fn::Equals": ["a", "a"]}, "a", "b"]})", R"("‹Fn.If of t›")",
       "GP0301 Fn::Equals stands only in Conditions"},
      {R"({"Fn::If": ["Yess", "a", "a"]})", R"("a")", "GP0304 there is no condition Yess"},
  });
}

TEST(TemplateFunctions, MistakesLeaveAnUnknownPart) {
  check({
      {R"({"Fn::Subb": "x"})", R"("‹Fn.Subb of t›")", "GP0301 Fn::Subb is no function of CloudFormation"},
      {R"({"Fn::Contains": [["a"], "a"]})", R"("‹Fn.Contains of t›")",
       "GP0301 Fn::Contains stands only in Rules"},
      {R"({"a": 1, "Fn::Sub": "x"})", R"("‹Fn.Sub of t›")", "GP0301 Fn::Sub has other keys beside it"},
      {R"({"a": null})", R"({"a":null})", "GP0301 null is not allowed in a template"},
      // Not a function: a key of a policy.
      {R"({"Condition": {"StringEquals": {"aws:x": {"Ref": "Given"}}}})",
       R"({"Condition":{"StringEquals":{"aws:x":"dev"}}})", ""},
      {R"({"Ref": "x", "b": 1})", R"({"Ref":"x","b":1})", ""},
  });
}

TEST(TemplateFunctions, ValuesHaveThePlaceOfTheirFunction) {
  TemplateReading reading;
  reading
      .add("t.yaml", R"(Parameters:
  List: {Type: CommaDelimitedList, Default: "a,b"}
Resources:
  R:
    Type: AWS::S3::Bucket
    Properties:
      A: !Sub "x-${List2}"
      B: !Ref List
      C: plain
Mappings: {}
)")
      .translate();
  const syntax::Node& properties = reading.into.resources.at(0).properties;
  const auto place = [&reading](const syntax::Node& node) {
    return reading.sources.locate(node.span).begin.line;
  };
  EXPECT_EQ(place(*properties.find("A")), 7U);
  EXPECT_EQ(place(*properties.find("B")), 8U);
  EXPECT_EQ(place(properties.find("B")->items.at(1)), 8U);
  EXPECT_EQ(place(*properties.find("C")), 9U);
  EXPECT_EQ(reading.said(), "GP0304 7:15 there is no parameter or resource List2\n");
}

}  // namespace
}  // namespace grantproof::sources
