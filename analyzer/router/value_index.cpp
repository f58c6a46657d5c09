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

bool take_out(std::vector<AlternativeNumber>& from, AlternativeNumber alternative) {
  const auto at = std::ranges::find(from, alternative);
  if (at == from.end())
    return false;
  from.erase(at);
  return true;
}

}  // namespace

void ValueIndex::add(const events::Matcher& matcher, const RuleKey& key, AlternativeNumber alternative) {
  ++alternatives_;
  if (key.kind == KeyKind::kPresent) {
    present_.push_back(alternative);
    return;
  }
  if (key.kind == KeyKind::kRange) {
    ranges_.add(matcher.range, alternative);
    return;
  }
  Keys& of_kind = keys(key.kind);
  const std::uint32_t number = of_kind.table.add(key.bytes);
  if (number == of_kind.alternatives.size())
    of_kind.alternatives.emplace_back();
  of_kind.alternatives[number].push_back(alternative);
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
    ranges_.remove(alternative);
    gone = true;
  } else {
    Keys& of_kind = keys(key.kind);
    const std::uint32_t number = of_kind.table.find(key.bytes);
    gone = number != KeyTable::kNone && take_out(of_kind.alternatives[number], alternative);
  }
  if (gone)
    --alternatives_;
}

}  // namespace grantproof::router
