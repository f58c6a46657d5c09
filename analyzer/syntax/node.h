// SPDX-License-Identifier: Apache-2.0
//
// One positioned tree for JSON and YAML. Every node and every key has a Span. A Node owns its children.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace grantproof::syntax {

enum class NodeKind { kNull, kBool, kNumber, kString, kList, kMap };

// "null", "a boolean", "a number", "a string", "a list", "an object": for messages
std::string_view describe(NodeKind kind);

struct Member;

struct Node {
  NodeKind kind = NodeKind::kNull;
  base::Span span;       // of the whole value, quotes and brackets included
  bool boolean = false;  // kBool
  std::string text;      // kString: the decoded value (UTF-8). kNumber: as written. kBool: "true" / "false"
  std::vector<Node> items;  // kList
  std::vector<Member>
      members;  // kMap, in source order, duplicates included (they are reported by the reader)

  // The first member of that name; nullptr where there is none, or this is no map.
  const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  base::Span key_span;  // quotes included
  Node value;
};

}  // namespace grantproof::syntax
