// SPDX-License-Identifier: Apache-2.0
//
// The Condition element: { operator: { key: value or values } }. Operators are cut into set qualifier,
// operator and IfExists; what keys and values say is looked at in condition_checks.
#pragma once

#include <optional>
#include <vector>

#include "policy/reader_context.h"
#include "policy/statement.h"
#include "syntax/node.h"

namespace grantproof::policy {

std::vector<Condition> read_conditions(ReaderContext& context, const syntax::Node& node, bool& understood);

// The name of an operator, cut: "ForAnyValue:StringLikeIfExists".
struct OperatorName {
  SetQualifier qualifier = SetQualifier::kNone;
  const ConditionOperator* op = nullptr;
  bool if_exists = false;
};
std::optional<OperatorName> parse_operator(std::string_view name);
// As AWS spells it.
std::string operator_name(const Condition& condition);

}  // namespace grantproof::policy
