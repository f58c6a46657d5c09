// SPDX-License-Identifier: Apache-2.0
#include "access/authorizer.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unit/access/questions.h"

namespace grantproof::access {
namespace {

// ---- denials and guardrails
// -----------------------------------------------------------------------------------

constexpr std::string_view kBusArn = "arn:aws:events:us-east-1:111122223333:event-bus/orders";

Request put_events(std::string_view caller) {
  return request_of(caller, "events:PutEvents", kBusArn, kOwn);
}

TEST(Decide, ADenyInAnyLayerWins) {
  using Add = void (*)(Policies&);
  const std::vector<std::pair<PolicyLayer, Add>> layers = {
      {PolicyLayer::kIdentity,
       [](Policies& p) { p.set.identity.push_back(p.add(kDenyAll, PolicyType::kIdentity)); }},
      {PolicyLayer::kResource,
       [](Policies& p) { p.set.resource = p.add(resource_policy("Deny", R"("*")"), PolicyType::kResource); }},
      {PolicyLayer::kPermissionsBoundary,
       [](Policies& p) {
         p.set.permissions_boundaries = {p.add(kDenyAll, PolicyType::kPermissionsBoundary)};
       }},
      {PolicyLayer::kSession, [](Policies& p) { p.set.session = {p.add(kDenyAll, PolicyType::kSession)}; }},
      {PolicyLayer::kServiceControl,
       [](Policies& p) {
         p.set.service_control = {{"r-ab12", {p.add(kAllowAll, PolicyType::kServiceControl)}},
                                  {std::string(kOwn), {p.add(kDenyAll, PolicyType::kServiceControl)}}};
       }},
      {PolicyLayer::kVpcEndpoint,
       [](Policies& p) {
         p.set.vpc_endpoint = {p.add(resource_policy("Deny", R"("*")"), PolicyType::kVpcEndpoint)};
       }},
      {PolicyLayer::kResourceControl,
       [](Policies& p) {
         p.set.resource_control = {
             {"r-ab12", {p.add(resource_policy("Deny", R"("*")"), PolicyType::kResourceControl)}}};
       }},
  };
  for (const auto& [layer, add] : layers) {
    Policies policies;
    add_layers(policies, "I");
    add(policies);
    const Decision decision = decide(put_events("user"), policies.set);
    EXPECT_EQ(decision.outcome, kExplicit) << name(layer);
    EXPECT_EQ(decision.stopped_by, layer) << name(layer);
    ASSERT_EQ(decision.determining.size(), 1U) << name(layer);
    EXPECT_EQ(decision.determining.front().layer, layer);
    EXPECT_EQ(find_statement(policies.set, decision.determining.front()).effect, policy::Effect::kDeny);
  }
}

TEST(Decide, ADenyAlsoStopsADirectGrant) {
  Policies policies;
  policies.set.resource = policies.add(resource_policy("Allow", kUserArn), PolicyType::kResource);
  policies.set.permissions_boundaries = {policies.add(kDenyAll, PolicyType::kPermissionsBoundary)};
  EXPECT_EQ(decide(put_events("user"), policies.set).outcome, kExplicit);
}

TEST(Decide, EveryLevelOfServiceControlPoliciesMustAllow) {
  struct Level {
    std::vector<std::string_view> policies;
  };
  struct ScpRow {
    std::vector<Level> levels;
    Outcome outcome;
    std::optional<std::uint32_t> stopped_at;  // level
  };
  const std::vector<ScpRow> rows = {
      {{}, kAllowed, {}},
      {{{{kAllowAll}}, {{kAllowAll}}}, kAllowed, {}},
      {{{{kAllowAll}}, {{kAllowOther}}}, kImplicit, 1},
      {{{{kAllowOther}}, {{kAllowAll}}}, kImplicit, 0},
      {{{{kAllowOther, kAllowAll}}, {{kAllowAll}}}, kAllowed, {}},  // policies of one level add up
      {{{{kAllowAll}}, {{}}, {{kAllowAll}}}, kImplicit, 1},         // a level without policies allows nothing
  };
  for (const ScpRow& row : rows) {
    Policies policies;
    add_layers(policies, "I");
    for (const Level& level : row.levels) {
      OrganizationLevel& added = policies.set.service_control.emplace_back();
      added.entity = "level-" + std::to_string(policies.set.service_control.size() - 1);
      for (const std::string_view text : level.policies) {
        added.policies.push_back(policies.add(text, PolicyType::kServiceControl));
      }
    }
    const Decision decision = decide(put_events("user"), policies.set);
    EXPECT_EQ(decision.outcome, row.outcome) << decision.reason;
    if (row.stopped_at.has_value()) {
      EXPECT_EQ(decision.stopped_by, PolicyLayer::kServiceControl);
      EXPECT_NE(decision.reason.find("level-" + std::to_string(*row.stopped_at)), std::string::npos)
          << decision.reason;
    }
  }
}

TEST(Decide, WhomServiceControlPoliciesReach) {
  const std::vector<std::pair<std::string_view, Outcome>> rows = {
      {"user", kExplicit},     {"session", kExplicit},
      {"root", kExplicit},     {"federated-user", kExplicit},
      {"service", kAllowed},   {"federated", kAllowed},
      {"anonymous", kAllowed}, {"service-linked role", kAllowed},
  };
  for (const auto& [caller, outcome] : rows) {
    Policies policies;
    policies.set.resource = policies.add(resource_policy("Allow", R"("*")"), PolicyType::kResource);
    policies.set.service_control = {{"r-ab12", {policies.add(kDenyAll, PolicyType::kServiceControl)}}};
    EXPECT_EQ(decide(put_events(caller), policies.set).outcome, outcome) << caller;
  }
}

TEST(Decide, WhatResourceControlPoliciesReach) {
  struct RcpRow {
    std::string_view caller;
    std::string_view action;
    std::string_view arn;
    Outcome outcome;
  };
  const std::vector<RcpRow> rows = {
      {"user", "s3:GetObject", "arn:aws:s3:::bucket/x", kExplicit},
      {"user", "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q", kExplicit},
      {"root", "s3:GetObject", "arn:aws:s3:::bucket/x", kExplicit},
      {"service", "s3:GetObject", "arn:aws:s3:::bucket/x", kExplicit},
      {"anonymous", "s3:GetObject", "arn:aws:s3:::bucket/x", kExplicit},
      {"federated", "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/web", kExplicit},
      // not these
      {"service-linked role", "s3:GetObject", "arn:aws:s3:::bucket/x", kAllowed},
      {"service", "sts:AssumeRole", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X",
       kAllowed},
      {"user", "kms:RetireGrant", "arn:aws:kms:us-east-1:111122223333:key/k", kAllowed},
      {"user", "s3:ListAllMyBuckets", "*", kAllowed},                         // no resource type
      {"user", "iam:GetRole", "arn:aws:iam::111122223333:role/r", kAllowed},  // no service with RCPs
      {"user", "ec2:StartInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i", kAllowed},
  };
  for (const RcpRow& row : rows) {
    Policies policies;
    add_layers(policies, "I");
    policies.set.resource = policies.add(resource_policy("Allow", R"("*")"), PolicyType::kResource);
    policies.set.resource_control = {
        {"r-ab12", {policies.add(resource_policy("Deny", R"("*")"), PolicyType::kResourceControl)}}};
    const Decision decision = decide(request_of(row.caller, row.action, row.arn, kOwn), policies.set);
    EXPECT_EQ(decision.outcome, row.outcome) << row.caller << ' ' << row.action << ": " << decision.reason;
  }
}

TEST(Decide, ResourceControlPoliciesNeedNoAllow) {
  Policies policies;
  add_layers(policies, "I");
  policies.set.resource_control = {{"r-ab12", {}}};
  EXPECT_EQ(decide(put_events("user"), policies.set).outcome, kAllowed);
}

TEST(Decide, AVpcEndpointPolicyMustAllowWhatPassesIt) {
  struct EndpointRow {
    std::string policy;
    Outcome outcome;
  };
  const std::vector<EndpointRow> rows = {
      {resource_policy("Allow", R"("*")"), kAllowed},
      {resource_policy("Allow", kAccount), kAllowed},
      {resource_policy("Allow", R"({"AWS":"444455556666"})"), kImplicit},
      {std::string(kAllowAll), kImplicit},  // no Principal: matches nothing
  };
  for (const EndpointRow& row : rows) {
    Policies policies;
    policies.set.resource = policies.add(resource_policy("Allow", kUserArn), PolicyType::kResource);
    policies.set.vpc_endpoint = {policies.add(row.policy, PolicyType::kVpcEndpoint)};
    const Decision decision = decide(put_events("user"), policies.set);
    EXPECT_EQ(decision.outcome, row.outcome) << row.policy << decision.reason;
    if (row.outcome == kImplicit) {
      EXPECT_EQ(decision.stopped_by, PolicyLayer::kVpcEndpoint);
    }
  }
}

TEST(Decide, NotPrincipal) {
  const auto text = [](std::string_view effect, std::string_view listed) {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":")" + std::string(effect) +
           R"(","NotPrincipal":)" + std::string(listed) + R"(,"Action":"*","Resource":"*"}]})";
  };
  const std::string both =
      R"({"AWS":["arn:aws:iam::111122223333:user/alice","arn:aws:iam::111122223333:root"]})";
  Policies policies;
  add_layers(policies, "IB");
  policies.set.resource = policies.add(text("Deny", both), PolicyType::kResource);
  EXPECT_EQ(decide(put_events("user"), policies.set).outcome, kExplicit) << "a boundary undoes the exemption";
  policies.set.permissions_boundaries.clear();
  EXPECT_EQ(decide(put_events("user"), policies.set).outcome, kAllowed);
  EXPECT_EQ(decide(put_events("root"), policies.set).outcome, kAllowed);
  EXPECT_EQ(decide(put_events("session"), policies.set).outcome, kExplicit)
      << "of the listed account, not listed";
  policies.set.identity.clear();
  policies.set.resource = policies.add(text("Allow", both), PolicyType::kResource);
  EXPECT_EQ(decide(put_events("anonymous"), policies.set).outcome, kAllowed);
  EXPECT_EQ(decide(put_events("user"), policies.set).outcome, kImplicit);
}

// ---- special actions and resources
// ----------------------------------------------------------------------------

TEST(Decide, GetCallerIdentityNeedsNoPermission) {
  Policies policies;
  policies.set.identity.push_back(policies.add(kDenyAll, PolicyType::kIdentity));
  EXPECT_EQ(decide(request_of("user", "sts:GetCallerIdentity", "*", kOwn), policies.set).outcome, kAllowed);
  EXPECT_EQ(decide(request_of("user", "STS:getcalleridentity", "*", kOwn), policies.set).outcome, kAllowed);
  EXPECT_EQ(decide(request_of("anonymous", "sts:GetCallerIdentity", "*", kOwn), policies.set).outcome,
            kImplicit);
}

TEST(Decide, ActionsWithoutResources) {
  Policies policies;
  policies.set.identity.push_back(policies.add(
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"arn:aws:kms:*:*:*"}]})",
      PolicyType::kIdentity));
  EXPECT_EQ(decide(request_of("user", "kms:ListKeys", "*", kOwn), policies.set).outcome, kImplicit);
  add_layers(policies, "I");
  EXPECT_EQ(decide(request_of("user", "kms:ListKeys", "*", kOwn), policies.set).outcome, kAllowed);
  EXPECT_EQ(decide(request_of("user", "kms:ListKeys", "*", ""), policies.set).outcome, kAllowed);
}

TEST(Decide, WhoOwnsTheResource) {
  struct OwnerRow {
    std::string_view arn;
    std::string_view account;
    Outcome outcome;  // with identity policies only
  };
  const std::vector<OwnerRow> rows = {
      {"arn:aws:s3:::bucket/x", kOwn, kAllowed},
      {"arn:aws:s3:::bucket/x", kForeign, kImplicit},
      {"arn:aws:s3:::bucket/x", "", kAllowed},
      {"arn:aws:sqs:us-east-1:444455556666:q", "", kImplicit},
      {"arn:aws:sqs:us-east-1:111122223333:q", "", kAllowed},
      {"arn:aws:iam::aws:policy/ReadOnlyAccess", "", kAllowed},
  };
  for (const OwnerRow& row : rows) {
    Policies policies;
    add_layers(policies, "I");
    EXPECT_EQ(decide(request_of("user", "s3:GetObject", row.arn, row.account), policies.set).outcome,
              row.outcome)
        << row.arn << ' ' << row.account;
  }
}

// ---- what a decision tells
// ------------------------------------------------------------------------------------

TEST(Decide, NamesTheStatementsThatDecided) {
  Policies policies;
  policies.set.identity.push_back(policies.add(kAllowOther, PolicyType::kIdentity));
  policies.set.identity.push_back(policies.add(
      R"({"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"ec2:*","Resource":"*"},
            {"Sid":"Put","Effect":"Allow","Action":"events:Put*","Resource":"*"}]})",
      PolicyType::kIdentity));
  policies.set.permissions_boundaries = {policies.add(kAllowAll, PolicyType::kPermissionsBoundary)};
  policies.set.service_control = {{"r-ab12", {policies.add(kAllowAll, PolicyType::kServiceControl)}}};
  Decision decision = decide(put_events("user"), policies.set);
  const std::vector<StatementRef> carrying = {
      {.layer = PolicyLayer::kIdentity, .level = 0, .policy = 1, .statement = 1},
      {.layer = PolicyLayer::kPermissionsBoundary, .level = 0, .policy = 0, .statement = 0},
      {.layer = PolicyLayer::kServiceControl, .level = 0, .policy = 0, .statement = 0}};
  EXPECT_EQ(decision.determining, carrying);
  EXPECT_EQ(decision.reason, "an identity policy allows events:PutEvents on " + std::string(kBusArn));
  EXPECT_EQ(find_statement(policies.set, carrying.front()).sid, "Put");
  EXPECT_EQ(find_policy(policies.set, carrying[2]), policies.set.service_control[0].policies[0]);

  // a direct grant rests on the resource policy alone
  policies.set.resource = policies.add(resource_policy("Allow", kUserArn), PolicyType::kResource);
  decision = decide(put_events("user"), policies.set);
  ASSERT_EQ(decision.determining.size(), 2U);
  EXPECT_EQ(decision.determining[0].layer, PolicyLayer::kResource);
  EXPECT_EQ(decision.determining[1].layer, PolicyLayer::kServiceControl);

  // not enough: the Allow statements that apply
  policies.set.resource = nullptr;
  policies.set.permissions_boundaries = {policies.add(kAllowOther, PolicyType::kPermissionsBoundary)};
  decision = decide(put_events("user"), policies.set);
  EXPECT_EQ(decision.outcome, kImplicit);
  EXPECT_EQ(decision.stopped_by, PolicyLayer::kPermissionsBoundary);
  EXPECT_EQ(decision.determining.size(), 2U);
}

TEST(Decide, SaysWhichStatementsNobodyUnderstood) {
  // An operator that does not exist: a Deny that might have stopped the request.
  const std::string_view deny = R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Deny","Action":"events:*","Resource":"*","Condition":{"StringSame":{"aws:username":"bob"}}}]})";
  const std::string_view allow = R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"events:*","Resource":"*","Condition":{"StringSame":{"aws:username":"bob"}}}]})";
  const std::string_view elsewhere = R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringSame":{"aws:username":"bob"}}}]})";
  struct DoubtRow {
    std::string_view layers;
    std::string_view policy;
    Outcome outcome;
    std::size_t doubts;
  };
  const std::vector<DoubtRow> rows = {
      {"I", deny, kAllowed, 1},       // could be denied
      {"I", allow, kAllowed, 0},      // is allowed anyway
      {"I", elsewhere, kAllowed, 0},  // speaks of something else
      {"", allow, kImplicit, 1},      // could be allowed
      {"", deny, kImplicit, 1},       // could be denied explicitly
      {"", elsewhere, kImplicit, 0},
  };
  for (const DoubtRow& row : rows) {
    Policies policies;
    add_layers(policies, row.layers);
    policies.set.identity.push_back(policies.add(row.policy, PolicyType::kIdentity));
    ASSERT_FALSE(policies.set.identity.back()->statements.front().understood);
    const Decision decision = decide(put_events("user"), policies.set);
    EXPECT_EQ(decision.outcome, row.outcome) << row.policy;
    EXPECT_EQ(decision.not_understood.size(), row.doubts) << row.policy;
  }
  // an explicit denial cannot change any more
  Policies policies;
  policies.set.identity = {policies.add(kDenyAll, PolicyType::kIdentity),
                           policies.add(allow, PolicyType::kIdentity)};
  EXPECT_TRUE(decide(put_events("user"), policies.set).not_understood.empty());
}

TEST(Decide, CanonicalUsersAreADoubt) {
  Policies policies;
  policies.set.resource = policies.add(
      resource_policy(
          "Allow", R"({"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})"),
      PolicyType::kResource);
  const Decision decision =
      decide(request_of("user", "s3:GetObject", "arn:aws:s3:::bucket/x", kOwn), policies.set);
  EXPECT_EQ(decision.outcome, kImplicit);
  EXPECT_EQ(decision.not_understood.size(), 1U);
}

TEST(Names, OfOutcomesAndLayers) {
  EXPECT_EQ(name(kAllowed), "Allowed");
  EXPECT_EQ(name(kImplicit), "ImplicitlyDenied");
  EXPECT_EQ(name(kExplicit), "ExplicitlyDenied");
  EXPECT_EQ(name(PolicyLayer::kIdentity), "identity policy");
  EXPECT_EQ(name(PolicyLayer::kVpcEndpoint), "VPC endpoint policy");
}

}  // namespace
}  // namespace grantproof::access
