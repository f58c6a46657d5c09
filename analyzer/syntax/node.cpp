// SPDX-License-Identifier: Apache-2.0
#include "syntax/node.h"

namespace grantproof::syntax {

std::string_view describe(NodeKind kind) {
  switch (kind) {
    case NodeKind::kNull:
      return "null";
    case NodeKind::kBool:
      return "a boolean";
    case NodeKind::kNumber:
      return "a number";
    case NodeKind::kString:
      return "a string";
    case NodeKind::kList:
      return "a list";
    case NodeKind::kMap:
      return "an object";
  }
  return "a value";
}

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key)
      return &member.value;
  return nullptr;
}

}  // namespace grantproof::syntax
