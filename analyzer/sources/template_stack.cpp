// SPDX-License-Identifier: Apache-2.0
#include "sources/template_stack.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sources/template_context.h"
#include "sources/template_loops.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

class SectionReader {
 public:
  SectionReader(TemplateStack& stack, TemplateContext& context) : stack_(stack), context_(context) {}

  void read() {
    // Loops go over parameters and mappings.
    section("Parameters", "a parameter", stack_.parameters);
    section("Mappings", "a mapping", stack_.mappings);
    transforms();
    section("Conditions", {}, stack_.conditions);
    resources();
    section("Outputs", "an output", stack_.outputs);
  }

 private:
  void mistake(base::Span span, std::string message, std::string help = {}) {
    context_.reports.error(kSourceMistake, span, std::move(message), std::move(help));
  }

  // A template may be nested many times; each time, its members count.
  bool is_affordable(const Member& member) {
    constexpr std::size_t kNodes = 4;
    if (stack_.budget->spend(kNodes, member.key.size()))
      return true;
    stack_.is_open = true;
    if (!stack_.budget->was_reported()) {
      stack_.budget->report();
      context_.reports.error(kSourceLimit, member.key_span,
                             "nested stacks make more than a template may become");
    }
    return false;
  }

  // The section with its loops expanded; nullptr where there is none.
  const Node* find(std::string_view name) {
    const Node* section = stack_.root->find(name);
    if (section == nullptr)
      return nullptr;
    if (section->kind != NodeKind::kMap) {
      mistake(section->span, fmt::format("{} is {}, expected an object", name, describe(section->kind)));
      return nullptr;
    }
    return &expand_loops(*section, stack_, context_);
  }

  void section(std::string_view name, std::string_view what, TemplateSection& into) {
    const Node* found = find(name);
    if (found == nullptr)
      return;
    for (const Member& member : found->members) {
      if (stays(member))
        continue;
      if (!is_affordable(member))
        return;
      // What a condition has to be is said where it is decided.
      if (member.value.kind != NodeKind::kMap && !what.empty())
        mistake(member.value.span,
                fmt::format("{} is {}, expected an object", what, describe(member.value.kind)));
      into.try_emplace(member.key, TemplateMember{&member.value, member.key_span});
    }
  }

  // Loops over something unknown, and macros: what they make is not known.
  bool stays(const Member& member) {
    const bool loop = is_loop(member.key);
    if (!loop && member.key != "Fn::Transform")
      return false;
    stack_.is_open = true;
    context_.gap(fmt::format("what {} makes of {} is not known", member.key, stack_.path),
                 loop ? "give the parameter that it goes over, with --parameter NAME=VALUE"
                      : "check the template as CloudFormation has processed it",
                 member.key_span);
    return true;
  }

  void resources() {
    if (stack_.root->find("Resources") == nullptr)
      mistake(stack_.root->span, "this template has no Resources", "a template has at least one resource");
    const Node* found = find("Resources");
    if (found == nullptr)
      return;
    for (const Member& member : found->members) {
      if (stays(member))
        continue;
      if (!is_affordable(member))
        return;
      resource(member);
    }
  }

  void resource(const Member& member) {
    // Until it is known to be a resource: what refers to it has no mistake.
    const bool was_open = std::exchange(stack_.is_open, true);
    if (member.value.kind != NodeKind::kMap) {
      mistake(member.value.span, fmt::format("the resource {} is {}, expected an object", member.key,
                                             describe(member.value.kind)));
      return;
    }
    const Node* type = member.value.find("Type");
    if (type == nullptr || type->kind != NodeKind::kString || type->text.empty()) {
      mistake(type != nullptr ? type->span : member.key_span,
              fmt::format("the resource {} has no Type", member.key),
              "write \"Type\": \"AWS::SERVICE::TYPE\"");
      return;
    }
    stack_.is_open = was_open;
    const bool is_name = !member.key.empty() && std::all_of(member.key.begin(), member.key.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    if (!is_name)
      mistake(member.key_span, fmt::format("\"{}\" is no logical id", member.key),
              "a logical id has letters and digits");
    const Node* properties = member.value.find("Properties");
    if (properties != nullptr && properties->kind != NodeKind::kMap)
      mistake(properties->span,
              fmt::format("Properties is {}, expected an object", describe(properties->kind)));
    const TemplateResource& added = stack_.resources.emplace_back(
        TemplateResource{member.key, type->text, member.key_span, &member.value, {}});
    const auto [found, is_new] = stack_.by_logical_id.try_emplace(member.key, &added);
    // Two of the same loop; those that stand in the template twice are said by its reader.
    if (!is_new && found->second->span == member.key_span)
      mistake(member.key_span, fmt::format("two resources become {}", member.key),
              "write the loop's ${IDENTIFIER} into the logical id");
  }

  // Macros may change anything.
  void transforms() {
    const Node* transform = stack_.root->find("Transform");
    if (transform == nullptr)
      return;
    if (transform->kind != NodeKind::kList)
      macro(*transform);
    for (const Node& one : transform->items)
      macro(one);
  }

  void macro(const Node& node) {
    const Node* name = node.kind == NodeKind::kMap ? node.find("Name") : &node;
    if (name == nullptr || name->kind != NodeKind::kString) {
      mistake(node.span, fmt::format("a transform is {}, expected a name", describe(node.kind)));
      return;
    }
    if (name->text == "AWS::LanguageExtensions" || name->text.starts_with("AWS::Serverless-"))
      return;
    stack_.is_open = true;
    context_.gap(
        fmt::format("the macro {} may change {}, and what it makes is not known", name->text, stack_.path),
        "check the template as CloudFormation has processed it (get-template --template-stage Processed)",
        node.span);
  }

  TemplateStack& stack_;
  TemplateContext& context_;
};

}  // namespace

const Node* TemplateResource::property(std::string_view name) const {
  const Node* properties = node->find("Properties");
  return properties != nullptr ? properties->find(name) : nullptr;
}

const TemplateResource* TemplateStack::find(std::string_view logical_id) const {
  const auto found = by_logical_id.find(logical_id);
  return found == by_logical_id.end() ? nullptr : found->second;
}

void read_sections(TemplateStack& stack, TemplateContext& context) {
  SectionReader(stack, context).read();
}

}  // namespace grantproof::sources
