// SPDX-License-Identifier: Apache-2.0
//
// Names of services, actions and condition keys compared without regard to case. They are ASCII, so the
// locale and Unicode have no say. Inline, since look-ups are asked for every pattern of every policy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace grantproof::aws {

constexpr char fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Less than, equal to or greater than zero; bytes compare as unsigned.
inline int compare_folded(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (a[i] == b[i])
      continue;
    const auto x = static_cast<unsigned char>(fold(a[i]));
    const auto y = static_cast<unsigned char>(fold(b[i]));
    if (x != y)
      return x < y ? -1 : 1;
  }
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

// "aws:PrincipalTag/${TagKey}" is known as "aws:PrincipalTag/"; a placeholder elsewhere stays in the name.
inline std::string_view canonical_key(std::string_view name) {
  return name.ends_with('}') ? name.substr(0, name.rfind("${")) : name;
}

// '*' and '?', without regard to case. Only the last '*' is ever tried again, so the cost is at most
// |pattern|·|text|.
inline bool glob_matches_folded(std::string_view pattern, std::string_view text) {
  // Most patterns end in '*' or are refused by their last letter.
  const char last = pattern.empty() ? '*' : pattern.back();
  if (last != '*' && (text.empty() || (last != '?' && fold(last) != fold(text.back()))))
    return false;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      if (p == pattern.size())
        return true;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || fold(pattern[p]) == fold(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

}  // namespace grantproof::aws
