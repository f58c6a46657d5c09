// SPDX-License-Identifier: Apache-2.0
#include "prover/z3_session.h"

#include <fmt/format.h>
#include <z3++.h>

#include <unordered_map>

namespace grantproof::prover {

using logic::AtomId;
using logic::Formula;
using logic::FormulaKind;
using logic::FormulaStore;
using logic::Literal;

// The context is destroyed last.
struct Z3Session::Impl {
  z3::context context;
  z3::solver solver{context, z3::solver::simple()};
  std::vector<z3::expr> atoms;
  std::unordered_map<Formula, unsigned> expressions;  // of this question; index into built
  std::vector<z3::expr> built;
  std::uint32_t budget = 0;

  const z3::expr& atom(AtomId id) {
    while (atoms.size() <= id) {
      atoms.push_back(
          context.constant(context.int_symbol(static_cast<int>(atoms.size())), context.bool_sort()));
    }
    return atoms[id];
  }

  z3::expr literal(const Literal& said) { return said.positive ? atom(said.atom) : !atom(said.atom); }

  z3::expr expression(const FormulaStore& formulas, Formula formula) {
    switch (formulas.kind(formula)) {
      case FormulaKind::kTrue:
        return context.bool_val(true);
      case FormulaKind::kFalse:
        return context.bool_val(false);
      case FormulaKind::kLiteral:
        return literal(formulas.literal_of(formula));
      case FormulaKind::kAll:
      case FormulaKind::kAny:
        break;
    }
    if (const auto known = expressions.find(formula); known != expressions.end())
      return built[known->second];
    z3::expr_vector parts(context);
    for (Formula part : formulas.parts(formula))
      parts.push_back(expression(formulas, part));
    z3::expr made = formulas.kind(formula) == FormulaKind::kAll ? z3::mk_and(parts) : z3::mk_or(parts);
    expressions.emplace(formula, static_cast<unsigned>(built.size()));
    built.push_back(made);
    return made;
  }
};

Z3Session::Z3Session() : impl_(std::make_unique<Impl>()) {}
Z3Session::~Z3Session() = default;
Z3Session::Z3Session(Z3Session&&) noexcept = default;
Z3Session& Z3Session::operator=(Z3Session&&) noexcept = default;

void Z3Session::begin() {
  impl_->expressions.clear();
  impl_->built.clear();
  impl_->solver.push();
}

void Z3Session::end() {
  impl_->solver.pop();
}

void Z3Session::require(const FormulaStore& formulas, Formula formula) {
  if (formulas.kind(formula) == FormulaKind::kAll) {
    for (Formula part : formulas.parts(formula))
      impl_->solver.add(impl_->expression(formulas, part));
    return;
  }
  impl_->solver.add(impl_->expression(formulas, formula));
}

void Z3Session::forbid(std::span<const Literal> literals) {
  z3::expr_vector parts(impl_->context);
  for (const Literal& literal : literals)
    parts.push_back(impl_->literal({literal.atom, !literal.positive}));
  impl_->solver.add(z3::mk_or(parts));
}

SolverAnswer Z3Session::check(std::uint32_t step_budget) {
  if (impl_->budget != step_budget) {
    z3::params parameters(impl_->context);
    parameters.set("rlimit", step_budget);
    impl_->solver.set(parameters);
    impl_->budget = step_budget;
  }
  switch (impl_->solver.check()) {
    case z3::sat:
      return SolverAnswer::kSatisfiable;
    case z3::unsat:
      return SolverAnswer::kUnsatisfiable;
    case z3::unknown:
      break;
  }
  return SolverAnswer::kBudget;
}

std::vector<bool> Z3Session::truth(std::span<const AtomId> atoms, std::size_t atom_count) const {
  std::vector<bool> truth(atom_count);
  const z3::model model = impl_->solver.get_model();
  for (AtomId atom : atoms) {
    const z3::expr value = model.eval(impl_->atom(atom));
    truth[atom] = value.is_true();
  }
  return truth;
}

std::string Z3Session::version() {
  unsigned major = 0, minor = 0, build = 0, revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return fmt::format("{}.{}.{}", major, minor, build);
}

}  // namespace grantproof::prover
