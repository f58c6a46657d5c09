// SPDX-License-Identifier: Apache-2.0
//
// Policies with unknown parts, as templates and plans give them: what holds for everything that a part may
// stand for is proved or refuted as always, and what depends on it is undecided, with the part as the reason.
#include <gtest/gtest.h>

#include "access/document.h"
#include "checks/difference.h"
#include "checks/who_can.h"
#include "unit/checks/checks_fixture.h"

namespace grantproof::checks {
namespace {

using policy::PolicyType;

constexpr std::string_view kBus = "arn:aws:events:eu-west-1:‹AccountId of Orders›:event-bus/‹Orders.Bus›";
constexpr std::string_view kRole = "arn:aws:iam::‹AccountId of Orders›:role/‹Publisher›";

// "proved", "refuted", or why it is undecided; "" where it was not asked.
std::string verdict(const CheckResult& result, std::string_view rule) {
  const ClaimResult* claim = find_claim(result, rule);
  if (claim == nullptr)
    return "";
  return claim->verdict == VerdictKind::kUndecided ? claim->reason : std::string(name(claim->verdict));
}

struct Row {
  std::string_view what;
  std::string statement;
  std::string_view attached_to;
  bool facts;
  std::string_view gp2001, gp2002, gp2003;
};

std::string put(std::string_view principal, std::string_view more = {}, std::string_view resource = kBus,
                std::string_view effect = "Allow") {
  return fmt::format(R"({{"Sid": "Put{}", "Effect": "{}", "Principal": {}, "Action": "events:PutEvents",
                          "Resource": "{}"{}{}}})",
                     effect, effect, principal, resource, more.empty() ? "" : ", ", more);
}

std::string condition(std::string_view op, std::string_view key, std::string_view value) {
  return fmt::format(R"("Condition": {{"{}": {{"{}": "{}"}}}})", op, key, value);
}

TEST(UnknownParts, OfBusPolicies) {
  constexpr std::string_view kAll = R"("*")";
  constexpr std::string_view kLiteral = "arn:aws:events:eu-west-1:111122223333:event-bus/orders";
  constexpr std::string_view kOrg = "depends on parameter OrgId";
  const Row kRows[] = {
      // whatever the bus is called, and whosever it is
      {"open", put(kAll), kBus, false, "refuted", "", "refuted"},
      {"open, not attached", put(kAll), "", false, "refuted", "", "refuted"},
      {"open, with facts", put(kAll), kBus, true, "refuted", "refuted", "refuted"},
      {"open, resource unknown", put(kAll, {}, "‹parameter BusArn›"), kBus, false, "refuted", "", "refuted"},
      {"open, attached to what it names", put(kAll, {}, "‹parameter BusArn›"), "‹parameter BusArn›", false,
       "refuted", "", "refuted"},
      // the organisation that a parameter names
      {"organisation", put(kAll, condition("StringEquals", "aws:PrincipalOrgID", "‹parameter OrgId›")), kBus,
       false, "proved", "", "refuted"},
      {"organisation on a literal bus",
       put(kAll, condition("StringEquals", "aws:PrincipalOrgID", "‹parameter OrgId›"), kLiteral), "", false,
       "proved", "", "refuted"},
      {"organisation with facts",
       put(kAll, condition("StringEquals", "aws:PrincipalOrgID", "‹parameter OrgId›")), kBus, true, "proved",
       kOrg, "refuted"},
      {"organisation, if it is there",
       put(kAll, condition("StringEqualsIfExists", "aws:PrincipalOrgID", "‹parameter OrgId›")), kBus, false,
       "refuted", "", "refuted"},
      // StringLike takes "*" for every organisation
      {"organisation by pattern",
       put(kAll, condition("StringLike", "aws:PrincipalOrgID", "‹parameter OrgId›")), kBus, false,
       "depends on parameter OrgId and AccountId of Orders", "", "refuted"},
      {"organisation by a pattern that begins",
       put(kAll, condition("StringLike", "aws:PrincipalOrgID", "o-‹parameter OrgId›")), kBus, false,
       "depends on parameter OrgId and AccountId of Orders", "", "refuted"},
      {"outside is denied",
       put(kAll, condition("StringEquals", "events:source", "com.example.orders")) + "," +
           put(kAll, condition("StringNotEquals", "aws:PrincipalOrgID", "‹parameter OrgId›"), kBus, "Deny"),
       kBus, false, "proved", "", "proved"},
      // accounts and principals
      {"account", put(R"({"AWS": "arn:aws:iam::‹parameter Partner›:root"})"), kBus, false, "proved", "",
       "depends on AccountId of Orders and parameter Partner"},
      {"account with facts", put(R"({"AWS": "arn:aws:iam::‹parameter Partner›:root"})"), kBus, true, "proved",
       "depends on parameter Partner", "depends on AccountId of Orders and parameter Partner"},
      {"role", put(R"({"AWS": "arn:aws:iam::‹parameter Partner›:role/‹Sender›"})"), kBus, false, "proved", "",
       "depends on AccountId of Orders and parameter Partner"},
      {"anybody or somebody", put(R"({"AWS": "‹parameter PartnerArn›"})"), kBus, false,
       "depends on parameter PartnerArn", "", "depends on parameter PartnerArn"},
      {"principal unknown", put(R"("‹parameter Principal›")"), kBus, false, "depends on parameter Principal",
       "", "depends on parameter Principal"},
      {"service", put(R"({"Service": "events.‹AWS.URLSuffix›"})"), kBus, false, "proved", "", "proved"},
      {"PrincipalAccount",
       put(kAll, condition("StringEquals", "aws:PrincipalAccount", "‹parameter Partner›")), kBus, false,
       "proved", "", "depends on AccountId of Orders and parameter Partner"},
      {"PrincipalArn",
       put(kAll,
           condition("StringEquals", "aws:PrincipalArn", "arn:aws:iam::‹parameter Partner›:role/sender")),
       kBus, false, "proved", "", "depends on AccountId of Orders and parameter Partner"},
      {"own account", put(R"({"AWS": "arn:aws:iam::‹AccountId of Orders›:root"})"), kBus, true, "proved",
       "proved", "proved"},
      // sources
      {"source", put(kAll, condition("StringEquals", "events:source", "‹parameter Source›")), kBus, false,
       "refuted", "", "proved"},
      {"source by pattern", put(kAll, condition("StringLike", "events:source", "‹parameter Source›")), kBus,
       false, "refuted", "", "depends on parameter Source"},
      {"source by pattern that begins",
       put(kAll, condition("StringLike", "events:source", "com.‹parameter Team›.*")), kBus, false, "refuted",
       "", "proved"},
      {"every source but one", put(kAll, condition("StringNotEquals", "events:source", "‹parameter Source›")),
       kBus, false, "refuted", "", "refuted"},
      // other lines
      {"address", put(kAll, condition("IpAddress", "aws:SourceIp", "‹parameter Cidr›")), kBus, false,
       "depends on parameter Cidr", "", "depends on parameter Cidr"},
      {"key", put(kAll, condition("StringEquals", "aws:PrincipalTag/‹parameter TagKey›", "orders")), kBus,
       false, "depends on parameter TagKey", "", "depends on parameter TagKey"},
      {"tag", put(kAll, condition("StringEquals", "aws:PrincipalTag/team", "‹parameter Team›")), kBus, false,
       "refuted", "", "refuted"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.what);
    Policies policies;
    policies.add(fmt::format(R"({{"Version": "2012-10-17", "Statement": [{}]}})", row.statement),
                 PolicyType::kResource, std::string(row.attached_to));
    EXPECT_EQ(policies.sink.errors(), 0U) << policies.sink.diagnostics().front().message;
    if (row.facts)
      policies.know_facts();
    const CheckResult result = policies.check();
    EXPECT_EQ(verdict(result, "GP2001"), row.gp2001);
    EXPECT_EQ(verdict(result, "GP2002"), row.gp2002);
    EXPECT_EQ(verdict(result, "GP2003"), row.gp2003);
  }
}

struct IdentityRow {
  std::string_view what;
  std::string_view statement;
  std::string_view attached_to;
  std::string_view name;  // of a real thing
  std::string_view gp2010, gp2011, gp2012;
};

TEST(UnknownParts, OfIdentityPolicies) {
  const IdentityRow kRows[] = {
      {"every bus", R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"})", kRole, "",
       "refuted", "refuted", "proved"},
      {"one bus of one's own",
       R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:‹Region›:‹AccountId of Orders›:event-bus/orders"})",
       kRole, "", "proved", "proved", "proved"},
      {"one bus of one's own, in a known Region",
       R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:‹AccountId of Orders›:event-bus/orders"})",
       kRole, "", "proved", "proved", "proved"},
      {"one bus of one's own, in any Region",
       R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:*:‹AccountId of Orders›:event-bus/orders"})",
       kRole, "", "proved", "proved", "proved"},
      {"an account that may be any",
       R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:‹parameter Account›:event-bus/orders"})",
       kRole, "", "proved", "depends on AccountId of Orders and parameter Account", "proved"},
      {"a name that may be any",
       R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/‹parameter Bus›"})",
       "", "", "depends on parameter Bus", "proved", "proved"},
      {"the name of a bus",
       R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/‹Orders.Bus›"})",
       "", kBus, "proved", "proved", "proved"},
      {"the ARN of a bus",
       R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "‹parameter BusArn›"})", "", "",
       "depends on parameter BusArn", "depends on parameter BusArn", "proved"},
      {"an action that may be any",
       R"({"Effect": "Allow", "Action": "events:‹parameter Action›",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/*"})",
       "", "", "depends on parameter Action", "proved", "depends on parameter Action"},
      {"an action that is another",
       R"({"Effect": "Allow", "Action": "sqs:‹parameter Action›", "Resource": "*"})", "", "", "proved",
       "proved", "proved"},
  };
  for (const IdentityRow& row : kRows) {
    SCOPED_TRACE(row.what);
    Policies policies;
    policies.add_statement(row.statement, PolicyType::kIdentity, std::string(row.attached_to));
    EXPECT_EQ(policies.sink.errors(), 0U) << policies.sink.diagnostics().front().message;
    if (!row.name.empty())
      policies.world.names.emplace_back(row.name);
    const CheckResult result = policies.check();
    EXPECT_EQ(verdict(result, "GP2010"), row.gp2010);
    EXPECT_EQ(verdict(result, "GP2011"), row.gp2011);
    EXPECT_EQ(verdict(result, "GP2012"), row.gp2012);
  }
}

TEST(UnknownParts, AreShownInTheWitness) {
  Policies policies;
  policies.add_statement(put(R"("*")", condition("StringEquals", "aws:PrincipalOrgID", "‹parameter OrgId›")),
                         PolicyType::kResource, std::string(kBus));
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP2003");
  ASSERT_NE(finding, nullptr);
  ASSERT_TRUE(finding->witness);
  EXPECT_EQ(row(*finding->witness, "resource"), kBus);
  EXPECT_EQ(row(*finding->witness, "aws:PrincipalOrgID"), "‹parameter OrgId›");
  EXPECT_TRUE(access::decide_document(finding->witness->request, policies.owned.front()).allowed.surely());
}

TEST(UnknownParts, AreTheReasonOfAFinding) {
  Policies policies;
  policies.add_statement(put(R"({"AWS": "‹parameter PartnerArn›"})"), PolicyType::kResource,
                         std::string(kBus));
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP0006");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->message, "GP2001 has no answer: depends on parameter PartnerArn");
  EXPECT_EQ(find(result, "GP2001"), nullptr);
}

TEST(UnknownParts, OfStatementsThatMayNotExist) {
  Policies policies;
  policies.add_statement(put(R"("*")"), PolicyType::kResource, std::string(kBus));
  policies.owned.front().statements.front().when = "IsProd";
  const CheckResult open = policies.check();
  EXPECT_EQ(verdict(open, "GP2001"), "depends on the condition IsProd");
  EXPECT_EQ(verdict(open, "GP2003"), "depends on the condition IsProd");

  // Denied, if the condition holds.
  Policies guarded;
  guarded.add_statement(
      put(R"("*")") + "," +
          put(R"("*")", condition("StringNotEquals", "aws:PrincipalOrgID", "o-exampleorgid"), kBus, "Deny"),
      PolicyType::kResource, std::string(kBus));
  EXPECT_EQ(verdict(guarded.check(), "GP2001"), "proved");
  guarded.owned.front().statements.back().when = "not IsTest";
  EXPECT_EQ(verdict(guarded.check(), "GP2001"), "depends on the condition not IsTest");

  // The same condition here and there.
  guarded.owned.front().statements.front().when = "not IsTest";
  EXPECT_EQ(verdict(guarded.check(), "GP2001"), "proved");
}

TEST(UnknownParts, OfWholeDocuments) {
  for (const std::string_view text :
       {R"("‹aws_sqs_queue_policy.q.policy›")", R"({"Version": "2012-10-17", "Statement": "‹Statements›"})",
        R"({"Version": "2012-10-17", "Statement": ["‹Statements›"]})",
        R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": "events:PutEvents", "Resource": "*", "Condition": "‹Condition›"}]})",
        R"({"Version": "2012-10-17", "Statement": [{"Effect": "‹Effect›", "Principal": "*",
            "Action": "events:PutEvents", "Resource": "*"}]})"}) {
    SCOPED_TRACE(text);
    Policies policies;
    policies.add(text, PolicyType::kResource, std::string(kBus));
    const CheckResult result = policies.check();
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings.front().rule, "GP0007");
    EXPECT_NE(result.findings.front().message.find("is not known: it depends on"), std::string::npos)
        << result.findings.front().message;
    for (const std::string_view rule : {"GP2001", "GP2003"})
      EXPECT_EQ(find_claim(result, rule)->verdict, VerdictKind::kUndecided);
  }
  // Beside a known one that allows, it may deny.
  Policies both;
  both.add(R"({"Version": "2012-10-17", "Statement": [)" + put(R"("*")") + R"(, "‹Statement of Orders›"]})",
           PolicyType::kResource, std::string(kBus));
  EXPECT_EQ(find_claim(both.check(), "GP2001")->verdict, VerdictKind::kUndecided);
}

TEST(UnknownParts, OfTwoVersions) {
  struct Case {
    std::string before, after;
    std::string_view added, removed;
  };
  const std::string org = condition("StringEquals", "aws:PrincipalOrgID", "‹parameter OrgId›");
  const std::string other = condition("StringEquals", "aws:PrincipalOrgID", "‹parameter OtherOrg›");
  const std::string literal = condition("StringEquals", "aws:PrincipalOrgID", "o-exampleorgid");
  const Case kCases[] = {
      {put(R"("*")", org), put(R"("*")", org) + " ", "proved", "proved"},
      {put(R"("*")", org), put(R"("*")"), "refuted", "proved"},
      {put(R"("*")", org), put(R"("*")", other), "depends on parameter OrgId and parameter OtherOrg",
       "depends on parameter OtherOrg and parameter OrgId"},
      {put(R"("*")", org), put(R"("*")", literal), "depends on parameter OrgId",
       "depends on parameter OrgId"},
      {put(R"({"AWS": "111122223333"})"), put(R"({"AWS": ["111122223333", "‹parameter Partner›"]})"),
       "depends on parameter Partner", "proved"},
  };
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.before + "\n" + each.after);
    Policies policies;
    policies.add_statement(each.before, PolicyType::kResource)
        .add_statement(each.after, PolicyType::kResource);
    const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
    const auto said = [](const DifferenceSide& side) {
      return side.verdict == VerdictKind::kUndecided ? side.reason : std::string(name(side.verdict));
    };
    EXPECT_EQ(said(difference.added), each.added);
    EXPECT_EQ(said(difference.removed), each.removed);
  }
}

TEST(UnknownParts, WhatAProofRestsOn) {
  Policies policies;
  policies.add_statement(
      put(R"({"AWS": "‹parameter PartnerArn›"})") + "," +
          put(R"("*")", condition("StringNotEquals", "aws:PrincipalOrgID", "‹parameter OrgId›"), kBus,
              "Deny"),
      PolicyType::kResource, std::string(kBus));
  CheckSelection selection;
  selection.rests_on = true;
  const CheckResult result = policies.check(selection);
  const ClaimResult* claim = find_claim(result, "GP2001");
  ASSERT_NE(claim, nullptr);
  ASSERT_EQ(claim->verdict, VerdictKind::kProved) << claim->reason;
  std::vector<std::string> names;
  for (const base::Label& label : claim->rests_on)
    names.push_back(label.text);
  EXPECT_EQ(names, std::vector<std::string>({"PutDeny"}));
}

TEST(UnknownParts, InWhoCan) {
  struct Case {
    std::string_view what;
    std::string_view bus, role;  // what the policies are attached to
    std::string_view resource;
    std::optional<std::string> by;
    std::string_view expected;
  };
  constexpr std::string_view kOrders = "arn:aws:events:eu-west-1:111122223333:event-bus/orders";
  constexpr std::string_view kUnknownBus = "arn:aws:events:eu-west-1:‹account›:event-bus/orders";
  constexpr std::string_view kPublisher = "arn:aws:iam::111122223333:role/Publisher";
  constexpr std::string_view kUnknownRole = "arn:aws:iam::‹account›:role/Publisher";
  const Case kCases[] = {
      {"all is known", kOrders, kPublisher, kOrders, std::string(kPublisher), "refuted"},
      {"of the bus the account is not", kUnknownBus, kPublisher, kOrders, std::string(kPublisher),
       "depends on account"},
      {"of the role the account is not", kOrders, kUnknownRole, kOrders, std::string(kPublisher),
       "depends on account"},
      {"the bus is asked about as it is", kUnknownBus, kUnknownRole, kUnknownBus, std::string(kUnknownRole),
       "refuted"},
      {"somebody else", kOrders, kPublisher, kOrders, "arn:aws:iam::111122223333:role/Other", "proved"},
      {"somebody else, whatever the account", kOrders, kUnknownRole, kOrders,
       "arn:aws:iam::111122223333:role/Other", "proved"},
  };
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.what);
    Policies policies;
    policies.add_statement(fmt::format(R"({{"Sid": "No", "Effect": "Deny", "Principal": "*",
                                            "Action": "events:DeleteRule", "Resource": "{}"}})",
                                       each.bus),
                           PolicyType::kResource, std::string(each.bus));
    policies.add_statement(
        fmt::format(R"({{"Effect": "Allow", "Action": "events:PutEvents", "Resource": "{}"}})", each.bus),
        PolicyType::kIdentity, std::string(each.role));
    const CanAnswer answer = who_can(
        policies.subjects, {"events:PutEvents", std::string(each.resource), each.by, {}}, policies.world);
    EXPECT_EQ(answer.verdict == VerdictKind::kUndecided ? answer.reason : std::string(name(answer.verdict)),
              each.expected);
  }
}

}  // namespace
}  // namespace grantproof::checks
