// SPDX-License-Identifier: Apache-2.0
//
// What the random generators are worth: twin tests prove little if the policies are refused, if they never
// meet the requests, or if the requests could not be real.
#include "support/random_policy.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "aws/arn.h"
#include "aws/reference.h"
#include "policy/condition_operators.h"
#include "support/bounds.h"
#include "support/random_request.h"
#include "support/rounds.h"

namespace grantproof::tests {
namespace {

using access::CallerKind;
using access::ContextValue;
using access::Request;
using policy::PolicyType;

constexpr PolicyType kTypes[] = {PolicyType::kIdentity,
                                 PolicyType::kResource,
                                 PolicyType::kTrust,
                                 PolicyType::kKey,
                                 PolicyType::kPermissionsBoundary,
                                 PolicyType::kSession,
                                 PolicyType::kServiceControl,
                                 PolicyType::kResourceControl,
                                 PolicyType::kVpcEndpoint};

TEST(RandomPolicy, IsReadWithoutAnError) {
  for_rounds(bounded(20'000, 2'000), 1, [](Random& random) {
    const Scene scene = random_scene(random);
    const Request request = random_request(random, scene);
    const PolicyType type = random.pick(kTypes);
    const std::string json = random_policy(random, type, scene, request);
    const TestPolicy read = read_policy_text(json, type, {.reference = &aws::Reference::embedded()});
    EXPECT_TRUE(read.policy.understood);
    for (const policy::Statement& statement : read.policy.statements)
      EXPECT_TRUE(statement.understood);
    for (const base::Diagnostic& diagnostic : read.sink.diagnostics()) {
      // Widening an ARN in a random place may leave one that is none: that is said, and the text keeps its
      // meaning.
      if (diagnostic.rule == "GP1040")
        continue;
      EXPECT_NE(diagnostic.severity, base::Severity::kError) << policy::name(type) << " " << json << "\n"
                                                             << diagnostic.rule << " " << diagnostic.message;
    }
  });
}

TEST(RandomPolicy, HasEveryOperatorAndEveryNegation) {
  std::set<std::string> seen;
  for_rounds(3'000, 100'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const Request request = random_request(random, scene);
    const PolicyType type = random.pick(kTypes);
    const TestPolicy read = read_policy_text(random_policy(random, type, scene, request), type);
    seen.insert(read.policy.version == policy::Version::k2012 ? "2012" : "2008");
    for (const policy::Statement& statement : read.policy.statements) {
      if (statement.action.negated)
        seen.insert("NotAction");
      if (statement.resource && statement.resource->negated)
        seen.insert("NotResource");
      if (statement.principal && statement.principal->negated)
        seen.insert("NotPrincipal");
      for (const policy::Condition& condition : statement.conditions) {
        seen.insert(std::string(condition.op->name));
        if (condition.if_exists)
          seen.insert("IfExists");
        if (condition.qualifier == policy::SetQualifier::kForAllValues)
          seen.insert("ForAllValues");
        if (condition.qualifier == policy::SetQualifier::kForAnyValue)
          seen.insert("ForAnyValue");
        for (const policy::ConditionValue& value : condition.values) {
          if (value.text.find("${aws:") != std::string::npos)
            seen.insert("variable");
        }
      }
    }
  });
  for (const policy::ConditionOperator& op : policy::condition_operators()) {
    EXPECT_TRUE(seen.contains(std::string(op.name))) << op.name;
  }
  for (const char* part : {"2012", "2008", "NotAction", "NotResource", "NotPrincipal", "IfExists",
                           "ForAllValues", "ForAnyValue", "variable"}) {
    EXPECT_TRUE(seen.contains(part)) << part;
  }
}

// ---- requests

const ContextValue* find(const Request& request, std::string_view folded_key) {
  const auto at = request.context.find(folded_key);
  return at == request.context.end() ? nullptr : &at->second;
}
std::string value(const Request& request, std::string_view folded_key) {
  const ContextValue* found = find(request, folded_key);
  return found == nullptr ? "(absent)" : found->values.front();
}

void expect_caller_keys_agree(const Request& request) {
  const bool anonymous = request.principal.kind == CallerKind::kAnonymous;
  const bool service = request.principal.kind == CallerKind::kService;
  const bool identity = !anonymous && !service;
  EXPECT_EQ(find(request, "aws:principalarn") != nullptr, identity);
  EXPECT_EQ(value(request, "aws:principalisawsservice"), anonymous ? "(absent)" : service ? "true" : "false");
  EXPECT_EQ(find(request, "aws:username") != nullptr, request.principal.kind == CallerKind::kUser);
  if (identity) {
    const std::string arn = value(request, "aws:principalarn");
    EXPECT_EQ(aws::parse_arn(arn)->account, request.principal.account);
    EXPECT_EQ(value(request, "aws:principalaccount"), request.principal.account);
  }
  for (const char* key :
       {"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:principalservicename"}) {
    if (!service) {
      EXPECT_EQ(find(request, key), nullptr) << key;
    }
  }
  if (const ContextValue* source = find(request, "aws:sourcearn"); source != nullptr) {
    const std::string account(aws::parse_arn(source->values.front())->account);
    if (!account.empty() && find(request, "aws:sourceaccount") != nullptr) {
      EXPECT_EQ(value(request, "aws:sourceaccount"), account);
    }
  }
  const bool session = request.principal.kind == CallerKind::kAssumedRole ||
                       request.principal.kind == CallerKind::kFederatedUser;
  for (const char* key : {"aws:tokenissuetime", "aws:multifactorauthpresent", "aws:multifactorauthage"}) {
    if (!session) {
      EXPECT_EQ(find(request, key), nullptr) << key;
    }
  }
}

TEST(RandomRequest, KeysAgree) {
  for_rounds(bounded(20'000, 2'000), 200'000, [](Random& random) {
    const Scene first = random_scene(random);
    const Request request = random_request(random, random.chance(50) ? first : nearby_scene(random, first));
    SCOPED_TRACE(request.principal.id + " " + request.action + " " + request.resource.arn);
    expect_caller_keys_agree(request);
    for (const auto& [folded, entry] : request.context) {
      ASSERT_FALSE(entry.values.empty()) << folded;
      EXPECT_TRUE(entry.multivalued || entry.values.size() == 1) << folded;
    }
    // An address or an endpoint, never both.
    EXPECT_FALSE(find(request, "aws:sourceip") != nullptr && find(request, "aws:sourcevpce") != nullptr);
    EXPECT_EQ(find(request, "aws:calledvia") != nullptr, value(request, "aws:viaawsservice") == "true");
    EXPECT_EQ(find(request, "aws:principalorgid") != nullptr,
              find(request, "aws:principalorgpaths") != nullptr);
    if (find(request, "aws:principalorgid") != nullptr) {
      EXPECT_TRUE(
          value(request, "aws:principalorgpaths").starts_with(value(request, "aws:principalorgid") + "/"));
    }
    if (find(request, "aws:multifactorauthage") != nullptr) {
      EXPECT_EQ(value(request, "aws:multifactorauthpresent"), "true");
    }
    EXPECT_EQ(value(request, "aws:resourceaccount"), request.resource.account);
    if (request.resource.arn != "*") {
      const aws::Arn arn = *aws::parse_arn(request.resource.arn);
      EXPECT_TRUE(arn.account.empty() || arn.account == request.resource.account);
      EXPECT_TRUE(arn.region.empty() || arn.region == value(request, "aws:requestedregion"));
    }
    if (request.action == "events:PutEvents") {
      EXPECT_FALSE(request.context.at("events:source").multivalued);
    }
  });
}

TEST(RandomRequest, HasEveryKindOfCaller) {
  std::set<CallerKind> kinds;
  for_rounds(500, 300'000, [&](Random& random) { kinds.insert(random_scene(random).kind); });
  EXPECT_EQ(kinds,
            (std::set<CallerKind>{CallerKind::kUser, CallerKind::kAssumedRole, CallerKind::kFederatedUser,
                                  CallerKind::kRoot, CallerKind::kService, CallerKind::kAnonymous}));
}

// ---- together: every outcome comes often

TEST(RandomPolicySet, EveryOutcomeIsCommon) {
  std::map<access::Outcome, int> outcomes;
  std::map<access::PolicyLayer, int> stopped_by;
  const int rounds = static_cast<int>(bounded(4'000, 1'000));
  for_rounds(static_cast<std::uint64_t>(rounds), 400'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const Request request = random_request(random, scene);
    const RandomPolicySet policies(random, scene, request);
    const access::Decision decision = access::decide(request, policies.policies());
    EXPECT_TRUE(decision.not_understood.empty()) << policies.text();
    ++outcomes[decision.outcome];
    if (decision.stopped_by)
      ++stopped_by[*decision.stopped_by];
  });
  for (const auto outcome :
       {access::Outcome::kAllowed, access::Outcome::kImplicitlyDenied, access::Outcome::kExplicitlyDenied}) {
    EXPECT_GE(outcomes[outcome], rounds / 10) << access::name(outcome);
  }
  for (const auto layer : {access::PolicyLayer::kIdentity, access::PolicyLayer::kResource,
                           access::PolicyLayer::kPermissionsBoundary, access::PolicyLayer::kSession,
                           access::PolicyLayer::kServiceControl, access::PolicyLayer::kResourceControl,
                           access::PolicyLayer::kVpcEndpoint}) {
    EXPECT_GE(stopped_by[layer], rounds / 400) << access::name(layer);
  }
}

}  // namespace
}  // namespace grantproof::tests
