// SPDX-License-Identifier: Apache-2.0
//
// What is known only after apply, and what it refers to.
#include <gtest/gtest.h>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

// A queue, a bus, a role and a function of known names, queues of for_each, one of count, and a table whose
// ARN nobody makes.
std::vector<std::string> world() {
  return {
      created("aws_sqs_queue.q", R"({"name":"work"})", R"({"arn":true,"id":true,"url":true})"),
      created(R"(aws_sqs_queue.each["a"])", R"({"name":"work-a"})", R"({"arn":true,"id":true})"),
      created(R"(aws_sqs_queue.each["b"])", R"({"name":"work-b"})", R"({"arn":true,"id":true})"),
      created("aws_sqs_queue.one[0]", R"({"name":"one"})", R"({"arn":true,"id":true})"),
      created("aws_sqs_queue.generated", R"({"name_prefix":"gen-"})", R"({"name":true,"arn":true})"),
      created("aws_sqs_queue.nameless", "{}", R"({"name":true,"arn":true})"),
      created("aws_iam_role.r", R"({"name":"r","path":"/team/"})", R"({"arn":true,"id":true})"),
      created("aws_lambda_function.f", R"({"function_name":"f"})", R"({"arn":true,"qualified_arn":true})"),
      created("aws_kms_key.k", "{}", R"({"arn":true,"key_id":true,"id":true})"),
      created("aws_dynamodb_global_table.t", "{}", R"({"arn":true,"stream":true})"),
      created("aws_cloudwatch_event_rule.default", R"({"name":"r","event_bus_name":"default"})",
              R"({"arn":true})"),
      created("aws_cloudwatch_event_rule.hub", R"({"name":"r","event_bus_name":"hub"})", R"({"arn":true})"),
      created("aws_cloudwatch_event_rule.foreign",
              R"({"name":"r","event_bus_name":"arn:aws:events:us-east-1:444455556666:event-bus/hub"})",
              R"({"arn":true})"),
  };
}

const char* const kModules = R"("module_calls":{
  "out":{"expressions":{"role_arn":{"references":["aws_iam_role.r.arn","aws_iam_role.r"]},
                        "wrapped":{"references":["aws_iam_role.r.arn","aws_iam_role.r"]},
                        "whole":{"references":["aws_iam_role.r"]},
                        "text":{"constant_value":"arn:aws:iam::111122223333:role/constant"}},
         "module":{"outputs":{"passed":{"expression":{"references":["var.role_arn"]}},
                              "part":{"expression":{"references":["var.wrapped.arn","var.wrapped"]}},
                              "of_whole":{"expression":{"references":["var.whole.arn","var.whole"]}},
                              "constant":{"expression":{"references":["var.text"]}},
                              "two":{"expression":{"references":["var.role_arn","var.text"]}},
                              "absent":{"expression":{"references":["var.nothing"]}},
                              "again":{"expression":{"references":["module.deep.out","module.deep"]}}},
                   "module_calls":{"deep":{"expressions":{"in":{"references":["var.role_arn"]}},
                                           "module":{"outputs":{"out":{"expression":{"references":["var.in"]}}}}}}}},
  "many":{"for_each_expression":{"references":["aws_sqs_queue.each"]},
          "expressions":{"queue":{"references":["each.value.arn","each.value"]},
                         "own":{"references":["aws_sqs_queue.each","each.key"]}},
          "module":{"outputs":{"queue":{"expression":{"references":["var.queue"]}},
                               "own":{"expression":{"references":["var.own"]}}},
                    "resources":[{"address":"null_resource.n","expressions":{}}]}},
  "round":{"expressions":{"in":{"references":["module.round.out","module.round"]}},
           "module":{"outputs":{"out":{"expression":{"references":["var.in"]}}}}}})";

std::string target_arn(const std::string& expression) {
  auto changes = world();
  changes.push_back(created("null_resource.n", "{}", "{}", R"(module.many["a"])"));
  changes.push_back(created("null_resource.n", "{}", "{}", R"(module.many["b"])"));
  changes.push_back(created("aws_cloudwatch_event_target.t",
                            R"({"rule":"r","event_bus_name":"hub","target_id":"t"})", R"({"arn":true})"));
  const TerraformReading reading(plan_of(
      changes, {configured("aws_cloudwatch_event_target.t", R"({"arn":)" + expression + "}")}, kModules));
  const config::Resource* target = reading.find("aws_cloudwatch_event_target.t");
  const syntax::Node* list = target == nullptr ? nullptr : target->properties.find("Targets");
  if (list == nullptr || list->items.empty() || list->items[0].find("Arn") == nullptr)
    return "none";
  return list->items[0].find("Arn")->text;
}

TEST(TerraformFollow, OneReferenceToAnArnIsThatArn) {
  const struct {
    std::string_view reference;
    std::string_view whole;
    std::string_view arn;
  } kCases[] = {
      {"aws_sqs_queue.q.arn", "aws_sqs_queue.q", "arn:aws:sqs:eu-west-1:111122223333:work"},
      {"aws_sqs_queue.q.url", "aws_sqs_queue.q", "arn:aws:sqs:eu-west-1:111122223333:work"},
      {R"(aws_sqs_queue.each[\"a\"].arn)", R"(aws_sqs_queue.each[\"a\"])",
       "arn:aws:sqs:eu-west-1:111122223333:work-a"},
      {"aws_sqs_queue.generated.arn", "aws_sqs_queue.generated",
       "arn:aws:sqs:eu-west-1:111122223333:gen-‹aws_sqs_queue.generated.name›"},
      {"aws_sqs_queue.nameless.arn", "aws_sqs_queue.nameless",
       "arn:aws:sqs:eu-west-1:111122223333:‹aws_sqs_queue.nameless.name›"},
      {"aws_iam_role.r.arn", "aws_iam_role.r", "arn:aws:iam::111122223333:role/team/r"},
      {"aws_iam_role.r.id", "aws_iam_role.r", "r"},
      {"aws_lambda_function.f.arn", "aws_lambda_function.f",
       "arn:aws:lambda:eu-west-1:111122223333:function:f"},
      {"aws_kms_key.k.arn", "aws_kms_key.k", "arn:aws:kms:eu-west-1:111122223333:key/‹aws_kms_key.k.key_id›"},
      {"aws_cloudwatch_event_rule.default.arn", "aws_cloudwatch_event_rule.default",
       "arn:aws:events:eu-west-1:111122223333:rule/r"},
      {"aws_cloudwatch_event_rule.hub.arn", "aws_cloudwatch_event_rule.hub",
       "arn:aws:events:eu-west-1:111122223333:rule/hub/r"},
      {"aws_cloudwatch_event_rule.foreign.arn", "aws_cloudwatch_event_rule.foreign",
       "arn:aws:events:us-east-1:444455556666:rule/hub/r"},
      // What no table knows is at least the same thing wherever it is referred to.
      {"aws_dynamodb_global_table.t.arn", "aws_dynamodb_global_table.t", "‹aws_dynamodb_global_table.t.arn›"},
      {"module.out.passed", "module.out", "arn:aws:iam::111122223333:role/team/r"},
      {"module.out.of_whole", "module.out", "arn:aws:iam::111122223333:role/team/r"},
      {"module.out.again", "module.out", "arn:aws:iam::111122223333:role/team/r"},
      {R"(module.many[\"b\"].queue)", R"(module.many[\"b\"])", "arn:aws:sqs:eu-west-1:111122223333:work-b"},
      {R"(module.many[\"b\"].own)", R"(module.many[\"b\"])", "arn:aws:sqs:eu-west-1:111122223333:work-b"},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(target_arn(refers_to(test.reference, test.whole)), test.arn) << test.reference;
  // The one instance of a count, whatever picks it.
  EXPECT_EQ(target_arn(R"({"references":["aws_sqs_queue.one"]})"), "arn:aws:sqs:eu-west-1:111122223333:one");
  EXPECT_EQ(
      target_arn(R"({"references":["aws_sqs_queue.one[0].arn","aws_sqs_queue.one[0]","aws_sqs_queue.one"]})"),
      "arn:aws:sqs:eu-west-1:111122223333:one");
}

TEST(TerraformFollow, EverythingElseStaysUnknown) {
  const std::string_view kCases[] = {
      // More than one reference: a template, a choice.
      R"({"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q","var.suffix"]})",
      R"({"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q","aws_sqs_queue.one[0].arn","aws_sqs_queue.one[0]","aws_sqs_queue.one"]})",
      R"({"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q","aws_sqs_queue.q.arn","aws_sqs_queue.q"]})",
      // Were it the name alone, it would be known.
      R"({"references":["aws_sqs_queue.q.name","aws_sqs_queue.q"]})",
      // One of several instances.
      R"({"references":["aws_sqs_queue.each"]})",
      R"({"references":["aws_sqs_queue.each","each.key"]})",
      // A function's other ARNs, and parts of ARNs.
      R"({"references":["aws_lambda_function.f.qualified_arn","aws_lambda_function.f"]})",
      R"({"references":["aws_lambda_function.f"]})",
      R"({"references":["aws_dynamodb_global_table.t.stream","aws_dynamodb_global_table.t"]})",
      // Locals are not in a plan.
      R"({"references":["local.arn"]})",
      R"({"references":["var.arn"]})",
      R"({"references":["path.module"]})",
      R"({"references":["aws_sqs_queue.nowhere.arn","aws_sqs_queue.nowhere"]})",
      R"({"references":["aws_sqs_queue.one[1].arn","aws_sqs_queue.one[1]","aws_sqs_queue.one"]})",
      R"({"references":["module.nowhere.arn","module.nowhere"]})",
      R"({"references":["module.out.nowhere","module.out"]})",
      R"({"references":["module.out"]})",
      R"({"references":["module.many.queue","module.many"]})",
      R"({"references":["module.out[0].passed","module.out[0]","module.out"]})",
      R"({"references":["module.out.two","module.out"]})",
      R"({"references":["module.out.absent","module.out"]})",
      // {arn = …} and the ARN alone have the same references.
      R"({"references":["module.out.part","module.out"]})",
      // Were it the constant alone, it would be known.
      R"({"references":["module.out.constant","module.out"]})",
      R"({"references":["each.value"]})",
      R"({"references":["a"]})",
      R"({"references":[]})",
      R"({"references":[7]})",
      "{}",
      "7",
  };
  for (const std::string_view expression : kCases)
    EXPECT_EQ(target_arn(std::string(expression)), "‹aws_cloudwatch_event_target.t.arn›") << expression;
}

TEST(TerraformFollow, CyclesAreMistakes) {
  auto changes = world();
  changes.push_back(
      created("aws_cloudwatch_event_target.t", R"({"rule":"r","target_id":"t"})", R"({"arn":true})"));
  const TerraformReading reading(
      plan_of(changes,
              {configured("aws_cloudwatch_event_target.t",
                          R"({"arn":{"references":["module.round.out","module.round"]}})")},
              kModules));
  ASSERT_EQ(reading.sink.diagnostics().size(), 1u);
  EXPECT_EQ(reading.sink.diagnostics()[0].rule, "GP0305");
}

// Terraform 0.12 tells the resource only. What an attribute takes of a role, or of a queue, is known.
TEST(TerraformFollow, WholeResourcesAreWhatTheAttributeTakes) {
  const struct {
    std::string_view address;
    std::string_view attribute;
    std::string_view reference;
    std::string_view property;
    std::string_view value;
  } kCases[] = {
      {"aws_iam_role_policy.x", "role", "aws_iam_role.r", "RoleName", R"("r")"},
      {"aws_lambda_function.x", "role", "aws_iam_role.r", "Role",
       R"("arn:aws:iam::111122223333:role/team/r")"},
      {"aws_scheduler_schedule.x", "kms_key_arn", "aws_kms_key.k", "KmsKeyArn",
       R"("arn:aws:kms:eu-west-1:111122223333:key/‹aws_kms_key.k.key_id›")"},
      {"aws_sqs_queue_policy.x", "queue_url", "aws_sqs_queue.q", "Queues",
       R"(["arn:aws:sqs:eu-west-1:111122223333:work"])"},
      {"aws_cloudwatch_event_archive.x", "event_source_arn", "aws_sqs_queue.q", "SourceArn",
       R"("‹aws_cloudwatch_event_archive.x.event_source_arn›")"},
      {"aws_lambda_permission.x", "source_arn", "aws_cloudwatch_event_rule.hub", "SourceArn",
       R"("‹aws_lambda_permission.x.source_arn›")"},
      {"aws_lambda_permission.x", "function_name", "aws_lambda_function.f", "FunctionName", R"("f")"},
      {"aws_sqs_queue.x", "name", "aws_sqs_queue.q", "QueueName", R"("‹aws_sqs_queue.x.name›")"},
  };
  for (const auto& test : kCases) {
    auto changes = world();
    changes.push_back(created(test.address, "{}", fmt::format(R"({{"{}":true}})", test.attribute)));
    const TerraformReading reading(
        plan_of(changes, {configured(test.address, fmt::format(R"({{"{}":{{"references":["{}"]}}}})",
                                                               test.attribute, test.reference))}));
    const config::Resource* resource = reading.find(test.address);
    ASSERT_NE(resource, nullptr) << test.address;
    const syntax::Node* property = resource->properties.find(test.property);
    EXPECT_EQ(property == nullptr ? "none" : syntax::write_json(*property), test.value) << test.address;
  }
}

// for_each over another resource, and an index with the own key.
TEST(TerraformFollow, InstancesAreOfTheSameKey) {
  const struct {
    std::string_view what;
    std::string_view keys;  // of the targets
    std::string_view expression;
    std::string_view for_each;
    std::string_view arns;
  } kCases[] = {
      {"each.value of a resource", "ab", R"({"references":["each.value.arn","each.value"]})",
       "aws_sqs_queue.each",
       "arn:aws:sqs:eu-west-1:111122223333:work-a arn:aws:sqs:eu-west-1:111122223333:work-b"},
      {"each.value of something else", "ab", R"({"references":["each.value.arn","each.value"]})",
       "local.queues", "‹aws_cloudwatch_event_target.t[.a.].arn› ‹aws_cloudwatch_event_target.t[.b.].arn›"},
      {"the same keys", "ab", R"({"references":["aws_sqs_queue.each","each.key"]})", "local.queues",
       "arn:aws:sqs:eu-west-1:111122223333:work-a arn:aws:sqs:eu-west-1:111122223333:work-b"},
      {"other keys: perhaps \"${each.key}-dlq\"", "a", R"({"references":["aws_sqs_queue.each","each.key"]})",
       "local.queues", "‹aws_cloudwatch_event_target.t[.a.].arn›"},
      {"a key with more behind it", "ab",
       R"({"references":["aws_sqs_queue.each","each.key","local.suffix"]})", "local.queues",
       "‹aws_cloudwatch_event_target.t[.a.].arn› ‹aws_cloudwatch_event_target.t[.b.].arn›"},
  };
  for (const auto& test : kCases) {
    auto changes = world();
    for (const char key : test.keys)
      changes.push_back(created(fmt::format("aws_cloudwatch_event_target.t[\"{}\"]", key),
                                R"({"rule":"r","target_id":"t"})", R"({"arn":true})"));
    const TerraformReading reading(plan_of(
        changes,
        {configured("aws_cloudwatch_event_target.t", fmt::format(R"({{"arn":{}}})", test.expression),
                    fmt::format(R"("for_each_expression":{{"references":["{}"]}})", test.for_each))}));
    std::vector<std::string> arns;
    for (const config::Resource& resource : reading.translation.resources) {
      if (resource.type == "AWS::Events::Targets")
        arns.push_back(resource.properties.find("Targets")->items[0].find("Arn")->text);
    }
    EXPECT_EQ(joined(arns, " "), test.arns) << test.what;
  }
}

TEST(TerraformFollow, WhatIsTakenIsAnAssumption) {
  auto changes = world();
  changes.push_back(created("aws_cloudwatch_event_target.t", R"({"rule":"r","target_id":"t"})",
                            R"({"arn":true,"role_arn":true})"));
  const TerraformReading reading(
      plan_of(changes, {configured("aws_cloudwatch_event_target.t",
                                   fmt::format(R"({{"arn":{},"role_arn":{}}})",
                                               refers_to("aws_sqs_queue.q.arn", "aws_sqs_queue.q"),
                                               refers_to("aws_iam_role.r.arn", "aws_iam_role.r")))}));
  EXPECT_EQ(joined(reading.translation.assumptions),
            "what the plan leaves open until apply is what its one reference says: "
            "aws_cloudwatch_event_target.t.arn is aws_sqs_queue.q.arn, and 1 more");
}

// Names that are spelled alike stay two, and so do the plans.
TEST(TerraformFollow, UnknownPartsAreOfTheirPlan) {
  const std::string text = plan_of({created(R"(aws_sqs_queue.q["a/b"])", "{}", R"({"name":true})"),
                                    created(R"(aws_sqs_queue.q["a:b"])", "{}", R"({"name":true})")},
                                   {configured("aws_sqs_queue.q", R"({"name":{"references":["local.n"]}})")});
  const TerraformReading reading(text, {"a/plan.json", "111122223333", "eu-west-1"});
  EXPECT_EQ(joined(reading.lines(), "\n"),
            "AWS::SQS::Queue aws_sqs_queue.q[\"a/b\"] {\"QueueName\":\"‹aws_sqs_queue.q[.a.b.].name in "
            "a.plan.json›\"}\n"
            "AWS::SQS::Queue aws_sqs_queue.q[\"a:b\"] {\"QueueName\":\"‹aws_sqs_queue.q[.a.b.].name in "
            "a.plan.json (2)›\"}");
}

}  // namespace
}  // namespace grantproof::sources
