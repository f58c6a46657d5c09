// SPDX-License-Identifier: Apache-2.0
#include "prover/implicant.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace grantproof::prover {
namespace {

using logic::Formula;
using logic::FormulaKind;
using logic::FormulaStore;
using logic::Literal;

constexpr std::size_t kUntrue = std::numeric_limits<std::size_t>::max();

class Chooser {
 public:
  Chooser(const FormulaStore& formulas, const std::vector<bool>& truth)
      : formulas_(formulas), truth_(truth) {}

  // How many literals it takes to make this true, or kUntrue.
  std::size_t cost(Formula formula) {
    if (const auto known = costs_.find(formula); known != costs_.end())
      return known->second;
    std::size_t cost = 0;
    switch (formulas_.kind(formula)) {
      case FormulaKind::kTrue:
        break;
      case FormulaKind::kFalse:
        cost = kUntrue;
        break;
      case FormulaKind::kLiteral: {
        const Literal literal = formulas_.literal_of(formula);
        cost = truth_[literal.atom] == literal.positive ? 1 : kUntrue;
        break;
      }
      case FormulaKind::kAll:
        for (Formula part : formulas_.parts(formula)) {
          const std::size_t part_cost = this->cost(part);
          if (part_cost == kUntrue) {
            cost = kUntrue;
            break;
          }
          cost += part_cost;
        }
        break;
      case FormulaKind::kAny:
        cost = kUntrue;
        for (Formula part : formulas_.parts(formula))
          cost = std::min(cost, this->cost(part));
        break;
    }
    costs_.emplace(formula, cost);
    return cost;
  }

  void choose(Formula formula, std::vector<Literal>& literals) {
    switch (formulas_.kind(formula)) {
      case FormulaKind::kTrue:
      case FormulaKind::kFalse:
        return;
      case FormulaKind::kLiteral:
        literals.push_back(formulas_.literal_of(formula));
        return;
      case FormulaKind::kAll:
        for (Formula part : formulas_.parts(formula))
          choose(part, literals);
        return;
      case FormulaKind::kAny: {
        Formula best = formulas_.parts(formula).front();
        for (Formula part : formulas_.parts(formula)) {
          if (cost(part) < cost(best))
            best = part;
        }
        choose(best, literals);
        return;
      }
    }
  }

 private:
  const FormulaStore& formulas_;
  const std::vector<bool>& truth_;
  std::unordered_map<Formula, std::size_t> costs_;
};

void collect(const FormulaStore& formulas, Formula formula, std::vector<bool>& seen,
             std::vector<logic::AtomId>& atoms) {
  const auto index = static_cast<std::size_t>(formula);
  if (seen[index])
    return;
  seen[index] = true;
  if (formulas.kind(formula) == FormulaKind::kLiteral)
    atoms.push_back(formulas.literal_of(formula).atom);
  for (Formula part : formulas.parts(formula))
    collect(formulas, part, seen, atoms);
}

}  // namespace

std::vector<Literal> implicant(const FormulaStore& formulas, Formula formula,
                               const std::vector<bool>& truth) {
  std::vector<Literal> literals;
  Chooser(formulas, truth).choose(formula, literals);
  std::ranges::sort(literals);
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  return literals;
}

std::vector<logic::AtomId> atoms_of(const FormulaStore& formulas, Formula formula) {
  std::vector<bool> seen(formulas.size());
  std::vector<logic::AtomId> atoms;
  collect(formulas, formula, seen, atoms);
  std::ranges::sort(atoms);
  atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
  return atoms;
}

}  // namespace grantproof::prover
