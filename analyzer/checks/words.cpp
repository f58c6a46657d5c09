// SPDX-License-Identifier: Apache-2.0
#include "checks/words.h"

#include <fmt/format.h>

#include "aws/arn.h"
#include "policy/condition_operators.h"
#include "policy/matching.h"

namespace grantproof::checks {
namespace {

using policy::Comparison;
using policy::PrincipalType;
using policy::Relation;
using policy::SetQualifier;

std::string_view verb(const policy::ConditionOperator& op) {
  switch (op.comparison) {
    case Comparison::kText:
    case Comparison::kArn:
      if (op.wildcards || op.comparison == Comparison::kArn)
        return op.negated ? "does not match" : "matches";
      break;
    case Comparison::kAddress:
      return op.negated ? "is not in" : "is in";
    case Comparison::kDate:
    case Comparison::kNumber: {
      const bool date = op.comparison == Comparison::kDate;
      switch (op.relation) {
        case Relation::kLess:
          return date ? "is before" : "is less than";
        case Relation::kLessOrEqual:
          return date ? "is not after" : "is at most";
        case Relation::kGreater:
          return date ? "is after" : "is more than";
        case Relation::kGreaterOrEqual:
          return date ? "is not before" : "is at least";
        case Relation::kEqual:
          break;
      }
      break;
    }
    case Comparison::kBool:
    case Comparison::kBinary:
    case Comparison::kNull:
      break;
  }
  return op.negated ? "is not" : "is";
}

std::vector<std::string> texts_of(const std::vector<policy::Text>& patterns) {
  std::vector<std::string> texts;
  texts.reserve(patterns.size());
  for (const policy::Text& pattern : patterns)
    texts.push_back(pattern.text);
  return texts;
}

}  // namespace

std::string statement_name(const policy::Policy& policy, std::size_t index) {
  const policy::Statement& statement = policy.statements[index];
  return statement.sid && !statement.sid->empty() ? *statement.sid : fmt::format("statement {}", index + 1);
}

std::string quoted_statement_name(std::string_view name) {
  return name.starts_with("statement ") ? std::string(name) : fmt::format("statement \"{}\"", name);
}

base::Label statement_label(const policy::Policy& policy, std::size_t index) {
  return {policy.statements[index].sid_span, statement_name(policy, index)};
}

std::string subject_name(const Subject& subject) {
  if (subject.attached_to.empty())
    return subject.path;
  return fmt::format("{} ({})", subject.path, short_resource(subject.attached_to));
}

std::string listed(std::span<const std::string> texts, std::size_t limit, std::string_view last) {
  std::string result;
  const std::size_t shown = texts.size() > limit ? limit - 1 : texts.size();
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0)
      result += i + 1 == texts.size() ? fmt::format(" {} ", last) : ", ";
    result += texts[i];
  }
  if (shown < texts.size())
    result += fmt::format(" {} {} more", last, texts.size() - shown);
  return result;
}

std::string short_resource(std::string_view arn) {
  const auto parts = aws::parse_arn(arn);
  // A bucket or an object is known by its name alone; names of other kinds carry their kind.
  if (!parts || parts->resource.find('/') == std::string_view::npos || parts->service == "s3")
    return std::string(arn);
  return std::string(parts->resource);
}

std::string principal_words(const policy::Principal& principal) {
  switch (principal.type) {
    case PrincipalType::kEveryone:
      return "any principal";
    case PrincipalType::kAccount:
      return "principals of account " + principal.value;
    case PrincipalType::kService:
      return "service " + principal.value;
    case PrincipalType::kFederated:
      return "users of " + principal.value;
    case PrincipalType::kCanonicalUser:
      return "canonical user " + principal.value;
    case PrincipalType::kAws:
      break;
  }
  return principal.value;
}

std::string principals_words(const policy::PrincipalElement& element) {
  std::vector<std::string> texts;
  for (const policy::Principal& principal : element.principals)
    texts.push_back(principal_words(principal));
  return element.negated ? "everyone but " + listed(texts) : listed(texts);
}

std::string actions_words(const policy::ActionElement& element) {
  const std::vector<std::string> texts = texts_of(element.patterns);
  return element.negated ? "every action but " + listed(texts) : listed(texts);
}

std::string resources_words(const policy::Statement& statement) {
  if (!statement.resource)
    return "this resource";
  std::vector<std::string> texts;
  for (const policy::Text& pattern : statement.resource->patterns) {
    texts.push_back(pattern.text == "*" ? "every resource" : short_resource(pattern.text));
  }
  return statement.resource->negated ? "every resource but " + listed(texts) : listed(texts);
}

std::string condition_words(const policy::Condition& condition) {
  const policy::ConditionOperator& op = *condition.op;
  std::vector<std::string> values;
  for (const policy::ConditionValue& value : condition.values)
    values.push_back(value.text);
  const std::string& key = condition.key.name;
  if (op.comparison == Comparison::kNull) {
    std::vector<std::string> says;
    for (const std::string& value : values) {
      if (const auto absent = policy::bool_value(value))
        says.emplace_back(*absent ? "absent" : "present");
    }
    return says.empty() ? key + " is neither absent nor present"
                        : fmt::format("{} is {}", key, listed(says, 4, "or"));
  }
  std::string who = key;
  if (condition.qualifier == SetQualifier::kForAllValues)
    who = "every value of " + key;
  if (condition.qualifier == SetQualifier::kForAnyValue)
    who = "some value of " + key;
  const std::string what = values.empty() ? "one of no values" : listed(values, 4, op.negated ? "nor" : "or");
  return fmt::format("{} {} {}{}", who, verb(op), what, condition.if_exists ? ", if it is present" : "");
}

std::string conditions_words(std::span<const policy::Condition> conditions) {
  std::vector<std::string> texts;
  for (const policy::Condition& condition : conditions)
    texts.push_back(condition_words(condition));
  return listed(texts, 6);
}

std::string uncapitalised(std::string_view text) {
  std::string result(text);
  const bool one_capital =
      result.size() > 1 && result[0] >= 'A' && result[0] <= 'Z' && !(result[1] >= 'A' && result[1] <= 'Z');
  if (one_capital)
    result[0] = static_cast<char>(result[0] - 'A' + 'a');
  return result;
}

}  // namespace grantproof::checks
