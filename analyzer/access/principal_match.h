// SPDX-License-Identifier: Apache-2.0
//
// Does a Principal or NotPrincipal element cover this caller, and in which way? The way matters as much as
// the answer: a grant to a session itself is limited by no boundary, a grant to its role is, and a grant to
// its account only hands the question on to the policies of that account.
//
// Source: IAM User Guide, "AWS JSON policy elements: Principal", "NotPrincipal" and "Permissions boundaries
// for IAM entities" (the table of role, session and user ARNs).
#pragma once

#include "access/request.h"
#include "policy/statement.h"

namespace grantproof::access {

// From the weakest way to the strongest.
enum class PrincipalMatch {
  kNone,
  kByAccount,  // the caller's account: delegation to its identity policies
  kByRole,  // the role of a session, the user of a federated session: boundary and session policies limit it
  kDirect,  // the caller itself
  kEveryone,  // "*", and whoever a NotPrincipal leaves
};

// One entry. In a Deny every way counts; an account entry is then all principals of the account.
PrincipalMatch match_principal(const policy::Principal& principal, const Caller& caller);

// The strongest way. `caller_has_boundary`: captured and documented, a Deny with NotPrincipal also denies the
// listed principals where they carry a permissions boundary.
PrincipalMatch match_principal(const policy::PrincipalElement& element, policy::Effect effect,
                               const Caller& caller, bool caller_has_boundary);

// The strongest way in which the caller may be covered, whatever unknown parts stand for: of the entry, of
// the caller. The functions above give the way that is sure.
PrincipalMatch may_match_principal(const policy::Principal& principal, const Caller& caller);
PrincipalMatch may_match_principal(const policy::PrincipalElement& element, policy::Effect effect,
                                   const Caller& caller, bool caller_has_boundary);

// A canonical user id stands for an account that the request does not name: such an element may cover a
// signed caller, and nobody can say.
bool may_cover_unseen(const policy::PrincipalElement& element, const Caller& caller);

// Is the caller (or the role that is asked for) a service-linked role? Those are exempt from SCPs and RCPs.
bool is_service_linked_role(std::string_view role_arn);

}  // namespace grantproof::access
