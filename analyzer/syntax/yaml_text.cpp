// SPDX-License-Identifier: Apache-2.0
#include "syntax/yaml_text.h"

#include <algorithm>

#include "syntax/json_scan.h"
#include "syntax/string_offsets.h"

namespace grantproof::syntax {
namespace {

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

bool is_flow_indicator(char byte) {
  return byte == ',' || byte == '[' || byte == ']' || byte == '{' || byte == '}';
}

// The closing quote is looked for without decoding: "" cannot stand inside double quotes, '' inside single
// ones is an apostrophe.
std::optional<std::size_t> quoted_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || !text.substr(at).starts_with("''"))
        return at + 1;
      ++at;
    }
  }
  return std::nullopt;
}

}  // namespace

std::size_t skip_yaml_space(std::string_view text, std::size_t at) {
  while (true) {
    at = skip_json_space(text, at);
    const bool comment = at < text.size() && text[at] == '#' && (at == 0 || is_json_space(text[at - 1]));
    if (!comment)
      return at;
    at = line_end(text, at);
  }
}

std::size_t anchor_name_end(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && !is_json_space(text[at]) && !is_flow_indicator(text[at]))
    ++at;
  return at;
}

std::size_t yaml_property_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] != '&' && text[at] != '!'))
    return at;
  if (text[at] == '&')
    return anchor_name_end(text, at);
  if (text.substr(at).starts_with("!<"))
    return std::min(text.find('>', at), text.size() - 1) + 1;
  // ns-tag-char (YAML 1.2, 5.6) and the '!' of handles.
  constexpr std::string_view kTagCharacters =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-#;/?:@&=+$_.~*'()%!";
  return std::min(text.find_first_not_of(kTagCharacters, at), text.size());
}

std::size_t null_word_end(std::string_view text, std::size_t at) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (at > text.size() || !text.substr(at).starts_with(word))
      continue;
    const std::size_t end = at + word.size();
    const std::string_view rest = text.substr(end);
    const std::string_view behind = rest.starts_with(':') ? rest.substr(1) : rest;
    if (behind.empty() || is_json_space(behind[0]) || is_flow_indicator(behind[0]))
      return end;
  }
  return at;
}

std::size_t flow_collection_end(std::string_view text, std::size_t at, char bracket) {
  while (at < text.size()) {
    at = skip_yaml_space(text, at);
    if (at >= text.size())
      break;
    if (text[at] == bracket)
      return at + 1;
    if (text[at] == ',' || text[at] == ':' || text[at] == '?') {
      ++at;
    } else {
      return at;
    }
  }
  return std::min(at, text.size());
}

std::optional<std::size_t> scalar_end(std::string_view text, std::size_t at, std::string_view value) {
  if (at >= text.size())
    return value.empty() ? std::optional<std::size_t>(text.size()) : std::nullopt;
  if (text[at] == '"' || text[at] == '\'')
    return quoted_end(text, at);
  // The ordinary plain scalar stands on one line as it is.
  const bool block = text[at] == '|' || text[at] == '>';
  if (!block && text.substr(at).starts_with(value))
    return at + value.size();
  const auto offsets = yaml_string_offsets(text.substr(at), value);
  if (!offsets)
    return std::nullopt;
  return at + offsets->back();
}

std::optional<std::size_t> first_control_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if ((static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F) || byte == '\t' || byte == '\n')
      continue;
    if (byte != '\r' || !text.substr(at).starts_with("\r\n"))
      return at;
  }
  return std::nullopt;
}

}  // namespace grantproof::syntax
