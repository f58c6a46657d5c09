// SPDX-License-Identifier: Apache-2.0
#include "prover/text_region.h"

#include <algorithm>

#include "prover/line_pieces.h"

namespace grantproof::prover {
namespace {

using patterns::PatternSetId;
using patterns::RegionAnswer;
using patterns::RegionMembers;
using patterns::RegionResult;

const std::vector<policy::ValueTest> kNoTests;

}  // namespace

void TextRegion::in(PatternSetId text) {
  in_.push_back({text, &kNoTests});
}
void TextRegion::out(PatternSetId text) {
  out_.push_back({text, &kNoTests});
}

bool TextRegion::has_typed() const {
  const auto typed = [](const ClosedSet& set) { return !set.typed->empty(); };
  return std::ranges::any_of(in_, typed) || std::ranges::any_of(out_, typed);
}

bool TextRegion::contains(std::string_view value) const {
  const auto holds = [&](const ClosedSet& set) {
    return patterns_->matches(set.text, value) ||
           std::ranges::any_of(*set.typed,
                               [&](const policy::ValueTest& test) { return policy::holds(test, value); });
  };
  return std::ranges::all_of(in_, holds) && std::ranges::none_of(out_, holds);
}

RegionResult TextRegion::find_text_only(bool readable, std::span<const std::string> preferred) const {
  // A set with typed tests is wider than its globs: as an `in` it is left out, as an `out` its globs still
  // count.
  std::vector<PatternSetId> in, out;
  for (const ClosedSet& set : in_) {
    if (set.typed->empty())
      in.push_back(set.text);
  }
  for (const ClosedSet& set : out_)
    out.push_back(set.text);
  return readable ? patterns_->find_readable(in, out, preferred) : patterns_->find(in, out);
}

std::vector<std::string> TextRegion::typed_candidates() const {
  LinePieces pieces;
  for (const ClosedSet& set : in_)
    pieces.add(*set.typed);
  for (const ClosedSet& set : out_)
    pieces.add(*set.typed);
  return pieces.representatives();
}

RegionResult TextRegion::find_typed(std::span<const std::string> preferred) const {
  for (const std::string& value : preferred) {
    if (contains(value))
      return {RegionAnswer::kFound, value};
  }
  for (std::string& value : typed_candidates()) {
    if (contains(value))
      return {RegionAnswer::kFound, std::move(value)};
  }
  // Texts that are no number, date or address, and those that globs ask for.
  const RegionResult text = find_text_only(true, preferred);
  if (text.answer == RegionAnswer::kEmpty)
    return text;
  if (text.answer == RegionAnswer::kFound && contains(text.member))
    return text;
  bool globs_matter = false;
  for (const ClosedSet& set : in_)
    globs_matter |= !patterns_->globs(set.text).empty();
  for (const ClosedSet& set : out_)
    globs_matter |= !patterns_->globs(set.text).empty();
  if (!globs_matter)
    return {RegionAnswer::kEmpty, {}};
  std::vector<PatternSetId> in, out;
  for (const ClosedSet& set : in_) {
    if (set.typed->empty() || !patterns_->globs(set.text).empty())
      in.push_back(set.text);
  }
  for (const ClosedSet& set : out_)
    out.push_back(set.text);
  const RegionMembers members = patterns_->members(in, out, 64);
  for (const std::string& value : members.members) {
    if (contains(value))
      return {RegionAnswer::kFound, value};
  }
  // All that the globs leave was tried.
  if (members.complete)
    return {RegionAnswer::kEmpty, {}};
  return {RegionAnswer::kUndecided, {}};
}

RegionAnswer TextRegion::decide() const {
  if (has_typed())
    return find_typed({}).answer;
  return find_text_only(false, {}).answer;
}

RegionResult TextRegion::find_readable(std::span<const std::string> preferred) const {
  if (has_typed())
    return find_typed(preferred);
  return find_text_only(true, preferred);
}

RegionMembers TextRegion::members(std::size_t limit) const {
  if (has_typed()) {
    RegionMembers result;
    for (std::string& value : typed_candidates()) {
      if (result.members.size() < limit && contains(value))
        result.members.push_back(std::move(value));
    }
    result.answer = result.members.empty() ? RegionAnswer::kUndecided : RegionAnswer::kFound;
    return result;
  }
  std::vector<PatternSetId> in, out;
  for (const ClosedSet& set : in_)
    in.push_back(set.text);
  for (const ClosedSet& set : out_)
    out.push_back(set.text);
  return patterns_->members(in, out, limit);
}

}  // namespace grantproof::prover
