// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_text.h"

#include <fmt/format.h>

#include <utility>

namespace grantproof::sources::terraform {

using syntax::Node;
using syntax::NodeKind;

Node text_node(std::string text, base::Span span) {
  Node node;
  node.kind = NodeKind::kString;
  node.span = span;
  node.text = std::move(text);
  return node;
}

void add_member(Node& map, std::string_view key, Node value) {
  const base::Span span = value.span;
  map.members.push_back({std::string(key), span, std::move(value)});
}

void Texts::mistake(const Value& value, std::string_view expected) const {
  report(into_, "GP0301", value.span(),
         fmt::format("{} of {} is {}, expected {}", value.path,
                     value.owner == nullptr ? "a constant" : value.owner->address,
                     value.known == nullptr ? "nothing" : describe(value.known->kind), expected),
         "use what `terraform show -json` prints as it is");
}

Node Texts::unknown(const Value& value) const {
  return text_node(identities_.unknown(value), value.span());
}

std::optional<Node> Texts::text(const Value& value, Taking taking, std::string_view type) const {
  if (value.is_unknown()) {
    auto referred = identities_.referred(value, taking, type);
    return referred ? text_node(std::move(*referred), value.span()) : unknown(value);
  }
  if (value.is_absent())
    return std::nullopt;
  if (value.known != nullptr &&
      (value.known->kind == NodeKind::kString || value.known->kind == NodeKind::kNumber))
    return text_node(value.known->text, value.known->span);
  mistake(value, "a text");
  return unknown(value);
}

std::vector<Node> Texts::list(const Value& value, Taking taking, std::string_view type) const {
  std::vector<Node> nodes;
  if (value.is_absent())
    return nodes;
  if (value.is_unknown()) {
    nodes.push_back(unknown(value));
    return nodes;
  }
  if (value.known != nullptr && value.known->kind != NodeKind::kList &&
      value.known->kind != NodeKind::kNull) {
    mistake(value, "a list");
    nodes.push_back(unknown(value));
    return nodes;
  }
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Value item = value.item(i);
    if (item.is_unknown())
      open.push_back(nodes.size());
    if (auto node = text(item, Taking::kPlain))
      nodes.push_back(std::move(*node));
  }
  if (open.empty())
    return nodes;
  const auto referred = identities_.referred_items(value, open.size(), taking, type);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (referred[i])
      nodes[open[i]] = text_node(*referred[i], value.span());
  }
  return nodes;
}

}  // namespace grantproof::sources::terraform
