// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace grantproof::base {
namespace {

char fold(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

// The length of the well-formed sequence at `offset`, 0 where there is none (Unicode standard, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t offset) {
  struct Form {
    unsigned first, last;          // of the first byte
    unsigned second, second_last;  // of the second byte; the others are 80..BF
    std::size_t length;
  };
  static constexpr std::array<Form, 8> kForms{{{0xC2, 0xDF, 0x80, 0xBF, 2},
                                               {0xE0, 0xE0, 0xA0, 0xBF, 3},
                                               {0xE1, 0xEC, 0x80, 0xBF, 3},
                                               {0xED, 0xED, 0x80, 0x9F, 3},
                                               {0xEE, 0xEF, 0x80, 0xBF, 3},
                                               {0xF0, 0xF0, 0x90, 0xBF, 4},
                                               {0xF1, 0xF3, 0x80, 0xBF, 4},
                                               {0xF4, 0xF4, 0x80, 0x8F, 4}}};
  const unsigned first = byte_at(text, offset);
  if (first < 0x80)
    return 1;
  for (const Form& form : kForms) {
    if (first < form.first || first > form.last)
      continue;
    if (text.size() - offset < form.length)
      return 0;
    const unsigned second = byte_at(text, offset + 1);
    if (second < form.second || second > form.second_last)
      return 0;
    for (std::size_t i = 2; i < form.length; ++i)
      if ((byte_at(text, offset + i) & 0xC0U) != 0x80U)
        return 0;
    return form.length;
  }
  return 0;
}

}  // namespace

std::string fold_case(std::string_view text) {
  std::string folded;
  fold_case(text, folded);
  return folded;
}

void fold_case(std::string_view text, std::string& folded) {
  folded.resize(text.size());
  std::ranges::transform(text, folded.begin(), [](char letter) { return fold(letter); });
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(),
                                                   [](char a, char b) { return fold(a) == fold(b); });
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
  // Three rows of the table: swaps of neighbours look two rows back.
  std::vector<std::size_t> before(right.size() + 1), above(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j)
    above[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replace = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[right.size()];
}

std::optional<std::string_view> nearest(std::string_view name,
                                        const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kLongestName = 200;  // nobody mistypes a name of this length; hostile input has them
  if (name.empty() || name.size() > kLongestName)
    return std::nullopt;
  const std::string folded = fold_case(name);
  const std::size_t allowed = std::max<std::size_t>(1, name.size() / 3);
  std::optional<std::string_view> best;
  std::size_t best_distance = allowed + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), name.size());
    if (longer - std::min(candidate.size(), name.size()) >= best_distance)
      continue;
    const std::size_t distance = edit_distance(folded, fold_case(candidate));
    // Nothing of the name is left when every byte is replaced ("a" is not a slip for "b").
    if (distance >= best_distance || distance >= longer)
      continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  while (at < text.size()) {
    // Eight bytes of ASCII at a time: nearly all text is.
    if (std::uint64_t word = 0; text.size() - at >= sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & kHighBits) == 0) {
        at += sizeof word;
        continue;
      }
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0)
      return at;
    at += length;
  }
  return std::nullopt;
}

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  static constexpr std::array<unsigned, 5> kFirstByteBits{0, 0x7F, 0x1F, 0x0F, 0x07};
  const std::size_t length = sequence_length(text, offset);
  if (length == 0)
    return CodePoint{U'\uFFFD', 1};
  char32_t value = byte_at(text, offset) & kFirstByteBits[length];
  for (std::size_t i = 1; i < length; ++i)
    value = (value << 6) | (byte_at(text, offset + i) & 0x3FU);
  return CodePoint{value, length};
}

void append_utf8(std::string& text, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
    code_point = U'\uFFFD';
  const auto append = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xC0 | (code_point >> 6));
    append(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    append(0xE0 | (code_point >> 12));
    append(0x80 | ((code_point >> 6) & 0x3F));
    append(0x80 | (code_point & 0x3F));
  } else {
    append(0xF0 | (code_point >> 18));
    append(0x80 | ((code_point >> 12) & 0x3F));
    append(0x80 | ((code_point >> 6) & 0x3F));
    append(0x80 | (code_point & 0x3F));
  }
}

std::string_view beginning(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  if (text.size() <= kLongest)
    return text;
  std::size_t end = kLongest;
  while (end > 0 && (byte_at(text, end) & 0xC0U) == 0x80U)
    --end;
  return text.substr(0, end);
}

std::string shortened(std::string_view text) {
  const std::string_view shown = beginning(text);
  return std::string(shown) + (shown.size() < text.size() ? "…" : "");
}

std::optional<unsigned> hexadecimal_digit(char digit) {
  if (digit >= '0' && digit <= '9')
    return static_cast<unsigned>(digit - '0');
  const char lower = fold(digit);
  if (lower >= 'a' && lower <= 'f')
    return static_cast<unsigned>(lower - 'a') + 10;
  return std::nullopt;
}

PercentDecoded percent_decode(std::string_view text, bool plus_is_space) {
  PercentDecoded decoded;
  decoded.text.reserve(text.size());
  decoded.offsets.reserve(text.size() + 1);
  std::size_t at = 0;
  while (at < text.size()) {
    char byte = text[at];
    std::size_t length = 1;
    if (byte == '%') {
      const auto high = at + 1 < text.size() ? hexadecimal_digit(text[at + 1]) : std::nullopt;
      const auto low = at + 2 < text.size() ? hexadecimal_digit(text[at + 2]) : std::nullopt;
      if (!high || !low) {
        decoded.bad_escape = at;
        break;
      }
      byte = static_cast<char>(*high * 16 + *low);
      length = 3;
    } else if (byte == '+' && plus_is_space) {
      byte = ' ';
    }
    decoded.text.push_back(byte);
    decoded.offsets.push_back(static_cast<std::uint32_t>(at));
    at += length;
  }
  decoded.offsets.push_back(static_cast<std::uint32_t>(at));
  return decoded;
}

}  // namespace grantproof::base
