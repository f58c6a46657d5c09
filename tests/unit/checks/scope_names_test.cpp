// SPDX-License-Identifier: Apache-2.0
#include "checks/scope_names.h"

#include <gtest/gtest.h>

#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

using Names = std::vector<std::string>;

TEST(ScopeNames, AreThoseOfTheReferencePage) {
  for (const char* name :
       {"organization", "accounts", "partners", "own-account", "named", "111122223333", "o-exampleorgid"})
    EXPECT_TRUE(is_scope(name)) << name;
  for (const char* name :
       {"", "o-", "o-UPPER", "11112222333", "everyone", "Organization", "ou-ab12-11111111"})
    EXPECT_FALSE(is_scope(name)) << name;
}

// ---- whom does a policy name? Only what lets somebody in by name counts: a wildcard names nobody.

TEST(ScopeNames, PrincipalsThatAPolicyNames) {
  struct Row {
    std::string statement;
    Names accounts;
    Names organizations;
  };
  const Row rows[] = {
      {bus_statement(R"("*")"), {}, {}},
      {bus_statement(R"({"AWS": ["555566667777", "arn:aws:iam::444455556666:role/a"]})"),
       {"444455556666", "555566667777"},
       {}},
      {bus_statement(R"({"Service": "events.amazonaws.com"})"), {}, {}},
      {bus_statement(R"("*")",
                     R"("Condition": {"StringEquals": {"aws:PrincipalAccount": ["111122223333"]}})"),
       {"111122223333"},
       {}},
      {bus_statement(R"("*")", R"("Condition": {"StringLike": {"aws:PrincipalAccount": "1111*"}})"), {}, {}},
      {bus_statement(
           R"("*")",
           R"("Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/p-*"}})"),
       {"111122223333"},
       {}},
      {bus_statement(R"("*")", R"("Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/p"}})"),
       {},
       {}},
      {bus_statement(R"("*")", R"("Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}})"),
       {},
       {"o-exampleorgid"}},
      {bus_statement(
           R"("*")",
           R"("Condition": {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-exampleorgid/r-ab12/*"}})"),
       {},
       {"o-exampleorgid"}},
      {bus_statement(R"("*")",
                     R"("Condition": {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-*/r-ab12/*"}})"),
       {},
       {}},
      // The wrong way round: everybody but these is let in.
      {bus_statement(R"("*")",
                     R"("Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}})"),
       {},
       {}},
      {R"({"Sid": "A", "Effect": "Allow", "NotPrincipal": {"AWS": "999999999999"}, "Action": "events:PutEvents",
           "Resource": "*"})",
       {},
       {}},
      // In a Deny it is the right way round.
      {bus_statement(R"("*")",
                     R"("Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}})", "D",
                     "Deny"),
       {},
       {"o-exampleorgid"}},
      {bus_statement(R"({"AWS": "999999999999"})", {}, "D", "Deny"), {}, {}},
      {bus_statement(R"("*")", R"("Condition": {"Null": {"aws:PrincipalOrgID": "false"}})"), {}, {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statement);
    Policies policies;
    policies.add_statement(row.statement, policy::PolicyType::kResource);
    const ResolvedScope named = named_principals(policies.owned.front());
    EXPECT_EQ(named.accounts, row.accounts);
    EXPECT_EQ(named.organizations, row.organizations);
    EXPECT_FALSE(named.owner);
  }
}

TEST(ScopeNames, OwnersThatAPolicyNames) {
  struct Row {
    std::string statement;
    Names accounts;
  };
  const Row rows[] = {
      {R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"})", {}},
      {R"({"Effect": "Allow", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/a"})",
       {"111122223333"}},
      {R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "arn:aws:events:eu-west-1:*:event-bus/a"})",
       {}},
      {R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*",
           "Condition": {"StringEquals": {"aws:ResourceAccount": "444455556666"}}})",
       {"444455556666"}},
      {R"({"Effect": "Deny", "Action": "events:PutEvents",
           "NotResource": "arn:aws:events:eu-west-1:111122223333:event-bus/a"})",
       {"111122223333"}},
      {R"({"Effect": "Deny", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/a"})",
       {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statement);
    Policies policies;
    policies.add_statement(row.statement);
    EXPECT_EQ(named_owners(policies.owned.front()).accounts, row.accounts);
  }
}

// ---- whose is the policy?

TEST(ScopeNames, OwnAccount) {
  constexpr std::string_view kOther = "arn:aws:events:eu-west-1:444455556666:event-bus/orders";
  struct Row {
    std::string statement;
    policy::PolicyType type;
    std::string attached_to;
    std::optional<std::string> account;
    std::string because = {};
  };
  const Row rows[] = {
      {bus_statement(R"("*")"), policy::PolicyType::kResource, "", "111122223333"},
      {bus_statement(R"("*")"), policy::PolicyType::kResource, std::string(kOther), "444455556666"},
      {bus_statement(R"("*")"), policy::PolicyType::kResource, "arn:aws:s3:::bucket", std::nullopt},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})",
       policy::PolicyType::kResource, "", std::nullopt},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource":
           ["arn:aws:sqs:eu-west-1:111122223333:a", "arn:aws:sqs:eu-west-1:444455556666:a"]})",
       policy::PolicyType::kResource, "", std::nullopt},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"})",
       policy::PolicyType::kResource, "", std::nullopt},
      // The resources of an identity policy are not its own.
      {R"({"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:111122223333:a"})",
       policy::PolicyType::kIdentity, "", std::nullopt},
      {R"({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})", policy::PolicyType::kIdentity,
       "arn:aws:iam::111122223333:role/shop", "111122223333"},
      // Unknown parts: of one account whatever that is, or perhaps.
      {bus_statement(R"("*")"), policy::PolicyType::kResource,
       "arn:aws:events:eu-west-1:‹A›:event-bus/orders", "‹A›"},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-west-1:‹A›:a"})",
       policy::PolicyType::kResource, "", "‹A›"},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource":
           ["arn:aws:sqs:eu-west-1:111122223333:a", "arn:aws:sqs:eu-west-1:‹A›:a"]})",
       policy::PolicyType::kResource, "", "111122223333", "arn:aws:sqs:eu-west-1:‹A›:a"},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "‹Queue.Arn›"})",
       policy::PolicyType::kResource, "", "‹Queue.Arn›", "‹Queue.Arn›"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.statement + " on " + row.attached_to);
    Policies policies;
    policies.add_statement(row.statement, row.type, row.attached_to);
    const auto own = own_account(policies.subjects.front());
    EXPECT_EQ(own ? std::optional(own->account) : std::nullopt, row.account);
    EXPECT_EQ(own ? own->because : "", row.because);
  }
}

TEST(ScopeNames, AFactThatIsNotKnownIsAnEmptyScope) {
  Policies policies;
  policies.add_statement(bus_statement(R"({"AWS": "999999999999"})"));
  const Names names = {"organization", "accounts", "partners"};
  const ResolvedScope nothing = resolve_scope(names, ScopeOf::kPrincipals, policies.subjects.front(), {});
  EXPECT_TRUE(nothing.accounts.empty());
  EXPECT_TRUE(nothing.organizations.empty());
  policies.know_facts();
  const ResolvedScope known =
      resolve_scope(names, ScopeOf::kPrincipals, policies.subjects.front(), policies.world.facts);
  EXPECT_EQ(known.accounts, (Names{"111122223333", "444455556666", "555566667777"}));
  EXPECT_EQ(known.organizations, Names{"o-exampleorgid"});
}

}  // namespace
}  // namespace grantproof::checks
