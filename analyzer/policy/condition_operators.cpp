// SPDX-License-Identifier: Apache-2.0
#include "policy/condition_operators.h"

#include <array>

#include "base/text.h"

namespace grantproof::policy {
namespace {

// In the order of the IAM User Guide's "Condition operators" page. ArnEquals and ArnLike are one operator
// with two names, and so are their negations (same page: "behave identically").
constexpr std::array<ConditionOperator, 27> kOperators = {{
    {.name = "StringEquals", .comparison = Comparison::kText},
    {.name = "StringNotEquals", .comparison = Comparison::kText, .negated = true},
    {.name = "StringEqualsIgnoreCase", .comparison = Comparison::kText, .ignore_case = true},
    {.name = "StringNotEqualsIgnoreCase",
     .comparison = Comparison::kText,
     .negated = true,
     .ignore_case = true},
    {.name = "StringLike", .comparison = Comparison::kText, .wildcards = true},
    {.name = "StringNotLike", .comparison = Comparison::kText, .negated = true, .wildcards = true},

    {.name = "NumericEquals", .comparison = Comparison::kNumber},
    {.name = "NumericNotEquals", .comparison = Comparison::kNumber, .negated = true},
    {.name = "NumericLessThan", .comparison = Comparison::kNumber, .relation = Relation::kLess},
    {.name = "NumericLessThanEquals", .comparison = Comparison::kNumber, .relation = Relation::kLessOrEqual},
    {.name = "NumericGreaterThan", .comparison = Comparison::kNumber, .relation = Relation::kGreater},
    {.name = "NumericGreaterThanEquals",
     .comparison = Comparison::kNumber,
     .relation = Relation::kGreaterOrEqual},

    {.name = "DateEquals", .comparison = Comparison::kDate},
    {.name = "DateNotEquals", .comparison = Comparison::kDate, .negated = true},
    {.name = "DateLessThan", .comparison = Comparison::kDate, .relation = Relation::kLess},
    {.name = "DateLessThanEquals", .comparison = Comparison::kDate, .relation = Relation::kLessOrEqual},
    {.name = "DateGreaterThan", .comparison = Comparison::kDate, .relation = Relation::kGreater},
    {.name = "DateGreaterThanEquals", .comparison = Comparison::kDate, .relation = Relation::kGreaterOrEqual},

    {.name = "Bool", .comparison = Comparison::kBool},
    {.name = "BinaryEquals", .comparison = Comparison::kBinary},

    {.name = "IpAddress", .comparison = Comparison::kAddress},
    {.name = "NotIpAddress", .comparison = Comparison::kAddress, .negated = true},

    {.name = "ArnEquals", .comparison = Comparison::kArn, .wildcards = true},
    {.name = "ArnLike", .comparison = Comparison::kArn, .wildcards = true},
    {.name = "ArnNotEquals", .comparison = Comparison::kArn, .negated = true, .wildcards = true},
    {.name = "ArnNotLike", .comparison = Comparison::kArn, .negated = true, .wildcards = true},

    {.name = "Null", .comparison = Comparison::kNull},
}};

}  // namespace

std::span<const ConditionOperator> condition_operators() {
  return kOperators;
}

const ConditionOperator* find_condition_operator(std::string_view name) {
  for (const ConditionOperator& op : kOperators) {
    if (base::equals_ignoring_case(op.name, name))
      return &op;
  }
  return nullptr;
}

}  // namespace grantproof::policy
