// SPDX-License-Identifier: Apache-2.0
//
// The paths that some rule of a bus names, as a tree of keys: the scanner of an event goes down this tree and
// skips everything else. A path's keys are the parts between its dots, so {"a.b": 1} and {"a": {"b": 1}} are
// one path.
//
// The tree only grows; BusMatcher builds a new one when much of it is no longer used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::router {

using FieldNumber = std::uint32_t;
inline constexpr FieldNumber kNoField = 0xffffffff;

class FieldTree {
 public:
  using NodeNumber = std::uint32_t;
  static constexpr NodeNumber kRoot = 0;
  static constexpr NodeNumber kNone = 0xffffffff;
  // Keys are compared by whole words: this many bytes behind a key must be readable.
  static constexpr std::size_t kPadding = 8;

  FieldTree();

  // The number of a path; numbers count from 0.
  FieldNumber add(std::string_view path);

  // The node below `node` for a key that holds no dot; `key` must be followed by kPadding readable bytes.
  NodeNumber child(NodeNumber node, std::string_view key) const;
  // The same for any key, without padding: each dot is a step down.
  NodeNumber descend(NodeNumber node, std::string_view dotted_key) const;

  FieldNumber field_of(NodeNumber node) const { return nodes_[node].field; }
  bool has_children(NodeNumber node) const { return nodes_[node].children != 0; }
  NodeNumber parent_of(NodeNumber node) const { return nodes_[node].parent; }
  NodeNumber node_of(FieldNumber field) const { return node_of_field_[field]; }
  std::size_t field_count() const { return node_of_field_.size(); }

 private:
  struct Slot {
    std::uint64_t first_word = 0;  // the key's first eight bytes, zeros behind a shorter key
    std::uint32_t length = 0;
    NodeNumber node = kNone;
    std::uint32_t rest = 0;  // where the key's bytes from the ninth on lie in key_text_
  };
  struct Node {
    FieldNumber field = kNoField;
    NodeNumber parent = kNone;
    std::uint32_t children = 0;
    std::uint32_t mask = 0;   // of a hash, to a slot
    std::vector<Slot> slots;  // open addressing, at most half full
  };

  NodeNumber add_child(NodeNumber node, std::string_view key);
  void place(Node& node, const Slot& slot);

  std::vector<Node> nodes_;
  std::vector<NodeNumber> node_of_field_;
  std::string key_text_;
};

}  // namespace grantproof::router
