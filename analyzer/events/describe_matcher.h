// SPDX-License-Identifier: Apache-2.0
//
// Matchers and strings of events in words, for traces and explanations.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "events/matcher.h"

namespace grantproof::events {

// `"placed"`, `prefix "com."`, `> 5 and <= 10`, `anything but "a", "b"`
std::string describe(const Matcher& matcher);

// A string in a sentence: as JSON, the beginning of a long one.
std::string shown(std::string_view text);

// `"a", "b" and 7 more`: the first few of a list of `count`.
template <typename List, typename Write>
std::string first_few(const List& list, std::size_t few, std::size_t count, const Write& write) {
  std::string text;
  for (std::size_t i = 0; i < std::min(list.size(), few); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", write(list[i]));
  if (count > few)
    text += fmt::format(" and {} more", count - few);
  return text;
}

}  // namespace grantproof::events
