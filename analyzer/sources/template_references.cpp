// SPDX-License-Identifier: Apache-2.0
//
// Ref and Fn::GetAtt: parameters, pseudo parameters, and what template_reference_table.h says of resources. A
// resource without a name of its own gets an unknown part as its name, the same wherever it is referred to.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "sources/template_evaluator.h"
#include "sources/template_reference_table.h"
#include "sources/template_scope.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kNestedStack = "AWS::CloudFormation::Stack";
constexpr std::string_view kOutputs = "Outputs.";

std::string_view behind_last(std::string_view text, std::string_view mark) {
  const std::size_t at = text.rfind(mark);
  return at == std::string_view::npos ? text : text.substr(at + mark.size());
}

// What stands before a rule's name in its ARN: nothing for the default bus, "BUS/" for others.
std::string bus_path(std::string_view bus) {
  const std::string_view name = behind_last(bus, ":event-bus/");
  return name.empty() || name == "default" ? std::string() : fmt::format("{}/", name);
}

// arn:…:function:NAME:QUALIFIER, ACCOUNT:function:NAME, NAME:QUALIFIER, or the name alone.
std::string function_name(std::string_view text) {
  const std::string_view name = behind_last(text, "function:");
  return std::string(name.substr(0, name.find(':')));
}

}  // namespace

// ---- Ref
// --------------------------------------------------------------------------------------------------------

TemplateEvaluator::Value TemplateEvaluator::ref(const Call& call) {
  const std::optional<std::string> name = text_of(call.argument, "what Ref refers to");
  if (!name)
    return unknown_here(call.name, call.span, call.argument);
  Value value = reference(*name, call.argument.span);
  if (value)
    value->span = call.span;
  return value;
}

TemplateEvaluator::Value TemplateEvaluator::reference(const std::string& name, base::Span span) {
  if (name.starts_with("AWS::"))
    return pseudo_parameter(name, span);
  if (const auto declared = stack_->parameters.find(name); declared != stack_->parameters.end())
    return parameter(name, declared->second, span);
  if (const TemplateResource* resource = stack_->find(name)) {
    const ReferencedType* type = referenced_type(resource->type);
    Node node = syntax::string_node(type != nullptr && !type->ref.empty() ? fill(type->ref, *resource)
                                                                          : this->name(*resource));
    node.span = span;
    return node;
  }
  if (stack_->is_open || base::has_unknown(name))
    return unknown_value(fmt::format("{}.{}", stack_->label, name), span);
  return nothing_there("parameter or resource", name, span);
}

Node TemplateEvaluator::nothing_there(std::string_view kind, const std::string& name, base::Span span) {
  std::vector<std::string_view> names;
  if (kind == "condition") {
    for (const auto& [condition, declared] : stack_->conditions)
      names.push_back(condition);
  } else {
    for (const auto& [parameter, declared] : stack_->parameters)
      names.push_back(parameter);
    for (const auto& [logical_id, resource] : stack_->by_logical_id)
      names.push_back(logical_id);
  }
  std::string help;
  if (const auto meant = base::nearest(name, names))
    help = fmt::format("did you mean {}?", *meant);
  else if (name.find(':') != std::string::npos && !name.starts_with("AWS::"))
    help = fmt::format("a policy variable is written ${{!{}}} in Fn::Sub", name);
  context_.reports.error(kSourceReference, span, fmt::format("there is no {} {}", kind, name),
                         std::move(help));
  return unknown_value(fmt::format("{}.{}", stack_->label, name), span);
}

// ---- Fn::GetAtt
// -------------------------------------------------------------------------------------------------

TemplateEvaluator::Value TemplateEvaluator::get_att(const Call& call) {
  std::string logical_id;
  std::string attribute_name;
  if (call.argument.kind == NodeKind::kString) {
    const std::size_t dot = call.argument.text.find('.');
    if (dot == std::string::npos)
      return mistake(call, fmt::format("Fn::GetAtt of \"{}\" names no attribute", call.argument.text),
                     "write LOGICAL_ID.ATTRIBUTE");
    logical_id = call.argument.text.substr(0, dot);
    attribute_name = call.argument.text.substr(dot + 1);
  } else {
    const std::vector<Node>* given = arguments(call, 2, 2, "{\"Fn::GetAtt\": [LOGICAL_ID, ATTRIBUTE]}");
    if (given == nullptr)
      return unknown_here(call.name, call.span, call.argument);
    const std::optional<std::string> first = text_of((*given)[0], "the resource of Fn::GetAtt");
    const std::optional<std::string> second = text_of((*given)[1], "the attribute of Fn::GetAtt");
    if (!first || !second)
      return unknown_here(call.name, call.span, call.argument);
    logical_id = *first;
    attribute_name = *second;
  }
  Value value = attribute(logical_id, attribute_name, call.argument.span);
  if (value)
    value->span = call.span;
  return value;
}

TemplateEvaluator::Value TemplateEvaluator::attribute(const std::string& logical_id,
                                                      const std::string& attribute, base::Span span) {
  const TemplateResource* resource = stack_->find(logical_id);
  const std::string unknown = fmt::format("{}.{}.{}", stack_->label, logical_id, attribute);
  if (resource == nullptr) {
    if (!stack_->is_open && !base::has_unknown(logical_id))
      nothing_there("resource", logical_id, span);
    return unknown_value(unknown, span);
  }
  if (resource->type == kNestedStack && attribute.starts_with(kOutputs) && resource->nested.size() == 1)
    return output(*resource->nested.front(), std::string_view(attribute).substr(kOutputs.size()), span,
                  unknown);
  if (const ReferencedType* type = referenced_type(resource->type)) {
    Node node = syntax::string_node({});
    node.span = span;
    if (attribute == type->name_property)
      node.text = name(*resource);
    for (const ReturnedAttribute& one : type->attributes) {
      if (one.name == attribute)
        node.text = fill(one.form, *resource);
    }
    if (!node.text.empty())
      return node;
  }
  return unknown_value(unknown, span);
}

// ---- names and ARNs
// ---------------------------------------------------------------------------------------------

std::string TemplateEvaluator::arn(const TemplateResource& resource, const TemplateStack& stack) {
  const InStack here(*this, stack);
  const ReferencedType* type = referenced_type(resource.type);
  return type != nullptr ? fill(type->arn, resource) : std::string();
}

std::string TemplateEvaluator::name(const TemplateResource& resource) {
  const ReferencedType* type = referenced_type(resource.type);
  const std::string made_up = fmt::format("{}.{}", stack_->label, resource.logical_id);
  if (type == nullptr)
    return context_.unknowns.part(made_up);
  const Node* given = type->name_property.empty() ? nullptr : resource.property(type->name_property);
  if (given != nullptr) {
    const Following following(*this, *given, "the name of " + resource.logical_id, given->span);
    const Value value = following.is_cycle() || is_too_deep(given->span) ? Value() : resolve(*given);
    if (value && value->kind != NodeKind::kList && value->kind != NodeKind::kMap && !value->text.empty())
      return value->text;
    if (value)
      context_.reports.error(
          kSourceMistake, given->span,
          fmt::format(
              "{} is {}, expected a name", type->name_property,
              value->text.empty() && value->kind == NodeKind::kString ? "empty" : describe(value->kind)));
  }
  return context_.unknowns.word(made_up);
}

std::string TemplateEvaluator::fill(std::string_view form, const TemplateResource& resource) {
  std::string text;
  while (!form.empty()) {
    const std::size_t open = form.find('{');
    text += form.substr(0, open);
    if (open == std::string_view::npos)
      break;
    const std::size_t close = form.find('}', open);
    const std::string_view placeholder = form.substr(open + 1, close - open - 1);
    form.remove_prefix(close + 1);
    if (placeholder == "partition")
      text += stack_->partition;
    else if (placeholder == "region")
      text += stack_->region;
    else if (placeholder == "account")
      text += stack_->account;
    else if (placeholder == "suffix")
      text += stack_->url_suffix;
    else if (placeholder == "name")
      text += name(resource);
    else if (placeholder == "id")
      text += context_.unknowns.word(fmt::format("{}.{}.Id", stack_->label, resource.logical_id));
    else if (placeholder == "arn")
      text += fill(referenced_type(resource.type)->arn, resource);
    else if (placeholder == "ref")
      text += fill(referenced_type(resource.type)->ref, resource);
    else
      text += filled_property(placeholder, resource);
  }
  return text;
}

// "EventBusName:bus", "Path|/"
std::string TemplateEvaluator::filled_property(std::string_view placeholder,
                                               const TemplateResource& resource) {
  const std::size_t bar = std::min(placeholder.find('|'), placeholder.size());
  const std::size_t colon = std::min(placeholder.find(':'), bar);
  const std::string_view property = placeholder.substr(0, colon);
  const std::string_view form = colon < bar ? placeholder.substr(colon + 1, bar - colon - 1) : "";
  std::string text(placeholder.substr(std::min(bar + 1, placeholder.size())));
  const std::string unknown = context_.unknowns.part(fmt::format(
      "{}{}{} of {}.{}", form, form.empty() ? "" : " of ", property, stack_->label, resource.logical_id));
  if (property == "name") {
    text = name(resource);
  } else if (const Node* given = resource.property(property)) {
    const Following following(*this, *given, fmt::format("{} of {}", property, resource.logical_id),
                              given->span);
    const Value value = following.is_cycle() || is_too_deep(given->span) ? Value() : resolve(*given);
    if (following.is_cycle() || (value && (value->kind == NodeKind::kList || value->kind == NodeKind::kMap)))
      return unknown;
    if (value)
      text = value->text;
  }
  // A text that is wholly unknown may be a name or an ARN, unless it is a name that AWS makes up.
  const bool unclear =
      is_unknown(text) && !context_.unknowns.is_word(base::cut_at_unknowns(text).front().text);
  const auto arn = aws::parse_arn(text);
  if (form == "account")
    return unclear ? unknown : arn ? std::string(arn->account) : stack_->account;
  if (form == "region")
    return unclear ? unknown : arn ? std::string(arn->region) : stack_->region;
  if (form == "bus")
    return unclear ? unknown : bus_path(text);
  if (form == "function")
    return unclear ? unknown : function_name(text);
  if (form == "last")
    return unclear ? unknown : std::string(behind_last(text, "/"));
  if (form == "host")
    return std::string(behind_last(text, "://"));
  if (form == "slash")
    return text.starts_with('/') ? text : "/" + text;
  return text;
}

}  // namespace grantproof::sources
