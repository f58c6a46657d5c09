// SPDX-License-Identifier: Apache-2.0
#include "policy/matching.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace grantproof::policy {
namespace {

const std::map<std::string, std::string, std::less<>> kVariables = {
    {"aws:username", "alice"},
    {"aws:star", "*"},
    {"aws:sourceaccount", "111122223333"},
    {"aws:colon", "a:b"},
    {"aws:principalarn", "arn:aws:iam::111122223333:user/alice"},
    {"aws:empty", ""}};

Substitution values() {
  Substitution substitution;
  substitution.lookup = [](const TextPart& variable) -> std::optional<std::string> {
    const auto found = kVariables.find(variable.folded_key);
    if (found == kVariables.end())
      return variable.default_text;
    return found->second;
  };
  return substitution;
}

// ---- actions
// --------------------------------------------------------------------------------------------------

TEST(ActionGlob, Matches) {
  struct Row {
    std::string_view pattern;
    std::string_view action;
    bool matches;
  };
  static constexpr std::array kRows = {
      Row{"events:PutEvents", "events:PutEvents", true},
      Row{"EVENTS:putevents", "events:PutEvents", true},
      Row{"events:Put*", "events:PutRule", true},
      Row{"events:?utEvents", "events:PutEvents", true},
      Row{"events:*", "s3:GetObject", false},
      Row{"*:PutEvents", "events:PutEvents", true},
      Row{"*", "events:PutEvents", true},
      Row{"**", "events:PutEvents", true},
      // nothing is trimmed, nothing is split at a comma
      Row{"s3:GetBucket ", "s3:GetBucket", false},
      Row{"s3:Get*,s3:Put*", "s3:GetObject", false},
      // no colon: no action
      Row{"s3*", "s3:GetObject", false},
      Row{"*GetObject", "s3:GetObject", false},
      Row{"s3?GetObject", "s3:GetObject", false},
      Row{"", "s3:GetObject", false},
      // two colons
      Row{"s3:*:*", "s3:GetObject", false},
      // the whole name counts
      Row{"events:PutEvent", "events:PutEvents", false},
      Row{"events:PutEventsx", "events:PutEvents", false},
      Row{"s3:[a-z]*", "s3:GetObject", false},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(action_glob(row.pattern).matches(row.action), row.matches)
        << row.pattern << " on " << row.action;
  }
}

// ---- resources
// ------------------------------------------------------------------------------------------------

bool resource_matches(std::string_view pattern, std::string_view arn, PolicyType type = PolicyType::kIdentity,
                      Version version = Version::k2012) {
  const auto glob = resource_glob(parse_resource_variables(pattern, version), type, values());
  return glob.has_value() && glob->matches(arn);
}

TEST(ResourceGlob, Matches) {
  struct Row {
    std::string_view pattern;
    std::string_view arn;
    bool matches;
  };
  static constexpr std::string_view kBus = "arn:aws:events:us-east-1:111122223333:event-bus/orders";
  static constexpr std::array kRows = {
      // the whole text
      Row{kBus, kBus, true},
      Row{"arn:aws:events:us-east-1:111122223333:event-bus/order", kBus, false},
      Row{"arn:aws:events:us-east-1:111122223333:event-bus/orders?", kBus, false},
      Row{"*", kBus, true},
      Row{"*", "*", true},
      // an action without resources is asked about "*": only "*" matches
      Row{"arn:aws:events:*:*:*", "*", false},
      Row{"arn:*", "*", false},
      Row{"?", "*", false},
      // '*' crosses '/' and, in the last field, ':'
      Row{"arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b/c", true},
      Row{"arn:aws:s3:::*", "arn:aws:s3:::bucket/a", true},
      Row{"arn:aws:logs:*:111122223333:log-group:*", "arn:aws:logs:us-east-1:111122223333:log-group:a:b",
          true},
      Row{"arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false},
      Row{"arn:aws:s3:::bucket/a?c", "arn:aws:s3:::bucket/abc", true},
      // as the last character of a field it crosses there too
      Row{"arn:aws:lambda:*:function:f", "arn:aws:lambda:us-east-1:111122223333:function:f", true},
      // a short ARN is padded at its end: here "event-bus/orders" is no last field
      Row{"arn:aws:events:*:event-bus/orders", kBus, false},
      // but not elsewhere in a field, and '?' nowhere
      Row{"arn:aws:events:us-*-1:111122223333:event-bus/orders", kBus, true},
      Row{"arn:aws:events:u*3:event-bus/orders", kBus, false},
      Row{"arn:aws:events:us-east-1:111122223333?event-bus/orders", kBus, false},
      // case: not in the first five fields, but in the last
      Row{"arn:AWS:Events:US-EAST-1:111122223333:event-bus/orders", kBus, true},
      Row{"arn:aws:events:us-east-1:111122223333:event-bus/Orders", kBus, false},
      Row{"arn:aws:events:us-east-1:111122223333:Event-Bus/orders", kBus, false},
      // fields do not slide
      Row{"arn:aws:sns:us-east-1:111122223333:event-bus/orders", kBus, false},
      Row{"arn:aws:events::111122223333:event-bus/orders", kBus, false},
      // brackets and backslashes stand for themselves
      Row{"arn:aws:s3:::bucket/[ab]", "arn:aws:s3:::bucket/a", false},
      Row{"arn:aws:s3:::bucket/[ab]", "arn:aws:s3:::bucket/[ab]", true},
      // no ARN
      Row{"", kBus, false},
      Row{"event-bus/orders", kBus, false},
      Row{"*:event-bus/orders", kBus, false},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(resource_matches(row.pattern, row.arn), row.matches) << row.pattern << " on " << row.arn;
  }
}

TEST(ResourceGlob, Variables) {
  struct Row {
    std::string_view pattern;
    std::string_view arn;
    bool matches;
    Version version = Version::k2012;
  };
  static constexpr std::array kRows = {
      Row{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/alice/x", true},
      Row{"arn:aws:s3:::b/${AWS:UserName}/*", "arn:aws:s3:::b/alice/x", true},
      Row{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/x", false},
      Row{"arn:aws:sqs:us-east-2:*:${aws:username}-queue", "arn:aws:sqs:us-east-2:111122223333:alice-queue",
          true},
      // the text that is put in is literal
      Row{"arn:aws:s3:::b/${aws:star}", "arn:aws:s3:::b/x", false},
      Row{"arn:aws:s3:::b/${aws:star}", "arn:aws:s3:::b/*", true},
      Row{"arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", true},
      Row{"arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", false},
      Row{"arn:aws:s3:::b/${?}", "arn:aws:s3:::b/?", true},
      Row{"arn:aws:s3:::b/${$}", "arn:aws:s3:::b/$", true},
      Row{"arn:aws:s3:::b/${aws:empty}", "arn:aws:s3:::b/", true},
      // without a value: the default, or nothing matches
      Row{"arn:aws:s3:::b/${aws:none, 'shared'}", "arn:aws:s3:::b/shared", true},
      Row{"arn:aws:s3:::b/${aws:username, 'shared'}", "arn:aws:s3:::b/shared", false},
      Row{"arn:aws:s3:::b/${aws:none}", "arn:aws:s3:::b/", false},
      Row{"arn:aws:s3:::b/${aws:none}", "arn:aws:s3:::b/${aws:none}", false},
      // only after the fifth colon
      Row{"arn:aws:sqs:us-east-1:${aws:sourceaccount}:q", "arn:aws:sqs:us-east-1:111122223333:q", false},
      // a 2008 policy has no variables
      Row{"arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/alice", false, Version::k2008},
      Row{"arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username}", true, Version::k2008},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(resource_matches(row.pattern, row.arn, PolicyType::kIdentity, row.version), row.matches)
        << row.pattern << " on " << row.arn;
  }
}

TEST(ResourceGlob, ShortArnsByPolicyType) {
  struct Row {
    std::string_view pattern;
    bool in_identity;  // also session and boundary policies
    bool elsewhere;
  };
  static constexpr std::array kRows = {
      Row{"arn:aws:events:*", true, true},
      Row{"arn:aws:events", true, false},
      Row{"arn:aws:events:us-*", true, true},
      Row{"arn:aws:events:us-east-1", true, false},
      Row{"arn:aws:ev?nts", true, true},
      Row{"arn:aws:events:us-east", false, false},
      Row{"arn:aws:s3:*", false, false},
      Row{"arn:aws:events:*:111122223333", true, true},
      Row{"arn:aws:events:*:999999999999", false, false},
  };
  static constexpr std::string_view kBus = "arn:aws:events:us-east-1:111122223333:event-bus/orders";
  for (const Row& row : kRows) {
    for (const PolicyType type :
         {PolicyType::kIdentity, PolicyType::kSession, PolicyType::kPermissionsBoundary}) {
      EXPECT_EQ(resource_matches(row.pattern, kBus, type), row.in_identity)
          << row.pattern << " in " << name(type);
    }
    for (const PolicyType type :
         {PolicyType::kResource, PolicyType::kVpcEndpoint, PolicyType::kServiceControl}) {
      EXPECT_EQ(resource_matches(row.pattern, kBus, type), row.elsewhere)
          << row.pattern << " in " << name(type);
    }
  }
}

// ---- condition values
// -----------------------------------------------------------------------------------------

// Does the policy value match the request value? Nothing where it can match no request.
std::optional<bool> value_matches(std::string_view op_name, std::string_view policy_value,
                                  std::string_view request_value) {
  const ConditionOperator* op = find_condition_operator(op_name);
  EXPECT_NE(op, nullptr) << op_name;
  const auto test = value_test(*op, value_text(*op, policy_value, Version::k2012), values());
  if (!test.has_value())
    return std::nullopt;
  return holds(*test, request_value);
}

TEST(ValueTest, TextAndArn) {
  struct Row {
    std::string_view op;
    std::string_view policy_value;
    std::string_view request_value;
    std::optional<bool> matches;
  };
  static constexpr std::array kRows = {
      // text
      Row{"StringEquals", "com.shop.orders", "com.shop.orders", true},
      Row{"StringEquals", "com.shop.orders", "Com.Shop.Orders", false},
      Row{"StringEquals", "com.*", "com.shop", false},
      Row{"StringEquals", "com.*", "com.*", true},
      Row{"StringEquals", "", "", true},
      Row{"StringEquals", "${aws:username}", "alice", true},
      Row{"StringEquals", "${*}", "*", true},
      Row{"StringEquals", "${aws:none}", "", std::nullopt},
      Row{"StringEquals", "x${aws:none, 'y'}z", "xyz", true},
      Row{"StringEqualsIgnoreCase", "Orders", "oRDERS", true},
      Row{"StringEqualsIgnoreCase", "*", "x", false},
      Row{"StringEqualsIgnoreCase", "${aws:username}", "ALICE", true},
      Row{"StringLike", "com.partner.*", "com.partner.a.b", true},
      Row{"StringLike", "com.partner.*", "com.partner.", true},
      Row{"StringLike", "com.partner.*", "com.partner", false},
      Row{"StringLike", "a?c", "abc", true},
      Row{"StringLike", "a*c", "a\nb\nc", true},
      Row{"StringLike", "${aws:star}", "x", false},
      Row{"StringLike", "${aws:username}/*", "alice/1", true},
      Row{"StringLike", "arn:aws:iam::*role/app", "arn:aws:iam::1:2:role/app", true},
      Row{"StringNotEquals", "x", "x", true},  // the set of the value; negation is the caller's
      // ARNs: six fields, each a glob, '*' within one
      Row{"ArnLike", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/a/b", true},
      Row{"ArnEquals", "arn:aws:iam::*:role/app", "arn:aws:iam::111122223333:role/app", true},
      Row{"ArnLike", "arn:aws:logs:*:y", "arn:aws:logs:us-east-1:111122223333:y", std::nullopt},
      Row{"ArnLike", "arn:aws:logs:*:*:y", "arn:aws:logs:us-east-1:111122223333:x:y", false},
      Row{"ArnLike", "arn:aws:logs:*:*:*:y", "arn:aws:logs:us-east-1:111122223333:x:y", true},
      Row{"ArnLike", "arn:aws:events:us-east-?:1*3:rule/*", "arn:aws:events:us-east-1:111122223333:rule/r",
          true},
      Row{"ArnLike", "arn:aws:events:us-east-1?11112222333:rule/*",
          "arn:aws:events:us-east-1:11112222333:rule/r", std::nullopt},
      Row{"ArnLike", "ARN:AWS:iam::111122223333:root", "arn:aws:iam::111122223333:root", false},
      Row{"ArnLike", "*", "arn:aws:iam::111122223333:root", true},
      Row{"ArnLike", "arn:aws:events:*:${aws:SourceAccount}:rule/*",
          "arn:aws:events:us-east-1:111122223333:rule/r", true},
      Row{"ArnLike", "arn:aws:events:*:${aws:none}:rule/*", "arn:aws:events:us-east-1:111122223333:rule/r",
          std::nullopt},
      Row{"ArnEquals", "${aws:PrincipalArn}", "arn:aws:iam::111122223333:user/alice", true},
      Row{"ArnLike", "not an arn", "arn:aws:iam::111122223333:root", std::nullopt},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(value_matches(row.op, row.policy_value, row.request_value), row.matches)
        << row.op << ' ' << row.policy_value << " on " << row.request_value;
  }
}

TEST(ValueTest, TypedValues) {
  struct Row {
    std::string_view op;
    std::string_view policy_value;
    std::string_view request_value;
    std::optional<bool> matches;
  };
  static constexpr std::array kRows = {
      // request on the left, policy on the right
      Row{"NumericLessThan", "10", "9.99", true},
      Row{"NumericLessThan", "10", "10", false},
      Row{"NumericLessThanEquals", "10", "10.0", true},
      Row{"NumericGreaterThan", "10", "10.01", true},
      Row{"NumericGreaterThan", "10", "10", false},
      Row{"NumericGreaterThanEquals", "10", "+10", true},
      Row{"NumericEquals", "10", "ten", false},
      Row{"NumericEquals", "ten", "10", std::nullopt},
      Row{"DateLessThan", "1735689600", "2024-06-01T00:00:00Z", true},
      Row{"DateGreaterThan", "2024-06-01T00:00:00Z", "1735689600", true},
      Row{"DateEquals", "2025-01-01T02:00:00+02:00", "1735689600", true},
      Row{"DateEquals", "soon", "1735689600", std::nullopt},
      Row{"IpAddress", "203.0.113.0/24", "203.0.113.9", true},
      Row{"IpAddress", "203.0.113.0/24", "not an address", false},
      Row{"IpAddress", "2001:db8::5/64", "2001:db8::5", std::nullopt},
      Row{"BinaryEquals", "Zm9v", "Zm9v", true},
      Row{"BinaryEquals", "Zm9v", "Zm9", false},
      Row{"BinaryEquals", "Zm9", "Zm9v", std::nullopt},
      // Bool: does the request value count as "true"?
      Row{"Bool", "true", "TRUE", true},
      Row{"Bool", "false", "true", true},
      Row{"Bool", "true", "yes", false},
      Row{"Bool", "yes", "yes", std::nullopt},
      // variables count only in text and ARN values
      Row{"NumericEquals", "${aws:username}", "1", std::nullopt},
      Row{"Bool", "${aws:username}", "true", std::nullopt},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(value_matches(row.op, row.policy_value, row.request_value), row.matches)
        << row.op << ' ' << row.policy_value << " on " << row.request_value;
  }
}

TEST(ValueTest, AnyValueOfAVariableIsANecessaryCondition) {
  struct Row {
    std::string_view op;
    std::string_view policy_value;
    std::string_view request_value;
    bool matches;
  };
  static constexpr std::array kRows = {
      Row{"StringEquals", "home/${aws:username}", "home/bob", true},
      Row{"StringEquals", "home/${aws:none}", "home/", true},
      Row{"StringEquals", "home/${aws:username}", "away/bob", false},
      Row{"ArnLike", "arn:aws:events:*:${aws:SourceAccount}:rule/*", "arn:aws:events:us-east-1:1:rule/r",
          true},
      Row{"ArnLike", "arn:aws:events:*:${aws:SourceAccount}:rule/*", "arn:aws:sns:us-east-1:1:rule/r", false},
      // the value may hold colons
      Row{"ArnLike", "${aws:PrincipalArn}", "arn:aws:iam::1:user/a", true},
      Row{"ArnLike", "arn:${aws:rest}-x", "arn:aws:iam::1:user/a-x", true},
  };
  Substitution any;
  any.any = true;
  for (const Row& row : kRows) {
    const ConditionOperator& op = *find_condition_operator(row.op);
    const auto test = value_test(op, value_text(op, row.policy_value, Version::k2012), any);
    ASSERT_TRUE(test.has_value()) << row.policy_value;
    EXPECT_EQ(holds(*test, row.request_value), row.matches)
        << row.policy_value << " on " << row.request_value;
  }
  const auto glob = resource_glob(parse_resource_variables("arn:aws:s3:::b/${aws:none}/x", Version::k2012),
                                  PolicyType::kIdentity, any);
  ASSERT_TRUE(glob.has_value());
  EXPECT_TRUE(glob->matches(std::string_view("arn:aws:s3:::b/a/x")));
  EXPECT_FALSE(glob->matches(std::string_view("arn:aws:s3:::c/a/x")));
}

TEST(Comparable, MalformedArnsAndAddressesAreNot) {
  EXPECT_TRUE(comparable(Comparison::kArn, "arn:aws:iam::111122223333:root"));
  EXPECT_FALSE(comparable(Comparison::kArn, "arn:aws:iam::111122223333"));
  EXPECT_FALSE(comparable(Comparison::kArn, "alice"));
  EXPECT_FALSE(comparable(Comparison::kArn, ""));
  EXPECT_TRUE(comparable(Comparison::kAddress, "::1"));
  EXPECT_FALSE(comparable(Comparison::kAddress, "203.0.113.0/24"));
  for (const Comparison comparison :
       {Comparison::kText, Comparison::kNumber, Comparison::kDate, Comparison::kBool, Comparison::kBinary}) {
    EXPECT_TRUE(comparable(comparison, "anything"));
  }
}

TEST(BoolValue, IsTrueOrFalseWithoutCase) {
  EXPECT_EQ(bool_value("true"), true);
  EXPECT_EQ(bool_value("True"), true);
  EXPECT_EQ(bool_value("FALSE"), false);
  for (const std::string_view text : {"", "yes", "0", "1", "true ", "tru", "truee"}) {
    EXPECT_FALSE(bool_value(text).has_value()) << text;
  }
}

TEST(SingleWhenOne, OnlyKeysOfEventBridge) {
  EXPECT_TRUE(single_when_one("events:source"));
  EXPECT_TRUE(single_when_one("events:detail-type"));
  EXPECT_TRUE(single_when_one("events:detail.useridentity.principalid"));
  EXPECT_FALSE(single_when_one("aws:tagkeys"));
  EXPECT_FALSE(single_when_one("events"));
  EXPECT_FALSE(single_when_one("myevents:source"));
}

}  // namespace
}  // namespace grantproof::policy
