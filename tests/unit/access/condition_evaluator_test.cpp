// SPDX-License-Identifier: Apache-2.0
#include "access/condition_evaluator.h"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace grantproof::access {
namespace {

using policy::SetQualifier;

policy::Condition condition(std::string_view op, const std::string& key,
                            const std::vector<std::string>& values,
                            SetQualifier qualifier = SetQualifier::kNone, bool if_exists = false) {
  policy::Condition line;
  line.op = policy::find_condition_operator(op);
  EXPECT_NE(line.op, nullptr) << op;
  line.qualifier = qualifier;
  line.if_exists = if_exists;
  line.key = {.name = key, .folded = base::fold_case(key)};
  for (const std::string& value : values)
    line.values.push_back({.text = value, .span = {}});
  return line;
}

RequestContext single(const std::string& key, std::string value) {
  return {{base::fold_case(key), {.key = key, .multivalued = false, .values = {std::move(value)}}}};
}

RequestContext list(const std::string& key, std::vector<std::string> values) {
  return {{base::fold_case(key), {.key = key, .multivalued = true, .values = std::move(values)}}};
}

bool holds(const policy::Condition& line, const RequestContext& context,
           policy::Version version = policy::Version::k2012) {
  return condition_holds(line, context, version).surely();
}

// ---- every operator × qualifier × IfExists × missing, one, many
// -----------------------------------------------

// A policy value of the operator, a request value that it matches and one that it does not (in the positive
// sense).
struct OperatorSample {
  std::string_view op;
  std::string_view policy_value;
  std::string_view match;
  std::string_view other;
};
constexpr std::array kSamples = {
    OperatorSample{"StringEquals", "orders", "orders", "Orders"},
    OperatorSample{"StringNotEquals", "orders", "orders", "Orders"},
    OperatorSample{"StringEqualsIgnoreCase", "orders", "ORDERS", "order"},
    OperatorSample{"StringNotEqualsIgnoreCase", "orders", "ORDERS", "order"},
    OperatorSample{"StringLike", "com.*", "com.shop", "org.shop"},
    OperatorSample{"StringNotLike", "com.*", "com.shop", "org.shop"},
    OperatorSample{"NumericEquals", "10", "10.0", "11"},
    OperatorSample{"NumericNotEquals", "10", "10.0", "11"},
    OperatorSample{"NumericLessThan", "10", "9", "10"},
    OperatorSample{"NumericLessThanEquals", "10", "10", "10.1"},
    OperatorSample{"NumericGreaterThan", "10", "10.1", "10"},
    OperatorSample{"NumericGreaterThanEquals", "10", "10", "9"},
    OperatorSample{"DateEquals", "2025-01-01T00:00:00Z", "1735689600", "1735689601"},
    OperatorSample{"DateNotEquals", "2025-01-01T00:00:00Z", "1735689600", "1735689601"},
    OperatorSample{"DateLessThan", "2025-01-01", "2024-12-31", "2025-01-01"},
    OperatorSample{"DateLessThanEquals", "2025-01-01", "2025-01-01", "2025-01-02"},
    OperatorSample{"DateGreaterThan", "2025-01-01", "2025-01-02", "2025-01-01"},
    OperatorSample{"DateGreaterThanEquals", "2025-01-01", "2025-01-01", "2024-12-31"},
    OperatorSample{"Bool", "true", "TRUE", "false"},
    OperatorSample{"BinaryEquals", "Zm9v", "Zm9v", "YmFy"},
    OperatorSample{"IpAddress", "203.0.113.0/24", "203.0.113.9", "198.51.100.1"},
    OperatorSample{"NotIpAddress", "203.0.113.0/24", "203.0.113.9", "198.51.100.1"},
    OperatorSample{"ArnEquals", "arn:aws:iam::1*:role/app", "arn:aws:iam::111122223333:role/app",
                   "arn:aws:iam::111122223333:role/App"},
    OperatorSample{"ArnLike", "arn:aws:iam::1*:role/app", "arn:aws:iam::111122223333:role/app",
                   "arn:aws:iam::111122223333:role/App"},
    OperatorSample{"ArnNotEquals", "arn:aws:iam::1*:role/app", "arn:aws:iam::111122223333:role/app",
                   "arn:aws:iam::111122223333:role/App"},
    OperatorSample{"ArnNotLike", "arn:aws:iam::1*:role/app", "arn:aws:iam::111122223333:role/app",
                   "arn:aws:iam::111122223333:role/App"},
};

// What the request has under the key: nothing; one value that matches or does not; a list (m: matches, o:
// other).
constexpr std::array<std::string_view, 8> kColumns = {"missing", "m",    "o",    "[m]",
                                                      "[o]",     "[mo]", "[oo]", "[]"};

// The truth table of the guide, a column of kColumns each. '1' holds, '0' does not.
struct TruthRow {
  bool negated;
  SetQualifier qualifier;
  bool if_exists;
  std::string_view holds;
};
constexpr std::array kTruth = {
    // no qualifier: a list never matches, not even negated or with IfExists
    TruthRow{false, SetQualifier::kNone, false, "01000000"},
    TruthRow{false, SetQualifier::kNone, true, "11000000"},
    TruthRow{true, SetQualifier::kNone, false, "10100000"},
    TruthRow{true, SetQualifier::kNone, true, "10100000"},
    // every value; an empty or missing set has none that fails
    TruthRow{false, SetQualifier::kForAllValues, false, "11010001"},
    TruthRow{false, SetQualifier::kForAllValues, true, "11010001"},
    TruthRow{true, SetQualifier::kForAllValues, false, "10101011"},
    TruthRow{true, SetQualifier::kForAllValues, true, "10101011"},
    // some value
    TruthRow{false, SetQualifier::kForAnyValue, false, "01010100"},
    TruthRow{false, SetQualifier::kForAnyValue, true, "11010100"},
    TruthRow{true, SetQualifier::kForAnyValue, false, "00101110"},
    TruthRow{true, SetQualifier::kForAnyValue, true, "10101110"},
};

RequestContext context_of(std::string_view column, const std::string& key, const OperatorSample& sample) {
  if (column == "missing")
    return {};
  const auto text = [&sample](char letter) {
    return std::string(letter == 'm' ? sample.match : sample.other);
  };
  if (column.size() == 1)
    return single(key, text(column.front()));
  std::vector<std::string> values;
  for (const char letter : column.substr(1, column.size() - 2))
    values.push_back(text(letter));
  return list(key, std::move(values));
}

TEST(ConditionHolds, EveryOperatorQualifierAndPresence) {
  for (const OperatorSample& sample : kSamples) {
    for (const TruthRow& row : kTruth) {
      const policy::Condition line = condition(sample.op, "aws:TagKeys", {std::string(sample.policy_value)},
                                               row.qualifier, row.if_exists);
      if (line.op->negated != row.negated)
        continue;
      for (std::size_t column = 0; column < kColumns.size(); ++column) {
        EXPECT_EQ(holds(line, context_of(kColumns.at(column), "aws:TagKeys", sample)),
                  row.holds[column] == '1')
            << sample.op << (row.if_exists ? "IfExists" : "") << " qualifier "
            << static_cast<int>(row.qualifier) << " on " << kColumns.at(column);
      }
    }
  }
}

TEST(ConditionHolds, EveryOperatorHasASample) {
  for (const policy::ConditionOperator& op : policy::condition_operators()) {
    if (op.comparison == policy::Comparison::kNull)
      continue;
    bool found = false;
    for (const OperatorSample& sample : kSamples)
      found = found || sample.op == op.name;
    EXPECT_TRUE(found) << op.name;
  }
}

// ---- keys of EventBridge
// --------------------------------------------------------------------------------------

TEST(ConditionHolds, EventBridgeKeysWithOneValueAreSingle) {
  struct Row {
    std::string_view op;
    bool if_exists;
    std::vector<std::string> sources;
    bool holds;
  };
  const std::vector<Row> rows = {
      {"StringEquals", false, {"aws.ec2"}, true},
      {"StringEquals", false, {"aws.s3"}, false},
      {"StringEquals", false, {"aws.ec2", "aws.ec2"}, false},
      {"StringEquals", false, {}, false},
      {"StringEquals", true, {"aws.ec2", "aws.s3"}, false},
      {"StringNotEquals", false, {"aws.ec2"}, false},
      {"StringNotEquals", false, {"aws.s3"}, true},
      {"StringNotEquals", false, {"aws.s3", "aws.ecs"}, false},
      {"StringNotEquals", true, {"aws.s3", "aws.ecs"}, false},
      {"StringLike", false, {"aws.ec2"}, true},
  };
  for (const Row& row : rows) {
    const auto line = condition(row.op, "events:source", {"aws.ec2"}, SetQualifier::kNone, row.if_exists);
    EXPECT_EQ(holds(line, list("events:source", row.sources)), row.holds)
        << row.op << ' ' << row.sources.size();
  }
}

// ---- values
// ---------------------------------------------------------------------------------------------------

TEST(ConditionHolds, SeveralPolicyValues) {
  const std::vector<std::string> either = {"a", "b"};
  EXPECT_TRUE(holds(condition("StringEquals", "k", either), single("k", "b")));
  EXPECT_FALSE(holds(condition("StringEquals", "k", either), single("k", "c")));
  // negated: none of them
  EXPECT_FALSE(holds(condition("StringNotEquals", "k", either), single("k", "b")));
  EXPECT_TRUE(holds(condition("StringNotEquals", "k", either), single("k", "c")));
  EXPECT_TRUE(
      holds(condition("StringEquals", "k", either, SetQualifier::kForAllValues), list("k", {"b", "a"})));
  EXPECT_FALSE(
      holds(condition("StringEquals", "k", either, SetQualifier::kForAllValues), list("k", {"b", "c"})));
  EXPECT_TRUE(holds(condition("StringNotEquals", "k", {"team"}, SetQualifier::kForAnyValue),
                    list("k", {"team", "env"})));
}

TEST(ConditionHolds, NoPolicyValuesMatchNoRequestThatHasTheKey) {
  for (const std::string_view op : {"StringEquals", "StringNotEquals", "Bool", "NumericLessThan"}) {
    EXPECT_FALSE(holds(condition(op, "k", {}), single("k", "x"))) << op;
    EXPECT_FALSE(holds(condition(op, "k", {}), {})) << op;
    EXPECT_TRUE(holds(condition(op, "k", {}, SetQualifier::kNone, true), {})) << op;
    EXPECT_FALSE(holds(condition(op, "k", {}, SetQualifier::kNone, true), single("k", "x"))) << op;
    EXPECT_FALSE(holds(condition(op, "k", {}, SetQualifier::kForAnyValue), list("k", {"x"}))) << op;
    EXPECT_FALSE(holds(condition(op, "k", {}, SetQualifier::kForAllValues), list("k", {"x"}))) << op;
    EXPECT_TRUE(holds(condition(op, "k", {}, SetQualifier::kForAllValues), list("k", {}))) << op;
    EXPECT_TRUE(holds(condition(op, "k", {}, SetQualifier::kForAllValues), {})) << op;
  }
}

TEST(ConditionHolds, KeysCompareWithoutCase) {
  EXPECT_TRUE(holds(condition("StringEquals", "AWS:PrincipalTag/Team", {"blue"}),
                    single("aws:principaltag/team", "blue")));
  EXPECT_FALSE(holds(condition("StringEquals", "aws:PrincipalTag/Team", {"blue"}),
                     single("aws:PrincipalTag/Teams", "blue")));
}

TEST(ConditionHolds, Null) {
  struct Row {
    std::vector<std::string> values;
    bool when_absent;
    bool when_present;
  };
  const std::vector<Row> rows = {
      {{"true"}, true, false},         {{"false"}, false, true},  {{"TRUE"}, true, false},
      {{"true", "false"}, true, true}, {{"maybe"}, false, false}, {{}, false, false},
  };
  for (const Row& row : rows) {
    const auto line = condition("Null", "k", row.values);
    EXPECT_EQ(holds(line, {}), row.when_absent);
    EXPECT_EQ(holds(line, single("k", "x")), row.when_present);
    EXPECT_EQ(holds(line, single("k", "")), row.when_present);  // an empty value is present
    EXPECT_EQ(holds(line, list("k", {"x", "y"})), row.when_present);
    EXPECT_EQ(holds(line, list("k", {})), row.when_present);
  }
}

TEST(ConditionHolds, Bool) {
  struct Row {
    std::vector<std::string> values;
    std::string request_value;
    bool holds;
  };
  const std::vector<Row> rows = {
      {{"true"}, "true", true},       {{"true"}, "True", true},
      {{"true"}, "false", false},     {{"true"}, "yes", false},
      {{"false"}, "false", true},     {{"false"}, "no", true},
      {{"false"}, "", true},          {{"false"}, "TRUE", false},
      {{"True"}, "true", true},       {{"true", "false"}, "true", true},
      {{"true", "false"}, "x", true}, {{"yes"}, "true", false},
      {{"yes"}, "yes", false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(holds(condition("Bool", "k", row.values), single("k", row.request_value)), row.holds)
        << row.values.front() << " on " << row.request_value;
  }
  // the trap of aws:MultiFactorAuthPresent: "false" does not match a missing key
  EXPECT_FALSE(holds(condition("Bool", "k", {"false"}), {}));
  EXPECT_TRUE(holds(condition("Bool", "k", {"false"}, SetQualifier::kNone, true), {}));
}

TEST(ConditionHolds, ValuesThatCannotBeConverted) {
  struct Row {
    std::string_view op;
    std::string_view policy_value;
    std::string_view request_value;
    bool holds;
  };
  static constexpr std::array kRows = {
      // numbers and dates: unequal
      Row{"NumericEquals", "10", "ten", false},
      Row{"NumericNotEquals", "10", "ten", true},
      Row{"NumericLessThan", "10", "ten", false},
      Row{"NumericNotEquals", "ten", "10", true},
      Row{"DateNotEquals", "2025-01-01", "soon", true},
      Row{"DateLessThan", "2025-01-01", "soon", false},
      // addresses and ARNs of the request: never, not even negated
      Row{"IpAddress", "0.0.0.0/0", "nowhere", false},
      Row{"NotIpAddress", "203.0.113.0/24", "nowhere", false},
      Row{"ArnLike", "arn:aws:iam::*:*", "alice", false},
      Row{"ArnNotLike", "arn:aws:iam::*:*", "alice", false},
      Row{"ArnNotEquals", "arn:aws:iam::*:*", "", false},
      // a range that holds nothing
      Row{"IpAddress", "2001:db8::5/64", "2001:db8::5", false},
      Row{"NotIpAddress", "2001:db8::5/64", "2001:db8::5", true},
      // families
      Row{"NotIpAddress", "203.0.113.7", "2001:db8::1", true},
      Row{"IpAddress", "0.0.0.0/0", "2001:db8::1", false},
      Row{"BinaryEquals", "Zm9v", "Zm9", false},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(holds(condition(row.op, "k", {std::string(row.policy_value)}),
                    single("k", std::string(row.request_value))),
              row.holds)
        << row.op << ' ' << row.policy_value << " on " << row.request_value;
  }
  // one malformed value of a set fails ForAllValues and does not help ForAnyValue
  EXPECT_FALSE(holds(condition("ArnNotLike", "k", {"arn:aws:iam::*:x"}, SetQualifier::kForAllValues),
                     list("k", {"arn:aws:iam::1:y", "alice"})));
  EXPECT_FALSE(holds(condition("ArnNotLike", "k", {"arn:aws:iam::*:x"}, SetQualifier::kForAnyValue),
                     list("k", {"alice"})));
}

// ---- variables
// ------------------------------------------------------------------------------------------------

TEST(ConditionHolds, Variables) {
  struct Row {
    std::string_view op;
    std::string_view policy_value;
    bool holds;
    policy::Version version = policy::Version::k2012;
  };
  static constexpr std::array kRows = {
      Row{"StringEquals", "${aws:username}", true},
      Row{"StringEquals", "${AWS:UserName}", true},
      Row{"StringNotEquals", "${aws:username}", false},
      Row{"StringLike", "${aws:username}*", true},
      Row{"StringEqualsIgnoreCase", "${aws:username}", true},
      // no value: positive does not hold, negated does
      Row{"StringEquals", "${aws:PrincipalTag/team}", false},
      Row{"StringNotEquals", "${aws:PrincipalTag/team}", true},
      Row{"StringLike", "*${aws:PrincipalTag/team}", false},
      Row{"StringNotLike", "*${aws:PrincipalTag/team}", true},
      // the default stands in for an absent key only
      Row{"StringEquals", "${aws:PrincipalTag/team, 'alice'}", true},
      Row{"StringEquals", "${aws:username, 'x'}", true},
      Row{"StringEquals", "${aws:TagKeys, 'alice'}", false},
      Row{"StringNotEquals", "${aws:TagKeys, 'alice'}", true},
      Row{"StringEquals", "${aws:TagKeys}", false},
      // text of a request is never a pattern
      Row{"StringLike", "${aws:star}", false},
      Row{"StringLike", "${*}", false},
      // 2008: no variables
      Row{"StringEquals", "${aws:username}", false, policy::Version::k2008},
      Row{"StringNotEquals", "${aws:username}", true, policy::Version::k2008},
  };
  const auto one = [](std::string key, std::string value) {
    return ContextValue{.key = std::move(key), .multivalued = false, .values = {std::move(value)}};
  };
  RequestContext context;
  context["k"] = one("k", "alice");
  context["aws:username"] = one("aws:username", "alice");
  context["aws:star"] = one("aws:star", "*");
  context["aws:tagkeys"] = {.key = "aws:TagKeys", .multivalued = true, .values = {"alice"}};
  for (const Row& row : kRows) {
    EXPECT_EQ(holds(condition(row.op, "k", {std::string(row.policy_value)}), context, row.version), row.holds)
        << row.op << ' ' << row.policy_value;
  }
}

}  // namespace
}  // namespace grantproof::access
