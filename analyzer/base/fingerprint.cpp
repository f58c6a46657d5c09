// SPDX-License-Identifier: Apache-2.0
#include "base/fingerprint.h"

#include <fmt/format.h>

namespace grantproof::base {
namespace {

// hash * (2^88 + 0x13b) modulo 2^128, in 64-bit words because C++ has no wider integer.
Fingerprint times_prime(Fingerprint hash) {
  constexpr std::uint64_t kSmall = 0x13b;
  const std::uint64_t low_half = (hash.low & 0xFFFFFFFF) * kSmall;
  const std::uint64_t high_half = (hash.low >> 32) * kSmall + (low_half >> 32);
  const std::uint64_t low = (high_half << 32) | (low_half & 0xFFFFFFFF);
  const std::uint64_t carry = high_half >> 32;
  // hash << 88 reaches only the high word: 88 - 64 = 24.
  return Fingerprint{hash.high * kSmall + carry + (hash.low << 24), low};
}

}  // namespace

std::string Fingerprint::text() const {
  return fmt::format("{:016x}{:016x}", high, low);
}

Fingerprinter& Fingerprinter::add_bytes(std::string_view bytes) {
  for (const char byte : bytes) {
    hash_.low ^= static_cast<unsigned char>(byte);
    hash_ = times_prime(hash_);
  }
  return *this;
}

Fingerprinter& Fingerprinter::add(std::string_view field) {
  std::uint64_t length = field.size();
  for (int i = 0; i < 8; ++i, length >>= 8) {
    const char byte = static_cast<char>(length & 0xFF);
    add_bytes(std::string_view(&byte, 1));
  }
  return add_bytes(field);
}

Fingerprint fingerprint(std::string_view text) {
  return Fingerprinter().add_bytes(text).result();
}

}  // namespace grantproof::base
