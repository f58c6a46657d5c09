// SPDX-License-Identifier: Apache-2.0
//
// The prover on questions as users ask them: one bus policy checked, one grant compared with a wider one, and
// who of fifty principals with six statements each may put events on a bus whose policy has fifty statements.
// Counters are exact and the same on every machine.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "access/authorizer.h"
#include "access/document.h"
#include "logic/encode_authorization.h"
#include "logic/encode_statement.h"
#include "prover/prover.h"
#include "support/test_policy.h"

namespace {

using namespace grantproof;

constexpr int kPrincipals = 50;
constexpr int kStatementsOfABus = 50;

std::string identity_policy(int principal) {
  std::string statements;
  for (int i = 0; i < 6; ++i) {
    statements += fmt::format(
        R"({}{{"Effect":"{}","Action":["{}:Get*","{}:Put*"],"Resource":"arn:aws:{}:*:111122223333:{}/team-{}-*",)"
        R"("Condition":{{"StringLike":{{"aws:PrincipalTag/team":"team-{}*"}}}}}})",
        i == 0 ? "" : ",", i == 5 ? "Deny" : "Allow", i % 2 == 0 ? "events" : "sqs",
        i % 2 == 0 ? "events" : "sqs", i % 2 == 0 ? "events" : "sqs", i % 2 == 0 ? "event-bus" : "queue",
        (principal + i) % 7, principal % 5);
  }
  return fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", statements);
}

std::string bus_policy() {
  std::string statements;
  for (int i = 0; i < kStatementsOfABus; ++i) {
    statements += fmt::format(
        R"({}{{"Sid":"S{}","Effect":"{}","Principal":{{"AWS":["arn:aws:iam::444455556666:role/sender-{}","{}"]}},)"
        R"("Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:111122223333:event-bus/team-1-orders",)"
        R"("Condition":{{"StringLike":{{"events:source":"com.partner{}.*"}}}}}})",
        i == 0 ? "" : ",", i, i % 10 == 9 ? "Deny" : "Allow", i, 555500000000LL + i, i);
  }
  return fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", statements);
}

void who_of_fifty(benchmark::State& state) {
  std::vector<tests::TestPolicy> identities;
  identities.reserve(kPrincipals);
  for (int i = 0; i < kPrincipals; ++i) {
    identities.push_back(tests::read_policy_text(identity_policy(i), policy::PolicyType::kIdentity));
  }
  const tests::TestPolicy bus = tests::read_policy_text(bus_policy(), policy::PolicyType::kResource);
  std::size_t can = 0;
  prover::ProverCounts counts;
  for (auto _ : state) {
    can = 0;
    patterns::PatternStore patterns;
    prover::Prover prover(patterns, aws::Reference::embedded());
    for (int i = 0; i < kPrincipals; ++i) {
      logic::SymbolicRequest request(patterns, aws::Reference::embedded());
      access::PolicySet policies;
      policies.identity.push_back(&identities[static_cast<std::size_t>(i)].policy);
      policies.resource = &bus.policy;
      const std::vector<policy::Text> action{{"events:PutEvents", {}}};
      prover::Question question;
      question.name = "who";
      question.violation = request.formulas().all_of(
          {logic::encode_authorization(request, policies), request.action(request.actions(action)),
           request.in(request.principal(),
                      request.exact(fmt::format("arn:aws:iam::444455556666:role/sender-{}", i))),
           request.in(request.resource(),
                      request.exact("arn:aws:events:us-east-1:111122223333:event-bus/team-1-orders"))});
      question.replay = [&](const access::Request& witness) {
        return access::decide(witness, policies).outcome == access::Outcome::kAllowed;
      };
      can += std::holds_alternative<prover::Refuted>(prover.decide(request, question));
    }
    counts = prover.counts();
  }
  state.counters["can"] = static_cast<double>(can);
  state.counters["z3_checks"] = static_cast<double>(counts.z3_checks);
  state.counters["lemmas"] = static_cast<double>(counts.lemmas);
}
BENCHMARK(who_of_fifty)->Unit(benchmark::kMillisecond);

void compare_bus_policies(benchmark::State& state) {
  const tests::TestPolicy older = tests::read_policy_text(bus_policy(), policy::PolicyType::kResource);
  std::string text = bus_policy();
  text.replace(text.find("com.partner7."), 13, "com.partner*.");
  const tests::TestPolicy newer = tests::read_policy_text(text, policy::PolicyType::kResource);
  patterns::PatternStore patterns;
  prover::Prover prover(patterns, aws::Reference::embedded());
  for (auto _ : state) {
    logic::SymbolicRequest request(patterns, aws::Reference::embedded());
    prover::Question question;
    question.name = "widened";
    question.violation =
        request.formulas().both(logic::encode_document(request, newer.policy),
                                request.formulas().not_(logic::encode_document(request, older.policy)));
    question.replay = [&](const access::Request& witness) {
      return access::decide_document(witness, newer.policy).allowed &&
             !access::decide_document(witness, older.policy).allowed;
    };
    benchmark::DoNotOptimize(prover.decide(request, question));
  }
  state.counters["z3_checks_a_question"] =
      static_cast<double>(prover.counts().z3_checks) / static_cast<double>(prover.counts().questions);
}
BENCHMARK(compare_bus_policies)->Unit(benchmark::kMillisecond);

}  // namespace
