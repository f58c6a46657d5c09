// SPDX-License-Identifier: Apache-2.0
#include "sources/template_evaluator.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "base/unknown_text.h"
#include "sources/template_loops.h"
#include "sources/template_scope.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

bool is_scalar(const Node& node) {
  return node.kind == NodeKind::kString || node.kind == NodeKind::kNumber || node.kind == NodeKind::kBool;
}

bool is_function_name(std::string_view key) {
  return key.starts_with("Fn::") && !is_loop(key);
}

}  // namespace

std::span<const TemplateEvaluator::Function> TemplateEvaluator::functions() {
  static constexpr std::array<Function, 29> kFunctions = {{
      {"Ref", &TemplateEvaluator::ref, {}},
      {"Fn::Base64", &TemplateEvaluator::base64, {}},
      {"Fn::Cidr", &TemplateEvaluator::cidr, {}},
      {"Fn::FindInMap", &TemplateEvaluator::find_in_map, {}},
      {"Fn::GetAZs", &TemplateEvaluator::get_azs, {}},
      {"Fn::GetAtt", &TemplateEvaluator::get_att, {}},
      {"Fn::GetStackOutput", &TemplateEvaluator::get_stack_output, {}},
      {"Fn::If", &TemplateEvaluator::if_then_else, {}},
      {"Fn::ImportValue", &TemplateEvaluator::import_value, {}},
      {"Fn::Join", &TemplateEvaluator::join, {}},
      {"Fn::Length", &TemplateEvaluator::length, {}},
      {"Fn::Select", &TemplateEvaluator::select, {}},
      {"Fn::Split", &TemplateEvaluator::split, {}},
      {"Fn::Sub", &TemplateEvaluator::sub, {}},
      {"Fn::ToJsonString", &TemplateEvaluator::to_json_string, {}},
      {"Fn::Transform", &TemplateEvaluator::transform, {}},
      {"Fn::And", nullptr, "in Conditions"},
      {"Fn::Equals", nullptr, "in Conditions"},
      {"Fn::Not", nullptr, "in Conditions"},
      {"Fn::Or", nullptr, "in Conditions"},
      {"Fn::Contains", nullptr, "in Rules"},
      {"Fn::EachMemberEquals", nullptr, "in Rules"},
      {"Fn::EachMemberIn", nullptr, "in Rules"},
      {"Fn::RefAll", nullptr, "in Rules"},
      {"Fn::ValueOf", nullptr, "in Rules"},
      {"Fn::ValueOfAll", nullptr, "in Rules"},
      {"Fn::ForEach", nullptr, "as a key that goes on with a name, Fn::ForEach::NAME"},
      {"Fn::Condition", nullptr, "in Conditions, and is written Condition"},
      {"Fn::Ref", nullptr, "without Fn::, and is written Ref"},
  }};
  return kFunctions;
}

TemplateEvaluator::TemplateEvaluator(TemplateContext& context, TemplateBudget& budget,
                                     OpenConditions open_conditions, TemplateCase in_case)
    : context_(context), budget_(budget), open_conditions_(open_conditions), case_(std::move(in_case)) {}

// ---- from outside
// -----------------------------------------------------------------------------------------------

TemplateEvaluator::Value TemplateEvaluator::resolve(const Node& node, const TemplateStack& stack) {
  const InStack here(*this, stack);
  return resolve(node);
}

std::optional<std::string> TemplateEvaluator::resolve_text(const Node& node, const TemplateStack& stack) {
  const InStack here(*this, stack);
  const Value value = resolve(node);
  if (!value)
    return std::nullopt;
  if (is_scalar(*value))
    return value->text;
  context_.reports.error(kSourceMistake, node.span,
                         fmt::format("found {}, expected a text", describe(value->kind)));
  return std::nullopt;
}

std::optional<std::vector<std::string>> TemplateEvaluator::resolve_texts(const Node& node,
                                                                         const TemplateStack& stack) {
  const InStack here(*this, stack);
  const std::optional<ListValue> list = list_of(node, "this");
  if (!list || !list->items)
    return std::nullopt;
  std::vector<std::string> texts;
  for (const Node& item : *list->items) {
    if (!is_scalar(item) || base::has_unknown(item.text))
      return std::nullopt;
    texts.push_back(item.text);
  }
  return texts;
}

std::string TemplateEvaluator::name(const TemplateResource& resource, const TemplateStack& stack) {
  const InStack here(*this, stack);
  return name(resource);
}

// ---- values
// -----------------------------------------------------------------------------------------------------

TemplateEvaluator::Value TemplateEvaluator::resolve(const Node& node) {
  if (!spend(1, node.text.size(), node.span))
    return unknown_value("what is beyond the limit", node.span);
  if (is_too_deep(node.span))
    return unknown_value("what is beyond the limit", node.span);
  ++depth_;
  Value value;
  switch (node.kind) {
    case NodeKind::kNull:
      context_.reports.error(kSourceMistake, node.span, "null is not allowed in a template",
                             "leave the key out, or write {\"Ref\": \"AWS::NoValue\"}");
      value = node;
      break;
    case NodeKind::kBool:
    case NodeKind::kNumber:
      value = node;
      break;
    case NodeKind::kString:
      value = text_value(node.text, node.span);
      break;
    case NodeKind::kList:
      value.emplace();
      value->kind = NodeKind::kList;
      value->span = node.span;
      for (const Node& item : node.items) {
        if (Value resolved = resolve(item))
          value->items.push_back(std::move(*resolved));
      }
      break;
    case NodeKind::kMap:
      value = resolve_map(node);
      break;
  }
  --depth_;
  return value;
}

TemplateEvaluator::Value TemplateEvaluator::resolve_map(const Node& node) {
  if (node.members.size() == 1) {
    const Member& only = node.members.front();
    if (only.key == "Ref" || is_function_name(only.key))
      return resolve_function(only, node.span);
  }
  Node map;
  map.kind = NodeKind::kMap;
  map.span = node.span;
  for (const Member& member : node.members) {
    if (is_loop(member.key) || member.key == "Fn::Transform") {
      context_.gap(fmt::format("what {} makes here is not known", member.key),
                   is_loop(member.key) ? "give the parameter that it goes over, with --parameter NAME=VALUE"
                                       : "check the template as CloudFormation has processed it",
                   member.key_span);
      continue;
    }
    if (is_function_name(member.key)) {
      context_.reports.error(kSourceMistake, member.key_span,
                             fmt::format("{} has other keys beside it", member.key),
                             "a function is the only key of its object");
      return unknown_here(member.key, node.span, node);
    }
    if (!spend(0, member.key.size(), member.key_span))
      break;
    if (Value value = resolve(member.value))
      map.members.push_back({member.key, member.key_span, std::move(*value)});
  }
  return map;
}

TemplateEvaluator::Value TemplateEvaluator::resolve_function(const Member& function, base::Span span) {
  std::vector<std::string_view> names;
  for (const Function& known : functions()) {
    if (known.name == function.key && known.evaluate != nullptr) {
      Value value = (this->*known.evaluate)(Call{known.name, function.value, span});
      return !value || spend(0, value->text.size(), span)
                 ? value
                 : Value(unknown_value("what is beyond the limit", span));
    }
    if (known.name == function.key)
      return mistake(Call{known.name, function.value, span},
                     fmt::format("{} stands only {}", known.name, known.where));
    names.push_back(known.name);
  }
  const auto meant = base::nearest(function.key, names);
  context_.reports.error(kSourceMistake, function.key_span,
                         fmt::format("{} is no function of CloudFormation", function.key),
                         meant ? fmt::format("did you mean {}?", *meant) : std::string());
  return unknown_here(function.key, span, function.value);
}

bool TemplateEvaluator::spend(std::size_t nodes, std::size_t bytes, base::Span span) {
  if (budget_.spend(nodes, bytes))
    return true;
  // Said once, where it happened first.
  if (!budget_.was_reported()) {
    budget_.report();
    context_.reports.error(kSourceLimit, span,
                           fmt::format("more comes of this template than {} values or {} MiB of text",
                                       TemplateBudget::kMostNodes, TemplateBudget::kMostBytes / 1024 / 1024),
                           "functions that repeat one another make it so large");
  }
  return false;
}

bool TemplateEvaluator::is_too_deep(base::Span span) {
  if (depth_ < TemplateBudget::kDeepest)
    return false;
  context_.reports.error(
      kSourceLimit, span,
      fmt::format("functions and references lead more than {} levels deep", TemplateBudget::kDeepest));
  return true;
}

TemplateEvaluator::Value TemplateEvaluator::copy(const Node& node, base::Span span) {
  if (!spend(1, node.text.size(), span))
    return unknown_value("what is beyond the limit", span);
  Node made = node;
  made.items.clear();
  made.members.clear();
  made.span = span;
  for (const Node& item : node.items)
    made.items.push_back(*copy(item, span));
  for (const Member& member : node.members)
    made.members.push_back({member.key, span, *copy(member.value, span)});
  return made;
}

std::optional<std::string> TemplateEvaluator::text_of(const Node& node, std::string_view what) {
  Value value = resolve(node);
  if (value && is_scalar(*value))
    return std::move(value->text);
  context_.reports.error(
      kSourceMistake, node.span,
      fmt::format("{} is {}, expected a text", what, value ? describe(value->kind) : "AWS::NoValue"));
  return std::nullopt;
}

std::optional<TemplateEvaluator::ListValue> TemplateEvaluator::list_of(const Node& node,
                                                                       std::string_view what) {
  Value value = resolve(node);
  if (value && value->kind == NodeKind::kList)
    return ListValue{std::move(value->items), {}};
  if (value && is_unknown(*value))
    return ListValue{std::nullopt, std::move(value->text)};
  context_.reports.error(
      kSourceMistake, node.span,
      fmt::format("{} is {}, expected a list", what, value ? describe(value->kind) : "AWS::NoValue"));
  return std::nullopt;
}

// Values of Systems Manager and Secrets Manager are read when the stack is deployed.
Node TemplateEvaluator::text_value(std::string text, base::Span span) {
  constexpr std::string_view kOpen = "{{resolve:";
  constexpr std::string_view kClose = "}}";
  std::string made;
  std::size_t done = 0;
  for (std::size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, done)) {
    const std::size_t close = text.find(kClose, at);
    if (close == std::string::npos)
      break;
    const std::string reference = text.substr(at + 2, close - at - 2);
    made.append(text, done, at - done);
    made += context_.unknowns.part(in_place(without_marks(reference)), in_place(reference));
    done = close + kClose.size();
  }
  if (done > 0)
    text = made.append(text, done);
  Node node = syntax::string_node(std::move(text));
  node.span = span;
  return node;
}

bool TemplateEvaluator::append(std::string& text, std::string_view piece, base::Span span) {
  if (text.size() + piece.size() <= TemplateBudget::kMostBytesOfText) {
    text += piece;
    return spend(0, piece.size(), span);
  }
  context_.reports.error(
      kSourceLimit, span,
      fmt::format("this text becomes longer than {} MiB", TemplateBudget::kMostBytesOfText / 1024 / 1024));
  return false;
}

Node TemplateEvaluator::unknown_value(std::string_view what, base::Span span) {
  Node node = syntax::string_node(context_.unknowns.part(without_marks(what), what));
  node.span = span;
  return node;
}

// Of what a loop makes, several nodes have one span.
Node TemplateEvaluator::unknown_here(std::string_view what, base::Span span, const Node& node) {
  const std::string place = fmt::format("{} {} {}", stack_->label, fmt::ptr(&node), span.begin);
  Node unknown = syntax::string_node(context_.unknowns.part(in_stack(what), place));
  unknown.span = span;
  return unknown;
}

Node TemplateEvaluator::mistake(const Call& call, std::string message, std::string help) {
  context_.reports.error(kSourceMistake, call.argument.span, std::move(message), std::move(help));
  return unknown_here(call.name, call.span, call.argument);
}

const std::vector<Node>* TemplateEvaluator::arguments(const Call& call, std::size_t least, std::size_t most,
                                                      std::string_view form) {
  const std::vector<Node>& items = call.argument.items;
  if (call.argument.kind == NodeKind::kList && items.size() >= least && items.size() <= most)
    return &items;
  const std::string found = call.argument.kind == NodeKind::kList ? fmt::format("a list of {}", items.size())
                                                                  : std::string(describe(call.argument.kind));
  context_.reports.error(kSourceMistake, call.argument.span, fmt::format("{} has {}", call.name, found),
                         fmt::format("write {}", form));
  return nullptr;
}

// What depends on account and region is another value in another place.
std::string TemplateEvaluator::in_place(std::string what) const {
  if (!context_.several_places)
    return what;
  if (base::has_unknown(stack_->account) || base::has_unknown(stack_->region))
    return in_stack(what);
  return fmt::format("{} in {} {}", what, stack_->account, stack_->region);
}

std::string TemplateEvaluator::in_stack(std::string_view what) const {
  return fmt::format("{} of {}", what, stack_->label);
}

}  // namespace grantproof::sources
