// SPDX-License-Identifier: Apache-2.0
//
// JSON out, and Node trees made in code. Deterministic: members keep their order.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/node.h"

namespace grantproof::syntax {

Node string_node(std::string text);
Node number_node(long long value);
Node bool_node(bool value);
Node list_node(std::vector<Node> items = {});
Node map_node(std::vector<std::pair<std::string, Node>> members = {});

// `indent` < 0: on one line; otherwise spaces a level. Strings are written as UTF-8, control characters
// escaped.
std::string write_json(const Node& node, int indent = -1);
// The text as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

}  // namespace grantproof::syntax
