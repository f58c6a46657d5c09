// SPDX-License-Identifier: Apache-2.0
//
// Random policies and random requests: what the evaluator lets through, no check may call impossible. And
// nothing is found that does not replay: the engine would throw.
#include <gtest/gtest.h>

#include <algorithm>

#include "access/authorizer.h"
#include "access/document.h"
#include "access/statement_evaluator.h"
#include "checks/claim_question.h"
#include "checks/difference.h"
#include "checks/who_can.h"
#include "checks_fixture.h"
#include "support/bounds.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"

namespace grantproof::checks {
namespace {

using policy::PolicyType;

struct Asked {
  tests::Scene scene;
  access::Request request;
};

Asked random_world(tests::Random& random) {
  Asked world{tests::random_scene(random), {}};
  world.request = tests::random_request(random, world.scene);
  return world;
}

PolicyType resource_type(const tests::Scene& scene) {
  return scene.action->resource_policy.value_or(PolicyType::kResource);
}

// The accounts of the facts are members of their organisation: a request that says otherwise is none of that
// world.
bool fits(const access::Request& request, const logic::Facts& facts) {
  if (std::ranges::find(facts.accounts, request.principal.account) == facts.accounts.end())
    return true;
  const auto at = request.context.find("aws:principalorgid");
  return at != request.context.end() && at->second.values.front() == facts.organization;
}

TEST(Soundness, NoClaimIsProvedThatARequestRefutes) {
  const std::string_view yaml[] = {
      "    never-allowed: { principal: { outside: [organization, accounts, partners, own-account, named] } "
      "}\n",
      "    never-allowed: { principal: { outside: [own-account] } }\n",
      "    never-allowed: { principal: { inside: [accounts] }, not-action: 's3:*' }\n",
      "    never-allowed: { resource: { outside: [accounts, own-account] } }\n",
      "    only-allowed: { action: ['s3:*', 'events:*'], condition: { Bool: { 'aws:SecureTransport': 'true' "
      "} } }\n",
      "    never-allowed: { condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }\n",
  };
  std::vector<Claim> claims;
  for (const std::string_view text : yaml)
    claims.push_back(claim_of(text));

  std::size_t refuted = 0;
  tests::for_rounds(tests::bounded(200, 40), 9100, [&](tests::Random& random) {
    const Asked world = random_world(random);
    const PolicyType type = random.chance(50) ? PolicyType::kIdentity : resource_type(world.scene);
    // Services and unsigned callers have no identity policies.
    if (type == PolicyType::kIdentity && world.request.principal.account.empty())
      return;
    if (type == PolicyType::kIdentity && world.request.principal.kind == access::CallerKind::kRoot)
      return;
    const std::string text = tests::random_policy(random, type, world.scene, world.request);
    Policies policies;
    policies.add(text, type);
    if (random.chance(60))
      policies.know_facts();
    const bool allowed = fits(world.request, policies.world.facts) &&
                         access::decide_document(world.request, policies.owned[0]).allowed.surely();
    const std::vector<ClaimResult> results = prove_claims(claims, policies.subjects, policies.world);
    ASSERT_EQ(results.size(), claims.size());
    for (std::size_t i = 0; i < claims.size(); ++i) {
      const ClaimQuestion question(claims[i], policies.subjects[0], policies.world.facts);
      if (allowed && question.is_forbidden(world.request).surely()) {
        ++refuted;
        EXPECT_NE(results[i].verdict, VerdictKind::kProved)
            << yaml[i] << text << "\n"
            << access::name(world.request.principal.kind) << " " << world.request.principal.id;
      }
    }
    (void)policies.check();
  });
  EXPECT_GT(refuted, tests::bounded(20, 2));
}

TEST(Soundness, NobodyIsRefusedThatTheEvaluatorAllows) {
  std::size_t allowed = 0;
  tests::for_rounds(tests::bounded(150, 40), 9500, [&](tests::Random& random) {
    const Asked world = random_world(random);
    Policies policies;
    policies.add(tests::random_policy(random, PolicyType::kIdentity, world.scene, world.request),
                 PolicyType::kIdentity);
    const PolicyType type = resource_type(world.scene);
    const bool with_resource = random.chance(70);
    if (with_resource) {
      policies.add(tests::random_policy(random, type, world.scene, world.request), type,
                   world.request.resource.arn);
    }
    access::PolicySet set;
    set.identity = {&policies.owned[0]};
    if (with_resource)
      set.resource = &policies.owned[1];
    CanQuestion question{world.request.action, world.request.resource.arn, world.request.principal.id, {}};
    if (world.request.principal.kind == access::CallerKind::kAnonymous)
      question.by = "anonymous";
    const CanAnswer answer = who_can(policies.subjects, question, policies.world);
    const access::Decision decision = access::decide(world.request, set);
    if (decision.outcome != access::Outcome::kAllowed)
      return;
    ++allowed;
    EXPECT_NE(answer.verdict, VerdictKind::kProved)
        << *question.by << " " << world.request.action << " " << world.request.resource.arn;
    question.by.reset();
    if (world.request.principal.kind != access::CallerKind::kRoot) {
      EXPECT_NE(who_can(policies.subjects, question, policies.world).verdict, VerdictKind::kProved);
    }
  });
  EXPECT_GT(allowed, tests::bounded(15, 2));
}

TEST(Soundness, NoDifferenceIsMissedThatARequestShows) {
  std::size_t different = 0;
  tests::for_rounds(tests::bounded(120, 40), 9900, [&](tests::Random& random) {
    const Asked world = random_world(random);
    const PolicyType type = random.chance(50) ? PolicyType::kIdentity : resource_type(world.scene);
    if (type == PolicyType::kIdentity && (world.request.principal.account.empty() ||
                                          world.request.principal.kind == access::CallerKind::kRoot))
      return;
    Policies policies;
    policies.add(tests::random_policy(random, type, world.scene, world.request), type)
        .add(tests::random_policy(random, type, world.scene, world.request), type);
    const bool before = access::decide_document(world.request, policies.owned[0]).allowed.surely();
    const bool after = access::decide_document(world.request, policies.owned[1]).allowed.surely();
    const Difference difference = compare(policies.subjects[0], policies.subjects[1], policies.world);
    if (after && !before) {
      EXPECT_NE(difference.added.verdict, VerdictKind::kProved);
    }
    if (before && !after) {
      EXPECT_NE(difference.removed.verdict, VerdictKind::kProved);
    }
    different += before != after ? 1U : 0U;
  });
  EXPECT_GT(different, tests::bounded(15, 2));
}

// A third policy stands beside both versions, and nobody compares it.
TEST(Soundness, NoDifferenceBesideOthersIsMissed) {
  std::size_t different = 0;
  tests::for_rounds(tests::bounded(200, 60), 12300, [&](tests::Random& random) {
    const Asked world = random_world(random);
    const PolicyType type = random.chance(50) ? PolicyType::kIdentity : resource_type(world.scene);
    if (type == PolicyType::kIdentity && (world.request.principal.account.empty() ||
                                          world.request.principal.kind == access::CallerKind::kRoot))
      return;
    Policies policies;
    for (std::size_t i = 0; i < 3; ++i)
      policies.add(tests::random_policy(random, type, world.scene, world.request), type);
    const auto allowed = [&](std::size_t version) {
      const auto own = access::decide_document(world.request, policies.owned[version]);
      const auto other = access::decide_document(world.request, policies.owned[2]);
      return (own.allow || other.allow) && !own.deny && !other.deny;
    };
    const Difference difference =
        compare(policies.subjects[0], policies.subjects[1], policies.world, Beside::kOthers);
    const access::Truth before = allowed(0), after = allowed(1);
    if (after.surely() && !before.possibly()) {
      EXPECT_NE(difference.added.verdict, VerdictKind::kProved);
    }
    if (before.surely() && !after.possibly()) {
      EXPECT_NE(difference.removed.verdict, VerdictKind::kProved);
    }
    different += before.surely() != after.surely() ? 1U : 0U;
  });
  EXPECT_GT(different, tests::bounded(15, 2));
}

}  // namespace
}  // namespace grantproof::checks
