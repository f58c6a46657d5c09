// SPDX-License-Identifier: Apache-2.0
//
// One table for each formula of composition in access/authorizer.cpp.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/authorizer.h"
#include "unit/access/questions.h"

namespace grantproof::access {
namespace {

struct Target {
  std::string_view action;
  std::string_view arn;  // without its account's twelve digits where ':A:' stands
  PolicyType type;
};
const std::map<std::string_view, Target> kTargets = {
    {"bus", {"events:PutEvents", "arn:aws:events:us-east-1:A:event-bus/orders", PolicyType::kResource}},
    {"role", {"sts:AssumeRole", "arn:aws:iam::A:role/target", PolicyType::kTrust}},
    {"key",
     {"kms:Decrypt", "arn:aws:kms:us-east-1:A:key/1234abcd-12ab-34cd-56ef-1234567890ab", PolicyType::kKey}},
    {"alias", {"kms:Decrypt", "arn:aws:kms:us-east-1:A:alias/orders", PolicyType::kResource}},
};

// ---- composition: who, where, what the resource policy and the other layers say
// -------------------------------

struct Row {
  std::string_view target;
  std::string_view owner;
  std::string_view caller;
  std::string_view principal;  // of the resource policy's Allow; kNobody: there is no resource policy
  std::string_view layers;
  Outcome outcome;
  std::optional<PolicyLayer> stopped_by;
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    Policies policies;
    const Target& target = kTargets.at(row.target);
    std::string arn(target.arn);
    arn.replace(arn.find(":A:") + 1, 1, row.owner);
    if (row.principal != kNobody) {
      policies.set.resource = policies.add(
          resource_policy("Allow", row.principal, target.type != PolicyType::kTrust), target.type);
    }
    add_layers(policies, row.layers);
    const Decision decision = decide(request_of(row.caller, target.action, arn, row.owner), policies.set);
    const std::string label = std::string(row.target) + " of " + std::string(row.owner) + " by " +
                              std::string(row.caller) + ", " + std::string(row.principal) + ", layers " +
                              std::string(row.layers) + ": " + decision.reason;
    EXPECT_EQ(name(decision.outcome), name(row.outcome)) << label;
    EXPECT_EQ(decision.stopped_by, row.stopped_by) << label;
    EXPECT_TRUE(decision.not_understood.empty()) << label;
    EXPECT_FALSE(decision.reason.empty()) << label;
  }
}

constexpr std::nullopt_t kNone = std::nullopt;

TEST(Composition, WithinOneAccount) {
  expect_rows({
      // identity policies alone, within boundary and session policies
      {"bus", kOwn, "user", kNobody, "I", kAllowed, kNone},
      {"bus", kOwn, "user", kNobody, "", kImplicit, PolicyLayer::kIdentity},
      {"bus", kOwn, "user", kNobody, "IB", kAllowed, kNone},
      {"bus", kOwn, "user", kNobody, "Ib", kImplicit, PolicyLayer::kPermissionsBoundary},
      {"bus", kOwn, "session", kNobody, "IBS", kAllowed, kNone},
      {"bus", kOwn, "session", kNobody, "IBs", kImplicit, PolicyLayer::kSession},
      {"bus", kOwn, "user", kNobody, "B", kImplicit, PolicyLayer::kIdentity},
      // the resource policy alone: the caller itself, whatever boundary and session policies leave out
      {"bus", kOwn, "user", kUserArn, "", kAllowed, kNone},
      {"bus", kOwn, "user", kUserArn, "b", kAllowed, kNone},
      {"bus", kOwn, "session", kSessionArn, "bs", kAllowed, kNone},
      {"bus", kOwn, "federated-user", kFederatedUserArn, "bs", kAllowed, kNone},
      {"bus", kOwn, "session", kEveryoneText, "bs", kAllowed, kNone},
      // its role, or the user of a federated session: within boundary and session policies
      {"bus", kOwn, "session", kRoleArn, "", kAllowed, kNone},
      {"bus", kOwn, "session", kRoleArn, "BS", kAllowed, kNone},
      {"bus", kOwn, "session", kRoleArn, "b", kImplicit, PolicyLayer::kPermissionsBoundary},
      {"bus", kOwn, "session", kRoleArn, "s", kImplicit, PolicyLayer::kSession},
      {"bus", kOwn, "role", kRoleArn, "", kAllowed, kNone},
      {"bus", kOwn, "role", kRoleArn, "b", kImplicit, PolicyLayer::kPermissionsBoundary},
      {"bus", kOwn, "role", kSessionArn, "", kImplicit, PolicyLayer::kIdentity},
      {"bus", kOwn, "federated-user", kUserArn, "", kAllowed, kNone},
      {"bus", kOwn, "federated-user", kUserArn, "s", kImplicit, PolicyLayer::kSession},
      // its account: hands on to the identity policies, which would be enough without
      {"bus", kOwn, "user", kAccount, "", kImplicit, PolicyLayer::kIdentity},
      {"bus", kOwn, "user", kAccount, "I", kAllowed, kNone},
      {"bus", kOwn, "user", kAccount, "Ib", kImplicit, PolicyLayer::kPermissionsBoundary},
      // the root user needs no policy
      {"bus", kOwn, "root", kNobody, "", kAllowed, kNone},
      {"alias", kOwn, "user", kNobody, "I", kAllowed, kNone},
  });
}

TEST(Composition, AcrossAccounts) {
  expect_rows({
      // both must allow
      {"bus", kForeign, "user", kUserArn, "I", kAllowed, kNone},
      {"bus", kForeign, "user", kUserArn, "", kImplicit, PolicyLayer::kIdentity},
      {"bus", kForeign, "user", kNobody, "I", kImplicit, PolicyLayer::kResource},
      {"bus", kForeign, "user", kAccount, "I", kAllowed, kNone},
      {"bus", kForeign, "user", kEveryoneText, "I", kAllowed, kNone},
      {"bus", kForeign, "user", kEveryoneText, "", kImplicit, PolicyLayer::kIdentity},
      {"bus", kForeign, "session", kRoleArn, "IBS", kAllowed, kNone},
      {"bus", kForeign, "user", R"({"AWS":"444455556666"})", "I", kImplicit, PolicyLayer::kResource},
      // no grant goes past boundary and session policies here
      {"bus", kForeign, "session", kSessionArn, "Ib", kImplicit, PolicyLayer::kPermissionsBoundary},
      {"bus", kForeign, "session", kSessionArn, "Is", kImplicit, PolicyLayer::kSession},
      {"bus", kForeign, "root", kAccount, "", kAllowed, kNone},
      {"bus", kForeign, "root", kNobody, "", kImplicit, PolicyLayer::kResource},
  });
}

TEST(Composition, TrustAndKeyPolicies) {
  for (const std::string_view target : {"role", "key"}) {
    expect_rows({
        // without a word of the trust or key policy identity policies are powerless
        {target, kOwn, "user", kNobody, "I", kImplicit, PolicyLayer::kResource},
        {target, kOwn, "root", kNobody, "", kImplicit, PolicyLayer::kResource},
        {target, kOwn, "user", R"({"AWS":"444455556666"})", "I", kImplicit, PolicyLayer::kResource},
        // the account: then they decide
        {target, kOwn, "user", kAccount, "I", kAllowed, kNone},
        {target, kOwn, "user", kAccount, "", kImplicit, PolicyLayer::kIdentity},
        {target, kOwn, "user", kAccount, "Ib", kImplicit, PolicyLayer::kPermissionsBoundary},
        {target, kOwn, "session", kAccount, "Is", kImplicit, PolicyLayer::kSession},
        {target, kOwn, "root", kAccount, "", kAllowed, kNone},
        // the caller: no identity policy needed
        {target, kOwn, "user", kUserArn, "b", kAllowed, kNone},
        {target, kOwn, "session", kSessionArn, "bs", kAllowed, kNone},
        {target, kOwn, "user", kEveryoneText, "", kAllowed, kNone},
        {target, kOwn, "session", kRoleArn, "", kAllowed, kNone},
        {target, kOwn, "session", kRoleArn, "b", kImplicit, PolicyLayer::kPermissionsBoundary},
        // across accounts both sides
        {target, kForeign, "user", kUserArn, "I", kAllowed, kNone},
        {target, kForeign, "user", kUserArn, "", kImplicit, PolicyLayer::kIdentity},
        {target, kForeign, "user", kAccount, "I", kAllowed, kNone},
        {target, kForeign, "user", kEveryoneText, "", kImplicit, PolicyLayer::kIdentity},
        {target, kForeign, "session", kRoleArn, "Is", kImplicit, PolicyLayer::kSession},
    });
  }
}

TEST(Composition, CallersWithoutIdentityPolicies) {
  expect_rows({
      {"bus", kForeign, "service", R"({"Service":"events.amazonaws.com"})", "", kAllowed, kNone},
      {"bus", kForeign, "service", R"({"Service":"sns.amazonaws.com"})", "", kImplicit,
       PolicyLayer::kResource},
      {"bus", kForeign, "service", kEveryoneText, "", kAllowed, kNone},
      {"bus", kForeign, "service", R"({"AWS":"444455556666"})", "", kImplicit, PolicyLayer::kResource},
      {"bus", kForeign, "service", kNobody, "I", kImplicit, PolicyLayer::kResource},
      {"role", kForeign, "service", R"({"Service":"events.amazonaws.com"})", "", kAllowed, kNone},
      {"key", kForeign, "service", R"({"Service":"events.amazonaws.com"})", "", kAllowed, kNone},
      {"role", kForeign, "federated", R"({"Federated":"accounts.google.com"})", "", kAllowed, kNone},
      {"role", kForeign, "federated", R"({"Federated":"www.amazon.com"})", "", kImplicit,
       PolicyLayer::kResource},
      {"role", kForeign, "federated", R"({"AWS":"444455556666"})", "", kImplicit, PolicyLayer::kResource},
      {"bus", kForeign, "anonymous", kEveryoneText, "", kAllowed, kNone},
      {"bus", kForeign, "anonymous", R"({"AWS":"*"})", "", kAllowed, kNone},
      {"bus", kForeign, "anonymous", R"({"AWS":"444455556666"})", "", kImplicit, PolicyLayer::kResource},
      {"bus", kForeign, "anonymous", kNobody, "", kImplicit, PolicyLayer::kResource},
  });
}

}  // namespace
}  // namespace grantproof::access
