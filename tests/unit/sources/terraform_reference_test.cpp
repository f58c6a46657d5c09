// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_reference.h"

#include <gtest/gtest.h>

#include <string>

#include "base/source.h"
#include "syntax/json_reader.h"

namespace grantproof::sources::terraform {
namespace {

using Texts = std::vector<std::string_view>;

TEST(TerraformReference, IsCutAtDotsAndIndexes) {
  const struct {
    std::string_view reference;
    Texts steps;
  } kCases[] = {
      {"aws_sqs_queue.q.arn", {"aws_sqs_queue", "q", "arn"}},
      {"aws_sqs_queue.q[0].arn", {"aws_sqs_queue", "q", "[0]", "arn"}},
      {R"(module.q["a.b"].arn)", {"module", "q", R"(["a.b"])", "arn"}},
      {R"(module.q["a\"]b"].arn)", {"module", "q", R"(["a\"]b"])", "arn"}},
      {"a.b[0][1]", {"a", "b", "[0]", "[1]"}},
      {"var.x", {"var", "x"}},
      {"", {}},
      {"a..b", {}},
      {".a", {}},
      {"[0].a", {}},
      {"a[0", {}},
      {R"(a["b)", {}},
      {"a[0]b", {}},
      {"a.", {}},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(cut_reference(test.reference), test.steps) << test.reference;
}

TEST(TerraformReference, PartsStandBehindTheirWhole) {
  const struct {
    std::string_view expression;
    Texts deepest;
  } kCases[] = {
      {R"({"references": ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"]})", {"aws_sqs_queue.q.arn"}},
      {R"({"references": ["module.q.arn", "module.q"]})", {"module.q.arn"}},
      {R"({"references": ["a.b[0].arn", "a.b[0]", "a.b"]})", {"a.b[0].arn"}},
      // Before Terraform 0.14 only the resource is told.
      {R"({"references": ["aws_sqs_queue.q"]})", {"aws_sqs_queue.q"}},
      // Two of one resource, the same twice, and one whose name begins like the other's.
      {R"({"references": ["a.b.c", "a.b", "a.b.d", "a.b"]})", {"a.b.c", "a.b.d"}},
      {R"({"references": ["a.b.c", "a.b", "a.b.c", "a.b"]})", {"a.b.c", "a.b.c"}},
      {R"({"references": ["a.b.c", "a.b", "a.b"]})", {"a.b.c", "a.b"}},
      {R"({"references": ["var.ab", "var.a"]})", {"var.ab", "var.a"}},
      {R"({"references": ["aws_sqs_queue.q", "each.key"]})", {"aws_sqs_queue.q", "each.key"}},
      {R"({"references": [1, "a.b"]})", {"", "a.b"}},
      {R"({"references": {}})", {}},
      {R"({"constant_value": "x"})", {}},
  };
  for (const auto& test : kCases) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const auto node = syntax::read_json(sources, sources.add("", std::string(test.expression)), sink);
    ASSERT_TRUE(node) << test.expression;
    EXPECT_EQ(deepest_references(&*node), test.deepest) << test.expression;
  }
  EXPECT_TRUE(deepest_references(nullptr).empty());
}

}  // namespace
}  // namespace grantproof::sources::terraform
