// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform.h"

#include <gtest/gtest.h>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

TEST(Terraform, IsKnownByItsKeys) {
  const struct {
    std::string_view text;
    bool is;
  } kCases[] = {
      {R"({"format_version":"1.2","resource_changes":[]})", true},
      {R"({"format_version":"1.0","values":{"root_module":{}}})", true},
      {R"({"format_version":"1.0","terraform_version":"1.9.0"})", true},
      {R"({"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]})", true},
      {R"({"format_version":"1.0"})", false},
      {R"({"format_version":"1.0","valid":true,"diagnostics":[]})", false},
      {R"({"AWSTemplateFormatVersion":"2010-09-09","Resources":{}})", false},
      {R"({"version":"2","artifacts":{}})", false},
      {R"(["format_version","values"])", false},
      {R"("format_version")", false},
  };
  for (const auto& test : kCases) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const auto root = syntax::read_json(sources, sources.add("", std::string(test.text)), sink);
    ASSERT_TRUE(root);
    EXPECT_EQ(is_terraform(*root), test.is) << test.text;
  }
}

TEST(Terraform, WhatIsMissingIsSaid) {
  const struct {
    std::string_view text;
    std::string_view lines;
  } kCases[] = {
      {R"({"format_version":"1.2","resource_changes":[],"configuration":{},"errored":true,"complete":false})",
       "gap: planning ended with an error: resources are missing"},
      {R"({"format_version":"1.2","resource_changes":[],"configuration":{},"errored":false,"complete":false})",
       "gap: the plan is not complete: after apply there is more to do"},
      {R"({"format_version":"1.2","resource_changes":[],"configuration":{},"complete":true,"deferred_changes":[{},{}]})",
       "gap: 2 resources are deferred: the plan does not say how they will be"},
      {R"({"format_version":"1.2","planned_values":{"root_module":{"resources":[]}}})",
       "gap: the plan has no resource_changes: what it changes is not known"},
      {R"({"format_version":"1.2","planned_values":{"root_module":{}},"configuration":{}})", ""},
      {R"({"format_version":"0.1","resource_changes":[]})",
       "gap: the plan has no configuration: what is known only after apply cannot be followed"},
      {R"({"format_version":"1.0","values":{}})", ""},
      {R"({"format_version":"2.0","resource_changes":[]})",
       R"(GP0301: format_version is 2.0, expected a text from "0.1" to "1.2")"},
      {R"({"format_version":1.2,"resource_changes":[]})",
       R"(GP0301: format_version is a number, expected a text from "0.1" to "1.2")"},
      {R"({"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x"})",
       "GP0301: this is Terraform's own state file, whose format may change any time"},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(joined(TerraformReading(std::string(test.text)).lines(), "\n"), test.lines) << test.text;
}

// Which resources there will be.
TEST(Terraform, ActionsSayWhatIsThereAfterApply) {
  const struct {
    std::string_view actions;
    std::string_view name;  // of the queue; empty: there is none
  } kCases[] = {
      {R"(["create"])", "after"},
      {R"(["no-op"])", "after"},
      {R"(["update"])", "after"},
      {R"(["delete","create"])", "after"},
      {R"(["create","delete"])", "after"},
      {R"(["delete"])", ""},
      // Terraform lets it be, and AWS has it.
      {R"(["forget"])", "before"},
      {R"(["create","forget"])", "after"},
  };
  for (const auto& test : kCases) {
    const bool ends = test.actions == R"(["delete"])" || test.actions == R"(["forget"])";
    const TerraformReading reading(fmt::format(
        R"({{"format_version":"1.2","configuration":{{}},"resource_changes":[{{"mode":"managed","type":"aws_sqs_queue","name":"q",
            "change":{{"actions":{},"before":{{"name":"before"}},"after":{},"after_unknown":{{}}}}}}],
            "prior_state":{{"values":{{"root_module":{{"resources":[{{"mode":"managed","type":"aws_sqs_queue","name":"q","values":{{"name":"prior"}}}}]}}}}}}}})",
        test.actions, ends ? "null" : R"({"name":"after"})"));
    const config::Resource* queue = reading.find("aws_sqs_queue.q");
    EXPECT_EQ(queue == nullptr ? "" : queue->properties.find("QueueName")->text, test.name) << test.actions;
  }
}

TEST(Terraform, ResourcesHaveTheirAddress) {
  const TerraformReading reading(plan_of(
      {created("aws_sqs_queue.q[0]", R"({"name":"a"})", "{}", R"(module.m["x"].module.n)"),
       created(R"(aws_sqs_queue.q["k"])", R"({"name":"b"})"),
       R"({"mode":"managed","type":"aws_sqs_queue","name":"q","index":"k","deposed":"deadbeef","change":{"actions":["delete"],"before":{"name":"old"},"after":null}})"},
      {}, {},
      // With -target the others stay as they are.
      R"("prior_state":{"values":{"root_module":{"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"other","values":{"name":"c"}},
         {"mode":"managed","type":"aws_sqs_queue","name":"q","index":"k","values":{"name":"old"}},
         {"mode":"managed","type":"aws_sqs_queue","name":"left","deposed_key":"deadbeef","values":{"name":"d"}}]}}})"));
  EXPECT_EQ(joined(reading.lines(), "\n"),
            "AWS::SQS::Queue module.m[\"x\"].module.n.aws_sqs_queue.q[0] {\"QueueName\":\"a\"}\n"
            "AWS::SQS::Queue aws_sqs_queue.q[\"k\"] {\"QueueName\":\"b\"}\n"
            "AWS::SQS::Queue aws_sqs_queue.other {\"QueueName\":\"c\"}");
}

// Nothing of these is read, and a verdict on them would rest on nothing.
TEST(Terraform, WhatIsNotReadIsSaid) {
  const struct {
    std::string_view address;
    std::string_view gap;
    std::string_view about;
  } kCases[] = {
      {"awscc_events_event_bus.x", "awscc_events_event_bus.x is of the provider awscc, which is not read",
       "AWS::Events::EventBus"},
      {"awscc_iam_role.x", "awscc_iam_role.x is of the provider awscc, which is not read", "AWS::IAM::Role"},
      {"aws_cloudformation_stack.x",
       "aws_cloudformation_stack.x deploys a template, which is not read in a plan",
       "AWS::CloudFormation::Stack"},
      {"awscc_ec2_vpc.x", "", ""},
      {"aws_vpc.x", "", ""},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_of({created(test.address, "{}")}, {}));
    EXPECT_TRUE(reading.translation.resources.empty());
    const auto& gaps = reading.translation.gaps;
    EXPECT_EQ(gaps.empty() ? "" : gaps[0].message, test.gap);
    EXPECT_EQ(gaps.empty() ? "" : gaps[0].about, test.about);
  }
}

TEST(Terraform, AStateHasItsValues) {
  const TerraformReading reading(
      R"({"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{
        "resources":[{"address":"aws_sqs_queue.q","mode":"managed","type":"aws_sqs_queue","name":"q",
                      "values":{"name":"q","arn":"arn:aws-cn:sqs:cn-north-1:444455556666:q","policy":""}}],
        "child_modules":[{"address":"module.m","resources":[{"mode":"managed","type":"aws_sns_topic","name":"t","index":1,
                      "values":{"name":"t","arn":"arn:aws-cn:sns:cn-north-1:444455556666:t"}}]}]}}})",
      {});
  EXPECT_EQ(joined(reading.lines(), "\n"),
            "AWS::SQS::Queue aws_sqs_queue.q {\"QueueName\":\"q\"}\n"
            "AWS::SNS::Topic module.m.aws_sns_topic.t[1] {\"TopicName\":\"t\"}");
  const config::Resource* queue = reading.find("aws_sqs_queue.q");
  ASSERT_NE(queue, nullptr);
  EXPECT_EQ(queue->arn, "arn:aws-cn:sqs:cn-north-1:444455556666:q");
  EXPECT_EQ(queue->partition, "aws-cn");
  EXPECT_EQ(queue->account, "444455556666");
  EXPECT_EQ(queue->region, "cn-north-1");
}

TEST(Terraform, SpansLeadIntoThePlan) {
  const std::string policy = R"("{\"Version\":\"2012-10-17\",\"Statement\":[]}")";
  const TerraformReading reading(
      plan_of({created("aws_cloudwatch_event_bus_policy.p",
                       fmt::format(R"({{"event_bus_name":"hub","policy":{}}})", policy))},
              {}));
  const config::Resource* resource = reading.find("aws_cloudwatch_event_bus_policy.p");
  ASSERT_NE(resource, nullptr);
  EXPECT_TRUE(reading.sources.text(resource->span)
                  .starts_with(R"({"mode":"managed","type":"aws_cloudwatch_event_bus_policy")"));
  EXPECT_EQ(reading.sources.text(resource->properties.find("EventBusName")->span), R"("hub")");
  const syntax::Node* document = resource->properties.find("PolicyDocument");
  ASSERT_NE(document->find("Statement"), nullptr);
  EXPECT_EQ(reading.sources.text(reading.sources.outermost(document->find("Statement")->span)), "[]");
}

}  // namespace
}  // namespace grantproof::sources
