// SPDX-License-Identifier: Apache-2.0
//
// Many rounds of a random test, each with a seed of its own. The first round that fails ends the test and
// says its seed; GRANTPROOF_SEED=<that seed> then runs this one round alone.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "support/random.h"

namespace grantproof::tests {

// `body` is called with a Random&. `first_seed` tells tests apart, so that they do not all see the same
// input.
template <typename Body>
void for_rounds(std::uint64_t count, std::uint64_t first_seed, Body&& body) {
  std::uint64_t seed = first_seed;
  if (const char* replayed = std::getenv("GRANTPROOF_SEED")) {
    seed = std::stoull(replayed);
    count = 1;
  }
  for (std::uint64_t round = 0; round < count; ++round, ++seed) {
    SCOPED_TRACE("GRANTPROOF_SEED=" + std::to_string(seed));
    Random random(seed);
    body(random);
    if (testing::Test::HasFailure())
      return;
  }
}

}  // namespace grantproof::tests
