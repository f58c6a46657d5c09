// SPDX-License-Identifier: Apache-2.0
#include "access/condition_evaluator.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "access/unknown_match.h"
#include "base/unknown_text.h"

namespace grantproof::access {
namespace {

using policy::Comparison;
using policy::Condition;
using policy::SetQualifier;

Truth says(const Condition& condition, bool wanted) {
  Truth any = false;
  for (const policy::ConditionValue& value : condition.values) {
    any = any || (base::has_unknown(value.text) ? Truth::depends_on(value.text)
                                                : policy::bool_value(value.text) == wanted);
  }
  return any;
}

bool holds_when_missing(const Condition& condition) {
  if (condition.if_exists || condition.qualifier == SetQualifier::kForAllValues)
    return true;
  return condition.op->negated && condition.qualifier == SetQualifier::kNone;
}

// Can texts be compared part by part? Other values are unknown as a whole.
bool is_text(Comparison comparison) {
  return comparison == Comparison::kText || comparison == Comparison::kArn;
}

// Could some value be equal to this request value in the way of the operator? Unknown text of a policy can be
// any number, date or address.
bool has_that_form(Comparison comparison, std::string_view request_value) {
  switch (comparison) {
    case Comparison::kNumber:
      return policy::parse_decimal(request_value).has_value();
    case Comparison::kDate:
      return policy::parse_date(request_value).has_value();
    case Comparison::kAddress:
      return policy::parse_address(request_value).has_value();
    case Comparison::kBinary:
      return policy::decode_base64(request_value).has_value();
    case Comparison::kText:
    case Comparison::kArn:
    case Comparison::kBool:
    case Comparison::kNull:
      break;
  }
  return true;
}

// The policy values of one line, as sets of request values.
class PolicyValues {
 public:
  PolicyValues(const Condition& condition, const RequestContext& context, policy::Version version)
      : condition_(condition), context_(context), version_(version) {
    const policy::Substitution variables = variables_of(context);
    tests_.reserve(condition.values.size());
    for (const policy::ConditionValue& value : condition.values) {
      if (base::has_unknown(value.text)) {
        unknown_.push_back(&value);
        continue;
      }
      const policy::TextWithVariables text = policy::value_text(*condition.op, value.text, version);
      // Without a test the value matches no request.
      if (std::optional<policy::ValueTest> test = policy::value_test(*condition.op, text, variables)) {
        tests_.push_back(std::move(*test));
      }
      // What a variable stands for may have unknown parts.
      variables_unknown_ |= text.has_variable() && some_unknown(context);
    }
  }

  Truth passes(std::string_view request_value) const {
    if (base::has_unknown(request_value) || variables_unknown_)
      return may_be_comparable(request_value) &&
             negated_if(condition_.op->negated, matches_loosely(request_value));
    if (!policy::comparable(condition_.op->comparison, request_value))
      return false;
    return negated_if(condition_.op->negated, matches(request_value));
  }

 private:
  static bool some_unknown(const RequestContext& context) {
    return std::ranges::any_of(context, [](const auto& entry) {
      return std::ranges::any_of(entry.second.values, base::has_unknown);
    });
  }

  Truth matches(std::string_view request_value) const {
    if (condition_.op->comparison == Comparison::kBool) {
      // All tests are the same: does the request value count as "true"?
      if (!tests_.empty())
        return says(condition_, policy::holds(tests_.front(), request_value));
      return unknown_.empty() ? Truth(false) : Truth::depends_on(unknown_.front()->text);
    }
    Truth any = std::any_of(tests_.begin(), tests_.end(), [request_value](const policy::ValueTest& test) {
      return policy::holds(test, request_value);
    });
    for (const policy::ConditionValue* value : unknown_)
      any = any || matches_unknown(*value, request_value);
    return any;
  }

  // The request value or a variable has unknown parts: every value is looked at in this way.
  Truth matches_loosely(std::string_view request_value) const {
    if (!is_text(condition_.op->comparison))
      return condition_.values.empty() ? Truth(false) : Truth::depends_on(request_value);
    Truth any = false;
    for (const policy::ConditionValue& value : condition_.values)
      any = any || matches_unknown(value, request_value);
    return any;
  }

  Truth may_be_comparable(std::string_view request_value) const {
    if (policy::comparable(condition_.op->comparison, request_value))
      return true;
    return base::has_unknown(request_value) ? Truth::depends_on(request_value) : Truth(false);
  }

  Truth matches_unknown(const policy::ConditionValue& value, std::string_view request_value) const {
    const policy::ConditionOperator& op = *condition_.op;
    if (!is_text(op.comparison))
      return has_that_form(op.comparison, request_value) ? Truth::depends_on(value.text) : Truth(false);
    const policy::TextWithVariables parts = policy::value_text(op, value.text, version_);
    policy::Substitution variables = variables_of(context_);
    const std::optional<policy::ValueTest> possible = policy::value_test(op, parts, variables);
    if (!possible || !possibly_matches(std::get<patterns::Glob>(*possible), request_value))
      return false;
    variables.unknown_as_written = true;
    const std::optional<policy::ValueTest> sure = policy::value_test(op, parts, variables);
    if (sure && surely_matches(std::get<patterns::Glob>(*sure), request_value))
      return true;
    // Without wildcards it is one text, and that is none of those that are made up.
    const bool one_text = op.comparison == Comparison::kText && !op.wildcards;
    if (one_text && is_made_up(request_value) && !is_made_up(value.text))
      return false;
    return some_unknown_text(value, request_value);
  }

  // A variable's value may be what is not known.
  Truth some_unknown_text(const policy::ConditionValue& value, std::string_view request_value) const {
    if (base::has_unknown(value.text) || base::has_unknown(request_value))
      return depends_on_either(value.text, request_value);
    for (const auto& [key, supplied] : context_) {
      const auto unknown = std::ranges::find_if(supplied.values, base::has_unknown);
      if (unknown != supplied.values.end())
        return Truth::depends_on(*unknown);
    }
    return Truth::depends_on(value.text);
  }

  const Condition& condition_;
  const RequestContext& context_;
  policy::Version version_;
  std::vector<policy::ValueTest> tests_;                // of values without unknown parts
  std::vector<const policy::ConditionValue*> unknown_;  // the others
  bool variables_unknown_ = false;
};

}  // namespace

Truth condition_holds(const Condition& condition, const RequestContext& context, policy::Version version) {
  const auto found = context.find(condition.key.folded);
  const bool missing = found == context.end();
  if (missing && base::has_unknown(condition.key.name))
    return Truth::depends_on(condition.key.name);
  if (condition.op->comparison == Comparison::kNull)
    return says(condition, missing);
  if (condition.values.empty()) {
    if (condition.qualifier == SetQualifier::kForAllValues)
      return missing || found->second.values.empty();
    return missing && condition.if_exists;
  }
  if (missing)
    return holds_when_missing(condition);

  const ContextValue& supplied = found->second;
  if (condition.qualifier == SetQualifier::kNone && supplied.multivalued &&
      (supplied.values.size() != 1 || !policy::single_when_one(condition.key.folded))) {
    return false;
  }
  const PolicyValues values(condition, context, version);
  const bool any = condition.qualifier == SetQualifier::kForAnyValue;
  Truth truth = !any;
  for (const std::string& value : supplied.values) {
    truth = any ? truth || values.passes(value) : truth && values.passes(value);
    if (any ? truth.surely() : !truth.possibly())
      break;
  }
  return truth;
}

policy::Substitution variables_of(const RequestContext& context) {
  policy::Substitution substitution;
  substitution.lookup = [&context](const policy::TextPart& variable) -> std::optional<std::string> {
    const auto found = context.find(variable.folded_key);
    if (found == context.end())
      return variable.default_text;
    if (found->second.multivalued)
      return std::nullopt;
    return found->second.values.front();
  };
  return substitution;
}

}  // namespace grantproof::access
