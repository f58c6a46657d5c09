// SPDX-License-Identifier: Apache-2.0
//
// The rules of one field of a bus, found by the value that an event has there. See rule_key.h for what they
// stand under.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "events/address.h"
#include "events/matcher.h"
#include "router/key_table.h"
#include "router/range_set.h"
#include "router/rule_key.h"
#include "router/scanned_event.h"

namespace grantproof::router {

using AlternativeNumber = std::uint32_t;
using TestNumber = std::uint32_t;
inline constexpr TestNumber kNoTest = 0xffffffff;

// An alternative in the index, and two tests of one string (see ValueIndex::know) that must hold for it as
// well: most alternatives that share a key are ruled out by that, without a look at them.
struct IndexEntry {
  AlternativeNumber alternative = 0;
  std::array<TestNumber, 2> also{kNoTest, kNoTest};
};

class ValueIndex {
 public:
  void add(const events::Matcher& matcher, const RuleKey& key, const IndexEntry& entry);
  void remove(const RuleKey& key, AlternativeNumber alternative);
  // A test that asks for exactly this string and nothing else; kNoTest takes it back.
  void know(std::string_view text, TestNumber test);
  bool empty() const { return entries_ == 0; }

  // Where a string stands among the strings that rules ask for: KeyTable::kNone where none does.
  std::uint32_t text_key(const events::Leaf& leaf) const {
    return leaf.kind == events::Leaf::Kind::kString ? keys(KeyKind::kText).table.find(leaf.text)
                                                    : KeyTable::kNone;
  }
  // The test that asks for exactly this string; kNoTest where there is none.
  TestNumber known_test(std::uint32_t text_key) const {
    return text_key < test_of_text_.size() ? test_of_text_[text_key] : kNoTest;
  }

  // Calls found(entry) for all that want any leaf here.
  template <typename Found>
  void find_present(Found&& found) const {
    for (const IndexEntry& entry : present_)
      found(entry);
  }
  // Calls found(entry) for all that stand under a key of this leaf, some more than once. `folded` is a
  // buffer. Cost: a few lookups for each length of prefix, suffix and network that rules use here, and what
  // is found.
  template <typename Found>
  void find(EventLeaf& leaf, std::uint32_t text_key, std::string& folded, Found&& found) const;

 private:
  // One kind of key: a table, and what stands under each key.
  struct Keys {
    KeyTable table;
    std::vector<std::vector<IndexEntry>> entries;
    std::vector<std::uint32_t> lengths;  // kPrefix and its like, kNetwork: which are used, ascending

    template <typename Found>
    void find(std::string_view key, Found& found) const {
      find(table.find(key), found);
    }
    template <typename Found>
    void find(std::uint32_t number, Found& found) const {
      if (number >= entries.size())
        return;
      for (const IndexEntry& entry : entries[number])
        found(entry);
    }
    template <typename Found>
    void find_prefixes(std::string_view text, Found& found) const {
      for (const std::uint32_t length : lengths) {
        if (length > text.size())
          break;
        find(text.substr(0, length), found);
      }
    }
    template <typename Found>
    void find_suffixes(std::string_view text, Found& found) const {
      for (const std::uint32_t length : lengths) {
        if (length > text.size())
          break;
        find(text.substr(text.size() - length), found);
      }
    }
  };

  Keys& keys(KeyKind kind) { return keys_[static_cast<std::size_t>(kind)]; }
  const Keys& keys(KeyKind kind) const { return keys_[static_cast<std::size_t>(kind)]; }

  std::array<Keys, static_cast<std::size_t>(KeyKind::kRange)> keys_;
  RangeSet ranges_;
  std::vector<IndexEntry> ranged_;  // by the numbers in ranges_
  std::vector<IndexEntry> present_;
  std::vector<TestNumber> test_of_text_;  // by number of a text
  std::size_t entries_ = 0;
  bool any_folded_ = false;
};

template <typename Found>
void ValueIndex::find(EventLeaf& leaf, std::uint32_t text_key, std::string& folded, Found&& found) const {
  const std::string_view text = leaf.value.text;
  if (leaf.value.kind != events::Leaf::Kind::kString) {
    keys(KeyKind::kSpelling).find(text, found);
    const bool wanted = !ranges_.empty() || !keys(KeyKind::kNumber).table.empty();
    if (const std::optional<double> number = wanted ? leaf.number() : std::nullopt) {
      keys(KeyKind::kNumber).find(number_key(*number), found);
      ranges_.find(*number, [&](std::uint32_t number_of_range) { found(ranged_[number_of_range]); });
    }
    return;
  }
  keys(KeyKind::kText).find(text_key, found);
  keys(KeyKind::kPrefix).find_prefixes(text, found);
  keys(KeyKind::kSuffix).find_suffixes(text, found);
  if (any_folded_) {
    base::fold_case(text, folded);
    keys(KeyKind::kFolded).find(folded, found);
    keys(KeyKind::kFoldedPrefix).find_prefixes(folded, found);
    keys(KeyKind::kFoldedSuffix).find_suffixes(folded, found);
  }
  const Keys& networks = keys(KeyKind::kNetwork);
  if (networks.table.empty())
    return;
  if (const std::optional<events::Network> address = events::parse_address(text)) {
    for (const std::uint32_t length : networks.lengths) {
      if (length <= address->prefix_length)
        networks.find(network_key(*address, length), found);
    }
  }
}

}  // namespace grantproof::router
