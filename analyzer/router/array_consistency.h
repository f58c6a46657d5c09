// SPDX-License-Identifier: Apache-2.0
//
// Array consistency: fields that a rule finds in different elements of one array do not match together, at
// any level of nesting (event-ruler's documentation, "Ruler and arrays"; captured). So for each field of a
// rule one leaf has to be chosen such that no two of them lie in different elements of one array.
//
// {"exists": false} holds where no leaf of the field is consistent with what the fields before it chose; so
// it depends on the order of the paths (captured, and copied).
#pragma once

#include <span>
#include <vector>

#include "router/scanned_event.h"

namespace grantproof::router {

// One field of a rule and where in the event it is found.
struct FieldPlaces {
  FieldTree::NodeNumber node = FieldTree::kRoot;
  std::vector<ElementNumber> matching;  // elements of the leaves that match, ascending, each once
  bool may_be_absent = false;           // {"exists": false} is among the matchers
  std::vector<ElementNumber> all;       // may_be_absent: elements of all leaves, ascending, each once
};

enum class Consistency { kConsistent, kInconsistent, kTooMany };

// `fields` in the order of their paths. Walks over the sets of elements that can be chosen so far; sets that
// no later field can tell apart are one. Linear in the places for fields under the same arrays; where several
// large arrays are interleaved in the order of paths, the sets multiply, and kTooMany ends it.
Consistency choose_consistently(const ScannedEvent& event, const FieldTree& tree,
                                std::span<const FieldPlaces> fields);

}  // namespace grantproof::router
