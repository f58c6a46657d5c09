// SPDX-License-Identifier: Apache-2.0
//
// The tables of random_request.h.
#include "base/text.h"
#include "support/random_request.h"

namespace grantproof::tests {
namespace {

using aws::KeyType;
using policy::PolicyType;

constexpr std::string_view kAccounts[] = {"111122223333", "444455556666", "777788889999"};
constexpr std::string_view kRegions[] = {"us-east-1", "eu-west-1"};
constexpr std::string_view kNames[] = {"app", "alice", "orders", "orders-eu", "Admin"};

// Actions on "*" are those that the service reference gives no resource type.
constexpr SmallAction kActions[] = {
    {"events:PutEvents", "arn:aws:events:{region}:{account}:event-bus/{name}", PolicyType::kResource},
    {"events:PutRule", "arn:aws:events:{region}:{account}:rule/{name}", PolicyType::kResource, true},
    {"events:DescribeEventBus", "arn:aws:events:{region}:{account}:event-bus/{name}", PolicyType::kResource},
    {"sqs:SendMessage", "arn:aws:sqs:{region}:{account}:{name}", PolicyType::kResource},
    {"sqs:ReceiveMessage", "arn:aws:sqs:{region}:{account}:{name}", PolicyType::kResource},
    {"sns:Publish", "arn:aws:sns:{region}:{account}:{name}", PolicyType::kResource},
    {"s3:GetObject", "arn:aws:s3:::shop-{name}/{name}/report.csv", PolicyType::kResource},
    {"s3:PutObject", "arn:aws:s3:::shop-{name}/{name}/report.csv", PolicyType::kResource},
    {"s3:ListBucket", "arn:aws:s3:::shop-{name}", PolicyType::kResource},
    {"lambda:InvokeFunction", "arn:aws:lambda:{region}:{account}:function:{name}", PolicyType::kResource},
    {"kms:Decrypt", "arn:aws:kms:{region}:{account}:key/{name}", PolicyType::kKey},
    {"sts:AssumeRole", "arn:aws:iam::{account}:role/{name}", PolicyType::kTrust, true},
    {"iam:PassRole", "arn:aws:iam::{account}:role/{name}", std::nullopt},
    {"iam:CreateRole", "arn:aws:iam::{account}:role/{name}", std::nullopt, true},
    {"iam:GetUser", "arn:aws:iam::{account}:user/{name}", std::nullopt},
    {"iam:ListUsers", "*", std::nullopt},
    {"s3:ListAllMyBuckets", "*", std::nullopt},
    {"events:ListEventBuses", "*", std::nullopt},
};

}  // namespace

std::span<const SmallAction> small_actions() {
  return kActions;
}
std::span<const std::string_view> small_accounts() {
  return kAccounts;
}
std::span<const std::string_view> small_regions() {
  return kRegions;
}
std::span<const std::string_view> small_names() {
  return kNames;
}

const std::vector<SmallKey>& small_keys() {
  static const std::vector<SmallKey> keys = {
      // Who calls.
      {"aws:PrincipalArn",
       KeyType::kArn,
       false,
       {"arn:aws:iam::111122223333:role/app", "arn:aws:iam::111122223333:user/alice",
        "arn:aws:iam::444455556666:role/team/app", "arn:aws:iam::444455556666:root"}},
      {"aws:PrincipalAccount", KeyType::kString, false, {"111122223333", "444455556666", "777788889999"}},
      {"aws:PrincipalType",
       KeyType::kString,
       false,
       {"User", "AssumedRole", "Account", "FederatedUser", "Anonymous"}},
      {"aws:PrincipalIsAWSService", KeyType::kBool, false, {"true", "false"}},
      {"aws:PrincipalServiceName", KeyType::kString, false, {"events.amazonaws.com", "s3.amazonaws.com"}},
      {"aws:PrincipalServiceNamesList", KeyType::kString, true, {"events.amazonaws.com", "s3.amazonaws.com"}},
      {"aws:PrincipalOrgID", KeyType::kString, false, {"o-a1b2c3d4e5", "o-other12345"}},
      {"aws:PrincipalOrgPaths",
       KeyType::kString,
       true,
       {"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", "o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/",
        "o-other12345/r-cd34/ou-cd34-33333333/"}},
      {"aws:PrincipalTag/team", KeyType::kString, false, {"red", "Red", "blue", ""}},
      {"aws:PrincipalTag/blob", KeyType::kString, false, {"YWJj", "YQ==", "no base64"}},
      {"aws:username", KeyType::kString, false, {"alice", "app", "Admin"}},
      {"aws:userid",
       KeyType::kString,
       false,
       {"AIDACKCEVSQ6C2EXAMPLE", "AROADBQP57FF2AEXAMPLE:cli", "anonymous"}},
      {"aws:MultiFactorAuthPresent", KeyType::kBool, false, {"true", "false"}},
      {"aws:MultiFactorAuthAge", KeyType::kNumeric, false, {"0", "300", "3600"}},
      {"aws:TokenIssueTime", KeyType::kDate, false, {"2025-01-01T00:00:00Z", "2025-06-30T12:00:00Z"}},
      {"aws:SourceIdentity", KeyType::kString, false, {"alice", "Alice"}},
      {"aws:FederatedProvider",
       KeyType::kString,
       false,
       {"arn:aws:iam::111122223333:saml-provider/corp", "accounts.google.com"}},
      // On whose behalf, from where, when.
      {"aws:SourceArn",
       KeyType::kArn,
       false,
       {"arn:aws:events:us-east-1:111122223333:rule/orders", "arn:aws:events:eu-west-1:444455556666:rule/app",
        "arn:aws:s3:::shop-orders"}},
      {"aws:SourceAccount", KeyType::kString, false, {"111122223333", "444455556666", "777788889999"}},
      {"aws:SourceOrgID", KeyType::kString, false, {"o-a1b2c3d4e5", "o-other12345"}},
      {"aws:SourceIp",
       KeyType::kAddress,
       false,
       {"203.0.113.10", "203.0.113.200", "198.51.100.7", "2001:db8::1", "2001:db8:1::1"}},
      {"aws:SourceVpce", KeyType::kString, false, {"vpce-1a2b3c4d", "vpce-0f0f0f0f"}},
      {"aws:SourceVpc", KeyType::kString, false, {"vpc-111bbb22", "vpc-0a0a0a0a"}},
      {"aws:VpcSourceIp", KeyType::kAddress, false, {"10.0.1.5", "10.0.2.5"}},
      {"aws:ViaAWSService", KeyType::kBool, false, {"true", "false"}},
      {"aws:CalledVia", KeyType::kString, true, {"cloudformation.amazonaws.com", "athena.amazonaws.com"}},
      {"aws:CalledViaFirst",
       KeyType::kString,
       false,
       {"cloudformation.amazonaws.com", "athena.amazonaws.com"}},
      {"aws:CalledViaLast",
       KeyType::kString,
       false,
       {"cloudformation.amazonaws.com", "athena.amazonaws.com"}},
      {"aws:CurrentTime",
       KeyType::kDate,
       false,
       {"2025-01-01T00:00:00Z", "2025-06-30T12:00:00Z", "2025-06-30T12:00:00.001Z"}},
      {"aws:EpochTime", KeyType::kDate, false, {"1735689600", "1751284800"}},
      {"aws:SecureTransport", KeyType::kBool, false, {"true", "false"}},
      {"aws:RequestedRegion", KeyType::kString, false, {"us-east-1", "eu-west-1"}},
      {"aws:UserAgent", KeyType::kString, false, {"aws-cli/2.15.0", "Boto3"}},
      // What is called.
      {"aws:ResourceAccount", KeyType::kString, false, {"111122223333", "444455556666", "777788889999"}},
      {"aws:ResourceOrgID", KeyType::kString, false, {"o-a1b2c3d4e5", "o-other12345"}},
      {"aws:ResourceTag/team", KeyType::kString, false, {"red", "Red", "blue", ""}},
      {"aws:RequestTag/team", KeyType::kString, false, {"red", "Red", "blue", ""}},
      {"aws:RequestTag/env", KeyType::kString, false, {"prod", "dev"}},
      {"aws:TagKeys", KeyType::kString, true, {"team", "env", "Team", "owner"}},
      // Keys of one service.
      {"events:source", KeyType::kString, true, {"com.shop.orders", "com.shop.billing", "com.partner"}},
      {"events:detail-type", KeyType::kString, true, {"OrderPlaced", "OrderCancelled"}},
      {"events:eventBusInvocation", KeyType::kString, false, {"true", "false"}},
      {"events:creatorAccount", KeyType::kString, false, {"111122223333", "444455556666", "777788889999"}},
      {"s3:prefix", KeyType::kString, false, {"home/alice/", "home/app/", ""}},
      {"s3:max-keys", KeyType::kNumeric, false, {"10", "+10", "1000", "-5", "10.0"}},
      {"s3:x-amz-server-side-encryption", KeyType::kString, false, {"AES256", "aws:kms"}},
      {"iam:PassedToService", KeyType::kString, false, {"events.amazonaws.com", "lambda.amazonaws.com"}},
      {"sts:ExternalId", KeyType::kString, false, {"partner-1", "Partner-1", "partner-2"}},
      {"sts:RoleSessionName", KeyType::kString, false, {"cli", "alice"}},
      {"kms:ViaService",
       KeyType::kString,
       false,
       {"s3.us-east-1.amazonaws.com", "sqs.eu-west-1.amazonaws.com"}},
      {"kms:EncryptionContextKeys", KeyType::kString, true, {"tenant", "shop"}},
  };
  return keys;
}

const SmallKey* find_small_key(std::string_view name) {
  for (const SmallKey& key : small_keys()) {
    if (base::equals_ignoring_case(key.name, name))
      return &key;
  }
  return nullptr;
}

}  // namespace grantproof::tests
