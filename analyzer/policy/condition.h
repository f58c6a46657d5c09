// SPDX-License-Identifier: Apache-2.0
//
// One line of a Condition block: operator, key, values. All lines of a statement must hold; of the values of
// one line any may match (none, for a negated operator).
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "policy/condition_operators.h"

namespace grantproof::policy {

enum class SetQualifier { kNone, kForAllValues, kForAnyValue };

struct ConditionKey {
  std::string name;    // as written: "aws:PrincipalTag/Team"
  std::string folded;  // lower case: keys are compared without regard to case, the tag name included
};

struct ConditionValue {
  std::string text;  // booleans and numbers in their string form
  base::Span span;
};

struct Condition {
  const ConditionOperator* op = nullptr;  // a row of the table, never null
  SetQualifier qualifier = SetQualifier::kNone;
  bool if_exists = false;  // a missing key makes the line true
  ConditionKey key;
  std::vector<ConditionValue> values;
  base::Span operator_span;
  base::Span key_span;
  base::Span values_span;
};

}  // namespace grantproof::policy
