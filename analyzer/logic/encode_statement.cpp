// SPDX-License-Identifier: Apache-2.0
#include "logic/encode_statement.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/unknown_text.h"
#include "logic/encode_condition.h"
#include "logic/encode_unknown.h"

namespace grantproof::logic {
namespace {

bool has_unknown(const policy::Text& pattern) {
  return base::has_unknown(pattern.text);
}

}  // namespace

Formula encode_action(SymbolicRequest& request, const policy::ActionElement& element) {
  FormulaStore& formulas = request.formulas();
  Formula listed = Formula::kFalse;
  if (std::ranges::none_of(element.patterns, has_unknown)) {
    listed = request.action(request.actions(element.patterns));
  } else {
    std::vector<policy::Text> known;
    for (const policy::Text& pattern : element.patterns) {
      if (!has_unknown(pattern)) {
        known.push_back(pattern);
        continue;
      }
      const Formula possible = request.action(request.actions(std::span(&pattern, 1)));
      const Formula unknown = depends_on(request, "action " + base::fold_case(pattern.text), pattern.text);
      listed = formulas.either(listed, formulas.both(possible, unknown));
    }
    if (!known.empty())
      listed = formulas.either(listed, request.action(request.actions(known)));
  }
  return element.negated ? formulas.not_(listed) : listed;
}

Formula encode_resource(SymbolicRequest& request, const policy::ResourceElement& element,
                        policy::PolicyType type, policy::Version version) {
  // The same resources are asked for in policy after policy: those without variables are known by their
  // texts.
  std::string name = fmt::format("resource {} {}", static_cast<int>(type), static_cast<int>(version));
  for (const policy::Text& pattern : element.patterns)
    name += fmt::format(" {}:{}", pattern.text.size(), pattern.text);
  ValueSet set;
  std::vector<Formula> unknown;
  if (const auto known = request.patterns().named(name)) {
    set.text = *known;
  } else {
    std::vector<patterns::Glob> globs;
    for (const policy::Text& pattern : element.patterns) {
      policy::TextWithVariables text = policy::parse_resource_variables(pattern.text, version);
      if (text.has_unknown()) {
        unknown.push_back(in_unknown(request, request.resource(), {std::move(text), nullptr, type}));
        continue;
      }
      if (text.has_variable()) {
        for (const policy::TextPart& part : text.parts) {
          if (part.kind == policy::TextPart::Kind::kVariable)
            request.key(part.key);
        }
        set.open.push_back({std::move(text), nullptr, type});
        continue;
      }
      if (auto glob = policy::resource_glob(text, type, {}))
        globs.push_back(std::move(*glob));
    }
    set.text = set.open.empty() && unknown.empty()
                   ? request.patterns().intern_named(std::move(name), std::move(globs))
                   : request.patterns().intern(std::move(globs));
  }
  Formula listed = request.in(request.resource(), request.values(std::move(set)));
  for (const Formula possible : unknown)
    listed = request.formulas().either(listed, possible);
  return element.negated ? request.formulas().not_(listed) : listed;
}

Formula encode_body(SymbolicRequest& request, const policy::Statement& statement,
                    const policy::Policy& policy) {
  std::vector<Formula> parts;
  parts.push_back(encode_action(request, statement.action));
  if (statement.resource) {
    parts.push_back(encode_resource(request, *statement.resource, policy.type, policy.version));
  }
  for (const policy::Condition& condition : statement.conditions) {
    parts.push_back(encode_condition(request, condition, policy.version));
  }
  if (!statement.when.empty())
    parts.push_back(depends_on(request, "when " + statement.when, statement.when));
  if (!statement.understood) {
    // What was not understood may hold or not: both are looked at, and an answer that depends on it is
    // undecided.
    parts = {request.unknown("statement " + statement.sid.value_or("without Sid") + " was not understood")};
  }
  return request.formulas().all_of(parts);
}

Formula encode_statement(SymbolicRequest& request, const policy::Statement& statement,
                         const policy::Policy& policy) {
  const Formula body = encode_body(request, statement, policy);
  if (!policy::has_principal(policy.type) || !statement.understood)
    return body;
  // In a policy that names principals, a statement without one applies to nobody.
  if (!statement.principal)
    return Formula::kFalse;
  return request.formulas().both(any_way(request, encode_principal(request, *statement.principal)), body);
}

Formula encode_document(SymbolicRequest& request, const policy::Policy& policy) {
  std::vector<Formula> allows;
  std::vector<Formula> denies;
  for (const policy::Statement& statement : policy.statements) {
    (statement.effect == policy::Effect::kAllow ? allows : denies)
        .push_back(encode_statement(request, statement, policy));
  }
  if (!policy.understood)
    allows.push_back(request.unknown("the document was not understood as a whole"));
  FormulaStore& formulas = request.formulas();
  return formulas.both(formulas.any_of(allows), formulas.not_(formulas.any_of(denies)));
}

}  // namespace grantproof::logic
