// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_properties.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

Node list_at(base::Span span, std::vector<Node> items) {
  Node node;
  node.kind = NodeKind::kList;
  node.span = span;
  node.items = std::move(items);
  return node;
}

// "roots[0].id" or a plain name.
Value value_at(const Value& self, std::string_view name) {
  constexpr std::string_view kFirst = "[0].";
  const std::size_t first = name.find(kFirst);
  if (first == std::string_view::npos)
    return self.attribute(name);
  return self.attribute(name.substr(0, first)).item(0).attribute(name.substr(first + kFirst.size()));
}

// The provider writes "" for what is not given.
std::optional<Node> unless_empty(std::optional<Node> text) {
  return text && text->text.empty() ? std::nullopt : std::move(text);
}

bool is_null(const Node* node) {
  return node == nullptr || node->kind == NodeKind::kNull;
}

}  // namespace

Node Properties::read(const Resource& resource, const ResourceRow& row) const {
  return read_object({resource, row, resource.value()}, row.attributes);
}

Node Properties::read_object(const Object& object, std::span<const AttributeRow> rows) const {
  Node map;
  map.kind = NodeKind::kMap;
  map.span = object.self.path.empty() ? object.resource.span : object.self.span();
  for (const AttributeRow& row : rows) {
    auto property = read_property(object, row);
    if (!property && !row.otherwise.empty())
      property = text_node(std::string(row.otherwise), map.span);
    if (property)
      add_member(map, row.property, std::move(*property));
  }
  return map;
}

// AWS, not the configuration, says what it is. In a state nobody can tell.
bool Properties::is_read_back(const Object& object, const AttributeRow& row) const {
  return row.computed && object.self.path.empty() && object.resource.is_read_back(row.name);
}

std::optional<Node> Properties::read_property(const Object& object, const AttributeRow& row) const {
  const base::Span span = object.resource.span;
  switch (row.kind) {
    case AttributeKind::kSelf: {
      Node self = read_object(object, row.block);
      return self.members.empty() ? std::nullopt : std::optional(std::move(self));
    }
    case AttributeKind::kSelfInList: {
      std::vector<Node> items;
      items.push_back(read_object(object, row.block));
      return list_at(span, std::move(items));
    }
    case AttributeKind::kOwnName: {
      const IdentityRow& identity = *find_identity(object.resource.type);
      return text_node(identities_.text(object.resource, identity.names.substr(0, identity.names.find(' '))),
                       span);
    }
    case AttributeKind::kOwnArnInList: {
      std::vector<Node> items;
      items.push_back(text_node(identities_.arn(object.resource), span));
      return list_at(span, std::move(items));
    }
    case AttributeKind::kParts:
      return read_parts(object, row);
    default:
      break;
  }
  const Value value = value_at(object.self, row.name);
  if (value.is_unknown() && is_read_back(object, row) && object.resource.configuration != nullptr &&
      row.kind != AttributeKind::kPolicy)
    return std::nullopt;
  return read_value(object, row, value);
}

std::optional<Node> Properties::read_value(const Object& object, const AttributeRow& row,
                                           const Value& value) const {
  switch (row.kind) {
    case AttributeKind::kText:
      return read_text(object, row, value);
    case AttributeKind::kReference:
      return unless_empty(texts_.text(value, Taking::kReference, row.type));
    case AttributeKind::kPattern:
      return unless_empty(texts_.text(value, Taking::kPattern));
    case AttributeKind::kReferenceInList: {
      auto text = unless_empty(texts_.text(value, Taking::kReference, row.type));
      if (!text)
        return std::nullopt;
      std::vector<Node> items;
      items.push_back(std::move(*text));
      return list_at(value.span(), std::move(items));
    }
    case AttributeKind::kReferences:
      return read_references(object, row, value);
    case AttributeKind::kTexts: {
      std::vector<Node> items = texts_.list(value, Taking::kPlain);
      return items.empty() ? std::nullopt : std::optional(list_at(value.span(), std::move(items)));
    }
    case AttributeKind::kPolicy:
      return read_policy(object, row, value);
    case AttributeKind::kBlock:
      return read_block(object, row, value);
    case AttributeKind::kBlocks:
      return read_blocks(object, row, value);
    default:
      break;
  }
  if (value.is_unknown())
    return texts_.unknown(value);
  const bool is_none =
      is_null(value.known) || (row.kind == AttributeKind::kPositive && value.known->text == "0");
  return is_none ? std::nullopt : std::optional(*value.known);
}

std::optional<Node> Properties::read_text(const Object& object, const AttributeRow& row,
                                          const Value& value) const {
  const bool is_own = object.self.path.empty() && value.path == row.name;
  if (value.is_unknown() && is_own)
    return text_node(identities_.text(object.resource, row.name), value.span());
  return unless_empty(texts_.text(value, Taking::kPlain));
}

std::optional<Node> Properties::read_policy(const Object& object, const AttributeRow& row,
                                            const Value& value) const {
  if (!row.type.empty()) {
    const std::vector<const Resource*> parts = parts_.parts(object.resource, row.type);
    if (!parts.empty())
      return policies_.policy(parts.front()->attribute(row.name), object.row.cloudformation);
  }
  const bool is_other = is_read_back(object, row) && parts_.says(object.resource, row.name, {});
  const bool is_nobodys =
      value.is_unknown() && is_read_back(object, row) && object.resource.configuration != nullptr;
  return is_other || is_nobodys ? std::nullopt : policies_.policy(value, object.row.cloudformation);
}

std::optional<Node> Properties::read_block(const Object& object, const AttributeRow& row,
                                           const Value& value) const {
  if (value.is_unknown())
    return texts_.unknown(value);
  // A block is a list of one; newer resources of the provider have an object.
  const bool is_object = value.known != nullptr && value.known->kind == NodeKind::kMap;
  if (!is_object && value.size() == 0) {
    if (!is_null(value.known) && value.known->kind != NodeKind::kList)
      texts_.mistake(value, "a block");
    return std::nullopt;
  }
  const Value block = is_object ? value : value.item(0);
  if (block.is_unknown())
    return texts_.unknown(block);
  Node read = read_object({object.resource, object.row, block}, row.block);
  return read.members.empty() ? std::nullopt : std::optional(std::move(read));
}

std::optional<Node> Properties::read_blocks(const Object& object, const AttributeRow& row,
                                            const Value& value) const {
  if (value.is_unknown())
    return texts_.unknown(value);
  std::vector<Node> items;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Value block = value.item(i, false);
    if (block.is_unknown()) {
      items.push_back(texts_.unknown(block));
      continue;
    }
    const Value name = block.attribute("name");
    if (is_read_back(object, row) && !is_null(name.known) &&
        parts_.says(object.resource, row.name, name.known->text))
      continue;
    Node read = read_object({object.resource, object.row, block}, row.block);
    if (!read.members.empty())
      items.push_back(std::move(read));
  }
  return items.empty() ? std::nullopt : std::optional(list_at(value.span(), std::move(items)));
}

std::optional<Node> Properties::read_references(const Object& object, const AttributeRow& row,
                                                const Value& value) const {
  std::vector<Node> items = texts_.list(value, Taking::kReference, row.type);
  if (is_read_back(object, row)) {
    items.erase(
        std::remove_if(items.begin(), items.end(),
                       [&](const Node& item) { return parts_.says(object.resource, row.name, item.text); }),
        items.end());
  }
  return items.empty() ? std::nullopt : std::optional(list_at(value.span(), std::move(items)));
}

std::optional<Node> Properties::read_parts(const Object& object, const AttributeRow& row) const {
  std::vector<Node> items;
  for (const Resource* part : parts_.parts(object.resource, row.type)) {
    if (auto text = texts_.text(part->attribute(row.name), Taking::kReference))
      items.push_back(std::move(*text));
  }
  return items.empty() ? std::nullopt : std::optional(list_at(object.resource.span, std::move(items)));
}

}  // namespace grantproof::sources::terraform
