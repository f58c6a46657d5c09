// SPDX-License-Identifier: Apache-2.0
//
// Sets of strings, and the one question about them: is there a string that lies in all of these sets and in
// none of those, and which would a person write? This is the theory of strings that the prover uses in place
// of Z3's.
//
// A PatternSet is a union of globs, interned in a PatternStore: equal sets are one id. The store owns the
// automata, which are made lazily and kept, and remembers answers. One store per thread; nothing here locks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/glob.h"

namespace grantproof::patterns {

enum class PatternSetId : std::uint32_t {};

enum class RegionAnswer {
  kEmpty,  // proved: no such string
  kFound,
  kUndecided,  // more automaton states than the budget allows
};

struct RegionResult {
  RegionAnswer answer = RegionAnswer::kUndecided;
  std::string member;  // UTF-8, kFound only
};

struct RegionMembers {
  RegionAnswer answer = RegionAnswer::kUndecided;
  std::vector<std::string> members;  // in order of length, then text
  bool complete = false;             // these are all of them
};

class PatternStore {
 public:
  PatternStore();
  ~PatternStore();
  PatternStore(PatternStore&&) noexcept;
  PatternStore& operator=(PatternStore&&) noexcept;

  // The union of the globs. Order and repetition do not matter; globs that another one of the set plainly
  // covers may be dropped. The empty list is the empty set.
  PatternSetId intern(std::vector<Glob> globs);
  // A set that is asked for again and again is found by a name of the caller's, without its globs being made
  // anew.
  std::optional<PatternSetId> named(const std::string& name) const;
  PatternSetId intern_named(std::string name, std::vector<Glob> globs);
  std::span<const Glob> globs(PatternSetId set) const;

  bool matches(PatternSetId set, std::string_view utf8) const;

  // Is there a string in every set of `in` and in no set of `out`?
  RegionResult find(std::span<const PatternSetId> in, std::span<const PatternSetId> out);

  // As find, and the string is one that a person would write: first of `preferred` that fits, then what the
  // globs of `in` suggest when their wildcards are filled with ordinary words, then the shortest of ordinary
  // characters.
  RegionResult find_readable(std::span<const PatternSetId> in, std::span<const PatternSetId> out,
                             std::span<const std::string> preferred = {});

  // Up to `limit` members, shortest first, and whether there are more.
  RegionMembers members(std::span<const PatternSetId> in, std::span<const PatternSetId> out,
                        std::size_t limit);

  // Is every string of `in` (all of them) also in `of`?  find({in…}, {of}) == kEmpty.
  RegionAnswer outside(std::span<const PatternSetId> in, PatternSetId of);

  // Product states one question may visit before it is kUndecided; deterministic. Default 400,000.
  void set_state_budget(std::size_t states);
  // Product states visited so far, over all questions: for benchmarks.
  std::size_t states_visited() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grantproof::patterns
