// SPDX-License-Identifier: Apache-2.0
#include "router/field_tree.h"

#include <cstring>

namespace grantproof::router {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t first_word(std::string_view padded_key) {
  std::uint64_t word = 0;
  std::memcpy(&word, padded_key.data(), kWord);
  if (padded_key.size() < kWord)
    word &= (std::uint64_t{1} << (8 * padded_key.size())) - 1;
  return word;
}

std::uint32_t hash(std::uint64_t word, std::size_t length) {
  return static_cast<std::uint32_t>(((word + length) * 0x9e3779b97f4a7c15U) >> 40);
}

}  // namespace

FieldTree::FieldTree() : nodes_(1) {}

FieldNumber FieldTree::add(std::string_view path) {
  NodeNumber node = kRoot;
  std::size_t from = 0;
  while (true) {
    const std::size_t dot = path.find('.', from);
    const std::string_view key = path.substr(from, dot == std::string_view::npos ? dot : dot - from);
    const NodeNumber below = descend(node, key);
    node = below != kNone ? below : add_child(node, key);
    if (dot == std::string_view::npos)
      break;
    from = dot + 1;
  }
  if (nodes_[node].field == kNoField) {
    nodes_[node].field = static_cast<FieldNumber>(node_of_field_.size());
    node_of_field_.push_back(node);
  }
  return nodes_[node].field;
}

FieldTree::NodeNumber FieldTree::child(NodeNumber node, std::string_view key) const {
  const Node& at = nodes_[node];
  if (at.children == 0)
    return kNone;
  const std::uint64_t word = first_word(key);
  for (std::uint32_t i = hash(word, key.size()) & at.mask;; i = (i + 1) & at.mask) {
    const Slot& slot = at.slots[i];
    if (slot.node == kNone)
      return kNone;
    if (slot.first_word == word && slot.length == key.size() &&
        (key.size() <= kWord ||
         std::memcmp(key.data() + kWord, key_text_.data() + slot.rest, key.size() - kWord) == 0))
      return slot.node;
  }
}

FieldTree::NodeNumber FieldTree::descend(NodeNumber node, std::string_view dotted_key) const {
  std::string padded(dotted_key);
  padded.append(kPadding, '\0');
  std::string_view left(padded.data(), dotted_key.size());
  while (node != kNone) {
    const std::size_t dot = left.find('.');
    node = child(node, left.substr(0, dot));
    if (dot == std::string_view::npos)
      break;
    left.remove_prefix(dot + 1);
  }
  return node;
}

FieldTree::NodeNumber FieldTree::add_child(NodeNumber node, std::string_view key) {
  std::string padded(key);
  padded.append(kPadding, '\0');
  Slot slot;
  slot.first_word = first_word(std::string_view(padded.data(), key.size()));
  slot.length = static_cast<std::uint32_t>(key.size());
  slot.node = static_cast<NodeNumber>(nodes_.size());
  slot.rest = static_cast<std::uint32_t>(key_text_.size());
  if (key.size() > kWord)
    key_text_.append(key.substr(kWord));
  nodes_.emplace_back();
  nodes_.back().parent = node;

  Node& parent = nodes_[node];
  ++parent.children;
  if (parent.slots.size() < 2 * parent.children) {
    const std::vector<Slot> before = std::move(parent.slots);
    parent.slots.assign(before.empty() ? 4 : 2 * before.size(), Slot{});
    parent.mask = static_cast<std::uint32_t>(parent.slots.size() - 1);
    for (const Slot& old : before) {
      if (old.node != kNone)
        place(parent, old);
    }
  }
  place(parent, slot);
  return slot.node;
}

void FieldTree::place(Node& node, const Slot& slot) {
  std::uint32_t i = hash(slot.first_word, slot.length) & node.mask;
  while (node.slots[i].node != kNone)
    i = (i + 1) & node.mask;
  node.slots[i] = slot;
}

}  // namespace grantproof::router
