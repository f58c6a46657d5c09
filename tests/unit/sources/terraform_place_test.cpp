// SPDX-License-Identifier: Apache-2.0
//
// In which account and region resources of a plan or state stand.
#include <gtest/gtest.h>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

std::string where(const TerraformReading& reading, std::string_view name) {
  const config::Resource* resource = reading.find(name);
  return resource == nullptr
             ? "none"
             : fmt::format("{} {} {}", resource->partition, resource->account, resource->region);
}

// A queue of the provider "aws" and one of "aws.hub".
std::string plan_with(std::string_view providers, std::string_view more_changes = {},
                      std::string_view more_configuration = {}, std::string_view more = {}) {
  return fmt::format(
      R"({{"format_version":"1.2","resource_changes":[{},{}{}],
          "configuration":{{"provider_config":{{{}}},"root_module":{{"variables":{{"region":{{"default":"eu-north-1"}},"geo":{{"default":"eu"}}}},
          "resources":[{{"address":"aws_sqs_queue.q","provider_config_key":"aws","expressions":{{}}}},
                       {{"address":"aws_sqs_queue.hub","provider_config_key":"aws.hub","expressions":{{}}}}{}]}}}}{}}})",
      created("aws_sqs_queue.q", R"({"name":"q"})"), created("aws_sqs_queue.hub", R"({"name":"hub"})"),
      more_changes, providers, more_configuration, more);
}

TEST(TerraformPlace, ProvidersSayIt) {
  const char* const kRegion = R"({"constant_value":"eu-west-1"})";
  const struct {
    std::string_view what;
    std::string providers;
    std::string_view queue;
    std::string_view hub;
  } kCases[] = {
      {"nothing", R"("aws":{"name":"aws"},"aws.hub":{"name":"aws","alias":"hub"})",
       "aws ‹account in p› ‹region in p›", "aws ‹account in p› ‹region of aws.hub in p›"},
      {"regions",
       fmt::format(
           R"("aws":{{"name":"aws","expressions":{{"region":{}}}}},"aws.hub":{{"name":"aws","expressions":{{"region":{{"constant_value":"cn-north-1"}}}}}})",
           kRegion),
       "aws ‹account in p› eu-west-1", "aws-cn ‹account in p› cn-north-1"},
      {"a variable",
       R"("aws":{"name":"aws","expressions":{"region":{"references":["var.region"]}}},"aws.hub":{"name":"aws"})",
       "aws ‹account in p› eu-north-1", "aws ‹account in p› ‹region of aws.hub in p›"},
      {"a variable in a text",
       R"("aws":{"name":"aws","expressions":{"region":{"references":["var.geo"]}}},"aws.hub":{"name":"aws"})",
       "aws ‹account in p› ‹region in p›", "aws ‹account in p› ‹region of aws.hub in p›"},
      {"the only account that is allowed",
       R"("aws":{"name":"aws","expressions":{"allowed_account_ids":{"constant_value":["444455556666"]}}},"aws.hub":{"name":"aws"})",
       "aws 444455556666 ‹region in p›", "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"several accounts are allowed",
       R"("aws":{"name":"aws","expressions":{"allowed_account_ids":{"constant_value":["444455556666","111122223333"]}}},"aws.hub":{"name":"aws"})",
       "aws ‹account in p› ‹region in p›", "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"the role that is assumed",
       R"("aws":{"name":"aws"},"aws.hub":{"name":"aws","expressions":{"assume_role":[{"role_arn":{"constant_value":"arn:aws:iam::777788889999:role/deploy"}}]}})",
       "aws ‹account in p› ‹region in p›", "aws 777788889999 ‹region of aws.hub in p›"},
      {"a role of which nobody knows",
       R"("aws":{"name":"aws"},"aws.hub":{"name":"aws","expressions":{"assume_role":[{"role_arn":{"references":["local.role"]}}]}})",
       "aws ‹account in p› ‹region in p›", "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"the same profile",
       R"("aws":{"name":"aws","expressions":{"profile":{"constant_value":"x"}}},"aws.hub":{"name":"aws","expressions":{"profile":{"constant_value":"x"}}})",
       "aws ‹account in p› ‹region in p›", "aws ‹account in p› ‹region of aws.hub in p›"},
      {"another profile",
       R"("aws":{"name":"aws","expressions":{"profile":{"constant_value":"x"}}},"aws.hub":{"name":"aws","expressions":{"profile":{"constant_value":"y"}}})",
       "aws ‹account in p› ‹region in p›", "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_with(test.providers), {"p", "", ""});
    EXPECT_EQ(where(reading, "aws_sqs_queue.q"), test.queue) << test.what;
    EXPECT_EQ(where(reading, "aws_sqs_queue.hub"), test.hub) << test.what;
  }
}

// What the path or the flags say is of the provider that is meant where none is named.
TEST(TerraformPlace, TheFilesPlaceComesLast) {
  const Place place{"p", "111122223333", "eu-west-1"};
  const std::string_view kSame =
      R"("aws":{"name":"aws"},"aws.hub":{"name":"aws","expressions":{"region":{"constant_value":"us-east-1"}}})";
  const TerraformReading same(plan_with(kSame), place);
  EXPECT_EQ(where(same, "aws_sqs_queue.q"), "aws 111122223333 eu-west-1");
  EXPECT_EQ(where(same, "aws_sqs_queue.hub"), "aws 111122223333 us-east-1");
  const std::string_view kOther =
      R"("aws":{"name":"aws"},"aws.hub":{"name":"aws","expressions":{"profile":{"constant_value":"hub"}}})";
  const TerraformReading other(plan_with(kOther), place);
  EXPECT_EQ(where(other, "aws_sqs_queue.q"), "aws 111122223333 eu-west-1");
  EXPECT_EQ(where(other, "aws_sqs_queue.hub"), "aws ‹account of aws.hub in p› ‹region of aws.hub in p›");
  const std::string_view kSaid =
      R"("aws":{"name":"aws","expressions":{"allowed_account_ids":{"constant_value":["444455556666"]},"region":{"constant_value":"eu-north-1"}}})";
  const TerraformReading said(plan_with(kSaid), place);
  EXPECT_EQ(where(said, "aws_sqs_queue.q"), "aws 444455556666 eu-north-1");
}

TEST(TerraformPlace, DataAndArnsSayIt) {
  const char* const kProviders =
      R"("aws":{"name":"aws"},"aws.hub":{"name":"aws","expressions":{"profile":{"constant_value":"hub"}}})";
  const auto data = [](std::string_view type, std::string_view values) {
    return fmt::format(
        R"(,"prior_state":{{"values":{{"root_module":{{"resources":[{{"mode":"data","type":"{}","name":"d","values":{}}}]}}}}}})",
        type, values);
  };
  const auto configuration = [](std::string_view type, std::string_view expressions) {
    return fmt::format(R"(,{{"address":"data.{}.d","provider_config_key":"aws.hub","expressions":{}}})", type,
                       expressions);
  };
  const struct {
    std::string_view what;
    std::string changes;
    std::string configuration;
    std::string more;
    std::string_view hub;
  } kCases[] = {
      {"the account of the caller", "", configuration("aws_caller_identity", "{}"),
       data("aws_caller_identity", R"({"account_id":"777788889999"})"),
       "aws 777788889999 ‹region of aws.hub in p›"},
      {"the region", "", configuration("aws_region", "{}"),
       data("aws_region", R"({"name":"us-east-1","id":"us-east-1"})"),
       "aws ‹account of aws.hub in p› us-east-1"},
      {"any region", "", configuration("aws_region", R"({"name":{"constant_value":"us-east-1"}})"),
       data("aws_region", R"({"name":"us-east-1","id":"us-east-1"})"),
       "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"the partition", "", configuration("aws_partition", "{}"),
       data("aws_partition", R"({"partition":"aws-us-gov"})"),
       "aws-us-gov ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"an ARN of the same provider",
       "," + created("aws_sns_topic.t", R"({"arn":"arn:aws:sns:us-east-1:777788889999:t"})"),
       R"(,{"address":"aws_sns_topic.t","provider_config_key":"aws.hub","expressions":{}})", "",
       "aws 777788889999 us-east-1"},
      {"an ARN of another provider",
       "," + created("aws_sns_topic.t", R"({"arn":"arn:aws:sns:us-east-1:777788889999:t"})"),
       R"(,{"address":"aws_sns_topic.t","provider_config_key":"aws","expressions":{}})", "",
       "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"ARNs that say different things",
       "," + created("aws_sns_topic.t", R"({"arn":"arn:aws:sns:us-east-1:777788889999:t"})") + "," +
           created("aws_sns_topic.u", R"({"arn":"arn:aws:sns:us-east-1:444455556666:t"})"),
       R"(,{"address":"aws_sns_topic.t","provider_config_key":"aws.hub","expressions":{}},{"address":"aws_sns_topic.u","provider_config_key":"aws.hub","expressions":{}})",
       "", "aws ‹account of aws.hub in p› us-east-1"},
      {"a rule stands where its bus stands, which may be elsewhere",
       "," +
           created(
               "aws_cloudwatch_event_rule.r",
               R"({"name":"r","event_bus_name":"arn:aws:events:us-east-1:777788889999:event-bus/hub","arn":"arn:aws:events:us-east-1:777788889999:rule/hub/r"})"),
       R"(,{"address":"aws_cloudwatch_event_rule.r","provider_config_key":"aws.hub","expressions":{}})", "",
       "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
      {"the ARN of a target is none of the provider's own",
       "," + created("aws_cloudwatch_event_target.t",
                     R"({"arn":"arn:aws:sns:us-east-1:777788889999:t","rule":"r","target_id":"t"})"),
       R"(,{"address":"aws_cloudwatch_event_target.t","provider_config_key":"aws.hub","expressions":{}})", "",
       "aws ‹account of aws.hub in p› ‹region of aws.hub in p›"},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_with(kProviders, test.changes, test.configuration, test.more),
                                   {"p", "", ""});
    EXPECT_EQ(where(reading, "aws_sqs_queue.hub"), test.hub) << test.what;
  }
}

// Since version 6 of the provider.
TEST(TerraformPlace, AResourceMaySayItsRegion) {
  const TerraformReading reading(
      plan_of({created("aws_sqs_queue.q", R"({"name":"q","region":"us-east-2"})")}, {}));
  EXPECT_EQ(where(reading, "aws_sqs_queue.q"), "aws 111122223333 us-east-2");
}

// Before Terraform 1.1 modules have their own name for the provider.
TEST(TerraformPlace, KeysOfOldPlans) {
  const auto plan = [](std::string_view more_providers) {
    return fmt::format(
        R"({{"format_version":"0.2","resource_changes":[{}],"configuration":{{"provider_config":{{"aws":{{"name":"aws","expressions":{{"region":{{"constant_value":"us-east-1"}}}}}}{}}},
            "root_module":{{"module_calls":{{"m":{{"module":{{"resources":[{{"address":"aws_sqs_queue.q","provider_config_key":"m:aws","expressions":{{}}}}]}}}}}}}}}}}})",
        created("aws_sqs_queue.q", R"({"name":"q"})", "{}", "module.m"), more_providers);
  };
  EXPECT_EQ(where(TerraformReading(plan("")), "module.m.aws_sqs_queue.q"), "aws 111122223333 us-east-1");
  EXPECT_EQ(where(TerraformReading(plan(R"(,"aws.hub":{"name":"aws"})")), "module.m.aws_sqs_queue.q"),
            "aws 111122223333 ‹region of m.aws›");
}

// A state does not say providers; it says what the configuration referred to.
TEST(TerraformPlace, NeighboursInAState) {
  const auto state = [](std::string_view depends_on) {
    return fmt::format(
        R"({{"format_version":"1.0","values":{{"root_module":{{"resources":[
            {{"mode":"managed","type":"aws_cloudwatch_event_bus","name":"a","values":{{"name":"hub","arn":"arn:aws:events:eu-west-1:111122223333:event-bus/hub"}}}},
            {{"mode":"managed","type":"aws_cloudwatch_event_bus","name":"b","values":{{"name":"hub","arn":"arn:aws:events:us-east-1:444455556666:event-bus/hub"}}}},
            {{"mode":"managed","type":"aws_cloudwatch_event_bus","name":"c","values":{{"name":"other","arn":"arn:aws:events:us-east-1:444455556666:event-bus/other"}}}},
            {{"mode":"managed","type":"aws_cloudwatch_event_permission","name":"p","values":{{"event_bus_name":"hub"}}{}}}]}}}}}})",
        depends_on);
  };
  const struct {
    std::string_view depends_on;
    std::string_view where;
  } kCases[] = {
      {"", "aws ‹account› ‹region›"},
      {R"(,"depends_on":["aws_cloudwatch_event_bus.a","aws_cloudwatch_event_bus.c"])",
       "aws 111122223333 eu-west-1"},
      {R"(,"depends_on":["aws_cloudwatch_event_bus.b"])", "aws 444455556666 us-east-1"},
      {R"(,"depends_on":["aws_cloudwatch_event_bus.a","aws_cloudwatch_event_bus.b"])",
       "aws ‹account› ‹region›"},
      {R"(,"depends_on":[7,"aws_cloudwatch_event_bus.nowhere"])", "aws ‹account› ‹region›"},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(where(TerraformReading(state(test.depends_on), {}), "aws_cloudwatch_event_permission.p"),
              test.where)
        << test.depends_on;
}

}  // namespace
}  // namespace grantproof::sources
