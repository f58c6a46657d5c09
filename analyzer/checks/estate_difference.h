// SPDX-License-Identifier: Apache-2.0
//
// What a new version of an estate (a template, a plan, a dump, a folder) allows that the old one did not, and
// the reverse: one Difference for each pair of policy_pairs.h.
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "checks/difference.h"
#include "checks/policy_pairs.h"
#include "checks/subject.h"

namespace grantproof::checks {

struct EstateDifference {
  // Something that a source lacks.
  struct Gap {
    bool of_new = false;
    std::string message;
    base::Span span;
    bool about_policies = true;  // there may be policies that nobody has seen
  };
  std::vector<PolicyPair> pairs;
  std::vector<Difference> differences;  // one for each pair
  std::vector<Gap> gaps;
  std::vector<std::string> assumptions;
};

enum class Change { kSame, kLess, kMore, kUndecided };
Change change_of(const Difference& difference);  // more: also where something else is taken away
// No pair allows more, all are decided, and no policy is unseen.
bool allows_nothing_more(const EstateDifference& difference);

// Pairs and their differences, on world.jobs threads; cases in which the same changes are one pair. Other
// policies may allow, too: a Deny that is gone adds, and one that is new takes away, whatever its own policy
// allows.
EstateDifference compare(const Estate& before, const Estate& after, const World& world);

}  // namespace grantproof::checks
