// SPDX-License-Identifier: Apache-2.0
//
// The theory of requests: is there a request for which all of these literals hold? Z3 chooses which literals;
// here the automata of patterns/ look for values of every attribute, the actions of the service reference are
// filtered, and variables of policies are given values.
//
// Without variables the answer is exact. With variables: a relaxed question (each variable any text) can
// prove that there is none; otherwise values are proposed for each variable, and where its own attribute
// leaves finitely many the answer is exact again. What neither finds nor refutes is unknown.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "logic/formula.h"
#include "logic/symbolic_request.h"
#include "prover/action_choice.h"
#include "prover/assignment.h"
#include "prover/closed_set.h"
#include "prover/text_region.h"

namespace grantproof::prover {

enum class TheoryAnswer { kFound, kConflict, kUnknown };

struct TheoryResult {
  TheoryAnswer answer = TheoryAnswer::kUnknown;
  Assignment assignment;  // kFound
  // kConflict: literals that cannot hold together. kUnknown: those that nobody could decide together; empty:
  // all.
  std::vector<logic::Literal> conflict;
  std::string reason;  // kUnknown
};

class Theory {
 public:
  // Both are borrowed. `formats` is made once for a reference.
  Theory(logic::SymbolicRequest& request, ResourceFormats& formats);

  TheoryResult check(std::span<const logic::Literal> literals);

  // Values to try first, by attribute, in order.
  void prefer(logic::AttributeId attribute, std::vector<std::string> values);

  SetCloser& closer() { return closer_; }

 private:
  friend class TheoryCheck;

  logic::SymbolicRequest* request_;
  ResourceFormats* formats_;
  SetCloser closer_;
  std::map<logic::AttributeId, std::vector<std::string>> preferred_;
};

// The attribute that holds the value: itself, what it is the same as, or what it is a part of.
logic::AttributeId root_of(const logic::SymbolicRequest& request, logic::AttributeId attribute);

// A number, date or address test on a part of another attribute (an account id, a user name): the model does
// not decide it.
bool beyond_model(const logic::SymbolicRequest& request, const logic::Atom& atom);

}  // namespace grantproof::prover
