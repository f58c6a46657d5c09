// SPDX-License-Identifier: Apache-2.0
//
// Plans that no Terraform has printed: wrong kinds, cut off, turned round.
#include <gtest/gtest.h>

#include <random>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

TEST(TerraformHostile, WrongKindsAreMistakes) {
  const struct {
    std::string_view text;
    std::string_view lines;
  } kCases[] = {
      {R"({"format_version":"1.2","configuration":{},"resource_changes":{}})",
       "GP0301: resource_changes is an object, expected a list"},
      {R"({"format_version":"1.2","configuration":{},"resource_changes":[1]})",
       "GP0301: an item of resource_changes has no change with actions"},
      {R"({"format_version":"1.2","configuration":{},"resource_changes":[{"change":{"actions":["create"]}}]})",
       "GP0301: a resource has no mode, type or name that is a text"},
      {R"({"format_version":"1.2","configuration":{},"resource_changes":[{"mode":"managed","type":"aws_sqs_queue","name":"q","change":{"actions":["create"],"after":[]}}]})",
       "GP0301: the plan does not say what becomes of aws_sqs_queue.q"},
      {R"({"format_version":"1.2","configuration":{},"resource_changes":[{"mode":"managed","type":"aws_sqs_queue","name":"q","change":{"actions":"create"}}]})",
       "GP0301: the plan does not say what becomes of aws_sqs_queue.q"},
      {R"({"format_version":"1.0","values":[]})", "GP0301: values has no root_module"},
      {R"({"format_version":"1.0","values":{"root_module":7}})", "GP0301: values has no root_module"},
      {R"({"format_version":"1.0","values":{"root_module":{"resources":[7]}}})",
       "GP0301: a resource has no mode, type or name that is a text"},
      {R"({"format_version":"1.0","values":{"root_module":{"resources":[{"mode":"managed","type":"aws_sqs_queue","name":"q","values":{"name":["q"]}}]}}})",
       "AWS::SQS::Queue aws_sqs_queue.q {\"QueueName\":\"‹aws_sqs_queue.q.name›\"}\n"
       "GP0301: name of aws_sqs_queue.q is a list, expected a text"},
      {R"({"format_version":"1.0","values":{"root_module":{"resources":[{"mode":"managed","type":"aws_iam_policy_attachment","name":"a","values":{"policy_arn":"p","roles":"r"}}]}}})",
       "AWS::IAM::Attachment aws_iam_policy_attachment.a "
       "{\"ManagedPolicyArns\":[\"p\"],\"Roles\":[\"‹aws_iam_policy_attachment.a.roles›\"]}\n"
       "GP0301: roles of aws_iam_policy_attachment.a is a string, expected a list"},
      {R"({"format_version":"1.0","values":{"root_module":{"resources":[{"mode":"managed","type":"aws_cloudwatch_event_bus","name":"b","values":{"name":"b","dead_letter_config":"x"}}]}}})",
       "AWS::Events::EventBus aws_cloudwatch_event_bus.b {\"Name\":\"b\"}\n"
       "GP0301: dead_letter_config of aws_cloudwatch_event_bus.b is a string, expected a block"},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(joined(TerraformReading(std::string(test.text)).lines(), "\n"), test.lines) << test.text;
}

// A plan that uses everything, for what follows.
std::string whole_plan() {
  return plan_of(
      {created("aws_sqs_queue.q", R"({"name":"q"})", R"({"arn":true,"url":true,"policy":true})"),
       created(R"(aws_sqs_queue_policy.p["a"])", "{}", R"({"queue_url":true,"policy":true})",
               R"(module.m["a"])"),
       created(
           "data.aws_iam_policy_document.d",
           R"({"statement":[{"actions":["sqs:SendMessage"],"resources":[null],"principals":[{"type":"Service","identifiers":["s"]}],"condition":[{"test":"ArnEquals","variable":"aws:SourceArn","values":[null]}]}],"source_policy_documents":["{\"Statement\":[]}"]})",
           R"({"json":true,"statement":[{"resources":[true],"condition":[{"values":[true]}]}],"source_policy_documents":[false]})"),
       created("aws_cloudwatch_event_rule.r", R"({"name_prefix":"r","event_bus_name":"hub"})",
               R"({"name":true,"arn":true})"),
       created("aws_cloudwatch_event_target.t", R"({"event_bus_name":"hub","dead_letter_config":[{}]})",
               R"({"rule":true,"arn":true,"dead_letter_config":[{"arn":true}]})"),
       created("aws_iam_role.r",
               R"({"name":"r","inline_policy":[{"name":"p","policy":"{\"Statement\":[]}"}]})",
               R"({"arn":true})"),
       created("aws_kms_key_policy.k", R"({"policy":"{}"})", R"({"key_id":true})"),
       created("aws_iam_user_group_membership.m", R"({"user":"u","groups":["g",null]})",
               R"({"groups":[false,true]})")},
      {configured(
           "data.aws_iam_policy_document.d",
           R"({"statement":[{"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]},"condition":[{"values":{"references":["aws_cloudwatch_event_rule.r.arn","aws_cloudwatch_event_rule.r"]}}]}]})"),
       configured(
           "aws_cloudwatch_event_target.t",
           R"({"rule":{"references":["aws_cloudwatch_event_rule.r.name","aws_cloudwatch_event_rule.r"]},"arn":{"references":["module.m[\"a\"].arn","module.m[\"a\"]"]},"dead_letter_config":[{"arn":{"references":["aws_sqs_queue.q"]}}]})")},
      R"("module_calls":{"m":{"for_each_expression":{"references":["aws_sqs_queue.q"]},"expressions":{"url":{"references":["aws_sqs_queue.q.url","aws_sqs_queue.q"]},"doc":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]}},
         "module":{"outputs":{"arn":{"expression":{"references":["var.url"]}}},"resources":[{"address":"aws_sqs_queue_policy.p","provider_config_key":"m:aws","expressions":{"queue_url":{"references":["var.url"]},"policy":{"references":["var.doc"]}}}]}}})",
      R"("prior_state":{"values":{"root_module":{"resources":[{"mode":"data","type":"aws_caller_identity","name":"c","values":{"account_id":"111122223333"}}],"child_modules":[{"address":"module.x","resources":[]}]}}},"variables":{"v":{"value":1}})");
}

// Each value of the tree in turn becomes another: nothing may crash, and what is still there must be told.
class Mutation {
 public:
  Mutation(std::size_t target, const std::string& replacement) : target_(target), replacement_(replacement) {}

  std::string write(const syntax::Node& node) {
    if (at_++ == target_)
      return replacement_;
    std::vector<std::string> parts;
    if (node.kind == syntax::NodeKind::kList) {
      for (const syntax::Node& item : node.items)
        parts.push_back(write(item));
      return "[" + joined(parts) + "]";
    }
    if (node.kind != syntax::NodeKind::kMap)
      return syntax::write_json(node);
    for (const syntax::Member& member : node.members)
      parts.push_back(syntax::json_quoted(member.key) + ":" + write(member.value));
    return "{" + joined(parts) + "}";
  }
  std::size_t count() const { return at_; }

 private:
  std::size_t target_;
  std::string replacement_;
  std::size_t at_ = 0;
};

TEST(TerraformHostile, AnyValueMayBeAnother) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto root = syntax::read_json(sources, sources.add("", whole_plan()), sink);
  ASSERT_TRUE(root);
  const std::size_t resources = TerraformReading(whole_plan()).translation.resources.size();
  EXPECT_EQ(resources, 8u);
  Mutation counter(static_cast<std::size_t>(-1), "");
  counter.write(*root);
  for (const std::string_view replacement :
       {"null", "true", "7", R"("")", R"("a.b.c")", "[]", "{}", R"([{"references":["a.b"]}])",
        R"({"references":["var.url","module.m"]})", R"("‹x›")", "[[[[]]]]"}) {
    for (std::size_t i = 0; i < counter.count(); ++i) {
      const TerraformReading reading(Mutation(i, std::string(replacement)).write(*root));
      EXPECT_LE(reading.translation.resources.size(), resources + 2);
    }
  }
}

TEST(TerraformHostile, ManyInstancesTakeNoTimeToSpeakOf) {
  constexpr int kInstances = 5'000;
  std::vector<std::string> changes;
  for (int i = 0; i < kInstances; ++i) {
    changes.push_back(created(fmt::format("aws_sqs_queue.q[{}]", i), fmt::format(R"({{"name":"q{}"}})", i),
                              R"({"arn":true,"id":true})"));
    changes.push_back(
        created(fmt::format("aws_sqs_queue_policy.p[{}]", i), R"({"policy":"{}"})", R"({"queue_url":true})"));
  }
  const TerraformReading reading(
      plan_of(changes, {configured("aws_sqs_queue.q", "{}"),
                        configured("aws_sqs_queue_policy.p",
                                   R"({"queue_url":{"references":["aws_sqs_queue.q","count.index"]}})")}));
  ASSERT_EQ(reading.translation.resources.size(), 2u * kInstances);
  EXPECT_EQ(reading.find("aws_sqs_queue_policy.p[4999]")->properties.find("Queues")->items.at(0).text,
            "arn:aws:sqs:eu-west-1:111122223333:q4999");
}

}  // namespace
}  // namespace grantproof::sources
