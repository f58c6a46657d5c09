// SPDX-License-Identifier: Apache-2.0
//
// What real values look like, and the parts of them that keys spell out. A format that is too narrow would
// prove what does not hold, so most cases are values that must fit.
#include "logic/formats.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace grantproof::logic {
namespace {

using patterns::Glob;
using Kind = SymbolicRequest::Kind;

bool any_matches(const std::vector<Glob>& globs, std::string_view text) {
  return std::ranges::any_of(globs, [&](const Glob& glob) { return glob.matches(text); });
}

// ---- principals

constexpr Kind kKinds[] = {Kind::kUser,    Kind::kRoleSession, Kind::kFederatedUser, Kind::kRoot,
                           Kind::kService, Kind::kFederated,   Kind::kAnonymous};

TEST(PrincipalFormat, EveryPrincipalIsOfOneKind) {
  struct Case {
    std::string_view principal;
    Kind kind;
  };
  const Case cases[] = {
      {"arn:aws:iam::111122223333:user/alice", Kind::kUser},
      {"arn:aws:iam::111122223333:user/team/eu/alice", Kind::kUser},
      {"arn:aws-us-gov:iam::111122223333:user/a", Kind::kUser},
      {"arn:aws-cn:iam::111122223333:role/app", Kind::kRoleSession},
      {"arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
       Kind::kRoleSession},
      {"arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_a_0123",
       Kind::kRoleSession},
      {"arn:aws:sts::111122223333:federated-user/Bob", Kind::kFederatedUser},
      {"arn:aws:iam::111122223333:root", Kind::kRoot},
      {"service:events.amazonaws.com", Kind::kService},
      {"service:ec2.amazonaws.com.cn", Kind::kService},
      {"service:delivery.logs.amazonaws.com", Kind::kService},
      {"service:states.eu-west-1.amazonaws.com", Kind::kService},
      {"federated:cognito-identity.amazonaws.com", Kind::kFederated},
      {"federated:arn:aws:iam::111122223333:saml-provider/corp", Kind::kFederated},
      {"federated:arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
       Kind::kFederated},
      {"anonymous", Kind::kAnonymous},
  };
  for (const Case& each : cases) {
    for (const Kind kind : kKinds) {
      EXPECT_EQ(any_matches(principal_format(kind), each.principal), kind == each.kind) << each.principal;
    }
  }
}

TEST(PrincipalFormat, WhatIsNoPrincipal) {
  for (const std::string_view text :
       {"", "alice", "arn:aws:iam::1111:user/alice", "arn:aws:iam::111122223333:user/",
        "arn:aws:iam::111122223333:group/all", "arn:aws:iam::111122223333:user", "Anonymous"}) {
    for (const Kind kind : kKinds)
      EXPECT_FALSE(any_matches(principal_format(kind), text)) << text;
  }
}

TEST(PrincipalFormat, PrincipalsOfAnAccount) {
  const std::vector<Glob> own = principals_of_account("111122223333");
  for (const std::string_view principal :
       {"arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:role/team/app",
        "arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:federated-user/Bob"})
    EXPECT_TRUE(any_matches(own, principal)) << principal;
  for (const std::string_view principal :
       {"arn:aws:iam::444455556666:user/alice", "arn:aws:iam::444455556666:user/111122223333",
        "arn:aws:iam::444455556666:role/x:111122223333:root", "service:events.amazonaws.com", "anonymous"})
    EXPECT_FALSE(any_matches(own, principal)) << principal;
}

// ---- resources

TEST(ResourceFormat, Placeholders) {
  const std::vector<Glob> bus =
      resource_format("arn:${Partition}:events:${Region}:${Account}:event-bus/${EventBusName}");
  for (const std::string_view arn :
       {"arn:aws:events:us-east-1:111122223333:event-bus/orders",
        "arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/default",
        "arn:aws:events:us-east-1:111122223333:event-bus/aws.partner/shop.com/orders",
        "arn:aws:events:us-east-1::event-bus/x", "arn:aws:events:us-east-1:aws:event-bus/x"})
    EXPECT_TRUE(any_matches(bus, arn)) << arn;
  for (const std::string_view arn :
       {"arn:aws:events:us-east-1:111122223333:event-bus/", "arn:aws:events:us-east-1:111122223333:rule/x",
        "arn:aws:events:us-east-1:1111:event-bus/x", "arn:aws:events:us-east-1:111122223333:event-bus/a:b",
        "arn:aws:sqs:us-east-1:111122223333:event-bus/x", "*", ""})
    EXPECT_FALSE(any_matches(bus, arn)) << arn;
}

TEST(ResourceFormat, BucketsAndObjects) {
  const std::vector<Glob> bucket = resource_format("arn:${Partition}:s3:::${BucketName}");
  const std::vector<Glob> object = resource_format("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
  EXPECT_TRUE(any_matches(bucket, "arn:aws:s3:::shop"));
  EXPECT_FALSE(any_matches(bucket, "arn:aws:s3:::shop/a"));
  EXPECT_FALSE(any_matches(object, "arn:aws:s3:::shop"));
  EXPECT_FALSE(any_matches(object, "arn:aws:s3:::shop/"));
  for (const std::string_view arn :
       {"arn:aws:s3:::shop/a", "arn:aws:s3:::shop/a/b/c", "arn:aws:s3:::shop//", "arn:aws:s3:::shop/a:b*?é"})
    EXPECT_TRUE(any_matches(object, arn)) << arn;
}

// ---- parts of values

TEST(Projection, OfValues) {
  struct Case {
    Projection projection;
    std::string_view value;
    std::optional<std::string> part;
  };
  const Case cases[] = {
      {Projection::kArnAccount, "arn:aws:sqs:us-east-1:111122223333:q", "111122223333"},
      {Projection::kArnAccount, "arn:aws:s3:::shop", std::nullopt},
      {Projection::kArnAccount, "*", std::nullopt},
      {Projection::kArnAccount, "arn:aws:sns:us-east-1:111122223333:t:444455556666:u", "111122223333"},
      {Projection::kArnRegion, "arn:aws:sqs:us-east-1:111122223333:q", "us-east-1"},
      {Projection::kArnRegion, "arn:aws:iam::111122223333:role/app", std::nullopt},
      {Projection::kPrincipalAccount, "arn:aws:iam::111122223333:role/app", "111122223333"},
      {Projection::kPrincipalAccount, "anonymous", "anonymous"},
      {Projection::kPrincipalAccount, "service:events.amazonaws.com", std::nullopt},
      {Projection::kUserName, "arn:aws:iam::111122223333:user/alice", "alice"},
      {Projection::kUserName, "arn:aws:iam::111122223333:user/team/eu/alice", "alice"},
      {Projection::kUserName, "arn:aws:iam::111122223333:role/alice", std::nullopt},
      {Projection::kUserName, "arn:aws:sts::111122223333:federated-user/alice", std::nullopt},
      {Projection::kServiceName, "service:events.amazonaws.com", "events.amazonaws.com"},
      {Projection::kServiceName, "arn:aws:iam::111122223333:root", std::nullopt},
  };
  for (const Case& each : cases)
    EXPECT_EQ(projected(each.projection, each.value), each.part) << each.value;
}

// A value is among the projected globs exactly where its part is among the globs.
TEST(Projection, OfGlobsAgreesWithThatOfValues) {
  const std::vector<Glob> globs[] = {
      {Glob().literal("alice")},
      {Glob().literal("ALICE", true)},
      {Glob().pattern("al*")},
      {Glob().pattern("*")},
      {Glob().pattern("?*")},
      {Glob().pattern("")},
      {Glob().pattern("111122223333")},
      {Glob().pattern("1111*")},
      {Glob().pattern("????????????")},
      {Glob().pattern("*-1")},
      {Glob().pattern("a:b")},
      {Glob().pattern("team/alice")},
      {Glob().literal("anonymous")},
      {Glob().pattern("anon*")},
      {Glob().pattern("events.amazonaws.com"), Glob().pattern("al?ce")},
  };
  constexpr std::string_view kValues[] = {
      "arn:aws:iam::111122223333:user/alice",
      "arn:aws:iam::111122223333:user/team/alice",
      "arn:aws:iam::444455556666:user/Alice",
      "arn:aws:iam::444455556666:user/al",
      "arn:aws:iam::111122223333:role/team/alice",
      "arn:aws:iam::111122223333:root",
      "arn:aws:sts::111122223333:federated-user/alice",
      "arn:aws:sqs:us-east-1:111122223333:alice",
      "arn:aws:sqs:eu-west-1:111122223333:a:b",
      "arn:aws:s3:::alice",
      "arn:aws:s3:us-east-1::alice",
      "service:events.amazonaws.com",
      "service:alice",
      "anonymous",
      "*",
      "alice",
  };
  for (const Projection projection :
       {Projection::kArnAccount, Projection::kArnRegion, Projection::kPrincipalAccount, Projection::kUserName,
        Projection::kServiceName}) {
    for (const std::vector<Glob>& set : globs) {
      const std::vector<Glob> based = project(projection, set);
      for (const std::string_view value : kValues) {
        const auto part = projected(projection, value);
        EXPECT_EQ(any_matches(based, value), part && any_matches(set, *part))
            << static_cast<int>(projection) << " " << set.front().to_string() << " " << value;
      }
    }
  }
}

TEST(Projection, WithoutAPart) {
  for (const Projection projection : {Projection::kArnAccount, Projection::kArnRegion}) {
    const std::vector<Glob> without = without_part(projection);
    for (const std::string_view value :
         {"arn:aws:s3:::shop", "arn:aws:iam::111122223333:role/a", "arn:aws:sqs:us-east-1:111122223333:q",
          "arn:aws:s3:us-east-1::x:111122223333:y", "*"})
      EXPECT_EQ(any_matches(without, value), !projected(projection, value).has_value()) << value;
  }
}

// ---- keys

TEST(KeyFormat, RealValuesFit) {
  struct Case {
    std::string_view key;
    aws::KeyType type;
    std::string_view value;
    bool fits;
  };
  const Case cases[] = {
      {"aws:sourceaccount", aws::KeyType::kString, "111122223333", true},
      {"aws:sourceaccount", aws::KeyType::kString, "11112222333", false},
      {"aws:principalorgid", aws::KeyType::kString, "o-a1b2c3d4e5", true},
      {"aws:principalorgid", aws::KeyType::kString, "a1b2c3d4e5", false},
      {"aws:principalorgpaths", aws::KeyType::kString, "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", true},
      {"aws:principalorgpaths", aws::KeyType::kString, "o-a1b2c3d4e5/r-ab12/", true},
      {"aws:sourcevpc", aws::KeyType::kString, "vpc-0abc1234", true},
      {"aws:sourcevpce", aws::KeyType::kString, "vpce-1a2b3c4d", true},
      {"aws:requestedregion", aws::KeyType::kString, "us-gov-west-1", true},
      {"aws:securetransport", aws::KeyType::kBool, "true", true},
      {"aws:securetransport", aws::KeyType::kBool, "False", true},
      {"aws:securetransport", aws::KeyType::kBool, "yes", false},
      {"aws:sourcearn", aws::KeyType::kArn, "arn:aws:s3:::shop", true},
      {"aws:sourcearn", aws::KeyType::kArn, "arn:aws:cloudfront::111122223333:distribution/E1:x", true},
      {"aws:sourcearn", aws::KeyType::kArn, "shop", false},
  };
  for (const Case& each : cases) {
    const std::vector<Glob> format = key_format(each.key, each.type);
    ASSERT_FALSE(format.empty()) << each.key;
    EXPECT_EQ(any_matches(format, each.value), each.fits) << each.key << " " << each.value;
  }
  // Any text at all.
  EXPECT_TRUE(key_format("aws:principaltag/team", aws::KeyType::kString).empty());
  EXPECT_TRUE(key_format("aws:useragent", aws::KeyType::kString).empty());
}

}  // namespace
}  // namespace grantproof::logic
