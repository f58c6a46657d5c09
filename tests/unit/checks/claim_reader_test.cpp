// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "checks/claim.h"
#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

TEST(ClaimReader, ReadsTheExampleOfTheReferencePage) {
  base::DiagnosticSink sink;
  const std::vector<Claim> claims = claims_of(R"(
version: 1
claims:
  - name: orders-bus-is-internal
    description: Only our organization and our partners put events on the orders bus.
    applies-to: event-bus
    never-allowed:
      principal: { outside: [organization, accounts, partners] }
      action: events:PutEvents
      resource: arn:aws:events:*:111122223333:event-bus/orders

  - name: reports-over-tls-only
    applies-to: [identity, trust]
    only-allowed:
      action: ["s3:Get*", "s3:List*"]
      not-resource: "arn:aws:s3:::shop-payroll/*"
      condition:
        Bool: { "aws:SecureTransport": "true" }
        ForAnyValue:StringLike: { "aws:TagKeys": ["a*", "b"] }
)",
                                              sink);
  ASSERT_TRUE(sink.diagnostics().empty()) << sink.diagnostics().front().message;
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].name, "orders-bus-is-internal");
  EXPECT_EQ(claims[0].applies_to, std::vector<std::string>{"event-bus"});
  ASSERT_TRUE(claims[0].never_allowed.has_value());
  EXPECT_FALSE(claims[0].only_allowed.has_value());
  EXPECT_EQ(claims[0].never_allowed->principal.outside,
            (std::vector<std::string>{"organization", "accounts", "partners"}));
  ASSERT_EQ(claims[0].never_allowed->resource.size(), 1U);
  EXPECT_EQ(claims[0].never_allowed->resource[0].text, "arn:aws:events:*:111122223333:event-bus/orders");

  EXPECT_EQ(claims[1].applies_to, (std::vector<std::string>{"identity", "trust"}));
  ASSERT_TRUE(claims[1].only_allowed.has_value());
  const ClaimRegion& region = *claims[1].only_allowed;
  EXPECT_TRUE(region.principal.any());
  EXPECT_EQ(region.action.size(), 2U);
  EXPECT_EQ(region.not_resource.size(), 1U);
  ASSERT_EQ(region.conditions.size(), 2U);
  EXPECT_EQ(region.conditions[0].op->name, "Bool");
  EXPECT_EQ(region.conditions[1].qualifier, policy::SetQualifier::kForAnyValue);
  EXPECT_EQ(region.conditions[1].values.size(), 2U);
}

TEST(ClaimReader, ReadsPrincipalsAsAPolicyHasThem) {
  struct Row {
    std::string_view yaml;
    std::vector<std::string> named;
  };
  const Row rows[] = {
      {R"("*")", {"*"}},
      {R"({ AWS: "555566667777" })", {"555566667777"}},
      {R"({ AWS: ["arn:aws:iam::555566667777:root", "arn:aws:iam::555566667777:role/a"] })",
       {"555566667777", "arn:aws:iam::555566667777:role/a"}},
      {R"({ Service: events.amazonaws.com })", {"events.amazonaws.com"}},
      {R"({ Federated: accounts.google.com })", {"accounts.google.com"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.yaml);
    const Claim claim = claim_of(fmt::format("    never-allowed: {{ principal: {} }}\n", row.yaml));
    EXPECT_EQ(claim.never_allowed->principal.named, row.named);
    ASSERT_TRUE(claim.never_allowed->principal.element.has_value());
    EXPECT_EQ(claim.never_allowed->principal.element->principals.size(), row.named.size());
    EXPECT_FALSE(claim.never_allowed->principal.any());
  }
}

TEST(ClaimReader, ReadsScopesOfResources) {
  const Claim claim =
      claim_of("    never-allowed:\n      resource: { outside: [accounts], without-facts: [named] }\n");
  EXPECT_TRUE(claim.never_allowed->resource.empty());
  EXPECT_EQ(claim.never_allowed->resource_scope.outside, std::vector<std::string>{"accounts"});
  EXPECT_EQ(claim.never_allowed->resource_scope.without_facts, std::vector<std::string>{"named"});
}

// ---- mistakes: each is said, and the claim is not taken for read

TEST(ClaimReader, SaysWhatIsWrong) {
  struct Row {
    std::string_view yaml;
    std::string_view message;
    std::size_t claims = 0;  // that are read all the same
  };
  const Row rows[] = {
      {"claims: 3", "no list `claims`"},
      {"version: 1", "no list `claims`"},
      {"version: 2\nclaims: []", "version of a claims file is 1"},
      {"claims:\n  - 3", "no object"},
      {"claims:\n  - never-allowed: {}", "has no name"},
      {"claims:\n  - name: a", "neither `never-allowed` nor `only-allowed`"},
      {"claims:\n  - { name: a, never-allowed: {}, only-allowed: {} }", "has both"},
      {"claims:\n  - { name: a, never-allowed: {} }\n  - { name: a, never-allowed: {} }",
       "two claims have the name", 1},
      {"claims:\n  - { name: a, never-alowed: {} }", "is no element of a claim"},
      {"claims:\n  - { name: a, never-allowed: { actions: x } }", "is no element of a region"},
      {"claims:\n  - { name: a, never-allowed: 3 }", "not an object"},
      {"claims:\n  - { name: a, applies-to: bus, never-allowed: {} }", "is no type of policy"},
      {"claims:\n  - { name: a, never-allowed: { principal: { outside: [friends] } } }", "is no scope"},
      {"claims:\n  - { name: a, never-allowed: { principal: { outside: [] } } }", ""},
      {"claims:\n  - { name: a, never-allowed: { principal: { AWS: nobody } } }", "`nobody`"},
      {"claims:\n  - { name: a, never-allowed: { action: [] } }", ""},
      {"claims:\n  - { name: a, never-allowed: { condition: { StringEqual: { \"aws:x\": \"y\" } } } }",
       "`StringEqual`"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.yaml);
    base::DiagnosticSink sink;
    const std::vector<Claim> claims = claims_of(row.yaml, sink);
    EXPECT_EQ(claims.size(), row.claims);
    ASSERT_FALSE(sink.diagnostics().empty());
    bool said = false;
    for (const base::Diagnostic& diagnostic : sink.diagnostics())
      said |= diagnostic.message.find(row.message) != std::string::npos;
    EXPECT_TRUE(said) << sink.diagnostics().front().message;
  }
}

}  // namespace
}  // namespace grantproof::checks
