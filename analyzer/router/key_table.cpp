// SPDX-License-Identifier: Apache-2.0
#include "router/key_table.h"

#include <cstring>

namespace grantproof::router {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word(const char* from, std::size_t count) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, count);
  return value;
}

constexpr std::uint64_t kFirst = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t kSecond = 0xd6e8feb86659fd93U;

}  // namespace

std::uint64_t hash_of(std::string_view bytes) {
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t hash = kFirst ^ left;
  for (; left >= 8; left -= 8, at += 8)
    hash = mix(hash ^ word(at, 8), kSecond);
  if (left != 0)
    hash = mix(hash ^ word(at, left), kSecond);
  return mix(hash, kFirst);
}

std::uint32_t KeyTable::add(std::string_view key) {
  const std::uint32_t known = find(key);
  if (known != kNone)
    return known;
  if (2 * (count_ + std::size_t{1}) > slots_.size())
    grow();
  place({static_cast<std::uint32_t>(hash_of(key)), count_, static_cast<std::uint32_t>(bytes_.size()),
         static_cast<std::uint32_t>(key.size())});
  bytes_.append(key);
  return count_++;
}

std::uint32_t KeyTable::find(std::string_view key) const {
  if (slots_.empty())
    return kNone;
  const auto hash = static_cast<std::uint32_t>(hash_of(key));
  for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[i];
    if (slot.number == kNone)
      return kNone;
    if (slot.hash == hash && slot.length == key.size() &&
        (key.empty() || std::memcmp(bytes_.data() + slot.begin, key.data(), key.size()) == 0))
      return slot.number;
  }
}

void KeyTable::place(const Slot& slot) {
  std::size_t i = slot.hash & (slots_.size() - 1);
  while (slots_[i].number != kNone)
    i = (i + 1) & (slots_.size() - 1);
  slots_[i] = slot;
}

void KeyTable::grow() {
  const std::vector<Slot> before = std::move(slots_);
  slots_.assign(before.empty() ? 8 : 2 * before.size(), Slot{});
  for (const Slot& slot : before) {
    if (slot.number != kNone)
      place(slot);
  }
}

}  // namespace grantproof::router
