// SPDX-License-Identifier: Apache-2.0
#include "prover/action_choice.h"

#include <algorithm>
#include <bit>

#include "logic/formats.h"

namespace grantproof::prover {

bool ActionsLeft::empty() const {
  return unknown.empty() && !undecided &&
         std::ranges::all_of(bits, [](std::uint64_t word) { return word == 0; });
}

std::size_t ActionsLeft::count() const {
  std::size_t count = unknown.size();
  for (std::uint64_t word : bits)
    count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

namespace {

// A text of the region that is no action of the reference: those have resources that are known.
patterns::RegionResult find_new(logic::SymbolicRequest& request,
                                std::span<const patterns::PatternSetId> inside,
                                std::vector<patterns::PatternSetId> outside) {
  constexpr std::size_t kMostKnown = 64;
  for (std::size_t i = 0; i < kMostKnown; ++i) {
    patterns::RegionResult found = request.patterns().find(inside, outside);
    if (found.answer != patterns::RegionAnswer::kFound || !request.reference().find_action(found.member))
      return found;
    outside.push_back(request.patterns().intern({patterns::Glob().literal(found.member, true)}));
  }
  return {};
}

}  // namespace

ActionsLeft actions_left(logic::SymbolicRequest& request, std::span<const logic::ActionSetId> in,
                         std::span<const logic::ActionSetId> out) {
  const std::size_t actions = request.reference().action_count();
  ActionsLeft left;
  left.bits.assign((actions + 63) / 64, ~0ULL);
  if (actions % 64 != 0)
    left.bits.back() = (1ULL << (actions % 64)) - 1;
  for (logic::ActionSetId set : in) {
    const auto& bits = request.action_set(set).bits;
    for (std::size_t i = 0; i < left.bits.size(); ++i)
      left.bits[i] &= bits[i];
  }
  for (logic::ActionSetId set : out) {
    const auto& bits = request.action_set(set).bits;
    for (std::size_t i = 0; i < left.bits.size(); ++i)
      left.bits[i] &= ~bits[i];
  }
  if (request.unknown_actions().empty())
    return left;
  // Names beyond the reference: any text that the patterns leave.
  std::vector<patterns::PatternSetId> inside, outside;
  for (logic::ActionSetId set : in)
    inside.push_back(request.action_text(set));
  for (logic::ActionSetId set : out)
    outside.push_back(request.action_text(set));
  patterns::PatternStore& patterns = request.patterns();
  for (const auto& action : request.unknown_actions()) {
    inside.push_back(action.text);
    const patterns::RegionResult found =
        action.unknown_pattern.empty() ? patterns.find(inside, outside) : find_new(request, inside, outside);
    const auto has_example = [&](patterns::PatternSetId set) {
      return patterns.matches(set, action.example);
    };
    const bool example_fits =
        std::ranges::all_of(inside, has_example) && std::ranges::none_of(outside, has_example);
    inside.pop_back();
    if (found.answer == patterns::RegionAnswer::kFound)
      left.unknown.push_back(example_fits ? action.example : found.member);
    left.undecided |= found.answer == patterns::RegionAnswer::kUndecided;
  }
  return left;
}

ActionGroups::ActionGroups(const aws::Reference& reference) {
  std::map<std::pair<std::vector<aws::ResourceTypeId>, bool>, std::uint32_t> known;
  group_of.resize(reference.action_count());
  for (aws::ActionId action = 0; action < reference.action_count(); ++action) {
    Group group;
    bool required = false;
    for (const aws::ResourceUse& use : reference.resources_of(action)) {
      group.types.push_back(use.type);
      required |= use.required;
    }
    std::ranges::sort(group.types);
    group.star = !required;
    const auto [at, inserted] =
        known.emplace(std::make_pair(group.types, group.star), static_cast<std::uint32_t>(groups.size()));
    if (inserted)
      groups.push_back(std::move(group));
    groups[at->second].actions.push_back(action);
    group_of[action] = at->second;
  }
}

std::shared_ptr<const ActionGroups> ActionGroups::of(const aws::Reference& reference) {
  if (&reference != &aws::Reference::embedded())
    return std::make_shared<const ActionGroups>(reference);
  static const std::shared_ptr<const ActionGroups> kEmbedded =
      std::make_shared<const ActionGroups>(reference);
  return kEmbedded;
}

ResourceFormats::ResourceFormats(const aws::Reference& reference)
    : reference_(&reference), groups_(ActionGroups::of(reference)), formats_(groups_->groups.size()) {}

std::vector<std::uint32_t> ResourceFormats::groups_left(const ActionsLeft& actions) const {
  std::vector<bool> seen(groups_->groups.size());
  std::vector<std::uint32_t> groups;
  for (std::size_t word = 0; word < actions.bits.size(); ++word) {
    for (std::uint64_t bits = actions.bits[word]; bits != 0; bits &= bits - 1) {
      const auto action =
          static_cast<aws::ActionId>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      const std::uint32_t group = groups_->group_of[action];
      if (seen[group])
        continue;
      seen[group] = true;
      groups.push_back(group);
    }
  }
  return groups;
}

patterns::PatternSetId ResourceFormats::any_resource(patterns::PatternStore& patterns) {
  using patterns::UnitClass;
  patterns::Glob arn = logic::arn_start();
  logic::some_units(arn, UnitClass::kLowerAlnum).literal(":").run(UnitClass::kLowerAlnum).literal(":");
  arn.run(UnitClass::kLowerAlnum).literal(":");
  logic::some_units(arn, UnitClass::kAny);
  return patterns.intern({arn, patterns::Glob().literal("*")});
}

std::vector<patterns::Glob> ResourceFormats::globs(std::uint32_t group) const {
  std::vector<patterns::Glob> globs;
  for (aws::ResourceTypeId type : groups_->groups[group].types) {
    std::vector<patterns::Glob> format = logic::resource_format(reference_->arn_format(type));
    globs.insert(globs.end(), format.begin(), format.end());
  }
  if (groups_->groups[group].star)
    globs.push_back(patterns::Glob().literal("*"));
  return globs;
}

patterns::PatternSetId ResourceFormats::format(std::uint32_t group, patterns::PatternStore& patterns) {
  if (!formats_[group])
    formats_[group] = patterns.intern(globs(group));
  return *formats_[group];
}

patterns::PatternSetId ResourceFormats::format(const std::vector<std::uint32_t>& groups,
                                               patterns::PatternStore& patterns) {
  if (groups.size() == 1)
    return format(groups.front(), patterns);
  if (const auto known = unions_.find(groups); known != unions_.end())
    return known->second;
  std::vector<patterns::Glob> all;
  for (std::uint32_t group : groups) {
    std::vector<patterns::Glob> part = globs(group);
    all.insert(all.end(), part.begin(), part.end());
  }
  return unions_.emplace(groups, patterns.intern(std::move(all))).first->second;
}

}  // namespace grantproof::prover
