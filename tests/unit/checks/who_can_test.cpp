// SPDX-License-Identifier: Apache-2.0
#include "checks/who_can.h"

#include <gtest/gtest.h>

#include "checks/caller_choice.h"
#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

using policy::PolicyType;

constexpr std::string_view kBus = "arn:aws:events:eu-west-1:111122223333:event-bus/orders";
constexpr VerdictKind kYes = VerdictKind::kRefuted, kNo = VerdictKind::kProved,
                      kUnknown = VerdictKind::kUndecided;

CanQuestion put_events(std::optional<std::string> by = std::nullopt,
                       std::optional<std::string> outside = std::nullopt) {
  return {"events:PutEvents", std::string(kBus), std::move(by), std::move(outside)};
}

std::string allow(std::string_view action, std::string_view resource) {
  return fmt::format(R"({{"Effect": "Allow", "Action": "{}", "Resource": "{}"}})", action, resource);
}

// A policy of a test: the statements, and what nobody could guess.
struct Document {
  std::string statements;
  std::optional<PolicyType> type = std::nullopt;
  std::string attached_to = "";
};

CanAnswer ask(const std::vector<Document>& documents, const CanQuestion& question) {
  Policies policies;
  for (const Document& document : documents)
    policies.add_statement(document.statements, document.type, document.attached_to);
  return who_can(policies.subjects, question, policies.world);
}

TEST(WhoCan, AQuestionAboutOneCaller) {
  const std::string own = "arn:aws:iam::111122223333:role/shop",
                    foreign = "arn:aws:iam::555566667777:role/billing";
  const std::string open_bus = bus_statement(R"("*")");
  const std::string partner_bus = bus_statement(R"({"AWS": "555566667777"})");
  const std::string deny_bus = bus_statement(R"("*")", {}, "D", "Deny");
  const std::string put = allow("events:PutEvents", kBus);
  const std::string deny_put = R"({"Effect": "Deny", "Action": "events:PutEvents", "Resource": "*"})";
  struct Row {
    std::vector<Document> documents;
    std::string by;
    VerdictKind verdict;
  };
  const Row rows[] = {
      // Within the account one side is enough; across accounts both are needed.
      {{{put}}, own, kYes},
      {{{put}}, foreign, kNo},
      {{{open_bus}}, own, kYes},
      {{{open_bus}}, foreign, kYes},                               // its own account is assumed to allow it
      {{{open_bus}, {allow("s3:GetObject", "*")}}, foreign, kNo},  // its policies are at hand, and do not
      {{{open_bus}, {put}}, foreign, kYes},
      {{{partner_bus}}, foreign, kYes},
      {{{partner_bus}}, own, kNo},
      {{{partner_bus}}, "arn:aws:sts::555566667777:assumed-role/billing/session", kYes},
      {{{partner_bus}}, "555566667777", kYes},
      {{{partner_bus}}, "events.amazonaws.com", kNo},
      {{{bus_statement(R"({"Service": "events.amazonaws.com"})")}}, "events.amazonaws.com", kYes},
      {{{bus_statement(R"({"Service": "events.amazonaws.com"})")}}, "sns.amazonaws.com", kNo},
      {{{bus_statement(R"({"AWS": "arn:aws:iam::555566667777:role/billing"})")}}, foreign, kYes},
      {{{bus_statement(R"({"AWS": "arn:aws:iam::555566667777:role/other"})")}}, foreign, kNo},
      {{{bus_statement(R"({"AWS": "arn:aws:iam::555566667777:role/team/billing"})")}},
       "arn:aws:sts::555566667777:assumed-role/billing/session",
       kYes},
      // Who holds which policy.
      {{{put, PolicyType::kIdentity, own}}, own, kYes},
      {{{put, PolicyType::kIdentity, "arn:aws:iam::111122223333:role/other"}}, own, kNo},
      {{{put, PolicyType::kIdentity, own}}, "arn:aws:sts::111122223333:assumed-role/shop/session", kYes},
      // The account is named: its own policies decide.
      {{{bus_statement(R"({"AWS": "111122223333"})")}}, own, kYes},
      {{{bus_statement(R"({"AWS": "111122223333"})")}, {allow("s3:*", "*")}}, own, kNo},
      // Deny, anywhere.
      {{{open_bus + ", " + deny_bus}}, foreign, kNo},
      {{{put}, {deny_bus}}, own, kNo},
      {{{put + ", " + deny_put}}, own, kNo},
      {{{open_bus}, {deny_put}}, own, kNo},
      // Boundaries, session policies, service control policies, endpoints.
      {{{put}, {allow("s3:*", "*"), PolicyType::kPermissionsBoundary}}, own, kNo},
      {{{put}, {allow("events:*", "*"), PolicyType::kPermissionsBoundary}}, own, kYes},
      {{{put}, {allow("s3:*", "*"), PolicyType::kSession}}, own, kNo},
      {{{put}, {deny_put, PolicyType::kServiceControl}}, own, kNo},
      {{{put}, {R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*"})", PolicyType::kServiceControl}},
       own,
       kYes},
      {{{put}, {allow("s3:*", "*"), PolicyType::kServiceControl}}, own, kNo},
      {{{put},
        {R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"})",
         PolicyType::kVpcEndpoint}},
       own,
       kNo},
      // A statement that nobody understood.
      {{{bus_statement(R"({"AWS": "999999999999"})", R"("Condition": {"StringEqual": {"aws:a": "b"}})")}},
       foreign,
       kUnknown},
      {{}, foreign, kNo},
      {{}, "arn:aws:iam::111122223333:root", kYes},  // its own resource, and nobody says no
  };
  for (const Row& row : rows) {
    std::string trace = row.by;
    for (const Document& document : row.documents)
      trace += "\n" + document.statements + " " + document.attached_to;
    SCOPED_TRACE(trace);
    const CanAnswer answer = ask(row.documents, put_events(row.by));
    EXPECT_EQ(answer.verdict, row.verdict) << answer.reason;
    EXPECT_EQ(answer.ways.empty(), row.verdict != kYes);
    EXPECT_EQ(answer.reason.empty(), row.verdict == kYes);
  }
}

TEST(WhoCan, TrustAndKeyPolicies) {
  struct Row {
    std::string statements;
    PolicyType type;
    CanQuestion question;
    VerdictKind verdict;
  };
  const std::string role = "arn:aws:iam::111122223333:role/forwarder";
  const std::string key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const std::string trust_service =
      R"({"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"})";
  const std::string trust_account =
      R"({"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"})";
  const std::string key_account =
      R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"})";
  const Row rows[] = {
      {trust_service, PolicyType::kTrust, {"sts:AssumeRole", role, "events.amazonaws.com", {}}, kYes},
      {trust_service,
       PolicyType::kTrust,
       {"sts:AssumeRole", role, "arn:aws:iam::444455556666:role/a", {}},
       kNo},
      {trust_account, PolicyType::kTrust, {"sts:AssumeRole", role, "events.amazonaws.com", {}}, kNo},
      {trust_account,
       PolicyType::kTrust,
       {"sts:AssumeRole", role, "arn:aws:iam::444455556666:role/a", {}},
       kYes},
      {key_account, PolicyType::kKey, {"kms:Decrypt", key, "arn:aws:iam::111122223333:role/a", {}}, kYes},
      {key_account, PolicyType::kKey, {"kms:Decrypt", key, "arn:aws:iam::444455556666:role/a", {}}, kNo},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statements + " " + row.question.by.value_or(""));
    const CanAnswer answer = ask({{row.statements, row.type}}, row.question);
    EXPECT_EQ(answer.verdict, row.verdict) << answer.reason;
    EXPECT_FALSE(answer.assumptions.empty());  // whose policy it is
  }
  // The policy of another role is none of this one's.
  EXPECT_EQ(ask({{trust_service, PolicyType::kTrust, "arn:aws:iam::111122223333:role/other"}},
                {"sts:AssumeRole", role, "events.amazonaws.com", {}})
                .verdict,
            kNo);
}

// ---- who

TEST(WhoCan, EveryWayIsNamed) {
  const std::string source = R"("Condition": {"StringLike": {"events:source": "com.partner.*"}})";
  struct Row {
    std::vector<Document> documents;
    CanQuestion question;
    std::vector<std::string> who;
  };
  const Row rows[] = {
      {{{bus_statement(R"("*")", source)}},
       put_events(),
       {"any principal, when events:source matches com.partner.*"}},
      {{{bus_statement(R"("*")", source)}},
       put_events({}, "o-exampleorgid"),
       {"any principal outside o-exampleorgid, when events:source matches com.partner.*"}},
      {{{bus_statement(R"({"AWS": "555566667777"})")}}, put_events({}, "555566667777"), {}},
      {{{bus_statement(R"({"AWS": ["555566667777", "444455556666"]})")}},
       put_events(),
       {"principals of account 555566667777 and principals of account 444455556666"}},
      {{{bus_statement(R"({"AWS": "555566667777"})", {}, "A") + ", " +
         bus_statement(R"({"Service": "events.amazonaws.com"})", {}, "B")}},
       put_events(),
       {"principals of account 555566667777", "service events.amazonaws.com"}},
      {{{allow("events:PutEvents", kBus)}}, put_events(), {"whoever policy.json is attached to"}},
      {{{allow("events:PutEvents", kBus), PolicyType::kIdentity, "arn:aws:iam::111122223333:role/a"},
        {allow("events:*", "*"), PolicyType::kIdentity, "arn:aws:iam::111122223333:role/b"}},
       put_events(),
       {"arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"}},
      {{{bus_statement(R"({"AWS": "555566667777"})")}},
       put_events("arn:aws:iam::555566667777:role/b"),
       {"arn:aws:iam::555566667777:role/b"}},
      // Patterns.
      {{{bus_statement(R"({"AWS": "555566667777"})")}},
       {"events:*", "arn:aws:events:*:111122223333:*", {}, {}},
       {"principals of account 555566667777"}},
      {{{bus_statement(R"({"AWS": "555566667777"})")}}, {"sqs:*", "*", {}, {}}, {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.documents.front().statements);
    const CanAnswer answer = ask(row.documents, row.question);
    std::vector<std::string> who;
    for (const CanAnswer::Way& way : answer.ways)
      who.push_back(way.who);
    EXPECT_EQ(who, row.who);
    EXPECT_EQ(answer.verdict, row.who.empty() ? kNo : kYes);
  }
}

TEST(WhoCan, AnAssumptionIsSaid) {
  const CanAnswer foreign = ask({{bus_statement(R"({"AWS": "555566667777"})")}}, put_events());
  ASSERT_EQ(foreign.assumptions.size(), 1U);
  EXPECT_EQ(foreign.assumptions[0], "a caller of another account is allowed by its own policies");
  const CanAnswer delegated = ask({{bus_statement(R"({"AWS": "111122223333"})")}}, put_events());
  ASSERT_EQ(delegated.assumptions.size(), 1U);
  EXPECT_EQ(delegated.assumptions[0], "a caller of the resource's account is allowed by its own policies");
  const CanAnswer direct = ask({{bus_statement(R"({"Service": "events.amazonaws.com"})")}}, put_events());
  EXPECT_TRUE(direct.assumptions.empty());
}

TEST(WhoCan, WhyNot) {
  struct Row {
    std::vector<Document> documents;
    std::string_view reason;
  };
  const Row rows[] = {
      {{}, "none of the policies speaks of it"},
      {{{allow("s3:GetObject", "*")}}, "no statement allows it"},
      {{{bus_statement(R"("*")") + ", " + bus_statement(R"("*")", {}, "Frozen", "Deny")}},
       R"(what is allowed is denied again by statement "Frozen")"},
  };
  for (const Row& row : rows) {
    const CanAnswer answer = ask(row.documents, put_events("arn:aws:iam::555566667777:role/b"));
    EXPECT_EQ(answer.verdict, kNo);
    EXPECT_EQ(answer.reason, row.reason);
  }
}

TEST(WhoCan, ATextThatIsNoCallerHasNoAnswer) {
  const CanAnswer answer = ask({{bus_statement(R"("*")")}}, put_events("nobody in particular"));
  EXPECT_EQ(answer.verdict, kUnknown);
  EXPECT_EQ(answer.reason, "\"nobody in particular\" is no caller");
}

TEST(WhoCan, WritesTheQuestionForAnotherSolver) {
  Policies policies;
  policies.add_statement(bus_statement(R"("*")"));
  const std::string text = who_can_smt2(policies.subjects, put_events(), policies.world);
  EXPECT_NE(text.find("(check-sat)"), std::string::npos);
  EXPECT_NE(text.find("can events:PutEvents"), std::string::npos);
}

// ---- callers

TEST(CallerChoice, Texts) {
  for (const char* text :
       {"anonymous", "111122223333", "events.amazonaws.com", "accounts.google.com",
        "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/team/alice",
        "arn:aws:iam::111122223333:role/shop", "arn:aws:sts::111122223333:assumed-role/shop/session",
        "arn:aws:sts::111122223333:federated-user/bob", "arn:aws:iam::111122223333:saml-provider/corp"})
    EXPECT_TRUE(CallerChoice::read(text).has_value()) << text;
  for (const char* text : {"", "alice", "arn:aws:s3:::bucket", "arn:aws:iam::111122223333:group/admins",
                           "arn:aws:sts::111122223333:assumed-role/shop", "*", "1111"})
    EXPECT_FALSE(CallerChoice::read(text).has_value()) << text;
}

TEST(CallerChoice, HoldsOfItsSessions) {
  using access::CallerKind;
  struct Row {
    std::string_view text;
    access::Caller caller;
    bool holds;
  };
  const access::Caller session{CallerKind::kAssumedRole, "arn:aws:sts::111122223333:assumed-role/shop/s",
                               "111122223333"};
  const Row rows[] = {
      {"arn:aws:iam::111122223333:role/shop", session, true},
      {"arn:aws:iam::111122223333:role/team/shop", session, true},
      {"arn:aws:iam::444455556666:role/shop", session, false},
      {"arn:aws:iam::111122223333:role/sho", session, false},
      {"arn:aws:sts::111122223333:assumed-role/shop/s", session, true},
      {"arn:aws:sts::111122223333:assumed-role/shop/t", session, false},
      {"111122223333", session, true},
      {"anonymous", session, false},
      {"anonymous", {CallerKind::kAnonymous, "", ""}, true},
      {"events.amazonaws.com", {CallerKind::kService, "events.amazonaws.com", ""}, true},
  };
  for (const Row& row : rows)
    EXPECT_EQ(CallerChoice::read(row.text)->holds(row.caller), row.holds) << row.text << " " << row.caller.id;
}

}  // namespace
}  // namespace grantproof::checks
