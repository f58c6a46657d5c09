// SPDX-License-Identifier: Apache-2.0
//
// The queue of the searches over a product. Internal to patterns/.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace grantproof::patterns {

// Numbers by a small priority, smallest first; the last one in comes out first.
class BucketQueue {
 public:
  void push(std::size_t priority, std::uint32_t item) {
    if (first_.size() <= priority) {
      first_.resize(priority + 1, kNone);
    }
    entries_.push_back({item, first_[priority]});
    first_[priority] = static_cast<std::uint32_t>(entries_.size() - 1);
    lowest_ = std::min(lowest_, priority);
  }
  std::optional<std::uint32_t> pop() {
    while (lowest_ < first_.size() && first_[lowest_] == kNone) {
      ++lowest_;
    }
    if (lowest_ == first_.size()) {
      return std::nullopt;
    }
    const Entry& entry = entries_[first_[lowest_]];
    first_[lowest_] = entry.next;
    return entry.item;
  }

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  struct Entry {
    std::uint32_t item;
    std::uint32_t next;  // in the same bucket
  };
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> first_;  // by priority
  std::size_t lowest_ = 0;
};

}  // namespace grantproof::patterns
