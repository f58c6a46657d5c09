// SPDX-License-Identifier: Apache-2.0
#include "syntax/tree_budget.h"

#include "syntax/reader_checks.h"

namespace grantproof::syntax {

void TreeBudget::count_nodes(std::size_t count, base::Span place) {
  nodes_ += count;
  if (nodes_ <= limits_.nodes)
    return;
  sink_.report(too_many_nodes(place, limits_.nodes));
  throw StopReading{};
}

void TreeBudget::count_bytes(std::size_t count, base::Span place) {
  bytes_ += count;
  if (bytes_ <= limits_.bytes)
    return;
  sink_.report(too_long(place, bytes_, limits_.bytes));
  throw StopReading{};
}

void TreeBudget::check_depth(std::size_t depth, base::Span place) {
  if (depth < limits_.depth)
    return;
  sink_.report(too_deep(place, limits_.depth));
  throw StopReading{};
}

void TreeBudget::count_copy(const Node& node, std::size_t depth, base::Span place) {
  count_nodes(1, place);
  count_bytes(node.text.size(), place);
  if (node.kind == NodeKind::kList || node.kind == NodeKind::kMap)
    check_depth(depth, place);
  for (const Node& item : node.items)
    count_copy(item, depth + 1, place);
  for (const Member& member : node.members) {
    count_bytes(member.key.size(), place);
    count_copy(member.value, depth + 1, place);
  }
}

}  // namespace grantproof::syntax
