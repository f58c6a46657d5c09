// SPDX-License-Identifier: Apache-2.0
#include "access/principal_match.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::access {
namespace {

using policy::Effect;
using policy::Principal;
using policy::PrincipalElement;
using policy::PrincipalType;

const Caller kAlice = {CallerKind::kUser, "arn:aws:iam::111122223333:user/alice", "111122223333"};
const Caller kAliceInTeam = {CallerKind::kUser, "arn:aws:iam::111122223333:user/team/alice", "111122223333"};
const Caller kRoleUnknownSession = {CallerKind::kRole, "arn:aws:iam::111122223333:role/path/to/app",
                                    "111122223333"};
const Caller kSession = {CallerKind::kAssumedRole, "arn:aws:sts::111122223333:assumed-role/app/cli",
                         "111122223333"};
const Caller kFederatedAlice = {CallerKind::kFederatedUser, "arn:aws:sts::111122223333:federated-user/alice",
                                "111122223333"};
const Caller kRootUser = {CallerKind::kRoot, "arn:aws:iam::111122223333:root", "111122223333"};
const Caller kEvents = {CallerKind::kService, "events.amazonaws.com", ""};
const Caller kGoogle = {CallerKind::kFederated, "accounts.google.com", ""};
const Caller kSaml = {CallerKind::kFederated, "arn:aws:iam::111122223333:saml-provider/Okta", "111122223333"};
const Caller kUnsigned = {CallerKind::kAnonymous, "", ""};

Principal aws(std::string arn) {
  return {PrincipalType::kAws, std::move(arn), {}};
}
Principal account(std::string id) {
  return {PrincipalType::kAccount, std::move(id), {}};
}
const Principal kEveryoneEntry = {PrincipalType::kEveryone, "*", {}};

TEST(MatchPrincipal, OneEntry) {
  struct Row {
    Principal entry;
    Caller caller;
    PrincipalMatch match;
  };
  const std::vector<Row> rows = {
      // "*": everyone, signed or not
      {kEveryoneEntry, kAlice, PrincipalMatch::kEveryone},
      {kEveryoneEntry, kEvents, PrincipalMatch::kEveryone},
      {kEveryoneEntry, kUnsigned, PrincipalMatch::kEveryone},
      // account: its principals, by delegation; no service, no unsigned caller
      {account("111122223333"), kAlice, PrincipalMatch::kByAccount},
      {account("111122223333"), kSession, PrincipalMatch::kByAccount},
      {account("111122223333"), kFederatedAlice, PrincipalMatch::kByAccount},
      {account("111122223333"), kRootUser, PrincipalMatch::kByAccount},
      {account("444455556666"), kAlice, PrincipalMatch::kNone},
      {account("111122223333"), kEvents, PrincipalMatch::kNone},
      {account("111122223333"), kUnsigned, PrincipalMatch::kNone},
      {account("111122223333"), kSaml, PrincipalMatch::kNone},
      // user: exactly, with its path and case; its federated sessions by role
      {aws("arn:aws:iam::111122223333:user/alice"), kAlice, PrincipalMatch::kDirect},
      {aws("arn:aws:iam::111122223333:user/Alice"), kAlice, PrincipalMatch::kNone},
      {aws("arn:aws:iam::111122223333:user/alice"), kAliceInTeam, PrincipalMatch::kNone},
      {aws("arn:aws:iam::444455556666:user/alice"), kAlice, PrincipalMatch::kNone},
      {aws("arn:aws-cn:iam::111122223333:user/alice"), kAlice, PrincipalMatch::kNone},
      {aws("arn:aws:iam::111122223333:user/alice"), kFederatedAlice, PrincipalMatch::kByRole},
      {aws("arn:aws:iam::111122223333:user/bob"), kFederatedAlice, PrincipalMatch::kNone},
      {aws("arn:aws:sts::111122223333:federated-user/alice"), kFederatedAlice, PrincipalMatch::kDirect},
      {aws("arn:aws:sts::111122223333:federated-user/alice"), kAlice, PrincipalMatch::kNone},
      // role: its sessions, whatever the path, which session ARNs lack
      {aws("arn:aws:iam::111122223333:role/path/to/app"), kSession, PrincipalMatch::kByRole},
      {aws("arn:aws:iam::111122223333:role/app"), kSession, PrincipalMatch::kByRole},
      {aws("arn:aws:iam::111122223333:role/my-app"), kSession, PrincipalMatch::kNone},
      {aws("arn:aws:iam::111122223333:role/App"), kSession, PrincipalMatch::kNone},
      {aws("arn:aws:iam::444455556666:role/app"), kSession, PrincipalMatch::kNone},
      {aws("arn:aws:iam::111122223333:user/app"), kSession, PrincipalMatch::kNone},
      {aws("arn:aws:iam::111122223333:role/path/to/app"), kRoleUnknownSession, PrincipalMatch::kByRole},
      {aws("arn:aws:iam::111122223333:role/app"), kRoleUnknownSession, PrincipalMatch::kNone},
      // session: exactly that one
      {aws("arn:aws:sts::111122223333:assumed-role/app/cli"), kSession, PrincipalMatch::kDirect},
      {aws("arn:aws:sts::111122223333:assumed-role/app/other"), kSession, PrincipalMatch::kNone},
      {aws("arn:aws:sts::111122223333:assumed-role/app/*"), kSession, PrincipalMatch::kNone},
      {aws("arn:aws:sts::111122223333:assumed-role/app/cli"), kRoleUnknownSession, PrincipalMatch::kNone},
      // services and providers by name
      {{PrincipalType::kService, "events.amazonaws.com", {}}, kEvents, PrincipalMatch::kDirect},
      {{PrincipalType::kService, "sns.amazonaws.com", {}}, kEvents, PrincipalMatch::kNone},
      {aws("events.amazonaws.com"), kEvents, PrincipalMatch::kNone},
      {{PrincipalType::kFederated, "accounts.google.com", {}}, kGoogle, PrincipalMatch::kDirect},
      {{PrincipalType::kFederated, "arn:aws:iam::111122223333:saml-provider/Okta", {}},
       kSaml,
       PrincipalMatch::kDirect},
      {{PrincipalType::kFederated, "arn:aws:iam::444455556666:saml-provider/Okta", {}},
       kSaml,
       PrincipalMatch::kNone},
      {{PrincipalType::kService, "accounts.google.com", {}}, kGoogle, PrincipalMatch::kNone},
      // ids of deleted principals, canonical users
      {aws("AIDACKCEVSQ6C2EXAMPLE"), kAlice, PrincipalMatch::kNone},
      {{PrincipalType::kCanonicalUser, "79a59df900b949e5", {}}, kAlice, PrincipalMatch::kNone},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(match_principal(row.entry, row.caller), row.match)
        << row.entry.value << " for " << row.caller.id;
  }
}

TEST(MatchPrincipal, TheStrongestWayCounts) {
  const PrincipalElement element = {.negated = false,
                                    .principals = {account("111122223333"),
                                                   aws("arn:aws:iam::111122223333:role/app"),
                                                   {PrincipalType::kService, "events.amazonaws.com", {}}},
                                    .span = {}};
  EXPECT_EQ(match_principal(element, Effect::kAllow, kSession, false), PrincipalMatch::kByRole);
  EXPECT_EQ(match_principal(element, Effect::kAllow, kAlice, false), PrincipalMatch::kByAccount);
  EXPECT_EQ(match_principal(element, Effect::kAllow, kEvents, false), PrincipalMatch::kDirect);
  EXPECT_EQ(match_principal(element, Effect::kAllow, kUnsigned, false), PrincipalMatch::kNone);
}

TEST(MatchPrincipal, NotPrincipal) {
  struct Row {
    std::vector<Principal> listed;
    Caller caller;
    bool covered;  // is the caller one of those that are left?
  };
  const std::vector<Row> rows = {
      {{aws("arn:aws:iam::111122223333:user/alice")}, kAlice, false},
      {{aws("arn:aws:iam::111122223333:user/bob")}, kAlice, true},
      {{aws("arn:aws:iam::111122223333:user/bob"), aws("arn:aws:iam::111122223333:user/alice")},
       kAlice,
       false},
      // an account entry leaves out its root user only
      {{account("111122223333")}, kAlice, true},
      {{account("111122223333")}, kSession, true},
      {{account("111122223333")}, kRootUser, false},
      {{account("444455556666")}, kRootUser, true},
      {{aws("arn:aws:iam::111122223333:role/path/to/app"), account("111122223333")},
       kRoleUnknownSession,
       false},
      {{aws("arn:aws:sts::111122223333:assumed-role/app/cli"), aws("arn:aws:iam::111122223333:role/app")},
       kSession,
       false},
      {{{PrincipalType::kService, "config.amazonaws.com", {}}}, kEvents, true},
      {{{PrincipalType::kService, "events.amazonaws.com", {}}}, kEvents, false},
      {{aws("arn:aws:iam::111122223333:user/alice")}, kUnsigned, true},
      {{kEveryoneEntry}, kAlice, false},
  };
  for (const Row& row : rows) {
    const PrincipalElement element = {.negated = true, .principals = row.listed, .span = {}};
    const PrincipalMatch expected = row.covered ? PrincipalMatch::kEveryone : PrincipalMatch::kNone;
    EXPECT_EQ(match_principal(element, Effect::kDeny, row.caller, false), expected) << row.caller.id;
    EXPECT_EQ(match_principal(element, Effect::kAllow, row.caller, false), expected) << row.caller.id;
    // a Deny reaches every caller with a permissions boundary
    EXPECT_EQ(match_principal(element, Effect::kDeny, row.caller, true), PrincipalMatch::kEveryone)
        << row.caller.id;
    EXPECT_EQ(match_principal(element, Effect::kAllow, row.caller, true), expected) << row.caller.id;
  }
}

TEST(MayCoverUnseen, CanonicalUsersAreAccounts) {
  const PrincipalElement element = {
      .negated = false, .principals = {{PrincipalType::kCanonicalUser, "79a59df900b949e5", {}}}, .span = {}};
  EXPECT_TRUE(may_cover_unseen(element, kAlice));
  EXPECT_TRUE(may_cover_unseen(element, kSession));
  EXPECT_FALSE(may_cover_unseen(element, kUnsigned));
  EXPECT_FALSE(may_cover_unseen(element, kEvents));
  EXPECT_FALSE(
      may_cover_unseen({.negated = false, .principals = {account("111122223333")}, .span = {}}, kAlice));
}

TEST(IsServiceLinkedRole, ByItsPath) {
  EXPECT_TRUE(is_service_linked_role(
      "arn:aws:iam::111122223333:role/aws-service-role/events.amazonaws.com/AWSServiceRoleForEvents"));
  EXPECT_FALSE(is_service_linked_role("arn:aws:iam::111122223333:role/AWSServiceRoleForEvents"));
  EXPECT_FALSE(is_service_linked_role("arn:aws:s3:::role/aws-service-role/x"));
  EXPECT_FALSE(is_service_linked_role(""));
}

}  // namespace
}  // namespace grantproof::access
