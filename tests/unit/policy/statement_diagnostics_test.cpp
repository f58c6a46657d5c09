// SPDX-License-Identifier: Apache-2.0
//
// What the reader says of one statement: elements, principals, actions, resources. A row asserts severity,
// rule and the text under the caret; `understood` false: no question may take the statement for harmless.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "reader_support.h"

namespace grantproof::policy {
namespace {

using tests::ReadText;
using Lines = std::vector<std::string>;

struct Row {
  std::string statement;
  Lines said;
  bool understood = true;
};

void expect(const std::vector<Row>& rows, PolicyType type) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statement);
    const ReadText text = tests::read_text(tests::with_statement(row.statement), type);
    EXPECT_EQ(text.said(), row.said);
    EXPECT_EQ(text.understood(), row.understood);
    for (const base::Diagnostic& diagnostic : text.sink.diagnostics()) {
      EXPECT_FALSE(diagnostic.message.empty());
      EXPECT_FALSE(diagnostic.message.ends_with('.'));
    }
  }
}

// ---- elements

TEST(StatementDiagnostics, Elements) {
  expect(
      {
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})", {}},
          {R"({"Sid":"","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})", {}},
          {R"({"Action":"s3:GetObject","Resource":"*"})", {"error GP1002 {"}, false},
          {R"({"Effect":"Allow","Resource":"*"})", {"error GP1002 {"}, false},
          {R"({"Effect":"Allow","Action":"s3:GetObject"})", {"error GP1002 {"}, false},
          {R"({"Effect":"ALLOW","Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1009 "ALLOW")"},
           false},
          {R"({"Effect":"Permit","Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1009 "Permit")"},
           false},
          {R"({"Effect":true,"Action":"s3:GetObject","Resource":"*"})", {"error GP1004 true"}, false},
          {R"({"Effect":["Allow"],"Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1004 ["Allow"])"},
           false},
          {R"({"Effect":"Allow","Actions":"s3:GetObject","Resource":"*"})",
           {R"(error GP1001 "Actions")"},
           false},
          {R"({"Effect":"Allow","Action":"s3:GetObject","resource":"*"})",
           {R"(error GP1001 "resource")"},
           false},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Description":"x"})",
           {R"(error GP1001 "Description")"},
           false},
          {R"({"Effect":"Allow","Action":"s3:GetObject","NotAction":"s3:*","Resource":"*"})",
           {R"(error GP1003 "NotAction")"},
           false},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*","NotResource":"*"})",
           {R"(error GP1003 "NotResource")"},
           false},
          {R"({"Effect":"Allow","Action":7,"Resource":"*"})", {"error GP1004 7"}, false},
          {R"({"Effect":"Allow","Action":{"s3":"GetObject"},"Resource":"*"})",
           {R"(error GP1004 {"s3":"GetObject"})"},
           false},
          {R"({"Effect":"Allow","Action":["s3:GetObject",null],"Resource":"*"})",
           {"error GP1004 null"},
           false},
          {R"({"Effect":"Allow","Action":[],"Resource":"*"})", {"warning GP1005 []"}},
          {R"({"Effect":"Allow","NotAction":[],"Resource":"*"})", {"warning GP1005 []"}, false},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":[]})", {"warning GP1005 []"}},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{}})",
           {"warning GP1005 {}"}},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":[]})",
           {"error GP1004 []"},
           false},
          // Sids of IAM
          {R"({"Sid":"Read1","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})", {}},
          {R"({"Sid":"read-it","Effect":"Allow","Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1013 "read-it")"}},
          {R"({"Sid":7,"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})", {"error GP1004 7"}, false},
          {R"({"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Sid":"A","Effect":"Deny","Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1014 "A")"}},
          // principals have no place here
          {R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1007 "Principal")"},
           false},
          {R"({"Effect":"Deny","NotPrincipal":"*","Action":"s3:GetObject","Resource":"*"})",
           {R"(error GP1007 "NotPrincipal")"},
           false},
          // the alphabet of IAM policies
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/café"})", {}},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/–"})", {"error GP1017 –"}},
          {R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/\u0001"})",
           {R"(error GP1017 "arn:aws:s3:::b/\u0001")"}},
      },
      PolicyType::kIdentity);
}

TEST(StatementDiagnostics, ElementsByPolicyType) {
  expect(
      {
          {R"({"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"})", {"error GP1008 {"}, false},
          // some services' policies have no Resource, and free Sids
          {R"({"Sid":"a b","Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"})", {}},
          {R"({"Sid":"A","Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"},{"Sid":"A","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"})",
           {R"(note GP1015 "A")"}},
          {R"({"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:111122223333:event-bus/b"})",
           {"warning GP1080 {"}},
          {R"({"Sid":"A","Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:111122223333:event-bus/b"})",
           {}},
      },
      PolicyType::kResource);
  expect(
      {
          {R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"})", {}},
          {R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Resource":"*"})",
           {R"(error GP1006 "Resource")"},
           false},
          {R"({"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"})",
           {R"(error GP1006 "NotPrincipal")"},
           false},
          {R"({"Effect":"Allow","Action":"sts:AssumeRole"})", {"error GP1008 {"}, false},
      },
      PolicyType::kTrust);
  expect(
      {
          {R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"})", {}},
          // RCPFullAWSAccess
          {R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})", {}},
          {R"({"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"})",
           {R"(error GP1006 "Allow")"}},
          {R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"})", {R"(error GP1006 "*")"}},
          {R"({"Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*"})",
           {R"(error GP1006 "NotAction")"},
           false},
          {R"({"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"})",
           {R"(error GP1006 "Principal")"},
           false},
          {R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3"})",
           {R"(error GP1040 "arn:aws:s3")"}},
      },
      PolicyType::kResourceControl);
  expect(
      {
          {R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"})",
           {R"(error GP1007 "Principal")"},
           false},
          {R"({"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3"})", {R"(error GP1040 "arn:aws:s3")"}},
          {R"({"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3*"})", {}},
      },
      PolicyType::kServiceControl);
  expect({{R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*"})",
           {"error GP1002 {"},
           false}},
         PolicyType::kKey);
}

// ---- principals

Row principal(std::string_view value, Lines said, bool understood) {
  return Row{R"({"Effect":"Allow","Principal":)" + std::string(value) +
                 R"(,"Action":"sqs:SendMessage","Resource":"*"})",
             std::move(said), understood};
}

TEST(StatementDiagnostics, Principals) {
  const auto good = [](std::string_view value) { return principal(value, {}, true); };
  const auto bad = [](std::string_view value, std::string line) {
    return principal(value, {std::move(line)}, false);
  };
  expect(
      {
          good(R"("*")"),
          good(R"(["*"])"),
          good(R"({"AWS":"*"})"),
          good(R"({"AWS":["*"]})"),
          good(R"({"AWS":"111122223333"})"),
          good(R"({"AWS":"arn:aws:iam::111122223333:root"})"),
          good(R"({"AWS":"arn:aws-cn:iam::111122223333:user/division/alice"})"),
          good(R"({"AWS":"arn:aws:sts::111122223333:assumed-role/Role/session"})"),
          good(R"({"AWS":"arn:aws:sts::111122223333:federated-user/bob"})"),
          good(R"({"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EABC"})"),
          good(
              R"({"Service":["events.amazonaws.com","delivery.logs.amazonaws.com","ec2.amazonaws.com.cn"]})"),
          good(
              R"({"Federated":["accounts.google.com","arn:aws:iam::111122223333:saml-provider/Idp","arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]})"),
          good(R"({"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})"),
          principal(R"({"AWS":"AROAJQABLZS4A3QDU576Q"})", {R"(note GP1022 "AROAJQABLZS4A3QDU576Q")"}, true),
          // an object is needed
          bad(R"("111122223333")", R"(error GP1020 "111122223333")"),
          bad(R"("events.amazonaws.com")", R"(error GP1020 "events.amazonaws.com")"),
          bad(R"(111122223333)", "error GP1004 111122223333"),
          bad(R"({"Aws":"111122223333"})", R"(error GP1001 "Aws")"),
          bad(R"({"User":"alice"})", R"(error GP1001 "User")"),
          bad(R"({"AWS":111122223333})", "error GP1004 111122223333"),
          principal("{}", {"warning GP1005 {}"}, true),
          principal(R"({"AWS":[]})", {"warning GP1005 []"}, true),
          {R"({"Effect":"Deny","NotPrincipal":{"AWS":[]},"Action":"sqs:SendMessage","Resource":"*"})",
           {"warning GP1005 []"},
           false},
          {R"({"Effect":"Deny","Principal":"*","NotPrincipal":"*","Action":"sqs:*","Resource":"*"})",
           {R"(error GP1003 "NotPrincipal")"},
           false},
          // account ids
          bad(R"({"AWS":"12345"})", R"(error GP1020 "12345")"),
          bad(R"({"AWS":"1111-2222-3333"})", R"(error GP1020 "1111-2222-3333")"),
          bad(R"({"AWS":"arn:aws:iam::12345:root"})", R"(error GP1020 "arn:aws:iam::12345:root")"),
          bad(R"({"AWS":"<account id>"})", R"(error GP1020 "<account id>")"),
          bad(R"({"AWS":"${aws:PrincipalAccount}"})", R"(error GP1020 "${aws:PrincipalAccount}")"),
          bad(R"({"AWS":""})", R"(error GP1020 "")"),
          // wildcards
          bad(R"({"AWS":"arn:aws:iam::111122223333:role/*"})",
              R"(error GP1021 "arn:aws:iam::111122223333:role/*")"),
          bad(R"({"AWS":"arn:aws:iam::*:root"})", R"(error GP1021 "arn:aws:iam::*:root")"),
          bad(R"({"AWS":"1111*"})", R"(error GP1021 "1111*")"),
          bad(R"({"Service":"*"})", R"(error GP1021 "*")"),
          bad(R"({"Service":"*.amazonaws.com"})", R"(error GP1021 "*.amazonaws.com")"),
          bad(R"({"Federated":"*"})", R"(error GP1021 "*")"),
          // what is no principal
          bad(R"({"AWS":"arn:aws:iam::111122223333:group/admins"})",
              R"(error GP1023 "arn:aws:iam::111122223333:group/admins")"),
          bad(R"({"AWS":"arn:aws:iam::111122223333:role/"})",
              R"(error GP1020 "arn:aws:iam::111122223333:role/")"),
          bad(R"({"AWS":"arn:aws:s3:::bucket"})", R"(error GP1020 "arn:aws:s3:::bucket")"),
          bad(R"({"AWS":"arn:aws:sts::111122223333:assumed-role/Role"})",
              R"(error GP1020 "arn:aws:sts::111122223333:assumed-role/Role")"),
          bad(R"({"AWS":"arn:aws:sts::111122223333:assumed-role/path/Role/session"})",
              R"(error GP1020 "arn:aws:sts::111122223333:assumed-role/path/Role/session")"),
          bad(R"({"AWS":"events.amazonaws.com"})", R"(error GP1020 "events.amazonaws.com")"),
          bad(R"({"AWS":"arn:aws:iam::111122223333:oidc-provider/x.example.com"})",
              R"(error GP1020 "arn:aws:iam::111122223333:oidc-provider/x.example.com")"),
          bad(R"({"Service":"events"})", R"(error GP1020 "events")"),
          bad(R"({"Service":"events.amazonaws.com "})", R"(error GP1020 "events.amazonaws.com ")"),
          bad(R"({"Federated":"arn:aws:iam::111122223333:role/R"})",
              R"(error GP1020 "arn:aws:iam::111122223333:role/R")"),
          bad(R"({"CanonicalUser":"alice"})", R"(error GP1020 "alice")"),
      },
      PolicyType::kResource);
}

TEST(StatementDiagnostics, EveryoneBesideOthersStaysEveryone) {
  const ReadText text = tests::read_text(tests::with_statement(
      R"({"Effect":"Allow","Principal":{"AWS":["111122223333","*"]},"Action":"sqs:*","Resource":"*"})"));
  const auto& principals = text.policy.statements.at(0).principal->principals;
  ASSERT_EQ(principals.size(), 2U);
  EXPECT_EQ(principals[0].type, PrincipalType::kAccount);
  EXPECT_EQ(principals[1].type, PrincipalType::kEveryone);
}

// ---- actions

Row action(std::string_view text, Lines said) {
  return Row{R"({"Effect":"Allow","Action":")" + std::string(text) + R"(","Resource":"*"})", std::move(said),
             true};
}

TEST(StatementDiagnostics, Actions) {
  expect(
      {
          action("*", {}),
          action("**", {}),
          action("events:*", {}),
          action("events:Put*", {}),
          action("EVENTS:putevents", {}),
          action("events:Put?vents", {}),
          action("EventS:**", {}),
          // form
          action("", {R"(error GP1030 "")"}),
          action("PutEvents", {R"(error GP1030 "PutEvents")"}),
          action("events", {R"(error GP1030 "events")"}),
          action("s3*", {R"(error GP1030 "s3*")"}),
          action("events:", {R"(error GP1030 "events:")"}),
          action(":PutEvents", {R"(error GP1030 ":PutEvents")"}),
          action("events:PutEvents:x", {R"(error GP1030 "events:PutEvents:x")"}),
          action("events:PutEvents ", {R"(error GP1030 "events:PutEvents ")"}),
          action(" events:PutEvents", {R"(error GP1030 " events:PutEvents")"}),
          action("events:PutEvents,", {R"(error GP1030 "events:PutEvents,")"}),
          action("events:Put Events", {R"(error GP1030 "events:Put Events")"}),
          action("s3:Get*,s3:Put*", {R"(error GP1030 "s3:Get*,s3:Put*")"}),
          action("s3:Get*, s3:Put*", {R"(error GP1030 "s3:Get*, s3:Put*")"}),
          action("s3:${aws:username}", {R"(error GP1030 "s3:${aws:username}")"}),
          // names: the reference may be older or newer than the policy
          action("events:PutEvent", {"note GP1031 PutEvent"}),
          action("eventbridge:PutEvents", {"note GP1032 eventbridge"}),
          action("events:NoSuch*", {"note GP1033 NoSuch*"}),
          action("*ents:PutEvents", {"note GP1034 *ents"}),
          action("*:*", {"note GP1034 *"}),
      },
      PolicyType::kIdentity);
}

TEST(StatementDiagnostics, ActionsAreHelpedAlong) {
  struct Help {
    std::string_view action;
    std::string_view help;
  };
  constexpr Help kRows[] = {
      {"s3:Get*, s3:Put*", R"(write a list: ["s3:Get*", "s3:Put*"])"},
      {"events:PutEvents, ", R"(write "events:PutEvents")"},
      {"events", R"(for every action of the service write "events:*")"},
      {"events:PutEvent", "did you mean `events:PutEvents`?"},
      {"event:PutEvents", "did you mean `events:PutEvents`?"},
      {"events:Xyzzy", ""},
  };
  for (const Help& row : kRows) {
    SCOPED_TRACE(row.action);
    const ReadText text = tests::read_text(tests::with_statement(
        R"({"Effect":"Allow","Action":")" + std::string(row.action) + R"(","Resource":"*"})"));
    ASSERT_EQ(text.sink.diagnostics().size(), 1U);
    EXPECT_EQ(text.sink.diagnostics()[0].help, row.help);
  }
}

// ---- resources

Row resource(std::string_view text, Lines said, bool understood = true) {
  return Row{R"({"Effect":"Allow","Action":"s3:GetObject","Resource":")" + std::string(text) + R"("})",
             std::move(said), understood};
}

TEST(StatementDiagnostics, Resources) {
  expect(
      {
          resource("*", {}),
          resource("arn:aws:s3:::bucket/*", {}),
          resource("arn:aws:events:*", {}),
          resource("arn:aws:s3*", {}),
          resource("arn:*:events:us-gov-west-1:111122223333:rule/*", {}),
          resource("arn:aws:iam::aws:policy/ReadOnlyAccess", {}),
          resource("arn:aws:events:*:1111????3333:rule/*", {}),
          resource("arn:aws:events:*:11*:rule/*", {}),
          resource("arn:aws:s3:::${aws:username}/${*}", {}),
          resource("arn:aws:execute-api:us-east-1:111122223333:a/*/GET/x", {}),
          // what no field can be
          resource("arn:aws:events:us-east-1:12345:rule/x", {"error GP1040 12345"}),
          resource("arn:aws:events:us-east-1:1111-2222-3333:rule/x", {"error GP1040 1111-2222-3333"}),
          resource("arn:aws:events:us-east-1:1234567890123*:rule/x", {"error GP1040 1234567890123*"}),
          resource("arn:aws:events:us-east:111122223333:rule/x", {"error GP1040 us-east"}),
          resource("arn:aws:events:us-east-1a:111122223333:rule/x", {"error GP1040 us-east-1a"}),
          resource("arn:amazon:events:us-east-1:111122223333:rule/x", {"error GP1040 amazon"}),
          resource("arn:aws::us-east-1:111122223333:rule/x",
                   {R"(error GP1040 "arn:aws::us-east-1:111122223333:rule/x")"}),
          resource("arn:aws:events:us-east-1:111122223333:",
                   {R"(error GP1040 "arn:aws:events:us-east-1:111122223333:")"}),
          // a field cut short: '*' at the end of a field goes on beyond its colon
          resource("arn:aws:logs:*:log-group:/aws/lambda/x", {}),
          // no ARN at all
          resource("", {R"(error GP1040 "")"}),
          resource("bucket", {R"(error GP1040 "bucket")"}),
          resource("ARN:aws:s3:::b", {R"(error GP1040 "ARN:aws:s3:::b")"}),
          resource(" arn:aws:s3:::b", {R"(error GP1040 " arn:aws:s3:::b")"}),
          resource("arn:aws:s3:::a,arn:aws:s3:::b", {R"(error GP1040 "arn:aws:s3:::a,arn:aws:s3:::b")"}),
          // placeholders
          resource("<Target ARN>", {R"(error GP1041 "<Target ARN>")"}),
          resource("${BucketArn}", {R"(error GP1041 "${BucketArn}")"}),
          resource("arn:aws:events:us-east-1:account-id:rule/x", {"error GP1041 account-id"}),
          resource("arn:aws:events:region:account-id:rule/x",
                   {"error GP1041 region", "error GP1041 account-id"}),
          resource("arn:aws:events:<region>:111122223333:rule/x", {"error GP1041 <region>"}),
          resource("arn:aws:events:us-east-1:111122223333:event-bus/<bus>", {"error GP1041 <bus>"}),
          resource("arn:aws:events:us-east-1:受信側:event-bus/x", {"error GP1041 受信側"}),
          resource("arn:aws:events:us-east-1:${AWS::AccountId}:rule/x", {"error GP1041 ${AWS::AccountId}"}),
          // short
          resource("arn:aws:s3", {R"(warning GP1042 "arn:aws:s3")"}),
          resource("arn:aws:nosuch:::x", {"note GP1043 nosuch"}),
          // variables
          resource("arn:aws:sns:us-east-1:${aws:PrincipalAccount}:t",
                   {"warning GP1072 ${aws:PrincipalAccount}"}, false),
          resource("arn:aws:s3:::${aws:username", {"error GP1070 ${aws:username"}, false),
          resource("arn:aws:s3:::${BucketName}/x", {"warning GP1073 ${BucketName}"}),
          resource("arn:aws:s3:::${aws:TagKeys}/x", {"warning GP1073 ${aws:TagKeys}"}),
      },
      PolicyType::kIdentity);
}

TEST(StatementDiagnostics, ShortResourcesOfResourcePolicies) {
  const auto row = [](std::string_view text, Lines said, bool understood) {
    return Row{R"({"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":")" +
                   std::string(text) + R"("})",
               std::move(said), understood};
  };
  expect({row("arn:aws:s3*", {}, true), row("arn:aws:s3", {R"(error GP1040 "arn:aws:s3")"}, true),
          row("execute-api:/prod/*", {R"(warning GP1042 "execute-api:/prod/*")"}, false)},
         PolicyType::kResource);
}

TEST(StatementDiagnostics, VariablesIn2008) {
  const ReadText text = tests::read_text(
      R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::${aws:username}/*"}})");
  EXPECT_EQ(text.said(), (Lines{R"(note GP1012 "2008-10-17")", "warning GP1071 ${aws:username}"}));
  EXPECT_TRUE(text.understood());
}

// ---- size

TEST(StatementDiagnostics, Size) {
  struct SizeRow {
    PolicyType type;
    std::size_t size;
    std::string line;
  };
  const SizeRow kRows[] = {
      {PolicyType::kIdentity, 6144, ""},
      {PolicyType::kIdentity, 6145, "note GP1019 {"},
      {PolicyType::kSession, 2048, ""},
      {PolicyType::kSession, 2049, "error GP1018 {"},
      {PolicyType::kServiceControl, 10241, "error GP1018 {"},
      {PolicyType::kServiceControl, 10240, ""},
  };
  for (const SizeRow& row : kRows) {
    const std::string start =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::)";
    const std::string end = R"("}]})";
    // White space does not count.
    const std::string text = start + std::string(row.size - start.size() - end.size(), 'x') + "\"   \n}]}";
    EXPECT_EQ(tests::read_text(text, row.type).said(), row.line.empty() ? Lines{} : Lines{row.line})
        << row.size;
  }
}

}  // namespace
}  // namespace grantproof::policy
