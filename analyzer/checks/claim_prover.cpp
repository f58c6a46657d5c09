// SPDX-License-Identifier: Apache-2.0
//
// Named claims against policies, for `prove`.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "checks/claim.h"
#include "checks/claim_question.h"
#include "checks/parallel.h"
#include "checks/rests_on.h"
#include "checks/shown_witness.h"
#include "checks/words.h"
#include "logic/request_space.h"
#include "prover/smt2_writer.h"

namespace grantproof::checks {
namespace {

ClaimResult prove(const Claim& claim, PolicyQuestions& questions) {
  const ClaimQuestion question(claim, questions.subject(), questions.world().facts);
  ClaimResult result;
  result.claim = claim.name;
  result.subject = subject_name(questions.subject());
  Answer answer = question.ask(questions);
  result.verdict = answer.verdict;
  result.reason = std::move(answer.reason);
  if (answer.verdict == VerdictKind::kProved) {
    result.rests_on = find_rests_on(questions, question);
    return result;
  }
  // Which statement lets it through; one may be known to where the whole question has no answer.
  const Blames blames = find_blames(
      questions, claim.name, question.forbidden(questions.request()),
      [&](const access::Request& request) { return question.is_forbidden(request); }, question.part());
  if (!blames.found.empty()) {
    result.verdict = VerdictKind::kRefuted;
    result.reason.clear();
    const policy::Policy& policy = questions.policy();
    result.witness = shown_witness(blames.found.front().witness, policy, blames.found.front().statement,
                                   question.conditions());
    for (const Blame& blame : blames.found)
      result.rests_on.push_back(statement_label(policy, blame.statement));
  }
  return result;
}

}  // namespace

std::vector<ClaimResult> prove_claims(std::span<const Claim> claims, std::span<const Subject> subjects,
                                      const World& world) {
  std::vector<std::vector<ClaimResult>> results(subjects.size());
  for_each_index(subjects.size(), world.jobs, [&]() -> std::function<void(std::size_t)> {
    return [&](std::size_t index) {
      Workbench bench(world);
      PolicyQuestions questions(bench, subjects[index], world);
      for (const Claim& claim : claims) {
        if (applies_to(claim, subjects[index]))
          results[index].push_back(prove(claim, questions));
      }
    };
  });
  std::vector<ClaimResult> all;
  for (std::vector<ClaimResult>& some : results)
    std::ranges::move(some, std::back_inserter(all));
  std::ranges::stable_sort(all, [](const ClaimResult& a, const ClaimResult& b) {
    return std::tie(a.subject, a.claim) < std::tie(b.subject, b.claim);
  });
  return all;
}

std::string claim_smt2(const Claim& claim, std::span<const Subject> subjects, const World& world) {
  std::string text;
  for (const Subject& subject : subjects) {
    if (!applies_to(claim, subject))
      continue;
    Workbench bench(world);
    PolicyQuestions questions(bench, subject, world);
    logic::SymbolicRequest& request = questions.request();
    const ClaimQuestion question(claim, subject, world.facts);
    const logic::Formula violation =
        request.formulas().all_of({questions.setting(), questions.allowed(), question.forbidden(request)});
    const logic::Formula space = logic::request_space(request, world.facts);
    text += prover::write_smt2(request, request.formulas().both(violation, space),
                               fmt::format("{} on {}", claim.name, subject_name(subject)));
  }
  return text;
}

}  // namespace grantproof::checks
