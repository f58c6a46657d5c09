// SPDX-License-Identifier: Apache-2.0
#include "support/direct_event_matcher.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "events/matcher.h"

namespace grantproof::tests {
namespace {

using events::Alternative;
using events::EventPattern;
using events::FieldTest;
using events::Leaf;
using events::Matcher;
using events::MatcherKind;
using syntax::Node;
using syntax::NodeKind;

// Of each list of the event (numbered as they are met), the element inside of which something lies.
using Elements = std::map<std::size_t, std::size_t>;

struct EventLeaf {
  std::string path;
  Leaf leaf;
  Elements elements;
};

class Flattener {
 public:
  std::vector<EventLeaf> leaves;

  void object(const Node& node, const std::string& prefix, const Elements& elements) {
    for (const syntax::Member& member : node.members)
      value(member.value, prefix + member.key, elements);
  }

 private:
  void value(const Node& node, const std::string& path, const Elements& elements) {
    switch (node.kind) {
      case NodeKind::kMap:
        object(node, path + ".", elements);
        break;
      case NodeKind::kList:
        list(node, path, elements);
        break;
      case NodeKind::kString:
        leaves.push_back({path, Leaf{Leaf::Kind::kString, node.text}, elements});
        break;
      case NodeKind::kNumber:
        leaves.push_back({path, Leaf{Leaf::Kind::kNumber, node.text}, elements});
        break;
      case NodeKind::kBool:
        leaves.push_back({path, Leaf{Leaf::Kind::kLiteral, node.text}, elements});
        break;
      case NodeKind::kNull:
        leaves.push_back({path, Leaf{Leaf::Kind::kLiteral, "null"}, elements});
        break;
    }
  }

  // An element that is neither object nor list lies in no particular element of its own list.
  void list(const Node& node, const std::string& path, const Elements& elements) {
    const std::size_t number = lists_++;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Node& item = node.items[i];
      Elements inside = elements;
      if (item.kind == NodeKind::kMap || item.kind == NodeKind::kList)
        inside[number] = i;
      value(item, path, inside);
    }
  }

  std::size_t lists_ = 0;
};

// Whether two things can lie together: in no list in two elements.
bool consistent(const Elements& left, const Elements& right) {
  return std::all_of(left.begin(), left.end(), [&right](const auto& place) {
    const auto other = right.find(place.first);
    return other == right.end() || other->second == place.second;
  });
}

class Search {
 public:
  Search(const EventPattern& pattern, const std::vector<EventLeaf>& leaves)
      : pattern_(pattern), leaves_(leaves) {}

  // Whether the fields of the alternative from `field` on can hold, beside what was chosen for those before.
  bool holds(const Alternative& alternative, std::size_t field, const Elements& chosen) const {
    if (field == alternative.size())
      return true;
    const FieldTest& test = pattern_.tests[alternative[field]];
    bool absent = true;
    for (const EventLeaf& leaf : leaves_) {
      if (leaf.path != test.path || !consistent(leaf.elements, chosen))
        continue;
      absent = false;
      const bool any = std::any_of(test.matchers.begin(), test.matchers.end(),
                                   [&leaf](const Matcher& matcher) { return matches(matcher, leaf.leaf); });
      if (!any)
        continue;
      Elements both = chosen;
      both.insert(leaf.elements.begin(), leaf.elements.end());
      if (holds(alternative, field + 1, both))
        return true;
    }
    const bool may_be_absent =
        std::any_of(test.matchers.begin(), test.matchers.end(),
                    [](const Matcher& matcher) { return matcher.kind == MatcherKind::kDoesNotExist; });
    return absent && may_be_absent && holds(alternative, field + 1, chosen);
  }

 private:
  const EventPattern& pattern_;
  const std::vector<EventLeaf>& leaves_;
};

}  // namespace

bool direct_match(const EventPattern& pattern, const Node& event) {
  Flattener flattener;
  flattener.object(event, "", {});
  const Search search(pattern, flattener.leaves);
  return std::any_of(pattern.alternatives.begin(), pattern.alternatives.end(),
                     [&search](const Alternative& alternative) { return search.holds(alternative, 0, {}); });
}

}  // namespace grantproof::tests
