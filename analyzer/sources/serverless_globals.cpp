// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_globals.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

struct Section {
  std::string_view name;
  bool only;                    // these properties, or all but these
  std::string_view properties;  // separated by spaces
};
constexpr Section kSections[] = {
    {"Function", false, "Role Policies FunctionName Events"},
    {"Api", false, "DefinitionBody StageName Policy"},
    {"HttpApi", false, "DefinitionBody DefinitionUri StageName Name"},
    {"SimpleTable", true, "SSESpecification"},
    {"StateMachine", true, "PropagateTags"},
    {"LayerVersion", true, "PublishLambdaVersion"},
    {"CapacityProvider", false, ""},
    {"WebSocketApi", false, ""},
};

const Section* find_section(std::string_view name) {
  const auto* found = std::find_if(std::begin(kSections), std::end(kSections),
                                   [name](const Section& section) { return section.name == name; });
  return found == std::end(kSections) ? nullptr : found;
}

Node merge(const Node& global, Node local, ServerlessExpansion& expansion) {
  if (global.kind == NodeKind::kList && local.kind == NodeKind::kList) {
    Node merged = expansion.copy(global);
    if (merged.kind != NodeKind::kList)
      return local;
    merged.span = local.span;
    std::move(local.items.begin(), local.items.end(), std::back_inserter(merged.items));
    return merged;
  }
  const bool both_maps = global.kind == NodeKind::kMap && local.kind == NodeKind::kMap &&
                         !is_intrinsic_function(global) && !is_intrinsic_function(local);
  if (!both_maps || !expansion.has_room(global.members.size(), global.span))
    return local;
  std::unordered_map<std::string_view, const Node*> globals;
  for (const syntax::Member& member : global.members)
    globals.emplace(member.key, &member.value);
  std::unordered_set<std::string> own;
  for (syntax::Member& member : local.members) {
    own.insert(member.key);
    const auto found = globals.find(member.key);
    if (found != globals.end())
      member.value = merge(*found->second, std::move(member.value), expansion);
  }
  for (const syntax::Member& member : global.members) {
    if (own.contains(member.key))
      continue;
    if (!expansion.has_room(expansion.size_of_key(member), member.key_span))
      break;
    local.members.push_back({member.key, member.key_span, expansion.copy(member.value)});
  }
  return local;
}

}  // namespace

void check_globals(Node& globals, ServerlessExpansion& expansion) {
  if (globals.kind != NodeKind::kMap) {
    expansion.mistake(globals.span, fmt::format("Globals is {}, expected an object", describe(globals.kind)));
    globals = NodeBuilder(globals.span).map();
    return;
  }
  for (syntax::Member& member : globals.members) {
    const Section* section = find_section(member.key);
    if (section == nullptr) {
      std::string names;
      for (const Section& one : kSections)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", one.name);
      expansion.mistake(member.key_span, fmt::format("Globals has no section {}", member.key),
                        fmt::format("one of: {}", names));
      continue;
    }
    if (member.value.kind != NodeKind::kMap) {
      expansion.mistake(member.value.span, fmt::format("Globals of {} is {}, expected an object", member.key,
                                                       describe(member.value.kind)));
      continue;
    }
    const auto refused = [section](const syntax::Member& property) {
      return has_word(section->properties, property.key) != section->only;
    };
    for (const syntax::Member& property : member.value.members) {
      if (refused(property)) {
        expansion.mistake(property.key_span,
                          fmt::format("{} cannot be given in Globals of {}", property.key, member.key),
                          "give it in each resource");
      }
    }
    std::erase_if(member.value.members, refused);
  }
  std::erase_if(globals.members, [](const syntax::Member& member) {
    return find_section(member.key) == nullptr || member.value.kind != NodeKind::kMap;
  });
}

Node with_globals(const Node& globals, std::string_view type, Node properties, const Node* ignored,
                  ServerlessExpansion& expansion) {
  constexpr std::string_view kPrefix = "AWS::Serverless::";
  const Node* section = globals.find(type.substr(std::min(kPrefix.size(), type.size())));
  if (!is_map(section) || (ignored != nullptr && ignored->text == "*"))
    return properties;
  if (ignored == nullptr || ignored->items.empty())
    return merge(*section, std::move(properties), expansion);
  std::unordered_set<std::string_view> names;
  for (const Node& name : ignored->items)
    names.insert(name.text);
  Node wanted = expansion.copy(*section);
  std::erase_if(wanted.members,
                [&names](const syntax::Member& member) { return names.contains(member.key); });
  return merge(wanted, std::move(properties), expansion);
}

}  // namespace grantproof::sources
