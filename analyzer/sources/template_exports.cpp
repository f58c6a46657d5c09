// SPDX-License-Identifier: Apache-2.0
//
// Values from other stacks: Fn::ImportValue, Fn::GetStackOutput, and Fn::GetAtt NESTED.Outputs.NAME.
#include "sources/template_exports.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "aws/arn.h"
#include "base/unknown_text.h"
#include "sources/template_evaluator.h"
#include "sources/template_scope.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Unless both are known and differ.
bool may_be_same(std::string_view left, std::string_view right) {
  return left == right || base::has_unknown(left) || base::has_unknown(right);
}

}  // namespace

void collect_exports(TemplateContext& context) {
  std::vector<TemplateExport> exports;
  for (const TemplateStack& stack : context.stacks) {
    for (const auto& [output, declared] : stack.outputs) {
      const Node* exported = declared.node->find("Export");
      const Node* name = exported != nullptr ? exported->find("Name") : nullptr;
      if (name == nullptr)
        continue;
      TemplateEvaluator evaluator(context, *stack.budget);
      if (evaluator.exists(*declared.node, stack) == std::optional(false))
        continue;
      if (std::optional<std::string> text = evaluator.resolve_text(*name, stack))
        exports.push_back({std::move(*text), &stack, output});
    }
  }
  context.exports = std::move(exports);
}

TemplateEvaluator::Value TemplateEvaluator::import_value(const Call& call) {
  const std::optional<std::string> name = text_of(call.argument, "the name of Fn::ImportValue");
  if (!name)
    return unknown_here(call.name, call.span, call.argument);
  const TemplateExport* found = nullptr;
  std::size_t candidates = 0;
  for (const TemplateExport& one : context_.exports) {
    if (one.name == *name && may_be_same(one.stack->account, stack_->account) &&
        may_be_same(one.stack->region, stack_->region)) {
      found = &one;
      ++candidates;
    }
  }
  const std::string unknown = in_place("import " + *name);
  if (candidates != 1)
    return unknown_value(unknown, call.span);
  return output(*found->stack, found->output, call.span, unknown);
}

TemplateEvaluator::Value TemplateEvaluator::get_stack_output(const Call& call) {
  const Node* stack_name = call.argument.find("StackName");
  const Node* output_name = call.argument.find("OutputName");
  if (stack_name == nullptr || output_name == nullptr)
    return mistake(call, "Fn::GetStackOutput has no StackName, or no OutputName",
                   "write {\"Fn::GetStackOutput\": {\"StackName\": NAME, \"OutputName\": NAME}}");
  const std::optional<std::string> stack = text_of(*stack_name, "StackName");
  const std::optional<std::string> name = text_of(*output_name, "OutputName");
  std::string region = stack_->region;
  std::string account = stack_->account;
  if (const Node* given = call.argument.find("Region"))
    region = text_of(*given, "Region").value_or(unknown_here("Region", given->span, *given).text);
  if (const Node* given = call.argument.find("RoleArn")) {
    const std::string role = text_of(*given, "RoleArn").value_or("");
    const auto arn = aws::parse_arn(role);
    account = arn ? std::string(arn->account) : unknown_here("RoleArn", given->span, *given).text;
  }
  if (!stack || !name)
    return unknown_here(call.name, call.span, call.argument);
  const TemplateStack* found = nullptr;
  std::size_t candidates = 0;
  for (const TemplateStack& one : context_.stacks) {
    if (one.name == *stack && may_be_same(one.account, account) && may_be_same(one.region, region)) {
      found = &one;
      ++candidates;
    }
  }
  const std::string unknown = fmt::format("output {} of {} in {} {}", *name, *stack, account, region);
  if (candidates != 1)
    return unknown_value(unknown, call.span);
  return output(*found, *name, call.span, unknown);
}

// `unknown`: what the value is called where the output does not tell it.
TemplateEvaluator::Value TemplateEvaluator::output(const TemplateStack& stack, std::string_view name,
                                                   base::Span span, std::string_view unknown) {
  const auto declared = stack.outputs.find(name);
  if (declared == stack.outputs.end()) {
    if (!stack.is_open)
      context_.reports.error(kSourceReference, span,
                             fmt::format("the template of {} has no output {}", stack.label, name));
    return unknown_value(unknown, span);
  }
  const Node* value = declared->second.node->find("Value");
  if (value == nullptr)
    return unknown_value(unknown, span);
  const InStack there(*this, stack);
  const Following following(*this, *value, fmt::format("the output {}", name), span);
  if (following.is_cycle())
    return unknown_value(unknown, span);
  Value resolved = resolve(*value);
  if (!resolved)
    return unknown_value(unknown, span);
  if (resolved->kind == NodeKind::kMap || resolved->kind == NodeKind::kList) {
    context_.reports.error(
        kSourceMistake, value->span,
        fmt::format("the output {} is {}, expected a text", name, describe(resolved->kind)));
    return unknown_value(unknown, span);
  }
  resolved->span = span;
  return resolved;
}

}  // namespace grantproof::sources
