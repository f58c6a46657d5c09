// SPDX-License-Identifier: Apache-2.0
//
// The deterministic automaton of one set of globs, made as far as questions walk it and kept. It is complete:
// every state has a next state for every unit (kDead at the worst), so its complement is itself with the
// other states accepting. Internal to patterns/; owned by the PatternStore.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "patterns/pattern_trie.h"
#include "patterns/units.h"

namespace grantproof::patterns {

class Automaton {
 public:
  using State = std::uint32_t;
  static constexpr State kDead = 0;       // matches no rest
  static constexpr State kUniversal = 1;  // matches every rest

  // Units that a state tells apart from the others of their kind. A case blind automaton names lower case
  // only.
  struct Arc {
    char16_t unit;
    State target;  // kUnknown until it is asked for
  };

  explicit Automaton(std::span<const Glob* const> globs);

  State start() const { return start_; }
  bool accepting(State state) const { return states_[state].accepting; }
  // Units to the nearest member from here; no meaning for kDead.
  std::uint32_t distance(State state) const { return states_[state].distance; }
  // Positions that the state stands for: what it costs.
  std::uint32_t size(State state) const { return states_[state].position_count; }

  bool case_blind() const { return trie_.case_blind; }

  // The one unit that leads on, where nothing else does and no member ends here.
  std::optional<char16_t> only_unit(State state) {
    expand(state);
    const StateData& data = states_[state];
    return data.arc_count == 1 && data.live_kinds == 0 && !data.accepting
               ? std::optional<char16_t>(arcs_[data.arcs].unit)
               : std::nullopt;
  }
  // Sorted by unit. Valid until the next call of a member that is not const.
  std::span<const Arc> arcs(State state);
  // The kinds whose unnamed units do not lead to kDead; the units of different kinds may lead to different
  // states only where the state is not uniform().
  KindMask live_kinds(State state);
  bool uniform(State state);

  State next(State state, char16_t unit);
  // For a unit of the kind that no arc names.
  State next_unnamed(State state, UnitKind kind);
  bool matches(std::u16string_view subject);

  // In bytes, about.
  std::size_t memory_size() const;

 private:
  static constexpr State kUnknown = 0xFFFFFFFF;

  struct StateData {
    std::size_t positions = 0;
    std::uint32_t position_count = 0;
    std::uint32_t distance = 0;
    std::size_t arcs = 0;
    std::uint32_t arc_count = 0;
    bool accepting = false;
    bool expanded = false;
    KindMask live_kinds = 0;
    bool uniform = true;
    std::array<State, kUnitKinds> unnamed{};
  };

  void expand(State state) {
    if (!states_[state].expanded) {
      make_row(state);
    }
  }
  void make_row(State state);
  State step(State state, UnitKind kind, const char16_t* unit);
  void reach(TrieNode node);
  void drop_subsumed();
  State intern_scratch();
  void rehash();

  PatternTrie trie_;
  std::vector<StateData> states_;
  std::vector<TrieNode> positions_;
  std::vector<Arc> arcs_;
  std::vector<State> singles_;  // by node: the state of only this position
  std::vector<State> table_;    // open addressing over the states of several positions
  std::size_t table_used_ = 0;
  State start_ = kDead;
  std::vector<TrieNode> scratch_;
  bool scratch_universal_ = false;
  std::vector<char16_t> unit_scratch_;
};

}  // namespace grantproof::patterns
