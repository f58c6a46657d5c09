// SPDX-License-Identifier: Apache-2.0
#include "access/explanation.h"

#include "aws/arn.h"

namespace grantproof::access {
namespace {

// "events:PutEvents on arn:aws:events:…"; without the resource where the action has none
std::string asked(const Request& request) {
  if (request.resource.arn == "*")
    return request.action;
  return request.action + " on " + request.resource.arn;
}

// "arn:aws:iam::…:user/alice", "events.amazonaws.com", "an unsigned caller"
std::string caller(const Request& request) {
  return request.principal.kind == CallerKind::kAnonymous ? "an unsigned caller" : request.principal.id;
}

// The resource policy in the words of what it belongs to.
std::string resource_policy(policy::PolicyType type) {
  if (type == policy::PolicyType::kTrust)
    return "the role trust policy";
  if (type == policy::PolicyType::kKey)
    return "the key policy";
  return "the resource policy";
}

std::string at_level(const std::vector<OrganizationLevel>& levels, std::size_t level) {
  return level < levels.size() ? " at " + levels[level].entity : std::string();
}

std::string sid_of(const policy::Statement& statement) {
  return statement.sid.has_value() && !statement.sid->empty() ? " (statement " + *statement.sid + ")"
                                                              : std::string();
}

}  // namespace

std::string explain_no_permission(const Request& request) {
  return request.action + " needs no permission";
}

std::string explain_denial(const Request& request, const PolicySet& policies, const StatementRef& deny) {
  std::string who = "a " + std::string(name(deny.layer));
  if (deny.layer == PolicyLayer::kIdentity)
    who = "an identity policy";
  if (deny.layer == PolicyLayer::kResource)
    who = resource_policy(policies.resource->type);
  if (deny.layer == PolicyLayer::kServiceControl)
    who += at_level(policies.service_control, deny.level);
  if (deny.layer == PolicyLayer::kResourceControl)
    who += at_level(policies.resource_control, deny.level);
  return who + " denies " + asked(request) + sid_of(find_statement(policies, deny));
}

std::string explain_missing_allow(const Request& request, const PolicySet& policies, const Findings& found,
                                  PolicyLayer layer) {
  switch (layer) {
    case PolicyLayer::kIdentity: {
      if (found.resource.allow()) {
        return resource_policy(policies.resource->type) + " leaves " + asked(request) +
               " to the caller's identity policies, and none allows it";
      }
      const bool has_resource_policy = policies.resource != nullptr;
      return "no identity policy allows " + asked(request) +
             (has_resource_policy ? ", nor does the resource policy" : "");
    }
    case PolicyLayer::kResource:
      if (policies.resource == nullptr) {
        return "there is no policy on the resource, and without one nothing allows " + asked(request) +
               " to " + caller(request);
      }
      return resource_policy(policies.resource->type) + " does not allow " + asked(request) + " to " +
             caller(request);
    case PolicyLayer::kPermissionsBoundary:
      return "the permissions boundary does not allow " + asked(request);
    case PolicyLayer::kSession:
      return "the session policies do not allow " + asked(request);
    case PolicyLayer::kServiceControl: {
      const std::size_t level = found.service_control.levels_without_allow.front();
      return "no service control policy" + at_level(policies.service_control, level) + " allows " +
             asked(request);
    }
    case PolicyLayer::kResourceControl:
      return "no resource control policy allows " + asked(request);
    case PolicyLayer::kVpcEndpoint:
      return "the VPC endpoint policy does not allow " + asked(request);
  }
  return {};
}

std::string explain_grant(const Request& request, const PolicySet& policies, const Findings& found,
                          PolicyLayer carrier, PrincipalMatch way) {
  if (carrier != PolicyLayer::kResource) {
    return found.identity.allow() ? "an identity policy allows " + asked(request)
                                  : "the root user needs no policy for " + asked(request);
  }
  const std::string policy = resource_policy(policies.resource->type);
  switch (way) {
    case PrincipalMatch::kByAccount:
      return policy +
             (found.identity.allow() ? " and an identity policy allow " : " lets the root user do ") +
             asked(request);
    case PrincipalMatch::kByRole:
      return policy + " allows " + asked(request) + " to the role or user behind " + caller(request);
    default:
      return policy + " allows " + asked(request) + " to " + caller(request);
  }
}

}  // namespace grantproof::access
