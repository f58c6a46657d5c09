// SPDX-License-Identifier: Apache-2.0
//
// A claim of an organisation or of a rule, in IAM's own vocabulary: a region of requests, written like a
// statement, that must never be allowed, or the only region that may be. docs/reference/claims-file.md is its
// reference.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "checks/finding.h"
#include "checks/subject.h"
#include "syntax/node.h"

namespace grantproof::checks {

// Who: IAM principals, or everyone outside (inside) a scope.
struct PrincipalScope {
  std::vector<std::string> named;                   // "*", ARNs, account ids, service names: as written
  std::optional<policy::PrincipalElement> element;  // the same, read
  std::vector<std::string> outside;  // organization, accounts, partners, own-account, named, or an id
  std::vector<std::string> inside;
  bool any() const { return named.empty() && outside.empty() && inside.empty(); }
};

// Whose: resources by the account that owns them.
struct ResourceScope {
  std::vector<std::string> outside;  // as for principals; own-account is the caller's account
  std::vector<std::string> inside;
  std::vector<std::string>
      without_facts;  // in place of `outside` where neither accounts nor partners are known
  bool any() const { return outside.empty() && inside.empty() && without_facts.empty(); }
};

struct ClaimRegion {
  PrincipalScope principal;
  std::vector<policy::Text> action, not_action;
  std::vector<policy::Text> resource, not_resource;
  ResourceScope resource_scope;
  std::vector<policy::Condition> conditions;
  base::Span span;
};

struct Claim {
  std::string name;
  std::vector<std::string> applies_to;  // "event-bus", "identity", "trust", "queue", …; empty: every policy
  std::optional<ClaimRegion> never_allowed;
  std::optional<ClaimRegion> only_allowed;
  std::vector<std::string> requires_facts;  // facts of which one must be known, or the claim is not asked
  std::string unless;                       // rule id: not reported where that one is
};

// The claims of a YAML or JSON document {claims: [...]}; mistakes go to the sink.
std::vector<Claim> read_claims(const syntax::Node& node, base::DiagnosticSink& sink);
// One claim, from a mapping (front matter of a rule page).
std::optional<Claim> read_claim(const syntax::Node& node, std::string name, base::DiagnosticSink& sink);

// Each claim against each policy it applies to. Throws prover::InternalError.
std::vector<ClaimResult> prove_claims(std::span<const Claim> claims, std::span<const Subject> subjects,
                                      const World& world);
std::string claim_smt2(const Claim& claim, std::span<const Subject> subjects, const World& world);

}  // namespace grantproof::checks
