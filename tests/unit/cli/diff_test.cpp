// SPDX-License-Identifier: Apache-2.0
//
// diff of templates, dumps and folders, as a user runs it. One policy against one policy is in
// commands_test.cpp.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "test_machine.h"

namespace grantproof::cli {
namespace {

constexpr std::string_view kTemplate = R"(
Parameters:
  Stage: {Type: String}
  Partner: {Type: String, Default: "444455556666"}
Mappings:
  Partners: {hub: {account: "555566667777"}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: orders}
  PartnerPut:
    Type: AWS::Events::EventBusPolicy
    Properties:
      EventBusName: !Ref Bus
      StatementId: PartnerPut
      Statement:
        Effect: Allow
        Principal: {AWS: !Sub "arn:aws:iam::${Partner}:root"}
        Action: events:PutEvents
        Resource: !GetAtt Bus.Arn
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: forward
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Principal: {AWS: !FindInMap [Partners, hub, account]}, Action: "sts:AssumeRole"}
      Policies:
        - PolicyName: put
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: "events:PutEvents", Resource: !GetAtt Bus.Arn}
              - {Effect: Deny, Action: "secretsmanager:*", Resource: "*"}
  ProdOnly:
    Type: AWS::IAM::Policy
    Condition: IsProd
    Properties:
      PolicyName: prod
      Roles: [!Ref Role]
      PolicyDocument: {Statement: {Effect: Allow, Action: "sqs:SendMessage", Resource: !Sub "arn:aws:sqs:*:*:q-${Stage}"}}
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kTemplate);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  return text.substr(text.rfind('\n', end) + 1, end - text.rfind('\n', end));
}

TEST(DiffOfTemplates, AnEdit) {
  struct Row {
    std::string_view from, to;
    std::string_view says;
    std::string_view counts;
    int code;
  };
  const Row rows[] = {
      {"Partners:", "Partners:", "",
       "3 policies compared: 0 allow more, 0 less, 3 the same; 0 added, 0 removed", 0},
      // The text of the policy is the same, what it refers to is not.
      {R"(Default: "444455556666")", R"(Default: "777788889999")",
       "event-bus/orders: resource policy (HEAD:t.yaml:19, new.yaml:19)\n"
       "widened   events:PutEvents on event-bus/orders by principals of account 777788889999",
       "3 policies compared: 1 allows more, 0 less, 2 the same; 0 added, 0 removed", 1},
      {R"(account: "555566667777")", R"(account: "777788889999")", "role/forward: trust policy (HEAD:t.yaml:",
       "3 policies compared: 1 allows more, 0 less, 2 the same; 0 added, 0 removed", 1},
      {"[!Ref Stage, prod]", "[!Ref Stage, live]",
       "role/forward: identity policies, when not IsProd and parameter Stage is \"live\"",
       "5 policies compared: 1 allows more, 1 less, 3 the same; 0 added, 0 removed", 1},
      {"    Condition: IsProd\n", "", "role/forward: identity policies, when not IsProd (",
       "4 policies compared: 1 allows more, 0 less, 3 the same; 0 added, 0 removed", 1},
      {R"(              - {Effect: Deny, Action: "secretsmanager:*", Resource: "*"})", "",
       "widened   secretsmanager:* on every resource: no longer denied by statement 2",
       "3 policies compared: 1 allows more, 0 less, 2 the same; 0 added, 0 removed", 1},
      {"PolicyName: put", "PolicyName: puts", "",
       "3 policies compared: 0 allow more, 0 less, 3 the same; 0 added, 0 removed", 0},
      {"      RoleName: forward\n",
       "      RoleName: forward\n      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]\n",
       "widened   undecided: managed policy arn:aws:iam::aws:policy/AdministratorAccess is not there\n",
       "3 policies compared: 0 allow more, 0 less, 2 the same, 1 undecided; 0 added, 0 removed", 1},
      {"Resource: !GetAtt Bus.Arn}", "Resource: !Split [a, b, c]}",
       "unknown   Fn::Split has a list of 3 (new.yaml:",
       "3 policies compared: 0 allow more, 0 less, 2 the same, 1 undecided; 0 added, 0 removed", 1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(fmt::format("{} -> {}", row.from, row.to));
    TestMachine test{{"new.yaml", with(row.from, row.to)}};
    test.git["HEAD:t.yaml"] = kTemplate;
    EXPECT_EQ(test.run({"diff", "HEAD:t.yaml", "new.yaml", "--jobs", "1"}), row.code) << test.errors;
    EXPECT_TRUE(has(test.output, row.says)) << test.output;
    EXPECT_EQ(last_line(test.output), row.counts) << test.output;
    const std::string one = test.output;
    test.run({"diff", "HEAD:t.yaml", "new.yaml", "--jobs", "3"});
    EXPECT_EQ(test.output, one);
  }
}

// One policy on each side, of the same text: what it refers to and when it exists may differ.
TEST(DiffOfTemplates, OnePolicy) {
  constexpr std::string_view kOne = R"(
Parameters: {{Partner: {{Type: String, Default: "{}"}}, Stage: {{Type: String}}}}
Conditions: {{IsProd: !Equals [!Ref Stage, {}]}}
Resources:
  Put:
    Type: AWS::Events::EventBusPolicy
{}    Properties:
      StatementId: Put
      Statement: {{Effect: Allow, Principal: {{AWS: !Sub "arn:aws:iam::${{Partner}}:root"}}, Action: events:PutEvents, Resource: "*"}}
)";
  const std::string condition = "    Condition: IsProd\n";
  const std::string one = fmt::format(kOne, "444455556666", "prod", condition);
  TestMachine test{{"one.yaml", one},
                   {"same.yaml", one},
                   {"partner.yaml", fmt::format(kOne, "777788889999", "prod", condition)},
                   {"stage.yaml", fmt::format(kOne, "444455556666", "live", condition)},
                   {"always.yaml", fmt::format(kOne, "444455556666", "prod", "")},
                   {"always-partner.yaml", fmt::format(kOne, "777788889999", "prod", "")}};
  EXPECT_EQ(test.run({"diff", "one.yaml", "same.yaml"}), 0) << test.output;
  EXPECT_EQ(test.run({"diff", "one.yaml", "partner.yaml"}), 1) << test.output;
  EXPECT_EQ(test.run({"diff", "one.yaml", "stage.yaml"}), 1) << test.output;
  EXPECT_EQ(test.run({"diff", "one.yaml", "always.yaml"}), 1) << test.output;
  EXPECT_EQ(test.run({"diff", "always.yaml", "one.yaml"}), 0) << test.output;
  EXPECT_EQ(test.run({"diff", "always.yaml", "always-partner.yaml"}), 1) << test.output;
  EXPECT_TRUE(has(test.output, "777788889999")) << test.output;
}

// A condition that is made of others is named by them, so that its name may come to mean something else.
TEST(DiffOfTemplates, AConditionThatMeansSomethingElse) {
  constexpr std::string_view kOne = R"(
Parameters: {{A: {{Type: String}}, B: {{Type: String}}}}
Conditions: {{Both: !{} [!Equals [!Ref A, a], !Equals [!Ref B, b]]}}
Resources:
  Put:
    Type: AWS::Events::EventBusPolicy
    Condition: Both
    Properties:
      StatementId: Put
      Statement: {{Effect: Allow, Principal: "*", Action: events:PutEvents, Resource: "*"}}
)";
  TestMachine test{{"and.yaml", fmt::format(kOne, "And")}, {"or.yaml", fmt::format(kOne, "Or")}};
  EXPECT_EQ(test.run({"diff", "and.yaml", "or.yaml"}), 1) << test.output;
  EXPECT_EQ(test.run({"diff", "or.yaml", "and.yaml"}), 0) << test.output;
  EXPECT_EQ(test.run({"diff", "or.yaml", "or.yaml"}), 0) << test.output;
}

// What one mistake leaves unknown is not what the other leaves.
TEST(DiffOfTemplates, UnknownPartsOfMistakesAreNotTheSame) {
  const std::string broken = with("Resource: !GetAtt Bus.Arn}", "Resource: !Split [a, b, c]}");
  TestMachine test{{"old.yaml", broken}, {"new.yaml", broken}};
  EXPECT_EQ(test.run({"diff", "old.yaml", "new.yaml"}), 1);
  EXPECT_TRUE(has(test.output, "unknown   Fn::Split has a list of 3 (old.yaml:")) << test.output;
}

TEST(DiffOfFolders, ByTheirPaths) {
  TestMachine test{{"old/a.json", std::string(kClosedBus)},
                   {"old/b/c.json", std::string(kClosedBus)},
                   {"new/a.json", std::string(kClosedBus)},
                   {"new/b/c.json", std::string(kOpenBus)},
                   {"new/d.json", std::string(kClosedBus)}};
  EXPECT_EQ(test.run({"diff", "./old/", "new"}), 1) << test.errors;
  EXPECT_TRUE(has(test.output, "b/c.json: resource policy (old/b/c.json:1, new/b/c.json:1)\n"))
      << test.output;
  EXPECT_TRUE(has(test.output, "d.json: resource policy (added, new/d.json:1)\n")) << test.output;
  EXPECT_EQ(last_line(test.output),
            "3 policies compared: 2 allow more, 0 less, 1 the same; 1 added, 0 removed");
  EXPECT_EQ(test.run({"diff", "new", "old"}), 0) << test.output;
  EXPECT_EQ(last_line(test.output),
            "3 policies compared: 0 allow more, 2 less, 1 the same; 0 added, 1 removed");
}

TEST(DiffOfFolders, NeedPolicies) {
  TestMachine test{{"old/a.json", std::string(kClosedBus)},
                   {"new/a.txt", "none"},
                   {"e/t.yaml", "Resources: {B: {Type: \"AWS::Events::EventBus\"}}"}};
  EXPECT_EQ(test.run({"diff", "old", "new"}), 2);
  EXPECT_EQ(test.errors, "grantproof: there is no policy in new\n");
  EXPECT_EQ(test.run({"diff", "e", "e/t.yaml"}), 2);
  EXPECT_EQ(test.errors, "grantproof: there is no policy in e and none in e/t.yaml\n");
  // All of them were taken away.
  EXPECT_EQ(test.run({"diff", "old", "e"}), 0) << test.errors;
  EXPECT_EQ(last_line(test.output),
            "1 policy compared: 0 allow more, 1 less, 0 the same; 0 added, 1 removed");
}

TEST(DiffOfPolicies, ADenyOfAnOrganizationCountsByItself) {
  constexpr std::string_view kScp =
      R"({{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Action": "{}", "Resource": "*"}}}})";
  TestMachine test{{"old.json", fmt::format(kScp, "s3:*")}, {"new.json", fmt::format(kScp, "s3:Get*")}};
  EXPECT_EQ(test.run({"diff", "old.json", "new.json", "--as", "scp"}), 1) << test.output;
  EXPECT_EQ(test.run({"diff", "new.json", "old.json", "--as", "scp"}), 0) << test.output;
  EXPECT_TRUE(has(test.output, "denied now by statement 1")) << test.output;
}

// A page is missing: whether a policy came nobody knows.
TEST(DiffOfDumps, WhatIsMissingIsSaid) {
  constexpr std::string_view kUsers = R"({{"UserDetailList": [], "GroupDetailList": [], "Policies": [],
    "RoleDetailList": [{{"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "Path": "/",
      "AssumeRolePolicyDocument": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow",
        "Principal": {{"Service": "events.amazonaws.com"}}, "Action": "sts:AssumeRole"}}]}},
      "RolePolicyList": [], "AttachedManagedPolicies": [], "InstanceProfileList": []}}], "IsTruncated": {}}})";
  TestMachine test{{"old.json", fmt::format(kUsers, "false")},
                   {"new.json", fmt::format(kUsers, "true, \"Marker\": \"x\"")}};
  EXPECT_EQ(test.run({"diff", "old.json", "new.json"}), 1) << test.output;
  EXPECT_TRUE(has(test.output, "unknown   ")) << test.output;
  EXPECT_EQ(test.run({"diff", "old.json", "old.json"}), 0) << test.output;
}

}  // namespace
}  // namespace grantproof::cli
