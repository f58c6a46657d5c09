// SPDX-License-Identifier: Apache-2.0
//
// Which actions are left, and which resources each of them accepts: the side condition that ties action and
// resource together in every real request.
//
// Actions fall into groups that accept the same ARN formats; the groups of a reference are made once and
// kept.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "logic/symbolic_request.h"

namespace grantproof::prover {

// Actions of the reference as bits, and names for those that the reference does not know.
struct ActionsLeft {
  std::vector<std::uint64_t> bits;
  std::vector<std::string> unknown;
  bool undecided =
      false;  // whether there are such is not known: more automaton states than the budget allows
  bool empty() const;
  std::size_t count() const;
};

// Actions in every set of `in` and in none of `out`.
ActionsLeft actions_left(logic::SymbolicRequest& request, std::span<const logic::ActionSetId> in,
                         std::span<const logic::ActionSetId> out);

// The groups of a reference. Those of the embedded one are made once in the program: an estate has a prover
// for each of its policies.
struct ActionGroups {
  explicit ActionGroups(const aws::Reference& reference);
  static std::shared_ptr<const ActionGroups> of(const aws::Reference& reference);

  struct Group {
    std::vector<aws::ResourceTypeId> types;  // sorted
    bool star = false;                       // evaluated against "*"
    std::vector<aws::ActionId> actions;      // ascending
  };
  std::vector<Group> groups;
  std::vector<std::uint32_t> group_of;  // by action
};

class ResourceFormats {
 public:
  explicit ResourceFormats(const aws::Reference& reference);

  using Group = ActionGroups::Group;
  std::span<const Group> groups() const { return groups_->groups; }
  std::uint32_t group_of(aws::ActionId action) const { return groups_->group_of[action]; }
  // Groups that have an action left, in order.
  std::vector<std::uint32_t> groups_left(const ActionsLeft& actions) const;
  // ARNs that the group accepts.
  patterns::PatternSetId format(std::uint32_t group, patterns::PatternStore& patterns);
  // The union over several groups; remembered.
  patterns::PatternSetId format(const std::vector<std::uint32_t>& groups, patterns::PatternStore& patterns);
  // What ARNs of any service look like, and "*".
  static patterns::PatternSetId any_resource(patterns::PatternStore& patterns);

 private:
  std::vector<patterns::Glob> globs(std::uint32_t group) const;

  const aws::Reference* reference_;
  std::shared_ptr<const ActionGroups> groups_;
  std::vector<std::optional<patterns::PatternSetId>> formats_;
  std::map<std::vector<std::uint32_t>, patterns::PatternSetId> unions_;
};

}  // namespace grantproof::prover
