// SPDX-License-Identifier: Apache-2.0
//
// Random requests that could be real: who calls, what is called and every context key agree, as section
// "Availability" of each key in the IAM User Guide ("AWS global condition context keys") wants it. The world
// is small (three accounts, a few names), so that random policies and requests meet often.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/request.h"
#include "aws/reference.h"
#include "policy/policy.h"
#include "support/random.h"

namespace grantproof::tests {

// An action of the small world and what it can act on.
struct SmallAction {
  std::string_view name;      // "events:PutEvents"
  std::string_view resource;  // "arn:aws:events:{region}:{account}:event-bus/{name}", or "*"
  // The type of the policy that hangs on the resource; nothing where resources of this kind have none.
  std::optional<policy::PolicyType> resource_policy;
  bool request_tags = false;  // tags can be passed in the request
};
std::span<const SmallAction> small_actions();

// A condition key of the small world, with values that requests and policies use.
struct SmallKey {
  std::string_view name;
  aws::KeyType type = aws::KeyType::kString;
  bool multivalued = false;
  std::vector<std::string_view> values;
};
const std::vector<SmallKey>& small_keys();
const SmallKey* find_small_key(std::string_view name);  // without regard to case

std::span<const std::string_view> small_accounts();
std::span<const std::string_view> small_regions();
// Names of users, roles, buses, queues…
std::span<const std::string_view> small_names();

// Who calls and what is called: the fixed part of a request.
struct Scene {
  access::CallerKind kind = access::CallerKind::kUser;
  std::string account;  // of the caller; empty for kService and kAnonymous
  std::string path;     // "" or "team/": of the user or role
  std::string name;     // of the user, role or federated user; the service
  std::string session;  // kAssumedRole
  const SmallAction* action = nullptr;
  std::string region;
  std::string owner;  // account of the resource
  std::string resource_name;
};

Scene random_scene(Random& random);
// The same but for one part: the caller, the action, or the resource.
Scene nearby_scene(Random& random, Scene scene);
// Keys that are always there, and some of those that may be.
access::Request random_request(Random& random, const Scene& scene);

// The ARNs of a scene's caller: of the identity (for a session, its role) and of the session; empty where
// there is none.
std::string identity_arn(const Scene& scene);
std::string session_arn(const Scene& scene);
std::string resource_arn(const Scene& scene);

}  // namespace grantproof::tests
