// SPDX-License-Identifier: Apache-2.0
//
// Fn::ForEach, after the examples of its documentation.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

TemplateReading read(const std::string& yaml, std::map<std::string, std::string> parameters = {}) {
  TemplateReading reading(std::move(parameters));
  reading.add("t.yaml", "Transform: AWS::LanguageExtensions\n" + yaml, "111122223333", "eu-west-1")
      .translate();
  return reading;
}

const std::string kTopics = R"(Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  'Fn::ForEach::Topics':
    - TopicName
    - !Ref Names
    - 'SnsTopic${TopicName}':
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Join ['.', [!Ref TopicName, fifo]]
          FifoTopic: true
)";

TEST(TemplateLoops, Resources) {
  const TemplateReading reading = read(kTopics, {{"Names", "Success,Failure"}});
  EXPECT_EQ(reading.resources(), "SnsTopicSuccess\nSnsTopicFailure\n");
  EXPECT_EQ(reading.properties("SnsTopicFailure"), R"({"TopicName":"Failure.fifo","FifoTopic":true})");
  EXPECT_EQ(reading.arn("SnsTopicFailure"), "arn:aws:sns:eu-west-1:111122223333:Failure.fifo");
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(reading.gaps(), "");
}

TEST(TemplateLoops, OverSomethingUnknownIsAGap) {
  const TemplateReading reading = read(kTopics + R"(
  User: {Type: 'AWS::EC2::Thing', Properties: {V: !Ref SnsTopicSuccess, W: !GetAtt SnsTopicFailure.TopicArn}}
)");
  EXPECT_EQ(reading.resources(), "User\n");
  // They may be there.
  EXPECT_EQ(reading.properties("User"), R"({"V":"‹t.SnsTopicSuccess›","W":"‹t.SnsTopicFailure.TopicArn›"})");
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(reading.gaps(), "what Fn::ForEach::Topics makes of t.yaml is not known\n");
}

TEST(TemplateLoops, WithConditionsAndReferences) {
  const TemplateReading reading = read(R"(Parameters: {Count: {Type: String}}
Mappings:
  NatGateway: {Condition: {B: TwoNatGateways, C: ThreeNatGateways}}
Conditions:
  TwoNatGateways: !Equals [!Ref Count, "2"]
  ThreeNatGateways: !Equals [1, 2]
Resources:
  Fn::ForEach::NatGatewayAndEIP:
    - Identifier
    - [A, B, C]
    - NatGateway${Identifier}:
        Type: AWS::EC2::NatGateway
        Properties:
          AllocationId: !GetAtt [!Sub 'Attachment${Identifier}', AllocationId]
          SubnetId: !Ref {'Fn::Sub': 'Attachment${Identifier}'}
        Condition: !FindInMap [NatGateway, Condition, !Ref Identifier, {DefaultValue: !Ref AWS::NoValue}]
      Attachment${Identifier}: {Type: AWS::EC2::EIP}
)");
  EXPECT_EQ(reading.resources(),
            "NatGatewayA\nAttachmentA\nNatGatewayB when TwoNatGateways\nAttachmentB\nAttachmentC\n");
  EXPECT_EQ(reading.properties("NatGatewayA"),
            R"({"AllocationId":"‹t.AttachmentA.AllocationId›","SubnetId":"‹t.AttachmentA›"})");
  EXPECT_EQ(reading.said(), "");
}

TEST(TemplateLoops, InsideOfLoops) {
  const TemplateReading reading = read(R"(Resources:
  'Fn::ForEach::SubnetResources':
  - Prefix
  - [Transit, Public]
  - 'Nacl${Prefix}Subnet': {Type: 'AWS::EC2::NetworkAcl'}
    'Fn::ForEach::LoopInner':
    - Suffix
    - [A, B]
    - '${Prefix}Subnet${Suffix}': {Type: 'AWS::EC2::Subnet', Properties: {V: !Sub '${Prefix}-${Suffix}'}}
      'Nacl${Prefix}Subnet${Suffix}Association':
        Type: AWS::EC2::SubnetNetworkAclAssociation
        Properties:
          SubnetId: !Ref {'Fn::Sub': '${Prefix}Subnet${Suffix}'}
Outputs:
  'Fn::ForEach::Out':
    - S
    - [A, B]
    - 'Out${S}': {Value: !Ref {'Fn::Sub': 'PublicSubnet${S}'}}
)");
  EXPECT_EQ(reading.resources(),
            "NaclTransitSubnet\nTransitSubnetA\nNaclTransitSubnetAAssociation\nTransitSubnetB\n"
            "NaclTransitSubnetBAssociation\nNaclPublicSubnet\nPublicSubnetA\nNaclPublicSubnetAAssociation\n"
            "PublicSubnetB\nNaclPublicSubnetBAssociation\n");
  EXPECT_EQ(reading.properties("PublicSubnetB"), R"({"V":"Public-B"})");
  EXPECT_EQ(reading.properties("NaclPublicSubnetBAssociation"), R"({"SubnetId":"‹t.PublicSubnetB›"})");
  EXPECT_EQ(reading.said(), "");
}

TEST(TemplateLoops, Properties) {
  const TemplateReading reading = read(R"(Mappings:
  InstanceA: {Properties: {ImageId: ami-1, InstanceType: m5.xlarge}}
  InstanceB: {Properties: {ImageId: ami-2}}
Resources:
  'Fn::ForEach::Instances':
  - LogicalId
  - [InstanceA, InstanceB]
  - '${LogicalId}':
      Type: AWS::EC2::Instance
      Properties:
        DisableApiTermination: true
        'Fn::ForEach::Properties':
          - PropertyName
          - [ImageId, InstanceType]
          - '${PropertyName}': !FindInMap [!Ref LogicalId, Properties, !Ref PropertyName, {DefaultValue: !Ref AWS::NoValue}]
)");
  EXPECT_EQ(reading.properties("InstanceA"),
            R"({"DisableApiTermination":true,"ImageId":"ami-1","InstanceType":"m5.xlarge"})");
  EXPECT_EQ(reading.properties("InstanceB"), R"({"DisableApiTermination":true,"ImageId":"ami-2"})");
  EXPECT_EQ(reading.said(), "");
}

TEST(TemplateLoops, KeysHaveLettersAndDigitsOnlyWithAmpersand) {
  const TemplateReading reading = read(R"(Resources:
  Fn::ForEach::Subnets:
    - Cidr
    - ["10.0.1.0/24"]
    - Subnet&{Cidr}: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Ref Cidr, B: '${Cidr} ${!Cidr} ${Cidrs}'}}
)");
  EXPECT_EQ(reading.resources(), "Subnet1001024\n");
  EXPECT_EQ(reading.properties("Subnet1001024"),
            R"({"CidrBlock":"10.0.1.0/24","B":"10.0.1.0/24 ${!Cidr} ${Cidrs}"})");
}

TEST(TemplateLoops, Conditions) {
  const TemplateReading reading = read(R"(Parameters: {Stage: {Type: String, Default: b}}
Conditions:
  Fn::ForEach::Are: [S, [a, b], {'Is${S}': !Equals [!Ref Stage, !Ref S]}]
Resources:
  Fn::ForEach::Things: [S, [a, b], {'Thing${S}': {Type: AWS::EC2::Thing, Condition: 'Is${S}'}}]
)");
  EXPECT_EQ(reading.resources(), "Thingb\n");
  EXPECT_EQ(reading.said(), "");
}

TEST(TemplateLoops, Mistakes) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Fn::ForEach::X: [S, [a]]", "GP0301 3:19 Fn::ForEach::X has not the form of a loop\n"},
      {"Fn::ForEach::X: no", "GP0301 3:19 Fn::ForEach::X has not the form of a loop\n"},
      {"Fn::ForEach::X: [S, a, {'A${S}': {Type: AWS::EC2::Thing}}]",
       "GP0301 3:23 this is a string, expected a list\n"},
      {"Fn::ForEach::X: [S, [a, b], {A: {Type: AWS::EC2::Thing}}]", "GP0301 3:32 two resources become A\n"},
      {"Fn::ForEach::X: [S, !Ref S, {'A${S}': {Type: AWS::EC2::Thing}}]",
       "GP0304 3:28 there is no parameter or resource S\n"},
  };
  for (const auto& [loop, said] : cases) {
    const TemplateReading reading = read("Resources:\n  " + loop + "\n");
    EXPECT_EQ(reading.said(), said) << loop;
  }
}

}  // namespace
}  // namespace grantproof::sources
