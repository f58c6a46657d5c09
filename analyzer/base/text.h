// SPDX-License-Identifier: Apache-2.0
//
// What the rooms need to do with text and the standard library does not offer: ASCII case (IAM ignores the
// case of element names, actions and condition keys, in ASCII only), "did you mean", UTF-8, texts that are
// too long for a message, and percent-encoding. Nothing here depends on the locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::base {

// ---- ASCII case
// -------------------------------------------------------------------------------------------------

// Lower-cases A to Z and nothing else.
std::string fold_case(std::string_view text);
// The same into a buffer that is used again.
void fold_case(std::string_view text, std::string& folded);
bool is_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view left, std::string_view right);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

// ---- "did you mean"
// ---------------------------------------------------------------------------------------------

// Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other, in
// bytes.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The candidate that was probably meant: equal but for case, or else the closest one (the first of several)
// within a third of the name's length. A view of the candidate.
std::optional<std::string_view> nearest(std::string_view name,
                                        const std::vector<std::string_view>& candidates);

// ---- UTF-8
// ------------------------------------------------------------------------------------------------------

// The offset of the first byte that begins no well-formed UTF-8 sequence (overlong forms, surrogates and
// values over U+10FFFF are not well-formed); nothing where the text is UTF-8.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  // bytes
};

// The code point at `offset`; an ill-formed byte reads as U+FFFD of length 1. REQUIRES: offset < text.size()
CodePoint code_point_at(std::string_view text, std::size_t offset);

// REQUIRES: a Unicode scalar value (no surrogate); others are written as U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

// Terminal columns: East Asian wide characters count 2, combining marks and control characters 0.
std::size_t display_width(char32_t code_point);
std::size_t display_width(std::string_view text);

// ---- texts in messages
// -------------------------------------------------------------------------------------------------

// The first bytes of a text that is too long for a message, not cut inside a character.
std::string_view beginning(std::string_view text);
// The beginning with "…" behind it, or the text where it is short enough.
std::string shortened(std::string_view text);

// ---- percent-encoding (RFC 3986)
// --------------------------------------------------------------------------------

struct PercentDecoded {
  std::string text;
  std::vector<std::uint32_t>
      offsets;  // text.size() + 1: where in the input each byte stood, and the input's end
  std::optional<std::size_t>
      bad_escape;  // a '%' without two hexadecimal digits; the text before it is decoded
};

// '+' stands for a space only in form encoding, which the caller has to know.
PercentDecoded percent_decode(std::string_view text, bool plus_is_space = false);

// The value of a hexadecimal digit.
std::optional<unsigned> hexadecimal_digit(char digit);

}  // namespace grantproof::base
