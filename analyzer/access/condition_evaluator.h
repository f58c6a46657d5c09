// SPDX-License-Identifier: Apache-2.0
//
// One line of a Condition block on one request context. Neither this nor its symbolic twin knows an operator
// by name: they walk the rows of policy/condition_operators.h.
//
//   Null           is the key absent, or present, as one of the values says
//   no values      matches no request that has the key; a missing key counts only with IfExists or
//   ForAllValues key missing    IfExists and ForAllValues hold; ForAnyValue does not; without a qualifier the
//   negated ones hold ForAllValues   every request value passes (so does an empty set); a single-valued key
//   is a set of one ForAnyValue    some request value passes otherwise      the one request value passes; a
//   multivalued key never does, but see policy::single_when_one
//
// A request value passes when some policy value matches it, or for a negated operator when none does; a value
// that the operator cannot be asked about (policy::comparable) does not pass at all.
//
// Values with unknown parts, on either side, make it a Truth. A key with an unknown part is any key.
//
// Source: IAM User Guide, "Condition operators" and "Multivalued context keys"; IAM Access Analyzer, check
// "Empty array condition"; cardinality and conversions captured.
#pragma once

#include "access/request.h"
#include "access/truth.h"
#include "policy/condition.h"
#include "policy/matching.h"

namespace grantproof::access {

Truth condition_holds(const policy::Condition& condition, const RequestContext& context,
                      policy::Version version);

// The values of policy variables in this request: single-valued keys only. A default stands in for an absent
// key, not for a multivalued one (captured).
policy::Substitution variables_of(const RequestContext& context);

}  // namespace grantproof::access
