// SPDX-License-Identifier: Apache-2.0
//
// Condition keys of the embedded reference: names, types, parts that the user fills in, keys by action.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "aws/reference.h"

namespace grantproof::aws {
namespace {

const Reference& reference() {
  return Reference::embedded();
}

struct KeyCase {
  std::string_view looked_up;
  std::string_view name;
  KeyType type = KeyType::kString;
  bool multivalued = false;
};

void expect_keys(std::initializer_list<KeyCase> cases) {
  for (const KeyCase& each : cases) {
    const std::optional<KeyInfo> found = reference().find_key(each.looked_up);
    ASSERT_TRUE(found) << each.looked_up;
    EXPECT_EQ(found->name, each.name) << each.looked_up;
    EXPECT_EQ(static_cast<int>(found->type), static_cast<int>(each.type)) << each.looked_up;
    EXPECT_EQ(found->multivalued, each.multivalued) << each.looked_up;
  }
}

TEST(ReferenceKeys, KnowsGlobalKeys) {
  expect_keys({
      {"aws:PrincipalArn", "aws:PrincipalArn", KeyType::kArn},
      {"aws:PrincipalOrgID", "aws:PrincipalOrgID"},
      {"aws:PrincipalOrgPaths", "aws:PrincipalOrgPaths", KeyType::kString, true},
      {"aws:PrincipalIsAWSService", "aws:PrincipalIsAWSService", KeyType::kBool},
      {"aws:SourceIp", "aws:SourceIp", KeyType::kAddress},
      {"aws:VpcSourceIp", "aws:VpcSourceIp", KeyType::kAddress},
      {"aws:SourceArn", "aws:SourceArn", KeyType::kArn},
      {"aws:SourceAccount", "aws:SourceAccount"},
      {"aws:CurrentTime", "aws:CurrentTime", KeyType::kDate},
      {"aws:MultiFactorAuthAge", "aws:MultiFactorAuthAge", KeyType::kNumeric},
      {"aws:TagKeys", "aws:TagKeys", KeyType::kString, true},
      {"aws:CalledVia", "aws:CalledVia", KeyType::kString, true},
      // The package has this as a string.
      {"aws:SourceVpcArn", "aws:SourceVpcArn", KeyType::kArn},
      // Not on the page of global keys, but in policies of AWS.
      {"aws:PrincipalOrgMasterAccountId", "aws:PrincipalOrgMasterAccountId"},
      // A key of a service that others see too.
      {"ec2:SourceInstanceArn", "ec2:SourceInstanceArn", KeyType::kArn},
  });
}

TEST(ReferenceKeys, KnowsKeysOfServices) {
  expect_keys({
      {"events:source", "events:source", KeyType::kString, true},
      {"events:detail-type", "events:detail-type", KeyType::kString, true},
      {"events:TargetArn", "events:TargetArn", KeyType::kArn, true},
      {"events:creatorAccount", "events:creatorAccount"},
      {"sts:ExternalId", "sts:ExternalId"},
      {"s3:prefix", "s3:prefix"},
      {"s3:max-keys", "s3:max-keys", KeyType::kNumeric},
      {"iam:PassedToService", "iam:PassedToService"},
      {"kms:GrantIsForAWSResource", "kms:GrantIsForAWSResource", KeyType::kBool},
      {"kms:EncryptionContextKeys", "kms:EncryptionContextKeys", KeyType::kString, true},
      {"saml:edupersonaffiliation", "saml:edupersonaffiliation", KeyType::kString, true},
      {"identitystore:UserId", "identitystore:UserId"},
  });
}

TEST(ReferenceKeys, FindsThemInAnyCase) {
  expect_keys({
      {"AWS:PRINCIPALARN", "aws:PrincipalArn", KeyType::kArn},
      {"aws:sourceip", "aws:SourceIp", KeyType::kAddress},
      {"events:Source", "events:source", KeyType::kString, true},
      {"Events:Detail-Type", "events:detail-type", KeyType::kString, true},
      {"AWS:principaltag/Team", "aws:PrincipalTag/"},
      {"TOKEN.ACTIONS.GITHUBUSERCONTENT.COM:ACTOR", "token.actions.githubusercontent.com:actor"},
  });
}

// ---- parts that the user fills in
// -----------------------------------------------------------------------------

TEST(ReferenceKeys, FindsTagKeysByAnyTag) {
  expect_keys({
      {"aws:PrincipalTag/team", "aws:PrincipalTag/"},
      {"aws:RequestTag/cost:center/2", "aws:RequestTag/"},
      {"aws:ResourceTag/a", "aws:ResourceTag/"},
      {"aws:ResourceTag/${TagKey}", "aws:ResourceTag/"},
      {"aws:PrincipalTag/caf\xc3\xa9", "aws:PrincipalTag/"},
      // The canonical name itself.
      {"aws:PrincipalTag/", "aws:PrincipalTag/"},
      // "<key>", "tag-key" and nothing are other spellings of the pages.
      {"s3:ExistingObjectTag/stage", "s3:ExistingObjectTag/"},
      {"s3:RequestObjectTag/stage", "s3:RequestObjectTag/"},
      {"secretsmanager:ResourceTag/stage", "secretsmanager:ResourceTag/"},
      {"glacier:ResourceTag/stage", "glacier:ResourceTag/"},
      {"ec2:ResourceTag/stage", "ec2:ResourceTag/"},
      {"iam:ResourceTag/stage", "iam:ResourceTag/"},
      // A colon before the user's part.
      {"kms:EncryptionContext:app", "kms:EncryptionContext:"},
      {"kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContext:"},
      {"sts:RequestContext/k", "sts:RequestContext/"},
  });
}

TEST(ReferenceKeys, PrefersTheExactNameAndThenTheMoreSpecificForm) {
  expect_keys({
      {"ssm:resourceTag/x", "ssm:resourceTag/"},
      {"ssm:resourceTag/aws:ssmmessages:session-id", "ssm:resourceTag/aws:ssmmessages:session-id"},
      {"events:Metadata/tenant", "events:Metadata/", KeyType::kString, true},
      {"events:Metadata/tenant/Matcher", "events:Metadata/${MetadataKey}/Matcher"},
      // Nothing is left for the user's part: the whole is the part of the shorter form.
      {"events:Metadata/Matcher", "events:Metadata/", KeyType::kString, true},
      {"kms:RecipientAttestation:PCR3", "kms:RecipientAttestation:PCR3"},
  });
}

TEST(ReferenceKeys, FindsFormsWithTheUsersPartInTheMiddle) {
  expect_keys({
      {"codebuild:secondarySources/main.location", "codebuild:secondarySources/${sourceIdentifier}.location"},
      {"codebuild:environment.environmentVariables/KEY.value",
       "codebuild:environment.environmentVariables/${name}.value"},
      {"token.actions.acme.ghe.com:repository", "token.actions.${Domain}.ghe.com:repository"},
      {"token.actions.githubusercontent.com/acme:actor",
       "token.actions.githubusercontent.com/${SubPath}:actor"},
      {"agent.ci.buildkite.dev:cluster_id", "agent.${Domain}.buildkite.dev:cluster_id"},
  });
  EXPECT_FALSE(reference().find_key("codebuild:secondarySources/main.nothing"));
  EXPECT_FALSE(reference().find_key("codebuild:secondarySources/.location"));
}

// IAM User Guide, "Available keys for AWS OIDC federation": provider, colon, claim.
TEST(ReferenceKeys, KnowsTheClaimsOfAnyOpenIdProvider) {
  expect_keys({
      {"token.actions.githubusercontent.com:sub", "${Host}.${Domain}:sub"},
      {"token.actions.githubusercontent.com:aud", "${Host}.${Domain}:aud"},
      {"TOKEN.ACTIONS.GITHUBUSERCONTENT.COM:AMR", "${Host}.${Domain}:amr", KeyType::kString, true},
      {"oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E:sub", "${Host}.${Domain}:sub"},
      {"login.example.com:8443:aud", "${Host}.${Domain}:aud"},
      // Providers that the page of STS names stand for themselves.
      {"accounts.google.com:sub", "accounts.google.com:sub"},
      {"cognito-identity.amazonaws.com:amr", "cognito-identity.amazonaws.com:amr", KeyType::kString, true},
  });
  // A service prefix has no dot.
  for (const std::string_view name : {"s3:sub", "provider:aud", ".com:sub", "host.:sub", "host.com:claim"}) {
    EXPECT_FALSE(reference().find_key(name)) << name;
  }
}

TEST(ReferenceKeys, SaysWhenOneNameStandsForManyKeys) {
  const auto templated = [](std::string_view name) {
    const auto found = reference().find_key(name);
    EXPECT_TRUE(found) << name;
    return found && found->templated;
  };
  EXPECT_TRUE(templated("aws:PrincipalTag/team"));
  EXPECT_TRUE(templated("login.example.com:sub"));
  EXPECT_TRUE(templated("codebuild:secondarySources/main.location"));
  EXPECT_FALSE(templated("aws:TagKeys"));
  EXPECT_FALSE(templated("accounts.google.com:sub"));
}

TEST(ReferenceKeys, FindsNoKeyThatIsNone) {
  for (const std::string_view name :
       {"", ":", "aws", "aws:", "aws:PrincipalTag", "aws:PrincipalTagteam", "aws:PrincipalOrgId2",
        "aws:SourceI", "aws:SourceIpx", "PrincipalArn", "principaltag/team", "kms:EncryptionContext",
        "zzz:zzz", "events:sources", " aws:SourceIp", "aws:SourceIp ", "aws:*", "\xff"}) {
    EXPECT_FALSE(reference().find_key(name)) << name;
  }
}

// ---- keys by action
// -------------------------------------------------------------------------------------------

TEST(ReferenceKeys, ListsKeysOfActionsAndTheirResourceTypes) {
  struct Case {
    std::string_view action;
    std::string_view key;
    bool listed;
  };
  const Case cases[] = {
      // On the action itself.
      {"events:PutEvents", "events:source", true},
      {"events:PutEvents", "Events:Detail-Type", true},
      {"events:PutRule", "aws:RequestTag/team", true},
      {"s3:ListBucket", "s3:prefix", true},
      // On a resource type of the action only.
      {"events:PutEvents", "aws:ResourceTag/team", true},
      // Elsewhere, or nowhere.
      {"events:PutEvents", "events:TargetArn", false},
      {"events:PutEvents", "aws:RequestTag/team", false},
      {"events:PutEvents", "s3:prefix", false},
      {"events:PutEvents", "no:such-key", false},
      {"events:ListEventBuses", "events:source", false},
      // A global key is in many requests, but the pages list it nowhere.
      {"events:PutEvents", "aws:SourceIp", false},
      // A fact of our own.
      {"sts:AssumeRoleWithWebIdentity", "login.example.com:sub", true},
      {"sts:AssumeRole", "login.example.com:sub", false},
  };
  for (const Case& each : cases) {
    const auto action = reference().find_action(each.action);
    ASSERT_TRUE(action) << each.action;
    EXPECT_EQ(reference().lists_key(*action, each.key), each.listed) << each.action << ' ' << each.key;
  }
}

TEST(ReferenceKeys, KnowsOfWhichListAnActionCarriesOneValue) {
  struct Case {
    std::string_view action;
    std::string_view key;
    bool multivalued;
  };
  const Case cases[] = {
      {"events:PutEvents", "events:source", false},       {"events:PutEvents", "events:DETAIL-TYPE", false},
      {"events:PutEvents", "aws:TagKeys", true},          {"events:PutRule", "events:source", true},
      {"events:PutTargets", "events:TargetArn", true},    {"events:PutEvents", "aws:PrincipalArn", false},
      {"events:PutEvents", "aws:PrincipalOrgPaths", true}};
  for (const Case& each : cases) {
    const auto found = reference().find_key(each.key, *reference().find_action(each.action));
    ASSERT_TRUE(found) << each.key;
    EXPECT_EQ(found->multivalued, each.multivalued) << each.action << ' ' << each.key;
  }
  EXPECT_FALSE(reference().find_key("no:such-key", 0));
}

}  // namespace
}  // namespace grantproof::aws
