// SPDX-License-Identifier: Apache-2.0
//
// Attributes, sets and atoms of a symbolic request: what is one and what is two, and what stands for what.
#include "logic/symbolic_request.h"

#include <gtest/gtest.h>

#include "logic/encode_condition.h"
#include "logic/encode_statement.h"
#include "logic/interpret.h"
#include "support/test_policy.h"

namespace grantproof::logic {
namespace {

class SymbolicRequestTest : public testing::Test {
 protected:
  patterns::PatternStore patterns_;
  SymbolicRequest request_{patterns_, aws::Reference::embedded()};

  Formula condition(std::string_view json) {
    const tests::TestPolicy read = tests::read_policy_text(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
            std::string(json) + "}}",
        policy::PolicyType::kIdentity);
    return encode_condition(request_, read.policy.statements.front().conditions.front(),
                            policy::Version::k2012);
  }
};

// ---- attributes

TEST_F(SymbolicRequestTest, KeysAreComparedWithoutRegardToCase) {
  const AttributeId tag = request_.key("aws:PrincipalTag/Team");
  EXPECT_EQ(request_.key("AWS:principaltag/TEAM"), tag);
  EXPECT_EQ(request_.attribute(tag).name, "aws:PrincipalTag/Team");
  EXPECT_EQ(request_.find_key("aws:principaltag/team"), tag);
  EXPECT_FALSE(request_.find_key("aws:principaltag/other"));
  EXPECT_NE(request_.key("aws:PrincipalTag/Other"), tag);
}

TEST_F(SymbolicRequestTest, KindsOfKeys) {
  EXPECT_EQ(request_.attribute(request_.key("aws:TagKeys")).kind, AttributeKind::kSet);
  EXPECT_EQ(request_.attribute(request_.key("aws:UserAgent")).kind, AttributeKind::kText);
  // What the reference does not know is as it is used.
  EXPECT_EQ(request_.attribute(request_.key("shop:Colours", true)).kind, AttributeKind::kSet);
  EXPECT_EQ(request_.attribute(request_.key("shop:Colour", false)).kind, AttributeKind::kText);
  EXPECT_FALSE(request_.attribute(request_.key("shop:Colour")).known_key);
  EXPECT_EQ(request_.attribute(request_.key("aws:CurrentTime")).type, aws::KeyType::kDate);
}

TEST_F(SymbolicRequestTest, WhatStandsInAnotherAttribute) {
  EXPECT_EQ(request_.attribute(request_.key("aws:PrincipalArn")).same_as, request_.principal());
  EXPECT_EQ(request_.attribute(request_.key("aws:ResourceAccount")).same_as, request_.owner());
  const Attribute user = request_.attribute(request_.key("aws:username"));
  EXPECT_EQ(user.projection, Projection::kUserName);
  EXPECT_EQ(user.base, request_.principal());
  const Attribute source = request_.attribute(request_.key("aws:SourceAccount"));
  ASSERT_TRUE(source.part_of);
  EXPECT_EQ(request_.attribute(*source.part_of).base, request_.key("aws:SourceArn"));
}

// ---- sets and atoms

TEST_F(SymbolicRequestTest, EqualSetsAreOne) {
  EXPECT_EQ(request_.exact("a"), request_.text_set({patterns::Glob().literal("a")}));
  EXPECT_NE(request_.exact("a"), request_.exact("A"));
  const AttributeId key = request_.key("aws:UserAgent");
  EXPECT_EQ(request_.in(key, request_.exact("a")), request_.in(key, request_.exact("a")));
  EXPECT_NE(request_.in(key, request_.exact("a")), request_.in(key, request_.exact("b")));
  EXPECT_NE(request_.in(key, request_.exact("a")),
            request_.in(request_.key("aws:referer"), request_.exact("a")));
}

TEST_F(SymbolicRequestTest, NothingAndEverything) {
  const AttributeId key = request_.key("aws:UserAgent");
  EXPECT_EQ(request_.in(key, request_.text_set({})), Formula::kFalse);
  EXPECT_EQ(request_.in(key, request_.text_set({patterns::Glob().run(patterns::UnitClass::kAny)})),
            Formula::kTrue);
}

TEST_F(SymbolicRequestTest, UnknownPartsAreNeverTheSame) {
  EXPECT_NE(request_.unknown("a"), request_.unknown("a"));
  EXPECT_EQ(request_.unknown_reason(request_.atom(0)), "a");
}

TEST_F(SymbolicRequestTest, ActionsAsBits) {
  const aws::Reference& reference = aws::Reference::embedded();
  const auto set = [&](std::string pattern) {
    return request_.action_set(request_.actions(std::vector<policy::Text>{{std::move(pattern), {}}}));
  };
  const ActionSet put = set("events:put*");
  std::size_t count = 0;
  for (aws::ActionId action = 0; action < reference.action_count(); ++action)
    count += put.bits[action / 64] >> (action % 64) & 1U;
  EXPECT_EQ(count, reference.match("events:Put*").size());
  EXPECT_TRUE(request_.unknown_actions().empty());
  set("events:BrandNew");
  set("newservice:Do?hing*");
  set("events:brandnew");
  set("events");
  ASSERT_GE(request_.unknown_actions().size(), 2U);
  EXPECT_EQ(request_.unknown_actions()[0].example, "events:BrandNew");
}

// ---- conditions that are the same, or opposites

TEST_F(SymbolicRequestTest, OppositeOperatorsShareTheirAtoms) {
  struct Case {
    std::string_view positive, negative;
  };
  const Case cases[] = {
      {R"({"StringEquals":{"aws:UserAgent":"a"}})", R"({"StringNotEquals":{"aws:UserAgent":"a"}})"},
      {R"({"StringLike":{"aws:UserAgent":["a*","b"]}})", R"({"StringNotLike":{"aws:UserAgent":["b","a*"]}})"},
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"a"}})",
       R"({"StringNotEqualsIgnoreCase":{"aws:UserAgent":"A"}})"},
      {R"({"NumericEquals":{"aws:PrincipalTag/n":"10"}})",
       R"({"NumericNotEquals":{"aws:PrincipalTag/n":"10.0"}})"},
      {R"({"DateEquals":{"aws:CurrentTime":"2025-01-01"}})",
       R"({"DateNotEquals":{"aws:CurrentTime":"2025-01-01T00:00:00Z"}})"},
      {R"({"Null":{"aws:UserAgent":"false"}})", R"({"Null":{"aws:UserAgent":"true"}})"},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}})",
       R"({"ForAllValues:StringNotEquals":{"aws:TagKeys":"a"}})"},
      {R"({"ForAnyValue:StringNotLike":{"aws:TagKeys":"a*"}})",
       R"({"ForAllValues:StringLike":{"aws:TagKeys":"a*"}})"},
      // Texts with variables.
      {R"({"StringEquals":{"aws:UserAgent":"${aws:username}"}})",
       R"({"StringNotEquals":{"aws:UserAgent":"${aws:username}"}})"},
      {R"({"StringLike":{"aws:UserAgent":"${aws:username}*"}})",
       R"({"StringNotLike":{"aws:UserAgent":"${AWS:UserName}*"}})"},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"${aws:username}"}})",
       R"({"ForAllValues:StringNotEquals":{"aws:TagKeys":"${aws:username}"}})"},
  };
  for (const Case& each : cases) {
    const Formula positive = condition(each.positive);
    const Formula negative = condition(each.negative);
    EXPECT_EQ(request_.formulas().not_(positive), negative) << each.positive << "\n" << each.negative;
  }
}

TEST_F(SymbolicRequestTest, TheSameSaidOtherwise) {
  struct Case {
    std::string_view one, other;
  };
  const Case cases[] = {
      {R"({"StringEquals":{"aws:UserAgent":["a","b"]}})",
       R"({"StringLike":{"aws:UserAgent":["b","a","b"]}})"},
      {R"({"ArnEquals":{"aws:SourceArn":"arn:aws:s3:::a*"}})",
       R"({"ArnLike":{"aws:SourceArn":"arn:aws:s3:::a*"}})"},
      {R"({"Bool":{"aws:SecureTransport":"true"}})", R"({"Bool":{"aws:securetransport":"TRUE"}})"},
      {R"({"StringEquals":{"aws:PrincipalArn":"x"}})", R"({"StringLike":{"AWS:PrincipalArn":"x"}})"},
      {R"({"ArnEquals":{"aws:SourceArn":"${aws:username}"}})",
       R"({"ArnLike":{"aws:SourceArn":"${aws:username}"}})"},
  };
  for (const Case& each : cases)
    EXPECT_EQ(condition(each.one), condition(each.other)) << each.one << "\n" << each.other;
}

}  // namespace
}  // namespace grantproof::logic
