// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include <array>

namespace grantproof::policy {
namespace {

struct TypeName {
  std::string_view name;
  PolicyType type;
};

// The first name of a type is the one it is printed with; the others are only read.
constexpr std::array<TypeName, 14> kTypeNames = {{
    {"identity", PolicyType::kIdentity},
    {"resource", PolicyType::kResource},
    {"trust", PolicyType::kTrust},
    {"key", PolicyType::kKey},
    {"boundary", PolicyType::kPermissionsBoundary},
    {"session", PolicyType::kSession},
    {"scp", PolicyType::kServiceControl},
    {"rcp", PolicyType::kResourceControl},
    {"vpc-endpoint", PolicyType::kVpcEndpoint},
    {"event-bus", PolicyType::kResource},
    {"queue", PolicyType::kResource},
    {"topic", PolicyType::kResource},
    {"bucket", PolicyType::kResource},
    {"function", PolicyType::kResource},
}};

}  // namespace

std::string_view name(PolicyType type) {
  for (const TypeName& row : kTypeNames) {
    if (row.type == type)
      return row.name;
  }
  return {};
}

std::optional<PolicyType> find_policy_type(std::string_view name) {
  for (const TypeName& row : kTypeNames) {
    if (row.name == name)
      return row.type;
  }
  return std::nullopt;
}

bool has_principal(PolicyType type) {
  switch (type) {
    case PolicyType::kResource:
    case PolicyType::kTrust:
    case PolicyType::kKey:
    case PolicyType::kResourceControl:
    case PolicyType::kVpcEndpoint:
      return true;
    case PolicyType::kIdentity:
    case PolicyType::kPermissionsBoundary:
    case PolicyType::kSession:
    case PolicyType::kServiceControl:
      return false;
  }
  return false;
}

}  // namespace grantproof::policy
