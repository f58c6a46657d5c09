// SPDX-License-Identifier: Apache-2.0
//
// Random choices that are the same on every machine for the same seed (the distributions of the standard
// library are not). GRANTPROOF_SEED replays one round: see rounds.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace grantproof::tests {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Less than `count`, which is not 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool chance(unsigned percent) { return below(100) < percent; }
  // One element of anything with size() and [].
  template <typename List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }
  // One element of an array of texts or numbers.
  template <typename T, std::size_t kSize>
  const T& pick(const T (&list)[kSize]) {
    return list[below(kSize)];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace grantproof::tests
