// SPDX-License-Identifier: Apache-2.0
//
// "equals-ignore-case" as EventBridge decides it (captured): each letter of the pattern stands for its
// lower-case and its upper-case text, and for nothing else. That is not case folding and not symmetric: the
// pattern "straße" matches "STRASSE" but not "strasse"; the Kelvin sign matches "k", but "k" does not match
// the Kelvin sign; the title-case letter U+01C5 does not match itself. Letters outside the BMP have no case.
#pragma once

#include <array>
#include <string_view>

namespace grantproof::events {

// UTF-8 of up to three letters.
struct Spelling {
  std::array<char, 9> bytes{};
  unsigned char size = 0;
  std::string_view text() const { return std::string_view(bytes.data(), size); }
};

// How a letter of a pattern may stand in an event: two texts that differ in their first letter and in their
// last, or twice the same.
struct Spellings {
  Spelling lower;
  Spelling upper;
};
Spellings spellings(char32_t letter);

// The pattern comes first. REQUIRES: valid UTF-8.
bool equals_ignore_case(std::string_view pattern, std::string_view text);
bool starts_with_ignore_case(std::string_view pattern, std::string_view text);
bool ends_with_ignore_case(std::string_view pattern, std::string_view text);

}  // namespace grantproof::events
