// SPDX-License-Identifier: Apache-2.0
//
// Source: CloudFormation template reference, "Parameters syntax"; user guide, "Pseudo parameters" and
// "Systems Manager parameter types".
#include "sources/template_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/unknown_text.h"
#include "sources/template_evaluator.h"
#include "sources/template_scope.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kStored = "AWS::SSM::Parameter::Value<";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.';
  });
}

// A default, as CloudFormation takes it: also a number or a boolean.
const Node* default_of(const Node& declared) {
  const Node* value = declared.find("Default");
  return value != nullptr && value->kind != NodeKind::kNull ? value : nullptr;
}

}  // namespace

TemplateParameterType parameter_type(const Node& declared) {
  const Node* type = declared.find("Type");
  if (type == nullptr)
    return {};
  std::string_view name = type->text;
  TemplateParameterType found;
  found.is_stored = name.starts_with(kStored);
  if (found.is_stored)
    name.remove_prefix(kStored.size());
  found.is_list = name.starts_with("CommaDelimitedList") || name.starts_with("List<");
  return found;
}

bool has_no_echo(const Node& declared) {
  const Node* no_echo = declared.find("NoEcho");
  return no_echo != nullptr && (no_echo->text == "true" || no_echo->text == "True");
}

std::vector<std::string> allowed_values(const Node& declared) {
  std::vector<std::string> values;
  const Node* allowed = declared.find("AllowedValues");
  if (allowed != nullptr) {
    for (const Node& value : allowed->items)
      values.push_back(value.text);
  }
  return values;
}

void assume_parameters(TemplateContext& context) {
  std::vector<std::string>& clauses = context.into.assumptions;
  const auto assume = [&clauses](std::string clause) {
    if (std::find(clauses.begin(), clauses.end(), clause) == clauses.end())
      clauses.push_back(std::move(clause));
  };
  for (const TemplateStack& stack : context.stacks) {
    for (const auto& [name, declared] : stack.parameters) {
      const Node* value = default_of(*declared.node);
      if (value != nullptr && context.defaults_used.count(declared.node) > 0)
        assume(fmt::format("parameter {} of {} has its default, {}", name, stack.path,
                           value->text.empty() ? "an empty text" : value->text));
      const auto given = stack.given.find(name);
      if (given != stack.given.end() && context.read_from_given.count(declared.node) > 0)
        assume(fmt::format("parameter {} of {}, which is read from Systems Manager, has the value {}", name,
                           stack.path, given->second));
    }
  }
}

// ---- Ref of a parameter
// -----------------------------------------------------------------------------------------

// Given by the parent, on the command line, or the default.
TemplateEvaluator::Value TemplateEvaluator::parameter(const std::string& name, const TemplateMember& declared,
                                                      base::Span span) {
  const Node& declaration = *declared.node;
  const TemplateParameterType type = parameter_type(declaration);
  const auto argument = stack_->arguments.find(name);
  if (argument != stack_->arguments.end() && !type.is_stored) {
    const Following following(*this, *argument->second, "the parameter " + name, span);
    if (following.is_cycle())
      return unknown_parameter(name, declaration, span);
    Value value;
    {
      const InStack above(*this, *stack_->parent);
      value = resolve(*argument->second);
    }
    if (value && value->kind == NodeKind::kList && type.is_list)
      return copy(*value, span);
    if (value && (value->kind == NodeKind::kList || value->kind == NodeKind::kMap)) {
      context_.reports.error(kSourceMistake, argument->second->span,
                             fmt::format("the parameter {} of a nested stack is {}, expected a text", name,
                                         describe(value->kind)));
      return unknown_parameter(name, declaration, span);
    }
    if (value)
      return parameter_value(name, declaration, std::move(value->text), span);
  }
  if (const auto given = stack_->given.find(name); given != stack_->given.end()) {
    if (type.is_stored)
      context_.read_from_given.insert(&declaration);
    return parameter_value(name, declaration, given->second, span);
  }
  const Node* value = default_of(declaration);
  if (value == nullptr || type.is_stored || has_no_echo(declaration))
    return unknown_parameter(name, declaration, span);
  context_.defaults_used.insert(&declaration);
  return parameter_value(name, declaration, value->text, span);
}

TemplateEvaluator::Value TemplateEvaluator::parameter_value(const std::string& name, const Node& declared,
                                                            std::string text, base::Span span) {
  const std::vector<std::string> allowed = allowed_values(declared);
  const auto is_allowed = [&allowed](const std::string& one) {
    return allowed.empty() || base::has_unknown(one) ||
           std::find(allowed.begin(), allowed.end(), one) != allowed.end();
  };
  std::vector<std::string> values;
  const bool is_list = parameter_type(declared).is_list;
  if (is_list) {
    // An empty text is a list without values.
    Pieces pieces = cut(text, ",");
    if (!pieces.whole)
      return unknown_value(is_unknown(text) ? without_marks(text) : text + " split at ,", span);
    if (!text.empty())
      values = std::move(pieces.texts);
  } else {
    values.push_back(std::move(text));
  }
  Node list = syntax::list_node();
  list.span = span;
  for (const std::string& value : values) {
    if (!spend(1, value.size(), span))
      return unknown_parameter(name, declared, span);
    list.items.push_back(text_value(std::string(is_list ? trimmed(value) : value), span));
    if (!is_allowed(list.items.back().text))
      context_.reports.error(
          kSourceMistake, declared.span,
          fmt::format("parameter {} has the value \"{}\", which is none of its AllowedValues", name,
                      list.items.back().text));
  }
  if (is_list)
    return list;
  return std::move(list.items.front());
}

TemplateEvaluator::Value TemplateEvaluator::unknown_parameter(const std::string& name, const Node& declared,
                                                              base::Span span) {
  const std::string full = in_stack("parameter " + name);
  const auto declarations = context_.declarations.find(name);
  const bool is_one = declarations == context_.declarations.end() || declarations->second < 2;
  const std::string shown = is_one ? "parameter " + name : full;
  const std::vector<std::string> allowed = allowed_values(declared);
  const bool are_words = !allowed.empty() && std::all_of(allowed.begin(), allowed.end(), is_word);
  const bool is_list = parameter_type(declared).is_list;
  Node node = syntax::string_node(are_words && !is_list ? context_.unknowns.word(shown, full)
                                                        : context_.unknowns.part(shown, full));
  node.span = span;
  if (!allowed.empty() && !is_list)
    context_.comparisons.allow(std::string(base::cut_at_unknowns(node.text).front().text), allowed);
  return node;
}

// ---- pseudo parameters
// ------------------------------------------------------------------------------------------

TemplateEvaluator::Value TemplateEvaluator::pseudo_parameter(std::string_view name, base::Span span) {
  Node node = syntax::string_node({});
  node.span = span;
  if (name == "AWS::NoValue")
    return std::nullopt;
  if (name == "AWS::AccountId")
    node.text = stack_->account;
  else if (name == "AWS::Region")
    node.text = stack_->region;
  else if (name == "AWS::Partition")
    node.text = stack_->partition;
  else if (name == "AWS::URLSuffix")
    node.text = stack_->url_suffix;
  else if (name == "AWS::StackName")
    node.text = stack_->name;
  else if (name == "AWS::StackId")
    node.text = fmt::format("arn:{}:cloudformation:{}:{}:stack/{}/{}", stack_->partition, stack_->region,
                            stack_->account, stack_->name, context_.unknowns.word(in_stack("StackId")));
  else if (name == "AWS::NotificationARNs")
    node.text = context_.unknowns.part(in_stack("NotificationARNs"));
  else
    return nothing_there("pseudo parameter", std::string(name), span);
  return node;
}

}  // namespace grantproof::sources
