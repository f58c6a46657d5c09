// SPDX-License-Identifier: Apache-2.0
//
// The sets of a PatternStore, each once, with their automata. Internal to patterns/; owned by the
// PatternStore.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "patterns/automaton.h"
#include "patterns/glob_table.h"
#include "patterns/region.h"

namespace grantproof::patterns {

struct PatternSet {
  std::vector<std::uint32_t> glob_ids;  // sorted
  std::vector<const Glob*> sorted;      // in the order of their tokens; the GlobTable owns them
  bool universal = false;
  bool plain = false;  // only strings that have one spelling
};

class PatternSets {
 public:
  PatternSetId intern(std::vector<Glob> globs);
  PatternSetId intern_ids(std::vector<std::uint32_t> glob_ids);  // sorted and distinct

  const PatternSet& operator[](PatternSetId id) const { return entries_[static_cast<std::size_t>(id)].set; }
  // Made when it is first asked for, and again after forget_automata.
  Automaton& automaton(PatternSetId id);
  std::span<const Glob> globs(PatternSetId id);

  // Bytes held by automata, about.
  std::size_t automata_size() const;
  void forget_automata();

 private:
  struct Entry {
    PatternSet set;
    std::unique_ptr<Automaton> automaton;
    std::vector<Glob> globs;  // copies, made when somebody asks for them
  };
  GlobTable glob_table_;
  std::deque<Entry> entries_;
  std::unordered_map<std::vector<std::uint32_t>, PatternSetId, IdsHash> by_ids_;  // as given and as reduced
};

}  // namespace grantproof::patterns
