// SPDX-License-Identifier: Apache-2.0
#include "prover/prover.h"

#include "prover/implicant.h"
#include "prover/predecision.h"
#include "prover/smt2_writer.h"
#include "prover/theory.h"
#include "prover/witness.h"
#include "prover/z3_session.h"

namespace grantproof::prover {

using logic::Formula;
using logic::FormulaKind;
using logic::FormulaStore;
using logic::Literal;

struct Prover::Impl {
  explicit Impl(const aws::Reference& reference) : formats(reference) {}

  // Nothing: no request makes the formula true.
  std::variant<Assignment, Proved, Undecided> search(logic::SymbolicRequest& request, Formula formula);
  std::variant<Assignment, Proved, Undecided> search_with_z3(logic::SymbolicRequest& request, Theory& theory,
                                                             Formula formula);

  ResourceFormats formats;
  // Made at the first question that needs it: many questions are decided before Z3.
  std::optional<Z3Session> session;
  Budget budget;
  ProverCounts counts;
};

namespace {

// The literals of a formula that is nothing but literals.
std::optional<std::vector<Literal>> only_literals(const FormulaStore& formulas, Formula formula) {
  if (formulas.kind(formula) == FormulaKind::kTrue)
    return std::vector<Literal>();
  if (formulas.kind(formula) == FormulaKind::kLiteral)
    return std::vector<Literal>{formulas.literal_of(formula)};
  if (formulas.kind(formula) != FormulaKind::kAll)
    return std::nullopt;
  std::vector<Literal> literals;
  for (Formula part : formulas.parts(formula)) {
    if (formulas.kind(part) != FormulaKind::kLiteral)
      return std::nullopt;
    literals.push_back(formulas.literal_of(part));
  }
  return literals;
}

}  // namespace

std::variant<Assignment, Proved, Undecided> Prover::Impl::search(logic::SymbolicRequest& request,
                                                                 Formula formula) {
  Theory theory(request, formats);
  prefer_ordinary_values(request, theory);
  formula = predecide(request, formats, theory.closer(), formula);
  if (formula == Formula::kFalse) {
    ++counts.decided_before_z3;
    return Proved{};
  }
  if (const auto literals = only_literals(request.formulas(), formula)) {
    ++counts.decided_before_z3;
    TheoryResult result = theory.check(*literals);
    switch (result.answer) {
      case TheoryAnswer::kFound:
        return std::move(result.assignment);
      case TheoryAnswer::kConflict:
        return Proved{};
      case TheoryAnswer::kUnknown:
        return Undecided{std::move(result.reason)};
    }
  }
  return search_with_z3(request, theory, formula);
}

std::variant<Assignment, Proved, Undecided> Prover::Impl::search_with_z3(logic::SymbolicRequest& request,
                                                                         Theory& theory, Formula formula) {
  if (!session)
    session.emplace();
  const std::vector<logic::AtomId> atoms = atoms_of(request.formulas(), formula);
  // Whatever happens, the session forgets this question.
  struct Scope {
    Z3Session& session;
    explicit Scope(Z3Session& opened) : session(opened) { session.begin(); }
    ~Scope() { session.end(); }
  } scope(*session);
  session->require(request.formulas(), formula);
  std::string unknown;
  for (std::size_t round = 0; round < budget.rounds; ++round) {
    ++counts.z3_checks;
    switch (session->check(budget.solver_steps)) {
      case SolverAnswer::kBudget:
        return Undecided{"the budget of solver steps is used up"};
      case SolverAnswer::kUnsatisfiable:
        if (!unknown.empty())
          return Undecided{unknown};
        return Proved{};
      case SolverAnswer::kSatisfiable:
        break;
    }
    const std::vector<Literal> chosen =
        implicant(request.formulas(), formula, session->truth(atoms, request.atom_count()));
    TheoryResult result = theory.check(chosen);
    switch (result.answer) {
      case TheoryAnswer::kFound:
        return std::move(result.assignment);
      case TheoryAnswer::kConflict:
        ++counts.lemmas;
        session->forbid(result.conflict);
        break;
      case TheoryAnswer::kUnknown:
        // Another choice may be decided; without one the answer is this reason.
        if (unknown.empty())
          unknown = result.reason;
        session->forbid(result.conflict.empty() ? chosen : result.conflict);
        break;
    }
  }
  return Undecided{"the budget of rounds is used up"};
}

Prover::Prover(patterns::PatternStore&, const aws::Reference& reference)
    : impl_(std::make_unique<Impl>(reference)) {}
Prover::~Prover() = default;
Prover::Prover(Prover&&) noexcept = default;
Prover& Prover::operator=(Prover&&) noexcept = default;

Verdict Prover::decide(logic::SymbolicRequest& request, const Question& question) {
  ++impl_->counts.questions;
  if (question.violation == Formula::kFalse) {
    ++impl_->counts.decided_before_z3;
    return Proved{};
  }
  const Formula space = logic::request_space(request, question.facts);
  const Formula formula = request.formulas().both(question.violation, space);
  auto found = impl_->search(request, formula);
  if (auto* undecided = std::get_if<Undecided>(&found))
    return std::move(*undecided);
  if (std::holds_alternative<Proved>(found))
    return Proved{};
  access::Request witness = make_request(request, std::get<Assignment>(found));
  if (question.replay && !question.replay(witness)) {
    throw InternalError("the witness of \"" + question.name + "\" does not replay",
                        write_smt2(request, formula, question.name));
  }
  return Refuted{std::move(witness)};
}

void Prover::set_budget(const Budget& budget) {
  impl_->budget = budget;
}
const ProverCounts& Prover::counts() const {
  return impl_->counts;
}

}  // namespace grantproof::prover
