// SPDX-License-Identifier: Apache-2.0
//
// The leaves of an event, each with its path and the elements of lists that it stands in: for what looks at
// one event and has time, router/explain_match.h and logic/encode_event_pattern.h. Routing reads the text
// instead.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "events/matcher.h"
#include "syntax/node.h"

namespace grantproof::events {

// An element of a list that is an object or a list: leaves inside of it stand in it. A leaf that is itself an
// element of a list stands in none (captured from the service).
struct ListElement {
  std::size_t list = 0;  // lists are numbered as the text has them
  std::size_t element = 0;
};
using ListElements = std::vector<ListElement>;  // from the outermost list to the innermost

using LeafVisitor =
    std::function<void(const std::string& path, const syntax::Node& leaf, const ListElements& elements)>;

// In the order of the text. The node outlives the call, path and elements do not.
void for_each_leaf(const syntax::Node& event, const LeafVisitor& visit);

// REQUIRES: no object and no list. Points into the node.
Leaf leaf_of(const syntax::Node& node);

}  // namespace grantproof::events
