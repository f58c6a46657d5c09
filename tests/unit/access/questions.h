// SPDX-License-Identifier: Apache-2.0
//
// Callers, policies and targets from which the tests of the authorizer put their questions together.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/authorizer.h"
#include "support/test_policy.h"

namespace grantproof::access {

using policy::PolicyType;

inline constexpr Outcome kAllowed = Outcome::kAllowed;
inline constexpr Outcome kImplicit = Outcome::kImplicitlyDenied;
inline constexpr Outcome kExplicit = Outcome::kExplicitlyDenied;

// Owns the policies of one question.
class Policies {
 public:
  const policy::Policy* add(std::string_view json, PolicyType type) {
    owned_.push_back(std::make_unique<tests::TestPolicy>(tests::read_policy_text(json, type)));
    return &owned_.back()->policy;
  }
  PolicySet set;

 private:
  std::vector<std::unique_ptr<tests::TestPolicy>> owned_;
};

inline constexpr std::string_view kAllowAll =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";
inline constexpr std::string_view kAllowOther =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*"}]})";
inline constexpr std::string_view kDenyAll =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]})";

inline std::string resource_policy(std::string_view effect, std::string_view principal,
                                   bool with_resource = true) {
  return R"({"Version":"2012-10-17","Statement":[{"Sid":"S1","Effect":")" + std::string(effect) +
         R"(","Principal":)" + std::string(principal) + R"(,"Action":"*")" +
         (with_resource ? R"(,"Resource":"*")" : "") + "}]}";
}

inline Request request_of(std::string_view caller, std::string_view action, std::string_view arn,
                          std::string_view owner) {
  static const std::map<std::string_view, Caller> kCallers = {
      {"user", {CallerKind::kUser, "arn:aws:iam::111122223333:user/alice", "111122223333"}},
      {"role", {CallerKind::kRole, "arn:aws:iam::111122223333:role/app", "111122223333"}},
      {"session",
       {CallerKind::kAssumedRole, "arn:aws:sts::111122223333:assumed-role/app/cli", "111122223333"}},
      {"federated-user",
       {CallerKind::kFederatedUser, "arn:aws:sts::111122223333:federated-user/alice", "111122223333"}},
      {"root", {CallerKind::kRoot, "arn:aws:iam::111122223333:root", "111122223333"}},
      {"service", {CallerKind::kService, "events.amazonaws.com", ""}},
      {"federated", {CallerKind::kFederated, "accounts.google.com", ""}},
      {"anonymous", {CallerKind::kAnonymous, "", ""}},
      {"service-linked role",
       {CallerKind::kRole,
        "arn:aws:iam::111122223333:role/aws-service-role/events.amazonaws.com/AWSServiceRoleForX",
        "111122223333"}},
  };
  return {.principal = kCallers.at(caller),
          .action = std::string(action),
          .resource = {.arn = std::string(arn), .account = std::string(owner)},
          .context = {}};
}

// Layers by letter: I identity policy; B, S boundary and session policy that allow; b, s such that allow only
// something else.
inline void add_layers(Policies& policies, std::string_view letters) {
  for (const char letter : letters) {
    if (letter == 'I')
      policies.set.identity.push_back(policies.add(kAllowAll, PolicyType::kIdentity));
    if (letter == 'B' || letter == 'b') {
      policies.set.permissions_boundaries.push_back(
          policies.add(letter == 'B' ? kAllowAll : kAllowOther, PolicyType::kPermissionsBoundary));
    }
    if (letter == 'S' || letter == 's') {
      policies.set.session.push_back(
          policies.add(letter == 'S' ? kAllowAll : kAllowOther, PolicyType::kSession));
    }
  }
}

inline constexpr std::string_view kOwn = "111122223333";
inline constexpr std::string_view kForeign = "444455556666";

inline constexpr std::string_view kUserArn = R"({"AWS":"arn:aws:iam::111122223333:user/alice"})";
inline constexpr std::string_view kRoleArn = R"({"AWS":"arn:aws:iam::111122223333:role/app"})";
inline constexpr std::string_view kSessionArn = R"({"AWS":"arn:aws:sts::111122223333:assumed-role/app/cli"})";
inline constexpr std::string_view kFederatedUserArn =
    R"({"AWS":"arn:aws:sts::111122223333:federated-user/alice"})";
inline constexpr std::string_view kAccount = R"({"AWS":"111122223333"})";
inline constexpr std::string_view kEveryoneText = R"("*")";
inline constexpr std::string_view kNobody = "";

}  // namespace grantproof::access
