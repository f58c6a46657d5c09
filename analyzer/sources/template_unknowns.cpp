// SPDX-License-Identifier: Apache-2.0
#include "sources/template_unknowns.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::sources {
namespace {

std::string_view between_marks_of(std::string_view part) {
  return base::cut_at_unknowns(part).front().text;
}

}  // namespace

std::string UnknownParts::part(std::string_view what, std::string_view identity) {
  const std::string value = fmt::format("{}\n{}", what, identity);
  const auto known = parts_.find(value);
  if (known != parts_.end())
    return known->second;
  std::string text = base::unknown_text(what);
  // As many as have this text already.
  std::size_t& taken = taken_[text];
  while (taken++ > 0) {
    std::string numbered = base::unknown_text(fmt::format("{} ({})", what, taken));
    if (taken_.try_emplace(numbered, 1).second) {
      text = std::move(numbered);
      break;
    }
  }
  parts_.emplace(value, text);
  return text;
}

std::string UnknownParts::word(std::string_view what, std::string_view identity) {
  std::string text = part(what, identity);
  words_.emplace(between_marks_of(text));
  return text;
}

bool UnknownParts::is_word(std::string_view between_marks) const {
  return words_.find(between_marks) != words_.end();
}

std::string without_marks(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  std::string plain;
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    plain += segment.text;
    if (plain.size() > kLongest)
      break;
  }
  if (plain.size() <= kLongest)
    return plain;
  plain.resize(kLongest);
  return plain + "...";
}

bool is_unknown(std::string_view text) {
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(text);
  return segments.size() == 1 && segments.front().unknown;
}

bool is_unknown(const syntax::Node& node) {
  return node.kind == syntax::NodeKind::kString && is_unknown(node.text);
}

}  // namespace grantproof::sources
