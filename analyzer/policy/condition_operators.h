// SPDX-License-Identifier: Apache-2.0
//
// The 27 condition operators as one table: what a value is, whether the operator is negated, whether
// wildcards and case count. access/ evaluates a row, logic/ writes its formula; neither knows an operator by
// name.
//
// Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; missing-key rules also captured
// from AWS.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace grantproof::policy {

// How request value and policy value are compared.
enum class Comparison {
  kText,     // exact, or as a glob where `wildcards`
  kNumber,   // decimals
  kDate,     // ISO 8601 (W3C profile) or seconds since 1970, millisecond precision
  kBool,     // "true" without regard to case; any other request text counts as false
  kBinary,   // base64-decoded bytes
  kAddress,  // IPv4 and IPv6 ranges
  kArn,      // six fields, each a glob; '*' does not cross the first five colons
  kNull,     // is the key absent ("true") or present ("false")
};

enum class Relation { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

struct ConditionOperator {
  std::string_view name;  // "StringNotEqualsIgnoreCase"
  Comparison comparison;
  Relation relation = Relation::kEqual;
  bool negated = false;      // holds when no value matches; holds when the key is missing
  bool wildcards = false;    // kText: '*' and '?' in policy values
  bool ignore_case = false;  // kText
};

std::span<const ConditionOperator> condition_operators();
// Exact spelling as AWS accepts it (without regard to case); nullptr where there is none.
const ConditionOperator* find_condition_operator(std::string_view name);

}  // namespace grantproof::policy
