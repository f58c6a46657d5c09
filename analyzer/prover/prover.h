// SPDX-License-Identifier: Apache-2.0
//
// Question to Verdict. A question asks whether a formula holds for no real request. The prover answers
// `proved`, `refuted` with a witness that was replayed through access/ before anyone sees it, or `undecided`
// with a reason.
//
// What depends on unknown parts of policies (logic/encode_unknown.h) is undecided, and the reason names them.
// A question about such policies is asked twice: for a witness that holds whatever they stand for, with them
// in its values where need be, and then whether anything they could stand for makes one.
//
// The loop: what the top of the question fixes is decided first (predecision.h); Z3 chooses which atoms hold;
// the theory (theory.h) looks for a request of which they do, and where there is none tells Z3 which literals
// clash. There are finitely many atoms, so it ends; a budget in deterministic steps ends it sooner.
//
// A Prover belongs to one thread. It may be used for any number of questions over any number of
// SymbolicRequests that share its PatternStore and Reference.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>

#include "access/request.h"
#include "access/truth.h"
#include "logic/request_space.h"
#include "logic/symbolic_request.h"

namespace grantproof::prover {

struct Budget {
  std::uint32_t solver_steps = 20'000'000;  // Z3's rlimit, each check
  std::size_t rounds = 4'000;               // choices of Z3 that the theory refuses
};

struct Proved {};

struct Refuted {
  access::Request witness;
};

struct Undecided {
  std::string reason;
};

using Verdict = std::variant<Proved, Refuted, Undecided>;

struct Question {
  std::string name;
  // Holds of the requests that would refute the claim.
  logic::Formula violation = logic::Formula::kFalse;
  logic::Facts facts;
  // Replays the witness concretely: does this request violate the claim? Unknown where it depends on unknown
  // parts: then the witness is none.
  std::function<access::Truth(const access::Request&)> replay;
};

// Prover and evaluator disagree: our mistake. `dump` is the question in SMT-LIB.
class InternalError : public std::runtime_error {
 public:
  InternalError(const std::string& message, std::string dump)
      : std::runtime_error(message), dump_(std::move(dump)) {}
  const std::string& dump() const { return dump_; }

 private:
  std::string dump_;
};

struct ProverCounts {  // exact, for benchmarks and tests
  std::size_t questions = 0;
  std::size_t decided_before_z3 = 0;
  std::size_t z3_checks = 0;
  std::size_t lemmas = 0;
};

class Prover {
 public:
  // Both are borrowed.
  Prover(patterns::PatternStore& patterns, const aws::Reference& reference);
  ~Prover();
  Prover(Prover&&) noexcept;
  Prover& operator=(Prover&&) noexcept;

  // Throws InternalError where the witness does not replay.
  Verdict decide(logic::SymbolicRequest& request, const Question& question);

  void set_budget(const Budget& budget);
  const ProverCounts& counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grantproof::prover
