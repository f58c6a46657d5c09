// SPDX-License-Identifier: Apache-2.0
//
// Strings that a person would write, as proposals: nothing here decides whether a string is in a set.
// Internal to patterns/; the PatternStore tests every proposal.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/glob.h"

namespace grantproof::patterns {

// The glob with ordinary words in place of its wildcards, most natural first: "example" for a run,
// "111122223333" for twelve digits, a region where an ARN has its region.
std::vector<std::u16string> readable_fillings(const Glob& glob);

// How much of the glob is text: proposals of the most specific glob come first.
std::size_t specificity(const Glob& glob);

// The string with ordinary words in place of its parts that nobody would write, as far as `accepted` allows:
// "com.partner." -> "com.partner.example", "arn:aws:events:0:000000000000:…" -> "arn:aws:events:us-east-1:…".
std::u16string with_ordinary_parts(std::u16string word,
                                   const std::function<bool(std::u16string_view)>& accepted);

}  // namespace grantproof::patterns
