// SPDX-License-Identifier: Apache-2.0
//
// A ValueSet whose variables have been given values: globs and typed tests only. What it says of a derived
// attribute is said of the base.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "logic/symbolic_request.h"

namespace grantproof::prover {

struct ClosedSet {
  patterns::PatternSetId text{};
  const std::vector<policy::ValueTest>* typed = nullptr;  // of the ValueSet; may be empty, never null
};

// The value of each variable by lower-case key; nothing: the key is absent.
using VariableValues = std::map<std::string, std::optional<std::string>>;

class SetCloser {
 public:
  explicit SetCloser(logic::SymbolicRequest& request) : request_(&request) {}

  bool is_open(logic::ValueSetId set) const { return !request_->value_set(set).open.empty(); }
  // Of a set without variables. Remembered.
  ClosedSet close(logic::ValueSetId set, logic::Projection projection);
  // With these values for the variables.
  ClosedSet close(logic::ValueSetId set, logic::Projection projection, const VariableValues& values);
  // Every variable may be any text: a superset.
  ClosedSet upper(logic::ValueSetId set, logic::Projection projection);
  // No variable has a value: a subset.
  ClosedSet lower(logic::ValueSetId set, logic::Projection projection);

 private:
  ClosedSet make(logic::ValueSetId set, logic::Projection projection,
                 const policy::Substitution* substitution);

  logic::SymbolicRequest* request_;
  std::map<std::pair<logic::ValueSetId, logic::Projection>, ClosedSet> closed_;
  std::map<std::pair<logic::ValueSetId, logic::Projection>, ClosedSet> upper_;
  std::map<std::pair<logic::ValueSetId, logic::Projection>, ClosedSet> lower_;
};

}  // namespace grantproof::prover
