// SPDX-License-Identifier: Apache-2.0
#include "config/properties.h"

#include <fmt/format.h>

#include <utility>

#include "base/unknown_text.h"

namespace grantproof::config {

using syntax::Node;
using syntax::NodeKind;

namespace {

bool is_text(const Node& node) {
  return node.kind == NodeKind::kString || node.kind == NodeKind::kNumber;
}

}  // namespace

const Node* Properties::find(std::string_view name) const {
  const Node* found = node_.find(name);
  return found == nullptr || found->kind == NodeKind::kNull ? nullptr : found;
}

std::string Properties::text(std::string_view name) const {
  const Node* found = find(name);
  if (found == nullptr)
    return {};
  if (is_text(*found))
    return found->text;
  mistake(found->span, fmt::format("{} is {}, expected a text", name, describe(found->kind)));
  return {};
}

bool Properties::flag(std::string_view name) const {
  const Node* found = find(name);
  return found != nullptr && found->text == "true";
}

std::vector<Text> Properties::texts(std::string_view name) const {
  std::vector<Text> texts;
  const Node* found = find(name);
  if (found == nullptr)
    return texts;
  if (is_text(*found))
    return {{found->text, found->span}};
  for (const Node* item : items(name)) {
    if (is_text(*item))
      texts.push_back({item->text, item->span});
    else
      mistake(item->span, fmt::format("{} in {}, expected a text", describe(item->kind), name));
  }
  return texts;
}

std::vector<const Node*> Properties::items(std::string_view name) const {
  std::vector<const Node*> items;
  const Node* found = find(name);
  if (found == nullptr)
    return items;
  if (found->kind != NodeKind::kList && base::has_unknown(found->text)) {
    not_known(*found, name);
    return items;
  }
  if (found->kind != NodeKind::kList) {
    mistake(found->span, fmt::format("{} is {}, expected a list", name, describe(found->kind)));
    return items;
  }
  items.reserve(found->items.size());
  for (const Node& item : found->items)
    items.push_back(&item);
  return items;
}

Properties Properties::object(std::string_view name) const {
  static const Node kEmpty;
  const Node* found = find(name);
  if (found != nullptr && base::has_unknown(found->text)) {
    not_known(*found, name);
    found = nullptr;
  }
  if (found != nullptr && found->kind != NodeKind::kMap) {
    mistake(found->span, fmt::format("{} is {}, expected an object", name, describe(found->kind)));
    found = nullptr;
  }
  return {found == nullptr ? kEmpty : *found, sink_};
}

void Properties::not_known(const Node& node, std::string_view name) const {
  sink_.report({.rule = "GP0302",
                .severity = base::Severity::kWarning,
                .message = fmt::format("{} is not known: {}", name, base::list_unknowns(node.text)),
                .primary = {.span = node.span, .text = {}},
                .secondary = {},
                .help = {}});
}

void Properties::mistake(base::Span span, std::string message, std::string help) const {
  sink_.report({.rule = "GP0301",
                .severity = base::Severity::kError,
                .message = std::move(message),
                .primary = {.span = span, .text = {}},
                .secondary = {},
                .help = std::move(help)});
}

}  // namespace grantproof::config
