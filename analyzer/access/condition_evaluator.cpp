// SPDX-License-Identifier: Apache-2.0
#include "access/condition_evaluator.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace grantproof::access {
namespace {

using policy::Comparison;
using policy::Condition;
using policy::SetQualifier;

bool says(const Condition& condition, bool wanted) {
  return std::any_of(
      condition.values.begin(), condition.values.end(),
      [wanted](const policy::ConditionValue& value) { return policy::bool_value(value.text) == wanted; });
}

bool holds_when_missing(const Condition& condition) {
  if (condition.if_exists || condition.qualifier == SetQualifier::kForAllValues)
    return true;
  return condition.op->negated && condition.qualifier == SetQualifier::kNone;
}

// The policy values of one line, as sets of request values.
class PolicyValues {
 public:
  PolicyValues(const Condition& condition, const RequestContext& context, policy::Version version)
      : condition_(condition) {
    const policy::Substitution variables = variables_of(context);
    tests_.reserve(condition.values.size());
    for (const policy::ConditionValue& value : condition.values) {
      const policy::TextWithVariables text = policy::value_text(*condition.op, value.text, version);
      // Without a test the value matches no request.
      if (std::optional<policy::ValueTest> test = policy::value_test(*condition.op, text, variables)) {
        tests_.push_back(std::move(*test));
      }
    }
  }

  bool passes(std::string_view request_value) const {
    if (!policy::comparable(condition_.op->comparison, request_value))
      return false;
    return matches(request_value) != condition_.op->negated;
  }

 private:
  bool matches(std::string_view request_value) const {
    if (condition_.op->comparison == Comparison::kBool) {
      // All tests are the same: does the request value count as "true"?
      return !tests_.empty() && says(condition_, policy::holds(tests_.front(), request_value));
    }
    return std::any_of(tests_.begin(), tests_.end(), [request_value](const policy::ValueTest& test) {
      return policy::holds(test, request_value);
    });
  }

  const Condition& condition_;
  std::vector<policy::ValueTest> tests_;
};

}  // namespace

bool condition_holds(const Condition& condition, const RequestContext& context, policy::Version version) {
  const auto found = context.find(condition.key.folded);
  const bool missing = found == context.end();
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
  const auto passes = [&values](const std::string& value) { return values.passes(value); };
  if (condition.qualifier == SetQualifier::kForAnyValue) {
    return std::any_of(supplied.values.begin(), supplied.values.end(), passes);
  }
  return std::all_of(supplied.values.begin(), supplied.values.end(), passes);
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
