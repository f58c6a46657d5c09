// SPDX-License-Identifier: Apache-2.0
#include "checks/check_engine.h"

#include <gtest/gtest.h>

#include <set>

#include "access/document.h"
#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

constexpr std::string_view kSource = R"("Condition": {"StringLike": {"events:source": "com.partner.*"}})";

std::string allow(std::string_view action, std::string_view resource, std::string_view more = {}) {
  return fmt::format(R"({{"Effect": "Allow", "Action": {}, "Resource": {}{}{}}})", action, resource,
                     more.empty() ? "" : ", ", more);
}
std::string bus_arn(std::string_view account, std::string_view name) {
  return fmt::format(R"("arn:aws:events:eu-west-1:{}:event-bus/{}")", account, name);
}

// ---- findings of the rules with a claim; policies-corpus/ has many more

TEST(CheckEngine, PutEventsOnBuses) {
  struct Row {
    std::string statements;
    std::string_view without_facts;
    std::string_view with_facts;
  };
  const Row rows[] = {
      {bus_statement(R"("*")"), "GP2001 GP2003", "GP2001 GP2003"},
      {bus_statement(R"("*")", kSource), "GP2001", "GP2001"},
      {bus_statement(R"({"AWS": "*"})", kSource), "GP2001", "GP2001"},
      {bus_statement(R"({"AWS": "999999999999"})", kSource), "", "GP2002"},
      {bus_statement(R"({"AWS": "555566667777"})", kSource), "", ""},
      {bus_statement(R"({"AWS": "555566667777"})"), "GP2003", "GP2003"},
      {bus_statement(R"({"AWS": "arn:aws:iam::111122223333:role/a"})"), "", ""},
      {bus_statement(R"({"Service": "events.amazonaws.com"})"), "", ""},
      // Whoever cannot be outside by the words of the statement itself.
      {bus_statement(R"("*")", R"("Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}})"),
       "", ""},
      // A Deny that leaves only the organisation.
      {bus_statement(R"("*")", kSource) + ", " +
           bus_statement(R"("*")",
                         R"("Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}})",
                         "Guard", "Deny"),
       "", ""},
      // Another action on the bus.
      {R"({"Sid": "D", "Effect": "Allow", "Principal": "*", "Action": "events:DescribeEventBus",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/orders"})",
       "", ""},
      // Not the policy of a bus.
      {R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
           "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"})",
       "", ""},
      // It may be the policy of one.
      {R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})", "GP2001 GP2003",
       "GP2001 GP2003"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statements);
    for (const bool facts : {false, true}) {
      Policies policies;
      policies.add_statement(row.statements);
      if (facts)
        policies.know_facts();
      std::string found;
      for (const Finding& finding : policies.check().findings) {
        if (finding.rule.starts_with("GP2"))
          found += (found.empty() ? "" : " ") + finding.rule;
      }
      EXPECT_EQ(found, facts ? row.with_facts : row.without_facts) << (facts ? "with facts" : "without");
    }
  }
}

TEST(CheckEngine, PutEventsOfIdentities) {
  struct Row {
    std::string statement;
    std::string_view findings;
    std::string attached_to = "";
  };
  const std::string role = "arn:aws:iam::111122223333:role/shop";
  const Row rows[] = {
      {allow(R"("events:PutEvents")", R"("*")"), "GP2010 GP2011"},
      {allow(R"("events:PutEvents")", bus_arn("111122223333", "orders")), ""},
      {allow(R"("events:PutEvents")", bus_arn("111122223333", "*")), "GP2010"},
      {allow(R"("events:PutEvents")", bus_arn("111122223333", "orders-*")), ""},
      {allow(R"("events:PutEvents")", bus_arn("*", "orders")), "GP2011"},
      {allow(R"("events:PutEvents")", R"("*")",
             R"("Condition": {"StringEquals": {"aws:ResourceAccount": "111122223333"}})"),
       "GP2010"},
      {allow(R"("events:PutEvents")", R"("*")",
             R"("Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}})"),
       "GP2010"},
      {allow(R"("events:Put*")", bus_arn("111122223333", "orders")), "GP2012"},
      {allow(R"("events:PutEvent?")", bus_arn("111122223333", "orders")), "GP2012"},
      {allow(R"("*")", R"("*")"), "GP2012 GP2010 GP2011"},
      {allow(R"("s3:*")", R"("*")"), ""},
      {allow(R"("events:Put*")", R"("arn:aws:events:eu-west-1:111122223333:rule/*")"), ""},
      {R"({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"})", "GP2010 GP2011"},
      // A policy of a known principal: its own account is not foreign.
      {allow(R"("events:PutEvents")", bus_arn("111122223333", "orders")), "", role},
      {allow(R"("events:PutEvents")", bus_arn("444455556666", "orders")), "", role},  // named
      {allow(R"("events:PutEvents")", R"("*")"), "GP2010 GP2011", role},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statement);
    Policies policies;
    policies.add_statement(row.statement, policy::PolicyType::kIdentity, row.attached_to);
    std::string found;
    for (const Finding& finding : policies.check().findings) {
      if (finding.rule.starts_with("GP2"))
        found += (found.empty() ? "" : " ") + finding.rule;
    }
    EXPECT_EQ(found, row.findings);
  }
}

// ---- where a finding stands

TEST(CheckEngine, TheBlamedValueIsThePlace) {
  struct Row {
    std::string statement;
    std::string_view rule;
    std::string_view place;
    std::vector<std::string> others;
  };
  const Row rows[] = {
      {bus_statement(R"("*")"), "GP2001", R"("*")", {}},
      {bus_statement(R"({"AWS": ["111122223333", "999999999999", "888888888888"]})"),
       "GP2002",
       R"("999999999999")",
       {R"("888888888888")"}},
      {R"({"Sid": "N", "Effect": "Allow", "NotPrincipal": {"AWS": ["999999999999", "888888888888"]},
           "Action": "events:PutEvents", "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/o"})",
       "GP2001",
       R"({"AWS": ["999999999999", "888888888888"]})",
       {}},
      {allow(R"("events:PutEvents")", R"(["arn:aws:events:eu-west-1:111122223333:event-bus/a", "*"])"),
       "GP2010",
       R"("*")",
       {}},
      {allow(R"(["events:PutEvents", "events:*", "*"])", bus_arn("111122223333", "a")),
       "GP2012",
       R"("events:*")",
       {R"("*")"}},
      // Without Resource to blame: the name of the statement.
      {R"({"Sid": "All", "Effect": "Allow", "Action": "events:PutEvents", "NotResource": ["arn:aws:s3:::a", "arn:aws:s3:::b"]})",
       "GP2010",
       R"(["arn:aws:s3:::a", "arn:aws:s3:::b"])",
       {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statement);
    Policies policies;
    policies.add_statement(row.statement).know_facts();
    const CheckResult result = policies.check();
    const Finding* finding = find(result, row.rule);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(policies.text_at(finding->primary.span), row.place);
    std::vector<std::string> others;
    for (const base::Label& label : finding->secondary) {
      if (label.text.find("too") != std::string::npos || label.text.find("among") != std::string::npos)
        others.push_back(policies.text_at(label.span));
    }
    EXPECT_EQ(others, row.others);
  }
}

TEST(CheckEngine, EachStatementToBlameHasAFinding) {
  Policies policies;
  policies.add(R"({"Version": "2012-10-17", "Statement": [
)" + bus_statement(R"({"AWS": "111122223333"})", {}, "Own") +
               ",\n" + bus_statement(R"("*")", kSource, "First") + ",\n" +
               bus_statement(R"("*")", kSource, "Second") + "]}");
  std::vector<std::string> names;
  for (const Finding& finding : policies.check().findings) {
    EXPECT_EQ(finding.rule, "GP2001");
    names.push_back(finding.statement);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"First", "Second"}));
}

TEST(CheckEngine, AConditionThatIsNoLimitSaysWhy) {
  Policies policies;
  policies.add_statement(bus_statement(
      R"("*")",
      R"("Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-exampleorgid"}, "StringLike": {"events:source": "a*"}})"));
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP2001");
  ASSERT_NE(finding, nullptr);
  ASSERT_EQ(finding->secondary.size(), 2U);
  EXPECT_EQ(finding->secondary[0].text, "holds for a caller without aws:PrincipalOrgID");
  EXPECT_EQ(finding->secondary[1].text, "chosen by the sender; it does not say who the sender is");
}

// ---- witnesses

TEST(CheckEngine, AWitnessIsARequestThatThePolicyAllows) {
  Policies policies;
  policies.add_statement(bus_statement(R"("*")", kSource)).know_facts();
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP2001");
  ASSERT_NE(finding, nullptr);
  ASSERT_TRUE(finding->witness.has_value());
  const FindingWitness& witness = *finding->witness;
  EXPECT_TRUE(access::decide_document(witness.request, policies.owned.front()).allowed.surely());
  EXPECT_EQ(witness.decision, "allowed, decided by statement \"Put\"");
  ASSERT_GE(witness.rows.size(), 4U);
  EXPECT_EQ(witness.rows[0].first, "principal");
  EXPECT_NE(witness.rows[0].second.find(witness.request.principal.account), std::string::npos);
  EXPECT_EQ(row(witness, "action"), "events:PutEvents");
  EXPECT_EQ(row(witness, "resource"), "arn:aws:events:eu-west-1:111122223333:event-bus/orders");
  ASSERT_TRUE(row(witness, "events:source").has_value());
  EXPECT_TRUE(row(witness, "events:source")->starts_with("com.partner."));
  EXPECT_EQ(row(witness, "events:detail-type"), "(any)");
  const std::string& account = witness.request.principal.account;
  EXPECT_EQ(finding->assumed,
            std::vector<std::string>{"account " + account + " lets its own principal call events:PutEvents"});
  for (const std::string_view known : {"111122223333", "444455556666", "555566667777"})
    EXPECT_NE(account, known);
}

TEST(CheckEngine, AKeyThatIsMissingInTheWitnessIsAbsent) {
  Policies policies;
  policies.add_statement(bus_statement(
      R"("*")",
      R"("Condition": {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}, "StringLike": {"events:source": "a"}})"));
  policies.know_facts();
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP2001");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(row(*finding->witness, "aws:PrincipalOrgID"), "(absent)");
}

// ---- claims, choice of rules, identity

TEST(CheckEngine, EachQuestionHasAVerdict) {
  Policies policies;
  policies.add_statement(bus_statement(R"({"AWS": "555566667777"})"), std::nullopt,
                         "arn:aws:events:eu-west-1:111122223333:event-bus/orders");
  policies.know_facts();
  CheckSelection selection;
  selection.rests_on = true;
  const CheckResult result = policies.check(selection);
  ASSERT_EQ(result.claims.size(), 3U);
  EXPECT_EQ(result.claims[0].claim, "GP2001 putevents-open-to-all");
  EXPECT_EQ(result.claims[0].subject, "policy.json (event-bus/orders)");
  EXPECT_EQ(result.claims[0].verdict, VerdictKind::kProved);
  ASSERT_EQ(result.claims[0].rests_on.size(), 1U);  // without its Principal it would be open
  EXPECT_EQ(result.claims[0].rests_on[0].text, "Put");
  EXPECT_EQ(result.claims[1].verdict, VerdictKind::kProved);
  EXPECT_EQ(result.claims[2].verdict, VerdictKind::kRefuted);
  ASSERT_TRUE(result.claims[2].witness.has_value());
}

TEST(CheckEngine, ProofsRestOnTheDenyThatTheyNeed) {
  Policies policies;
  policies.add_statement(
      bus_statement(R"("*")", kSource, "Open") + ", " +
      bus_statement(R"("*")", R"("Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}})",
                    "Guard", "Deny") +
      ", " +
      bus_statement(R"("*")", R"("Condition": {"Bool": {"aws:SecureTransport": "false"}})", "Tls", "Deny"));
  policies.know_facts();
  CheckSelection selection;
  selection.rests_on = true;
  const CheckResult result = policies.check(selection);
  const ClaimResult* claim = find_claim(result, "GP2001");
  ASSERT_NE(claim, nullptr);
  EXPECT_EQ(claim->verdict, VerdictKind::kProved);
  ASSERT_EQ(claim->rests_on.size(), 1U);
  EXPECT_EQ(claim->rests_on[0].text, "Guard");
}

TEST(CheckEngine, RulesAreChosenByPrefix) {
  Policies policies;
  policies.add(R"({"Statement": [)" + bus_statement(R"("*")") + "]}");  // no Version: GP1011
  struct Row {
    std::vector<std::string> select, ignore;
    std::string_view findings;
  };
  const Row rows[] = {
      {{}, {}, "GP1011@1 GP2001@1 GP2003@1"}, {{"GP2"}, {}, "GP2001@1 GP2003@1"},
      {{"GP2003"}, {}, "GP2003@1"},           {{}, {"GP1", "GP2001"}, "GP2003@1"},
      {{"GP2"}, {"GP2003"}, "GP2001@1"},      {{"GP3"}, {}, ""},
  };
  for (const Row& row : rows) {
    CheckSelection selection;
    selection.select = row.select;
    selection.ignore = row.ignore;
    EXPECT_EQ(policies.findings(selection), row.findings);
  }
}

TEST(CheckEngine, FingerprintsOutliveReformatting) {
  const auto fingerprint = [](std::string_view text, std::string path = "policy.json") {
    Policies policies;
    policies.add(text, std::nullopt, {}, std::move(path));
    const CheckResult result = policies.check();
    const Finding* finding = find(result, "GP2001");
    return finding == nullptr ? std::string() : finding->fingerprint;
  };
  const std::string base = R"({"Version": "2012-10-17", "Statement": [{"Sid": "Put", "Effect": "Allow",
      "Principal": "*", "Action": ["events:PutEvents", "events:PutRule"],
      "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/orders"}]})";
  const std::string first = fingerprint(base);
  ASSERT_EQ(first.size(), 32U);
  EXPECT_EQ(first.find_first_not_of("0123456789abcdef"), std::string::npos);
  // Spaces, order, the Sid, a list for one value.
  EXPECT_EQ(first, fingerprint(
                       R"({"Version":"2012-10-17","Statement":{"Action":["events:PutRule","events:PutEvents"],
      "Principal":{"AWS":"*"},"Effect":"Allow","Sid":"Renamed",
      "Resource":["arn:aws:events:eu-west-1:111122223333:event-bus/orders"]}})"));
  // Another grant, another file.
  std::string other = base;
  other.replace(other.find("event-bus/orders"), 16, "event-bus/audits");
  EXPECT_NE(first, fingerprint(other));
  EXPECT_NE(first, fingerprint(base, "other.json"));
}

TEST(CheckEngine, TheNumberOfThreadsChangesNothing) {
  const auto run = [](unsigned jobs) {
    Policies policies;
    for (int i = 0; i < 24; ++i) {
      const std::string name = "p" + std::to_string(i) + ".json";
      const std::string more = i % 3 == 0   ? std::string()
                               : i % 3 == 1 ? std::string(kSource)
                                            : R"("Condition": {"Null": {"aws:PrincipalOrgID": "false"}})";
      policies.add(R"({"Version": "2012-10-17", "Statement": [)" +
                       bus_statement(i % 2 == 0 ? R"("*")" : R"({"AWS": "999999999999"})", more) + "]}",
                   std::nullopt, {}, name);
    }
    policies.know_facts();
    policies.world.jobs = jobs;
    std::string text;
    const CheckResult result = policies.check();
    for (const Finding& finding : result.findings) {
      text += fmt::format("{} {} {} {}\n", policies.sources.name(finding.primary.span.file), finding.rule,
                          finding.fingerprint, finding.help);
      for (const auto& [key, value] : finding.witness->rows)
        text += key + " " + value + "\n";
    }
    for (const ClaimResult& claim : result.claims)
      text += fmt::format("{} {} {}\n", claim.subject, claim.claim, name(claim.verdict));
    return text;
  };
  const std::string one = run(1);
  EXPECT_FALSE(one.empty());
  EXPECT_EQ(one, run(4));
  EXPECT_EQ(one, run(0));
}

TEST(CheckEngine, NothingToCheck) {
  const Policies policies;
  const CheckResult result = policies.check();
  EXPECT_TRUE(result.findings.empty());
  EXPECT_TRUE(result.claims.empty());
  EXPECT_TRUE(result.assumptions.empty());
}

}  // namespace
}  // namespace grantproof::checks
