// SPDX-License-Identifier: Apache-2.0
//
// What every real request satisfies: which keys a caller of a kind carries, what one key says about another.
// Without it a witness could be a request that no one can make. The format of resources by action is not
// here: it is a relation of two attributes, which the prover holds for every witness.
//
// Source: IAM User Guide, "AWS global condition context keys", availability of each key.
#pragma once

#include "logic/symbolic_request.h"

namespace grantproof::logic {

// Facts of an organisation that settings give: what is not given is any.
struct Facts {
  std::string organization;           // "o-exampleorgid"; empty: not known
  std::vector<std::string> accounts;  // of the organisation
  std::vector<std::string> partners;  // accounts outside it that are trusted
  bool empty() const { return organization.empty() && accounts.empty() && partners.empty(); }
};

// Over the attributes that `request` has by now: call it after every policy and claim is encoded.
Formula request_space(SymbolicRequest& request, const Facts& facts = {});

}  // namespace grantproof::logic
