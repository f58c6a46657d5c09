// SPDX-License-Identifier: Apache-2.0
#include "prover/prover.h"

#include <algorithm>

#include "prover/implicant.h"
#include "prover/predecision.h"
#include "prover/smt2_writer.h"
#include "prover/theory.h"
#include "prover/unknown_parts.h"
#include "prover/witness.h"
#include "prover/z3_session.h"

namespace grantproof::prover {

using logic::Formula;
using logic::FormulaKind;
using logic::FormulaStore;
using logic::Literal;

namespace {

// What the theory found, and the literals about unknown parts that were taken for granted on the way.
struct Found {
  Assignment assignment;
  std::vector<Literal> assumed;
};
using Search = std::variant<Found, Proved, Undecided>;

// How literals about unknown parts are taken: as any other that nobody can decide, or for granted, and then
// what was found is shown to somebody who takes it or not.
struct Asking {
  bool assume_unknown = false;
  std::function<bool(const Found&)> takes;
};

InternalError disagreement(logic::SymbolicRequest& request, const Question& question, Formula formula) {
  return InternalError("the witness of \"" + question.name + "\" does not replay",
                       write_smt2(request, formula, question.name));
}

// Proposals that nobody takes.
constexpr std::size_t kMostRefusals = 8;

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

// Takes literals about unknown parts out of the list.
std::vector<Literal> take_unknown(const logic::SymbolicRequest& request, std::vector<Literal>& literals) {
  const auto is_known = [&](const Literal& literal) {
    return request.atom(literal.atom).kind != logic::Atom::Kind::kUnknown;
  };
  const auto first = std::stable_partition(literals.begin(), literals.end(), is_known);
  std::vector<Literal> unknown(first, literals.end());
  literals.erase(first, literals.end());
  return unknown;
}

}  // namespace

struct Prover::Impl {
  explicit Impl(const aws::Reference& reference) : formats(reference) {}

  // Proved: no request makes the formula true.
  Search search(logic::SymbolicRequest& request, Formula formula, const Asking& asking = {});
  Search search_with_z3(logic::SymbolicRequest& request, Theory& theory, Formula formula,
                        const Asking& asking);
  Verdict decide_with_unknown(logic::SymbolicRequest& request, const Question& question, Formula formula);

  ResourceFormats formats;
  // Made at the first question that needs it: many questions are decided before Z3.
  std::optional<Z3Session> session;
  Budget budget;
  ProverCounts counts;
};

Search Prover::Impl::search(logic::SymbolicRequest& request, Formula formula, const Asking& asking) {
  Theory theory(request, formats);
  prefer_ordinary_values(request, theory);
  formula = predecide(request, formats, theory.closer(), formula);
  if (formula == Formula::kFalse) {
    ++counts.decided_before_z3;
    return Proved{};
  }
  if (auto literals = only_literals(request.formulas(), formula)) {
    ++counts.decided_before_z3;
    Found found;
    if (asking.assume_unknown)
      found.assumed = take_unknown(request, *literals);
    TheoryResult result = theory.check(*literals);
    switch (result.answer) {
      case TheoryAnswer::kFound:
        found.assignment = std::move(result.assignment);
        if (asking.takes && !asking.takes(found))
          return Undecided{};
        return found;
      case TheoryAnswer::kConflict:
        return Proved{};
      case TheoryAnswer::kUnknown:
        return Undecided{std::move(result.reason)};
    }
  }
  return search_with_z3(request, theory, formula, asking);
}

Search Prover::Impl::search_with_z3(logic::SymbolicRequest& request, Theory& theory, Formula formula,
                                    const Asking& asking) {
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
  std::size_t refusals = 0;
  for (std::size_t round = 0; round < budget.rounds; ++round) {
    ++counts.z3_checks;
    switch (session->check(budget.solver_steps)) {
      case SolverAnswer::kBudget:
        return Undecided{"the budget of solver steps is used up"};
      case SolverAnswer::kUnsatisfiable:
        if (!unknown.empty() || refusals > 0)
          return Undecided{unknown};
        return Proved{};
      case SolverAnswer::kSatisfiable:
        break;
    }
    const std::vector<Literal> chosen =
        implicant(request.formulas(), formula, session->truth(atoms, request.atom_count()));
    Found found;
    std::vector<Literal> known = chosen;
    if (asking.assume_unknown)
      found.assumed = take_unknown(request, known);
    TheoryResult result = theory.check(known);
    switch (result.answer) {
      case TheoryAnswer::kFound:
        found.assignment = std::move(result.assignment);
        if (!asking.takes || asking.takes(found))
          return found;
        if (++refusals == kMostRefusals)
          return Undecided{unknown};
        session->forbid(chosen);
        break;
      case TheoryAnswer::kConflict:
        ++counts.lemmas;
        session->forbid(result.conflict);
        break;
      case TheoryAnswer::kUnknown:
        // Another choice may be decided; without one the answer is this reason.
        if (unknown.empty())
          unknown = result.reason;
        session->forbid(result.conflict.empty() ? known : result.conflict);
        break;
    }
  }
  return Undecided{"the budget of rounds is used up"};
}

Verdict Prover::Impl::decide_with_unknown(logic::SymbolicRequest& request, const Question& question,
                                          Formula formula) {
  std::optional<access::Request> witness;
  std::string reason;
  const auto replay = [&](const Found& found) {
    if (const std::string pattern = pattern_that_may_mean(request, found.assignment.action);
        !pattern.empty()) {
      const std::string_view text = pattern;
      if (reason.empty())
        reason = access::dependence(std::span(&text, 1));
      return false;
    }
    for (const Assignment& assignment : with_unknown_parts(request, found.assignment, found.assumed)) {
      access::Request made = make_request(request, assignment);
      const access::Truth violates = question.replay ? question.replay(made) : found.assumed.empty();
      if (violates.surely()) {
        witness = std::move(made);
        return true;
      }
      if (violates.unknown() && reason.empty())
        reason = access::dependence(violates);
      if (!violates.possibly() && found.assumed.empty())
        throw disagreement(request, question, formula);
    }
    return false;
  };
  const Formula known = without_unknown(request, formula);
  const Search sure = search(request, known, {true, replay});
  if (witness)
    return Refuted{std::move(*witness)};
  // Policies have unknown parts, but this question has none.
  if (known == formula && std::holds_alternative<Proved>(sure))
    return Proved{};
  const Search possible = search(request, formula, {true, nullptr});
  if (std::holds_alternative<Proved>(possible))
    return Proved{};
  if (const auto* found = std::get_if<Found>(&possible)) {
    if (replay(*found))
      return Refuted{std::move(*witness)};
    if (reason.empty())
      reason = reason_of(request, found->assumed);
  }
  for (const Search* searched : {&possible, &sure}) {
    const auto* undecided = std::get_if<Undecided>(searched);
    if (undecided != nullptr && reason.empty())
      reason = undecided->reason;
  }
  return Undecided{std::move(reason)};
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
  if (request.has_unknown_texts())
    return impl_->decide_with_unknown(request, question, formula);
  Search found = impl_->search(request, formula);
  if (auto* undecided = std::get_if<Undecided>(&found))
    return std::move(*undecided);
  if (std::holds_alternative<Proved>(found))
    return Proved{};
  access::Request witness = make_request(request, std::get<Found>(found).assignment);
  if (question.replay) {
    const access::Truth violates = question.replay(witness);
    if (violates.unknown())
      return Undecided{access::dependence(violates)};
    if (!violates.surely())
      throw disagreement(request, question, formula);
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
