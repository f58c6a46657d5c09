// SPDX-License-Identifier: Apache-2.0
//
// Listing words: the whole product graph is made, cut down to the states from which a word is still accepted
// (so that every walk ends), and walked length by length.
#include <algorithm>
#include <optional>

#include "patterns/bucket_queue.h"
#include "patterns/search.h"

namespace grantproof::patterns {
namespace {

using State = Product::State;

// An edge of one unit.
struct Step {
  char16_t unit;
  KindMask stands_for;
  State target;
};

std::vector<Step> steps_of(const Product& product, const std::vector<Product::Edge>& edges) {
  std::vector<Step> steps;
  steps.reserve(edges.size());
  for (const Product::Edge& edge : edges) {
    steps.push_back({product.units(edge).front(), edge.stands_for, edge.target});
  }
  return steps;
}

// One step for every unit of printable ASCII in place of a step that stands for a kind, most ordinary unit
// first.
std::vector<Step> with_units_listed(const std::vector<Step>& steps, std::span<const char16_t> named) {
  std::vector<Step> listed;
  for (const Step& step : steps) {
    bool own_unit = false;
    for (const char16_t unit : ordinary_units()) {
      if ((mask_of(kind_of(unit)) & step.stands_for) != 0 &&
          !std::binary_search(named.begin(), named.end(), unit)) {
        listed.push_back({unit, 0, step.target});
        own_unit = own_unit || unit == step.unit;
      }
    }
    if (!own_unit) {
      listed.push_back({step.unit, 0, step.target});
    }
  }
  std::stable_sort(listed.begin(), listed.end(), [](const Step& left, const Step& right) {
    return ordinary_rank(left.unit) < ordinary_rank(right.unit);
  });
  return listed;
}

class WordLister {
 public:
  WordLister(Product& product, std::size_t limit) : product_(product), limit_(limit) {}

  WordList list() {
    const std::optional<State> start = product_.start();
    if (!start) {
      return {RegionAnswer::kEmpty, {}, true};
    }
    if (!make_graph()) {
      return {};
    }
    find_useful();
    if (!useful_[*start]) {
      return {RegionAnswer::kEmpty, {}, true};
    }
    const bool all_units_listed = !has_unlisted_units();
    const bool finite = !has_cycle(*start);
    walk(*start, finite);
    WordList result;
    result.answer = RegionAnswer::kFound;
    result.complete = finite && all_units_listed && words_.size() <= limit_;
    words_.resize(std::min(words_.size(), limit_));
    result.words = std::move(words_);
    return result;
  }

 private:
  bool make_graph() {
    std::vector<Product::Edge> edges;
    for (State state = 0; state < product_.state_count(); ++state) {
      if (!product_.expand(state, edges)) {
        return false;
      }
      const std::vector<Step>& steps = graph_.emplace_back(steps_of(product_, edges));
      const bool kinds =
          std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.stands_for != 0; });
      const std::span<const char16_t> named = kinds ? product_.named() : std::span<const char16_t>();
      named_.emplace_back(named.begin(), named.end());
    }
    return true;
  }

  // A word may still be accepted from here.
  void find_useful() {
    std::vector<std::vector<State>> sources(graph_.size());
    std::vector<State> open;
    useful_.assign(graph_.size(), false);
    for (State state = 0; state < graph_.size(); ++state) {
      for (const Step& edge : graph_[state]) {
        sources[edge.target].push_back(state);
      }
      if (product_.accepting(state)) {
        useful_[state] = true;
        open.push_back(state);
      }
    }
    while (!open.empty()) {
      const State state = open.back();
      open.pop_back();
      for (const State source : sources[state]) {
        if (!useful_[source]) {
          useful_[source] = true;
          open.push_back(source);
        }
      }
    }
    for (std::vector<Step>& edges : graph_) {
      edges.erase(std::remove_if(edges.begin(), edges.end(),
                                 [this](const Step& edge) { return !useful_[edge.target]; }),
                  edges.end());
    }
  }

  // Has a useful wildcard more units than printable ASCII? Then no list is complete.
  bool has_unlisted_units() const {
    return std::any_of(graph_.begin(), graph_.end(), [](const std::vector<Step>& edges) {
      return std::any_of(edges.begin(), edges.end(),
                         [](const Step& edge) { return (edge.stands_for & mask_of(UnitKind::kOther)) != 0; });
    });
  }

  void list_units(State state) {
    std::vector<Step>& steps = graph_[state];
    if (std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.stands_for != 0; })) {
      steps = with_units_listed(steps, named_[state]);
    }
  }

  bool has_cycle(State start) const {
    enum class Mark : unsigned char { kNew, kOpen, kDone };
    std::vector<Mark> marks(graph_.size(), Mark::kNew);
    struct Frame {
      State state;
      std::size_t edge;
    };
    std::vector<Frame> stack{{start, 0}};
    marks[start] = Mark::kOpen;
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.edge == graph_[frame.state].size()) {
        marks[frame.state] = Mark::kDone;
        stack.pop_back();
        continue;
      }
      const State target = graph_[frame.state][frame.edge++].target;
      if (marks[target] == Mark::kOpen) {
        return true;
      }
      if (marks[target] == Mark::kNew) {
        marks[target] = Mark::kOpen;
        stack.push_back({target, 0});
      }
    }
    return false;
  }

  // All words of length 0, 1, 2, … until there is one more than asked for.
  void walk(State start, bool finite) {
    std::vector<bool> ends(graph_.size());
    for (State state = 0; state < graph_.size(); ++state) {
      ends[state] = product_.accepting(state);
    }
    ends_after_.push_back(std::move(ends));
    for (std::size_t length = 0; words_.size() <= limit_; ++length) {
      if (finite && length >= graph_.size()) {
        return;  // a longer way would come to a state twice
      }
      if (ends_after_.size() <= length) {
        add_length();
      }
      if (ends_after_[length][start]) {
        walk_length(start, length);
      }
    }
  }

  void add_length() {
    const std::vector<bool>& shorter = ends_after_.back();
    std::vector<bool> ends(graph_.size());
    for (State state = 0; state < graph_.size(); ++state) {
      ends[state] = std::any_of(graph_[state].begin(), graph_[state].end(),
                                [&shorter](const Step& edge) { return shorter[edge.target]; });
    }
    ends_after_.push_back(std::move(ends));
  }

  void walk_length(State start, std::size_t length) {
    struct Frame {
      State state;
      std::size_t edge;
    };
    std::vector<Frame> stack{{start, 0}};
    std::u16string word;
    while (!stack.empty() && words_.size() <= limit_) {
      Frame& frame = stack.back();
      if (frame.edge == 0) {
        list_units(frame.state);
      }
      const std::size_t left = length - word.size();
      if (left == 0) {
        words_.push_back(word);
      }
      const std::vector<Step>& edges = graph_[frame.state];
      while (left > 0 && frame.edge < edges.size() && !ends_after_[left - 1][edges[frame.edge].target]) {
        ++frame.edge;
      }
      if (left == 0 || frame.edge == edges.size()) {
        stack.pop_back();
        if (!word.empty()) {
          word.pop_back();
        }
        continue;
      }
      const Step& edge = edges[frame.edge++];
      word.push_back(edge.unit);
      stack.push_back({edge.target, 0});
    }
  }

  Product& product_;
  std::size_t limit_;
  std::vector<std::vector<Step>> graph_;
  std::vector<std::vector<char16_t>> named_;  // by state, where an edge stands for a kind
  std::vector<bool> useful_;
  std::vector<std::vector<bool>> ends_after_;  // by length, then state: a word of that length leads to an end
  std::vector<std::u16string> words_;
};

}  // namespace

WordList first_words(Product& product, std::size_t limit) {
  return WordLister(product, limit).list();
}

std::optional<WordList> near_words(Product& product, std::size_t limit) {
  constexpr std::size_t kMostWays = 20'000;
  const std::optional<State> start = product.start();
  if (!start) {
    return std::nullopt;
  }
  struct Way {
    State state;
    std::uint32_t before;  // the way that this one goes on from
    std::uint32_t length;
    char16_t unit;
  };
  // A* over ways, not states: a state may be the end of many words.
  std::vector<Way> ways{{*start, 0, 0, 0}};
  BucketQueue queue;
  queue.push(product.distance(*start), 0);
  WordList result{RegionAnswer::kFound, {}, false};
  std::vector<Product::Edge> edges;
  while (const std::optional<std::uint32_t> way = queue.pop()) {
    const State state = ways[*way].state;
    const std::uint32_t length = ways[*way].length;
    if (product.accepting(state)) {
      if (result.words.size() == limit) {
        return result;  // one more than asked for: there are others
      }
      std::u16string word(length, u'\0');
      std::uint32_t at = *way;
      for (std::size_t place = length; place-- > 0; at = ways[at].before) {
        word[place] = ways[at].unit;
      }
      result.words.push_back(std::move(word));
    }
    if (ways.size() > kMostWays || !product.expand(state, edges)) {
      return std::nullopt;
    }
    const std::vector<Step> steps = with_units_listed(steps_of(product, edges), product.named());
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      ways.push_back({step->target, *way, length + 1, step->unit});
      queue.push(length + 1 + product.distance(step->target), static_cast<std::uint32_t>(ways.size() - 1));
    }
  }
  return std::nullopt;  // these are all: first_words says whether that is proved
}

}  // namespace grantproof::patterns
