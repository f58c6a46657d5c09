// SPDX-License-Identifier: Apache-2.0
//
// Every policy of at most two statements over a world so small that every request of it can be tried: two
// principals, two actions, two resources, two values of a condition key, each with one "other" beside them.
// No statement of this world can tell two "other" ones apart, so what the prover says of all requests must be
// what trying these few gives.
#include <gtest/gtest.h>

#include <bitset>
#include <cstdio>
#include <map>

#include "policy/policy_writer.h"
#include "support/bounds.h"
#include "support/random.h"
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

constexpr std::string_view kPrincipals[] = {"arn:aws:iam::111122223333:user/alice",
                                            "arn:aws:iam::444455556666:role/app",
                                            "arn:aws:iam::111122223333:user/other"};
constexpr std::string_view kActions[] = {"sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"};
constexpr std::string_view kResources[] = {"arn:aws:sqs:us-east-1:111122223333:orders",
                                           "arn:aws:sqs:us-east-1:111122223333:billing",
                                           "arn:aws:sqs:us-east-1:111122223333:other"};
// Nothing: the key is absent.
constexpr std::string_view kValues[] = {"", "red", "blue", "other"};
constexpr std::size_t kRequests =
    std::size(kPrincipals) * std::size(kActions) * std::size(kResources) * std::size(kValues);
using Requests = std::bitset<kRequests>;

std::vector<access::Request> all_requests() {
  std::vector<access::Request> requests;
  for (const std::string_view principal : kPrincipals) {
    for (const std::string_view action : kActions) {
      for (const std::string_view resource : kResources) {
        for (const std::string_view value : kValues) {
          access::Request request;
          const bool role = principal.find(":role/") != std::string_view::npos;
          request.principal.kind = role ? access::CallerKind::kAssumedRole : access::CallerKind::kUser;
          request.principal.id =
              role ? "arn:aws:sts::444455556666:assumed-role/app/session" : std::string(principal);
          request.principal.account = role ? "444455556666" : "111122223333";
          request.action = action;
          request.resource = {std::string(resource), "111122223333"};
          if (!value.empty()) {
            request.context["aws:useragent"] = {"aws:UserAgent", false, {std::string(value)}};
          }
          requests.push_back(std::move(request));
        }
      }
    }
  }
  return requests;
}

// ---- statements

struct WorldCondition {
  std::string_view op;  // empty: no condition
  std::string_view value;
};
constexpr WorldCondition kConditions[] = {{"", ""},
                                          {"StringEquals", "red"},
                                          {"StringEquals", "blue"},
                                          {"StringNotEquals", "red"},
                                          {"StringEqualsIfExists", "blue"},
                                          {"Null", "true"}};

policy::Statement statement(policy::Effect effect, std::string_view principal, std::string_view action,
                            std::string_view resource, const WorldCondition& condition) {
  policy::Statement made;
  made.effect = effect;
  policy::Principal who;
  if (principal != "*") {
    who.type = policy::PrincipalType::kAws;
    who.value = principal;
  }
  made.principal.emplace();
  made.principal->principals.push_back(std::move(who));
  made.action.patterns.push_back({std::string(action), {}});
  made.resource.emplace();
  made.resource->patterns.push_back({std::string(resource), {}});
  if (!condition.op.empty()) {
    policy::Condition line;
    std::string_view op = condition.op;
    if (op.ends_with("IfExists")) {
      line.if_exists = true;
      op.remove_suffix(std::string_view("IfExists").size());
    }
    line.op = policy::find_condition_operator(op);
    line.key = {"aws:UserAgent", "aws:useragent"};
    line.values.push_back({std::string(condition.value), {}});
    made.conditions.push_back(std::move(line));
  }
  return made;
}

std::vector<policy::Statement> all_statements() {
  std::vector<policy::Statement> statements;
  for (const policy::Effect effect : {policy::Effect::kAllow, policy::Effect::kDeny}) {
    for (const std::string_view principal : {kPrincipals[0], kPrincipals[1], std::string_view("*")}) {
      for (const std::string_view action : {kActions[0], kActions[1], std::string_view("sqs:*")}) {
        for (const std::string_view resource : {kResources[0], kResources[1], std::string_view("*")}) {
          for (const WorldCondition& condition : kConditions)
            statements.push_back(statement(effect, principal, action, resource, condition));
        }
      }
    }
  }
  return statements;
}

policy::Policy policy_of(std::vector<policy::Statement> statements) {
  policy::Policy made;
  made.type = policy::PolicyType::kResource;
  made.version = policy::Version::k2012;
  made.statements = std::move(statements);
  return made;
}

// ---- the world, tried out

struct World {
  std::vector<access::Request> requests = all_requests();
  std::vector<policy::Statement> statements = all_statements();
  std::vector<Requests> covered;  // by each statement

  World() {
    for (const policy::Statement& each : statements) {
      policy::Statement allow = each;
      allow.effect = policy::Effect::kAllow;
      const policy::Policy alone = policy_of({allow});
      Requests covers;
      for (std::size_t i = 0; i < requests.size(); ++i)
        covers[i] = access::decide_document(requests[i], alone).allowed.surely();
      covered.push_back(covers);
    }
  }

  // Indexes of the statements of a policy.
  using Chosen = std::vector<std::size_t>;
  policy::Policy make(const Chosen& chosen) const {
    std::vector<policy::Statement> made;
    for (const std::size_t index : chosen)
      made.push_back(statements[index]);
    return policy_of(std::move(made));
  }
  Requests allowed(const Chosen& chosen) const {
    Requests allows, denies;
    for (const std::size_t index : chosen)
      (statements[index].effect == policy::Effect::kAllow ? allows : denies) |= covered[index];
    return allows & ~denies;
  }
  Chosen random_choice(Random& random) const {
    Chosen chosen{random.below(statements.size())};
    if (random.chance(80))
      chosen.push_back(random.below(statements.size()));
    return chosen;
  }
};

const World& world() {
  static const World made;
  return made;
}

TEST(SmallWorld, StatementsTellTheRequestsApart) {
  // What the other tests rest on: requests of the world are all different to its statements, and documents
  // are what their statements make of them.
  std::map<std::string, std::size_t> by_statements;
  for (std::size_t i = 0; i < kRequests; ++i) {
    std::string seen;
    for (const Requests& covers : world().covered)
      seen += covers[i] ? '1' : '0';
    EXPECT_TRUE(by_statements.emplace(std::move(seen), i).second);
  }
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    const World::Chosen chosen = world().random_choice(random);
    const policy::Policy policy = world().make(chosen);
    const Requests allowed = world().allowed(chosen);
    for (std::size_t i = 0; i < kRequests; ++i) {
      ASSERT_EQ(access::decide_document(world().requests[i], policy).allowed.surely(), allowed[i])
          << shown(world().requests[i]) << policy::write_policy(policy);
    }
  }
}

TEST(SmallWorld, EveryPolicyAllowsSomethingExactlyWhereARequestIsAllowed) {
  Asker asker;
  std::size_t policies = 0, empty = 0, step = 0;
  const std::size_t stride = bounded(1, 97);
  const auto check = [&](const World::Chosen& chosen) {
    if (++step % stride != 0)
      return;
    const policy::Policy policy = world().make(chosen);
    const bool something = world().allowed(chosen).any();
    const Answered answered = asker.ask(allowed_by(policy));
    ++policies;
    empty += !something;
    ASSERT_EQ(answered.answer, something ? Answer::kRefuted : Answer::kProved)
        << answered.reason << "\n"
        << policy::write_policy(policy);
  };
  for (std::size_t i = 0; i < world().statements.size(); ++i) {
    check({i});
    for (std::size_t j = i; j < world().statements.size(); ++j) {
      check({i, j});
      if (HasFatalFailure())
        return;
    }
  }
  std::printf("%zu policies, %zu of them allow nothing\n", policies, empty);
  EXPECT_GT(empty, policies / 100);
}

// Does the first policy allow something that the second does not?
void check_inclusion(Asker& asker, const World::Chosen& first, const World::Chosen& second,
                     std::size_t& included) {
  const policy::Policy a = world().make(first);
  const policy::Policy b = world().make(second);
  const bool more = (world().allowed(first) & ~world().allowed(second)).any();
  included += !more;
  const Answered answered = asker.ask(both(allowed_by(a), not_(allowed_by(b))));
  ASSERT_EQ(answered.answer, more ? Answer::kRefuted : Answer::kProved)
      << answered.reason << "\n"
      << policy::write_policy(a) << policy::write_policy(b);
}

TEST(SmallWorld, OneStatementIncludesAnother) {
  Asker asker;
  std::size_t pairs = 0, included = 0, step = 0;
  const std::size_t stride = bounded(3, 211);
  const std::size_t allows = world().statements.size() / 2;
  for (std::size_t i = 0; i < allows; ++i) {
    for (std::size_t j = 0; j < allows; ++j) {
      if (++step % stride != 0)
        continue;
      ++pairs;
      check_inclusion(asker, {i}, {j}, included);
      if (HasFatalFailure())
        return;
    }
  }
  std::printf("%zu pairs, %zu included\n", pairs, included);
  EXPECT_GT(included, pairs / 100);
}

TEST(SmallWorld, OnePolicyIncludesAnother) {
  Asker asker;
  Random random(15'000'000);
  const std::size_t pairs = bounded(20'000, 250);
  std::size_t included = 0;
  for (std::size_t round = 0; round < pairs; ++round) {
    const World::Chosen first = world().random_choice(random);
    World::Chosen second = first;
    // A neighbour as often as any other: those are hard to tell apart.
    if (random.chance(50)) {
      second[random.below(second.size())] = random.below(world().statements.size());
    } else {
      second = world().random_choice(random);
    }
    check_inclusion(asker, first, second, included);
    if (HasFatalFailure())
      return;
  }
  std::printf("%zu pairs, %zu included\n", pairs, included);
  EXPECT_GT(included, pairs / 20);
  EXPECT_LT(included, pairs * 19 / 20);
}

}  // namespace
}  // namespace grantproof::tests
