// SPDX-License-Identifier: Apache-2.0
//
// Laws of the policy language, proved by the prover for random policies: two documents that mean the same, or
// one that can only allow more. A law is broken where the prover finds a request that tells them apart.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "policy/policy_writer.h"
#include "support/bounds.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

using policy::Effect;
using policy::Policy;
using policy::PolicyType;
using policy::Statement;

constexpr PolicyType kTypes[] = {
    PolicyType::kIdentity,    PolicyType::kResource,       PolicyType::kTrust,
    PolicyType::kKey,         PolicyType::kServiceControl, PolicyType::kResourceControl,
    PolicyType::kVpcEndpoint, PolicyType::kSession,        PolicyType::kPermissionsBoundary};

// One law over many random policies.
class Law {
 public:
  explicit Law(const char* name) : name_(name) {}
  ~Law() {
    std::printf("%s: %zu times, undecided %zu\n", name_, asked_, undecided_);
    EXPECT_LE(static_cast<double>(undecided_), 0.005 * static_cast<double>(asked_) + 1);
  }
  Law(const Law&) = delete;
  Law& operator=(const Law&) = delete;

  // No request has this.
  void nothing(const Asked& asked, const std::string& text) {
    if (++asked_ % 500 == 1)
      asker_.emplace();
    const Answered answered = asker_->ask(asked);
    undecided_ += answered.answer == Answer::kUndecided && !answered.has_unknown;
    ASSERT_NE(answered.answer, Answer::kRefuted) << shown(*answered.witness) << "\n" << text;
    ASSERT_NE(answered.answer, Answer::kDisagrees) << shown(*answered.witness) << "\n" << text;
  }
  // What `less` allows `more` allows.
  void included(const Policy& less, const Policy& more) {
    nothing(both(allowed_by(less), not_(allowed_by(more))),
            "what this allows\n" + policy::write_policy(less) + "this should allow\n" +
                policy::write_policy(more));
  }
  void equal(const Policy& a, const Policy& b) {
    included(a, b);
    if (!testing::Test::HasFatalFailure())
      included(b, a);
  }

 private:
  const char* name_;
  std::size_t asked_ = 0, undecided_ = 0;
  std::optional<Asker> asker_;
};

Policy random_document(Random& random, PolicyType type) {
  const Scene scene = random_scene(random);
  return read_policy_text(random_policy(random, type, scene, random_request(random, scene)), type).policy;
}

template <typename List>
void shuffle(Random& random, List& list) {
  for (std::size_t i = list.size(); i > 1; --i)
    std::swap(list[i - 1], list[random.below(i)]);
}

TEST(Laws, OrderDoesNotCount) {
  Law law("order");
  for_rounds(bounded(2'500, 40), 21'000'000, [&](Random& random) {
    const Policy policy = random_document(random, random.pick(kTypes));
    Policy other = policy;
    shuffle(random, other.statements);
    for (Statement& statement : other.statements) {
      shuffle(random, statement.action.patterns);
      if (statement.resource)
        shuffle(random, statement.resource->patterns);
      if (statement.principal)
        shuffle(random, statement.principal->principals);
      shuffle(random, statement.conditions);
      for (policy::Condition& condition : statement.conditions)
        shuffle(random, condition.values);
    }
    law.equal(policy, other);
  });
}

TEST(Laws, RepetitionDoesNotCount) {
  Law law("repetition");
  for_rounds(bounded(1'000, 20), 22'000'000, [&](Random& random) {
    const Policy policy = random_document(random, random.pick(kTypes));
    Policy other = policy;
    other.statements.push_back(random.pick(policy.statements));
    Statement& again = other.statements.back();
    again.action.patterns.push_back(again.action.patterns.front());
    law.equal(policy, other);
  });
}

TEST(Laws, ADenyNeverGrants) {
  Law law("deny");
  for_rounds(bounded(2'500, 40), 23'000'000, [&](Random& random) {
    const PolicyType type = random.pick(kTypes);
    const Policy policy = random_document(random, type);
    Policy more = policy;
    for (Statement& statement : random_document(random, type).statements) {
      statement.effect = Effect::kDeny;
      more.statements.push_back(std::move(statement));
    }
    law.included(more, policy);
  });
}

TEST(Laws, AnAllowNeverRevokes) {
  Law law("allow");
  for_rounds(bounded(2'500, 40), 24'000'000, [&](Random& random) {
    const PolicyType type = random.pick(kTypes);
    const Policy policy = random_document(random, type);
    Policy more = policy;
    for (Statement& statement : random_document(random, type).statements) {
      statement.effect = Effect::kAllow;
      more.statements.push_back(std::move(statement));
    }
    law.included(policy, more);
  });
}

TEST(Laws, TheLayersOfAnAuthorizationDoSoToo) {
  // A Deny anywhere, an Allow in an identity policy: of all layers together.
  Law law("layers");
  for_rounds(bounded(1'000, 20), 25'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request request = random_request(random, scene);
    const RandomPolicySet set(random, scene, request);
    Policy added =
        read_policy_text(random_policy(random, PolicyType::kIdentity, scene, request), PolicyType::kIdentity)
            .policy;
    const Effect effect = random.chance(50) ? Effect::kAllow : Effect::kDeny;
    for (Statement& statement : added.statements)
      statement.effect = effect;
    access::PolicySet more = set.policies();
    more.identity.push_back(&added);
    const Asked before = allowed_by(set.policies());
    const Asked after = allowed_by(more);
    law.nothing(effect == Effect::kAllow ? both(before, not_(after)) : both(after, not_(before)),
                set.text() + "added: " + policy::write_policy(added, -1));
  });
}

// ---- complements

// One Allow statement of a random document that understands itself.
Policy one_allow(Random& random, PolicyType type) {
  Policy policy = random_document(random, type);
  policy.statements.resize(1);
  policy.statements.front().effect = Effect::kAllow;
  return policy;
}

void check_complement(Law& law, const Policy& listed, const Policy& others, const Policy& everything) {
  law.nothing(both(allowed_by(listed), allowed_by(others)),
              policy::write_policy(listed) + policy::write_policy(others));
  Policy together = listed;
  together.statements.push_back(others.statements.front());
  if (!testing::Test::HasFatalFailure())
    law.equal(together, everything);
}

TEST(Laws, NotActionIsTheComplement) {
  constexpr PolicyType kWithNotAction[] = {PolicyType::kIdentity, PolicyType::kResource,
                                           PolicyType::kServiceControl};
  Law law("NotAction");
  for_rounds(bounded(1'500, 25), 26'000'000, [&](Random& random) {
    Policy listed = one_allow(random, random.pick(kWithNotAction));
    Policy others = listed;
    listed.statements.front().action.negated = false;
    others.statements.front().action.negated = true;
    Policy everything = listed;
    everything.statements.front().action.patterns = {{"*", {}}};
    check_complement(law, listed, others, everything);
  });
}

TEST(Laws, NotResourceIsTheComplement) {
  constexpr PolicyType kWithNotResource[] = {PolicyType::kIdentity, PolicyType::kResource,
                                             PolicyType::kServiceControl};
  Law law("NotResource");
  for_rounds(bounded(1'500, 25), 27'000'000, [&](Random& random) {
    Policy listed = one_allow(random, random.pick(kWithNotResource));
    Policy others = listed;
    listed.statements.front().resource->negated = false;
    others.statements.front().resource->negated = true;
    Policy everything = listed;
    everything.statements.front().resource->patterns = {{"*", {}}};
    check_complement(law, listed, others, everything);
  });
}

// ---- wildcards

// The text with one part behind `from` replaced by a wildcard.
std::string wider(Random& random, std::string_view text, std::size_t from) {
  const std::size_t at = from + random.below(text.size() - from + 1);
  const std::string before(text.substr(0, at));
  switch (random.below(3)) {
    case 0:
      return before + "*";
    case 1:
      return before + "*" + std::string(text.substr(at));
    default:
      // A '?' is no wider than a '*'.
      return at == text.size() || text[at] == '*' ? before + "*" + std::string(text.substr(at))
                                                  : before + "?" + std::string(text.substr(at + 1));
  }
}

TEST(Laws, AWiderPatternNeverShrinks) {
  Law law("wildcards");
  for_rounds(bounded(2'500, 40), 28'000'000, [&](Random& random) {
    Policy policy = random_document(random, random.pick(kTypes));
    for (Statement& statement : policy.statements)
      statement.effect = Effect::kAllow;
    Policy more = policy;
    for (Statement& statement : more.statements) {
      if (!statement.action.negated) {
        policy::Text& pattern = statement.action.patterns[random.below(statement.action.patterns.size())];
        const std::size_t colon = pattern.text.find(':');
        if (colon != std::string::npos)
          pattern.text = wider(random, pattern.text, colon + 1);
      }
      if (statement.resource && !statement.resource->negated) {
        policy::Text& pattern =
            statement.resource->patterns[random.below(statement.resource->patterns.size())];
        // In the resource part only: the fields before it are compared one by one. Not inside a variable.
        std::size_t part = 0;
        for (int field = 0; field < 5 && part != std::string::npos; ++field) {
          part = pattern.text.find(':', part);
          part = part == std::string::npos ? part : part + 1;
        }
        if (part != std::string::npos && pattern.text.find('$') == std::string::npos)
          pattern.text = wider(random, pattern.text, part);
      }
    }
    law.included(policy, more);
  });
}

TEST(Laws, AConditionNeverAdds) {
  Law law("conditions");
  for_rounds(bounded(2'500, 40), 29'000'000, [&](Random& random) {
    const Policy policy = random_document(random, random.pick(kTypes));
    Policy fewer = policy;
    for (Statement& statement : fewer.statements) {
      // Of an Allow a condition takes away, of a Deny it gives back.
      if (statement.effect == Effect::kAllow)
        statement.conditions.clear();
    }
    law.included(policy, fewer);
    Policy harsher = policy;
    for (Statement& statement : harsher.statements) {
      if (statement.effect == Effect::kDeny)
        statement.conditions.clear();
    }
    if (!testing::Test::HasFatalFailure())
      law.included(harsher, policy);
  });
}

// ---- reading and writing

TEST(Laws, WhatIsWrittenReadsBackEqual) {
  Law law("writing");
  for_rounds(bounded(2'500, 40), 30'000'000, [&](Random& random) {
    const PolicyType type = random.pick(kTypes);
    const Policy policy = random_document(random, type);
    const TestPolicy again = read_policy_text(policy::write_policy(policy), type);
    ASSERT_EQ(again.sink.errors(), 0U) << policy::write_policy(policy);
    law.equal(policy, again.policy);
  });
}

}  // namespace
}  // namespace grantproof::tests
