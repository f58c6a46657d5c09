// SPDX-License-Identifier: Apache-2.0
//
// Does one statement apply to one request; if not, which element stands in the way; if so, in which way its
// principal covers the caller.
#pragma once

#include <string>

#include "access/principal_match.h"
#include "access/request.h"
#include "access/truth.h"
#include "policy/policy.h"

namespace grantproof::access {

// A request as statements look at it: converted once, asked many times. Borrows the request.
struct RequestView {
  RequestView(const Request& viewed, bool has_boundary);

  const Request& request;
  std::u16string action;
  std::u16string resource;
  bool some_unknown;    // the resource or the context has unknown parts
  bool caller_unknown;  // so has the caller
  bool caller_has_boundary;
};

// Elements in the order in which they are looked at.
enum class Element { kAction, kResource, kPrincipal, kCondition };
// "Action", "Resource", "Principal", "Condition"
std::string_view name(Element element);

struct StatementResult {
  // The first element that does not hold, whatever unknown parts stand for.
  std::optional<Element> mismatch;
  std::size_t condition = 0;                         // kCondition: which line
  PrincipalMatch principal = PrincipalMatch::kNone;  // the way that is sure; kNone without principals
  PrincipalMatch principal_at_most = PrincipalMatch::kNone;
  // All but the principal holds, and nobody can say whether the principal covers the caller.
  bool unknown = false;
  // Without a mismatch: yes, or unknown where it depends on unknown parts.
  Truth rest = true;

  Truth applies() const { return mismatch.has_value() ? Truth(false) : rest; }
};

StatementResult evaluate_statement(const policy::Statement& statement, const policy::Policy& policy,
                                   const RequestView& view);

// For a statement that was not understood or has unknown parts: could it apply, as far as its action and
// resource can be read?
bool might_apply(const policy::Statement& statement, const policy::Policy& policy, const RequestView& view);

}  // namespace grantproof::access
