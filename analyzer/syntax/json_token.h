// SPDX-License-Identifier: Apache-2.0
//
// The tokens of a text that is not quite JSON, and how messages say and quote them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace grantproof::syntax {

enum class Token {
  kEnd,
  kString,  // also one with a mistake in it, or without its closing quote
  kNumber,
  kWord,  // true, false, null, and every other run of letters, digits and signs
  kOpen,
  kClose,
  kComma,
  kColon,
  kOther,
};

struct Scanned {
  Token token = Token::kOther;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The token at `at`, which is behind white space.
Scanned scan_token(std::string_view text, std::size_t at);

bool is_word_byte(char byte);
std::size_t word_end(std::string_view text, std::size_t at);

// "the string \"a\"", "']'", "the end of the text"
std::string describe_token(std::string_view text, const Scanned& scanned);

// A token in a message, up to a length at which people recognise it.
std::string shortened_token(std::string_view token);

// "`text`", for messages; the beginning of a long text.
std::string quoted(std::string_view text);

}  // namespace grantproof::syntax
