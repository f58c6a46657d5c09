// SPDX-License-Identifier: Apache-2.0
//
// An action and a resource that it accepts.
#include <algorithm>

#include "aws/arn.h"
#include "prover/theory_check.h"

namespace grantproof::prover {

using logic::AttributeId;
using logic::Literal;
using patterns::RegionAnswer;
using patterns::RegionResult;

TheoryCheck::Outcome TheoryCheck::solve_action_and_resource(Closing closing) {
  std::vector<logic::ActionSetId> in, out;
  for (const Literal& literal : action_literals_) {
    (literal.positive ? in : out).push_back(atom(literal).actions);
  }
  const ActionsLeft left = actions_left(request_, in, out);
  if (left.empty()) {
    // Drop what is not needed for the conflict.
    std::vector<Literal> needed = action_literals_;
    for (std::size_t i = needed.size(); i-- > 0;) {
      std::vector<logic::ActionSetId> fewer_in, fewer_out;
      for (std::size_t j = 0; j < needed.size(); ++j) {
        if (j != i)
          (needed[j].positive ? fewer_in : fewer_out).push_back(atom(needed[j]).actions);
      }
      if (actions_left(request_, fewer_in, fewer_out).empty()) {
        needed.erase(needed.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    return {TheoryAnswer::kConflict, std::move(needed), {}, {}};
  }

  const AttributeId resource = request_.resource();
  const auto on_resource = by_root_.find(resource);
  static const std::vector<Literal> kNone;
  const std::vector<Literal>& literals = on_resource == by_root_.end() ? kNone : on_resource->second;
  const TextRegion wide = region(resource, literals, closing);
  const RegionResult sample = wide.find_readable(preferred(resource));
  if (sample.answer == RegionAnswer::kEmpty) {
    return {TheoryAnswer::kConflict, shrink(resource, literals, closing), {}, {}};
  }
  if (sample.answer == RegionAnswer::kUndecided) {
    return {TheoryAnswer::kUnknown, {}, "the patterns on the resource exceed the budget", {}};
  }

  // Groups of the service that the sample names first: most likely they fit.
  std::vector<std::uint32_t> groups = theory_.formats_->groups_left(left);
  if (const auto arn = aws::parse_arn(sample.member); arn && groups.size() > 4) {
    if (const auto service = request_.reference().find_service(arn->service)) {
      const auto [first, last] = request_.reference().actions_of(*service);
      std::vector<bool> of_service(theory_.formats_->groups().size());
      for (aws::ActionId action = first; action < last; ++action) {
        of_service[theory_.formats_->group_of(action)] = true;
      }
      std::stable_partition(groups.begin(), groups.end(),
                            [&](std::uint32_t group) { return of_service[group]; });
    }
  }
  bool undecided = false;
  for (std::uint32_t group : groups) {
    TextRegion region = wide;
    region.in(theory_.formats_->format(group, request_.patterns()));
    const RegionAnswer answer = region.decide();
    undecided |= answer == RegionAnswer::kUndecided;
    if (answer != RegionAnswer::kFound)
      continue;
    const auto& actions = theory_.formats_->groups()[group].actions;
    const auto is_left = [&](aws::ActionId action) {
      return (left.bits[action / 64] >> (action % 64) & 1U) != 0;
    };
    assignment_.action = request_.reference().action(*std::ranges::find_if(actions, is_left));
    if (closing == Closing::kRelaxed)
      return {TheoryAnswer::kFound, {}, {}, {}};
    assignment_.texts[resource] = region.find_readable(preferred(resource)).member;
    return {TheoryAnswer::kFound, {}, {}, {}};
  }
  if (!left.unknown.empty()) {
    // Nobody knows which resources an action that the reference does not have accepts: any ARN, or "*".
    TextRegion region = wide;
    region.in(theory_.formats_->any_resource(request_.patterns()));
    const RegionResult found = region.find_readable(preferred(resource));
    undecided |= found.answer == RegionAnswer::kUndecided;
    if (found.answer == RegionAnswer::kFound) {
      assignment_.action = left.unknown.front();
      assignment_.texts[resource] = found.member;
      return {TheoryAnswer::kFound, {}, {}, {}};
    }
  }
  if (undecided || left.undecided)
    return {TheoryAnswer::kUnknown, {}, "the patterns on the resource exceed the budget", {}};
  std::vector<Literal> conflict = action_literals_;
  conflict.insert(conflict.end(), literals.begin(), literals.end());
  return {TheoryAnswer::kConflict, std::move(conflict), {}, {}};
}

}  // namespace grantproof::prover
