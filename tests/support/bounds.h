// SPDX-License-Identifier: Apache-2.0
//
// How much random and exhaustive tests do: everything in a release build, less where the build is slow
// (sanitizers, no optimisation). Fewer rounds, never fewer kinds of input.
#pragma once

#include <cstddef>

namespace grantproof::tests {

#if defined(NDEBUG)
inline constexpr bool kSmallBounds = false;
#else
inline constexpr bool kSmallBounds = true;
#endif

constexpr std::size_t bounded(std::size_t full, std::size_t small) {
  return kSmallBounds ? small : full;
}

}  // namespace grantproof::tests
