// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_scan.h"

#include "base/text.h"

namespace grantproof::syntax {
namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at]))
    ++at;
  return at;
}

// What a backslash and this letter stand for; nothing for 'u' and what is no escape.
std::optional<char> simple_escape(char letter) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t index = kLetters.find(letter);
  if (index == std::string_view::npos)
    return std::nullopt;
  return kMeanings[index];
}

// The four digits of \uXXXX at `at`, which points at the backslash.
std::optional<char32_t> unicode_escape(std::string_view text, std::size_t at) {
  if (text.size() - at < 6 || text[at] != '\\' || text[at + 1] != 'u')
    return std::nullopt;
  char32_t value = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const auto digit = base::hexadecimal_digit(text[i]);
    if (!digit)
      return std::nullopt;
    value = value * 16 + *digit;
  }
  return value;
}

bool is_high_surrogate(char32_t value) {
  return value >= 0xD800 && value <= 0xDBFF;
}
bool is_low_surrogate(char32_t value) {
  return value >= 0xDC00 && value <= 0xDFFF;
}

struct Unit {
  StringProblem problem = StringProblem::kNone;
  std::size_t length = 1;  // of the unit, or of the problem, in bytes
  char32_t value = 0;      // of an escape
};

// The escape at `at`, which points at a backslash.
Unit scan_escape(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size())
    return {StringProblem::kEnd, 1, 0};
  if (const auto meaning = simple_escape(text[at + 1]))
    return {StringProblem::kNone, 2, static_cast<char32_t>(*meaning)};
  if (text[at + 1] != 'u')
    return {StringProblem::kEscape, 1 + base::code_point_at(text, at + 1).length, 0};
  const auto first = unicode_escape(text, at);
  if (!first)
    return {StringProblem::kUnicodeEscape, 2, 0};
  if (is_low_surrogate(*first))
    return {StringProblem::kLowSurrogate, 6, 0};
  if (!is_high_surrogate(*first))
    return {StringProblem::kNone, 6, *first};
  const auto second = at + 6 < text.size() ? unicode_escape(text, at + 6) : std::nullopt;
  if (!second || !is_low_surrogate(*second))
    return {StringProblem::kHighSurrogate, 6, 0};
  return {StringProblem::kNone, 12, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00)};
}

}  // namespace

bool is_json_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

std::size_t skip_json_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_json_space(text[at]))
    ++at;
  return at;
}

std::size_t json_number_end(std::string_view text, std::size_t at) {
  const auto byte = [text](std::size_t offset) { return offset < text.size() ? text[offset] : '\0'; };
  std::size_t end = byte(at) == '-' ? at + 1 : at;
  if (!is_digit(byte(end)))
    return at;
  end = byte(end) == '0' ? end + 1 : skip_digits(text, end);
  if (byte(end) == '.' && is_digit(byte(end + 1)))
    end = skip_digits(text, end + 1);
  if (byte(end) == 'e' || byte(end) == 'E') {
    const std::size_t digits = byte(end + 1) == '+' || byte(end + 1) == '-' ? end + 2 : end + 1;
    if (is_digit(byte(digits)))
      end = skip_digits(text, digits);
  }
  return end;
}

bool is_json_number(std::string_view text) {
  return !text.empty() && json_number_end(text, 0) == text.size();
}

StringScan scan_json_string(std::string_view text, std::size_t at, std::string* decoded,
                            std::vector<std::uint32_t>* offsets) {
  const auto note = [offsets](std::size_t offset, std::size_t count) {
    if (offsets != nullptr)
      offsets->insert(offsets->end(), count, static_cast<std::uint32_t>(offset));
  };
  for (++at; at < text.size();) {
    const char byte = text[at];
    if (byte == '"') {
      note(at, 1);
      return {StringProblem::kNone, at, at + 1};
    }
    if (static_cast<unsigned char>(byte) < 0x20)
      return {StringProblem::kControlCharacter, at, at + 1};
    if (byte != '\\') {
      if (decoded != nullptr)
        decoded->push_back(byte);
      note(at++, 1);
      continue;
    }
    const Unit unit = scan_escape(text, at);
    if (unit.problem != StringProblem::kNone)
      return {unit.problem, at, at + unit.length};
    if (decoded != nullptr) {
      const std::size_t before = decoded->size();
      base::append_utf8(*decoded, unit.value);
      note(at, decoded->size() - before);
    }
    at += unit.length;
  }
  return {StringProblem::kEnd, text.size(), text.size()};
}

}  // namespace grantproof::syntax
