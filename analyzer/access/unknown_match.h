// SPDX-License-Identifier: Apache-2.0
//
// Texts with unknown parts (base/unknown_text.h) against patterns and against one another.
//
// An unknown part of a policy may stand for any text. One of a request stands for what a real request has at
// that place: no wildcards, and no more fields than are written. Neither stands for what grantproof makes up
// for its witnesses, which is to be somebody or something that nobody named.
#pragma once

#include <string_view>

#include "access/truth.h"
#include "patterns/glob.h"

namespace grantproof::access {

// Is the subject in the set, whatever the unknown parts of both stand for? `glob` is of
// Substitution::unknown_as_written.
bool surely_matches(const patterns::Glob& glob, std::string_view subject);
// Could it be? `glob` has any text for an unknown part.
bool possibly_matches(const patterns::Glob& glob, std::string_view subject);

// It depends on the unknown parts of one or both.
Truth depends_on_either(std::string_view a, std::string_view b);

// Are the two texts one text? Both without wildcards.
Truth same_text(std::string_view a, std::string_view b);

// The account that witnesses come from whom nobody named, and the word in names that nobody wrote.
inline constexpr std::string_view kMadeUpAccount = "999999999999";
inline constexpr std::string_view kMadeUpWord = "unlisted";
bool is_made_up(std::string_view text);

}  // namespace grantproof::access
