// SPDX-License-Identifier: Apache-2.0
//
// Condition functions, in three values: what is decided in spite of something unknown is decided.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/unknown_text.h"
#include "sources/template_evaluator.h"
#include "sources/template_scope.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

}  // namespace

std::optional<bool> TemplateEvaluator::exists(const Node& declared, const TemplateStack& stack) {
  const Node* condition = declared.find("Condition");
  if (condition == nullptr)
    return true;
  const InStack here(*this, stack);
  if (condition->kind == NodeKind::kString)
    return ask(this->condition(condition->text, condition->span));
  // Fn::FindInMap in a loop, with AWS::NoValue for none.
  const Value name = resolve(*condition);
  if (!name)
    return true;
  if (name->kind == NodeKind::kString && !is_unknown(*name))
    return ask(this->condition(name->text, condition->span));
  return ask(not_understood(*condition, {}, "Condition is no name of a condition"));
}

std::optional<bool> TemplateEvaluator::holds(const std::string& condition, base::Span span,
                                             const TemplateStack& stack) {
  const InStack here(*this, stack);
  return ask(this->condition(condition, span));
}

// An open decision is a question only where somebody needs it.
std::optional<bool> TemplateEvaluator::ask(const Decision& decision) {
  if (!decision.value && !open_ && open_conditions_ == OpenConditions::kAsk)
    open_ = decision.open;
  return decision.value;
}

TemplateEvaluator::Value TemplateEvaluator::if_then_else(const Call& call) {
  const std::vector<Node>* given = arguments(call, 3, 3, "{\"Fn::If\": [CONDITION, VALUE, VALUE]}");
  if (given == nullptr)
    return unknown_here(call.name, call.span, call.argument);
  const std::optional<std::string> name = text_of((*given)[0], "the condition of Fn::If");
  if (!name || base::has_unknown(*name))
    return unknown_here(call.name, call.span, call.argument);
  const std::optional<bool> decided = ask(condition(*name, (*given)[0].span));
  if (!decided)
    return unknown_here("If " + *name, call.span, call.argument);
  return resolve((*given)[*decided ? 1 : 2]);
}

Decision TemplateEvaluator::condition(const std::string& name, base::Span span) {
  const std::string identity = fmt::format("condition {}", in_stack(name));
  const auto declared = stack_->conditions.find(name);
  if (declared == stack_->conditions.end()) {
    if (!stack_->is_open)
      nothing_there("condition", name, span);
    return context_.comparisons.not_understood(identity, case_, {name, false});
  }
  const Following following(*this, *declared->second.node, "the condition " + name, span);
  if (following.is_cycle())
    return context_.comparisons.not_understood(identity, case_, {name, false});
  return decide(*declared->second.node, {name, false});
}

// `name`: of the condition that is nothing but this node.
Decision TemplateEvaluator::decide(const Node& node, const ConditionName& name) {
  if (is_too_deep(node.span) || !spend(1, 0, node.span))
    return open_at(node, name);
  if (node.kind != NodeKind::kMap || node.members.size() != 1)
    return not_understood(node, name,
                          fmt::format("a condition is {}, expected one function", describe(node.kind)),
                          "write {\"Fn::Equals\": [VALUE, VALUE]}");
  const Member& function = node.members.front();
  ++depth_;
  Decision decision;
  if (function.key == "Fn::Equals") {
    decision = decide_equal(node, function.value, name);
  } else if (function.key == "Fn::And" || function.key == "Fn::Or") {
    decision = decide_all(node, function.value, name, function.key == "Fn::And");
  } else if (function.key == "Fn::Not" && function.value.kind == NodeKind::kList &&
             function.value.items.size() == 1) {
    decision = decide(function.value.items.front(), {name.name, !name.negated});
    if (decision.value)
      decision.value = !*decision.value;
  } else if (function.key == "Condition" && function.value.kind == NodeKind::kString) {
    decision = condition(function.value.text, function.value.span);
  } else {
    decision = not_understood(node, name,
                              fmt::format("{} is no condition function with its arguments", function.key),
                              "the functions are Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition");
  }
  --depth_;
  return decision;
}

Decision TemplateEvaluator::decide_all(const Node& node, const Node& list, const ConditionName& name,
                                       bool all) {
  if (list.kind != NodeKind::kList || list.items.empty())
    return not_understood(node, name, fmt::format("{} takes a list of conditions", node.members[0].key));
  Decision decision{all, 0};
  for (const Node& item : list.items) {
    const Decision one = decide(item, {});
    if (one.value == std::optional(!all))
      return one;
    if (!one.value && decision.value)
      decision = one;
  }
  return decision;
}

Decision TemplateEvaluator::decide_equal(const Node& node, const Node& list, const ConditionName& name) {
  if (list.kind != NodeKind::kList || list.items.size() != 2)
    return not_understood(node, name, "Fn::Equals takes a list of two values");
  std::array<std::string, 2> texts;
  for (std::size_t i = 0; i < 2; ++i) {
    const Value value = resolve(list.items[i]);
    if (!value)
      return not_understood(node, name, "Fn::Equals compares AWS::NoValue");
    const bool container = value->kind == NodeKind::kList || value->kind == NodeKind::kMap;
    texts[i] = container ? syntax::write_json(*value) : value->text;
  }
  return context_.comparisons.equal(texts[0], texts[1], case_, name);
}

Decision TemplateEvaluator::not_understood(const Node& node, const ConditionName& name, std::string message,
                                           std::string help) {
  context_.reports.error(kSourceMistake, node.span, std::move(message), std::move(help));
  return open_at(node, name);
}

Decision TemplateEvaluator::open_at(const Node& node, const ConditionName& name) {
  const std::string identity = unknown_here("condition", node.span, node).text;
  const ConditionName any{without_marks(identity), false};
  return context_.comparisons.not_understood(identity, case_, name.name.empty() ? any : name);
}

}  // namespace grantproof::sources
