// SPDX-License-Identifier: Apache-2.0
//
// The lexical grammar of JSON (RFC 8259), as far as others than nlohmann's lexer need it: the span tracker,
// the explanation of mistakes, the writer, and positions inside strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::syntax {

// The four characters of JSON white space.
bool is_json_space(char byte);
std::size_t skip_json_space(std::string_view text, std::size_t at);

// The end of the longest number at `at`; `at` itself where there is none.
std::size_t json_number_end(std::string_view text, std::size_t at);
bool is_json_number(std::string_view text);

enum class StringProblem {
  kNone,
  kEnd,               // the text ends inside the string
  kControlCharacter,  // must be escaped
  kEscape,            // a backslash before something that is no escape
  kUnicodeEscape,     // \u without four hexadecimal digits
  kHighSurrogate,     // \ud800 to \udbff with no second half behind it
  kLowSurrogate,      // \udc00 to \udfff with no first half before it
};

// A string with its quotes. With a problem, [problem_begin, end) is where it lies.
struct StringScan {
  StringProblem problem = StringProblem::kNone;
  std::size_t problem_begin = 0;
  std::size_t end = 0;  // behind the closing quote
};

// REQUIRES: text[at] == '"'. With `decoded` and `offsets`, the value and the place in `text` of each of its
// bytes, and of the closing quote, are appended.
StringScan scan_json_string(std::string_view text, std::size_t at, std::string* decoded = nullptr,
                            std::vector<std::uint32_t>* offsets = nullptr);

}  // namespace grantproof::syntax
