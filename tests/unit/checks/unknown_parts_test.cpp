// SPDX-License-Identifier: Apache-2.0
//
// Policies with unknown parts, as templates and plans give them: what holds for everything that a part may
// stand for is proved or refuted as always, and what depends on it is undecided, with the part as the reason.
#include <gtest/gtest.h>

#include "checks/claim_question.h"
#include "checks/difference.h"
#include "checks/rests_on.h"
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
      {"open, resource unknown", put(kAll, {}, "‹parameter BusArn›"), kBus, false,
       "refuted", "", "refuted"},
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
      {"organisation by pattern", put(kAll, condition("StringLike", "aws:PrincipalOrgID", "‹parameter OrgId›")),
       kBus, false, kOrg, "", "refuted"},
      {"organisation by a pattern that begins",
       put(kAll, condition("StringLike", "aws:PrincipalOrgID", "o-‹parameter OrgId›")), kBus, false, kOrg, "",
       "refuted"},
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
      {"principal unknown", put(R"("‹parameter Principal›")"), kBus, false, "depends on parameter Principal", "",
       "depends on parameter Principal"},
      {"service", put(R"({"Service": "events.‹AWS.URLSuffix›"})"), kBus, false, "proved", "", "proved"},
      {"PrincipalAccount",
       put(kAll, condition("StringEquals", "aws:PrincipalAccount", "‹parameter Partner›")), kBus, false,
       "proved", "", "depends on AccountId of Orders and parameter Partner"},
      {"PrincipalArn", put(kAll, condition("StringEquals", "aws:PrincipalArn",
                                           "arn:aws:iam::‹parameter Partner›:role/sender")),
       kBus, false, "proved", "", "depends on AccountId of Orders and parameter Partner"},
      {"own account", put(R"({"AWS": "arn:aws:iam::‹AccountId of Orders›:root"})"), kBus, true, "proved",
       "proved", "proved"},
      // sources
      {"source", put(kAll, condition("StringEquals", "events:source", "‹parameter Source›")), kBus, false,
       "refuted", "", "proved"},
      {"source by pattern", put(kAll, condition("StringLike", "events:source", "‹parameter Source›")), kBus,
       false, "refuted", "", "depends on parameter Source"},
      {"source by pattern that begins",
       put(kAll, condition("StringLike", "events:source", "com.‹parameter Team›.*")), kBus, false, "refuted", "",
       "proved"},
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

}  // namespace
}  // namespace grantproof::checks
