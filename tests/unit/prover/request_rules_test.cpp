// SPDX-License-Identifier: Apache-2.0
//
// What no request can be like, asked of the prover rule by rule. Each rule stands between a case where it
// forbids and one like it where it does not: a rule that forbids too much would prove what does not hold.
//
// Source: IAM User Guide, "AWS global condition context keys", availability of each key.
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

constexpr Answer kProved = Answer::kProved;
constexpr Answer kRefuted = Answer::kRefuted;
constexpr Answer kUndecided = Answer::kUndecided;

TEST(RequestRules, KeysOfAServiceThatCallsForAResource) {
  check_conditions({
      {R"({"Null":{"aws:SourceArn":"false"}})", kRefuted},
      {R"({"Null":{"aws:SourceArn":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})", kRefuted},
      {R"({"Null":{"aws:SourceArn":"false"},"Bool":{"aws:PrincipalIsAWSService":"false"}})", kProved},
      {R"({"Null":{"aws:SourceArn":"false","aws:username":"false"}})", kProved},
      {R"({"Null":{"aws:SourceAccount":"false","aws:PrincipalArn":"false"}})", kProved},
      {R"({"Null":{"aws:SourceAccount":"false","aws:SourceArn":"true"}})", kRefuted},
      {R"({"Null":{"aws:SourceOrgID":"false"},"StringEquals":{"aws:PrincipalType":"AssumedRole"}})", kProved},
      // Not every integration sends them.
      {R"({"Null":{"aws:SourceArn":"true","aws:SourceAccount":"true","aws:PrincipalServiceName":"false"}})",
       kRefuted},
      // The account of a source is that of its ARN, where the ARN has one.
      {R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*:111122223333:rule/*"},
           "StringEquals":{"aws:SourceAccount":"444455556666"}})",
       kProved},
      {R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*:111122223333:rule/*"},
           "StringEquals":{"aws:SourceAccount":"111122223333"}})",
       kRefuted},
      {R"({"ArnLike":{"aws:SourceArn":"arn:aws:s3:::shop"},
           "StringEquals":{"aws:SourceAccount":"444455556666"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:PrincipalServiceName":"events.amazonaws.com"}})", kRefuted},
      {R"({"StringEquals":{"aws:PrincipalServiceName":"events.amazonaws.com"},
           "Bool":{"aws:PrincipalIsAWSService":"false"}})",
       kProved},
      {R"({"Null":{"aws:PrincipalServiceNamesList":"true","aws:PrincipalServiceName":"false"}})", kProved},
  });
}

TEST(RequestRules, KeysOfTheCaller) {
  check_conditions({
      {R"({"Null":{"aws:username":"false"},"StringEquals":{"aws:PrincipalType":"AssumedRole"}})", kProved},
      {R"({"Null":{"aws:username":"false"},"StringEquals":{"aws:PrincipalType":"User"}})", kRefuted},
      // A user always has a name; a service says "User" too, and has none (captured).
      {R"({"Null":{"aws:username":"true"},"StringEquals":{"aws:PrincipalType":"User"},
           "Bool":{"aws:PrincipalIsAWSService":"false"}})",
       kProved},
      {R"({"Null":{"aws:username":"true"},"StringEquals":{"aws:PrincipalType":"User"}})", kRefuted},
      {R"({"StringEquals":{"aws:username":"alice"},
           "ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/bob"}})",
       kProved},
      {R"({"StringEquals":{"aws:username":"alice"},
           "ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/alice"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:username":"alice"},
           "ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/team/alice"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:username":"team"},
           "ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/team/alice"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalAccount":"444455556666"},
           "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalAccount":"111122223333"},
           "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"}})",
       kRefuted},
      {R"({"StringNotLike":{"aws:PrincipalAccount":"????????????"},"Null":{"aws:PrincipalArn":"false"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalAccount":"anonymous"}})", kRefuted},
      {R"({"StringEquals":{"aws:PrincipalAccount":"anonymous"},"Null":{"aws:PrincipalArn":"false"}})",
       kProved},
      {R"({"Null":{"aws:PrincipalArn":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})", kProved},
      {R"({"Null":{"aws:PrincipalIsAWSService":"true","aws:PrincipalArn":"false"}})", kProved},
      {R"({"Null":{"aws:PrincipalOrgID":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})", kProved},
      {R"({"Null":{"aws:PrincipalOrgID":"false"}})", kRefuted},
      {R"({"Null":{"aws:PrincipalTag/team":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})", kProved},
      {R"({"StringEquals":{"aws:PrincipalTag/team":"red","aws:username":"alice"}})", kRefuted},
      {R"({"StringEquals":{"aws:PrincipalType":"User"},
           "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalType":"Account"},
           "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:root"}})",
       kRefuted},
  });
}

TEST(RequestRules, Organizations) {
  check_conditions({
      {R"({"StringEquals":{"aws:PrincipalOrgID":"o-aaaaaaaaaa"},
           "ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-bbbbbbbbbb/*"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalOrgID":"o-aaaaaaaaaa"},
           "ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-aaaaaaaaaa/r-ab12/ou-ab12-1*"}})",
       kRefuted},
      {R"({"Null":{"aws:PrincipalOrgID":"true","aws:PrincipalOrgPaths":"false"}})", kProved},
      // A caller stands at one place of its organisation.
      {R"({"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-aaaaaaaaaa/r-ab12/ou-ab12-11111111/*"},
           "ForAnyValue:StringNotLike":{"aws:PrincipalOrgPaths":"o-aaaaaaaaaa/*"}})",
       kProved},
  });
}

TEST(RequestRules, TemporaryCredentials) {
  check_conditions({
      {R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}})", kRefuted},
      {R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"},
           "Null":{"aws:MultiFactorAuthPresent":"true"}})",
       kProved},
      {R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"},
           "Bool":{"aws:MultiFactorAuthPresent":"false"}})",
       kProved},
      {R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"},
           "Bool":{"aws:MultiFactorAuthPresent":"true"}})",
       kRefuted},
      {R"({"Null":{"aws:MultiFactorAuthPresent":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})",
       kProved},
      // IAM users have temporary credentials too: by GetSessionToken, and in the console.
      {R"({"Bool":{"aws:MultiFactorAuthPresent":"true"},"StringEquals":{"aws:username":"alice"}})", kRefuted},
      {R"({"DateGreaterThan":{"aws:TokenIssueTime":"2025-01-01T00:00:00Z"},
           "StringEquals":{"aws:username":"alice"}})",
       kRefuted},
      {R"({"Null":{"aws:TokenIssueTime":"false"},"Bool":{"aws:PrincipalIsAWSService":"true"}})", kProved},
      {R"({"Null":{"aws:SourceIdentity":"false"},"StringEquals":{"aws:PrincipalType":"Anonymous"}})",
       kProved},
  });
}

TEST(RequestRules, TheWayOfARequest) {
  check_conditions({
      // By an endpoint of a VPC, or from an address.
      {R"({"Null":{"aws:SourceVpce":"false","aws:SourceIp":"false"}})", kProved},
      {R"({"Null":{"aws:SourceVpc":"false","aws:SourceIp":"false"}})", kProved},
      {R"({"Null":{"aws:SourceVpce":"false","aws:SourceIp":"true"}})", kRefuted},
      {R"({"Null":{"aws:SourceVpce":"true","aws:SourceIp":"false"}})", kRefuted},
      {R"({"Null":{"aws:SourceVpce":"true","aws:SourceIp":"true"},
           "Bool":{"aws:PrincipalIsAWSService":"false","aws:ViaAWSService":"false"}})",
       kProved},
      {R"({"Null":{"aws:SourceVpce":"true","aws:SourceIp":"true"}})", kRefuted},
      // NotIpAddress without an address: by the endpoint.
      {R"({"NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/0"]},"Null":{"aws:SourceVpce":"false"}})",
       kRefuted},
      // A service in between.
      {R"({"Null":{"aws:CalledVia":"false"},"Bool":{"aws:ViaAWSService":"false"}})", kProved},
      {R"({"Null":{"aws:CalledVia":"false"},"Bool":{"aws:ViaAWSService":"true"}})", kRefuted},
      {R"({"Null":{"aws:CalledVia":"false","aws:CalledViaFirst":"true"}})", kProved},
      // "when a service that supports aws:CalledVia uses the credentials of an IAM principal": others say
      // only
      // that there is one.
      {R"({"Null":{"aws:CalledVia":"true"},"Bool":{"aws:ViaAWSService":"true"}})", kRefuted},
      {R"({"Null":{"aws:CalledVia":"false"},"ForAllValues:StringNotLike":{"aws:CalledVia":"*"}})", kProved},
      // "Always included in the request context for most services": for EC2 it is not.
      {R"({"Null":{"aws:ViaAWSService":"true"}})", kRefuted, "ec2:RunInstances"},
      // Always there.
      {R"({"Null":{"aws:CurrentTime":"true"}})", kProved},
      {R"({"Null":{"aws:EpochTime":"true"}})", kProved},
      {R"({"Null":{"aws:SecureTransport":"true"}})", kProved},
      {R"({"Null":{"aws:ResourceAccount":"true"}})", kProved},
  });
}

TEST(RequestRules, Tags) {
  constexpr std::string_view kAction = "events:PutRule";
  check_conditions({
      {R"({"StringEquals":{"aws:RequestTag/team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":"env"}})",
       kProved, kAction},
      {R"({"StringEquals":{"aws:RequestTag/team":"red"},
           "ForAllValues:StringEquals":{"aws:TagKeys":["team","env"]}})",
       kRefuted, kAction},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"},"Null":{"aws:RequestTag/team":"true"}})",
       kProved, kAction},
      // Names of keys are compared without regard to case, the name of the tag included.
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"TEAM"},"Null":{"aws:RequestTag/team":"true"}})",
       kProved, kAction},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"env"},"Null":{"aws:RequestTag/team":"true"}})",
       kRefuted, kAction},
      {R"({"Null":{"aws:RequestTag/team":"false","aws:TagKeys":"true"}})", kProved, kAction},
      {R"({"StringEquals":{"aws:RequestTag/team":""}})", kRefuted, kAction},
  });
}

TEST(RequestRules, KeysOfServices) {
  check_conditions({
      {R"({"Null":{"events:source":"true"}})", kProved, "events:PutEvents"},
      {R"({"StringEquals":{"events:source":"com.shop"}})", kRefuted, "events:PutEvents"},
      // An entry has one source, a rule as many as its pattern lists.
      {R"({"StringEquals":{"events:source":"a"},"ForAnyValue:StringEquals":{"events:source":"b"}})", kProved,
       "events:PutEvents"},
      {R"({"ForAnyValue:StringLike":{"events:source":"a"},"ForAnyValue:StringEquals":{"events:source":"b"}})",
       kProved, "events:PutEvents"},
      {R"({"ForAnyValue:StringLike":{"events:source":"a"},"ForAnyValue:StringEquals":{"events:source":"b"}})",
       kRefuted, "events:PutRule"},
      {R"({"ForAllValues:StringLike":{"events:source":"com.*"},"StringEquals":{"events:source":"org.x"}})",
       kProved, "events:PutEvents"},
      {R"({"Null":{"events:source":"false"}})", kProved, "events:DescribeRule"},
      {R"({"Null":{"events:eventBusInvocation":"true"}})", kProved, "events:PutEvents"},
      {R"({"Bool":{"events:eventBusInvocation":"true"}})", kRefuted, "events:PutEvents"},
      // A key of one service in a request to another.
      {R"({"StringEquals":{"s3:prefix":"home/"}})", kProved, "sqs:SendMessage"},
      {R"({"StringEquals":{"s3:prefix":"home/"}})", kRefuted, "s3:ListBucket"},
      // The reference lists iam:ResourceTag for sts:AssumeRole.
      {R"({"StringEquals":{"iam:ResourceTag/team":"red"}})", kRefuted, "sts:AssumeRole"},
      // Keys of a session come with whatever the session calls. Sources: EC2 User Guide, "IAM roles for
      // Amazon EC2"; Lambda Developer Guide, "Using source function ARN to control function access behavior";
      // AWS Glue Developer Guide, "Context keys for AWS Glue"; IAM User Guide, "identitystore:UserId".
      {R"({"ArnLike":{"ec2:SourceInstanceARN":"arn:aws:ec2:*:*:instance/*"}})", kRefuted, "s3:GetObject"},
      {R"({"NumericGreaterThanEquals":{"ec2:RoleDelivery":"2.0"}})", kRefuted, "s3:GetObject"},
      {R"({"ArnLike":{"lambda:SourceFunctionArn":"arn:aws:lambda:*:*:function:f"}})", kRefuted,
       "s3:GetObject"},
      {R"({"StringEquals":{"glue:CredentialIssuingService":"glue.amazonaws.com"}})", kRefuted,
       "s3:GetObject"},
      {R"({"StringEquals":{"identitystore:UserId":"94482488-3041-7031-0f4a-c1f0e8d1c0f3"}})", kRefuted,
       "s3:GetObject"},
  });
}

TEST(RequestRules, TheResource) {
  check_conditions({
      {R"({"StringEquals":{"aws:ResourceAccount":"444455556666"}})", kProved, "events:PutEvents",
       "arn:aws:events:us-east-1:111122223333:event-bus/orders"},
      {R"({"StringEquals":{"aws:ResourceAccount":"111122223333"}})", kRefuted, "events:PutEvents",
       "arn:aws:events:us-east-1:111122223333:event-bus/orders"},
      // Bucket ARNs name no account.
      {R"({"StringEquals":{"aws:ResourceAccount":"444455556666"}})", kRefuted, "s3:GetObject",
       "arn:aws:s3:::shop/*"},
      {R"({"StringEquals":{"aws:RequestedRegion":"eu-west-1"}})", kProved, "events:PutEvents",
       "arn:aws:events:us-east-1:111122223333:event-bus/orders"},
      {R"({"StringEquals":{"aws:RequestedRegion":"us-east-1"}})", kRefuted, "events:PutEvents",
       "arn:aws:events:us-east-1:111122223333:event-bus/orders"},
      // What has no resource is the caller's own.
      {R"({"StringEquals":{"aws:ResourceAccount":"444455556666","aws:PrincipalAccount":"111122223333"}})",
       kProved, "s3:ListAllMyBuckets"},
      {R"({"StringEquals":{"aws:ResourceAccount":"111122223333","aws:PrincipalAccount":"111122223333"}})",
       kRefuted, "s3:ListAllMyBuckets"},
      // An action takes the resources that the reference lists for it, and no others.
      {R"({"Null":{"aws:CurrentTime":"false"}})", kProved, "events:PutEvents", "arn:aws:s3:::shop"},
      {R"({"Null":{"aws:CurrentTime":"false"}})", kProved, "s3:GetObject", "arn:aws:s3:::shop"},
      {R"({"Null":{"aws:CurrentTime":"false"}})", kRefuted, "s3:GetObject", "arn:aws:s3:::shop/a"},
      {R"({"Null":{"aws:CurrentTime":"false"}})", kProved, "s3:ListAllMyBuckets", "arn:aws:s3:::shop"},
  });
}

TEST(RequestRules, ThereIsOneClock) {
  check_conditions({
      // 1767225600 is the first second of 2026.
      {R"({"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},
           "NumericGreaterThanEquals":{"aws:EpochTime":"1767225600"}})",
       kProved},
      {R"({"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},
           "DateGreaterThan":{"aws:EpochTime":"2026-01-01T00:00:00Z"}})",
       kProved},
      {R"({"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},
           "NumericLessThan":{"aws:EpochTime":"1767225599"}})",
       kRefuted},
      {R"({"NumericNotEquals":{"aws:EpochTime":"1767225600"}})", kRefuted},
      // A number of another form, and a text, are not decided.
      {R"({"NumericLessThan":{"aws:EpochTime":"1e9"}})", kUndecided},
      {R"({"StringLike":{"aws:EpochTime":"17*"}})", kUndecided},
  });
}

TEST(RequestRules, FactsOfAnOrganization) {
  logic::Facts facts;
  facts.organization = "o-exampleorg";
  facts.accounts = {"111122223333"};
  const TestPolicy outside =
      read_policy_text(allow_where(R"({"StringEquals":{"aws:PrincipalAccount":"111122223333"},
                      "StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorg"}})"),
                       policy::PolicyType::kIdentity);
  Asker asker;
  EXPECT_EQ(checked(asker.ask(allowed_by(outside.policy)), "no facts").answer, kRefuted);
  EXPECT_EQ(checked(asker.ask(allowed_by(outside.policy), facts), "facts").answer, kProved);
  // The list of accounts may be short of some: others may be members too.
  const TestPolicy other =
      read_policy_text(allow_where(R"({"StringEquals":{"aws:PrincipalAccount":"444455556666",
                                      "aws:PrincipalOrgID":"o-exampleorg"}})"),
                       policy::PolicyType::kIdentity);
  EXPECT_EQ(checked(asker.ask(allowed_by(other.policy), facts), "facts").answer, kRefuted);
}

}  // namespace
}  // namespace grantproof::tests
