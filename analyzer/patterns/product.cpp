// SPDX-License-Identifier: Apache-2.0
#include "patterns/product.h"

#include <algorithm>

namespace grantproof::patterns {
namespace {

// Positions that cost as much as one state: the budget bounds memory as well.
constexpr std::size_t kPositionsPerCharge = 64;
constexpr std::size_t kFirstTable = 256;

std::uint32_t hash_tuple(std::span<const Automaton::State> tuple) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const Automaton::State state : tuple) {
    hash = (hash ^ state) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32U;
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

void Product::open(std::span<Automaton* const> in, std::span<Automaton* const> out, std::size_t budget,
                   Words words) {
  automata_.assign(in.begin(), in.end());
  automata_.insert(automata_.end(), out.begin(), out.end());
  in_count_ = in.size();
  words_ = words;
  case_blind_ = words == Words::kSome &&
                std::all_of(automata_.begin(), automata_.end(),
                            [](const Automaton* automaton) { return automaton->case_blind(); });
  width_ = automata_.size() + 1;
  budget_ = budget;
  tuples_.clear();
  parents_.clear();
  paths_.clear();
  table_.assign(kFirstTable, {kNoState, 0});  // small again: most questions are
}

std::optional<Product::State> Product::start() {
  next_.clear();
  for (const Automaton* automaton : automata_) {
    const bool in = next_.size() < in_count_;
    if (automaton->start() == (in ? Automaton::kDead : Automaton::kUniversal)) {
      return std::nullopt;
    }
    next_.push_back(automaton->start());
  }
  next_.push_back(0);
  return intern_next();
}

bool Product::accepting(State state) const {
  const Tuple states = tuple(state);
  if (states.back() != 0) {
    return false;
  }
  for (std::size_t i = 0; i < automata_.size(); ++i) {
    if (automata_[i]->accepting(states[i]) != (i < in_count_)) {
      return false;
    }
  }
  return true;
}

std::uint32_t Product::distance(State state) const {
  const Tuple states = tuple(state);
  std::uint32_t farthest = states.back();
  for (std::size_t i = 0; i < in_count_; ++i) {
    farthest = std::max(farthest, automata_[i]->distance(states[i]));
  }
  return farthest;
}

std::uint32_t Product::distance_sum(State state) const {
  const Tuple states = tuple(state);
  std::uint32_t sum = states.back();
  for (std::size_t i = 0; i < in_count_; ++i) {
    sum += automata_[i]->distance(states[i]);
  }
  return sum;
}

bool Product::expand(State state, std::vector<Edge>& edges) {
  edges.clear();
  const Tuple states = tuple(state);
  here_.assign(states.begin(), states.end());
  named_.clear();
  // A set of `in` that takes only named units leaves no choice but those.
  KindMask live = kAllKinds;
  bool uniform = true;
  std::size_t closed = automata_.size();
  for (std::size_t i = 0; i < automata_.size(); ++i) {
    if (here_[i] == Automaton::kDead || here_[i] == Automaton::kUniversal) {
      continue;
    }
    if (i < in_count_) {
      const KindMask kinds = automata_[i]->live_kinds(here_[i]);
      live = static_cast<KindMask>(live & kinds);
      if (kinds == 0) {
        closed = i;
        break;
      }
    }
    uniform = uniform && automata_[i]->uniform(here_[i]);
  }
  if (closed < automata_.size()) {
    collect_closed(closed);
    live = 0;
  } else {
    collect_named();
  }
  const bool low_follows = here_.back() != 0;
  for (const char16_t unit : named_) {
    if (is_low_surrogate(unit) == low_follows && !follow(unit, std::nullopt, 0, edges)) {
      return false;
    }
  }
  if (live != 0 && !low_follows) {
    if (uniform && words_ == Words::kSome) {
      const std::optional<char16_t> unit = ordinary_unit(std::nullopt);
      if (unit && !follow(*unit, kind_of(*unit), live, edges)) {
        return false;
      }
    }
    for (std::size_t i = 0; i < kUnitKinds && !(uniform && words_ == Words::kSome); ++i) {
      const auto kind = static_cast<UnitKind>(i);
      const std::optional<char16_t> unit = (live & mask_of(kind)) != 0 ? ordinary_unit(kind) : std::nullopt;
      if (unit && !follow(*unit, kind, mask_of(kind), edges)) {
        return false;
      }
    }
  }
  // Few edges, mostly: insertion sort, which does not allocate.
  const auto rank = [this](const Edge& edge) { return ordinary_rank(paths_[edge.path]); };
  for (std::size_t sorted = 1; sorted < edges.size(); ++sorted) {
    const Edge edge = edges[sorted];
    std::size_t place = sorted;
    for (; place > 0 && rank(edges[place - 1]) > rank(edge); --place) {
      edges[place] = edges[place - 1];
    }
    edges[place] = edge;
  }
  return true;
}

void Product::collect_closed(std::size_t automaton) {
  for (const Automaton::Arc& arc : automata_[automaton]->arcs(here_[automaton])) {
    add_named(*automata_[automaton], arc.unit);
  }
}

void Product::collect_named() {
  for (std::size_t i = 0; i < automata_.size(); ++i) {
    for (const Automaton::Arc& arc : automata_[i]->arcs(here_[i])) {
      add_named(*automata_[i], arc.unit);
    }
  }
  std::sort(named_.begin(), named_.end());
  named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
}

void Product::add_named(const Automaton& automaton, char16_t unit) {
  named_.push_back(unit);
  if (automaton.case_blind() && !case_blind_) {
    const std::u16string_view variants = upper_variants(unit);
    named_.insert(named_.end(), variants.begin(), variants.end());
  }
}

bool Product::is_named(char16_t unit) const {
  return std::binary_search(named_.begin(), named_.end(), case_blind_ ? lower(unit) : unit);
}

// The most ordinary unit that no automaton names here, of one kind or of any. None, where all of them are
// named.
std::optional<char16_t> Product::ordinary_unit(std::optional<UnitKind> kind) const {
  for (const char16_t unit : kind ? ordinary_units(*kind) : ordinary_units()) {
    if (!is_named(unit)) {
      return unit;
    }
  }
  if (kind && *kind != UnitKind::kOther) {
    return std::nullopt;  // all units of the other kinds are ordinary ones
  }
  constexpr unsigned kFirstPrintable = 0xA1;
  constexpr unsigned kUnits = 0xFFFE;  // the last two are no characters
  for (unsigned unit = kFirstPrintable; unit < kUnits + kFirstPrintable; ++unit) {
    const char16_t wrapped = static_cast<char16_t>(unit % kUnits);  // controls last
    if (kind_of(wrapped) == UnitKind::kOther && !is_surrogate(wrapped) && !is_named(wrapped)) {
      return wrapped;
    }
  }
  return std::nullopt;
}

// Adds the edge of the unit, or of the unnamed units of the kind, unless nothing can be accepted behind it.
bool Product::follow(char16_t unit, std::optional<UnitKind> unnamed, KindMask stands_for,
                     std::vector<Edge>& edges) {
  next_.clear();
  for (std::size_t i = 0; i < automata_.size(); ++i) {
    Automaton::State state = here_[i];
    if (state != Automaton::kDead && state != Automaton::kUniversal) {
      state = unnamed ? automata_[i]->next_unnamed(state, *unnamed) : automata_[i]->next(state, unit);
    }
    if (state == (i < in_count_ ? Automaton::kDead : Automaton::kUniversal)) {
      return true;
    }
    next_.push_back(state);
  }
  next_.push_back(is_high_surrogate(unit) ? 1 : 0);
  const std::size_t path = paths_.size();
  paths_.push_back(unit);
  if (words_ == Words::kSome && !follow_text()) {
    paths_.resize(path);
    return true;
  }
  const std::optional<State> target = intern_next();
  if (!target) {
    return false;
  }
  edges.push_back({*target, static_cast<std::uint32_t>(path),
                   static_cast<std::uint32_t>(paths_.size() - path), stands_for});
  return true;
}

// Goes on from next_ for as long as a set of `in` leaves no choice and no end: in text no state is worth
// keeping. False where nothing can be accepted.
bool Product::follow_text() {
  for (;;) {
    std::optional<char16_t> unit;
    for (std::size_t i = 0; i < in_count_ && !unit; ++i) {
      unit = automata_[i]->only_unit(next_[i]);
      if (unit && automata_[i]->case_blind() && !case_blind_ && !upper_variants(*unit).empty()) {
        unit.reset();
      }
    }
    if (!unit) {
      return true;
    }
    if (is_low_surrogate(*unit) != (next_.back() != 0)) {
      return false;
    }
    for (std::size_t i = 0; i < automata_.size(); ++i) {
      if (next_[i] != Automaton::kDead && next_[i] != Automaton::kUniversal) {
        next_[i] = automata_[i]->next(next_[i], *unit);
      }
      if (next_[i] == (i < in_count_ ? Automaton::kDead : Automaton::kUniversal)) {
        return false;
      }
    }
    next_.back() = is_high_surrogate(*unit) ? 1 : 0;
    paths_.push_back(*unit);
  }
}

std::optional<Product::State> Product::intern_next() {
  if (parents_.size() * 2 >= table_.size()) {
    rehash();
  }
  const std::size_t mask = table_.size() - 1;
  const std::uint32_t hash = hash_tuple(next_);
  std::size_t slot = hash & mask;
  for (; table_[slot].state != kNoState; slot = (slot + 1) & mask) {
    if (table_[slot].hash == hash) {
      const Tuple other = tuple(table_[slot].state);
      if (std::equal(other.begin(), other.end(), next_.begin())) {
        return table_[slot].state;
      }
    }
  }
  std::size_t positions = 0;
  for (std::size_t i = 0; i < automata_.size(); ++i) {
    positions += automata_[i]->size(next_[i]);
  }
  const std::size_t charge = 1 + positions / kPositionsPerCharge;
  if (charge > budget_) {
    budget_ = 0;
    return std::nullopt;
  }
  budget_ -= charge;
  const State state = static_cast<State>(parents_.size());
  table_[slot] = {state, hash};
  tuples_.insert(tuples_.end(), next_.begin(), next_.end());
  parents_.push_back({kNoState, 0, 0});
  return state;
}

void Product::rehash() {
  std::vector<Slot> old(table_.size() * 2, Slot{kNoState, 0});
  old.swap(table_);
  const std::size_t mask = table_.size() - 1;
  for (const Slot& moved : old) {
    if (moved.state == kNoState) {
      continue;
    }
    std::size_t slot = moved.hash & mask;
    while (table_[slot].state != kNoState) {
      slot = (slot + 1) & mask;
    }
    table_[slot] = moved;
  }
}

std::u16string Product::word(State state) const {
  std::vector<std::u16string_view> parts;
  std::size_t length = 0;
  for (; has_parent(state); state = parents_[state].state) {
    parts.push_back(std::u16string_view(paths_).substr(parents_[state].path, parents_[state].length));
    length += parts.back().size();
  }
  std::u16string units;
  units.reserve(length);
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    units += *part;
  }
  return units;
}

}  // namespace grantproof::patterns
