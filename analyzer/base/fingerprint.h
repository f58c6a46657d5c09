// SPDX-License-Identifier: Apache-2.0
//
// The identity of a thing across runs and machines: FNV-1a with 128 bits (offset basis
// 0x6c62272e07bb014262b821756295c58d, prime 2^88 + 2^8 + 0x3b), written as 32 hexadecimal digits. Baselines
// and reports store these, so the algorithm must not change. It is no protection against forgery.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace grantproof::base {

struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;

  // 32 lower-case hexadecimal digits.
  std::string text() const;
};

class Fingerprinter {
 public:
  // The bytes, as FNV-1a takes them.
  Fingerprinter& add_bytes(std::string_view bytes);
  // A field of a record: its length first (8 bytes, little-endian), so that "ab" + "c" and "a" + "bc" differ.
  Fingerprinter& add(std::string_view field);

  Fingerprint result() const { return hash_; }

 private:
  Fingerprint hash_{0x6c62272e07bb0142, 0x62b821756295c58d};
};

// FNV-1a 128 of the text alone.
Fingerprint fingerprint(std::string_view text);

}  // namespace grantproof::base
