// SPDX-License-Identifier: Apache-2.0
#include "patterns/automaton.h"

#include <algorithm>
#include <limits>

namespace grantproof::patterns {
namespace {

using Kind = GlobToken::Kind;

std::size_t hash_positions(std::span<const TrieNode> positions) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const TrieNode position : positions) {
    hash = (hash ^ position) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32U;
  }
  return static_cast<std::size_t>(hash);
}

bool reads_kind(const GlobToken& token, UnitKind kind) {
  return (kinds_of(token.unit_class) & mask_of(kind)) != 0;
}

}  // namespace

Automaton::Automaton(std::span<const Glob* const> globs)
    : trie_(globs), singles_(trie_.nodes.size(), kUnknown) {
  for (const State state : {kDead, kUniversal}) {
    StateData& data = states_.emplace_back();
    data.expanded = true;
    data.accepting = state == kUniversal;
    data.live_kinds = state == kUniversal ? kAllKinds : 0;
    data.unnamed.fill(state);
  }
  if (!trie_.empty) {
    reach(kTrieRoot);
  }
  start_ = intern_scratch();
}

std::size_t Automaton::memory_size() const {
  return trie_.nodes.size() * (sizeof(PatternTrie::Node) + sizeof(State)) +
         states_.size() * sizeof(StateData) + positions_.size() * sizeof(TrieNode) +
         arcs_.size() * sizeof(Arc) + table_.size() * sizeof(State);
}

std::span<const Automaton::Arc> Automaton::arcs(State state) {
  expand(state);
  const StateData& data = states_[state];
  return std::span<const Arc>(arcs_).subspan(data.arcs, data.arc_count);
}

KindMask Automaton::live_kinds(State state) {
  expand(state);
  return states_[state].live_kinds;
}

bool Automaton::uniform(State state) {
  expand(state);
  return states_[state].uniform;
}

Automaton::State Automaton::next(State state, char16_t unit) {
  expand(state);
  if (trie_.case_blind) {
    unit = lower(unit);
  }
  const StateData& data = states_[state];
  const auto first = arcs_.begin() + static_cast<std::ptrdiff_t>(data.arcs);
  const auto last = first + static_cast<std::ptrdiff_t>(data.arc_count);
  auto arc = first;
  if (data.arc_count <= 8) {
    while (arc != last && arc->unit < unit) {
      ++arc;
    }
  } else {
    arc = std::lower_bound(first, last, unit,
                           [](const Arc& left, char16_t wanted) { return left.unit < wanted; });
  }
  const UnitKind kind = kind_of(unit);
  if (arc == last || arc->unit != unit) {
    return next_unnamed(state, kind);
  }
  if (arc->target == kUnknown) {
    const auto index = arc - arcs_.begin();
    const State target = step(state, kind, &unit);  // may move the arcs
    arcs_[static_cast<std::size_t>(index)].target = target;
    return target;
  }
  return arc->target;
}

Automaton::State Automaton::next_unnamed(State state, UnitKind kind) {
  expand(state);
  const State known = states_[state].unnamed[static_cast<std::size_t>(kind)];
  if (known != kUnknown) {
    return known;
  }
  const State target = step(state, kind, nullptr);
  StateData& data = states_[state];
  if (data.uniform) {
    data.unnamed.fill(target);
  } else {
    data.unnamed[static_cast<std::size_t>(kind)] = target;
  }
  return target;
}

bool Automaton::matches(std::u16string_view subject) {
  State state = start_;
  for (const char16_t unit : subject) {
    state = next(state, unit);
    if (state == kDead || state == kUniversal) {
      break;
    }
  }
  return accepting(state);
}

void Automaton::make_row(State state) {
  std::vector<char16_t>& units = unit_scratch_;
  units.clear();
  KindMask live = 0;
  bool uniform = true;
  const auto reads_class = [&live, &uniform](const GlobToken& token) {
    live = static_cast<KindMask>(live | kinds_of(token.unit_class));
    uniform = uniform && token.unit_class == UnitClass::kAny;
  };
  const StateData& before = states_[state];
  for (std::size_t i = 0; i < before.position_count; ++i) {
    const TrieNode position = positions_[before.positions + i];
    if (trie_.is_run(position)) {
      reads_class(trie_.nodes[position].token);
    }
    for (TrieNode child = trie_.nodes[position].first_child; child != kNoNode;
         child = trie_.nodes[child].next_sibling) {
      const GlobToken& token = trie_.nodes[child].token;
      if (token.kind == Kind::kRun) {
        break;  // reached without reading: it is a position of its own
      }
      if (token.kind == Kind::kOne) {
        reads_class(token);
        continue;
      }
      units.push_back(token.unit);
      if (token.fold && !trie_.case_blind) {
        const std::u16string_view variants = upper_variants(token.unit);
        units.insert(units.end(), variants.begin(), variants.end());
      }
    }
  }
  if (units.size() > 1) {
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
  }
  StateData& data = states_[state];
  data.expanded = true;
  data.arcs = arcs_.size();
  data.arc_count = static_cast<std::uint32_t>(units.size());
  data.live_kinds = live;
  data.uniform = uniform;
  data.unnamed.fill(kUnknown);
  for (std::size_t kind = 0; kind < kUnitKinds; ++kind) {
    if ((live & mask_of(static_cast<UnitKind>(kind))) == 0) {
      data.unnamed[kind] = kDead;
    }
  }
  for (const char16_t unit : units) {
    arcs_.push_back({unit, kUnknown});
  }
}

// `unit` is null for a unit of the kind that no arc of the state names.
Automaton::State Automaton::step(State state, UnitKind kind, const char16_t* unit) {
  scratch_.clear();
  scratch_universal_ = false;
  const StateData& data = states_[state];
  for (std::size_t i = 0; i < data.position_count; ++i) {
    const TrieNode position = positions_[data.positions + i];
    if (trie_.is_run(position) && reads_kind(trie_.nodes[position].token, kind)) {
      reach(position);
    }
    for (TrieNode child = trie_.nodes[position].first_child; child != kNoNode;
         child = trie_.nodes[child].next_sibling) {
      const GlobToken& token = trie_.nodes[child].token;
      if (token.kind == Kind::kRun) {
        break;
      }
      if (token.kind == Kind::kOne
              ? reads_kind(token, kind)
              : unit != nullptr && (token.unit == *unit || (token.fold && token.unit == lower(*unit)))) {
        reach(child);
      }
    }
  }
  return intern_scratch();
}

void Automaton::reach(TrieNode node) {
  if (trie_.is_universal(node)) {
    scratch_universal_ = true;
  }
  if (!trie_.nodes[node].silent) {
    scratch_.push_back(node);
  }
  for (TrieNode child = trie_.nodes[node].first_run_child; child != kNoNode;
       child = trie_.nodes[child].next_sibling) {
    reach(child);
  }
}

void Automaton::drop_subsumed() {
  std::sort(scratch_.begin(), scratch_.end());
  scratch_.erase(std::unique(scratch_.begin(), scratch_.end()), scratch_.end());
  TrieNode drop_from = std::numeric_limits<TrieNode>::max();
  const auto kept = std::remove_if(scratch_.rbegin(), scratch_.rend(), [this, &drop_from](TrieNode position) {
    const bool drop = position >= drop_from;
    if (trie_.is_run(position)) {
      const TrieNode from = trie_.nodes[position].subsumed_from;
      drop_from = drop ? std::min(drop_from, from) : from;
    }
    return drop;
  });
  scratch_.erase(scratch_.begin(), kept.base());
}

Automaton::State Automaton::intern_scratch() {
  if (scratch_universal_) {
    return kUniversal;
  }
  if (scratch_.empty()) {
    return kDead;
  }
  if (scratch_.size() > 1) {
    drop_subsumed();
  }
  State* place = nullptr;
  if (scratch_.size() == 1) {
    place = &singles_[scratch_.front()];
  } else {
    if (table_used_ * 2 >= table_.size()) {
      rehash();
    }
    const std::size_t mask = table_.size() - 1;
    for (std::size_t slot = hash_positions(scratch_) & mask;; slot = (slot + 1) & mask) {
      place = &table_[slot];
      if (*place == kUnknown) {
        ++table_used_;
        break;
      }
      const StateData& other = states_[*place];
      const auto first = positions_.begin() + static_cast<std::ptrdiff_t>(other.positions);
      if (other.position_count == scratch_.size() && std::equal(scratch_.begin(), scratch_.end(), first)) {
        break;
      }
    }
  }
  if (*place != kUnknown) {
    return *place;
  }
  const State state = static_cast<State>(states_.size());
  *place = state;
  StateData& data = states_.emplace_back();
  data.positions = positions_.size();
  data.position_count = static_cast<std::uint32_t>(scratch_.size());
  data.distance = std::numeric_limits<std::uint32_t>::max();
  for (const TrieNode position : scratch_) {
    data.accepting = data.accepting || trie_.nodes[position].accepting;
    data.distance = std::min(data.distance, trie_.nodes[position].distance);
  }
  positions_.insert(positions_.end(), scratch_.begin(), scratch_.end());
  return state;
}

void Automaton::rehash() {
  table_.assign(std::max<std::size_t>(64, table_.size() * 2), kUnknown);
  const std::size_t mask = table_.size() - 1;
  for (State state = 2; state < states_.size(); ++state) {
    const StateData& data = states_[state];
    if (data.position_count < 2) {
      continue;
    }
    std::size_t slot =
        hash_positions(std::span<const TrieNode>(positions_).subspan(data.positions, data.position_count)) &
        mask;
    while (table_[slot] != kUnknown) {
      slot = (slot + 1) & mask;
    }
    table_[slot] = state;
  }
}

}  // namespace grantproof::patterns
