// SPDX-License-Identifier: Apache-2.0
//
// Claims about random policies with unknown parts, held against the same policies with the parts filled in:
// what is proved is refuted by no filling, and what is refuted is proved for none that the witness fits.
#include <gtest/gtest.h>

#include <cstdio>

#include "access/document.h"
#include "aws/arn.h"
#include "base/unknown_text.h"
#include "checks_fixture.h"
#include "support/bounds.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"
#include "support/unknown_parts.h"
#include "syntax/json_writer.h"

namespace grantproof::checks {
namespace {

using policy::PolicyType;

bool understood(const Policies& policies) {
  for (const policy::Statement& statement : policies.owned.front().statements) {
    if (!statement.understood)
      return false;
  }
  return policies.owned.front().understood;
}

std::vector<Claim> claims() {
  const std::string_view yaml[] = {
      "    never-allowed: { principal: { outside: [organization, accounts, partners, own-account, named] } "
      "}\n",
      "    never-allowed: { principal: { outside: [own-account] }, action: 'events:*' }\n",
      "    never-allowed: { principal: { inside: [named] } }\n",
      "    never-allowed: { resource: { outside: [named, own-account] } }\n",
      "    never-allowed: { resource: { outside: [own-account] } }\n",
      "    never-allowed: { resource: 'arn:aws:events:*:*:event-bus/unlisted-event-bus' }\n",
      "    never-allowed: { condition: { StringEquals: { 'aws:PrincipalTag/team': 'unlisted team' } } }\n",
  };
  std::vector<Claim> claims;
  for (const std::string_view text : yaml)
    claims.push_back(claim_of(text));
  return claims;
}

// Does a part of an ARN hold colons? Whom a policy names is told by the fields that are written.
bool shifts_fields(std::string_view json, const tests::Values& values) {
  for (std::size_t begin = json.find("\"arn:"); begin != std::string_view::npos;) {
    const std::size_t end = json.find('"', begin + 1);
    for (const base::TextSegment& segment : base::cut_at_unknowns(json.substr(begin, end - begin))) {
      if (segment.unknown && values.at(std::string(segment.text)).find(':') != std::string::npos)
        return true;
    }
    begin = json.find("\"arn:", end);
  }
  return false;
}

// The parts of a claim's texts are never filled in; those of the setting are.
struct Told {
  std::string policy;
  PolicyType type;
  std::string attached_to;
};

std::vector<ClaimResult> prove(const Told& told, const std::vector<Claim>& claims, bool facts,
                               bool& readable) {
  Policies policies;
  policies.add(told.policy, told.type, told.attached_to);
  readable = understood(policies);
  if (facts)
    policies.know_facts();
  if (!readable)
    return {};
  try {
    return prove_claims(claims, policies.subjects, policies.world);
  } catch (const prover::InternalError& error) {
    ADD_FAILURE() << error.what() << "\n" << told.policy << " " << told.attached_to;
    readable = false;
    return {};
  }
}

TEST(Soundness, WhatIsSaidOfUnknownPartsHoldsForEveryFilling) {
  const std::vector<Claim> all = claims();
  std::size_t proved = 0, refuted = 0, undecided = 0, checked = 0;
  tests::for_rounds(tests::bounded(300, 30), 9700, [&](tests::Random& random) {
    tests::Scene scene = tests::random_scene(random);
    if (random.chance(60))
      scene.action = &tests::small_actions().front();  // events:PutEvents
    const access::Request request = tests::random_request(random, scene);
    const PolicyType type = random.chance(40) ? PolicyType::kIdentity
                                              : scene.action->resource_policy.value_or(PolicyType::kResource);
    tests::UnknownParts parts(random);
    Told told{parts.in_policy(tests::random_policy(random, type, scene, request)), type, {}};
    // Attached to something with the same parts in it.
    if (random.chance(50) && request.resource.arn != "*" && type != PolicyType::kIdentity)
      told.attached_to = parts.in_request(request).resource.arn;
    const bool facts = random.chance(30);
    bool readable = false;
    const std::vector<ClaimResult> results = prove(told, all, facts, readable);
    if (!readable)
      return;
    for (const ClaimResult& result : results) {
      proved += result.verdict == VerdictKind::kProved;
      refuted += result.verdict == VerdictKind::kRefuted;
      undecided += result.verdict == VerdictKind::kUndecided;
      ASSERT_TRUE(result.verdict != VerdictKind::kUndecided || !result.reason.empty()) << told.policy;
    }
    for (int filling = 0; filling < 3; ++filling) {
      const tests::Values values = parts.values_for_requests();
      if (shifts_fields(told.policy, values))
        continue;
      const Told one{tests::filled(told.policy, values), type, tests::filled(told.attached_to, values)};
      const auto arn = aws::parse_arn(one.attached_to);
      const auto told_arn = aws::parse_arn(told.attached_to);
      if (told_arn && base::has_unknown(told_arn->account) && !(arn && aws::is_account_id(arn->account)))
        continue;  // nothing is attached to such a thing
      const std::vector<ClaimResult> of_one = prove(one, all, facts, readable);
      if (!readable)
        continue;
      for (std::size_t i = 0; i < results.size(); ++i) {
        const std::string shown = results[i].claim + "\n" + told.policy + " " + told.attached_to + "\n" +
                                  one.policy + " " + one.attached_to + "\n";
        if (results[i].verdict == VerdictKind::kProved) {
          ++checked;
          ASSERT_NE(of_one[i].verdict, VerdictKind::kRefuted)
              << "claim " << i << " " << shown
              << syntax::write_json(access::write_request(of_one[i].witness->request));
        }
        if (results[i].verdict == VerdictKind::kRefuted &&
            !base::has_unknown(syntax::write_json(access::write_request(results[i].witness->request)))) {
          ++checked;
          ASSERT_NE(of_one[i].verdict, VerdictKind::kProved)
              << "claim " << i << " " << shown
              << syntax::write_json(access::write_request(results[i].witness->request));
        }
      }
    }
  });
  std::printf("proved %zu, refuted %zu, undecided %zu, checked %zu\n", proved, refuted, undecided, checked);
  if (std::getenv("GRANTPROOF_SEED") == nullptr) {
    EXPECT_GT(proved, tests::bounded(100, 5));
    EXPECT_GT(refuted, tests::bounded(100, 5));
    EXPECT_GT(undecided, tests::bounded(50, 2));
  }
}

}  // namespace
}  // namespace grantproof::checks
