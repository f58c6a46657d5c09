// SPDX-License-Identifier: Apache-2.0
//
// The meaning of a glob in the plainest words, to compare with: recursion over tokens, exponential at the
// worst, no part shared with the product code but lower() and in_class().
#pragma once

#include <span>
#include <string_view>

#include "patterns/glob.h"

namespace grantproof::patterns::testing {

inline bool naive_matches(std::span<const GlobToken> tokens, std::u16string_view subject) {
  if (tokens.empty()) {
    return subject.empty();
  }
  const GlobToken& token = tokens.front();
  if (token.kind == GlobToken::Kind::kRun) {
    return naive_matches(tokens.subspan(1), subject) ||
           (!subject.empty() && in_class(subject.front(), token.unit_class) &&
            naive_matches(tokens, subject.substr(1)));
  }
  if (subject.empty()) {
    return false;
  }
  const char16_t unit = subject.front();
  const bool takes = token.kind == GlobToken::Kind::kOne ? in_class(unit, token.unit_class)
                     : token.fold                        ? lower(unit) == token.unit
                                                         : unit == token.unit;
  return takes && naive_matches(tokens.subspan(1), subject.substr(1));
}

inline bool naive_matches(const Glob& glob, std::u16string_view subject) {
  return naive_matches(glob.tokens(), subject);
}

}  // namespace grantproof::patterns::testing
