// SPDX-License-Identifier: Apache-2.0
#include "base/unknown_text.h"

#include <algorithm>

namespace grantproof::base {
namespace {

constexpr std::string_view kOpen = "\u2039";
constexpr std::string_view kClose = "\u203A";

bool may_stand(char byte) {
  constexpr std::string_view kSigns = " ._-[]+=@,()";
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         kSigns.find(byte) != std::string_view::npos;
}

}  // namespace

std::string unknown_text(std::string_view what) {
  std::string text(kOpen);
  for (const char byte : what) {
    if (may_stand(byte))
      text += byte;
    else if (!text.ends_with('.'))
      text += '.';
  }
  return text.append(kClose);
}

bool has_unknown(std::string_view text) {
  const std::size_t open = text.find(kOpen);
  return open != std::string_view::npos && text.find(kClose, open) != std::string_view::npos;
}

bool is_unknown_mark(char32_t code_point) {
  return code_point == U'\u2039' || code_point == U'\u203A';
}

bool wholly_unknown(std::string_view text) {
  return text.starts_with(kOpen) && text.find(kClose) == text.size() - kClose.size();
}

std::vector<TextSegment> cut_at_unknowns(std::string_view text) {
  std::vector<TextSegment> segments;
  while (!text.empty()) {
    const std::size_t open = text.find(kOpen);
    const std::size_t close = open == std::string_view::npos ? open : text.find(kClose, open + kOpen.size());
    if (close == std::string_view::npos) {
      segments.push_back({text, false});
      break;
    }
    if (open > 0)
      segments.push_back({text.substr(0, open), false});
    segments.push_back({text.substr(open + kOpen.size(), close - open - kOpen.size()), true});
    text.remove_prefix(close + kClose.size());
  }
  return segments;
}

std::string list_unknowns(std::string_view text) {
  std::vector<std::string_view> names;
  for (const TextSegment& segment : cut_at_unknowns(text)) {
    if (segment.unknown && std::find(names.begin(), names.end(), segment.text) == names.end())
      names.push_back(segment.text);
  }
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    list += i == 0 ? "" : i + 1 == names.size() ? " and " : ", ";
    list += names[i];
  }
  return list;
}

}  // namespace grantproof::base
