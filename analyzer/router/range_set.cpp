// SPDX-License-Identifier: Apache-2.0
#include "router/range_set.h"

#include <algorithm>

namespace grantproof::router {

void RangeSet::add(const events::NumericRange& range, std::uint32_t number) {
  Level level(1);
  if (range.lower)
    level[0].lower = range.lower->value;
  if (range.upper)
    level[0].upper = range.upper->value;
  level[0].number = number;
  while (!levels_.empty() && levels_.back().size() <= level.size()) {
    level.insert(level.end(), levels_.back().begin(), levels_.back().end());
    levels_.pop_back();
  }
  arrange(level);
  levels_.push_back(std::move(level));
}

void RangeSet::remove(std::uint32_t number) {
  for (Level& level : levels_) {
    const auto gone = std::remove_if(level.begin(), level.end(),
                                     [&](const Range& range) { return range.number == number; });
    if (gone != level.end()) {
      level.erase(gone, level.end());
      arrange(level);
    }
  }
  levels_.erase(
      std::remove_if(levels_.begin(), levels_.end(), [](const Level& level) { return level.empty(); }),
      levels_.end());
}

double RangeSet::set_highest(Level& level, std::size_t begin, std::size_t end) {
  if (begin == end)
    return -std::numeric_limits<double>::infinity();
  const std::size_t middle = begin + (end - begin) / 2;
  const double below = set_highest(level, begin, middle);
  const double above = set_highest(level, middle + 1, end);
  level[middle].highest = std::max({level[middle].upper, below, above});
  return level[middle].highest;
}

void RangeSet::arrange(Level& level) {
  std::sort(level.begin(), level.end(), [](const Range& a, const Range& b) { return a.lower < b.lower; });
  set_highest(level, 0, level.size());
}

}  // namespace grantproof::router
