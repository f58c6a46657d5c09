// SPDX-License-Identifier: Apache-2.0
//
// A policy that is an attribute of one resource and a resource of its own.
#include <gtest/gtest.h>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

const char* const kOld = R"("{\"Statement\":[{\"Sid\":\"old\"}]}")";
const char* const kNew = R"("{\"Statement\":[{\"Sid\":\"new\"}]}")";

std::string change(std::string_view type, std::string_view actions, std::string_view before,
                   std::string_view after) {
  return fmt::format(
      R"({{"mode":"managed","type":"{}","name":"x","change":{{"actions":["{}"],"before":{},"after":{},"after_unknown":{{}}}}}})",
      type, actions, before, after);
}

std::string policies(const TerraformReading& reading, std::string_view property) {
  std::vector<std::string> policies;
  for (const config::Resource& resource : reading.translation.resources) {
    if (const syntax::Node* policy = resource.properties.find(property))
      policies.push_back(syntax::write_json(*policy));
  }
  return joined(policies);
}

TEST(TerraformParts, TheResourceSaysItNotTheAttribute) {
  const std::string url = "https://sqs.eu-west-1.amazonaws.com/111122223333/q";
  const std::string queue = fmt::format(R"({{"name":"q","id":"{0}","url":"{0}","policy":{1}}})", url, kOld);
  const std::string old_part = fmt::format(R"({{"queue_url":"{}","policy":{}}})", url, kOld);
  const std::string new_part = fmt::format(R"({{"queue_url":"{}","policy":{}}})", url, kNew);
  const std::string other_part = fmt::format(R"({{"queue_url":"https://other","policy":{}}})", kNew);
  const struct {
    std::string_view what;
    std::vector<std::string> changes;
    std::string_view expressions;  // of the queue
    std::string_view policies;
  } kCases[] = {
      {"read back, and nobody else says it",
       {change("aws_sqs_queue", "no-op", queue, queue)},
       "{}",
       R"({"Statement":[{"Sid":"old"}]})"},
      {"the policy changes",
       {change("aws_sqs_queue", "no-op", queue, queue),
        change("aws_sqs_queue_policy", "update", old_part, new_part)},
       "{}",
       R"({"Statement":[{"Sid":"new"}]})"},
      {"the policy goes",
       {change("aws_sqs_queue", "no-op", queue, queue),
        change("aws_sqs_queue_policy", "delete", old_part, "null")},
       "{}",
       ""},
      {"the policy of another queue",
       {change("aws_sqs_queue", "no-op", queue, queue),
        change("aws_sqs_queue_policy", "update", other_part, other_part)},
       "{}",
       R"({"Statement":[{"Sid":"old"}]},{"Statement":[{"Sid":"new"}]})"},
      {"written in both places: both count",
       {change("aws_sqs_queue", "no-op", queue, queue),
        change("aws_sqs_queue_policy", "update", old_part, new_part)},
       R"({"policy":{}})",
       R"({"Statement":[{"Sid":"old"}]},{"Statement":[{"Sid":"new"}]})"},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_of(test.changes, {configured("aws_sqs_queue.x", test.expressions)}));
    EXPECT_EQ(policies(reading, "PolicyDocument"), test.policies) << test.what;
  }
}

// What is not written and is known after apply is what AWS has by default.
TEST(TerraformParts, ComputedAttributesAreNone) {
  const struct {
    std::string_view expressions;
    std::string_view lines;
  } kCases[] = {
      {"{}", "AWS::SQS::Queue aws_sqs_queue.q {\"QueueName\":\"q\"}"},
      {R"({"policy":{"references":["local.p"]}})",
       "AWS::SQS::Queue aws_sqs_queue.q {\"QueueName\":\"q\"}\n"
       "AWS::SQS::QueuePolicy aws_sqs_queue.q {\"Queues\":[\"arn:aws:sqs:eu-west-1:111122223333:q\"],"
       "\"PolicyDocument\":\"‹aws_sqs_queue.q.policy›\"}\n"
       "gap: policy of aws_sqs_queue.q is known only after apply"},
      {R"({"sqs_managed_sse_enabled":{"references":["local.s"]}})",
       "AWS::SQS::Queue aws_sqs_queue.q "
       "{\"QueueName\":\"q\",\"SqsManagedSseEnabled\":\"‹aws_sqs_queue.q.sqs_managed_sse_enabled›\"}"},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_of(
        {created("aws_sqs_queue.q", R"({"name":"q"})", R"({"policy":true,"sqs_managed_sse_enabled":true})")},
        {configured("aws_sqs_queue.q", test.expressions)}));
    EXPECT_EQ(joined(reading.lines(), "\n"), test.lines);
  }
}

TEST(TerraformParts, InlineAndAttachedPoliciesOfARole) {
  const std::string role = fmt::format(
      R"({{"name":"r","id":"r","arn":"arn:aws:iam::111122223333:role/r","inline_policy":[{{"name":"kept","policy":{0}}},{{"name":"gone","policy":{0}}}],
          "managed_policy_arns":["arn:aws:iam::aws:policy/Kept","arn:aws:iam::aws:policy/Gone"]}})",
      kOld);
  const TerraformReading reading(
      plan_of({change("aws_iam_role", "no-op", role, role),
               change("aws_iam_role_policy", "delete",
                      fmt::format(R"({{"role":"r","name":"gone","policy":{}}})", kOld), "null"),
               change("aws_iam_role_policy_attachment", "delete",
                      R"({"role":"r","policy_arn":"arn:aws:iam::aws:policy/Gone"})", "null")},
              {configured("aws_iam_role.x", "{}")}));
  EXPECT_EQ(policies(reading, "Policies"),
            R"([{"PolicyName":"kept","PolicyDocument":{"Statement":[{"Sid":"old"}]}}])");
  EXPECT_EQ(policies(reading, "ManagedPolicyArns"), R"(["arn:aws:iam::aws:policy/Kept"])");
}

TEST(TerraformParts, AKeyHasItsPolicyWherever) {
  const struct {
    std::string_view what;
    std::vector<std::string> changes;
    std::string_view lines;
  } kCases[] = {
      {"of a key to be",
       {created("aws_kms_key.k", R"({"is_enabled":true})",
                R"({"arn":true,"key_id":true,"id":true,"policy":true})"),
        created("aws_kms_key_policy.p", fmt::format(R"({{"policy":{}}})", kNew), R"({"key_id":true})")},
       R"(AWS::KMS::Key aws_kms_key.k {"KeyPolicy":{"Statement":[{"Sid":"new"}]},"Enabled":true})"},
      {"of a key that is there",
       {created(
            "aws_kms_key.k",
            fmt::format(R"({{"arn":"arn:aws:kms:eu-west-1:111122223333:key/k","key_id":"k","policy":{}}})",
                        kOld)),
        created("aws_kms_key_policy.p", fmt::format(R"({{"key_id":"k","policy":{}}})", kNew))},
       R"(AWS::KMS::Key aws_kms_key.k {"KeyPolicy":{"Statement":[{"Sid":"new"}]}})"},
      {"of a key that is elsewhere",
       {created("aws_kms_key_policy.p", fmt::format(R"({{"key_id":"k","policy":{}}})", kNew))},
       R"(AWS::KMS::Key aws_kms_key_policy.p {"KeyPolicy":{"Statement":[{"Sid":"new"}]}})"},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_of(
        test.changes,
        {configured("aws_kms_key.k", "{}"),
         configured("aws_kms_key_policy.p", fmt::format(R"({{"key_id":{},"policy":{{}}}})",
                                                        refers_to("aws_kms_key.k.id", "aws_kms_key.k")))}));
    EXPECT_EQ(joined(reading.lines(), "\n"), test.lines) << test.what;
    EXPECT_TRUE(
        reading.translation.resources.at(0).arn.starts_with("arn:aws:kms:eu-west-1:111122223333:key/"))
        << test.what;
  }
}

TEST(TerraformParts, PoliciesOfAnOrganizationHaveTheirTargets) {
  const TerraformReading reading(plan_of(
      {created("aws_organizations_policy.p",
               fmt::format(R"({{"name":"p","type":"SERVICE_CONTROL_POLICY","content":{}}})", kNew),
               R"({"id":true})"),
       created("aws_organizations_organizational_unit.ou", R"({"name":"ou","parent_id":"r-ab12"})",
               R"({"id":true})"),
       created("aws_organizations_policy_attachment.a", R"({"target_id":"111122223333"})",
               R"({"policy_id":true})"),
       created("aws_organizations_policy_attachment.b", "{}", R"({"policy_id":true,"target_id":true})"),
       created("aws_organizations_policy_attachment.c",
               R"({"policy_id":"p-elsewhere","target_id":"111122223333"})")},
      {configured("aws_organizations_policy.p", R"({"content":{}})"),
       configured("aws_organizations_policy_attachment.a",
                  fmt::format(R"({{"policy_id":{}}})",
                              refers_to("aws_organizations_policy.p.id", "aws_organizations_policy.p"))),
       configured("aws_organizations_policy_attachment.b",
                  fmt::format(R"({{"policy_id":{},"target_id":{}}})",
                              refers_to("aws_organizations_policy.p.id", "aws_organizations_policy.p"),
                              refers_to("aws_organizations_organizational_unit.ou.id",
                                        "aws_organizations_organizational_unit.ou")))}));
  EXPECT_EQ(
      joined(reading.lines(), "\n"),
      "AWS::Organizations::Policy aws_organizations_policy.p "
      "{\"Id\":\"‹aws_organizations_policy.p.id›\",\"Name\":\"p\","
      "\"Type\":\"SERVICE_CONTROL_POLICY\",\"Content\":{\"Statement\":[{\"Sid\":\"new\"}]},"
      "\"TargetIds\":[\"111122223333\",\"‹aws_organizations_organizational_unit.ou.id›\"]}\n"
      "AWS::Organizations::OrganizationalUnit aws_organizations_organizational_unit.ou "
      "{\"Id\":\"‹aws_organizations_organizational_unit.ou.id›\",\"Name\":\"ou\",\"ParentId\":\"r-ab12\"}\n"
      "gap: aws_organizations_policy_attachment.c attaches a policy that is not described here");
}

// The same name in two accounts is two roles.
TEST(TerraformParts, NamesAreOfTheirAccount) {
  const std::string role = fmt::format(
      R"({{"name":"r","id":"r","arn":"arn:aws:iam::111122223333:role/r","inline_policy":[{{"name":"p","policy":{}}}]}})",
      kOld);
  const TerraformReading reading(fmt::format(
      R"({{"format_version":"1.2","resource_changes":[{},{}],"configuration":{{"provider_config":{{"aws":{{"name":"aws"}},"aws.hub":{{"name":"aws","expressions":{{"profile":{{"constant_value":"hub"}}}}}}}},
          "root_module":{{"resources":[{},{{"address":"aws_iam_role_policy.x","provider_config_key":"aws.hub","expressions":{{"policy":{{}}}}}}]}}}}}})",
      change("aws_iam_role", "no-op", role, role),
      change("aws_iam_role_policy", "create", "null",
             fmt::format(R"({{"role":"r","name":"p","policy":{}}})", kNew)),
      configured("aws_iam_role.x", "{}")));
  EXPECT_EQ(policies(reading, "Policies"),
            R"([{"PolicyName":"p","PolicyDocument":{"Statement":[{"Sid":"old"}]}}])");
}

}  // namespace
}  // namespace grantproof::sources
