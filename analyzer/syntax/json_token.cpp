// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_token.h"

#include <fmt/format.h>

#include "base/text.h"
#include "syntax/json_scan.h"

namespace grantproof::syntax {
namespace {

std::string describe_code_point(char32_t value, std::string_view text) {
  if (value < 0x20 || value == 0x7F)
    return fmt::format("the control character U+{:04X}", static_cast<unsigned>(value));
  if (value < 0x7F)
    return fmt::format("'{}'", text);
  if (base::display_width(value) == 0 || value == 0xA0)
    return fmt::format("the invisible character U+{:04X}", static_cast<unsigned>(value));
  return fmt::format("'{}' (U+{:04X})", text, static_cast<unsigned>(value));
}

}  // namespace

bool is_word_byte(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         byte == '_' || byte == '-' || byte == '+' || byte == '.' || byte == '$';
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word_byte(text[at]))
    ++at;
  return at;
}

Scanned scan_token(std::string_view text, std::size_t at) {
  if (at >= text.size())
    return {Token::kEnd, text.size(), text.size()};
  switch (text[at]) {
    case '{':
    case '[':
      return {Token::kOpen, at, at + 1};
    case '}':
    case ']':
      return {Token::kClose, at, at + 1};
    case ',':
      return {Token::kComma, at, at + 1};
    case ':':
      return {Token::kColon, at, at + 1};
    case '"':
      return {Token::kString, at, scan_json_string(text, at).end};
    default:
      break;
  }
  const std::size_t end = word_end(text, at);
  if (end == at)
    return {Token::kOther, at, at + base::code_point_at(text, at).length};
  return {json_number_end(text, at) == end ? Token::kNumber : Token::kWord, at, end};
}

std::string describe_token(std::string_view text, const Scanned& scanned) {
  const std::string_view token = text.substr(scanned.begin, scanned.end - scanned.begin);
  switch (scanned.token) {
    case Token::kEnd:
      return "the end of the text";
    case Token::kString:
      return fmt::format("the string {}", shortened_token(token));
    case Token::kNumber:
      return fmt::format("the number {}", shortened_token(token));
    case Token::kWord:
      return shortened_token(token);
    default:
      return describe_code_point(base::code_point_at(token, 0).value, token);
  }
}

std::string shortened_token(std::string_view token) {
  constexpr std::size_t kMostCodePoints = 32;
  std::size_t at = 0;
  for (std::size_t count = 0; at < token.size(); ++count) {
    if (count == kMostCodePoints)
      return fmt::format("{}...", token.substr(0, at));
    at += base::code_point_at(token, at).length;
  }
  return std::string(token);
}

std::string quoted(std::string_view text) {
  return "`" + base::shortened(text) + "`";
}

}  // namespace grantproof::syntax
