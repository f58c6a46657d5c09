// SPDX-License-Identifier: Apache-2.0
//
// What the reader says of a Condition: operators, keys, values, variables.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "reader_support.h"

namespace grantproof::policy {
namespace {

using tests::ReadText;
using Lines = std::vector<std::string>;

struct Row {
  std::string_view condition;
  Lines said;
  bool understood = true;
};

void expect(const std::vector<Row>& rows, std::string_view effect) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.condition);
    const ReadText text = tests::read_text(tests::with_statement(
        R"({"Effect":")" + std::string(effect) + R"(","Action":"s3:GetObject","Resource":"*","Condition":)" +
        std::string(row.condition) + "}"));
    EXPECT_EQ(text.said(), row.said);
    EXPECT_EQ(text.understood(), row.understood);
  }
}

TEST(ConditionDiagnostics, Operators) {
  expect(
      {
          {R"({"StringEquals":{"aws:username":"a"}})", {}},
          {R"({"stringequals":{"aws:username":"a"}})", {}},
          {R"({"StringEqual":{"aws:username":"a"}})", {R"(error GP1050 "StringEqual")"}, false},
          {R"({"ForAnyValues:StringEquals":{"aws:TagKeys":"a"}})",
           {R"(error GP1050 "ForAnyValues:StringEquals")"},
           false},
          {R"({"Exists":{"aws:username":"true"}})", {R"(error GP1050 "Exists")"}, false},
          {R"({"StringEquals":"a"})", {R"(error GP1004 "a")"}, false},
          {R"({"StringEquals":{}})", {"warning GP1005 {}"}},
          {R"({"NullIfExists":{"aws:username":"true"}})", {R"(error GP1057 "NullIfExists")"}, false},
          {R"({"ForAllValues:Null":{"aws:TagKeys":"true"}})",
           {R"(warning GP1058 "ForAllValues:Null")"},
           false},
          {R"({"ForAnyValue:Null":{"aws:TagKeys":"true"}})", {R"(warning GP1058 "ForAnyValue:Null")"}, false},
          // types
          {R"({"StringEquals":{"aws:SourceIp":"203.0.113.7"}})", {R"(warning GP1051 "StringEquals")"}},
          {R"({"DateGreaterThan":{"aws:username":"2026-01-01"}})", {R"(warning GP1051 "DateGreaterThan")"}},
          {R"({"NumericEquals":{"aws:SecureTransport":"1"}})", {R"(warning GP1051 "NumericEquals")"}},
          {R"({"Bool":{"aws:MultiFactorAuthAge":"true"}})", {R"(warning GP1051 "Bool")"}},
          {R"({"NumericLessThan":{"aws:EpochTime":"1767225600"}})", {}},
          {R"({"StringEquals":{"aws:SecureTransport":"true"}})", {}},
          {R"({"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}})", {}},
          {R"({"StringLike":{"aws:PrincipalArn":"arn:aws:iam::12345:role/*"}})", {"error GP1040 12345"}},
          // In a text a wildcard crosses colons.
          {R"({"StringLike":{"aws:PrincipalArn":"arn:aws:iam:?444455556666:role/x"}})", {}},
          {R"({"StringLike":{"aws:PrincipalArn":"arn:*:role/orders:x:y:z"}})", {}},
          {R"({"ArnLike":{"aws:PrincipalTag/owner":"arn:aws:iam::111122223333:role/*"}})", {}},
          {R"({"Bool":{"events:eventBusInvocation":"true"}})", {}},
      },
      "Allow");
}

TEST(ConditionDiagnostics, OperatorsAreHelpedAlong) {
  struct Help {
    std::string_view op;
    std::string_view help;
  };
  constexpr Help kRows[] = {
      {"StringEqual", "did you mean `StringEquals`?"},
      {"ForAnyValues:StringEquals", "did you mean `ForAnyValue:StringEquals`?"},
      {"ForAllValue:StringLikeIfExists", "did you mean `ForAllValues:StringLikeIfExists`?"},
      {"Exists", "did you mean `Null`?"},
      {"NumericGreaterThen", "did you mean `NumericGreaterThan`?"},
      {"StringLikeIfExist", "did you mean `StringLikeIfExists`?"},
      {"Xyzzy", ""},
  };
  for (const Help& row : kRows) {
    SCOPED_TRACE(row.op);
    const ReadText text = tests::read_text(
        tests::with_statement(R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{")" +
                              std::string(row.op) + R"(":{"aws:username":"a"}}})"));
    ASSERT_EQ(text.sink.diagnostics().size(), 1U);
    EXPECT_EQ(text.sink.diagnostics()[0].help, row.help);
  }
}

TEST(ConditionDiagnostics, Keys) {
  expect(
      {
          {R"({"StringEquals":{"aws:PrincipalTag/cost center":"a"}})", {}},
          {R"({"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:a/b:ref:refs/heads/main"}})",
           {}},
          {R"({"StringEquals":{"oidc.eks.us-east-1.amazonaws.com/id/ABC:aud":"sts.amazonaws.com"}})", {}},
          {R"({"StringEquals":{"PrincipalOrgID":"o-a1b2c3d4e5"}})",
           {R"(error GP1053 "PrincipalOrgID")"},
           false},
          {R"({"StringEquals":{"":"x"}})", {R"(error GP1053 "")"}, false},
          {R"({"StringEquals":{"aws:username ":"x"}})", {R"(error GP1053 "aws:username ")"}, false},
          {R"({"StringEquals":{"aws:PrincipalOrgId1":"o-a1b2c3d4e5"}})",
           {R"(note GP1054 "aws:PrincipalOrgId1")"}},
          {R"({"StringEquals":{"nosuch:Key":"x"}})", {R"(note GP1054 "nosuch:Key")"}},
          {R"({"StringEquals":{"aws:PrincipalTag":"x"}})", {R"(error GP1055 "aws:PrincipalTag")"}},
          {R"({"StringEquals":{"aws:RequestTag/":"x"}})", {R"(error GP1055 "aws:RequestTag/")"}},
          {R"({"StringEquals":{"aws:username":"a","AWS:UserName":"b"}})", {R"(error GP1056 "AWS:UserName")"}},
          {R"({"StringEquals":{"aws:username":"a"},"STRINGequals":{"aws:username":"b"}})",
           {R"(error GP1056 "aws:username")"}},
          {R"({"StringEquals":{"aws:username":"a"},"StringLike":{"aws:username":"b"}})", {}},
      },
      "Allow");
}

TEST(ConditionDiagnostics, SetOperators) {
  expect(
      {
          {R"({"StringEquals":{"aws:TagKeys":"a"}})", {R"(warning GP1059 "StringEquals")"}},
          {R"({"StringNotEqualsIfExists":{"aws:PrincipalOrgPaths":"a"}})",
           {R"(warning GP1059 "StringNotEqualsIfExists")"}},
          {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}})", {}},
          {R"({"Null":{"aws:TagKeys":"false"}})", {}},
          // PutEvents is authorised entry by entry
          {R"({"StringEquals":{"events:source":"com.shop"}})", {}},
          // ForAllValues holds without the key
          {R"({"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}})",
           {R"(warning GP1060 "ForAllValues:StringEquals")"}},
          {R"({"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"Null":{"aws:PrincipalOrgID":"false"}})",
           {}},
          {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"}})",
           {R"(note GP1061 "ForAllValues:StringEquals")"}},
          {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"Null":{"AWS:TAGKEYS":false}})", {}},
          {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"ForAnyValue:StringLike":{"aws:TagKeys":"*"}})",
           {}},
          {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"Null":{"aws:TagKeys":"true"}})",
           {R"(note GP1061 "ForAllValues:StringEquals")"}},
      },
      "Allow");
  // In a Deny, holding too often is the safe side.
  expect({{R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"}})", {}},
          {R"({"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}})", {}}},
         "Deny");
}

TEST(ConditionDiagnostics, Values) {
  expect(
      {
          {R"({"StringEquals":{"aws:username":[]}})", {"warning GP1005 []"}},
          {R"({"StringEquals":{"aws:username":null}})", {"error GP1004 null"}, false},
          {R"({"StringEquals":{"aws:username":["a",["b"]]}})", {R"(error GP1004 ["b"])"}, false},
          {R"({"StringEquals":{"aws:username":{"a":"b"}}})", {R"(error GP1004 {"a":"b"})"}, false},
          // numbers, dates, Booleans
          {R"({"NumericEquals":{"aws:MultiFactorAuthAge":["+1.50","1e3",7]}})", {}},
          {R"({"NumericEquals":{"aws:MultiFactorAuthAge":"1h"}})", {R"(error GP1052 "1h")"}, false},
          {R"({"DateLessThan":{"aws:CurrentTime":["2026-01-31","2026-01-31T12:00:00Z","1767225600"]}})", {}},
          {R"({"DateLessThan":{"aws:CurrentTime":"31/01/2026"}})", {R"(error GP1052 "31/01/2026")"}, false},
          {R"({"Bool":{"aws:SecureTransport":["TRUE"]}})", {}},
          {R"({"Bool":{"aws:SecureTransport":"yes"}})", {R"(error GP1052 "yes")"}, false},
          {R"({"Bool":{"aws:SecureTransport":["true","false"]}})", {R"(warning GP1063 ["true","false"])"}},
          {R"({"Null":{"aws:username":"absent"}})", {R"(error GP1052 "absent")"}, false},
          // addresses
          {R"({"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32","203.0.113.7"]}})", {}},
          {R"({"IpAddress":{"aws:SourceIp":"203.0.113.7/24"}})", {R"(note GP1064 "203.0.113.7/24")"}},
          {R"({"IpAddress":{"aws:SourceIp":"2001:db8::1/32"}})", {R"(error GP1052 "2001:db8::1/32")"}},
          {R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/33"}})", {R"(error GP1052 "203.0.113.0/33")"}, false},
          {R"({"IpAddress":{"aws:SourceIp":"203.0.113.*"}})", {R"(error GP1052 "203.0.113.*")"}, false},
          {R"({"IpAddress":{"aws:SourceIp":["10.0.0.0/8","fd00::/8"]}})",
           {R"(warning GP1065 "10.0.0.0/8")", R"(warning GP1065 "fd00::/8")"}},
          {R"({"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}})", {}},
          {R"({"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}})", {}},
          // ARNs
          {R"({"ArnLike":{"aws:SourceArn":["*","arn:aws:events:*:111122223333:rule/*"]}})", {}},
          {R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*"}})", {R"(error GP1052 "arn:aws:events:*")"}},
          {R"({"ArnLike":{"aws:SourceArn":"events.amazonaws.com"}})",
           {R"(error GP1052 "events.amazonaws.com")"}},
          {R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:us-east-1:12345:rule/x"}})",
           {"error GP1040 12345"}},
          {R"({"StringEquals":{"aws:SourceArn":"arn:aws:events:us-east-1:<account>:rule/x"}})",
           {"error GP1041 <account>"}},
          // wildcards
          {R"({"StringEquals":{"aws:username":"dev-*"}})", {R"(warning GP1062 "dev-*")"}},
          {R"({"StringNotEqualsIgnoreCase":{"aws:username":"dev-?"}})", {R"(warning GP1062 "dev-?")"}},
          {R"({"StringEquals":{"aws:username":"dev-${*}"}})", {}},
          {R"({"StringLike":{"aws:username":"dev-*"}})", {}},
      },
      "Allow");
}

TEST(ConditionDiagnostics, Variables) {
  expect(
      {
          {R"({"StringEquals":{"aws:PrincipalTag/team":"${aws:RequestTag/team, 'none'}"}})", {}},
          {R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*:${aws:PrincipalAccount}:rule/*"}})", {}},
          {R"({"StringEquals":{"aws:PrincipalTag/team":"x${aws:username"}})",
           {"error GP1070 ${aws:username"},
           false},
          {R"({"StringEquals":{"aws:PrincipalTag/team":"${aws:RequestTag/team, none}"}})",
           {"error GP1070 none}"},
           false},
          {R"({"StringEquals":{"aws:PrincipalTag/team":"${}"}})", {"error GP1070 ${}"}, false},
          {R"({"StringEquals":{"aws:PrincipalTag/team":"${aws:TagKeys}"}})",
           {"warning GP1073 ${aws:TagKeys}"}},
          {R"({"StringEquals":{"aws:PrincipalTag/team":"${AWS::AccountId}"}})",
           {"warning GP1073 ${AWS::AccountId}"}},
          {R"({"Bool":{"aws:SecureTransport":"${aws:ViaAWSService}"}})",
           {R"(warning GP1072 "${aws:ViaAWSService}")"},
           false},
          {R"({"NumericEquals":{"aws:MultiFactorAuthAge":"${aws:EpochTime}"}})",
           {R"(warning GP1072 "${aws:EpochTime}")"},
           false},
      },
      "Allow");
}

}  // namespace
}  // namespace grantproof::policy
