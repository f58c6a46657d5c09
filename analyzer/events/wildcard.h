// SPDX-License-Identifier: Apache-2.0
//
// The language of {"wildcard": …}: '*' is any text, also none; "\*" and "\\" are those characters; everything
// else, '?' and brackets too, stands for itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace grantproof::events {

struct WildcardMistake {
  enum class Kind { kTwoStars, kEscape };
  Kind kind = Kind::kTwoStars;
  std::size_t at = 0;  // of the second star, or of the backslash
};
// The first mistake of a pattern; nothing where it is one.
std::optional<WildcardMistake> find_wildcard_mistake(std::string_view pattern);

// REQUIRES: a pattern without mistakes.
bool wildcard_matches(std::string_view pattern, std::string_view text);

// How many beginnings of the pattern one text can match, for the worst text there is: "*a*" has "*", "*a" and
// "*a*", which "xa" matches. The service refuses a rule as too complex by a score of this kind (the reference
// engine's documentation: how many rule prefixes match a theoretical worst-case event); what it counts is not
// published. This score is 11 for "*:*:*:*:*:event-bus/*", which it refuses; the highest score seen accepted
// is 7. REQUIRES: a pattern without mistakes.
std::size_t wildcard_complexity(std::string_view pattern);
// Inferred from the reference engine's documentation: not more than this is accepted.
inline constexpr std::size_t kWildcardComplexityLimit = 10;

}  // namespace grantproof::events
