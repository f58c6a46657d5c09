// SPDX-License-Identifier: Apache-2.0
#include "policy/condition_operators.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "policy/condition_reader.h"

namespace grantproof::policy {
namespace {

struct Row {
  std::string_view name;
  Comparison comparison;
  Relation relation;
  bool negated;
  bool wildcards;
  bool ignore_case;
};

// Written from the IAM User Guide, "Condition operators", not from the table of the code.
constexpr Row kRows[] = {
    {"StringEquals", Comparison::kText, Relation::kEqual, false, false, false},
    {"StringNotEquals", Comparison::kText, Relation::kEqual, true, false, false},
    {"StringEqualsIgnoreCase", Comparison::kText, Relation::kEqual, false, false, true},
    {"StringNotEqualsIgnoreCase", Comparison::kText, Relation::kEqual, true, false, true},
    {"StringLike", Comparison::kText, Relation::kEqual, false, true, false},
    {"StringNotLike", Comparison::kText, Relation::kEqual, true, true, false},
    {"NumericEquals", Comparison::kNumber, Relation::kEqual, false, false, false},
    {"NumericNotEquals", Comparison::kNumber, Relation::kEqual, true, false, false},
    {"NumericLessThan", Comparison::kNumber, Relation::kLess, false, false, false},
    {"NumericLessThanEquals", Comparison::kNumber, Relation::kLessOrEqual, false, false, false},
    {"NumericGreaterThan", Comparison::kNumber, Relation::kGreater, false, false, false},
    {"NumericGreaterThanEquals", Comparison::kNumber, Relation::kGreaterOrEqual, false, false, false},
    {"DateEquals", Comparison::kDate, Relation::kEqual, false, false, false},
    {"DateNotEquals", Comparison::kDate, Relation::kEqual, true, false, false},
    {"DateLessThan", Comparison::kDate, Relation::kLess, false, false, false},
    {"DateLessThanEquals", Comparison::kDate, Relation::kLessOrEqual, false, false, false},
    {"DateGreaterThan", Comparison::kDate, Relation::kGreater, false, false, false},
    {"DateGreaterThanEquals", Comparison::kDate, Relation::kGreaterOrEqual, false, false, false},
    {"Bool", Comparison::kBool, Relation::kEqual, false, false, false},
    {"BinaryEquals", Comparison::kBinary, Relation::kEqual, false, false, false},
    {"IpAddress", Comparison::kAddress, Relation::kEqual, false, false, false},
    {"NotIpAddress", Comparison::kAddress, Relation::kEqual, true, false, false},
    {"ArnEquals", Comparison::kArn, Relation::kEqual, false, true, false},
    {"ArnLike", Comparison::kArn, Relation::kEqual, false, true, false},
    {"ArnNotEquals", Comparison::kArn, Relation::kEqual, true, true, false},
    {"ArnNotLike", Comparison::kArn, Relation::kEqual, true, true, false},
    {"Null", Comparison::kNull, Relation::kEqual, false, false, false},
};

TEST(ConditionOperators, AreThe27OfTheDocumentation) {
  ASSERT_EQ(std::size(kRows), 27U);
  ASSERT_EQ(condition_operators().size(), 27U);
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    const ConditionOperator* op = find_condition_operator(row.name);
    ASSERT_NE(op, nullptr);
    EXPECT_EQ(op->name, row.name);
    EXPECT_EQ(op->comparison, row.comparison);
    EXPECT_EQ(op->relation, row.relation);
    EXPECT_EQ(op->negated, row.negated);
    EXPECT_EQ(op->wildcards, row.wildcards);
    EXPECT_EQ(op->ignore_case, row.ignore_case);
  }
}

TEST(ConditionOperators, AreFoundWithoutRegardToCaseAndNotByParts) {
  EXPECT_EQ(find_condition_operator("STRINGlike"), find_condition_operator("StringLike"));
  for (const std::string_view name :
       {"", "String", "StringEqual", "StringEqualss", "Exists", "NotBool", "IpAddressIfExists"}) {
    EXPECT_EQ(find_condition_operator(name), nullptr) << name;
  }
}

// ---- operators with set qualifier and IfExists

TEST(ParseOperator, TakesEveryOperatorWithEveryPart) {
  struct Prefix {
    std::string_view text;
    SetQualifier qualifier;
  };
  constexpr Prefix kPrefixes[] = {{"", SetQualifier::kNone},
                                  {"ForAllValues:", SetQualifier::kForAllValues},
                                  {"ForAnyValue:", SetQualifier::kForAnyValue}};
  for (const Row& row : kRows) {
    for (const Prefix& prefix : kPrefixes) {
      for (const bool if_exists : {false, true}) {
        const std::string name =
            std::string(prefix.text) + std::string(row.name) + (if_exists ? "IfExists" : "");
        SCOPED_TRACE(name);
        const std::optional<OperatorName> parsed = parse_operator(name);
        ASSERT_TRUE(parsed.has_value());
        EXPECT_EQ(parsed->op, find_condition_operator(row.name));
        EXPECT_EQ(parsed->qualifier, prefix.qualifier);
        EXPECT_EQ(parsed->if_exists, if_exists);
        Condition condition;
        condition.op = parsed->op;
        condition.qualifier = parsed->qualifier;
        condition.if_exists = parsed->if_exists;
        EXPECT_EQ(operator_name(condition), name);
      }
    }
  }
}

TEST(ParseOperator, RefusesWhatIsNone) {
  for (const std::string_view name :
       {"", "IfExists", "ForAllValues:", "ForAnyValues:StringEquals", "ForAllValues StringLike",
        "StringLikeIfExistsIfExists", "ForAllValues:ForAnyValue:StringLike", "aws:SourceIp"}) {
    EXPECT_FALSE(parse_operator(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace grantproof::policy
