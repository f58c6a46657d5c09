// SPDX-License-Identifier: Apache-2.0
//
// Which policies of an estate are to be compared with which of its other version: for estate_difference.h.
//
// What matters is what somebody holds. All policies of one type that one holder has act together, however
// they are called and cut into documents, so they are put together and compared as one; a policy of which
// nobody said who has it is compared with the one at its place. Under conditions of templates that nobody
// could decide, each case is a pair of its own.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "checks/difference.h"
#include "checks/subject.h"
#include "policy/policy.h"
#include "policy/when.h"

namespace grantproof::checks {

// One policy, as somebody holds it.
struct HeldPolicy {
  const policy::Policy* policy = nullptr;  // borrowed; null: it is not there, `absent` says what is missing
  policy::PolicyType type = policy::PolicyType::kIdentity;  // as which it is held
  std::string holder;             // ARN of a principal or resource, id of a unit; empty: nobody said
  std::string place;              // path within the estate
  std::string name;               // of an inline or managed policy; may be empty
  std::vector<std::string> when;  // conditions, all of which have to hold
  std::string absent;
  bool absent_is_named = true;  // a document by its name: absent from both versions, it is the same in both
  base::Span span;              // of the policy, or of what refers to it
};

struct Estate {
  std::vector<HeldPolicy> policies;
  std::set<std::string> principals;  // ARNs of those that are described
};

struct PolicyPair {
  // What is held in one version, put together. Without a policy: what that means for this type, which is that
  // nothing is allowed, or, of types that only limit, that everything is.
  struct Version {
    policy::Policy policy;
    bool there = false;
    base::Span span;                  // of the first document; where none is there, of the other version's
    std::vector<std::string> absent;  // documents that only this version has, and that are not there
  };
  std::size_t number = 0;  // the cases of one policy have the same
  policy::PolicyType type = policy::PolicyType::kIdentity;
  std::string holder;
  std::string name;                 // the holder's ARN, or name and place of a policy that nobody holds
  std::vector<policy::Case> cases;  // in which it is so
  std::string when;                 // they, as text; empty: always
  Version before;
  Version after;
  bool same = false;                // word for word; nothing needs to be asked
  Beside beside = Beside::kOthers;  // of a principal that is gone, or new, nothing else is left
};

// By holder, place, type, name and case.
std::vector<PolicyPair> pair_policies(const Estate& before, const Estate& after);
Subject subject_of(const PolicyPair& pair, const PolicyPair::Version& version);

// "resource policy", "identity policies" of somebody, "identity policy" of which nobody said who has it
std::string_view title(policy::PolicyType type, bool held);

}  // namespace grantproof::checks
