// SPDX-License-Identifier: Apache-2.0
#include "checks/difference.h"

#include <gtest/gtest.h>

#include "access/document.h"
#include "checks_fixture.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"

namespace grantproof::checks {
namespace {

std::string allow(std::string_view action, std::string_view resource, std::string_view more = {}) {
  return fmt::format(R"({{"Effect": "Allow", "Action": {}, "Resource": {}{}{}}})", action, resource,
                     more.empty() ? "" : ", ", more);
}

// Every change has a witness that one version allows and the other does not.
void expect_witnesses(const DifferenceSide& side, const policy::Policy& wide, const policy::Policy& narrow) {
  EXPECT_EQ(side.changes.empty(), side.verdict != VerdictKind::kRefuted);
  for (const DifferenceSide::Change& change : side.changes) {
    EXPECT_TRUE(access::decide_document(change.witness.request, wide).allowed.surely()) << change.summary;
    EXPECT_FALSE(access::decide_document(change.witness.request, narrow).allowed.possibly())
        << change.summary;
    EXPECT_FALSE(change.summary.empty());
    EXPECT_FALSE(change.statement_name.empty());
  }
}

TEST(Difference, Verdicts) {
  constexpr VerdictKind kNothing = VerdictKind::kProved, kSome = VerdictKind::kRefuted,
                        kUnknown = VerdictKind::kUndecided;
  struct Row {
    std::string before, after;
    VerdictKind added, removed;
  };
  const std::string bucket = R"("arn:aws:s3:::b/*")";
  const std::string read = allow(R"("s3:GetObject")", bucket);
  const std::string tls = R"("Condition": {"Bool": {"aws:SecureTransport": "true"}})";
  const std::string not_tls = R"("Condition": {"Bool": {"aws:SecureTransport": "false"}})";
  const std::string deny =
      R"({"Sid": "NoPayroll", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/payroll/*"})";
  const std::string broken =
      allow(R"("s3:GetObject")", bucket, R"("Condition": {"StringEqual": {"aws:a": "b"}})");
  const Row rows[] = {
      {read, read, kNothing, kNothing},
      {read, allow(R"(["s3:GetObject"])", R"(["arn:aws:s3:::b/*", "arn:aws:s3:::b/x"])"), kNothing, kNothing},
      {read, allow(R"("s3:Get*")", bucket), kSome, kNothing},
      {allow(R"("s3:Get*")", bucket), read, kNothing, kSome},
      {read, allow(R"("s3:PutObject")", bucket), kSome, kSome},
      {read, read + ", " + deny, kNothing, kSome},
      {read + ", " + deny, read, kSome, kNothing},
      {read, allow(R"("s3:GetObject")", bucket, tls), kNothing, kSome},
      // Split in two halves that make the whole.
      {read, allow(R"("s3:GetObject")", bucket, tls) + ", " + allow(R"("s3:GetObject")", bucket, not_tls),
       kNothing, kNothing},
      {deny, deny, kNothing, kNothing},
      {deny, read + ", " + deny, kSome, kNothing},
      // A Deny of what nobody is allowed.
      {allow(R"("sqs:SendMessage")", R"("*")"), allow(R"("sqs:SendMessage")", R"("*")") + ", " + deny,
       kNothing, kNothing},
      // It could allow anything, and nobody knows what.
      {read, broken, kUnknown, kUnknown},
      {broken, read, kUnknown, kUnknown},
      {broken, broken, kNothing, kNothing},  // the same text
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.before + "\n-> " + row.after);
    Policies policies;
    policies.add_statement(row.before).add_statement(row.after);
    const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
    EXPECT_EQ(difference.added.verdict, row.added) << difference.added.reason;
    EXPECT_EQ(difference.removed.verdict, row.removed) << difference.removed.reason;
    expect_witnesses(difference.added, policies.owned[1], policies.owned[0]);
    expect_witnesses(difference.removed, policies.owned[0], policies.owned[1]);
    EXPECT_EQ(difference.added.reason.empty(), row.added != kUnknown);
  }
}

TEST(Difference, ChangesInWords) {
  struct Row {
    std::string before, after;
    std::vector<std::string> added;
  };
  const std::string own = bus_statement(R"({"AWS": "111122223333"})");
  const std::string source = R"("Condition": {"StringEquals": {"events:source": ["com.a", "com.b"]}})";
  const Row rows[] = {
      {own,
       own + ", " + bus_statement(R"({"AWS": "555566667777"})", source, "Partner"),
       {"events:PutEvents on event-bus/orders by principals of account 555566667777, when events:source is "
        "com.a or "
        "com.b"}},
      // Only the new one of the list.
      {own,
       bus_statement(R"({"AWS": ["111122223333", "555566667777"]})"),
       {"events:PutEvents on event-bus/orders by principals of account 555566667777"}},
      {allow(R"("s3:GetObject")", R"("arn:aws:s3:::b/*")"),
       allow(R"(["s3:GetObject", "s3:PutObject"])", R"(["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"])"),
       {"s3:GetObject and s3:PutObject on arn:aws:s3:::b/* and arn:aws:s3:::c/*"}},
      {allow(R"("s3:GetObject")", R"("arn:aws:s3:::b/*")"),
       allow(R"(["s3:GetObject", "s3:PutObject"])", R"("arn:aws:s3:::b/*")"),
       {"s3:PutObject on arn:aws:s3:::b/*"}},
      {allow(R"("s3:GetObject")", R"("*")") +
           R"(, {"Sid": "Stop", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::c/*"})",
       allow(R"("s3:GetObject")", R"("*")"),
       {R"(s3:* on arn:aws:s3:::c/*: no longer denied by statement "Stop")"}},
      {bus_statement(R"({"AWS": "111122223333"})"),
       bus_statement(R"("*")"),
       {"events:PutEvents on event-bus/orders by any principal"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.after);
    Policies policies;
    policies.add_statement(row.before).add_statement(row.after);
    const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
    std::vector<std::string> added;
    for (const DifferenceSide::Change& change : difference.added.changes)
      added.push_back(change.summary);
    EXPECT_EQ(added, row.added);
  }
}

TEST(Difference, ChangesLeadToTheirStatements) {
  Policies policies;
  policies
      .add_statement(R"({"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
                        {"Sid": "Gone", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::c/*"})")
      .add_statement(R"({"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
                        {"Sid": "B", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"})");
  const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
  ASSERT_EQ(difference.added.changes.size(), 2U);
  EXPECT_EQ(difference.added.changes[0].statement_name, "B");
  EXPECT_EQ(difference.added.changes[0].statement.span.file, policies.owned[1].span.file);
  EXPECT_EQ(difference.added.changes[1].statement_name, "Gone");
  EXPECT_EQ(difference.added.changes[1].statement.span.file, policies.owned[0].span.file);
  EXPECT_EQ(policies.text_at(difference.added.changes[1].statement.span), "\"Gone\"");
  EXPECT_EQ(difference.added.changes[0].witness.decision,
            "allowed now by statement \"B\" of the new version");
}

TEST(Difference, TheWitnessShowsTheKeyThatWasAskedFor) {
  Policies policies;
  policies
      .add_statement(allow(R"("s3:GetObject")", R"("*")",
                           R"("Condition": {"StringEquals": {"aws:PrincipalTag/team": "audit"}})"))
      .add_statement(allow(R"("s3:GetObject")", R"("*")"));
  const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
  ASSERT_EQ(difference.added.changes.size(), 1U);
  EXPECT_TRUE(row(difference.added.changes[0].witness, "aws:PrincipalTag/team").has_value());
}

TEST(Difference, AtMostEightChanges) {
  std::string after;
  for (int i = 0; i < 12; ++i) {
    after +=
        fmt::format(R"({}{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b{}/*"}})",
                    i == 0 ? "" : ", ", i);
  }
  Policies policies;
  policies.add_statement(allow(R"("sqs:SendMessage")", R"("*")")).add_statement(after);
  const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
  EXPECT_EQ(difference.added.changes.size(), 8U);
}

TEST(Difference, WritesTheQuestionForAnotherSolver) {
  Policies policies;
  policies.add_statement(allow(R"("s3:GetObject")", R"("*")")).add_statement(allow(R"("s3:Get*")", R"("*")"));
  const std::string widened =
      difference_smt2(policies.subjects[0], policies.subjects[1], policies.world, true);
  const std::string narrowed =
      difference_smt2(policies.subjects[0], policies.subjects[1], policies.world, false);
  EXPECT_NE(widened.find("(check-sat)"), std::string::npos);
  EXPECT_NE(widened.find("widened"), std::string::npos);
  EXPECT_NE(narrowed.find("narrowed"), std::string::npos);
}

// ---- random policies: a policy against itself in other words, and against a part of itself

TEST(Difference, LawsOnRandomPolicies) {
  tests::for_rounds(60, 4200, [](tests::Random& random) {
    const tests::Scene scene = tests::random_scene(random);
    const access::Request request = tests::random_request(random, scene);
    const policy::PolicyType type =
        random.chance(50) ? policy::PolicyType::kIdentity : policy::PolicyType::kResource;
    const std::string text = tests::random_policy(random, type, scene, request);
    Policies policies;
    policies.add(text, type).add(text + "\n", type);
    // Statements the other way round, and one Allow less.
    policy::Policy turned = policies.owned[0];
    std::reverse(turned.statements.begin(), turned.statements.end());
    turned.span = {};
    policy::Policy less = turned;
    for (std::size_t i = 0; i < less.statements.size(); ++i) {
      if (less.statements[i].effect != policy::Effect::kAllow)
        continue;
      less.statements.erase(less.statements.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
    const bool understood =
        turned.understood &&
        std::all_of(turned.statements.begin(), turned.statements.end(),
                    [](const policy::Statement& statement) { return statement.understood; });
    if (!understood)
      return;
    const Subject all{&policies.owned[0], "all", ""}, same{&turned, "turned", ""}, part{&less, "less", ""};
    const Difference equal = compare(all, same, policies.world);
    EXPECT_NE(equal.added.verdict, VerdictKind::kRefuted) << text;
    EXPECT_NE(equal.removed.verdict, VerdictKind::kRefuted) << text;
    const Difference fewer = compare(all, part, policies.world);
    EXPECT_NE(fewer.added.verdict, VerdictKind::kRefuted) << text;
  });
}

}  // namespace
}  // namespace grantproof::checks
