// SPDX-License-Identifier: Apache-2.0
//
// Is there a value of one attribute that lies in all of these sets and in none of those? Globs are decided by
// the automata of patterns/. Numbers, dates, addresses and binary values are decided by trying one value for
// each piece into which the tests cut the line (of numbers, of time, of addresses): the tests cannot tell the
// values of a piece apart, so this is exact. Where globs and typed tests meet on one attribute the values
// tried are those of the pieces and the shortest members of the globs; if none fits, the answer is undecided
// unless one kind of test alone is contradictory.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "patterns/region.h"
#include "prover/closed_set.h"

namespace grantproof::prover {

class TextRegion {
 public:
  explicit TextRegion(patterns::PatternStore& patterns) : patterns_(&patterns) {}

  void in(const ClosedSet& set) { in_.push_back(set); }
  void out(const ClosedSet& set) { out_.push_back(set); }
  void in(patterns::PatternSetId text);
  void out(patterns::PatternSetId text);

  // Empty or not, without caring for readability.
  patterns::RegionAnswer decide() const;
  patterns::RegionResult find_readable(std::span<const std::string> preferred) const;
  patterns::RegionMembers members(std::size_t limit) const;
  bool contains(std::string_view value) const;
  bool has_typed() const;  // a number, date, address or binary test is among the sets

 private:
  patterns::RegionResult find_typed(std::span<const std::string> preferred) const;
  std::vector<std::string> typed_candidates() const;
  // The globs alone; sets with typed tests count only where that keeps the answer a necessary condition.
  patterns::RegionResult find_text_only(bool readable, std::span<const std::string> preferred) const;

  patterns::PatternStore* patterns_;
  std::vector<ClosedSet> in_;
  std::vector<ClosedSet> out_;
};

}  // namespace grantproof::prover
