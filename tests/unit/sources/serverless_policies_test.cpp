// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_policies.h"

#include "serverless_expanding.h"
#include "sources/serverless_policy_templates.h"

namespace grantproof::sources {
namespace {

// The managed policies of the role but for the first, which every function has, and its inline policies.
std::string policies_of(const Expanded& ours) {
  std::string managed = ours.property("FRole", "ManagedPolicyArns");
  constexpr std::string_view kBasic =
      R"([{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"})";
  EXPECT_EQ(managed.substr(0, kBasic.size()), kBasic);
  managed.erase(0, std::min(kBasic.size(), managed.size()));
  managed.pop_back();
  return managed + " " + ours.property("FRole", "Policies");
}

TEST(ServerlessPolicies, Items) {
  const struct {
    std::string_view policies;
    std::string_view expected;
  } kCases[] = {
      {"Policies:", " "},
      {"Policies: []", " "},
      // names and ARNs of managed policies
      {"Policies: AmazonS3ReadOnlyAccess",
       R"(,{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess"} )"},
      {"Policies: [AWSLambdaRole, ViewOnlyAccess, AWSLambdaBasicExecutionRole]",
       R"(,{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaRole"},)"
       R"({"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/job-function/ViewOnlyAccess"} )"},
      {"Policies: ['arn:aws:iam::111122223333:policy/mine', !Ref M, '{{resolve:ssm:policy}}']",
       R"(,"arn:aws:iam::111122223333:policy/mine",{"Ref":"M"},"{{resolve:ssm:policy}}" )"},
      {"Policies: !ImportValue shared", R"(,{"Fn::ImportValue":"shared"} )"},
      // documents, as they stand
      {"Policies: {Statement: {Effect: Allow, Action: !Ref A, Resource: '*'}}",
       R"( [{"PolicyName":"FRolePolicy0","PolicyDocument":{"Statement":{"Effect":"Allow","Action":{"Ref":"A"},"Resource":"*"}}}])"},
      {"Policies: [AWSLambdaRole, {Version: '2012-10-17', Statement: []}]",
       R"(,{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaRole"} )"
       R"([{"PolicyName":"FRolePolicy1","PolicyDocument":{"Version":"2012-10-17","Statement":[]}}])"},
      // Fn::If around one, and around one of each kind
      {"Policies: [!If [C, !Ref M, !Ref AWS::NoValue]]",
       R"(,{"Fn::If":["C",{"Ref":"M"},{"Ref":"AWS::NoValue"}]} )"},
      {"Policies: [!If [C, {Statement: []}, !If [D, AWSLambdaRole, !Ref AWS::NoValue]]]",
       R"(,{"Fn::If":["C",{"Ref":"AWS::NoValue"},{"Fn::If":["D",{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaRole"},{"Ref":"AWS::NoValue"}]}]} )"
       R"([{"Fn::If":["C",{"PolicyName":"FRolePolicy0","PolicyDocument":{"Statement":[]}},{"Ref":"AWS::NoValue"}]}])"},
      {"Policies: [!Ref AWS::NoValue]", " "},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_function(one.policies), ours);
    EXPECT_EQ(policies_of(ours), one.expected) << one.policies;
    EXPECT_EQ(ours.said(), "") << one.policies;
  }
}

TEST(ServerlessPolicies, PolicyTemplates) {
  const struct {
    std::string_view policy_template;
    std::string_view statements;
  } kCases[] = {
      {"SQSSendMessagePolicy: {QueueName: !GetAtt Q.QueueName}",
       R"([{"Effect":"Allow","Action":"sqs:SendMessage*","Resource":{"Fn::Sub":["arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}",{"QueueName":{"Fn::GetAtt":"Q.QueueName"}}]}}])"},
      {"S3WritePolicy: {BucketName: b, Unused: x}",
       R"([{"Effect":"Allow","Action":["s3:PutObject","s3:PutObjectAcl","s3:PutLifecycleConfiguration"],"Resource":[)"
       R"({"Fn::Sub":["arn:${AWS::Partition}:s3:::${BucketName}",{"BucketName":"b"}]},{"Fn::Sub":["arn:${AWS::Partition}:s3:::${BucketName}/*",{"BucketName":"b"}]}]}])"},
      {"Route53ChangeResourceRecordSetsPolicy: {HostedZoneId: Z}",
       R"([{"Effect":"Allow","Action":"route53:ChangeResourceRecordSets","Resource":{"Fn::Sub":["arn:${AWS::Partition}:route53:::hostedzone/${HostedZoneId}",{"HostedZoneId":"Z"}]}}])"},
      {"AWSSecretsManagerGetSecretValuePolicy: {SecretArn: !Ref S}",
       R"([{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":{"Ref":"S"}}])"},
      {"AWSSecretsManagerRotationPolicy: {FunctionName: f}",
       R"([{"Effect":"Allow","Action":["secretsmanager:DescribeSecret","secretsmanager:GetSecretValue","secretsmanager:PutSecretValue","secretsmanager:UpdateSecretVersionStage"],)"
       R"("Resource":{"Fn::Sub":"arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*"},)"
       R"("Condition":{"StringEquals":{"secretsmanager:resource/AllowRotationLambdaArn":{"Fn::Sub":["arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${FunctionName}",{"FunctionName":"f"}]}}}},)"
       R"({"Effect":"Allow","Action":"secretsmanager:GetRandomPassword","Resource":"*"}])"},
      {"DynamoDBStreamReadPolicy: {TableName: t, StreamName: s}",
       R"([{"Effect":"Allow","Action":["dynamodb:DescribeStream","dynamodb:GetRecords","dynamodb:GetShardIterator"],)"
       R"("Resource":{"Fn::Sub":["arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}/stream/${StreamName}",{"TableName":"t","StreamName":"s"}]}},)"
       R"({"Effect":"Allow","Action":"dynamodb:ListStreams","Resource":{"Fn::Sub":["arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}/stream/*",{"TableName":"t"}]}}])"},
      {"TextractPolicy: {}", R"([{"Effect":"Allow","Action":"textract:*","Resource":"*"}])"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_function(fmt::format("Policies:\n  - {}", one.policy_template)), ours);
    EXPECT_EQ(ours.property("FRole", "Policies"),
              fmt::format(R"([{{"PolicyName":"FRolePolicy0","PolicyDocument":{{"Statement":{}}}}}])",
                          one.statements))
        << one.policy_template;
    EXPECT_EQ(ours.said(), "") << one.policy_template;
  }
}

// Every row is well-formed: an action has a service, a resource is an ARN, and the parameters can be given.
TEST(ServerlessPolicies, EveryPolicyTemplateIsUnderstood) {
  const std::vector<std::string_view> names = policy_template_names();
  EXPECT_EQ(names.size(), 81U);
  for (const std::string_view name : names) {
    std::string parameters;
    for (const PolicyTemplateStatement& row : policy_template(name)) {
      const std::string formats = fmt::format("{} {}", row.resources, row.condition);
      for (std::size_t at = formats.find("${"); at != std::string::npos; at = formats.find("${", at + 1)) {
        const std::string parameter = formats.substr(at + 2, formats.find('}', at) - at - 2);
        if (parameters.find(parameter + ":") == std::string::npos)
          parameters += fmt::format("{}: x, ", parameter);
      }
    }
    Expanded ours;
    expand(with_function(fmt::format("Policies: [{{{}: {{{}}}}}]", name, parameters)), ours);
    EXPECT_EQ(ours.said(), "") << name;
    const std::string policies = ours.property("FRole", "Policies");
    EXPECT_EQ(policies.find("‹"), std::string::npos) << policies;
    for (const PolicyTemplateStatement& row : policy_template(name)) {
      EXPECT_NE(row.actions.substr(0, row.actions.find(' ')).find(':'), std::string_view::npos) << name;
      EXPECT_TRUE(row.resources == "*" || row.resources.starts_with("${") ||
                  row.resources.find(':') != std::string_view::npos)
          << name;
    }
  }
}

TEST(ServerlessPolicies, MistakesLeaveUnknownPolicies) {
  const struct {
    std::string_view policies;
    std::string_view said;
    std::string_view expected;  // Policies
  } kCases[] = {
      {"Policies: [{SQSPolerPolicy: {QueueName: q}}]",
       "GP0301 warning 7:19 SQSPolerPolicy is no policy template that is known | did you mean "
       "SQSPollerPolicy?\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":"‹policy template SQSPolerPolicy›"}])"},
      {"Policies: [{SomethingNewPolicy: {}}]",
       "GP0301 warning 7:19 SomethingNewPolicy is no policy template that is known | write its statements as "
       "a "
       "policy document\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":"‹policy template SomethingNewPolicy›"}])"},
      {"Policies: [{Effect: Allow, Action: 's3:*', Resource: '*'}]",
       "GP0301 error 7:18 an object in Policies is no policy | put the statement into a policy document: "
       "{Version: \"2012-10-17\", Statement: […]}\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":"‹policy FRolePolicy0›"}])"},
      {"Policies: [{PolicyName: x, PolicyDocument: {Statement: []}}]",
       "GP0301 error 7:18 an object in Policies is no policy | write the policy document alone, without "
       "PolicyName "
       "and PolicyDocument\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":"‹policy FRolePolicy0›"}])"},
      {"Policies: [[AWSLambdaRole], 3, ]",
       "GP0301 error 7:18 a list in Policies is no policy | a name or ARN of a managed policy, a policy "
       "document "
       "with Statement, or one policy template\n"
       "GP0301 error 7:35 a number in Policies is no policy | a name or ARN of a managed policy, a "
       "policy "
       "document with Statement, or one policy template\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":"‹policy FRolePolicy0›"},{"PolicyName":"FRolePolicy1","PolicyDocument":"‹policy FRolePolicy1›"}])"},
      {"Policies: [SQSPollerPolicy]",
       "GP0301 error 7:18 SQSPollerPolicy is a policy template, not a managed policy | write it as an object "
       "with its "
       "parameters: SQSPollerPolicy: {…}\n",
       ""},
      {"Policies: [service-role/AWSLambdaRole]",
       "GP0301 error 7:18 \"service-role/AWSLambdaRole\" is neither name nor ARN of a managed policy | write "
       "the name "
       "alone, or the whole ARN\n",
       ""},
      {"Policies: [{KMSDecryptPolicy: {Key: k}}]",
       "GP0301 error 7:19 KMSDecryptPolicy needs KeyId | KMSDecryptPolicy: {KeyId: …}\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":)"
       R"({"Fn::Sub":["arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}",{"KeyId":"‹KeyId of KMSDecryptPolicy›"}]}}]}}])"},
      {"Policies: [{TextractPolicy: }]",
       "GP0301 error 7:33 TextractPolicy has null for its parameters, expected an object\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"textract:*","Resource":"*"}]}}])"},
      {"Policies: [{EventBridgePutEventsPolicy: {EventBusName: !GetAtt B.Arn}}]",
       "GP0301 warning 7:70 EventBusName of EventBridgePutEventsPolicy is an ARN, and SAM writes another ARN "
       "around "
       "it | give the name, or write the statement as a policy document\n",
       R"([{"PolicyName":"FRolePolicy0","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"events:PutEvents","Resource":)"
       R"({"Fn::Sub":["arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}",{"EventBusName":{"Fn::GetAtt":"B.Arn"}}]}}]}}])"},
  };
  for (const auto& one : kCases) {
    Expanded ours;
    expand(with_function(one.policies), ours);
    EXPECT_EQ(ours.said(), one.said) << one.policies;
    EXPECT_EQ(ours.property("FRole", "Policies"), one.expected) << one.policies;
  }
}

}  // namespace
}  // namespace grantproof::sources
