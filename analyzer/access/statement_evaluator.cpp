// SPDX-License-Identifier: Apache-2.0
#include "access/statement_evaluator.h"

#include <algorithm>
#include <array>

#include "access/condition_evaluator.h"
#include "access/unknown_match.h"
#include "base/unknown_text.h"
#include "patterns/glob.h"
#include "policy/matching.h"

namespace grantproof::access {
namespace {

Truth action_matches(const policy::Text& pattern, const RequestView& view) {
  if (!policy::action_glob(pattern.text).matches(view.action))
    return false;
  return base::has_unknown(pattern.text) ? Truth::depends_on(pattern.text) : Truth(true);
}

std::string_view unknown_value(const RequestContext& context) {
  for (const auto& [key, supplied] : context) {
    const auto unknown = std::ranges::find_if(supplied.values, base::has_unknown);
    if (unknown != supplied.values.end())
      return *unknown;
  }
  return {};
}

// Of a pattern, a variable or a resource with unknown parts.
Truth unknown_resource_matches(const policy::Text& pattern, const policy::TextWithVariables& text,
                               policy::Substitution variables, const policy::Policy& policy,
                               const RequestView& view) {
  const std::string& arn = view.request.resource.arn;
  const std::optional<patterns::Glob> possible = policy::resource_glob(text, policy.type, variables);
  if (!possible.has_value() || !possibly_matches(*possible, arn))
    return false;
  variables.unknown_as_written = true;
  const std::optional<patterns::Glob> sure = policy::resource_glob(text, policy.type, variables);
  if (sure.has_value() && surely_matches(*sure, arn))
    return true;
  if (base::has_unknown(pattern.text) || base::has_unknown(arn))
    return depends_on_either(pattern.text, arn);
  return Truth::depends_on(unknown_value(view.request.context));
}

Truth resource_matches(const policy::Text& pattern, const policy::Policy& policy,
                       const policy::Substitution& variables, const RequestView& view) {
  const policy::TextWithVariables text = policy::parse_resource_variables(pattern.text, policy.version);
  if (view.some_unknown || text.has_unknown())
    return unknown_resource_matches(pattern, text, variables, policy, view);
  const std::optional<patterns::Glob> glob = policy::resource_glob(text, policy.type, variables);
  return glob.has_value() && glob->matches(view.resource);
}

Truth action_holds(const policy::Statement& statement, const RequestView& view) {
  Truth any = false;
  for (const policy::Text& pattern : statement.action.patterns) {
    any = any || action_matches(pattern, view);
    if (any.surely())
      break;
  }
  return negated_if(statement.action.negated, any);
}

// A trust policy has no Resource: it speaks of the role it belongs to.
Truth resource_holds(const policy::Statement& statement, const policy::Policy& policy,
                     const RequestView& view) {
  if (!statement.resource.has_value())
    return true;
  const policy::Substitution variables = variables_of(view.request.context);
  Truth any = false;
  for (const policy::Text& pattern : statement.resource->patterns) {
    any = any || resource_matches(pattern, policy, variables, view);
    if (any.surely())
      break;
  }
  return negated_if(statement.resource->negated, any);
}

bool has_unknown(const Request& request) {
  return base::has_unknown(request.resource.arn) ||
         std::ranges::any_of(request.context, [](const auto& entry) {
           return std::ranges::any_of(entry.second.values, base::has_unknown);
         });
}

bool has_unknown(const policy::PrincipalElement& element) {
  return std::ranges::any_of(element.principals, [](const policy::Principal& principal) {
    return base::has_unknown(principal.value);
  });
}

// An entry of the principal with an unknown part; the caller's where there is none.
std::string_view unknown_principal_text(const policy::PrincipalElement& element, const Caller& caller) {
  for (const policy::Principal& principal : element.principals) {
    if (base::has_unknown(principal.value))
      return principal.value;
  }
  return caller.id;
}

}  // namespace

RequestView::RequestView(const Request& viewed, bool has_boundary)
    : request(viewed),
      action(patterns::to_units(viewed.action)),
      resource(patterns::to_units(viewed.resource.arn)),
      some_unknown(has_unknown(viewed)),
      caller_unknown(base::has_unknown(viewed.principal.id)),
      caller_has_boundary(has_boundary) {}

std::string_view name(Element element) {
  static constexpr std::array<std::string_view, 4> kNames = {"Action", "Resource", "Principal", "Condition"};
  return kNames.at(static_cast<std::size_t>(element));
}

StatementResult evaluate_statement(const policy::Statement& statement, const policy::Policy& policy,
                                   const RequestView& view) {
  StatementResult result;
  // False: the element stands in the way.
  const auto holds = [&result](const Truth& truth, Element element) {
    if (!truth.possibly())
      result.mismatch = element;
    else
      result.rest = result.rest && truth;
    return truth.possibly();
  };
  if (!holds(action_holds(statement, view), Element::kAction) ||
      !holds(resource_holds(statement, policy, view), Element::kResource)) {
    return result;
  }
  const bool names_principals = policy::has_principal(policy.type);
  bool unknown_principal = false;
  if (names_principals) {
    if (statement.principal.has_value()) {
      const policy::PrincipalElement& element = *statement.principal;
      const Caller& caller = view.request.principal;
      result.principal = match_principal(element, statement.effect, caller, view.caller_has_boundary);
      result.principal_at_most =
          view.caller_unknown || has_unknown(element)
              ? may_match_principal(element, statement.effect, caller, view.caller_has_boundary)
              : result.principal;
      unknown_principal = may_cover_unseen(element, caller);
    }
    // A statement of a resource policy without Principal and NotPrincipal matches nothing.
    if (result.principal_at_most == PrincipalMatch::kNone && !unknown_principal) {
      result.mismatch = Element::kPrincipal;
      return result;
    }
    if (result.principal == PrincipalMatch::kNone && result.principal_at_most != PrincipalMatch::kNone) {
      holds(Truth::depends_on(unknown_principal_text(*statement.principal, view.request.principal)),
            Element::kPrincipal);
    }
  }
  for (std::size_t line = 0; line < statement.conditions.size(); ++line) {
    if (!holds(condition_holds(statement.conditions[line], view.request.context, policy.version),
               Element::kCondition)) {
      result.condition = line;
      return result;
    }
  }
  if (!statement.when.empty())
    holds(Truth::depends_on(statement.when), Element::kCondition);
  const bool no_principal = names_principals && result.principal_at_most == PrincipalMatch::kNone;
  if (no_principal)
    result.mismatch = Element::kPrincipal;
  // A NotPrincipal element that leaves out an unseen account may leave out this caller.
  result.unknown = unknown_principal && (no_principal || statement.principal->negated);
  return result;
}

bool might_apply(const policy::Statement& statement, const policy::Policy& policy, const RequestView& view) {
  // An element without patterns is one that was not read.
  if (!statement.action.patterns.empty() && !action_holds(statement, view).possibly())
    return false;
  return !statement.resource.has_value() || statement.resource->patterns.empty() ||
         resource_holds(statement, policy, view).possibly();
}

}  // namespace grantproof::access
