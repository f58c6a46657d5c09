// SPDX-License-Identifier: Apache-2.0
#include "router/array_consistency.h"

#include <algorithm>

namespace grantproof::router {
namespace {

// Work that one rule may cost on one event.
constexpr std::size_t kMostSteps = 5'000'000;

// Elements chosen so far, ascending; none lies within another, and element 0 is left out.
using Choice = std::vector<ElementNumber>;

class Chooser {
 public:
  Chooser(const ScannedEvent& event, const FieldTree& tree, std::span<const FieldPlaces> fields)
      : event_(event), tree_(tree), fields_(fields) {}

  Consistency choose() {
    std::vector<Choice> choices(1), next;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      next.clear();
      for (const Choice& choice : choices) {
        bound(choice);
        if (fields_[i].may_be_absent && !any_allowed(fields_[i].all))
          next.push_back(narrowed(choice, i));
        each_allowed(fields_[i].matching,
                     [&](ElementNumber element) { next.push_back(narrowed(with(choice, element), i)); });
        if (steps_ > kMostSteps)
          return Consistency::kTooMany;
      }
      if (next.empty())
        return Consistency::kInconsistent;
      std::ranges::sort(next);
      next.erase(std::unique(next.begin(), next.end()), next.end());
      // Nothing chosen allows whatever anything else allows; only absence can profit from a choice.
      const auto later = fields_.subspan(i + 1);
      if (next.front().empty() &&
          std::ranges::none_of(later, [](const FieldPlaces& field) { return field.may_be_absent; }))
        next.resize(1);
      choices.swap(next);
    }
    return Consistency::kConsistent;
  }

 private:
  bool within(ElementNumber inner, ElementNumber outer) const {
    return outer == kOutsideArrays || (inner >= outer && inner < event_.element(outer).end);
  }

  // What `choice` forbids: for each chosen element and each around it, the other elements of its array.
  void bound(const Choice& choice) {
    chain_.clear();
    for (ElementNumber element : choice) {
      for (; element != kOutsideArrays; element = event_.element(element).parent)
        chain_.push_back(element);
    }
  }

  // The first place at or behind `at` that the choice allows.
  template <typename Iterator>
  Iterator allowed(Iterator at, Iterator end) {
    for (bool moved = true; moved && at != end;) {
      moved = false;
      for (const ElementNumber chosen : chain_) {
        ++steps_;
        const ArrayElement& element = event_.element(chosen);
        const EventArray& array = event_.array(element.array);
        if (*at < array.begin || *at >= array.end || within(*at, chosen))
          continue;
        at = std::lower_bound(at, end, *at < chosen ? chosen : array.end);
        moved = true;
        if (at == end)
          break;
      }
    }
    return at;
  }

  bool any_allowed(const std::vector<ElementNumber>& places) {
    return allowed(places.begin(), places.end()) != places.end();
  }

  template <typename Visit>
  void each_allowed(const std::vector<ElementNumber>& places, Visit&& visit) {
    for (auto at = allowed(places.begin(), places.end()); at != places.end();
         at = allowed(at + 1, places.end())) {
      ++steps_;
      visit(*at);
    }
  }

  // `choice` and one more element.
  Choice with(const Choice& choice, ElementNumber element) const {
    Choice result;
    bool known = element == kOutsideArrays;
    for (const ElementNumber chosen : choice) {
      known = known || within(chosen, element);
      if (!within(element, chosen) || chosen == element)
        result.push_back(chosen);
    }
    if (!known)
      result.insert(std::ranges::upper_bound(result, element), element);
    return result;
  }

  // Without what no field behind `field` lies under.
  Choice narrowed(const Choice& choice, std::size_t field) const {
    Choice result;
    for (ElementNumber element : choice) {
      while (element != kOutsideArrays && !matters_after(field, event_.element(element).array))
        element = event_.element(element).parent;
      if (element == kOutsideArrays)
        continue;
      // Ascending numbers: what is already there may lie around this one, or this one around it.
      while (!result.empty() && within(element, result.back()))
        result.pop_back();
      if (result.empty() || !within(result.back(), element))
        result.push_back(element);
    }
    std::ranges::sort(result);
    return result;
  }

  bool matters_after(std::size_t field, std::uint32_t array) const {
    const FieldTree::NodeNumber node = event_.array(array).node;
    for (const FieldPlaces& later : fields_.subspan(field + 1)) {
      for (FieldTree::NodeNumber at = later.node; at != FieldTree::kNone; at = tree_.parent_of(at)) {
        if (at == node)
          return true;
      }
    }
    return false;
  }

  const ScannedEvent& event_;
  const FieldTree& tree_;
  std::span<const FieldPlaces> fields_;
  std::vector<ElementNumber> chain_;
  std::size_t steps_ = 0;
};

}  // namespace

Consistency choose_consistently(const ScannedEvent& event, const FieldTree& tree,
                                std::span<const FieldPlaces> fields) {
  return Chooser(event, tree, fields).choose();
}

}  // namespace grantproof::router
