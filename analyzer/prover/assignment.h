// SPDX-License-Identifier: Apache-2.0
//
// A value for every attribute that a question mentions: what the theory of strings found, before it is made
// into a Request (witness.h).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "logic/symbolic_request.h"

namespace grantproof::prover {

struct Assignment {
  std::string action;
  std::map<logic::AttributeId, std::string> texts;              // root text attributes
  std::map<logic::AttributeId, std::vector<std::string>> sets;  // present set attributes; may be empty
};

}  // namespace grantproof::prover
