// SPDX-License-Identifier: Apache-2.0
#include "access/statement_evaluator.h"

#include <algorithm>
#include <array>

#include "access/condition_evaluator.h"
#include "patterns/glob.h"
#include "policy/matching.h"

namespace grantproof::access {
namespace {

bool some_action_matches(const policy::ActionElement& element, const RequestView& view) {
  return std::any_of(element.patterns.begin(), element.patterns.end(), [&view](const policy::Text& pattern) {
    return policy::action_glob(pattern.text).matches(view.action);
  });
}

bool some_resource_matches(const policy::ResourceElement& element, const policy::Policy& policy,
                           const RequestView& view) {
  const policy::Substitution variables = variables_of(view.request.context);
  return std::any_of(element.patterns.begin(), element.patterns.end(), [&](const policy::Text& pattern) {
    const policy::TextWithVariables text = policy::parse_resource_variables(pattern.text, policy.version);
    const std::optional<patterns::Glob> glob = policy::resource_glob(text, policy.type, variables);
    return glob.has_value() && glob->matches(view.resource);
  });
}

bool action_holds(const policy::Statement& statement, const RequestView& view) {
  return some_action_matches(statement.action, view) != statement.action.negated;
}

// A trust policy has no Resource: it speaks of the role it belongs to.
bool resource_holds(const policy::Statement& statement, const policy::Policy& policy,
                    const RequestView& view) {
  if (!statement.resource.has_value())
    return true;
  return some_resource_matches(*statement.resource, policy, view) != statement.resource->negated;
}

}  // namespace

RequestView::RequestView(const Request& viewed, bool has_boundary)
    : request(viewed),
      action(patterns::to_units(viewed.action)),
      resource(patterns::to_units(viewed.resource.arn)),
      caller_has_boundary(has_boundary) {}

std::string_view name(Element element) {
  static constexpr std::array<std::string_view, 4> kNames = {"Action", "Resource", "Principal", "Condition"};
  return kNames.at(static_cast<std::size_t>(element));
}

StatementResult evaluate_statement(const policy::Statement& statement, const policy::Policy& policy,
                                   const RequestView& view) {
  StatementResult result;
  if (!action_holds(statement, view)) {
    result.mismatch = Element::kAction;
    return result;
  }
  if (!resource_holds(statement, policy, view)) {
    result.mismatch = Element::kResource;
    return result;
  }
  bool unknown_principal = false;
  if (policy::has_principal(policy.type)) {
    if (statement.principal.has_value()) {
      result.principal = match_principal(*statement.principal, statement.effect, view.request.principal,
                                         view.caller_has_boundary);
      unknown_principal = may_cover_unseen(*statement.principal, view.request.principal);
    }
    // A statement of a resource policy without Principal and NotPrincipal matches nothing.
    if (result.principal == PrincipalMatch::kNone && !unknown_principal) {
      result.mismatch = Element::kPrincipal;
      return result;
    }
  }
  for (std::size_t line = 0; line < statement.conditions.size(); ++line) {
    if (!condition_holds(statement.conditions[line], view.request.context, policy.version)) {
      result.mismatch = Element::kCondition;
      result.condition = line;
      return result;
    }
  }
  const bool no_principal = policy::has_principal(policy.type) && result.principal == PrincipalMatch::kNone;
  if (no_principal)
    result.mismatch = Element::kPrincipal;
  // A NotPrincipal element that leaves out an unseen account may leave out this caller.
  result.unknown = unknown_principal && (no_principal || statement.principal->negated);
  return result;
}

bool might_apply(const policy::Statement& statement, const policy::Policy& policy, const RequestView& view) {
  // An element without patterns is one that was not read.
  if (!statement.action.patterns.empty() && !action_holds(statement, view))
    return false;
  if (statement.resource.has_value() && !statement.resource->patterns.empty() &&
      !resource_holds(statement, policy, view)) {
    return false;
  }
  return true;
}

}  // namespace grantproof::access
