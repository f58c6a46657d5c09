// SPDX-License-Identifier: Apache-2.0
//
// The two readings of policies agree: access/ decides a request, logic/ writes a formula, and the formula is
// true of exactly the requests that access/ allows. Without a solver in between.
#include <gtest/gtest.h>

#include "access/authorizer.h"
#include "access/document.h"
#include "aws/reference.h"
#include "logic/encode_authorization.h"
#include "logic/encode_statement.h"
#include "logic/interpret.h"
#include "logic/request_space.h"
#include "patterns/region.h"
#include "support/bounds.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

constexpr std::size_t kRequestsPerPolicy = 20;

// A part of the policies that the model leaves open: there the formula is no answer, and says so.
bool has_unknown(const logic::SymbolicRequest& symbolic) {
  for (logic::AtomId atom = 0; atom < symbolic.atom_count(); ++atom) {
    if (symbolic.atom(atom).kind == logic::Atom::Kind::kUnknown)
      return true;
  }
  return false;
}

std::string shown(const access::Request& request) {
  return syntax::write_json(access::write_request(request), 1);
}

TEST(AuthorizationTwins, FormulaOfAllLayersIsTrueOfExactlyTheAllowedRequests) {
  std::size_t allowed = 0, pairs = 0;
  for_rounds(bounded(6'000, 250), 1'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const RandomPolicySet set(random, scene, first);
    patterns::PatternStore patterns;
    logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    const logic::Formula formula = logic::encode_authorization(symbolic, set.policies());
    if (has_unknown(symbolic))
      return;
    for (std::size_t i = 0; i < kRequestsPerPolicy; ++i) {
      const access::Request request =
          i == 0 ? first : random_request(random, random.chance(50) ? scene : nearby_scene(random, scene));
      const access::Decision decision = access::decide(request, set.policies());
      const bool concrete = decision.outcome == access::Outcome::kAllowed;
      allowed += concrete;
      ++pairs;
      ASSERT_EQ(logic::holds(symbolic, formula, request), concrete)
          << access::name(decision.outcome) << ": " << decision.reason << "\n"
          << shown(request) << "\n"
          << set.text();
    }
  });
  if (std::getenv("GRANTPROOF_SEED") == nullptr) {
    // Not all one way, or the test shows nothing.
    EXPECT_GT(allowed, pairs / 20);
    EXPECT_LT(allowed, pairs * 19 / 20);
  }
}

TEST(AuthorizationTwins, FormulaOfADocumentIsTrueOfExactlyTheRequestsItAllows) {
  constexpr policy::PolicyType kTypes[] = {policy::PolicyType::kIdentity,
                                           policy::PolicyType::kResource,
                                           policy::PolicyType::kTrust,
                                           policy::PolicyType::kKey,
                                           policy::PolicyType::kPermissionsBoundary,
                                           policy::PolicyType::kSession,
                                           policy::PolicyType::kServiceControl,
                                           policy::PolicyType::kResourceControl,
                                           policy::PolicyType::kVpcEndpoint};
  for_rounds(bounded(9'000, 400), 2'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const policy::PolicyType type = random.pick(kTypes);
    const std::string text = random_policy(random, type, scene, first);
    const TestPolicy read = read_policy_text(text, type);
    patterns::PatternStore patterns;
    logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    const logic::Formula formula = logic::encode_document(symbolic, read.policy);
    if (has_unknown(symbolic))
      return;
    for (std::size_t i = 0; i < kRequestsPerPolicy; ++i) {
      const access::Request request =
          i == 0 ? first : random_request(random, random.chance(50) ? scene : nearby_scene(random, scene));
      ASSERT_EQ(logic::holds(symbolic, formula, request),
                access::decide_document(request, read.policy).allowed.surely())
          << shown(request) << "\n"
          << text;
    }
  });
}

TEST(AuthorizationTwins, EveryConsistentRequestIsInTheRequestSpace) {
  for_rounds(bounded(5'000, 300), 3'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request request = random_request(random, scene);
    const RandomPolicySet set(random, scene, request);
    patterns::PatternStore patterns;
    logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    logic::encode_authorization(symbolic, set.policies());
    const logic::Formula space = logic::request_space(symbolic);
    if (logic::holds(symbolic, space, request))
      return;
    std::string broken;
    for (logic::Formula part : symbolic.formulas().parts(space)) {
      if (!logic::holds(symbolic, part, request))
        broken += std::to_string(static_cast<unsigned>(part)) + " ";
    }
    ADD_FAILURE() << "rules broken: " << broken << "\n" << shown(request) << "\n" << set.text();
  });
}

}  // namespace
}  // namespace grantproof::tests
