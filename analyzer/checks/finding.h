// SPDX-License-Identifier: Apache-2.0
//
// What the check engine says about one place of one policy. Made by checks/, printed by reports/. A finding
// with a witness shows a request that was replayed through access/ before the finding was made.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/request.h"
#include "base/diagnostic.h"

namespace grantproof::checks {

// A request that shows the point, in the order in which a person reads it.
struct FindingWitness {
  access::Request request;
  std::string decision;  // "allowed, decided by statement \"PartnerPut\""
  // Rows to show: name and value; keys that the request leaves out are "(absent)", those that do not matter
  // "(any)".
  std::vector<std::pair<std::string, std::string>> rows;
};

struct Finding {
  std::string rule;  // "GP2001"
  std::string slug;  // "putevents-open-to-all"
  base::Severity severity = base::Severity::kError;
  std::string message;
  base::Label primary;
  std::vector<base::Label> secondary;
  std::optional<FindingWitness> witness;
  std::vector<std::string> assumed;  // one clause each
  std::string help;
  std::vector<std::string> remedy_lines;  // text to add, shown after `help` with a '+' each
  std::string statement;    // Sid or "statement 3"; empty where the finding is about the document
  std::string fingerprint;  // stable over reformatting; 32 hex digits
  bool suppressed = false;
  std::string suppression_reason;
};

enum class VerdictKind { kProved, kRefuted, kUndecided };
// "proved", "refuted", "undecided"
std::string_view name(VerdictKind kind);

// One question that was asked, for summaries, JSON and the lists of `prove`.
struct ClaimResult {
  std::string claim;    // rule id with slug, or the claim's own name
  std::string subject;  // the policy: path, with what it is attached to where known
  VerdictKind verdict = VerdictKind::kUndecided;
  std::string reason;                     // kUndecided: why
  std::vector<base::Label> rests_on;      // kProved: statements
  std::optional<FindingWitness> witness;  // kRefuted
};

}  // namespace grantproof::checks
