// SPDX-License-Identifier: Apache-2.0
//
// Policies and requests with unknown parts against the same ones with the parts filled in: what is said for
// sure of the first is true of every one of the second, in access/, in logic/, in prover/ and in checks/.
#include "support/unknown_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "access/authorizer.h"
#include "access/document.h"
#include "aws/arn.h"
#include "aws/reference.h"
#include "base/unknown_text.h"
#include "logic/encode_authorization.h"
#include "logic/encode_statement.h"
#include "logic/interpret.h"
#include "logic/request_space.h"
#include "policy/policy_reader.h"
#include "prover/prover.h"
#include "support/bounds.h"
#include "support/random_policy.h"
#include "support/random_request.h"
#include "support/rounds.h"
#include "support/test_policy.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

using access::Truth;
using policy::PolicyType;

constexpr PolicyType kTypes[] = {PolicyType::kIdentity,
                                 PolicyType::kIdentity,
                                 PolicyType::kResource,
                                 PolicyType::kResource,
                                 PolicyType::kResource,
                                 PolicyType::kTrust,
                                 PolicyType::kKey,
                                 PolicyType::kPermissionsBoundary,
                                 PolicyType::kServiceControl,
                                 PolicyType::kResourceControl,
                                 PolicyType::kVpcEndpoint};
constexpr std::size_t kFillings = 6;

std::string shown(const access::Request& request) {
  return syntax::write_json(access::write_request(request), 1);
}

// What AWS refuses, or nobody understands, is no policy that a part could make.
bool understood(const policy::Policy& policy) {
  return policy.understood && std::ranges::all_of(policy.statements, [](const policy::Statement& statement) {
           return statement.understood;
         });
}

// A document with unknown parts, as read, and as text.
struct Document {
  PolicyType type;
  std::string text;
  TestPolicy read;

  std::optional<TestPolicy> filled_with(const Values& values) const {
    TestPolicy filled_in = read_policy_text(filled(text, values), type);
    if (!understood(filled_in.policy))
      return std::nullopt;
    return filled_in;
  }
};

Document random_document(Random& random, PolicyType type, UnknownParts& parts, const Scene& scene,
                         const access::Request& request) {
  Document document{type, parts.in_policy(random_policy(random, type, scene, request)), {}};
  document.read = read_policy_text(document.text, type);
  return document;
}

// Counts what was said for sure, so that the test cannot pass by saying nothing.
class Tally {
 public:
  explicit Tally(const char* name) : name_(name) {}
  ~Tally() {
    std::printf("%s: yes %zu, no %zu, unknown %zu\n", name_, yes, no, unknown);
    if (std::getenv("GRANTPROOF_SEED") != nullptr)
      return;
    EXPECT_GT(yes, (yes + no + unknown) / 50);
    EXPECT_GT(no, (yes + no + unknown) / 50);
    EXPECT_GT(unknown, (yes + no + unknown) / 50);
  }
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  void add(const Truth& truth) { ++(truth.unknown() ? unknown : truth.surely() ? yes : no); }

  std::size_t yes = 0, no = 0, unknown = 0;

 private:
  const char* name_;
};

bool agrees(const Truth& said, bool is) {
  return is ? said.possibly() : !said.surely();
}

// ---- access/

TEST(UnknownParts, WhatADocumentSaysForSureHoldsForEveryFilling) {
  Tally tally("documents");
  std::size_t refused = 0, filled_in = 0;
  for_rounds(bounded(12'000, 400), 51'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    UnknownParts parts(random);
    const Document document = random_document(random, random.pick(kTypes), parts, scene, first);
    if (!understood(document.read.policy))
      return;  // a part beside a '*' that stands for nobody
    const access::Request asked = random.chance(40) ? parts.in_request(first) : first;
    const Truth said = access::decide_document(asked, document.read.policy).allowed;
    tally.add(said);
    for (std::size_t i = 0; i < kFillings; ++i) {
      const Values values = parts.values_for_requests();
      const auto one = document.filled_with(values);
      ++(one ? filled_in : refused);
      if (!one)
        continue;
      const access::Request request = filled(asked, values);
      const bool is = access::decide_document(request, one->policy).allowed.surely();
      ASSERT_TRUE(agrees(said, is)) << (is ? "allowed" : "not allowed") << "\n"
                                    << document.text << "\n"
                                    << filled(document.text, values) << "\n"
                                    << shown(asked) << "\n"
                                    << shown(request);
    }
  });
  EXPECT_GT(filled_in, refused);
}

// Every policy of a set, with unknown parts.
class UnknownSet {
 public:
  UnknownSet(const RandomPolicySet& set, UnknownParts& parts) {
    const access::PolicySet& policies = set.policies();
    // The texts of the set, a line each: "type: {…}".
    std::string_view text = set.text();
    const auto next = [&]() -> const policy::Policy* {
      const std::size_t colon = text.find(": ");
      const std::size_t end = text.find('\n');
      const auto type = policy::find_policy_type(text.substr(0, colon));
      documents_.push_back({*type, parts.in_policy(text.substr(colon + 2, end - colon - 2)), {}});
      Document& document = documents_.back();
      document.read = read_policy_text(document.text, *type);
      text.remove_prefix(end + 1);
      return &document.read.policy;
    };
    documents_.reserve(64);
    policies_ = policies;
    // In the order in which RandomPolicySet made them.
    for (const policy::Policy*& policy : policies_.identity)
      policy = next();
    for (const policy::Policy*& policy : policies_.permissions_boundaries)
      policy = next();
    for (const policy::Policy*& policy : policies_.session)
      policy = next();
    if (policies_.resource != nullptr)
      policies_.resource = next();
    for (access::OrganizationLevel& level : policies_.service_control) {
      for (const policy::Policy*& policy : level.policies)
        policy = next();
    }
    for (access::OrganizationLevel& level : policies_.resource_control) {
      for (const policy::Policy*& policy : level.policies)
        policy = next();
    }
    for (const policy::Policy*& policy : policies_.vpc_endpoint)
      policy = next();
  }

  const access::PolicySet& policies() const { return policies_; }
  bool understood() const {
    return std::ranges::all_of(
        documents_, [](const Document& document) { return tests::understood(document.read.policy); });
  }

  // The set filled in; nothing where one of its policies would be refused. Valid until the next call.
  const access::PolicySet* filled_with(const Values& values) {
    filled_.clear();
    filled_.reserve(documents_.size());
    filled_policies_ = policies_;
    for (const Document& document : documents_) {
      auto one = document.filled_with(values);
      if (!one)
        return nullptr;
      filled_.push_back(std::move(*one));
    }
    const auto replace = [&](const policy::Policy*& policy) {
      for (std::size_t i = 0; i < documents_.size(); ++i) {
        if (policy == &documents_[i].read.policy) {
          policy = &filled_[i].policy;
          return;
        }
      }
    };
    for (auto* list : {&filled_policies_.identity, &filled_policies_.permissions_boundaries,
                       &filled_policies_.session, &filled_policies_.vpc_endpoint}) {
      for (const policy::Policy*& policy : *list)
        replace(policy);
    }
    for (auto* levels : {&filled_policies_.service_control, &filled_policies_.resource_control}) {
      for (access::OrganizationLevel& level : *levels) {
        for (const policy::Policy*& policy : level.policies)
          replace(policy);
      }
    }
    if (filled_policies_.resource != nullptr)
      replace(filled_policies_.resource);
    return &filled_policies_;
  }

  std::string text() const {
    std::string text;
    for (const Document& document : documents_)
      text += std::string(policy::name(document.type)) + ": " + document.text + "\n";
    return text;
  }

 private:
  std::vector<Document> documents_;
  access::PolicySet policies_;
  std::vector<TestPolicy> filled_;
  access::PolicySet filled_policies_;
};

TEST(UnknownParts, WhatAllLayersSayForSureHoldsForEveryFilling) {
  Tally tally("layers");
  for_rounds(bounded(8'000, 300), 52'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    const RandomPolicySet set(random, scene, first);
    UnknownParts parts(random);
    UnknownSet unknown(set, parts);
    if (!unknown.understood())
      return;
    const access::Request asked = random.chance(40) ? parts.in_request(first) : first;
    const access::Decision decision = access::decide(asked, unknown.policies());
    tally.add(decision.allowed);
    ASSERT_EQ(access::is_relied_on(decision), !decision.allowed.unknown()) << unknown.text();
    for (std::size_t i = 0; i < kFillings; ++i) {
      const Values values = parts.values_for_requests();
      const access::PolicySet* policies = unknown.filled_with(values);
      if (policies == nullptr)
        continue;
      const access::Request request = filled(asked, values);
      const access::Decision one = access::decide(request, *policies);
      ASSERT_TRUE(agrees(decision.allowed, one.outcome == access::Outcome::kAllowed))
          << one.reason << "\n"
          << unknown.text() << filled(unknown.text(), values) << shown(asked) << "\n"
          << shown(request);
      if (access::is_relied_on(decision) && decision.outcome == access::Outcome::kAllowed) {
        ASSERT_EQ(one.outcome, decision.outcome);
      }
    }
  });
}

// ---- logic/

// The truth of both formulas for every choice of what nobody knows.
std::optional<std::set<std::pair<bool, bool>>> choices(logic::SymbolicRequest& symbolic, logic::Formula a,
                                                       logic::Formula b, const access::Request& request) {
  std::map<logic::Atom, unsigned> unknown;
  for (logic::AtomId id = 0; id < symbolic.atom_count(); ++id) {
    if (symbolic.atom(id).kind == logic::Atom::Kind::kUnknown)
      unknown.emplace(symbolic.atom(id), static_cast<unsigned>(unknown.size()));
  }
  if (unknown.size() > 8)
    return std::nullopt;
  std::set<std::pair<bool, bool>> truths;
  for (unsigned choice = 0; choice < 1U << unknown.size(); ++choice) {
    const logic::UnknownTruth truth = [&](const logic::Atom& atom) {
      return (choice >> unknown.at(atom) & 1U) != 0;
    };
    truths.emplace(logic::holds(symbolic, a, request, truth), logic::holds(symbolic, b, request, truth));
  }
  return truths;
}

TEST(UnknownParts, FormulasOfTwoDocumentsAreTrueAsEveryFillingIs) {
  // Of two at once: the same text in both must be the same unknown.
  std::size_t compared = 0, single = 0;
  for_rounds(bounded(4'000, 250), 53'000'000, [&](Random& random) {
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    UnknownParts parts(random);
    const PolicyType type = random.pick(kTypes);
    const Document a = random_document(random, type, parts, scene, first);
    const Document b = random.chance(30) ? Document{type, a.text, read_policy_text(a.text, type)}
                                         : random_document(random, random.pick(kTypes), parts, scene, first);
    patterns::PatternStore patterns;
    logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    const logic::Formula formula_a = logic::encode_document(symbolic, a.read.policy);
    const logic::Formula formula_b = logic::encode_document(symbolic, b.read.policy);
    for (std::size_t i = 0; i < 3; ++i) {
      const access::Request request = i == 0 ? first : random_request(random, nearby_scene(random, scene));
      const auto truths = choices(symbolic, formula_a, formula_b, request);
      if (!truths)
        return;
      single += truths->size() == 1;
      for (std::size_t filling = 0; filling < kFillings; ++filling) {
        const Values values = parts.values();
        const auto one = a.filled_with(values);
        const auto other = b.filled_with(values);
        if (!one || !other)
          continue;
        ++compared;
        const std::pair<bool, bool> is{access::decide_document(request, one->policy).allowed.surely(),
                                       access::decide_document(request, other->policy).allowed.surely()};
        ASSERT_TRUE(truths->contains(is)) << is.first << is.second << "\n"
                                          << a.text << "\n"
                                          << b.text << "\n"
                                          << filled(a.text, values) << "\n"
                                          << filled(b.text, values) << "\n"
                                          << shown(request);
      }
    }
  });
  if (std::getenv("GRANTPROOF_SEED") == nullptr) {
    EXPECT_GT(compared, 3 * single / 2);
  }
}

// ---- prover/

bool has_unknown(const access::Request& request) {
  return base::has_unknown(shown(request));
}

// Within a field of a text a part stands for a part of that field.
bool is_plain_within_texts(const syntax::Node& node, const Values& values) {
  if (base::has_unknown(node.text) && !base::wholly_unknown(node.text)) {
    for (const base::TextSegment& segment : base::cut_at_unknowns(node.text)) {
      if (segment.unknown && values.at(std::string(segment.text)).find_first_of(":/") != std::string::npos)
        return false;
    }
  }
  return std::ranges::all_of(node.items,
                             [&](const syntax::Node& item) { return is_plain_within_texts(item, values); }) &&
         std::ranges::all_of(node.members, [&](const syntax::Member& member) {
           return is_plain_within_texts(member.value, values);
         });
}

// A request that can be: what a part stands for is of the kind that its place wants.
bool is_real(logic::SymbolicRequest& symbolic, const access::Request& asked, const access::Request& request,
             const Values& values) {
  const bool resource = request.resource.arn == "*" || aws::parse_arn(request.resource.arn).has_value();
  return resource && is_plain_within_texts(access::write_request(asked), values) &&
         logic::holds(symbolic, logic::request_space(symbolic), request);
}

TEST(UnknownParts, VerdictsHoldForEveryFilling) {
  std::size_t proved = 0, refuted = 0, undecided = 0, with_parts = 0, checked = 0, witnesses = 0;
  std::optional<patterns::PatternStore> patterns;
  std::optional<prover::Prover> prover;
  std::size_t uses = 0;
  for_rounds(bounded(2'500, 60), 54'000'000, [&](Random& random) {
    if (uses++ % 300 == 0) {
      prover.reset();
      patterns.emplace();
      prover.emplace(*patterns, aws::Reference::embedded());
    }
    const Scene scene = random_scene(random);
    const access::Request first = random_request(random, scene);
    UnknownParts parts(random);
    const PolicyType type = random.pick(kTypes);
    const Document a = random_document(random, type, parts, scene, first);
    const Document b = random_document(random, type, parts, scene, first);
    // Both allow it, or only the first.
    const bool difference = random.chance(50);
    logic::SymbolicRequest symbolic(*patterns, aws::Reference::embedded());
    const logic::Formula second = logic::encode_document(symbolic, b.read.policy);
    prover::Question question;
    question.name = "fillings";
    question.violation = symbolic.formulas().both(logic::encode_document(symbolic, a.read.policy),
                                                  difference ? symbolic.formulas().not_(second) : second);
    const auto violates = [&](const access::Request& request, const policy::Policy& one,
                              const policy::Policy& other) {
      return access::decide_document(request, one).allowed &&
             access::negated_if(difference, access::decide_document(request, other).allowed);
    };
    question.replay = [&](const access::Request& request) {
      return violates(request, a.read.policy, b.read.policy);
    };
    const prover::Verdict verdict = prover->decide(symbolic, question);
    proved += std::holds_alternative<prover::Proved>(verdict);
    undecided += std::holds_alternative<prover::Undecided>(verdict);
    const auto* found = std::get_if<prover::Refuted>(&verdict);
    refuted += found != nullptr;
    with_parts += found != nullptr && has_unknown(found->witness);
    if (const auto* why = std::get_if<prover::Undecided>(&verdict)) {
      ASSERT_FALSE(why->reason.empty()) << a.text << "\n" << b.text;
    }
    std::vector<access::Request> requests{first};
    for (std::size_t i = 0; i < 6; ++i)
      requests.push_back(random_request(random, random.chance(60) ? scene : nearby_scene(random, scene)));
    for (std::size_t i = 0; i < kFillings; ++i) {
      const Values values = found != nullptr ? parts.values_without_wildcards() : parts.values();
      const auto one = a.filled_with(values);
      const auto other = b.filled_with(values);
      if (!one || !other)
        continue;
      ++checked;
      const std::string told = a.text + "\n" + b.text + "\n" + filled(a.text, values) + "\n" +
                               filled(b.text, values) + (difference ? "\nonly the first" : "\nboth") + "\n";
      if (found != nullptr) {
        const access::Request witness = filled(found->witness, values);
        if (!is_real(symbolic, found->witness, witness, values))
          continue;
        witnesses += has_unknown(found->witness);
        ASSERT_TRUE(violates(witness, one->policy, other->policy).surely())
            << "no witness:\n"
            << told << shown(found->witness) << "\n"
            << shown(witness);
      }
      if (std::holds_alternative<prover::Proved>(verdict)) {
        for (const access::Request& request : requests) {
          ASSERT_FALSE(violates(request, one->policy, other->policy).surely())
              << "proved impossible, yet here it is:\n"
              << told << shown(request);
        }
      }
    }
  });
  std::printf(
      "fillings: proved %zu, refuted %zu (%zu with unknown parts, filled in %zu times), undecided %zu, "
      "checked %zu\n",
      proved, refuted, with_parts, witnesses, undecided, checked);
  if (std::getenv("GRANTPROOF_SEED") == nullptr) {
    EXPECT_GT(proved, 10U);
    EXPECT_GT(refuted, 10U);
    EXPECT_GT(with_parts, 3U);
    EXPECT_GT(witnesses, with_parts / 4);
    EXPECT_GT(undecided, 10U);
  }
}

}  // namespace
}  // namespace grantproof::tests
