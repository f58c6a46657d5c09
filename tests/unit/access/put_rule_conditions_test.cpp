// SPDX-License-Identifier: Apache-2.0
//
// The tables of the EventBridge User Guide, "Using IAM policy conditions": may this policy create a rule with
// that event pattern? A pattern's literals are the values of events:source, events:detail-type, …; what the
// pattern does not mention is absent from the request.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "access/authorizer.h"
#include "support/test_policy.h"

namespace grantproof::access {
namespace {

constexpr std::string_view kStateChange = "EC2 Instance State-change Notification";
constexpr std::string_view kApiCall = "AWS API Call via CloudTrail";

struct Row {
  std::string_view condition;  // of the one Allow statement; "" for none
  std::vector<std::string_view> source;
  std::vector<std::string_view> detail_type;
  bool allowed;
  std::vector<std::string_view> principal_id = {};
};

constexpr std::string_view kEc2 = R"({"StringEquals":{"events:source":"aws.ec2"}})";
constexpr std::string_view kEc2OrEcs = R"({"StringEquals":{"events:source":["aws.ec2","aws.ecs"]}})";
constexpr std::string_view kEc2StateChange =
    R"({"StringEquals":{"events:source":"aws.ec2","events:detail-type":"EC2 Instance State-change Notification"}})";
constexpr std::string_view kSourceDefined = R"({"Null":{"events:source":"false"}})";
constexpr std::string_view kAllowedList =
    R"({"ForAllValues:StringEquals":{"events:source":["aws.ec2","aws.s3"]},"Null":{"events:source":"false"}})";
constexpr std::string_view kPrincipalId =
    R"({"StringEquals":{"events:detail-type":"AWS API Call via CloudTrail",
        "events:detail.userIdentity.principalId":"AIDAJ45Q7YFFAREXAMPLE"}})";

TEST(PutRuleConditions, TablesOfTheGuide) {
  const std::vector<Row> rows = {
      // no condition
      {"", {"aws.ec2"}, {}, true},
      {"", {"aws.ec2", "aws.s3"}, {}, true},
      {"", {"aws.ec2"}, {kStateChange}, true},
      {"", {}, {kStateChange}, true},
      // one source: it must be there, and alone
      {kEc2, {"aws.ec2"}, {}, true},
      {kEc2, {"aws.s3"}, {}, false},
      {kEc2, {"aws.ec2", "aws.s3"}, {}, false},
      {kEc2, {"aws.ec2"}, {kStateChange}, true},
      {kEc2, {}, {kStateChange}, false},
      // one of two sources, individually
      {kEc2OrEcs, {"aws.ec2"}, {}, true},
      {kEc2OrEcs, {"aws.ecs"}, {}, true},
      {kEc2OrEcs, {"aws.s3"}, {}, false},
      {kEc2OrEcs, {"aws.ec2", "aws.ecs"}, {}, false},
      {kEc2OrEcs, {}, {kApiCall}, false},
      // source and detail-type
      {kEc2StateChange, {"aws.ec2"}, {}, false},
      {kEc2StateChange, {"aws.ecs"}, {}, false},
      {kEc2StateChange, {"aws.ec2"}, {kStateChange}, true},
      {kEc2StateChange, {"aws.ec2"}, {"EC2 Instance Health Failed"}, false},
      {kEc2StateChange, {}, {kStateChange}, false},
      // a source, whichever
      {kSourceDefined, {"aws.ec2"}, {kStateChange}, true},
      {kSourceDefined, {"aws.ecs", "aws.ec2"}, {}, true},
      {kSourceDefined, {}, {kStateChange}, false},
      // sources of a list only
      {kAllowedList, {"aws.ec2"}, {}, true},
      {kAllowedList, {"aws.ec2", "aws.s3"}, {}, true},
      {kAllowedList, {"aws.ec2", "aws.autoscaling"}, {}, false},
      {kAllowedList, {}, {kStateChange}, false},
      // a field of the detail
      {kPrincipalId, {}, {kApiCall}, false},
      {kPrincipalId, {}, {kApiCall}, true, {"AIDAJ45Q7YFFAREXAMPLE"}},
      {kPrincipalId, {}, {kApiCall}, false, {"AROAIDPPEZS35WEXAMPLE:AssumedRoleSessionName"}},
  };
  for (const Row& row : rows) {
    const std::string text =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"events:PutRule","Resource":"*")" +
        (row.condition.empty() ? std::string() : ",\"Condition\":" + std::string(row.condition)) + "}]}";
    const tests::TestPolicy policy = tests::read_policy_text(text, policy::PolicyType::kIdentity);
    Request request = {
        .principal = {CallerKind::kUser, "arn:aws:iam::111122223333:user/alice", "111122223333"},
        .action = "events:PutRule",
        .resource = {.arn = "arn:aws:events:us-east-1:111122223333:rule/r", .account = "111122223333"},
        .context = {}};
    const auto supply = [&request](std::string folded, const std::vector<std::string_view>& values) {
      if (values.empty())
        return;
      ContextValue value{.key = folded, .multivalued = true, .values = {values.begin(), values.end()}};
      request.context.insert_or_assign(std::move(folded), std::move(value));
    };
    supply("events:source", row.source);
    supply("events:detail-type", row.detail_type);
    supply("events:detail.useridentity.principalid", row.principal_id);
    PolicySet policies;
    policies.identity.push_back(&policy.policy);
    EXPECT_EQ(decide(request, policies).outcome == Outcome::kAllowed, row.allowed)
        << row.condition << " with " << row.source.size() << " sources, " << row.detail_type.size()
        << " detail types";
  }
}

}  // namespace
}  // namespace grantproof::access
