// SPDX-License-Identifier: Apache-2.0
#include "sources/template_checks.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sources/template_evaluator.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

// The resources that one waits for.
std::vector<const TemplateResource*> dependencies(const TemplateResource& resource,
                                                  const TemplateStack& stack, TemplateContext& context) {
  std::vector<const TemplateResource*> found;
  const Node* names = resource.node->find("DependsOn");
  if (names == nullptr)
    return found;
  const auto add = [&](const Node& name) {
    if (name.kind == NodeKind::kList || name.kind == NodeKind::kNull || name.text.empty()) {
      // In a loop a function may stand here.
      if (name.kind != NodeKind::kMap)
        context.reports.error(kSourceMistake, name.span,
                              fmt::format("DependsOn has {}, expected a logical id", describe(name.kind)));
    } else if (const TemplateResource* other = stack.find(name.text)) {
      found.push_back(other);
    } else if (!stack.is_open) {
      context.reports.error(kSourceReference, name.span, fmt::format("there is no resource {}", name.text));
    }
  };
  if (names->kind != NodeKind::kList)
    add(*names);
  for (const Node& name : names->items)
    add(name);
  return found;
}

}  // namespace

void check_conditions(const TemplateStack& stack, TemplateContext& context) {
  for (const auto& [name, declared] : stack.conditions) {
    TemplateEvaluator evaluator(context, *stack.budget);
    evaluator.holds(name, declared.span, stack);
  }
}

void check_outputs(const TemplateStack& stack, TemplateContext& context) {
  for (const auto& [name, declared] : stack.outputs) {
    TemplateEvaluator evaluator(context, *stack.budget);
    const Node* value = declared.node->find("Value");
    if (value == nullptr)
      context.reports.error(kSourceMistake, declared.span, fmt::format("the output {} has no Value", name));
    else if (evaluator.exists(*declared.node, stack) != std::optional(false))
      evaluator.resolve(*value, stack);
  }
}

void check_dependencies(const TemplateStack& stack, TemplateContext& context) {
  std::map<const TemplateResource*, std::vector<const TemplateResource*>> waits_for;
  std::map<const TemplateResource*, std::size_t> waiting;  // how many it still waits for
  std::map<const TemplateResource*, std::vector<const TemplateResource*>> wanted_by;
  for (const TemplateResource& resource : stack.resources) {
    std::vector<const TemplateResource*> found = dependencies(resource, stack, context);
    waiting[&resource] = found.size();
    for (const TemplateResource* other : found)
      wanted_by[other].push_back(&resource);
  }
  // Made one after the other; what is left waits for itself, or for what does.
  std::vector<const TemplateResource*> ready;
  for (const TemplateResource& resource : stack.resources) {
    if (waiting[&resource] == 0)
      ready.push_back(&resource);
  }
  while (!ready.empty()) {
    const TemplateResource* made = ready.back();
    ready.pop_back();
    waiting.erase(made);
    for (const TemplateResource* other : wanted_by[made]) {
      if (--waiting[other] == 0)
        ready.push_back(other);
    }
  }
  for (const TemplateResource& resource : stack.resources) {
    if (waiting.count(&resource) == 0)
      continue;
    context.reports.error(kSourceCycle, resource.span,
                          fmt::format("{} depends on resources that depend on it", resource.logical_id));
    return;
  }
}

}  // namespace grantproof::sources
