// SPDX-License-Identifier: Apache-2.0
#include "patterns/pattern_sets.h"

#include <algorithm>
#include <utility>

namespace grantproof::patterns {

PatternSetId PatternSets::intern(std::vector<Glob> globs) {
  std::vector<std::uint32_t> ids;
  ids.reserve(globs.size());
  for (Glob& glob : globs) {
    ids.push_back(glob_table_.intern(std::move(glob)));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return intern_ids(std::move(ids));
}

PatternSetId PatternSets::intern_ids(std::vector<std::uint32_t> glob_ids) {
  const auto known = by_ids_.find(glob_ids);
  if (known != by_ids_.end()) {
    return known->second;
  }
  PatternSet made;
  made.glob_ids = glob_table_.sorted_without_covered(glob_ids);
  for (const std::uint32_t id : made.glob_ids) {
    made.sorted.push_back(&glob_table_.glob(id));
  }
  std::sort(made.glob_ids.begin(), made.glob_ids.end());
  const auto reduced = by_ids_.find(made.glob_ids);
  if (reduced != by_ids_.end()) {
    const PatternSetId id = reduced->second;
    by_ids_.emplace(std::move(glob_ids), id);
    return id;
  }
  const PatternSetId id{static_cast<std::uint32_t>(entries_.size())};
  made.universal = made.sorted.size() == 1 && *made.sorted.front() == Glob().pattern("*");
  made.plain = std::all_of(made.sorted.begin(), made.sorted.end(), [](const Glob* glob) {
    return std::all_of(glob->tokens().begin(), glob->tokens().end(), [](const GlobToken& token) {
      return token.kind == GlobToken::Kind::kUnit && !token.fold;
    });
  });
  by_ids_.emplace(made.glob_ids, id);
  by_ids_.emplace(std::move(glob_ids), id);
  entries_.push_back({std::move(made), nullptr, {}});
  return id;
}

Automaton& PatternSets::automaton(PatternSetId id) {
  Entry& entry = entries_[static_cast<std::size_t>(id)];
  if (!entry.automaton) {
    entry.automaton = std::make_unique<Automaton>(entry.set.sorted);
  }
  return *entry.automaton;
}

std::span<const Glob> PatternSets::globs(PatternSetId id) {
  Entry& entry = entries_[static_cast<std::size_t>(id)];
  if (entry.globs.size() != entry.set.sorted.size()) {
    for (const Glob* glob : entry.set.sorted) {
      entry.globs.push_back(*glob);
    }
  }
  return entry.globs;
}

std::size_t PatternSets::automata_size() const {
  std::size_t size = 0;
  for (const Entry& entry : entries_) {
    size += entry.automaton ? entry.automaton->memory_size() : 0;
  }
  return size;
}

void PatternSets::forget_automata() {
  for (Entry& entry : entries_) {
    entry.automaton.reset();
  }
}

}  // namespace grantproof::patterns
