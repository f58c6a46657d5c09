// SPDX-License-Identifier: Apache-2.0
//
// Statements without effect, statements that were not understood, and what is said where there is no answer.
#include "checks/policy_check.h"

#include <gtest/gtest.h>

#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

constexpr std::string_view kSource = R"("Condition": {"StringLike": {"events:source": "com.partner.*"}})";

std::string allow(std::string_view action, std::string_view resource, std::string_view more = {}) {
  return fmt::format(R"({{"Effect": "Allow", "Action": {}, "Resource": {}{}{}}})", action, resource,
                     more.empty() ? "" : ", ", more);
}
// ---- statements without effect

TEST(PolicyCheck, DeadText) {
  struct Row {
    std::string statements;
    std::string_view findings;
    std::optional<policy::PolicyType> type = std::nullopt;
  };
  const std::string read = allow(R"("s3:GetObject")", R"("arn:aws:s3:::b/2026/*")");
  const std::string deny_all = R"({"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"})";
  const std::string deny_other = R"({"Effect": "Deny", "Action": "sqs:*", "Resource": "*"})";
  const Row rows[] = {
      {read, ""},
      {allow(R"("events:PutEvents")", R"("arn:aws:events:eu-west-1:111122223333:rule/a")"), "GP1101"},
      {allow(
           R"("s3:GetObject")", R"("*")",
           R"("Condition": {"Null": {"aws:PrincipalTag/a": "true"}, "StringEquals": {"aws:PrincipalTag/a": "b"}})"),
       "GP1101"},
      {read + ", " + deny_all, "GP1102"},
      {read + ", " + deny_other, "GP1103"},
      {deny_other, ""},
      {read + ", " + deny_other, "", policy::PolicyType::kServiceControl},
      // A dead Allow leaves a Deny nothing to remove, and is told alone.
      {allow(R"("events:PutEvents")", R"("arn:aws:s3:::b")") + ", " + deny_other, "GP1101"},
      // Keys of a session come with every action.
      {allow(
           R"("s3:GetObject")", R"("*")",
           R"("Condition": {"ArnLike": {"ec2:SourceInstanceARN": "arn:aws:ec2:*:111122223333:instance/i-*"}})"),
       ""},
      {allow(
           R"("s3:GetObject")", R"("*")",
           R"("Condition": {"ArnLike": {"lambda:SourceFunctionArn": "arn:aws:lambda:*:111122223333:function:f"}})"),
       ""},
      {allow(R"("s3:GetObject")", R"("*")",
             R"("Condition": {"StringEquals": {"identitystore:UserId": "u"}})"),
       ""},
      // Keys of a service come with its actions.
      {allow(R"("s3:GetObject")", R"("*")", R"("Condition": {"StringEquals": {"events:source": "a"}})"),
       "GP1101"},
      // An identity policy is never a service's.
      {allow(R"("s3:GetObject")", R"("*")",
             R"("Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}})"),
       "GP1101"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statements);
    Policies policies;
    policies.add_statement(row.statements, row.type);
    std::string found;
    for (const Finding& finding : policies.check().findings) {
      if (finding.rule.starts_with("GP11"))
        found += (found.empty() ? "" : " ") + finding.rule;
    }
    EXPECT_EQ(found, row.findings);
  }
}

TEST(PolicyCheck, AShadowedAllowNamesTheDenyStatements) {
  const std::string read = R"({"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})";
  const auto deny = [](std::string_view sid, std::string_view secure) {
    return fmt::format(
        R"({{"Sid": "{}", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {{"Bool": {{"aws:SecureTransport": "{}"}}}}}})",
        sid, secure);
  };
  Policies policies;
  policies.add_statement(read + ", " + deny("Plain", "false") + ", " + deny("Tls", "true"));
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP1102");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->statement, "Read");
  EXPECT_EQ(policies.text_at(finding->primary.span), "\"Read\"");
  ASSERT_EQ(finding->secondary.size(), 2U);
  EXPECT_EQ(policies.text_at(finding->secondary[0].span), "\"Plain\"");
  EXPECT_EQ(policies.text_at(finding->secondary[1].span), "\"Tls\"");
}

// ---- what is not understood, and what is not known

TEST(PolicyCheck, AStatementThatWasNotUnderstoodIsNeverSafe) {
  const std::string broken =
      bus_statement(R"({"AWS": "111122223333"})", R"("Condition": {"StringEqual": {"events:source": "a"}})");
  Policies policies;
  policies.add_statement(broken);
  const CheckResult result = policies.check();
  EXPECT_NE(find(result, "GP1050"), nullptr);
  EXPECT_EQ(find(result, "GP0007"), nullptr);  // the mistake itself is told
  EXPECT_EQ(find(result, "GP0006"), nullptr);
  ASSERT_NE(find_claim(result, "GP2001"), nullptr);
  EXPECT_EQ(find_claim(result, "GP2001")->verdict, VerdictKind::kUndecided);
  EXPECT_NE(find_claim(result, "GP2001")->reason.find("not understood"), std::string::npos);

  // Where the mistake is not told, that there is one is.
  CheckSelection selection;
  selection.select = {"GP2001", "GP0006", "GP0007"};
  const CheckResult chosen = policies.check(selection);
  EXPECT_NE(find(chosen, "GP0007"), nullptr);
  selection.select = {"GP2001", "GP0006"};
  EXPECT_NE(find(policies.check(selection), "GP0006"), nullptr);
}

TEST(PolicyCheck, ADenyThatWasNotUnderstoodProtectsNothing) {
  Policies policies;
  policies.add_statement(bus_statement(R"("*")", kSource) + ", " +
                         bus_statement(R"("*")",
                                       R"("Condition": {"StringNotEqual": {"aws:PrincipalOrgID": "o-a"}})",
                                       "Guard", "Deny"));
  const CheckResult result = policies.check();
  ASSERT_NE(find_claim(result, "GP2001"), nullptr);
  EXPECT_NE(find_claim(result, "GP2001")->verdict, VerdictKind::kProved);
}

TEST(PolicyCheck, WithoutFactsTheReportSaysWhatWasAssumed) {
  Policies policies;
  policies.add_statement(bus_statement(R"({"AWS": "999999999999"})", kSource));
  const CheckResult without = policies.check();
  ASSERT_EQ(without.assumptions.size(), 1U);
  EXPECT_NE(without.assumptions[0].find("GP2002 was not asked"), std::string::npos);
  EXPECT_EQ(find_claim(without, "GP2002"), nullptr);
  policies.know_facts();
  const CheckResult with = policies.check();
  EXPECT_TRUE(with.assumptions.empty());
  EXPECT_NE(find_claim(with, "GP2002"), nullptr);
}

}  // namespace
}  // namespace grantproof::checks
