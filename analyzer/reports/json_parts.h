// SPDX-License-Identifier: Apache-2.0
//
// Small helpers for the formats that are JSON.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/json_writer.h"
#include "syntax/node.h"

namespace grantproof::reports {

using Members = std::vector<std::pair<std::string, syntax::Node>>;

inline syntax::Node text_node(std::string_view text) {
  return syntax::string_node(std::string(text));
}

template <typename Number>
syntax::Node count_node(Number number) {
  return syntax::number_node(static_cast<long long>(number));
}

template <typename Strings>
syntax::Node text_list(const Strings& strings) {
  std::vector<syntax::Node> items;
  items.reserve(strings.size());
  for (const auto& text : strings)
    items.push_back(text_node(text));
  return syntax::list_node(std::move(items));
}

// A member that is left out where it would say nothing.
inline void add_text(Members& members, std::string_view key, std::string_view text) {
  if (!text.empty())
    members.emplace_back(key, text_node(text));
}

}  // namespace grantproof::reports
