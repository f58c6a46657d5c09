// SPDX-License-Identifier: Apache-2.0
#include "events/letter_case.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>

#include "base/text.h"
#include "events/letter_case_tables.h"

namespace grantproof::events {
namespace {

bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

char lower_ascii(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// The row of a table of ranges, sorted, that has the letter.
template <std::size_t kRows>
char32_t map_letter(const CaseRange (&ranges)[kRows], char32_t letter) {
  const CaseRange* range = std::upper_bound(std::begin(ranges), std::end(ranges), letter,
                                            [](char32_t l, const CaseRange& row) { return l < row.first; });
  if (range == std::begin(ranges))
    return letter;
  --range;
  if (letter > range->last || (letter - range->first) % range->step != 0)
    return letter;
  return static_cast<char32_t>(static_cast<std::int32_t>(letter) + range->distance);
}

void append(Spelling& spelling, char32_t letter) {
  std::string text;
  base::append_utf8(text, letter);
  text.copy(spelling.bytes.data() + spelling.size, text.size());
  spelling.size = static_cast<unsigned char>(spelling.size + text.size());
}

Spelling to_spelling(std::u16string_view letters) {
  Spelling spelling;
  for (const char16_t letter : letters)
    append(spelling, letter);
  return spelling;
}

Spelling to_spelling(char32_t letter) {
  Spelling spelling;
  append(spelling, letter);
  return spelling;
}

// The offset at which the last code point of a text begins.
std::size_t last_letter(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
    --at;
  return at;
}

// How many bytes of the text's beginning the whole pattern takes; nothing where it does not begin like that.
std::optional<std::size_t> match_front(std::string_view pattern, std::string_view text) {
  std::size_t taken = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    if (taken == text.size())
      return std::nullopt;
    if (is_ascii(pattern[at])) {
      if (lower_ascii(pattern[at]) != lower_ascii(text[taken]))
        return std::nullopt;
      ++at;
      ++taken;
      continue;
    }
    const base::CodePoint letter = base::code_point_at(pattern, at);
    at += letter.length;
    const Spellings both = spellings(letter.value);
    const std::string_view rest = text.substr(taken);
    if (rest.starts_with(both.lower.text())) {
      taken += both.lower.size;
    } else if (rest.starts_with(both.upper.text())) {
      taken += both.upper.size;
    } else {
      return std::nullopt;
    }
  }
  return taken;
}

}  // namespace

Spellings spellings(char32_t letter) {
  if (letter < 0x80) {
    const auto ascii = static_cast<char>(letter);
    const bool small = ascii >= 'a' && ascii <= 'z';
    return Spellings{.lower = to_spelling(static_cast<char32_t>(lower_ascii(ascii))),
                     .upper = to_spelling(small ? letter - U'a' + U'A' : letter)};
  }
  const LongUpperCase* longer =
      std::lower_bound(std::begin(kLongUpperCases), std::end(kLongUpperCases), letter,
                       [](const LongUpperCase& row, char32_t l) { return row.letter < l; });
  Spellings both;
  both.lower = letter == kLongLowerCaseLetter ? to_spelling(kLongLowerCase)
                                              : to_spelling(map_letter(kLowerCases, letter));
  both.upper = longer != std::end(kLongUpperCases) && longer->letter == letter
                   ? to_spelling(longer->upper)
                   : to_spelling(map_letter(kUpperCases, letter));
  return both;
}

bool equals_ignore_case(std::string_view pattern, std::string_view text) {
  return match_front(pattern, text) == text.size();
}

bool starts_with_ignore_case(std::string_view pattern, std::string_view text) {
  return match_front(pattern, text).has_value();
}

bool ends_with_ignore_case(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    if (text.empty())
      return false;
    const std::size_t at = last_letter(pattern);
    const std::string_view letter = pattern.substr(at);
    pattern.remove_suffix(letter.size());
    if (is_ascii(letter[0])) {
      if (lower_ascii(letter[0]) != lower_ascii(text.back()))
        return false;
      text.remove_suffix(1);
      continue;
    }
    const Spellings both = spellings(base::code_point_at(letter, 0).value);
    if (text.ends_with(both.lower.text())) {
      text.remove_suffix(both.lower.size);
    } else if (text.ends_with(both.upper.text())) {
      text.remove_suffix(both.upper.size);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace grantproof::events
