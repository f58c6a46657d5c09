// SPDX-License-Identifier: Apache-2.0
#include "sources/template_stack_set.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "sources/template_evaluator.h"
#include "syntax/json_reader.h"
#include "syntax/string_offsets.h"
#include "syntax/yaml_reader.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

using Arguments = std::map<std::string, const Node*, std::less<>>;

// [{ParameterKey, ParameterValue}]
void add_arguments(const Node* list, Arguments& arguments) {
  if (list == nullptr)
    return;
  for (const Node& item : list->items) {
    const Node* key = item.find("ParameterKey");
    const Node* value = item.find("ParameterValue");
    if (key != nullptr && value != nullptr && !key->text.empty())
      arguments.insert_or_assign(key->text, value);
  }
}

// A list of known texts at a path; one empty text where there is none.
std::vector<std::string> texts_at(const Node* list, const TemplateStack& stack, TemplateContext& context) {
  if (list == nullptr)
    return {""};
  TemplateEvaluator evaluator(context, *stack.budget);
  const auto texts = evaluator.resolve_texts(*list, stack);
  return texts && !texts->empty() ? *texts : std::vector<std::string>{""};
}

}  // namespace

std::vector<StackSetInstance> stack_set_instances(const TemplateResource& resource,
                                                  const TemplateStack& stack, TemplateContext& context) {
  Arguments arguments;
  add_arguments(resource.property("Parameters"), arguments);
  const Node* groups = resource.property("StackInstancesGroup");
  std::vector<StackSetInstance> instances;
  if (groups != nullptr) {
    for (const Node& group : groups->items) {
      const Node* targets = group.find("DeploymentTargets");
      const Node* accounts = targets != nullptr ? targets->find("Accounts") : nullptr;
      // With organizational units, Accounts filters theirs.
      if (targets != nullptr && targets->find("OrganizationalUnitIds") != nullptr)
        accounts = nullptr;
      Arguments of_group = arguments;
      add_arguments(group.find("ParameterOverrides"), of_group);
      const std::vector<std::string> regions = texts_at(group.find("Regions"), stack, context);
      for (const std::string& account : texts_at(accounts, stack, context)) {
        for (const std::string& region : regions) {
          if (instances.size() < TemplateBudget::kMostStacks)
            instances.push_back({account, region, of_group});
        }
      }
    }
  }
  if (instances.empty())
    instances.push_back({{}, {}, std::move(arguments)});
  return instances;
}

const Node* stack_set_body(const TemplateResource& resource, const TemplateStack& stack,
                           TemplateContext& context) {
  const Node* body = resource.property("TemplateBody");
  if (body == nullptr)
    return nullptr;
  TemplateEvaluator evaluator(context, *stack.budget);
  const std::optional<Node> text = evaluator.resolve(*body, stack);
  if (!text || text->kind != NodeKind::kString || is_unknown(*text))
    return nullptr;
  base::SourceMap& sources = context.into.sources;
  const std::size_t first = text->text.find_first_not_of(" \t\r\n");
  std::optional<Node> root;
  if (first != std::string::npos && text->text[first] == '{') {
    root = syntax::read_embedded_json(sources, *text, context.into.sink);
  } else {
    auto offsets = syntax::yaml_string_offsets(sources.text(text->span), text->text);
    if (!offsets)
      offsets = syntax::json_string_offsets(sources.text(text->span), text->text);
    if (offsets) {
      for (std::uint32_t& offset : *offsets)
        offset += text->span.begin;
    } else {
      // Made by a function: every byte leads to it.
      offsets.emplace(text->text.size(), text->span.begin);
      offsets->push_back(text->span.end);
    }
    const base::FileId file = sources.add_embedded(text->span, text->text, std::move(*offsets));
    root = syntax::read_yaml(sources, file, context.into.sink);
  }
  return root ? &context.roots.emplace_back(std::move(*root)) : nullptr;
}

}  // namespace grantproof::sources
