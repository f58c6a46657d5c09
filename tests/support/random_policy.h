// SPDX-License-Identifier: Apache-2.0
//
// Random policies of every type, as JSON text, written around a scene and a request so that they often apply
// and often just miss: names and values of the request, changed in one place, widened by a wildcard, negated.
// All 27 operators with qualifiers and IfExists, NotAction, NotResource, NotPrincipal, variables with
// defaults and escapes, both versions and none. Every policy is one that the reader takes without an error.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "access/authorizer.h"
#include "access/request.h"
#include "policy/policy.h"
#include "support/random.h"
#include "support/random_request.h"
#include "support/test_policy.h"

namespace grantproof::tests {

std::string random_policy(Random& random, policy::PolicyType type, const Scene& scene,
                          const access::Request& request);

// Every policy that has a say in a request, as text and as read.
class RandomPolicySet {
 public:
  // Layers that are often there in an account: identity policies always, the others now and then.
  RandomPolicySet(Random& random, const Scene& scene, const access::Request& request);
  RandomPolicySet(const RandomPolicySet&) = delete;
  RandomPolicySet& operator=(const RandomPolicySet&) = delete;

  // Valid as long as this.
  const access::PolicySet& policies() const { return policies_; }
  // All of it, for the message of a failure.
  const std::string& text() const { return text_; }

 private:
  const policy::Policy* add(policy::PolicyType type);
  std::vector<const policy::Policy*> add_some(policy::PolicyType type, std::size_t count);
  std::vector<access::OrganizationLevel> add_levels(policy::PolicyType type);

  Random& random_;
  const Scene& scene_;
  const access::Request& request_;
  std::vector<std::unique_ptr<TestPolicy>> owned_;
  access::PolicySet policies_;
  std::string text_;
};

}  // namespace grantproof::tests
