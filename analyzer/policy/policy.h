// SPDX-License-Identifier: Apache-2.0
//
// A policy document of the IAM policy language: its type, its version and its statements.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "policy/statement.h"

namespace grantproof::policy {

enum class PolicyType {
  kIdentity,  // attached to a user, group or role
  kResource,  // any resource-based policy without a type of its own: event bus, queue, topic, bucket,
              // function
  kTrust,     // who may assume a role
  kKey,       // KMS key policy: without it identity policies are powerless
  kPermissionsBoundary,
  kSession,
  kServiceControl,
  kResourceControl,
  kVpcEndpoint,
};

// "identity", "resource", "trust", "key", "boundary", "session", "scp", "rcp", "vpc-endpoint": as --as takes
// them. "event-bus", "queue", "topic", "bucket", "function" are read as kResource.
std::string_view name(PolicyType type);
std::optional<PolicyType> find_policy_type(std::string_view name);
// Does a policy of this type name principals?
bool has_principal(PolicyType type);

enum class Version { k2008, k2012 };

struct Policy {
  PolicyType type = PolicyType::kIdentity;
  Version version = Version::k2008;  // what a missing Version means
  std::optional<std::string> id;
  std::vector<Statement> statements;
  // Something outside any statement was not understood (no Statement, an unknown element): see
  // Statement::understood.
  bool understood = true;
  base::Span span;
};

}  // namespace grantproof::policy
