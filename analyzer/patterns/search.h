// SPDX-License-Identifier: Apache-2.0
//
// Walks over a product: any word, the shortest word, the first words. Internal to patterns/; region.cpp says
// which question gets which walk.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "patterns/product.h"
#include "patterns/region.h"

namespace grantproof::patterns {

struct WordResult {
  RegionAnswer answer = RegionAnswer::kUndecided;
  std::u16string word;
};

// Any word: always goes on where the sets of `in` are nearest to their ends, so that a member is found long
// before all states are seen. kEmpty only after all of them were.
WordResult find_any(Product& product);

// A word of the least number of units, of ordinary units.
WordResult find_shortest(Product& product);

struct WordList {
  RegionAnswer answer = RegionAnswer::kUndecided;
  std::vector<std::u16string> words;  // shortest first, then most ordinary
  bool complete = false;              // proved that there are no others
};

// The first `limit` words of a product that keeps every word apart. A wildcard gives printable ASCII and the
// units that some glob names.
WordList first_words(Product& product, std::size_t limit);

// The same, without making the whole product: for sets of many words, where a few are near. Nothing where
// there are not more than `limit` words or they are not near; then the product has to be opened again for
// first_words.
std::optional<WordList> near_words(Product& product, std::size_t limit);

}  // namespace grantproof::patterns
