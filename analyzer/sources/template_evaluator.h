// SPDX-License-Identifier: Apache-2.0
//
// Intrinsic functions of CloudFormation, resolved in one stack and for one case of the comparisons that are
// open. What cannot be resolved becomes an unknown part; mistakes are reported and become unknown parts too.
// Spans of what a function makes are the function's.
//
// Source: CloudFormation template reference, "Intrinsic function reference".
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/template_conditions.h"
#include "sources/template_context.h"
#include "sources/template_stack.h"
#include "syntax/node.h"

namespace grantproof::sources {

class TemplateEvaluator {
 public:
  // What Fn::If of an open condition becomes: a question (open()), or an unknown part.
  enum class OpenConditions { kAsk, kLeave };
  TemplateEvaluator(TemplateContext& context, TemplateBudget& budget,
                    OpenConditions open_conditions = OpenConditions::kLeave, TemplateCase in_case = {});

  // The value; nothing where it is AWS::NoValue.
  std::optional<syntax::Node> resolve(const syntax::Node& node, const TemplateStack& stack);
  // The text of a value; nothing where it is none (reported), or AWS::NoValue.
  std::optional<std::string> resolve_text(const syntax::Node& node, const TemplateStack& stack);
  // A list of texts; nothing where something of it is not known.
  std::optional<std::vector<std::string>> resolve_texts(const syntax::Node& node, const TemplateStack& stack);

  // Whether a resource, or an output, has a condition that holds. Nothing: it is open.
  std::optional<bool> exists(const syntax::Node& declared, const TemplateStack& stack);
  std::optional<bool> holds(const std::string& condition, base::Span span, const TemplateStack& stack);

  // What Ref and Fn::GetAtt of the resource are made of (template_reference_table.h).
  std::string name(const TemplateResource& resource, const TemplateStack& stack);
  std::string arn(const TemplateResource& resource, const TemplateStack& stack);

  // The first comparison that has to be settled before this case is known.
  std::optional<std::size_t> open() const { return open_; }

 private:
  using Value = std::optional<syntax::Node>;
  struct Call {
    std::string_view name;  // "Fn::Join"
    const syntax::Node& argument;
    base::Span span;
  };
  struct Function {
    std::string_view name;
    Value (TemplateEvaluator::*evaluate)(const Call& call);  // nullptr: stands only in `where`
    std::string_view where;
  };
  class InStack;    // for its life, another stack is the one that names refer to
  class Following;  // for its life, a node is being resolved that refers to others
  static std::span<const Function> functions();

  // ---- values (template_evaluator.cpp) ----
  Value resolve(const syntax::Node& node);
  Value resolve_map(const syntax::Node& node);
  Value resolve_function(const syntax::Member& function, base::Span span);
  bool spend(std::size_t nodes, std::size_t bytes, base::Span span);
  bool is_too_deep(base::Span span);  // reported
  // A literal as it is, with the span of the function that gave it.
  Value copy(const syntax::Node& node, base::Span span);
  std::optional<std::string> text_of(const syntax::Node& node, std::string_view what);
  // The items of a list, or the unknown part that stands for them; nothing where it is no list (reported).
  struct ListValue {
    std::optional<std::vector<syntax::Node>> items;
    std::string unknown;
  };
  std::optional<ListValue> list_of(const syntax::Node& node, std::string_view what);
  // A text that a function made: dynamic references in it become unknown parts.
  syntax::Node text_value(std::string text, base::Span span);
  // Whether the text, with the piece, is not too long (reported).
  bool append(std::string& text, std::string_view piece, base::Span span);
  syntax::Node unknown_value(std::string_view what, base::Span span);
  // An unknown part that is the same only for the same node in the same stack.
  syntax::Node unknown_here(std::string_view what, base::Span span, const syntax::Node& node);
  syntax::Node mistake(const Call& call, std::string message, std::string help = {});
  // The arguments of a function that takes a list of them; nullptr where they are not as many (reported).
  const std::vector<syntax::Node>* arguments(const Call& call, std::size_t least, std::size_t most,
                                             std::string_view form);
  std::string in_place(std::string what) const;
  std::string in_stack(std::string_view what) const;

  // ---- functions of texts (template_text_functions.cpp) ----
  Value base64(const Call& call);
  Value join(const Call& call);
  Value split(const Call& call);
  Value sub(const Call& call);
  Value to_json_string(const Call& call);
  struct Pieces {
    std::vector<std::string> texts;
    bool whole = true;  // nothing of the text behind the last one may be cut elsewhere
  };
  Pieces cut(std::string_view text, std::string_view delimiter) const;
  std::optional<std::pair<std::string, std::string>> split_arguments(const Call& call);
  std::optional<std::string> variable(std::string_view name, const syntax::Node* values, const Call& call);

  // ---- functions of lists and tables (template_list_functions.cpp) ----
  Value cidr(const Call& call);
  Value find_in_map(const Call& call);
  Value get_azs(const Call& call);
  Value length(const Call& call);
  Value select(const Call& call);
  Value transform(const Call& call);

  // ---- conditions (template_condition_functions.cpp) ----
  Value if_then_else(const Call& call);
  Decision condition(const std::string& name, base::Span span);
  Decision decide(const syntax::Node& node, const ConditionName& name);
  Decision decide_all(const syntax::Node& node, const syntax::Node& list, const ConditionName& name,
                      bool all);
  Decision decide_equal(const syntax::Node& node, const syntax::Node& list, const ConditionName& name);
  Decision not_understood(const syntax::Node& node, const ConditionName& name, std::string message,
                          std::string help = {});
  Decision open_at(const syntax::Node& node, const ConditionName& name);
  std::optional<bool> ask(const Decision& decision);

  // ---- references (template_references.cpp, template_parameters.cpp, template_exports.cpp) ----
  Value ref(const Call& call);
  Value get_att(const Call& call);
  Value import_value(const Call& call);
  Value get_stack_output(const Call& call);
  Value reference(const std::string& name, base::Span span);
  Value attribute(const std::string& logical_id, const std::string& attribute, base::Span span);
  Value pseudo_parameter(std::string_view name, base::Span span);
  Value parameter(const std::string& name, const TemplateMember& declared, base::Span span);
  Value resource_value(const TemplateResource& resource, base::Span span);
  Value output(const TemplateStack& stack, std::string_view name, base::Span span, std::string_view unknown);
  Value parameter_value(const std::string& name, const syntax::Node& declared, std::string text,
                        base::Span span);
  Value unknown_parameter(const std::string& name, const syntax::Node& declared, base::Span span);
  std::string name(const TemplateResource& resource);
  std::string fill(std::string_view form, const TemplateResource& resource);
  std::string filled_property(std::string_view placeholder, const TemplateResource& resource);
  syntax::Node nothing_there(std::string_view kind, const std::string& name, base::Span span);

  TemplateContext& context_;
  TemplateBudget& budget_;
  OpenConditions open_conditions_;
  TemplateCase case_;
  const TemplateStack* stack_ = nullptr;
  std::optional<std::size_t> open_;
  std::size_t depth_ = 0;
  std::set<std::pair<const TemplateStack*, const syntax::Node*>> following_;
};

}  // namespace grantproof::sources
