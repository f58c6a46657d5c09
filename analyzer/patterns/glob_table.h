// SPDX-License-Identifier: Apache-2.0
//
// All globs of a store, each once: equal globs are one number, so that sets of globs are sorted numbers and
// compare cheaply. Internal to patterns/; owned by the PatternStore. A glob stays where it is for as long as
// the table lives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "patterns/glob.h"

namespace grantproof::patterns {

struct IdsHash {
  std::size_t operator()(const std::vector<std::uint32_t>& ids) const;
};

class GlobTable {
 public:
  std::uint32_t intern(Glob glob);
  const Glob& glob(std::uint32_t id) const { return globs_[id]; }

  // In the order of their tokens, without those that a glob of the form text + '*' among them covers.
  std::vector<std::uint32_t> sorted_without_covered(std::span<const std::uint32_t> ids) const;

 private:
  void rehash();

  std::deque<Glob> globs_;
  std::vector<std::size_t> hashes_;   // by id
  std::vector<std::uint32_t> table_;  // open addressing
};

}  // namespace grantproof::patterns
