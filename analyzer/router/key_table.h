// SPDX-License-Identifier: Apache-2.0
//
// Texts to small numbers, for the lookups that every leaf of every event makes: open addressing, all key
// bytes in one piece of memory. Keys are never taken out; the numbers count from 0 in order of coming.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::router {

std::uint64_t hash_of(std::string_view bytes);

class KeyTable {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  // The number of the key, a new one where it is new.
  std::uint32_t add(std::string_view key);
  // kNone where there is no such key.
  std::uint32_t find(std::string_view key) const;
  bool empty() const { return count_ == 0; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
    std::uint32_t begin = 0, length = 0;  // in bytes_
  };
  void place(const Slot& slot);
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::uint32_t count_ = 0;
  std::string bytes_;
};

}  // namespace grantproof::router
