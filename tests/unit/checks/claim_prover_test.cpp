// SPDX-License-Identifier: Apache-2.0
//
// prove: a claim, a policy, a verdict.
#include <gtest/gtest.h>

#include "access/document.h"
#include "checks/claim.h"
#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

TEST(ClaimProver, Verdicts) {
  struct Row {
    std::string_view claim;
    std::string statements;
    VerdictKind verdict;
  };
  const std::string tls = R"("Condition": {"Bool": {"aws:SecureTransport": "true"}})";
  const auto read = [](std::string_view resource, std::string_view more = "") {
    return fmt::format(R"({{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "{}"{}{}}})", resource,
                       more.empty() ? "" : ", ", more);
  };
  constexpr std::string_view kOnlyTls =
      "    only-allowed:\n      action: 's3:Get*'\n      condition: { Bool: { 'aws:SecureTransport': 'true' "
      "} }\n";
  constexpr std::string_view kInternal =
      "    never-allowed:\n      principal: { outside: [organization, accounts, partners] }\n";
  const Row rows[] = {
      {kOnlyTls, read("arn:aws:s3:::b/*", tls), VerdictKind::kProved},
      {kOnlyTls, read("arn:aws:s3:::b/*"), VerdictKind::kRefuted},
      {kOnlyTls, R"({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"})", VerdictKind::kRefuted},
      {kInternal, bus_statement(R"({"AWS": "444455556666"})"), VerdictKind::kProved},
      {kInternal, bus_statement(R"({"AWS": "999999999999"})"), VerdictKind::kRefuted},
      {kInternal, bus_statement(R"({"Service": "events.amazonaws.com"})"), VerdictKind::kProved},
      // Nothing is allowed, so nothing forbidden is.
      {kInternal, bus_statement(R"("*")", {}, "D", "Deny"), VerdictKind::kProved},
      {"    never-allowed: {}\n", bus_statement(R"("*")", {}, "D", "Deny"), VerdictKind::kProved},
      {"    never-allowed: {}\n", bus_statement(R"({"AWS": "111122223333"})"), VerdictKind::kRefuted},
      {"    only-allowed: {}\n", bus_statement(R"("*")"), VerdictKind::kProved},
      // A service, named.
      {"    never-allowed:\n      principal: { Service: events.amazonaws.com }\n      condition: { "
       "StringNotEquals: { "
       "'aws:SourceAccount': '111122223333' } }\n",
       bus_statement(R"({"Service": "events.amazonaws.com"})"), VerdictKind::kRefuted},
      {"    never-allowed:\n      principal: { Service: events.amazonaws.com }\n      condition: { "
       "StringNotEquals: { "
       "'aws:SourceAccount': '111122223333' } }\n",
       bus_statement(R"({"Service": "events.amazonaws.com"})",
                     R"("Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}})"),
       VerdictKind::kProved},
      // Not understood: not safe.
      {kInternal,
       bus_statement(R"({"AWS": "444455556666"})", R"("Condition": {"StringEqual": {"aws:a": "b"}})"),
       VerdictKind::kUndecided},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(fmt::format("{}{}", row.claim, row.statements));
    Policies policies;
    policies.add_statement(row.statements).know_facts();
    const std::vector<Claim> claims{claim_of(row.claim)};
    const std::vector<ClaimResult> results = prove_claims(claims, policies.subjects, policies.world);
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].claim, "claim");
    EXPECT_EQ(results[0].subject, "policy.json");
    EXPECT_EQ(results[0].verdict, row.verdict) << results[0].reason;
    EXPECT_EQ(results[0].witness.has_value(), row.verdict == VerdictKind::kRefuted);
    EXPECT_EQ(results[0].reason.empty(), row.verdict != VerdictKind::kUndecided);
    if (results[0].witness) {
      EXPECT_TRUE(
          access::decide_document(results[0].witness->request, policies.owned.front()).allowed.surely());
      ASSERT_FALSE(results[0].rests_on.empty());
    }
  }
}

TEST(ClaimProver, AsksThePoliciesThatTheClaimSpeaksOf) {
  const auto asked = [](std::string_view kind, std::string_view statement, std::string attached_to = {},
                        std::optional<policy::PolicyType> type = std::nullopt) {
    Policies policies;
    policies.add_statement(statement, type, std::move(attached_to));
    const std::vector<Claim> claims{
        claim_of(fmt::format("    applies-to: {}\n    never-allowed: {{ action: 'x:y' }}\n", kind))};
    return prove_claims(claims, policies.subjects, policies.world).size() == 1;
  };
  const auto resource_policy = [](std::string_view action, std::string_view resource) {
    return fmt::format(R"({{"Effect": "Allow", "Principal": "*", "Action": "{}", "Resource": "{}"}})", action,
                       resource);
  };
  struct Row {
    std::string_view kind;
    std::string statement;
    bool asked;
    std::string attached_to = "";
    std::optional<policy::PolicyType> type = std::nullopt;
  };
  const std::string identity = R"({"Effect": "Allow", "Action": "events:*", "Resource": "*"})";
  const std::string trust =
      R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"})";
  const std::string bus =
      resource_policy("events:PutEvents", "arn:aws:events:eu-west-1:111122223333:event-bus/a");
  const std::string queue = resource_policy("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q");
  const Row rows[] = {
      {"identity", identity, true},
      {"identity", bus, false},
      {"trust", trust, true},
      {"resource", trust, false},
      {"resource", bus, true},
      {"resource", queue, true},
      {"scp", identity, true, "", policy::PolicyType::kServiceControl},
      {"scp", identity, false},
      {"event-bus", bus, true},
      {"event-bus", resource_policy("events:PutRule", "arn:aws:events:eu-west-1:111122223333:rule/a/b"),
       true},
      {"event-bus", resource_policy("*", "*"), true},
      {"event-bus", resource_policy("ev*:Put*", "arn:aws:ev*:*:*:event-*"), true},
      {"event-bus", queue, false},
      {"event-bus", resource_policy("events:*", "arn:aws:events:eu-west-1:111122223333:archive/a"), false},
      {"event-bus", identity, false},
      {"queue", queue, true},
      {"queue", bus, false},
      {"topic", resource_policy("sns:Publish", "arn:aws:sns:eu-west-1:111122223333:t"), true},
      {"bucket", resource_policy("s3:GetObject", "arn:aws:s3:::b/*"), true},
      {"bucket", queue, false},
      {"function",
       resource_policy("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:f"), true},
      // What it is attached to counts for more than what it says.
      {"queue", resource_policy("*", "*"), false, "arn:aws:events:eu-west-1:111122223333:event-bus/a"},
      {"event-bus", queue, true, "arn:aws:events:eu-west-1:111122223333:event-bus/a"},
      {"[queue, event-bus]", bus, true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(asked(row.kind, row.statement, row.attached_to, row.type), row.asked)
        << row.kind << " " << row.statement << " " << row.attached_to;
  }
}

TEST(ClaimProver, ResultsAreInTheOrderOfPolicyAndClaim) {
  Policies policies;
  const std::string statement =
      R"({"Version": "2012-10-17", "Statement": [)" + bus_statement(R"("*")") + "]}";
  policies.add(statement, std::nullopt, {}, "b.json").add(statement, std::nullopt, {}, "a.json");
  policies.world.jobs = 3;
  base::DiagnosticSink sink;
  const std::vector<Claim> claims = claims_of(
      "claims:\n  - { name: second, never-allowed: {} }\n  - { name: first, only-allowed: {} }\n", sink);
  std::string order;
  for (const ClaimResult& result : prove_claims(claims, policies.subjects, policies.world))
    order += result.subject + " " + result.claim + "\n";
  EXPECT_EQ(order, "a.json first\na.json second\nb.json first\nb.json second\n");
}

TEST(ClaimProver, WritesTheQuestionForAnotherSolver) {
  Policies policies;
  policies.add_statement(bus_statement(R"("*")")).know_facts();
  const Claim claim = claim_of("    never-allowed: { principal: { outside: [accounts] } }\n");
  const std::string text = claim_smt2(claim, policies.subjects, policies.world);
  EXPECT_NE(text.find("(check-sat)"), std::string::npos);
  EXPECT_NE(text.find("claim on policy.json"), std::string::npos) << text.substr(0, 300);
  const Claim other = claim_of("    applies-to: queue\n    never-allowed: {}\n");
  EXPECT_TRUE(claim_smt2(other, policies.subjects, policies.world).empty());
}

TEST(ClaimProver, APolicyOfAResourceSpeaksOfActionsWithoutOne) {
  // "*" is the caller's own: it is not in the account of the bus, and the witness must replay all the same.
  Policies policies;
  policies.add_statement(R"({"Effect": "Allow", "Principal": "*", "Action": "iam:ListUsers",
                             "NotResource": "arn:aws:events:eu-west-1:777788889999:*"})",
                         policy::PolicyType::kResource,
                         "arn:aws:events:eu-west-1:777788889999:event-bus/orders-eu");
  const Claim claim = claim_of("    never-allowed: { action: 'iam:*' }\n");
  const std::vector<ClaimResult> results =
      prove_claims(std::vector<Claim>{claim}, policies.subjects, policies.world);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results.front().verdict, VerdictKind::kRefuted);
}

}  // namespace
}  // namespace grantproof::checks
