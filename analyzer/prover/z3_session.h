// SPDX-License-Identifier: Apache-2.0
//
// Z3, one context and one solver for the life of a Prover (a default solver costs 11 ms at its first check,
// push and pop 0.02 ms). Atoms are Boolean constants; what they mean Z3 learns through clauses. Only
// z3_session.cpp includes Z3's headers. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "logic/formula.h"

namespace grantproof::prover {

enum class SolverAnswer { kSatisfiable, kUnsatisfiable, kBudget };

class Z3Session {
 public:
  Z3Session();
  ~Z3Session();
  Z3Session(Z3Session&&) noexcept;
  Z3Session& operator=(Z3Session&&) noexcept;

  // A question begins, with nothing required, and ends, with everything forgotten.
  void begin();
  void end();
  void require(const logic::FormulaStore& formulas, logic::Formula formula);
  // At least one of the literals does not hold.
  void forbid(std::span<const logic::Literal> literals);

  // Z3's own deterministic step count is the budget of one check.
  SolverAnswer check(std::uint32_t step_budget);
  // After kSatisfiable: the truth of each of these atoms, by atom id; atoms that do not matter are false.
  std::vector<bool> truth(std::span<const logic::AtomId> atoms, std::size_t atom_count) const;

  static std::string version();  // "4.8.12"

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grantproof::prover
