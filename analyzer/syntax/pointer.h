// SPDX-License-Identifier: Apache-2.0
//
// JSON pointers (RFC 6901): names of nodes in a tree that people can read and other tools understand.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::syntax {

// A pointer one step longer: "~" and "/" in keys are escaped.
std::string pointer_to_member(std::string_view pointer, std::string_view key);
std::string pointer_to_item(std::string_view pointer, std::size_t index);

// The node at "/Statement/0/Condition"; "" is the root. Nothing where there is none. Of duplicate keys, the
// first.
const Node* node_at(const Node& root, std::string_view pointer);

// The pointer to the innermost node whose value or key contains the span; nothing where the span is outside
// the tree, or in another file (also one that is embedded in a string of this one).
std::optional<std::string> pointer_at(const Node& root, base::Span span);

}  // namespace grantproof::syntax
