// SPDX-License-Identifier: Apache-2.0
//
// Is this request one that can be? Pairs of concrete requests, most alike but for one key; the rules are
// asked without a solver.
#include "logic/request_space.h"

#include <gtest/gtest.h>

#include "logic/interpret.h"
#include "support/test_policy.h"

namespace grantproof::logic {
namespace {

constexpr std::string_view kUser =
    R"("principal":{"type":"user","id":"arn:aws:iam::111122223333:user/alice","account":"111122223333"})";
constexpr std::string_view kRole =
    R"("principal":{"type":"assumed-role","id":"arn:aws:sts::111122223333:assumed-role/app/cli",
                    "account":"111122223333"})";
constexpr std::string_view kRoot =
    R"("principal":{"type":"root","id":"arn:aws:iam::111122223333:root","account":"111122223333"})";
constexpr std::string_view kService = R"("principal":{"type":"service","id":"events.amazonaws.com"})";
constexpr std::string_view kAnonymousCaller = R"("principal":{"type":"anonymous"})";

constexpr std::string_view kGetObject =
    R"("action":"s3:GetObject","resource":{"arn":"arn:aws:s3:::shop/a","accountId":"111122223333"})";
constexpr std::string_view kPutEvents =
    R"("action":"events:PutEvents",
       "resource":{"arn":"arn:aws:events:us-east-1:111122223333:event-bus/b","accountId":"111122223333"})";
constexpr std::string_view kPutRule =
    R"("action":"events:PutRule",
       "resource":{"arn":"arn:aws:events:us-east-1:111122223333:rule/r","accountId":"111122223333"})";

struct SpaceCase {
  std::string_view caller;
  std::string_view call;
  std::string_view context;            // members of the context
  std::vector<std::string_view> keys;  // that the question mentions
  bool possible;
};

void check(const std::vector<SpaceCase>& cases) {
  for (const SpaceCase& each : cases) {
    const std::string json = "{" + std::string(each.caller) + "," + std::string(each.call) +
                             R"(,"context":{)" + std::string(each.context) + "}}";
    const access::Request request = tests::read_request_text(json);
    patterns::PatternStore patterns;
    SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    for (const std::string_view key : each.keys)
      symbolic.key(key);
    const Formula space = request_space(symbolic);
    EXPECT_EQ(holds(symbolic, space, request), each.possible) << json;
  }
}

TEST(RequestSpace, WithoutKeysEverythingIsPossible) {
  check({{kUser, kGetObject, "", {}, true}, {kAnonymousCaller, kGetObject, "", {}, true}});
}

TEST(RequestSpace, KeysThatAreAlwaysThere) {
  for (const std::string_view key : {"aws:CurrentTime", "aws:EpochTime", "aws:SecureTransport"})
    check({{kUser, kGetObject, "", {key}, false}});
  check({{kUser, kGetObject, R"("aws:SecureTransport":"true")", {"aws:SecureTransport"}, true},
         {kUser, kGetObject, R"("aws:CurrentTime":"2025-01-01T00:00:00Z")", {"aws:CurrentTime"}, true}});
}

TEST(RequestSpace, SourceKeysAreForServices) {
  constexpr std::string_view kSource = R"("aws:SourceArn":"arn:aws:events:us-east-1:111122223333:rule/r")";
  check({
      {kService, kGetObject, kSource, {"aws:SourceArn"}, true},
      {kService, kGetObject, "", {"aws:SourceArn"}, true},
      {kUser, kGetObject, kSource, {"aws:SourceArn"}, false},
      {kRole, kGetObject, kSource, {"aws:SourceArn"}, false},
      {kUser, kGetObject, R"("aws:SourceAccount":"111122223333")", {"aws:SourceAccount"}, false},
      {kAnonymousCaller, kGetObject, R"("aws:SourceOrgID":"o-a1b2c3d4e5")", {"aws:SourceOrgID"}, false},
  });
}

TEST(RequestSpace, WhatTheCallerCarries) {
  check({
      {kUser, kGetObject, R"("aws:PrincipalIsAWSService":"false")", {"aws:PrincipalIsAWSService"}, true},
      {kUser, kGetObject, R"("aws:PrincipalIsAWSService":"true")", {"aws:PrincipalIsAWSService"}, false},
      {kService, kGetObject, R"("aws:PrincipalIsAWSService":"true")", {"aws:PrincipalIsAWSService"}, true},
      {kUser, kGetObject, "", {"aws:PrincipalIsAWSService"}, false},
      {kAnonymousCaller, kGetObject, "", {"aws:PrincipalIsAWSService"}, true},
      {kUser, kGetObject, R"("aws:PrincipalType":"User")", {"aws:PrincipalType"}, true},
      {kRole, kGetObject, R"("aws:PrincipalType":"User")", {"aws:PrincipalType"}, false},
      {kRole, kGetObject, R"("aws:PrincipalType":"AssumedRole")", {"aws:PrincipalType"}, true},
      {kRoot, kGetObject, R"("aws:PrincipalType":"Account")", {"aws:PrincipalType"}, true},
      // Captured: a service principal says "User".
      {kService, kGetObject, R"("aws:PrincipalType":"User")", {"aws:PrincipalType"}, true},
      {kUser, kGetObject, R"("aws:PrincipalTag/team":"red")", {"aws:PrincipalTag/team"}, true},
      {kService, kGetObject, R"("aws:PrincipalTag/team":"red")", {"aws:PrincipalTag/team"}, false},
      {kAnonymousCaller, kGetObject, R"("aws:PrincipalOrgID":"o-a1b2c3d4e5")", {"aws:PrincipalOrgID"}, false},
  });
}

TEST(RequestSpace, TemporaryCredentials) {
  constexpr std::string_view kMfa = R"("aws:MultiFactorAuthPresent":"true")";
  check({
      {kRole, kGetObject, kMfa, {"aws:MultiFactorAuthPresent"}, true},
      // By GetSessionToken, and in the console.
      {kUser, kGetObject, kMfa, {"aws:MultiFactorAuthPresent"}, true},
      {kService, kGetObject, kMfa, {"aws:MultiFactorAuthPresent"}, false},
      {kRole, kGetObject, R"("aws:MultiFactorAuthAge":"10")", {"aws:MultiFactorAuthAge"}, false},
      {kRole,
       kGetObject,
       R"("aws:MultiFactorAuthAge":"10","aws:MultiFactorAuthPresent":"true")",
       {"aws:MultiFactorAuthAge"},
       true},
      {kRole,
       kGetObject,
       R"("aws:MultiFactorAuthAge":"10","aws:MultiFactorAuthPresent":"false")",
       {"aws:MultiFactorAuthAge"},
       false},
  });
}

TEST(RequestSpace, AddressesAndEndpoints) {
  const std::vector<std::string_view> keys = {"aws:SourceIp", "aws:SourceVpce"};
  check({
      {kUser, kGetObject, R"("aws:SourceIp":"203.0.113.10")", keys, true},
      {kUser, kGetObject, R"("aws:SourceVpce":"vpce-1a2b3c4d")", keys, true},
      {kUser, kGetObject, R"("aws:SourceIp":"203.0.113.10","aws:SourceVpce":"vpce-1a2b3c4d")", keys, false},
      {kService, kGetObject, "", keys, true},
      {kService, kGetObject, R"("aws:SourceVpce":"vpce-1a2b3c4d")", keys, false},
  });
}

TEST(RequestSpace, Tags) {
  const std::vector<std::string_view> keys = {"aws:RequestTag/team", "aws:TagKeys"};
  check({
      {kUser, kPutRule, "", keys, true},
      {kUser, kPutRule, R"("aws:RequestTag/team":"red","aws:TagKeys":["team"])", keys, true},
      {kUser, kPutRule, R"("aws:RequestTag/team":"red","aws:TagKeys":["Team","env"])", keys, true},
      {kUser, kPutRule, R"("aws:RequestTag/team":"red","aws:TagKeys":["env"])", keys, false},
      {kUser, kPutRule, R"("aws:RequestTag/team":"red")", keys, false},
      {kUser, kPutRule, R"("aws:TagKeys":["team"])", keys, false},
      {kUser, kPutRule, R"("aws:TagKeys":["env"])", keys, true},
  });
}

TEST(RequestSpace, EventsKeys) {
  check({
      {kUser, kPutEvents, R"("events:source":"com.shop")", {"events:source"}, true},
      {kUser, kPutEvents, "", {"events:source"}, false},
      {kUser, kPutEvents, R"("events:source":["a","b"])", {"events:source"}, false},
      {kUser, kPutRule, R"("events:source":["a","b"])", {"events:source"}, true},
      {kUser, kPutRule, "", {"events:source"}, true},
      {kUser, kGetObject, R"("events:source":"com.shop")", {"events:source"}, false},
      {kUser, kPutEvents, R"("events:eventBusInvocation":"false")", {"events:eventBusInvocation"}, true},
      {kUser, kPutEvents, "", {"events:eventBusInvocation"}, false},
      {kUser, kGetObject, R"("s3:prefix":"x")", {"s3:prefix"}, true},
      {kUser, kPutEvents, R"("s3:prefix":"x")", {"s3:prefix"}, false},
  });
}

TEST(RequestSpace, Organizations) {
  const std::vector<std::string_view> keys = {"aws:PrincipalOrgID", "aws:PrincipalOrgPaths"};
  check({
      {kUser, kGetObject, "", keys, true},
      {kUser, kGetObject,
       R"("aws:PrincipalOrgID":"o-a1b2c3d4e5","aws:PrincipalOrgPaths":["o-a1b2c3d4e5/r-ab12/ou-ab12-1/"])",
       keys, true},
      {kUser, kGetObject,
       R"("aws:PrincipalOrgID":"o-a1b2c3d4e5","aws:PrincipalOrgPaths":["o-other/r-ab12/ou-ab12-1/"])", keys,
       false},
      {kUser, kGetObject, R"("aws:PrincipalOrgID":"o-a1b2c3d4e5")", keys, false},
  });
}

TEST(RequestSpace, CalledVia) {
  const std::vector<std::string_view> keys = {"aws:CalledVia", "aws:ViaAWSService"};
  check({
      {kUser, kGetObject, R"("aws:ViaAWSService":"false")", keys, true},
      {kUser, kGetObject, R"("aws:ViaAWSService":"true","aws:CalledVia":["athena.amazonaws.com"])", keys,
       true},
      {kUser, kGetObject, R"("aws:ViaAWSService":"false","aws:CalledVia":["athena.amazonaws.com"])", keys,
       false},
      {kUser, kGetObject, R"("aws:ViaAWSService":"true","aws:CalledVia":[])", keys, false},
      // Not every service says that it is in the chain.
      {kUser, kGetObject, R"("aws:ViaAWSService":"true")", keys, true},
  });
}

TEST(RequestSpace, FactsOfAnOrganization) {
  Facts facts;
  facts.organization = "o-exampleorg";
  facts.accounts = {"111122223333"};
  const auto possible = [&](std::string_view context) {
    patterns::PatternStore patterns;
    SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    symbolic.key("aws:PrincipalOrgID");
    const Formula space = request_space(symbolic, facts);
    return holds(symbolic, space,
                 tests::read_request_text("{" + std::string(kUser) + "," + std::string(kGetObject) +
                                          R"(,"context":{)" + std::string(context) + "}}"));
  };
  EXPECT_TRUE(possible(R"("aws:PrincipalOrgID":"o-exampleorg")"));
  EXPECT_FALSE(possible(R"("aws:PrincipalOrgID":"o-other")"));
  EXPECT_FALSE(possible(""));
}

}  // namespace
}  // namespace grantproof::logic
