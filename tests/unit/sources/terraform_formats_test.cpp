// SPDX-License-Identifier: Apache-2.0
//
// Plans and a state that Terraform 1.11.4 printed with version 5.100.0 of the provider, of the configuration
// beside them (formats/tfplan); the state and the update against a local stand-in for AWS.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

std::string file(std::string_view name) {
  std::ifstream stream(fmt::format("{}/tests/unit/sources/formats/tfplan/{}", GRANTPROOF_SOURCE_DIR, name));
  EXPECT_TRUE(stream) << name;
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The value at "Targets/0/Arn" of the properties, as JSON.
std::string value(const TerraformReading& reading, std::string_view name, std::string_view path) {
  const config::Resource* resource = reading.find(name);
  if (resource == nullptr)
    return "no resource";
  const syntax::Node* node = &resource->properties;
  while (!path.empty() && node != nullptr) {
    const std::string_view step = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    const bool is_index = step.find_first_not_of("0123456789") == std::string_view::npos;
    const std::size_t index = is_index ? std::stoul(std::string(step)) : 0;
    node = !is_index ? node->find(step) : index < node->items.size() ? &node->items[index] : nullptr;
  }
  return node == nullptr ? "none" : syntax::write_json(*node);
}

struct Expected {
  std::string_view name;
  std::string_view path;
  std::string_view value;
};

void expect_all(const TerraformReading& reading, const std::vector<Expected>& expected) {
  for (const Expected& one : expected)
    EXPECT_EQ(value(reading, one.name, one.path), one.value) << one.name << " " << one.path;
}

TEST(TerraformFormats, APlanThatCreatesEverything) {
  const TerraformReading reading(file("events-create.real.json"), {"", "111122223333", ""});
  EXPECT_EQ(reading.sink.errors(), 0u);
  EXPECT_EQ(reading.translation.resources.size(), 35u);
  const char* const kQueue = R"("arn:aws:sqs:eu-west-1:111122223333:main-dlq")";
  expect_all(
      reading,
      {
          {"aws_cloudwatch_event_bus.orders", "Name", R"("orders")"},
          {"aws_cloudwatch_event_bus.orders", "DeadLetterConfig/Arn", kQueue},
          {"aws_cloudwatch_event_bus_policy.orders", "PolicyDocument/Statement/0",
           R"({"Sid":"org","Effect":"Allow","Principal":{"AWS":["*"]},"Action":["events:PutEvents"],"Resource":["arn:aws:events:eu-west-1:111122223333:event-bus/orders"],"Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/fwd","arn:aws:iam::111122223333:role/x"]},"StringEquals":{"aws:PrincipalOrgID":["o-abcd123456"]}}})"},
          // [bus.arn, "${bucket.arn}/*"]: one is the bus, the other may be anything of the bucket.
          {"aws_cloudwatch_event_bus_policy.orders", "PolicyDocument/Statement/1/Resource",
           R"(["arn:aws:events:eu-west-1:111122223333:event-bus/orders","‹data.aws_iam_policy_document.bus.statement[1].resources[1]›"])"},
          {"aws_cloudwatch_event_rule.fwd", "Name", R"("fwd-‹aws_cloudwatch_event_rule.fwd.name›")"},
          {"aws_cloudwatch_event_rule.byarn", "EventBusName",
           R"("arn:aws:events:eu-west-1:111122223333:event-bus/orders")"},
          {"aws_cloudwatch_event_rule.byarn", "State", R"("DISABLED")"},
          {R"(aws_cloudwatch_event_target.each["a"])", "Targets/0/Arn",
           R"("arn:aws:sqs:eu-west-1:111122223333:each-a")"},
          {R"(aws_cloudwatch_event_target.each["a"])", "Targets/0/RetryPolicy",
           R"({"MaximumRetryAttempts":5})"},
          {"aws_cloudwatch_event_target.hub", "Targets/0",
           R"({"Id":"hub","Arn":"arn:aws:events:us-east-1:111122223333:event-bus/hub","RoleArn":"arn:aws:iam::111122223333:role/fwd","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:111122223333:main-dlq"}})"},
          {"aws_iam_role.fwd", "Policies", "none"},
          {"aws_iam_role.fwd", "ManagedPolicyArns", "none"},
          {"aws_iam_role.inline", "Policies/1",
           R"({"PolicyName":"b","PolicyDocument":"‹aws_iam_role.inline.inline_policy[1].policy›"})"},
          // A set with one unknown member is unknown.
          {"aws_iam_role.inline", "ManagedPolicyArns", R"(["‹aws_iam_role.inline.managed_policy_arns›"])"},
          {"aws_iam_policy.put", "PolicyDocument/Statement/0/Sid", R"("base")"},
          {"aws_iam_policy.put", "PolicyDocument/Statement/2/Principal",
           R"({"Service":"pipes.amazonaws.com"})"},
          // jsonencode() with an ARN in it.
          {"aws_iam_role_policy.fwd", "PolicyDocument", R"("‹aws_iam_role_policy.fwd.policy›")"},
          {"aws_iam_group_policy.g[1]", "GroupName", R"("g1")"},
          {"aws_kms_key.k", "KeyPolicy/Statement/0/Resource",
           R"(["arn:aws:kms:eu-west-1:111122223333:key/‹aws_kms_key.k.key_id›"])"},
          {"aws_kms_key_policy.k", "", "no resource"},
          {"aws_lambda_permission.fn", "FunctionName", R"("fn:live")"},
          {"aws_lambda_permission.fn", "SourceArn",
           R"("arn:aws:events:eu-west-1:111122223333:rule/orders/byarn")"},
          {"aws_scheduler_schedule.s", "GroupName", R"("default")"},
          {R"(aws_sqs_queue_policy.chained["b"])", "PolicyDocument/Statement/0/Resource",
           R"(["arn:aws:sqs:eu-west-1:111122223333:each-b"])"},
          {R"(module.q["main"].aws_sqs_queue_policy.this)", "Queues",
           R"(["arn:aws:sqs:eu-west-1:111122223333:main-dlq"])"},
          {R"(module.q["main"].aws_sqs_queue_policy.this)", "PolicyDocument/Statement/0/Condition",
           R"({"ArnEquals":{"aws:SourceArn":["arn:aws:events:eu-west-1:111122223333:rule/orders/fwd-‹aws_cloudwatch_event_rule.fwd.name›"]}})"},
      });
  EXPECT_EQ(reading.find("aws_cloudwatch_event_bus.hub")->region, "us-east-1");
  EXPECT_EQ(reading.find("aws_cloudwatch_event_bus.hub")->account, "111122223333");
  std::set<std::string> gaps;
  for (const config::Gap& gap : reading.translation.gaps)
    gaps.insert(gap.message);
  EXPECT_EQ(gaps,
            (std::set<std::string>{"inline_policy[0].policy of aws_iam_role.inline is known only after apply",
                                   "inline_policy[1].policy of aws_iam_role.inline is known only after apply",
                                   "policy of aws_iam_role_policy.fwd is known only after apply"}));
}

TEST(TerraformFormats, APlanThatChangesLittle) {
  const TerraformReading reading(file("events-update.real.json"), {});
  EXPECT_EQ(reading.sink.errors(), 0u);
  EXPECT_TRUE(reading.translation.gaps.empty());
  expect_all(
      reading,
      {
          {"aws_cloudwatch_event_target.new", "Targets/0/Arn", R"("arn:aws:sqs:eu-west-1:123456789012:new")"},
          {R"(aws_sqs_queue_policy.chained["a"])", "", "no resource"},
          {"aws_iam_role_policy.fwd", "", "no resource"},
          {"aws_iam_role.fwd", "Policies", "none"},
          // removed { lifecycle { destroy = false } }
          {"aws_iam_role_policy_attachment.put", "Roles", R"(["fwd"])"},
          {"aws_iam_role.inline", "Policies/0/PolicyDocument/Statement/1/Action", R"("events:PutEvents")"},
      });
  for (const config::Resource& resource : reading.translation.resources)
    EXPECT_EQ(resource.account, "123456789012") << resource.name;
}

TEST(TerraformFormats, AState) {
  const TerraformReading reading(file("events-state.real.json"), {});
  EXPECT_EQ(reading.sink.errors(), 0u);
  EXPECT_TRUE(reading.translation.gaps.empty());
  EXPECT_TRUE(reading.translation.assumptions.empty());
  expect_all(reading, {
                          {"aws_cloudwatch_event_rule.byarn", "State", R"("DISABLED")"},
                          {"aws_cloudwatch_event_rule.fwd", "RoleArn", "none"},
                          {R"(aws_cloudwatch_event_target.each["b"])", "Targets/0/RetryPolicy",
                           R"({"MaximumRetryAttempts":5})"},
                          {"aws_kms_key.k", "KeyPolicy/Statement/0/Sid", R"("base")"},
                          {"aws_iam_role.fwd", "PermissionsBoundary", "none"},
                      });
  // Two regions are in this state; the bus says in which its policy stands.
  EXPECT_EQ(reading.find("aws_cloudwatch_event_bus_policy.orders")->region, "eu-west-1");
  EXPECT_EQ(reading.find("aws_cloudwatch_event_permission.dev")->region, "us-east-1");
}

TEST(TerraformFormats, APlanOfOtherProvidersIsEmpty) {
  const TerraformReading reading(file("terraform-1.11.4-unknowns.real.json"), {});
  EXPECT_EQ(joined(reading.lines()), "");
}

TEST(TerraformFormats, ASyntheticPlanOfTheNewestProvider) {
  const TerraformReading reading(file("events_plan.SYNTHETIC.json"), {});
  EXPECT_EQ(reading.sink.errors(), 0u);
  expect_all(reading, {
                          {"aws_sqs_queue_policy.dlq", "PolicyDocument/Statement/0/Resource",
                           R"(["arn:aws:sqs:us-east-1:‹account›:dlq"])"},
                          {R"(aws_cloudwatch_event_target.fwd["hub"])", "Targets/0/RoleArn",
                           R"("arn:aws:iam::‹account›:role/fwd")"},
                          {"aws_lambda_permission.fn", "SourceArn",
                           R"("arn:aws:events:us-east-1:‹account›:rule/orders/fwd")"},
                      });
  ASSERT_EQ(reading.translation.gaps.size(), 1u);
  EXPECT_EQ(reading.translation.gaps[0].message,
            "policy of aws_cloudwatch_event_bus_policy.orders is known only after apply");
}

}  // namespace
}  // namespace grantproof::sources
