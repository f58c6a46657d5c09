// SPDX-License-Identifier: Apache-2.0
//
// Numeric ranges, each with a number: which of them hold a value? Ranges come one by one. They are kept in
// levels, each twice as large as the one before; a level is an interval tree laid out in one array, and two
// of one size become one of the next. Adding n ranges costs O(n log² n), a question O(log² n) and its
// answers.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "events/matcher.h"

namespace grantproof::router {

class RangeSet {
 public:
  void add(const events::NumericRange& range, std::uint32_t number);
  void remove(std::uint32_t number);
  bool empty() const { return levels_.empty(); }

  // Calls found(number) for each range that holds `value`, in no particular order. Open ends are taken as
  // closed: the caller decides on the very bound.
  template <typename Found>
  void find(double value, Found&& found) const {
    for (const Level& level : levels_)
      find(level, 0, level.size(), value, found);
  }

 private:
  struct Range {
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    double highest = 0;  // upper end of all ranges in the part of the level that this one is the middle of
    std::uint32_t number = 0;
  };
  using Level = std::vector<Range>;  // by lower end

  static double set_highest(Level& level, std::size_t begin, std::size_t end);
  static void arrange(Level& level);

  template <typename Found>
  static void find(const Level& level, std::size_t begin, std::size_t end, double value, Found& found) {
    if (begin == end)
      return;
    const std::size_t middle = begin + (end - begin) / 2;
    const Range& range = level[middle];
    if (value > range.highest)
      return;
    find(level, begin, middle, value, found);
    if (value < range.lower)
      return;
    if (value <= range.upper)
      found(range.number);
    find(level, middle + 1, end, value, found);
  }

  std::vector<Level> levels_;
};

}  // namespace grantproof::router
