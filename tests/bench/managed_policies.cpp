// SPDX-License-Identifier: Apache-2.0
//
// The prover over many real policies, one question at a time, one thread: a program of its own, because what
// counts is the whole distribution (median, p95, p99, maximum, total), not the mean of a loop.
//
//   managed_policies FILE.jsonl [allow|self|without|all] [--slow MILLISECONDS]
//
// Each line is {"name": …, "document": {policy}}.
//   allow    "PutEvents on any bus of account 111122223333", "PassRole on any role" for each policy, reading
//   included self     P against P with its statements in reverse order and its lists reversed: proved empty
//   both ways without  P without one statement against P, both ways, for each statement
// Undecided answers are counted; witnesses are replayed as always. Exit 1 where something was undecided, a
// policy differs from itself, or reading one gave an error or a warning.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "access/document.h"
#include "base/source.h"
#include "logic/encode_statement.h"
#include "policy/policy_reader.h"
#include "prover/prover.h"
#include "syntax/json_reader.h"

namespace {

using namespace grantproof;
using Clock = std::chrono::steady_clock;

struct Named {
  std::string name;
  std::string text;
  policy::Policy policy;
};

struct Times {
  std::string title;
  std::vector<double> milliseconds;
  std::size_t proved = 0, refuted = 0, undecided = 0;

  void add(double time, const prover::Verdict& verdict) {
    milliseconds.push_back(time);
    proved += std::holds_alternative<prover::Proved>(verdict);
    refuted += std::holds_alternative<prover::Refuted>(verdict);
    undecided += std::holds_alternative<prover::Undecided>(verdict);
  }
  void print() {
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
      return milliseconds[std::min(
          milliseconds.size() - 1,
          static_cast<std::size_t>(share * static_cast<double>(milliseconds.size())))];
    };
    double total = 0;
    for (double time : milliseconds)
      total += time;
    fmt::print(
        "{:8} {:6} questions: proved {}, refuted {}, undecided {}; ms median {:.3f} p95 {:.3f} p99 {:.3f} "
        "max {:.3f} total {:.0f}\n",
        title, milliseconds.size(), proved, refuted, undecided, at(0.5), at(0.95), at(0.99),
        milliseconds.back(), total);
  }
};

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

policy::Policy reversed(policy::Policy policy) {
  std::ranges::reverse(policy.statements);
  for (policy::Statement& statement : policy.statements) {
    std::ranges::reverse(statement.action.patterns);
    if (statement.resource)
      std::ranges::reverse(statement.resource->patterns);
    std::ranges::reverse(statement.conditions);
  }
  return policy;
}

class Bench {
 public:
  explicit Bench(double slow) : slow_(slow), prover_(patterns_, aws::Reference::embedded()) {}

  prover::Verdict allows(const policy::Policy& policy, const std::string& action,
                         const std::string& resource) {
    logic::SymbolicRequest request(patterns_, aws::Reference::embedded());
    const std::vector<policy::Text> actions{{action, {}}};
    policy::ResourceElement element;
    element.patterns.push_back({resource, {}});
    prover::Question question;
    question.name = action;
    question.violation = request.formulas().all_of(
        {request.action(request.actions(actions)),
         logic::encode_resource(request, element, policy.type, policy::Version::k2012),
         logic::encode_document(request, policy)});
    question.replay = [&](const access::Request& witness) {
      return access::decide_document(witness, policy).allowed;
    };
    return prover_.decide(request, question);
  }

  prover::Verdict adds(const policy::Policy& older, const policy::Policy& newer) {
    logic::SymbolicRequest request(patterns_, aws::Reference::embedded());
    prover::Question question;
    question.name = "adds";
    const logic::Formula before = logic::encode_document(request, older);
    const logic::Formula after = logic::encode_document(request, newer);
    question.violation = request.formulas().both(after, request.formulas().not_(before));
    question.replay = [&](const access::Request& witness) {
      return access::decide_document(witness, newer).allowed &&
             !access::decide_document(witness, older).allowed;
    };
    return prover_.decide(request, question);
  }

  template <typename Ask>
  prover::Verdict timed(Times& times, const std::string& what, Ask ask) {
    const auto start = Clock::now();
    prover::Verdict verdict = ask();
    const double time = since(start);
    times.add(time, verdict);
    if (const auto* undecided = std::get_if<prover::Undecided>(&verdict)) {
      fmt::print("undecided {}: {}\n", what, undecided->reason);
    }
    if (time > slow_)
      fmt::print("slow {:.1f} ms {}\n", time, what);
    return verdict;
  }

  const prover::ProverCounts& counts() const { return prover_.counts(); }

 private:
  double slow_;
  patterns::PatternStore patterns_;
  prover::Prover prover_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: managed_policies FILE.jsonl [allow|self|without|all] [--slow MILLISECONDS]\n");
    return 2;
  }
  const std::string what = argc > 2 ? argv[2] : "all";
  const double slow = argc > 4 ? std::stod(argv[4]) : 1e9;
  const auto runs = [&](std::string_view name) { return what == "all" || what == name; };
  const auto start = Clock::now();
  std::vector<Named> policies;
  std::ifstream file(argv[1]);
  std::size_t diagnostics = 0;
  base::SourceMap sources;
  for (std::string line; std::getline(file, line);) {
    const base::FileId id = sources.add(std::to_string(policies.size()), std::move(line));
    base::DiagnosticSink sink;
    const auto node = syntax::read_json(sources, id, sink);
    const syntax::Node* document = node ? node->find("document") : nullptr;
    if (document == nullptr)
      continue;
    Named named;
    named.name = node->find("name")->text;
    named.policy =
        policy::read_policy(*document, policy::PolicyType::kIdentity, {&aws::Reference::embedded()}, sink);
    for (const base::Diagnostic& said : sink.diagnostics()) {
      if (said.severity == base::Severity::kNote)
        continue;
      ++diagnostics;
      fmt::print("{}: {} {}\n", named.name, said.rule, said.message);
    }
    policies.push_back(std::move(named));
  }
  fmt::print("read {} policies in {:.0f} ms, {} errors and warnings\n", policies.size(), since(start),
             diagnostics);

  bool failed = diagnostics > 0 || policies.empty();
  const auto finish = [&](Times& times) {
    times.print();
    failed |= times.undecided > 0;
  };
  if (runs("allow")) {
    Bench bench(slow);
    Times times{"allow", {}};
    for (const Named& named : policies) {
      bench.timed(times, named.name, [&] {
        return bench.allows(named.policy, "events:PutEvents", "arn:aws:events:*:111122223333:event-bus/*");
      });
      bench.timed(times, named.name,
                  [&] { return bench.allows(named.policy, "iam:PassRole", "arn:aws:iam::*:role/*"); });
    }
    finish(times);
    fmt::print("  with reading {:.0f} ms; before Z3 {}, Z3 checks {}, lemmas {}\n", since(start),
               bench.counts().decided_before_z3, bench.counts().z3_checks, bench.counts().lemmas);
  }
  if (runs("self")) {
    Bench bench(slow);
    Times times{"self", {}};
    for (const Named& named : policies) {
      const policy::Policy other = reversed(named.policy);
      for (const bool forward : {true, false}) {
        const prover::Verdict verdict = bench.timed(times, named.name, [&] {
          return forward ? bench.adds(named.policy, other) : bench.adds(other, named.policy);
        });
        if (std::holds_alternative<prover::Refuted>(verdict)) {
          failed = true;
          fmt::print("differs from itself: {}\n", named.name);
        }
      }
    }
    finish(times);
  }
  if (runs("without")) {
    Bench bench(slow);
    Times times{"without", {}};
    for (const Named& named : policies) {
      for (std::size_t i = 0; i < named.policy.statements.size(); ++i) {
        policy::Policy fewer = named.policy;
        fewer.statements.erase(fewer.statements.begin() + static_cast<std::ptrdiff_t>(i));
        const std::string title = fmt::format("{} without {}", named.name, i);
        bench.timed(times, title, [&] { return bench.adds(fewer, named.policy); });
        bench.timed(times, title, [&] { return bench.adds(named.policy, fewer); });
      }
    }
    finish(times);
    fmt::print("  before Z3 {}, Z3 checks {}, lemmas {}\n", bench.counts().decided_before_z3,
               bench.counts().z3_checks, bench.counts().lemmas);
  }
  return failed ? 1 : 0;
}
