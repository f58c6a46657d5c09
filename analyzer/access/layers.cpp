// SPDX-License-Identifier: Apache-2.0
#include "access/layers.h"

#include <algorithm>
#include <array>

#include "access/statement_evaluator.h"
#include "access/unknown_match.h"
#include "aws/arn.h"
#include "aws/reference.h"
#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::access {
namespace {

std::string_view service_of(const Request& request) {
  const std::string_view action = request.action;
  return action.substr(0, action.find(':'));
}

bool is_service(const Request& request, std::string_view prefix) {
  return base::equals_ignoring_case(service_of(request), prefix);
}

// A role's own ARN has its path, a session's has none: there only aws:PrincipalArn can tell.
bool called_by_service_linked_role(const Request& request) {
  if (request.principal.kind == CallerKind::kRole)
    return is_service_linked_role(request.principal.id);
  if (request.principal.kind != CallerKind::kAssumedRole)
    return false;
  const auto found = request.context.find("aws:principalarn");
  return found != request.context.end() && !found->second.multivalued &&
         is_service_linked_role(found->second.values.front());
}

std::string_view owner_of(const Request& request) {
  if (!request.resource.account.empty())
    return request.resource.account;
  const std::optional<aws::Arn> arn = aws::parse_arn(request.resource.arn);
  return arn.has_value() ? arn->account : std::string_view();
}

// Looks at the statements of one policy after the other and puts what applies into a layer.
class Examiner {
 public:
  Examiner(const Request& request, bool has_boundary, Findings& findings)
      : view_(request, has_boundary), findings_(findings) {}

  void policy(const policy::Policy& policy, StatementRef ref, LayerFindings& layer) {
    layer.present = true;
    if (!policy.understood)
      findings_.policies_understood = false;
    for (ref.statement = 0; ref.statement < policy.statements.size(); ++ref.statement) {
      statement(policy.statements[ref.statement], policy, ref, layer);
    }
  }

  void policies(const std::vector<const policy::Policy*>& list, StatementRef ref, LayerFindings& layer) {
    for (ref.policy = 0; ref.policy < list.size(); ++ref.policy)
      policy(*list[ref.policy], ref, layer);
  }

  // Each level needs an Allow of its own: a level without policies allows nothing.
  void levels(const std::vector<OrganizationLevel>& list, PolicyLayer name, LayerFindings& layer) {
    StatementRef ref{.layer = name, .level = 0, .policy = 0, .statement = 0};
    for (ref.level = 0; ref.level < list.size(); ++ref.level) {
      layer.present = true;
      const std::size_t allows_before = layer.allows.size();
      const std::size_t open_before = layer.open_allows.size();
      policies(list[ref.level].policies, ref, layer);
      if (layer.allows.size() != allows_before)
        continue;
      layer.levels_without_allow.push_back(ref.level);
      if (layer.open_allows.size() == open_before)
        layer.levels_without_open_allow.push_back(ref.level);
    }
  }

 private:
  void statement(const policy::Statement& statement, const policy::Policy& policy, const StatementRef& ref,
                 LayerFindings& layer) {
    const bool denies = statement.effect == policy::Effect::kDeny;
    if (!statement.understood) {
      // What was read of it is neither taken for a grant nor for a denial.
      const bool effect_unread = statement.effect_span == statement.span;
      if (might_apply(statement, policy, view_)) {
        findings_.not_understood.push_back({.ref = ref, .may_deny = denies || effect_unread});
      }
      return;
    }
    const StatementResult result = evaluate_statement(statement, policy, view_);
    if (result.unknown) {
      findings_.not_understood.push_back({.ref = ref, .may_deny = denies});
      return;
    }
    const Truth applies = result.applies();
    if (!applies.possibly())
      return;
    if (applies.surely()) {
      if (denies)
        layer.denies.push_back(ref);
      else
        layer.allows.push_back({.ref = ref, .principal = result.principal});
    }
    const bool way_open = !denies && result.principal_at_most > result.principal;
    if (applies.surely() && !way_open)
      return;
    if (denies)
      layer.open_denies.push_back(ref);
    else
      layer.open_allows.push_back({.ref = ref, .principal = result.principal_at_most});
    findings_.open.push_back(ref);
    if (!findings_.depends_on.unknown())
      findings_.depends_on = applies.surely() ? Truth::depends_on(unknown_principal(statement)) : applies;
  }

  // Why the way in which the principal covers the caller is not known.
  std::string_view unknown_principal(const policy::Statement& statement) const {
    for (const policy::Principal& principal : statement.principal->principals) {
      if (may_match_principal(principal, view_.request.principal) !=
          match_principal(principal, view_.request.principal)) {
        return base::has_unknown(principal.value) ? std::string_view(principal.value)
                                                  : std::string_view(view_.request.principal.id);
      }
    }
    return view_.request.principal.id;
  }

  RequestView view_;
  Findings& findings_;
};

}  // namespace

Reach reach_of(const Request& request) {
  Reach reach;
  switch (request.principal.kind) {
    case CallerKind::kService:
    case CallerKind::kFederated:
    case CallerKind::kAnonymous:
      reach.identity = false;
      reach.service_control = false;
      break;
    case CallerKind::kRoot:
      reach.inherent = true;
      break;
    case CallerKind::kRole:
    case CallerKind::kAssumedRole:
      reach.service_control = !called_by_service_linked_role(request);
      break;
    case CallerKind::kUser:
    case CallerKind::kFederatedUser:
      break;
  }
  reach.resource_control = rcp_applies(request);
  return reach;
}

bool rcp_applies(const Request& request) {
  const aws::Reference& reference = aws::Reference::embedded();
  const std::optional<aws::ServiceId> service = reference.find_service(service_of(request));
  if (!service.has_value() || !reference.rcp_supported(*service))
    return false;
  const std::optional<aws::ActionId> action = reference.find_action(request.action);
  if (action.has_value() && reference.resources_of(*action).empty())
    return false;
  if (base::equals_ignoring_case(request.action, "kms:RetireGrant"))
    return false;
  return !called_by_service_linked_role(request) && !is_service_linked_role(request.resource.arn);
}

Truth same_account(const Request& request) {
  const std::string_view owner = owner_of(request);
  if (owner.empty() || owner == "aws")
    return true;
  return same_text(owner, request.principal.account);
}

policy::PolicyType resource_policy_type(const Request& request) {
  const std::optional<aws::Arn> arn = aws::parse_arn(request.resource.arn);
  if (arn.has_value() && is_service(request, "sts") && arn->service == "iam" &&
      arn->resource.starts_with("role/")) {
    return policy::PolicyType::kTrust;
  }
  if (arn.has_value() && is_service(request, "kms") && arn->resource.starts_with("key/")) {
    return policy::PolicyType::kKey;
  }
  return policy::PolicyType::kResource;
}

bool needs_resource_policy(const Request& request, const PolicySet& policies) {
  const policy::PolicyType type =
      policies.resource != nullptr ? policies.resource->type : resource_policy_type(request);
  return type == policy::PolicyType::kTrust || type == policy::PolicyType::kKey;
}

bool LayerFindings::allows_at_least(PrincipalMatch way) const {
  return std::any_of(allows.begin(), allows.end(),
                     [way](const Allow& allow) { return allow.principal >= way; });
}

std::vector<const LayerFindings*> Findings::layers() const {
  return {&resource_control, &service_control, &vpc_endpoint, &resource, &identity, &boundary, &session};
}

namespace {

std::array<LayerFindings*, 7> layers_of(Findings& findings) {
  return {&findings.resource_control, &findings.service_control, &findings.vpc_endpoint, &findings.resource,
          &findings.identity,         &findings.boundary,        &findings.session};
}

}  // namespace

Findings at_best(Findings findings) {
  for (LayerFindings* layer : layers_of(findings)) {
    layer->allows.insert(layer->allows.end(), layer->open_allows.begin(), layer->open_allows.end());
    layer->levels_without_allow = layer->levels_without_open_allow;
  }
  return findings;
}

Findings at_worst(Findings findings) {
  for (LayerFindings* layer : layers_of(findings))
    layer->denies.insert(layer->denies.end(), layer->open_denies.begin(), layer->open_denies.end());
  return findings;
}

Findings examine(const Request& request, const PolicySet& policies) {
  const Reach reach = reach_of(request);
  Findings findings;
  const bool has_boundary = reach.identity && !reach.inherent && !policies.permissions_boundaries.empty();
  Examiner examiner(request, has_boundary, findings);
  const auto ref = [](PolicyLayer layer) {
    return StatementRef{.layer = layer, .level = 0, .policy = 0, .statement = 0};
  };

  if (reach.resource_control) {
    examiner.levels(policies.resource_control, PolicyLayer::kResourceControl, findings.resource_control);
  }
  if (reach.service_control) {
    examiner.levels(policies.service_control, PolicyLayer::kServiceControl, findings.service_control);
  }
  examiner.policies(policies.vpc_endpoint, ref(PolicyLayer::kVpcEndpoint), findings.vpc_endpoint);
  if (policies.resource != nullptr) {
    examiner.policy(*policies.resource, ref(PolicyLayer::kResource), findings.resource);
  }
  if (reach.identity) {
    examiner.policies(policies.identity, ref(PolicyLayer::kIdentity), findings.identity);
    if (has_boundary) {
      examiner.policies(policies.permissions_boundaries, ref(PolicyLayer::kPermissionsBoundary),
                        findings.boundary);
    }
    examiner.policies(policies.session, ref(PolicyLayer::kSession), findings.session);
  }
  return findings;
}

}  // namespace grantproof::access
