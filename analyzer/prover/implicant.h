// SPDX-License-Identifier: Apache-2.0
//
// Z3 gives a truth value for every atom; the theory is asked only about the literals that are needed to make
// the formula true. Fewer literals, fewer conflicts, and a witness that says only what matters.
#pragma once

#include <vector>

#include "logic/formula.h"

namespace grantproof::prover {

// Literals that, together, make the formula true; `truth[atom]` as chosen by the solver. The formula is true
// under it.
std::vector<logic::Literal> implicant(const logic::FormulaStore& formulas, logic::Formula formula,
                                      const std::vector<bool>& truth);
// Every atom of the formula, ascending.
std::vector<logic::AtomId> atoms_of(const logic::FormulaStore& formulas, logic::Formula formula);

}  // namespace grantproof::prover
