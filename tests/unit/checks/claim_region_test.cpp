// SPDX-License-Identifier: Apache-2.0
//
// Regions of claims: what they hold for, and that formula and predicate say the same of random requests.
#include "checks/claim_region.h"

#include <gtest/gtest.h>

#include "checks_fixture.h"
#include "logic/interpret.h"
#include "support/random_request.h"
#include "support/rounds.h"
#include "support/test_policy.h"

namespace grantproof::checks {
namespace {

constexpr std::string_view kBus = "arn:aws:events:eu-west-1:111122223333:event-bus/orders";

access::Request request_of(std::string_view principal, std::string_view action, std::string_view resource,
                           std::string_view context = "") {
  return tests::read_request_text(fmt::format(
      R"({{"principal": {}, "action": "{}", "resource": {{"arn": "{}", "accountId": "111122223333"}}, "context": {{{}}}}})",
      principal, action, resource, context));
}

std::string role(std::string_view account) {
  return fmt::format(
      R"({{"type": "assumed-role", "id": "arn:aws:sts::{0}:assumed-role/r/session", "account": "{0}"}})",
      account);
}
constexpr std::string_view kService = R"({"type": "service", "id": "events.amazonaws.com"})";
constexpr std::string_view kAnonymous = R"({"type": "anonymous"})";

// ---- who is outside, who is inside

TEST(ClaimRegion, Principals) {
  struct Row {
    std::string_view principal;  // of the claim
    std::string caller;
    bool holds;
    std::string_view action = "events:PutEvents";
    std::string_view context = "";
  };
  const std::string own = role("111122223333"), partner = role("555566667777"),
                    foreign = role("999999999999");
  const Row rows[] = {
      {R"({ outside: [accounts] })", own, false},
      {R"({ outside: [accounts] })", partner, true},
      {R"({ outside: [accounts, partners] })", partner, false},
      {R"({ outside: [accounts, partners] })", foreign, true},
      {R"({ outside: [organization] })", own, true},  // nothing says that it is a member
      {R"({ outside: [organization] })", foreign, false, "events:PutEvents",
       R"("aws:PrincipalOrgID": "o-exampleorgid")"},
      {R"({ outside: [organization] })", foreign, true, "events:PutEvents",
       R"("aws:PrincipalOrgID": "o-otherorgid")"},
      {R"({ outside: [own-account] })", own, false},
      {R"({ outside: [own-account] })", role("444455556666"), true},
      {R"({ outside: [named] })", partner, false},
      {R"({ outside: [named] })", foreign, true},
      {R"({ outside: ["999999999999"] })", foreign, false},
      {R"({ inside: ["999999999999"] })", foreign, true},
      {R"({ inside: [accounts] })", foreign, false},
      {R"({ inside: [accounts] })", own, true},
      // A service is neither; an unsigned request is outside where there are any.
      {R"({ outside: [accounts] })", std::string(kService), false},
      {R"({ inside: [accounts] })", std::string(kService), false},
      {R"({ outside: [accounts] })", std::string(kAnonymous), false, "events:PutEvents"},
      {R"({ outside: [accounts] })", std::string(kAnonymous), true, "s3:GetObject"},
      {R"({ inside: [accounts] })", std::string(kAnonymous), false, "s3:GetObject"},
      // As in a policy.
      {R"("*")", std::string(kService), true},
      {R"("*")", foreign, true},
      {R"({ AWS: "555566667777" })", partner, true},
      {R"({ AWS: "555566667777" })", foreign, false},
      {R"({ Service: events.amazonaws.com })", std::string(kService), true},
      {R"({ Service: sns.amazonaws.com })", std::string(kService), false},
  };
  Policies policies;
  policies.add_statement(bus_statement(R"({"AWS": "555566667777"})")).know_facts();
  for (const Row& row : rows) {
    SCOPED_TRACE(fmt::format("{} {} {} {}", row.principal, row.caller, row.action, row.context));
    const Claim claim = claim_of(fmt::format("    never-allowed: {{ principal: {} }}\n", row.principal));
    const BoundRegion region(*claim.never_allowed, policies.subjects.front(), policies.world.facts);
    EXPECT_EQ(region.holds(request_of(row.caller, row.action, kBus, row.context)), row.holds);
  }
}

TEST(ClaimRegion, OwnAccountOfNobodyKnowsWhatIsTheOwnerOfTheResource) {
  Policies policies;
  policies.add_statement(R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"})");
  const Claim claim = claim_of("    never-allowed: { principal: { outside: [own-account] } }\n");
  const BoundRegion region(*claim.never_allowed, policies.subjects.front(), {});
  EXPECT_FALSE(region.holds(request_of(role("111122223333"), "events:PutEvents", kBus)).surely());
  EXPECT_TRUE(region.holds(request_of(role("999999999999"), "events:PutEvents", kBus)).surely());
}

// ---- actions, resources, conditions

TEST(ClaimRegion, Parts) {
  struct Row {
    std::string_view region;
    bool holds;  // for events:PutEvents on the bus orders, source com.shop.orders
  };
  const Row rows[] = {
      {"{}", true},
      {"{ action: events:PutEvents }", true},
      {"{ action: [s3:*, 'EVENTS:put*'] }", true},
      {"{ action: s3:* }", false},
      {"{ not-action: s3:* }", true},
      {"{ not-action: events:* }", false},
      {"{ action: events:*, not-action: events:PutEvents }", false},
      {"{ action: events:*, not-action: events:PutRule }", true},
      {"{ resource: '*' }", true},
      {"{ resource: 'arn:aws:events:*:111122223333:event-bus/orders' }", true},
      {"{ resource: 'arn:aws:events:*:111122223333:event-bus/other' }", false},
      {"{ not-resource: 'arn:aws:events:*:111122223333:event-bus/*' }", false},
      {"{ not-resource: 'arn:aws:events:*:*:rule/*' }", true},
      {"{ resource: 'arn:aws:events:*:*:event-bus/*', not-resource: 'arn:aws:events:*:*:*/orders' }", false},
      {"{ resource: { outside: [accounts] } }", false},
      {"{ resource: { outside: ['999999999999'] } }", true},
      {"{ resource: { inside: [accounts] } }", true},
      {"{ resource: { inside: [partners] } }", false},
      {"{ resource: { outside: ['999999999999'], without-facts: ['111122223333'] } }",
       true},  // there are facts
      {"{ condition: { StringLike: { 'events:source': 'com.shop.*' } } }", true},
      {"{ condition: { StringLike: { 'events:source': 'com.partner.*' } } }", false},
      {"{ condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'a' } } }", true},  // the key is missing
      {"{ condition: { StringLike: { 'events:source': '*' }, 'Null': { 'aws:PrincipalTag/team': 'false' } } "
       "}",
       false},
  };
  Policies policies;
  policies.add_statement(bus_statement(R"("*")")).know_facts();
  const access::Request request =
      request_of(role("111122223333"), "events:PutEvents", kBus, R"("events:source": "com.shop.orders")");
  for (const Row& row : rows) {
    SCOPED_TRACE(row.region);
    const Claim claim = claim_of(fmt::format("    never-allowed: {}\n", row.region));
    const BoundRegion region(*claim.never_allowed, policies.subjects.front(), policies.world.facts);
    EXPECT_EQ(region.holds(request), row.holds);
  }
}

TEST(ClaimRegion, StarIsNobodysResource) {
  Policies policies;
  policies.add_statement(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})").know_facts();
  access::Request request = request_of(role("999999999999"), "events:ListEventBuses", "*");
  request.resource.account.clear();
  for (const std::string_view scope : {"outside", "inside"}) {
    const Claim claim = claim_of(
        fmt::format("    never-allowed: {{ resource: {{ {}: [own-account, accounts] }} }}\n", scope));
    const BoundRegion region(*claim.never_allowed, policies.subjects.front(), policies.world.facts);
    EXPECT_FALSE(region.holds(request).surely()) << scope;
  }
}

// ---- the two readings

TEST(ClaimRegion, FormulaAndPredicateAgree) {
  const std::string_view regions[] = {
      "{ principal: { outside: [organization, accounts, partners, own-account, named] }, action: "
      "events:PutEvents }",
      "{ principal: { outside: [own-account] } }",
      "{ principal: { inside: [organization] } }",
      "{ principal: { inside: [named, own-account] }, not-action: 'events:*' }",
      "{ principal: { outside: [accounts] }, not-resource: 'arn:aws:events:*:*:event-bus/*' }",
      "{ resource: { outside: [accounts, own-account] } }",
      "{ resource: { inside: [partners, named] } }",
      "{ principal: { AWS: ['111122223333', 'arn:aws:iam::444455556666:role/team/a'] } }",
      "{ principal: { Service: events.amazonaws.com } }",
      "{ action: ['s3:Get*', 'events:*'], condition: { StringNotEquals: { 'aws:PrincipalOrgID': "
      "'o-exampleorgid' } } }",
      "{ condition: { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'a*' }, Bool: { 'aws:SecureTransport': "
      "'true' } } }",
  };
  Policies policies;
  policies.add_statement(bus_statement(R"({"AWS": "555566667777"})"))
      .add_statement(R"({"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"})")
      .know_facts();
  std::vector<Claim> claims;
  for (const std::string_view region : regions)
    claims.push_back(claim_of(fmt::format("    never-allowed: {}\n", region)));

  std::size_t held = 0;
  tests::for_rounds(400, 71, [&](tests::Random& random) {
    const access::Request request = tests::random_request(random, tests::random_scene(random));
    for (std::size_t i = 0; i < claims.size(); ++i) {
      for (const Subject& subject : policies.subjects) {
        const logic::Facts facts = random.chance(70) ? policies.world.facts : logic::Facts();
        const BoundRegion region(*claims[i].never_allowed, subject, facts);
        patterns::PatternStore patterns;
        logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
        const logic::Formula formula = region.encode(symbolic);
        const bool holds = region.holds(request).surely();
        held += holds ? 1U : 0U;
        EXPECT_EQ(logic::holds(symbolic, formula, request), holds)
            << regions[i] << "\n"
            << access::name(request.principal.kind) << " " << request.principal.id << " " << request.action
            << " " << request.resource.arn << " of " << request.resource.account;
      }
    }
  });
  EXPECT_GT(held, 500U);
}

}  // namespace
}  // namespace grantproof::checks
