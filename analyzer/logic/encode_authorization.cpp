// SPDX-License-Identifier: Apache-2.0
#include "logic/encode_authorization.h"

#include "logic/encode_statement.h"
#include "logic/formats.h"

namespace grantproof::logic {
namespace {

using patterns::Glob;
using patterns::UnitClass;
using policy::Effect;
using policy::Policy;
using policy::PolicyType;
using policy::Statement;

class Authorization {
 public:
  Authorization(SymbolicRequest& request, const access::PolicySet& policies)
      : request_(request), formulas_(request.formulas()), policies_(policies) {}

  Formula make() {
    const Formula caller = request_.account_principal();
    const Formula linked_role = service_linked_role(request_.principal());
    const Formula identity_reach = caller;
    const Formula service_control_reach = formulas_.both(caller, formulas_.not_(linked_role));
    const Formula resource_control_reach = this->resource_control_reach(linked_role);
    // The root user has all identity permissions without a policy, and no boundary.
    const Formula root = request_.is(SymbolicRequest::Kind::kRoot);
    const Formula boundary_reach = formulas_.both(identity_reach, formulas_.not_(root));

    if (!policies_.permissions_boundaries.empty())
      has_boundary_ = boundary_reach;
    read_resource_policy();
    const Layer identity = layer(policies_.identity);
    const Layer boundary = layer(policies_.permissions_boundaries);
    const Layer session = layer(policies_.session);
    const Layer endpoint = layer(policies_.vpc_endpoint);
    const Levels service_control = levels(policies_.service_control);
    const Levels resource_control = levels(policies_.resource_control);

    const Formula denied = formulas_.any_of({
        formulas_.both(resource_control_reach, resource_control.deny),
        formulas_.both(service_control_reach, service_control.deny),
        endpoint.deny,
        resource_.deny,
        formulas_.both(identity_reach, identity.deny),
        formulas_.both(boundary_reach, boundary.deny),
        formulas_.both(identity_reach, session.deny),
    });
    const Formula guardrails =
        formulas_.both(formulas_.implies(service_control_reach, service_control.every_level_allows),
                       policies_.vpc_endpoint.empty() ? Formula::kTrue : endpoint.allow);

    const Formula limits = formulas_.both(policies_.permissions_boundaries.empty()
                                              ? Formula::kTrue
                                              : formulas_.implies(boundary_reach, boundary.allow),
                                          policies_.session.empty() ? Formula::kTrue : session.allow);
    const Formula identity_allows = formulas_.either(root, identity.allow);
    const Formula own_resource =
        formulas_.either(resource_.direct, formulas_.both(resource_.by_role, limits));
    const Formula any_resource =
        formulas_.any_of({resource_.direct, resource_.by_role, resource_.by_account});

    const Formula within = formulas_.either(own_resource, formulas_.both(identity_allows, limits));
    const Formula within_by_delegation =
        formulas_.either(own_resource, formulas_.all_of({any_resource, identity_allows, limits}));
    const Formula across = formulas_.all_of({any_resource, identity_allows, limits});

    const Formula same = same_account();
    const Formula delegation = needs_resource_policy();
    const Formula granted = formulas_.any_of({
        formulas_.both(formulas_.not_(caller), resource_.direct),
        formulas_.all_of({caller, formulas_.not_(same), across}),
        formulas_.all_of({caller, same, delegation, within_by_delegation}),
        formulas_.all_of({caller, same, formulas_.not_(delegation), within}),
    });
    const Formula allowed = formulas_.all_of({formulas_.not_(denied), guardrails, granted});
    // Nobody who signs can be refused this one.
    const Formula asks_who = formulas_.both(actions({"sts:GetCallerIdentity"}),
                                            formulas_.not_(request_.is(SymbolicRequest::Kind::kAnonymous)));
    return formulas_.either(asks_who, allowed);
  }

 private:
  struct Layer {
    Formula allow = Formula::kFalse;
    Formula deny = Formula::kFalse;
  };
  struct Levels {
    Formula every_level_allows = Formula::kTrue;
    Formula deny = Formula::kFalse;
  };
  struct ResourceLayer {
    Formula direct = Formula::kFalse;
    Formula by_role = Formula::kFalse;
    Formula by_account = Formula::kFalse;
    Formula deny = Formula::kFalse;
  };

  Formula actions(std::vector<std::string> names) {
    std::vector<policy::Text> patterns;
    patterns.reserve(names.size());
    for (std::string& name : names)
      patterns.push_back({std::move(name), {}});
    return request_.action(request_.actions(patterns));
  }

  Formula service_linked_role(AttributeId attribute) {
    Glob glob = arn_start().literal("iam::").run(UnitClass::kNotColon).literal(":role/aws-service-role/");
    return request_.in(attribute, request_.text_set({glob.run(UnitClass::kAny)}));
  }

  Formula resource_control_reach(Formula linked_role) {
    if (policies_.resource_control.empty())
      return Formula::kFalse;
    // Actions of services that support RCPs, also those that the reference does not know, but for those
    // without a resource type.
    const aws::Reference& reference = request_.reference();
    std::vector<std::string> services;
    std::vector<std::string> exempt{"kms:RetireGrant"};
    for (aws::ServiceId service = 0; service < reference.service_count(); ++service) {
      if (!reference.rcp_supported(service))
        continue;
      services.push_back(std::string(reference.service_prefix(service)) + ":*");
      const auto [first, last] = reference.actions_of(service);
      for (aws::ActionId action = first; action < last; ++action) {
        if (reference.resources_of(action).empty())
          exempt.emplace_back(reference.action(action));
      }
    }
    return formulas_.all_of({actions(std::move(services)), formulas_.not_(actions(std::move(exempt))),
                             formulas_.not_(linked_role),
                             formulas_.not_(service_linked_role(request_.resource()))});
  }

  Layer layer(const std::vector<const Policy*>& policies) {
    std::vector<Formula> allows, denies;
    for (const Policy* policy : policies)
      add(*policy, allows, denies);
    return {formulas_.any_of(allows), formulas_.any_of(denies)};
  }

  Levels levels(const std::vector<access::OrganizationLevel>& levels) {
    Levels result;
    for (const access::OrganizationLevel& level : levels) {
      const Layer layer = this->layer(level.policies);
      result.every_level_allows = formulas_.both(result.every_level_allows, layer.allow);
      result.deny = formulas_.either(result.deny, layer.deny);
    }
    return result;
  }

  void add(const Policy& policy, std::vector<Formula>& allows, std::vector<Formula>& denies) {
    for (const Statement& statement : policy.statements) {
      const Formula body = encode_body(request_, statement, policy);
      const bool has_caller = policy::has_principal(policy.type) && statement.understood;
      (statement.effect == Effect::kAllow ? allows : denies)
          .push_back(has_caller ? formulas_.both(who(statement), body) : body);
    }
    if (!policy.understood)
      allows.push_back(request_.unknown("a policy was not understood as a whole"));
  }

  // The callers a statement covers, in whatever way.
  Formula who(const Statement& statement) {
    // In a policy that names principals, a statement without one applies to nobody.
    if (!statement.principal)
      return Formula::kFalse;
    const Formula named = any_way(request_, encode_principal(request_, *statement.principal));
    // A Deny with NotPrincipal also denies the listed principals where they carry a boundary (captured).
    const bool also_listed = statement.effect == Effect::kDeny && statement.principal->negated;
    return also_listed ? formulas_.either(named, has_boundary_) : named;
  }

  void read_resource_policy() {
    if (policies_.resource == nullptr)
      return;
    const Policy& policy = *policies_.resource;
    std::vector<Formula> direct, by_role, by_account, denies;
    for (const Statement& statement : policy.statements) {
      if (!statement.principal && statement.understood)
        continue;
      const Formula body = encode_body(request_, statement, policy);
      if (statement.effect == Effect::kDeny) {
        denies.push_back(statement.understood ? formulas_.both(who(statement), body) : body);
        continue;
      }
      PrincipalFormulas ways{Formula::kTrue, Formula::kFalse, Formula::kFalse};
      if (statement.understood)
        ways = encode_principal(request_, *statement.principal);
      direct.push_back(formulas_.both(ways.direct, body));
      by_role.push_back(formulas_.both(ways.by_role, body));
      by_account.push_back(formulas_.both(ways.by_account, body));
    }
    if (!policy.understood)
      direct.push_back(request_.unknown("the resource policy was not understood as a whole"));
    resource_ = {formulas_.any_of(direct), formulas_.any_of(by_role), formulas_.any_of(by_account),
                 formulas_.any_of(denies)};
  }

  // What AWS owns asks no other account, and "*" is the caller's own.
  Formula same_account() {
    return formulas_.any_of({request_.same_account(), request_.in(request_.owner(), request_.exact("aws")),
                             request_.in(request_.resource(), request_.exact("*"))});
  }

  Formula needs_resource_policy() {
    if (policies_.resource != nullptr) {
      const PolicyType type = policies_.resource->type;
      return type == PolicyType::kTrust || type == PolicyType::kKey ? Formula::kTrue : Formula::kFalse;
    }
    const auto arn_of = [&](std::string_view service, std::string_view kind) {
      Glob glob = Glob().literal("arn:").run(UnitClass::kNotColon).literal(":").literal(service).literal(":");
      glob.run(UnitClass::kNotColon).literal(":").run(UnitClass::kNotColon).literal(":").literal(kind);
      return request_.in(request_.resource(), request_.text_set({glob.run(UnitClass::kAny)}));
    };
    return formulas_.either(formulas_.both(actions({"sts:*"}), arn_of("iam", "role/")),
                            formulas_.both(actions({"kms:*"}), arn_of("kms", "key/")));
  }

  SymbolicRequest& request_;
  FormulaStore& formulas_;
  const access::PolicySet& policies_;
  Formula has_boundary_ = Formula::kFalse;
  ResourceLayer resource_;
};

}  // namespace

Formula encode_authorization(SymbolicRequest& request, const access::PolicySet& policies) {
  return Authorization(request, policies).make();
}

}  // namespace grantproof::logic
