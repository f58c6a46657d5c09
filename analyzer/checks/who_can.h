// SPDX-License-Identifier: Apache-2.0
//
// Who can do this, or can this one: an action and a resource asked of all policies at hand.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checks/finding.h"
#include "checks/subject.h"

namespace grantproof::checks {

struct CanQuestion {
  std::string action;                  // a name, or a pattern with '*'
  std::string resource;                // an ARN, or a pattern with '*'; "*" for actions without resources
  std::optional<std::string> by;       // ARN of a caller; service name; "anonymous"; absent: who
  std::optional<std::string> outside;  // organisation id or account id: only callers outside it
};

struct CanAnswer {
  VerdictKind verdict = VerdictKind::kUndecided;  // kRefuted: yes, somebody can; kProved: nobody can
  std::string reason;                             // kUndecided; or why not
  struct Way {
    std::string who;  // "any principal outside o-exampleorgid, when events:source matches com.partner.*"
    base::Label statement;
    std::string statement_name;
    FindingWitness witness;
  };
  std::vector<Way> ways;
  std::vector<std::string> assumptions;
};

// Identity policies are those of `by` (of the caller, whoever it is, without it); resource, trust and key
// policies are those of the resource; boundaries, session policies, SCPs, RCPs and endpoint policies apply to
// every caller. Without an identity policy among the subjects a caller of another account is assumed to be
// allowed by its own.
CanAnswer who_can(std::span<const Subject> subjects, const CanQuestion& question, const World& world);
std::string who_can_smt2(std::span<const Subject> subjects, const CanQuestion& question, const World& world);

}  // namespace grantproof::checks
