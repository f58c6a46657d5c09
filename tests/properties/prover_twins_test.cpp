// SPDX-License-Identifier: Apache-2.0
//
// The prover against concrete requests. Random policies, random regions of requests, and a sample of real
// requests for each: what the evaluator allows the prover must not have proved impossible, and every witness
// is a request that can be and that the evaluator allows. Then the other way round: a question that leaves
// one request only is decided exactly as the evaluator decides this request.
//
// Undecided is an answer, but a rare one: its share is printed and bounded.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "policy/policy_writer.h"
#include "support/bounds.h"
#include "support/random_condition.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

using policy::PolicyType;

constexpr std::size_t kRequestsPerRound = 30;
// Of all questions: policies here have far more variables and odd operators than real ones.
constexpr double kMostUndecided = 0.01;
// Where nearly every question compares some key as what it is not (an account as a number).
constexpr double kMostUndecidedOfOddOnes = 0.03;

// Counts answers, and keeps the reasons of those that are none.
class Tally {
 public:
  explicit Tally(const char* name, bool only_refuted = false, double most_undecided = kMostUndecided)
      : name_(name), only_refuted_(only_refuted), most_undecided_(most_undecided) {}
  ~Tally() {
    std::printf("%s: %zu questions, proved %zu, refuted %zu, undecided %zu, with unknown parts %zu\n", name_,
                questions_, proved_, refuted_, undecided_, unknown_);
    for (const auto& [reason, count] : reasons_)
      std::printf("  %zu times: %s\n", count, reason.c_str());
    if (std::getenv("GRANTPROOF_SEED") != nullptr)
      return;
    // Not all one way, or the test shows nothing.
    EXPECT_TRUE(only_refuted_ || proved_ > questions_ / 50);
    EXPECT_GT(refuted_, questions_ / 50);
    EXPECT_LE(static_cast<double>(undecided_), most_undecided_ * static_cast<double>(questions_) + 1);
  }
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  void add(const Answered& answered) {
    ++questions_;
    // What was not understood is undecided for good reason.
    if (answered.has_unknown)
      ++unknown_;
    proved_ += answered.answer == Answer::kProved;
    refuted_ += answered.answer == Answer::kRefuted;
    if (answered.answer != Answer::kUndecided || answered.has_unknown)
      return;
    ++undecided_;
    ++reasons_[answered.reason];
  }

 private:
  const char* name_;
  bool only_refuted_;  // every question has a witness
  double most_undecided_;
  std::size_t questions_ = 0, proved_ = 0, refuted_ = 0, undecided_ = 0, unknown_ = 0;
  std::map<std::string, std::size_t> reasons_;
};

// A prover for some hundred questions: it remembers patterns, and must not do so for ever.
class Askers {
 public:
  Asker& next() {
    if (++uses_ % 400 == 0 || !asker_)
      asker_.emplace();
    return *asker_;
  }

 private:
  std::size_t uses_ = 0;
  std::optional<Asker> asker_;
};

std::vector<access::Request> sample(Random& random, const Scene& scene, const access::Request& first) {
  std::vector<access::Request> requests{first};
  while (requests.size() < kRequestsPerRound)
    requests.push_back(random_request(random, random.chance(60) ? scene : nearby_scene(random, scene)));
  return requests;
}

// One question, held against the sample.
void check(Asker& asker, const Asked& asked, const std::vector<access::Request>& requests,
           const std::string& text, Tally& tally) {
  const Answered answered = asker.ask(asked);
  ASSERT_NE(answered.answer, Answer::kDisagrees) << answered.reason << ":\n"
                                                 << shown(*answered.witness) << "\n"
                                                 << text;
  tally.add(answered);
  if (answered.answer == Answer::kProved) {
    for (const access::Request& request : requests) {
      ASSERT_FALSE(asked.concrete(request)) << "proved impossible, yet here it is:\n"
                                            << shown(request) << "\n"
                                            << text;
    }
  }
  if (answered.answer == Answer::kRefuted) {
    ASSERT_TRUE(asked.concrete(*answered.witness)) << shown(*answered.witness) << "\n" << text;
    ASSERT_TRUE(answered.witness_in_space) << "no request is like this:\n"
                                           << shown(*answered.witness) << "\n"
                                           << text;
    ASSERT_TRUE(answered.witness_in_formula || answered.has_unknown) << shown(*answered.witness) << "\n"
                                                                     << text;
  }
}

// ---- is anything in this region allowed?

TEST(ProverTwins, NothingThatIsAllowedIsProvedImpossible) {
  Tally tally("regions");
  Askers askers;
  for_rounds(bounded(2'000, 60), 11'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const RandomPolicySet set(random, scene, first);
    const std::vector<access::Request> requests = sample(random, scene, first);
    // A region is a policy of its own: of callers, actions, resources and conditions.
    for (std::size_t i = 0; i < 3; ++i) {
      const PolicyType type = random.chance(50) ? PolicyType::kIdentity : PolicyType::kResource;
      const std::string region_text = random_policy(random, type, scene, first);
      const TestPolicy region = read_policy_text(region_text, type);
      check(askers.next(), both(allowed_by(set.policies()), allowed_by(region.policy)), requests,
            set.text() + "region: " + region_text, tally);
    }
    check(askers.next(), allowed_by(set.policies()), requests, set.text(), tally);
  });
}

TEST(ProverTwins, DocumentsOfEveryType) {
  constexpr PolicyType kTypes[] = {
      PolicyType::kIdentity,    PolicyType::kResource,       PolicyType::kTrust,
      PolicyType::kKey,         PolicyType::kServiceControl, PolicyType::kResourceControl,
      PolicyType::kVpcEndpoint, PolicyType::kSession,        PolicyType::kPermissionsBoundary};
  Tally tally("documents");
  Askers askers;
  for_rounds(bounded(3'000, 60), 12'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const std::vector<access::Request> requests = sample(random, scene, first);
    const PolicyType type = random.pick(kTypes);
    const std::string text = random_policy(random, type, scene, first);
    const TestPolicy read = read_policy_text(text, type);
    const std::string other_text = random_policy(random, type, scene, first);
    const TestPolicy other = read_policy_text(other_text, type);
    check(askers.next(), allowed_by(read.policy), requests, text, tally);
    check(askers.next(), both(allowed_by(read.policy), allowed_by(other.policy)), requests,
          text + "\n" + other_text, tally);
  });
}

// ---- what does a changed policy allow more, or less?

policy::Policy changed(Random& random, policy::Policy policy) {
  if (policy.statements.empty())
    return policy;
  const std::size_t which = random.below(policy.statements.size());
  policy::Statement& statement = policy.statements[which];
  switch (random.below(7)) {
    case 0:
      if (!statement.conditions.empty())
        statement.conditions.erase(statement.conditions.begin() +
                                   static_cast<std::ptrdiff_t>(random.below(statement.conditions.size())));
      break;
    case 1:
      if (statement.resource) {
        policy::Text& pattern =
            statement.resource->patterns[random.below(statement.resource->patterns.size())];
        pattern.text = widened(random, pattern.text);
      }
      break;
    case 2:
      policy.statements.erase(policy.statements.begin() + static_cast<std::ptrdiff_t>(which));
      break;
    case 3:
      std::erase_if(policy.statements,
                    [](const policy::Statement& each) { return each.effect == policy::Effect::kDeny; });
      break;
    case 4:
      statement.action.patterns.front().text += "*";
      break;
    case 5:
      if (!statement.conditions.empty() && !statement.conditions.front().values.empty())
        statement.conditions.front().values.pop_back();
      break;
    default:
      if (!statement.conditions.empty())
        statement.conditions.front().if_exists = !statement.conditions.front().if_exists;
      break;
  }
  return policy;
}

TEST(ProverTwins, DifferencesOfVersions) {
  constexpr PolicyType kTypes[] = {PolicyType::kIdentity, PolicyType::kIdentity, PolicyType::kResource,
                                   PolicyType::kKey, PolicyType::kServiceControl};
  Tally tally("differences");
  Askers askers;
  for_rounds(bounded(3'500, 70), 13'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const std::vector<access::Request> requests = sample(random, scene, first);
    const PolicyType type = random.pick(kTypes);
    const std::string text = random_policy(random, type, scene, first);
    const TestPolicy before = read_policy_text(text, type);
    const policy::Policy after = changed(random, before.policy);
    const std::string shown_text = text + "\nchanged: " + policy::write_policy(after, -1);
    check(askers.next(), both(allowed_by(after), not_(allowed_by(before.policy))), requests,
          "added by " + shown_text, tally);
    check(askers.next(), both(allowed_by(before.policy), not_(allowed_by(after))), requests,
          "taken away by " + shown_text, tally);
  });
}

// ---- one request

// What is true of this request and, all together, of no other that the question can tell apart.
std::vector<logic::Formula> facts_of(logic::SymbolicRequest& symbolic, const access::Request& request) {
  logic::FormulaStore& formulas = symbolic.formulas();
  std::vector<logic::Formula> parts;
  parts.push_back(symbolic.action(symbolic.actions(std::vector<policy::Text>{{request.action, {}}})));
  parts.push_back(symbolic.in(symbolic.resource(), symbolic.exact(request.resource.arn)));
  parts.push_back(symbolic.in(symbolic.owner(), symbolic.exact(request.resource.account)));

  std::string principal = request.principal.id;
  switch (request.principal.kind) {
    case access::CallerKind::kService:
      principal = std::string(logic::kServicePrefix) + request.principal.id;
      break;
    case access::CallerKind::kAnonymous:
      principal = logic::kAnonymous;
      break;
    case access::CallerKind::kAssumedRole:
      principal = request.context.at("aws:principalarn").values.front();
      parts.push_back(symbolic.in(symbolic.session(), symbolic.exact(request.principal.id.substr(
                                                          request.principal.id.rfind('/') + 1))));
      break;
    default:
      break;
  }
  parts.push_back(symbolic.in(symbolic.principal(), symbolic.exact(principal)));

  for (std::size_t i = 0; i < symbolic.attribute_count(); ++i) {
    const auto id = static_cast<logic::AttributeId>(i);
    const logic::Attribute attribute = symbolic.attribute(id);
    // Parts of other attributes are pinned with those.
    if (!attribute.is_key || attribute.same_as || attribute.projection != logic::Projection::kNone)
      continue;
    const auto at = request.context.find(attribute.folded);
    if (at == request.context.end()) {
      parts.push_back(formulas.not_(symbolic.present(id)));
      continue;
    }
    parts.push_back(symbolic.present(id));
    if (attribute.kind == logic::AttributeKind::kText) {
      parts.push_back(symbolic.in(id, symbolic.exact(at->second.values.front())));
      continue;
    }
    std::vector<patterns::Glob> listed;
    for (const std::string& value : at->second.values) {
      parts.push_back(symbolic.some_in(id, symbolic.exact(value)));
      listed.push_back(patterns::Glob().literal(value));
    }
    parts.push_back(formulas.not_(symbolic.some_out(id, symbolic.text_set(std::move(listed)))));
  }
  return parts;
}

TEST(ProverTwins, OneRequestIsDecidedAsTheEvaluatorDecidesIt) {
  Tally tally("single requests");
  Askers askers;
  for_rounds(bounded(1'500, 30), 14'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const RandomPolicySet set(random, scene, first);
    for (std::size_t i = 0; i < 4; ++i) {
      const access::Request request =
          i == 0 ? first : random_request(random, random.chance(60) ? scene : nearby_scene(random, scene));
      Asker& asker = askers.next();
      logic::SymbolicRequest symbolic(asker.patterns(), aws::Reference::embedded());
      const logic::Formula allowed = logic::encode_authorization(symbolic, set.policies());
      // Rules about requests bring keys of their own, which are pinned as well.
      logic::request_space(symbolic);
      const logic::Formula violation =
          symbolic.formulas().both(allowed, symbolic.formulas().all_of(facts_of(symbolic, request)));
      const auto is_allowed = [&](const access::Request& asked) {
        return access::decide(asked, set.policies()).outcome == access::Outcome::kAllowed;
      };
      const Answered answered = asker.ask(symbolic, violation, is_allowed);
      ASSERT_NE(answered.answer, Answer::kDisagrees) << answered.reason << ":\n"
                                                     << shown(*answered.witness) << "\n"
                                                     << set.text();
      tally.add(answered);
      if (answered.has_unknown || answered.answer == Answer::kUndecided)
        continue;
      ASSERT_EQ(answered.answer == Answer::kRefuted, is_allowed(request)) << shown(request) << "\n"
                                                                          << set.text();
    }
  });
}

// ---- what a request that is known meets

TEST(ProverTwins, WhatIsTrueOfARequestIsNotProvedImpossible) {
  // Some facts of a request, and what the policies say of it: the request itself is the witness.
  Tally tally("some facts of a request", true);
  Askers askers;
  for_rounds(bounded(1'000, 30), 16'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const RandomPolicySet set(random, scene, first);
    for (std::size_t i = 0; i < 3; ++i) {
      const access::Request request =
          i == 0 ? first : random_request(random, random.chance(60) ? scene : nearby_scene(random, scene));
      const Asked allowed = allowed_by(set.policies());
      const Asked asked = allowed.concrete(request) ? allowed : not_(allowed);
      Asker& asker = askers.next();
      logic::SymbolicRequest symbolic(asker.patterns(), aws::Reference::embedded());
      std::vector<logic::Formula> parts{asked.formula(symbolic)};
      logic::request_space(symbolic);
      for (const logic::Formula fact : facts_of(symbolic, request)) {
        if (random.chance(40))
          parts.push_back(fact);
      }
      const Answered answered = asker.ask(symbolic, symbolic.formulas().all_of(parts), asked.concrete);
      tally.add(answered);
      ASSERT_NE(answered.answer, Answer::kProved) << shown(request) << "\n" << set.text();
      ASSERT_NE(answered.answer, Answer::kDisagrees) << shown(*answered.witness) << "\n" << set.text();
      ASSERT_TRUE(answered.answer != Answer::kRefuted || answered.witness_in_space)
          << shown(*answered.witness) << "\n"
          << set.text();
    }
  });
}

TEST(ProverTwins, ConditionsThatARequestMeetsAreNotProvedContradictory) {
  // Many conditions at once, each met by the request or its negation is: all operators beside one another.
  Tally tally("conditions of a request", true, kMostUndecidedOfOddOnes);
  Askers askers;
  for_rounds(bounded(3'000, 60), 17'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request request = random_request(random, scene);
    std::vector<std::unique_ptr<TestPolicy>> owned;
    std::string text;
    std::optional<Asked> asked;
    for (std::size_t count = 2 + random.below(6); count > 0; --count) {
      const bool variables = random.chance(30);
      const std::string json =
          std::string(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",)") +
          R"("Resource":"*","Condition":)" +
          syntax::write_json(random_condition(random, request, variables)) + "}}";
      owned.push_back(std::make_unique<TestPolicy>(read_policy_text(json, PolicyType::kIdentity)));
      Asked next = allowed_by(owned.back()->policy);
      if (!next.concrete(request)) {
        next = not_(next);
        text += "not ";
      }
      text += json + "\n";
      asked = asked ? both(*asked, next) : next;
    }
    const Answered answered = askers.next().ask(*asked);
    tally.add(answered);
    ASSERT_NE(answered.answer, Answer::kProved) << shown(request) << "\n" << text;
    ASSERT_NE(answered.answer, Answer::kDisagrees) << shown(*answered.witness) << "\n" << text;
    ASSERT_TRUE(answered.answer != Answer::kRefuted || answered.witness_in_space)
        << shown(*answered.witness) << "\n"
        << text;
  });
}

}  // namespace
}  // namespace grantproof::tests
