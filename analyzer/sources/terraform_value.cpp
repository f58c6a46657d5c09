// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_value.h"

#include <fmt/format.h>

#include <algorithm>

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Arguments of one block. The configuration is read anew for every instance; no resource type has as many.
constexpr std::size_t kMostArguments = 1'000;
constexpr std::size_t kMostBlocksOfSet = 100;  // a policy has a few conditions; each is compared with all

bool is_null(const Node* node) {
  return node == nullptr || node->kind == NodeKind::kNull;
}

const Node* item_of(const Node* list, std::size_t index) {
  return list != nullptr && index < list->items.size() ? &list->items[index] : nullptr;
}

// Could this block, as it is written, have become this value?
bool agrees(const Node& block, const Node* known) {
  if (block.members.size() > kMostArguments)
    return false;
  if (is_null(known))
    return true;
  for (const syntax::Member& member : block.members) {
    const Node* constant = member.value.find("constant_value");
    const Node* value = known->find(member.key);
    if (constant == nullptr || value == nullptr || is_null(constant) || is_null(value))
      continue;
    if (constant->items.empty() && constant->members.empty() && constant->text != value->text)
      return false;
  }
  return true;
}

// The block of the configuration that became the item; null where that is not sure. A list that has more
// items than are written has some of a dynamic block, which the plan does not tell of.
const Node* written_block(const Node* blocks, std::size_t index, const Node* known, std::size_t size,
                          bool in_order) {
  if (blocks == nullptr || blocks->kind != NodeKind::kList || blocks->items.size() != size)
    return nullptr;
  if (in_order)
    return agrees(blocks->items[index], known) ? &blocks->items[index] : nullptr;
  if (size > kMostBlocksOfSet)
    return nullptr;
  const Node* found = nullptr;
  for (const Node& block : blocks->items) {
    if (!agrees(block, known))
      continue;
    if (found != nullptr)
      return nullptr;
    found = &block;
  }
  return found;
}

}  // namespace

bool Value::is_unknown() const {
  return unknown != nullptr && unknown->kind == NodeKind::kBool && unknown->boolean;
}

bool Value::is_absent() const {
  return is_null(known) && !is_unknown() && size() == 0;
}

bool Value::is_written() const {
  return expression != nullptr;
}

base::Span Value::span() const {
  if (!is_null(known))
    return known->span;
  if (expression != nullptr)
    return expression->span;
  return unknown != nullptr ? unknown->span : known != nullptr ? known->span : base::Span{};
}

Value Value::attribute(std::string_view name) const {
  Value value{owner, nullptr, nullptr, nullptr,
              path.empty() ? std::string(name) : fmt::format("{}.{}", path, name)};
  if (known != nullptr)
    value.known = known->find(name);
  if (unknown != nullptr)
    value.unknown = is_unknown() ? unknown : unknown->find(name);
  if (expression != nullptr && expression->members.size() <= kMostArguments)
    value.expression = expression->find(name);
  return value;
}

std::size_t Value::size() const {
  const std::size_t told = known != nullptr ? known->items.size() : 0;
  return std::max(told, unknown != nullptr ? unknown->items.size() : 0);
}

Value Value::item(std::size_t index, bool in_order) const {
  Value value{owner, item_of(known, index), item_of(unknown, index), nullptr,
              fmt::format("{}[{}]", path, index)};
  if (is_unknown())
    value.unknown = unknown;
  value.expression = written_block(expression, index, value.known, size(), in_order);
  return value;
}

}  // namespace grantproof::sources::terraform
