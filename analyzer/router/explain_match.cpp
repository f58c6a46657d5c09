// SPDX-License-Identifier: Apache-2.0
#include "router/explain_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "events/describe_matcher.h"
#include "events/event_leaves.h"
#include "syntax/json_writer.h"

namespace grantproof::router {
namespace {

using events::FieldTest;
using events::leaf_of;
using events::ListElement;
using events::ListElements;
using events::Matcher;
using events::MatcherKind;
using syntax::Node;
using syntax::NodeKind;

constexpr std::size_t kMostValuesKept = 8;
constexpr std::size_t kMostTries = 200'000;  // of a leaf by a matcher, for one pattern and one event

struct PlacedLeaf {
  const Node* node = nullptr;
  ListElements elements;
};

// Fields that match together must stand in one element of a list, for every list around both of them.
bool agree(const ListElements& left, const ListElements& right) {
  return std::all_of(left.begin(), left.end(), [&](const ListElement& one) {
    return std::none_of(right.begin(), right.end(), [&](const ListElement& other) {
      return one.list == other.list && one.element != other.element;
    });
  });
}

// The leaves of an event by path, as far as the pattern asks for them.
class Leaves {
 public:
  Leaves(const events::EventPattern& pattern, const Node& event) {
    for (const FieldTest& test : pattern.tests)
      by_path_[test.path];
    events::for_each_leaf(event,
                          [this](const std::string& path, const Node& leaf, const ListElements& elements) {
                            const auto found = by_path_.find(path);
                            if (found != by_path_.end())
                              found->second.push_back({&leaf, elements});
                          });
  }
  const std::vector<PlacedLeaf>& at(std::string_view path) const { return by_path_.find(path)->second; }

 private:
  std::map<std::string, std::vector<PlacedLeaf>, std::less<>> by_path_;
};

class Explainer {
 public:
  Explainer(const events::EventPattern& pattern, const Node& event)
      : pattern_(pattern), leaves_(pattern, event) {}

  MatchExplanation explain() {
    for (const events::Alternative& alternative : pattern_.alternatives) {
      const events::Alternative order = as_written(alternative);
      std::vector<FieldExplanation> alone = described_alone(order);
      if (!alone.empty() && !alone.back().matcher) {
        keep_if_furthest(std::move(alone));
        continue;
      }
      // Each field has a value that it takes; do the lists of the event let them stand together?
      chosen_.clear();
      chosen_.resize(alternative.size());
      furthest_.clear();
      if (holds(alternative, 0, {})) {
        best_.matches = true;
        best_.fields = described(alternative, chosen_, alternative.size());
        std::stable_sort(best_.fields.begin(), best_.fields.end(),
                         [](const FieldExplanation& left, const FieldExplanation& right) {
                           return left.test->span.begin < right.test->span.begin;
                         });
        return std::move(best_);
      }
      // The failed field is behind those that held.
      keep_if_furthest(described(alternative, furthest_, furthest_.size() + 1));
    }
    best_.incomplete = tries_ >= kMostTries;
    return std::move(best_);
  }

 private:
  struct Choice {
    std::size_t matcher = 0;
    const PlacedLeaf* leaf = nullptr;  // null: absence
  };

  void keep_if_furthest(std::vector<FieldExplanation> fields) {
    if (best_.fields.size() < fields.size())
      best_.fields = std::move(fields);
  }

  // People look for the first field that fails in the order in which they wrote them.
  events::Alternative as_written(const events::Alternative& alternative) const {
    events::Alternative order = alternative;
    std::stable_sort(order.begin(), order.end(), [this](std::uint32_t left, std::uint32_t right) {
      return pattern_.tests[left].span.begin < pattern_.tests[right].span.begin;
    });
    return order;
  }

  // Each field by itself, up to the first that takes no value of the event.
  std::vector<FieldExplanation> described_alone(const events::Alternative& order) const {
    std::vector<FieldExplanation> fields;
    for (const std::uint32_t index : order) {
      const FieldTest& test = pattern_.tests[index];
      const std::vector<PlacedLeaf>& leaves = leaves_.at(test.path);
      FieldExplanation& field = fields.emplace_back(with_values(test, leaves));
      for (std::size_t m = 0; m < test.matchers.size() && !field.matcher; ++m) {
        // What an element of a list does not have may be absent, whatever the others have.
        if (test.matchers[m].kind == MatcherKind::kDoesNotExist &&
            std::all_of(leaves.begin(), leaves.end(),
                        [](const PlacedLeaf& leaf) { return !leaf.elements.empty(); }))
          field.matcher = m;
        const auto taken = std::find_if(leaves.begin(), leaves.end(), [&](const PlacedLeaf& leaf) {
          return test.matchers[m].kind != MatcherKind::kDoesNotExist &&
                 events::matches(test.matchers[m], leaf_of(*leaf.node));
        });
        if (taken != leaves.end()) {
          field.matcher = m;
          field.value = taken->node;
        }
      }
      if (!field.matcher)
        break;
    }
    return fields;
  }

  static FieldExplanation with_values(const FieldTest& test, const std::vector<PlacedLeaf>& leaves) {
    FieldExplanation field;
    field.test = &test;
    field.value_count = leaves.size();
    for (std::size_t leaf = 0; leaf < std::min(leaves.size(), kMostValuesKept); ++leaf)
      field.values.push_back(leaves[leaf].node);
    return field;
  }

  bool holds(const events::Alternative& alternative, std::size_t at, const ListElements& elements) {
    if (at == alternative.size())
      return true;
    if (at > furthest_.size())
      furthest_.assign(chosen_.begin(), chosen_.begin() + static_cast<std::ptrdiff_t>(at));
    const FieldTest& test = pattern_.tests[alternative[at]];
    const std::vector<PlacedLeaf>& leaves = leaves_.at(test.path);
    for (std::size_t m = 0; m < test.matchers.size(); ++m) {
      if (test.matchers[m].kind == MatcherKind::kDoesNotExist) {
        const bool absent = std::none_of(leaves.begin(), leaves.end(), [&](const PlacedLeaf& leaf) {
          return agree(leaf.elements, elements);
        });
        if (!absent)
          continue;
        chosen_[at] = {m, nullptr};
        if (holds(alternative, at + 1, elements))
          return true;
        continue;
      }
      bool without_list_failed = false;
      for (const PlacedLeaf& leaf : leaves) {
        if (leaf.elements.empty() && without_list_failed)
          continue;
        if (++tries_ > kMostTries)
          return false;
        if (!agree(leaf.elements, elements) || !events::matches(test.matchers[m], leaf_of(*leaf.node)))
          continue;
        ListElements joined = elements;
        joined.insert(joined.end(), leaf.elements.begin(), leaf.elements.end());
        chosen_[at] = {m, &leaf};
        if (holds(alternative, at + 1, joined))
          return true;
        without_list_failed = without_list_failed || leaf.elements.empty();
      }
    }
    return false;
  }

  std::vector<FieldExplanation> described(const events::Alternative& alternative,
                                          const std::vector<Choice>& chosen, std::size_t count) const {
    std::vector<FieldExplanation> fields;
    for (std::size_t i = 0; i < count; ++i) {
      const FieldTest& test = pattern_.tests[alternative[i]];
      const std::vector<PlacedLeaf>& leaves = leaves_.at(test.path);
      FieldExplanation field = with_values(test, leaves);
      if (i < chosen.size()) {
        field.matcher = chosen[i].matcher;
        field.value = chosen[i].leaf == nullptr ? nullptr : chosen[i].leaf->node;
      } else {
        const auto elsewhere = std::find_if(leaves.begin(), leaves.end(),
                                            [&](const PlacedLeaf& leaf) { return takes(test, *leaf.node); });
        field.in_other_element = elsewhere != leaves.end();
        field.value = field.in_other_element ? elsewhere->node : nullptr;
      }
      fields.push_back(std::move(field));
    }
    return fields;
  }

  static bool takes(const FieldTest& test, const Node& leaf) {
    return std::any_of(test.matchers.begin(), test.matchers.end(), [&](const Matcher& matcher) {
      return matcher.kind != MatcherKind::kDoesNotExist && events::matches(matcher, leaf_of(leaf));
    });
  }

  const events::EventPattern& pattern_;
  Leaves leaves_;
  std::vector<Choice> chosen_;
  std::vector<Choice> furthest_;  // the longest row of choices that held
  std::size_t tries_ = 0;
  MatchExplanation best_;
};

// A value in a sentence: JSON, cut where it is long.
std::string shown(const Node& value) {
  return value.kind == NodeKind::kString ? events::shown(value.text)
                                         : base::shortened(syntax::write_json(value));
}

std::string values_text(const FieldExplanation& field) {
  return events::first_few(field.values, 3, field.value_count,
                           [](const Node* value) { return shown(*value); });
}

bool is_literal(const Matcher& matcher) {
  return matcher.kind == MatcherKind::kString || matcher.kind == MatcherKind::kNumber ||
         matcher.kind == MatcherKind::kLiteral;
}

std::string matchers_text(const FieldTest& test) {
  return events::first_few(test.matchers, 4, test.matchers.size(), events::describe);
}

}  // namespace

MatchExplanation explain_match(const events::EventPattern& pattern, const Node& event) {
  return Explainer(pattern, event).explain();
}

std::string field_text(const FieldExplanation& field) {
  const FieldTest& test = *field.test;
  if (field.matcher) {
    const Matcher& matcher = test.matchers[*field.matcher];
    if (field.value == nullptr)
      return fmt::format("{}: there is none, as {} asks", test.path, events::describe(matcher));
    if (is_literal(matcher))
      return fmt::format("{}: {}", test.path, shown(*field.value));
    return fmt::format("{}: {} matches {}", test.path, shown(*field.value), events::describe(matcher));
  }
  if (field.in_other_element) {
    return fmt::format("{}: {} would match, but stands in another element of a list than the fields before",
                       test.path, shown(*field.value));
  }
  if (field.value_count == 0)
    return fmt::format("{}: there is none; expected {}", test.path, matchers_text(test));
  const bool literal = std::all_of(test.matchers.begin(), test.matchers.end(), is_literal);
  const bool one = test.matchers.size() == 1 && field.value_count == 1;
  const bool many_values = field.value_count > 1;
  const std::string_view verb = literal       ? (one           ? "is not"
                                                 : many_values ? "are none of"
                                                               : "is none of")
                                : one         ? "does not match"
                                : many_values ? "match none of"
                                              : "matches none of";
  return fmt::format("{}: {} {} {}", test.path, values_text(field), verb, matchers_text(test));
}

std::string reason(const MatchExplanation& explanation) {
  if (explanation.fields.empty())
    return explanation.matches ? "the pattern asks for nothing" : "";
  if (!explanation.matches)
    return field_text(explanation.fields.back()) +
           (explanation.incomplete
                ? fmt::format("; {}, and another field may be the one that fails", kIncomplete)
                : "");
  std::string text;
  for (const FieldExplanation& field : explanation.fields)
    text += fmt::format("{}{}", text.empty() ? "" : "; ", field_text(field));
  return text;
}

}  // namespace grantproof::router
