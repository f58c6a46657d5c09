// SPDX-License-Identifier: Apache-2.0
#include "router/value_index.h"

#include <algorithm>

namespace grantproof::router {
namespace {

void insert_length(std::vector<std::uint32_t>& lengths, std::uint32_t length) {
  const auto at = std::ranges::lower_bound(lengths, length);
  if (at == lengths.end() || *at != length)
    lengths.insert(at, length);
}

bool take_out(std::vector<IndexEntry>& from, AlternativeNumber alternative) {
  const auto at = std::ranges::find(from, alternative, &IndexEntry::alternative);
  if (at == from.end())
    return false;
  from.erase(at);
  return true;
}

}  // namespace

void ValueIndex::add(const events::Matcher& matcher, const RuleKey& key, const IndexEntry& entry) {
  ++entries_;
  if (key.kind == KeyKind::kPresent) {
    present_.push_back(entry);
    return;
  }
  if (key.kind == KeyKind::kRange) {
    ranges_.add(matcher.range, static_cast<std::uint32_t>(ranged_.size()));
    ranged_.push_back(entry);
    return;
  }
  Keys& of_kind = keys(key.kind);
  const std::uint32_t number = of_kind.table.add(key.bytes);
  if (number >= of_kind.entries.size())
    of_kind.entries.resize(number + 1);
  of_kind.entries[number].push_back(entry);
  if (key.kind == KeyKind::kNetwork) {
    insert_length(of_kind.lengths, static_cast<unsigned char>(key.bytes[1]));
  } else {
    insert_length(of_kind.lengths, static_cast<std::uint32_t>(key.bytes.size()));
  }
  any_folded_ = any_folded_ || key.kind == KeyKind::kFolded || key.kind == KeyKind::kFoldedPrefix ||
                key.kind == KeyKind::kFoldedSuffix;
}

void ValueIndex::remove(const RuleKey& key, AlternativeNumber alternative) {
  bool gone = false;
  if (key.kind == KeyKind::kPresent) {
    gone = take_out(present_, alternative);
  } else if (key.kind == KeyKind::kRange) {
    for (std::uint32_t i = 0; i < ranged_.size(); ++i) {
      if (ranged_[i].alternative == alternative)
        ranges_.remove(i);
    }
    gone = true;
  } else {
    Keys& of_kind = keys(key.kind);
    const std::uint32_t number = of_kind.table.find(key.bytes);
    gone = number < of_kind.entries.size() && take_out(of_kind.entries[number], alternative);
  }
  if (gone)
    --entries_;
}

void ValueIndex::know(std::string_view text, TestNumber test) {
  const std::uint32_t number = keys(KeyKind::kText).table.add(text);
  if (number >= test_of_text_.size())
    test_of_text_.resize(number + 1, kNoTest);
  test_of_text_[number] = test;
}

}  // namespace grantproof::router
