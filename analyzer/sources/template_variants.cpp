// SPDX-License-Identifier: Apache-2.0
#include "sources/template_variants.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/resource.h"
#include "sources/template_evaluator.h"
#include "sources/template_reference_table.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using OpenConditions = TemplateEvaluator::OpenConditions;
using syntax::Node;
using syntax::NodeKind;

// How the resource looks in one case.
struct Look {
  bool exists = false;
  config::Resource resource;
  std::string identity;  // equal looks have the same
};
struct Variant {
  TemplateCase in_case;
  std::shared_ptr<Look> look;
};

class VariantFinder {
 public:
  VariantFinder(const TemplateResource& resource, const TemplateStack& stack, TemplateContext& context)
      : resource_(resource), stack_(stack), context_(context) {}

  bool describe() {
    std::vector<Variant> variants = explore({});
    if (too_many_) {
      // Where nothing more may come of the template, that has been said.
      if (!stack_.budget->is_spent())
        context_.reports.error(
            kSourceLimit, resource_.span,
            fmt::format("{} looks different in more than {} cases", resource_.logical_id,
                        TemplateBudget::kMostCases),
            "give the parameters that its conditions depend on, with --parameter NAME=VALUE");
      variants = undivided();
    }
    return emit(variants);
  }

 private:
  // The cases beneath `in_case`. Where one comparison makes no difference it is no part of them.
  std::vector<Variant> explore(const TemplateCase& in_case) {
    TemplateEvaluator evaluator(context_, *stack_.budget, OpenConditions::kAsk, in_case);
    Look look = look_with(evaluator);
    if (!evaluator.open()) {
      if (look.exists && !in_case.empty())
        look.identity = look.resource.arn + syntax::write_json(look.resource.properties);
      too_many_ = too_many_ || ++cases_ > TemplateBudget::kMostCases;
      std::vector<Variant> one;
      one.push_back({in_case, std::make_shared<Look>(std::move(look))});
      return one;
    }
    // As many comparisons, one more case at least.
    too_many_ = too_many_ || in_case.size() + 1 >= TemplateBudget::kMostCases || stack_.budget->is_spent();
    if (too_many_)
      return {};
    const std::size_t comparison = *evaluator.open();
    TemplateCase assumed = in_case;
    assumed[comparison] = true;
    std::vector<Variant> holds = explore(assumed);
    assumed[comparison] = false;
    std::vector<Variant> fails = too_many_ ? std::vector<Variant>() : explore(assumed);
    if (too_many_)
      return {};
    if (without(holds, comparison) == without(fails, comparison)) {
      for (Variant& variant : holds)
        variant.in_case.erase(comparison);
      return holds;
    }
    for (Variant& variant : fails)
      holds.push_back(std::move(variant));
    return holds;
  }

  static std::vector<std::pair<TemplateCase, std::string>> without(const std::vector<Variant>& variants,
                                                                   std::size_t comparison) {
    std::vector<std::pair<TemplateCase, std::string>> rest;
    for (const Variant& variant : variants) {
      TemplateCase in_case = variant.in_case;
      in_case.erase(comparison);
      rest.emplace_back(std::move(in_case), variant.look->identity);
    }
    return rest;
  }

  // One description, with unknown parts where open conditions have a say.
  std::vector<Variant> undivided() {
    TemplateEvaluator evaluator(context_, *stack_.budget, OpenConditions::kLeave);
    std::vector<Variant> one;
    one.push_back({{}, std::make_shared<Look>(look_with(evaluator))});
    is_undivided_ = !evaluator.exists(*resource_.node, stack_).has_value();
    return one;
  }

  Look look_with(TemplateEvaluator& evaluator) const {
    Look look;
    look.exists = true;
    for (const TemplateStack* stack = &stack_; stack->parent != nullptr; stack = stack->parent)
      look.exists = look.exists &&
                    evaluator.exists(*stack->parent_resource->node, *stack->parent) != std::optional(false);
    look.exists = look.exists && evaluator.exists(*resource_.node, stack_) != std::optional(false);
    if (!look.exists || evaluator.open())
      return look;
    config::Resource& made = look.resource;
    made.type = resource_.type;
    made.name = resource_.logical_id;
    made.partition = stack_.partition;
    made.account = stack_.account;
    made.region = stack_.region;
    made.span = resource_.span;
    made.properties = properties(evaluator);
    made.arn = evaluator.arn(resource_, stack_);
    return look;
  }

  Node properties(TemplateEvaluator& evaluator) const {
    Node map = syntax::map_node();
    map.span = resource_.span;
    const Node* given = resource_.node->find("Properties");
    std::optional<Node> resolved = given != nullptr ? evaluator.resolve(*given, stack_) : std::nullopt;
    if (resolved && resolved->kind == NodeKind::kMap)
      map = std::move(*resolved);
    else if (resolved)
      context_.gap(fmt::format("the properties of {} are not known", resource_.logical_id), {},
                   resource_.span, resource_.type);
    const ReferencedType* type = referenced_type(resource_.type);
    if (type == nullptr || type->name_property.empty())
      return map;
    // The name that references have, also where AWS makes it up.
    Node name = syntax::string_node(evaluator.name(resource_, stack_));
    name.span = resource_.span;
    for (syntax::Member& member : map.members) {
      if (member.key != type->name_property)
        continue;
      name.span = member.value.span;
      member.value = std::move(name);
      return map;
    }
    map.members.push_back({std::string(type->name_property), resource_.span, std::move(name)});
    return map;
  }

  // Equal looks are one resource.
  bool emit(std::vector<Variant>& variants) {
    std::vector<std::vector<Variant*>> groups;
    for (Variant& variant : variants) {
      if (!variant.look->exists)
        continue;
      bool found = false;
      for (std::vector<Variant*>& group : groups) {
        if (!found && group.front()->look->identity == variant.look->identity) {
          group.push_back(&variant);
          found = true;
        }
      }
      if (!found)
        groups.push_back({&variant});
    }
    const std::string condition = own_condition();
    for (const std::vector<Variant*>& group : groups) {
      config::Resource made = std::move(group.front()->look->resource);
      // What exists under one condition, and looks one way, is said by the condition's name. In another
      // version that name may mean something else.
      const bool by_name =
          !context_.has_other_version && groups.size() == 1 && stack_.parent == nullptr && !condition.empty();
      for (const Variant* variant : group) {
        const std::string when = context_.comparisons.describe(variant->in_case);
        made.when += (made.when.empty() ? "" : " or ") + when;
      }
      if ((by_name && !made.when.empty()) || is_undivided_)
        made.when = condition;
      context_.into.resources.push_back(std::move(made));
    }
    return !groups.empty();
  }

  std::string own_condition() const {
    const Node* condition = resource_.node->find("Condition");
    return condition != nullptr && condition->kind == NodeKind::kString ? condition->text : std::string();
  }

  const TemplateResource& resource_;
  const TemplateStack& stack_;
  TemplateContext& context_;
  std::size_t cases_ = 0;
  bool too_many_ = false;
  bool is_undivided_ = false;  // and its own condition is open
};

}  // namespace

bool describe_resource(const TemplateResource& resource, const TemplateStack& stack,
                       TemplateContext& context) {
  return VariantFinder(resource, stack, context).describe();
}

}  // namespace grantproof::sources
