// SPDX-License-Identifier: Apache-2.0
#include "patterns/glob_table.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace grantproof::patterns {
namespace {

constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

// A token as one number, in the order of GlobToken.
std::uint32_t packed(const GlobToken& token) {
  return (static_cast<std::uint32_t>(token.kind) << 24U) |
         (static_cast<std::uint32_t>(token.unit_class) << 20U) |
         (static_cast<std::uint32_t>(token.fold ? 1U : 0U) << 16U) | token.unit;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0xD6E8FEB86659FD93U;
  return hash ^ (hash >> 32U);
}

std::size_t hash_of(const Glob& glob) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  const std::vector<GlobToken>& tokens = glob.tokens();
  std::size_t i = 0;
  for (; i + 1 < tokens.size(); i += 2) {
    hash = mixed(hash, packed(tokens[i]) | (std::uint64_t{packed(tokens[i + 1])} << 32U));
  }
  if (i < tokens.size()) {
    hash = mixed(hash, packed(tokens[i]));
  }
  return static_cast<std::size_t>(hash);
}

bool token_less(const GlobToken& left, const GlobToken& right) {
  return packed(left) < packed(right);
}

bool ends_in_any_run(const std::vector<GlobToken>& tokens) {
  return !tokens.empty() && tokens.back().kind == GlobToken::Kind::kRun &&
         tokens.back().unit_class == UnitClass::kAny;
}

// `open` ends in '*': everything that starts like it is in it.
bool covers_plainly(const std::vector<GlobToken>& open, const std::vector<GlobToken>& tokens) {
  return tokens.size() + 1 >= open.size() && std::equal(open.begin(), open.end() - 1, tokens.begin());
}

}  // namespace

std::size_t IdsHash::operator()(const std::vector<std::uint32_t>& ids) const {
  std::uint64_t hash = ids.size();
  for (const std::uint32_t id : ids) {
    hash = mixed(hash, id);
  }
  return static_cast<std::size_t>(hash);
}

std::uint32_t GlobTable::intern(Glob glob) {
  if (globs_.size() * 2 >= table_.size()) {
    rehash();
  }
  const std::size_t hash = hash_of(glob);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash & mask;
  for (; table_[slot] != kFree; slot = (slot + 1) & mask) {
    const std::uint32_t id = table_[slot];
    if (hashes_[id] == hash && globs_[id] == glob) {
      return id;
    }
  }
  const auto id = static_cast<std::uint32_t>(globs_.size());
  table_[slot] = id;
  hashes_.push_back(hash);
  globs_.push_back(std::move(glob));
  return id;
}

void GlobTable::rehash() {
  table_.assign(std::max<std::size_t>(64, table_.size() * 2), kFree);
  const std::size_t mask = table_.size() - 1;
  for (std::uint32_t id = 0; id < globs_.size(); ++id) {
    std::size_t slot = hashes_[id] & mask;
    while (table_[slot] != kFree) {
      slot = (slot + 1) & mask;
    }
    table_[slot] = id;
  }
}

std::vector<std::uint32_t> GlobTable::sorted_without_covered(std::span<const std::uint32_t> ids) const {
  std::vector<std::uint32_t> sorted(ids.begin(), ids.end());
  std::sort(sorted.begin(), sorted.end(), [this](std::uint32_t left, std::uint32_t right) {
    const std::vector<GlobToken>& left_tokens = globs_[left].tokens();
    const std::vector<GlobToken>& right_tokens = globs_[right].tokens();
    return std::lexicographical_compare(left_tokens.begin(), left_tokens.end(), right_tokens.begin(),
                                        right_tokens.end(), token_less);
  });
  // Globs with a common start stand together, "start*" after those that go on with text and before those that
  // go on with a run of a narrower class: once back and once forth finds them all.
  const auto drop_covered = [this](auto first, auto last) {
    const std::vector<GlobToken>* open = nullptr;
    return std::remove_if(first, last, [this, &open](std::uint32_t id) {
      const std::vector<GlobToken>& tokens = globs_[id].tokens();
      if (open != nullptr && covers_plainly(*open, tokens)) {
        return true;
      }
      open = ends_in_any_run(tokens) ? &tokens : open;
      return false;
    });
  };
  sorted.erase(sorted.begin(), drop_covered(sorted.rbegin(), sorted.rend()).base());
  sorted.erase(drop_covered(sorted.begin(), sorted.end()), sorted.end());
  return sorted;
}

}  // namespace grantproof::patterns
