// SPDX-License-Identifier: Apache-2.0
//
// Does one statement apply to one request; if not, which element stands in the way; if so, in which way its
// principal covers the caller.
#pragma once

#include <string>

#include "access/principal_match.h"
#include "access/request.h"
#include "policy/policy.h"

namespace grantproof::access {

// A request as statements look at it: converted once, asked many times. Borrows the request.
struct RequestView {
  RequestView(const Request& viewed, bool has_boundary);

  const Request& request;
  std::u16string action;
  std::u16string resource;
  bool caller_has_boundary;
};

// Elements in the order in which they are looked at.
enum class Element { kAction, kResource, kPrincipal, kCondition };
// "Action", "Resource", "Principal", "Condition"
std::string_view name(Element element);

struct StatementResult {
  std::optional<Element>
      mismatch;               // the first element that does not hold; absent where the statement applies
  std::size_t condition = 0;  // kCondition: which line
  PrincipalMatch principal = PrincipalMatch::kNone;  // kNone in policies without principals
  // All but the principal holds, and nobody can say whether the principal covers the caller.
  bool unknown = false;

  bool applies() const { return !mismatch.has_value(); }
};

StatementResult evaluate_statement(const policy::Statement& statement, const policy::Policy& policy,
                                   const RequestView& view);

// For a statement that was not understood: could it apply, as far as its action and resource can be read?
bool might_apply(const policy::Statement& statement, const policy::Policy& policy, const RequestView& view);

}  // namespace grantproof::access
