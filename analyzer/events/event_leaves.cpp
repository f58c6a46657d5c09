// SPDX-License-Identifier: Apache-2.0
#include "events/event_leaves.h"

#include "events/field_path.h"

namespace grantproof::events {
namespace {

using syntax::Node;
using syntax::NodeKind;

class Walk {
 public:
  explicit Walk(const LeafVisitor& visit) : visit_(visit) {}

  void value(const Node& node, const FieldPath& path) {
    if (node.kind == NodeKind::kMap) {
      for (const syntax::Member& member : node.members)
        value(member.value, path.below(member.key));
    } else if (node.kind == NodeKind::kList) {
      list(node, path);
    } else {
      visit_(path.text(), node, elements_);
    }
  }

 private:
  void list(const Node& node, const FieldPath& path) {
    const std::size_t number = lists_++;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Node& item = node.items[i];
      const bool stands_in_it = item.kind == NodeKind::kMap || item.kind == NodeKind::kList;
      if (stands_in_it)
        elements_.push_back({number, i});
      value(item, path);
      if (stands_in_it)
        elements_.pop_back();
    }
  }

  const LeafVisitor& visit_;
  ListElements elements_;
  std::size_t lists_ = 0;
};

}  // namespace

void for_each_leaf(const Node& event, const LeafVisitor& visit) {
  Walk(visit).value(event, FieldPath());
}

Leaf leaf_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::kString:
      return {Leaf::Kind::kString, node.text};
    case NodeKind::kNumber:
      return {Leaf::Kind::kNumber, node.text};
    case NodeKind::kBool:
      return {Leaf::Kind::kLiteral, node.boolean ? "true" : "false"};
    default:
      return {Leaf::Kind::kLiteral, "null"};
  }
}

}  // namespace grantproof::events
