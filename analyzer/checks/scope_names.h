// SPDX-License-Identifier: Apache-2.0
//
// Scopes of a claim: which accounts and organisations they stand for, given the facts, the policy and what it
// is attached to. Resolved once for each claim and policy; the formula and its concrete twin walk the same
// lists.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/subject.h"

namespace grantproof::checks {

// organization, accounts, partners, own-account, named, an account id, an organisation id
bool is_scope(std::string_view name);

// Accounts and organisations may be unknown texts: those that they stand for.
struct ResolvedScope {
  std::vector<std::string> accounts;       // sorted, distinct
  std::vector<std::string> organizations;  // sorted, distinct
  bool owner = false;                      // the account that owns the resource, which nobody knows here
  // With `owner`: or it is this account, if the text with an unknown part says so as well.
  std::string perhaps_owner;
  std::string perhaps_because;
};

// Who the names are: callers, or owners of resources (`named` looks at other places for them).
enum class ScopeOf { kPrincipals, kResources };
ResolvedScope resolve_scope(std::span<const std::string> names, ScopeOf of, const Subject& subject,
                            const logic::Facts& facts);

// The account of what the policy is attached to or, where nobody said, of its Resource ARNs when they agree.
struct OwnAccount {
  std::string account;
  std::string because;  // whether they agree depends on this Resource; empty: they do
};
std::optional<OwnAccount> own_account(const Subject& subject);

// What the policy lets in by name: entries of Principal and values of conditions, in Allow statements; in
// Deny statements what NotPrincipal and negated conditions leave out.
ResolvedScope named_principals(const policy::Policy& policy);
// Owners of resources that the policy names, in the same places of Resource and its conditions.
ResolvedScope named_owners(const policy::Policy& policy);

}  // namespace grantproof::checks
