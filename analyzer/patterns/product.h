// SPDX-License-Identifier: Apache-2.0
//
// The product of the automata of one question: in every set of `in`, in no set of `out`. States are made as a
// search asks for them and numbered in that order. Only units that some automaton tells apart are tried, and
// one ordinary unit for all the others of a kind. Internal to patterns/; the PatternStore owns one and
// reopens it per question, so that its memory is reused.
//
// Words are valid UTF-16. Globs hold surrogates only in pairs, so a word with a pair that no glob names has a
// twin with ordinary units instead; surrogates are tried only where a glob names them, high and low together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/automaton.h"

namespace grantproof::patterns {

class Product {
 public:
  using State = std::uint32_t;

  enum class Words : unsigned char {
    kSome,  // one for many: one spelling where no automaton tells case apart, one unit for several kinds, and
            // stretches of text without a choice as one edge
    kEvery,  // every edge is one unit; kinds and cases are apart
  };

  struct Edge {
    State target;
    std::uint32_t path;  // where its units begin, see units()
    std::uint32_t length;
    KindMask stands_for;  // the kinds whose unnamed units lead there as well; 0: this unit alone
  };

  // The budget is charged for every new state: one, and more for states of many positions.
  void open(std::span<Automaton* const> in, std::span<Automaton* const> out, std::size_t budget, Words words);

  // Nothing where no word at all can be accepted.
  std::optional<State> start();
  bool accepting(State state) const;
  // Units to a word of all of `in`, at least (the farthest set), and summed over the sets.
  std::uint32_t distance(State state) const;
  std::uint32_t distance_sum(State state) const;

  // Edges to states from which a word may still be accepted, most ordinary unit first. False: the budget is
  // spent.
  bool expand(State state, std::vector<Edge>& edges);
  // The units told apart in the state expanded last, sorted, where an edge stands for a kind: those without.
  std::span<const char16_t> named() const { return named_; }
  std::u16string_view units(const Edge& edge) const {
    return std::u16string_view(paths_).substr(edge.path, edge.length);
  }

  std::size_t state_count() const { return parents_.size(); }

  // The way to a state that word() follows back.
  void set_parent(State state, State parent, const Edge& edge) {
    parents_[state] = {parent, edge.path, edge.length};
  }
  bool has_parent(State state) const { return parents_[state].state != kNoState; }
  std::u16string word(State state) const;

 private:
  static constexpr State kNoState = 0xFFFFFFFF;
  using Tuple = std::span<const Automaton::State>;

  Tuple tuple(State state) const {
    return Tuple(tuples_).subspan(static_cast<std::size_t>(state) * width_, width_);
  }
  void collect_named();
  void collect_closed(std::size_t automaton);
  void add_named(const Automaton& automaton, char16_t unit);
  bool is_named(char16_t unit) const;
  std::optional<char16_t> ordinary_unit(std::optional<UnitKind> kind) const;
  bool follow(char16_t unit, std::optional<UnitKind> unnamed, KindMask stands_for, std::vector<Edge>& edges);
  bool follow_text();
  std::optional<State> intern_next();
  void rehash();

  std::vector<Automaton*> automata_;  // first those of `in`
  std::size_t in_count_ = 0;
  std::size_t width_ = 0;  // states of the automata, and whether a low surrogate must follow
  Words words_ = Words::kSome;
  bool case_blind_ = false;
  std::size_t budget_ = 0;

  struct Parent {
    State state;
    std::uint32_t path;
    std::uint32_t length;
  };
  std::vector<Automaton::State> tuples_;
  std::vector<Parent> parents_;
  std::u16string paths_;
  struct Slot {
    State state;
    std::uint32_t hash;
  };
  std::vector<Slot> table_;  // open addressing over tuples_
  // Scratch of expand.
  std::vector<Automaton::State> here_;
  std::vector<Automaton::State> next_;
  std::vector<char16_t> named_;
};

}  // namespace grantproof::patterns
