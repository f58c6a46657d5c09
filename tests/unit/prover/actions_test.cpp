// SPDX-License-Identifier: Apache-2.0
//
// Actions: those of the service reference with the resources they take, and those that are newer than it.
// And statements that were not understood: they are never taken for harmless.
#include "base/text.h"
#include "prover/action_choice.h"
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

constexpr Answer kProved = Answer::kProved;
constexpr Answer kRefuted = Answer::kRefuted;
constexpr Answer kUndecided = Answer::kUndecided;

std::string statement(std::string_view effect, std::string_view action, std::string_view element = "Action") {
  return R"({"Effect":")" + std::string(effect) + R"(",")" + std::string(element) + R"(":)" +
         std::string(action) + R"(,"Resource":"*"})";
}
std::string policy_of(std::string_view statements) {
  return R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}";
}

struct PolicyCase {
  std::string policy;
  Answer expected;
};

void check_policies(const std::vector<PolicyCase>& cases) {
  Asker asker;
  for (const PolicyCase& each : cases) {
    const Answered answered = checked(asker.allows_anything(each.policy), each.policy);
    EXPECT_EQ(answered.answer, each.expected) << each.policy << "\n" << told(answered);
  }
}

// ---- actions that the reference does not have

TEST(UnknownActions, AreNotTakenForNothing) {
  Asker asker;
  const Answered newer = asker.allows_anything(policy_of(statement("Allow", R"("events:BrandNew")")));
  ASSERT_EQ(newer.answer, kRefuted) << newer.reason;
  EXPECT_EQ(base::fold_case(newer.witness->action), "events:brandnew");
  check_policies({
      {policy_of(statement("Allow", R"("events:BrandNew*")")), kRefuted},
      {policy_of(statement("Allow", R"("newservice:*")")), kRefuted},
      {policy_of(statement("Allow", R"("newservice:Get?hing")")), kRefuted},
      {policy_of(statement("Allow", R"("*:BrandNew")")), kRefuted},
      // Nothing real is written like this.
      {policy_of(statement("Allow", R"("PutEvents")")), kProved},
  });
}

TEST(UnknownActions, AreDeniedLikeOthers) {
  check_policies({
      {policy_of(statement("Allow", R"("events:BrandNew*")") + "," + statement("Deny", R"("events:*")")),
       kProved},
      {policy_of(statement("Allow", R"("events:BrandNewX")") + "," + statement("Deny", R"("events:Brand*")")),
       kProved},
      {policy_of(statement("Allow", R"("events:BrandNew*")") + "," +
                 statement("Deny", R"("events:BrandNewX")")),
       kRefuted},
      {policy_of(statement("Allow", R"("events:BrandNew")") + "," +
                 statement("Deny", R"("events:brandnew")")),
       kProved},
      {policy_of(statement("Allow", R"("events:BrandNew")") + "," +
                 statement("Deny", R"("events:PutEvents")", "NotAction")),
       kProved},
      {policy_of(statement("Allow", R"("events:PutEvents")", "NotAction") + "," +
                 statement("Deny", R"("events:BrandNew")", "NotAction")),
       kRefuted},
  });
}

TEST(UnknownActions, MakeADifference) {
  const TestPolicy before =
      read_policy_text(policy_of(statement("Allow", R"("events:PutEvents")")), policy::PolicyType::kIdentity);
  const TestPolicy after =
      read_policy_text(policy_of(statement("Allow", R"(["events:PutEvents","events:BrandNew"])")),
                       policy::PolicyType::kIdentity);
  Asker asker;
  EXPECT_EQ(asker.ask(both(allowed_by(after.policy), not_(allowed_by(before.policy)))).answer, kRefuted);
  EXPECT_EQ(asker.ask(both(allowed_by(before.policy), not_(allowed_by(after.policy)))).answer, kProved);
}

TEST(UnknownActions, TwoPatternsMayShareOne) {
  // "s3:FrobObject": in both, and neither pattern alone suggests it.
  const TestPolicy first =
      read_policy_text(policy_of(statement("Allow", R"("s3:Frob*")")), policy::PolicyType::kIdentity);
  const TestPolicy second =
      read_policy_text(policy_of(statement("Allow", R"("s3:*robObject")")), policy::PolicyType::kIdentity);
  Asker asker;
  const Answered answered = asker.ask(both(allowed_by(first.policy), allowed_by(second.policy)));
  EXPECT_EQ(answered.answer, kRefuted) << answered.reason;
}

// ---- actions of the reference

TEST(Actions, OfTheReference) {
  check_policies({
      {policy_of(statement("Allow", R"("EVENTS:putevents")")), kRefuted},
      {policy_of(statement("Allow", R"("events:Put*")") + "," + statement("Deny", R"("events:p*")")),
       kProved},
      {policy_of(statement("Allow", R"(["s3:GetObject","sqs:*"])") + "," +
                 statement("Deny", R"(["sqs:*","s3:Get*"])")),
       kProved},
      {policy_of(statement("Allow", R"("*")") + "," + statement("Deny", R"("*")", "NotAction")), kRefuted},
      {policy_of(statement("Allow", R"("events:PutEvents")", "NotAction") + "," +
                 statement("Deny", R"("events:PutEvents")", "NotAction")),
       kProved},
  });
}

TEST(Actions, TheResourcesAnActionTakes) {
  const auto on = [](std::string_view action, std::string_view element, std::string_view resource) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + std::string(action) +
           R"(",")" + std::string(element) + R"(":")" + std::string(resource) + R"("}})";
  };
  check_policies({
      {on("events:PutEvents", "Resource", "arn:aws:events:us-east-1:111122223333:event-bus/orders"),
       kRefuted},
      {on("events:PutEvents", "Resource", "arn:aws:events:us-east-1:111122223333:rule/orders"), kProved},
      {on("events:Put*", "Resource", "arn:aws:events:us-east-1:111122223333:rule/orders"), kRefuted},
      {on("s3:ListAllMyBuckets", "Resource", "*"), kRefuted},
      {on("s3:ListAllMyBuckets", "NotResource", "arn:aws:s3:::shop"), kRefuted},
      {on("s3:ListAllMyBuckets", "NotResource", "*"), kProved},
      // A bucket is no object.
      {on("s3:PutObject", "Resource", "arn:aws:s3:::shop"), kProved},
      {on("s3:ListBucket", "Resource", "arn:aws:s3:::shop/*"), kProved},
  });
}

TEST(ActionChoice, WhatIsLeft) {
  patterns::PatternStore patterns;
  const aws::Reference& reference = aws::Reference::embedded();
  logic::SymbolicRequest request(patterns, reference);
  const auto set = [&](std::vector<std::string> texts) {
    std::vector<policy::Text> list;
    list.reserve(texts.size());
    for (std::string& text : texts)
      list.push_back({std::move(text), {}});
    return request.actions(list);
  };
  const logic::ActionSetId events = set({"events:*"});
  const logic::ActionSetId put = set({"events:Put*"});
  const logic::ActionSetId one = set({"events:PutEvents", "events:BrandNew"});
  const auto count = [&](std::vector<logic::ActionSetId> in, std::vector<logic::ActionSetId> out) {
    return prover::actions_left(request, in, out).count();
  };
  EXPECT_EQ(count({events}, {}), reference.match("events:*").size() + 1);
  EXPECT_EQ(count({put}, {}), reference.match("events:Put*").size());
  EXPECT_EQ(count({one}, {}), 2U);
  EXPECT_EQ(count({one, put}, {}), 1U);
  EXPECT_EQ(count({one}, {put}), 1U);
  EXPECT_EQ(count({put}, {events}), 0U);
  EXPECT_TRUE(prover::actions_left(request, std::vector{put}, std::vector{events}).empty());
  EXPECT_EQ(count({}, {}), reference.action_count() + 1);
  // Equal lists are one set, whatever their case.
  EXPECT_EQ(put, set({"EVENTS:put*"}));
}

TEST(ActionChoice, GroupsShareTheirResources) {
  const aws::Reference& reference = aws::Reference::embedded();
  prover::ResourceFormats formats(reference);
  patterns::PatternStore patterns;
  const auto accepts = [&](std::string_view action, std::string_view arn) {
    return patterns.matches(formats.format(formats.group_of(*reference.find_action(action)), patterns), arn);
  };
  EXPECT_TRUE(accepts("events:PutEvents", "arn:aws:events:us-east-1:111122223333:event-bus/orders"));
  EXPECT_TRUE(accepts("events:PutEvents", "arn:aws-cn:events:cn-north-1:111122223333:event-bus/orders"));
  EXPECT_FALSE(accepts("events:PutEvents", "arn:aws:events:us-east-1:111122223333:rule/orders"));
  EXPECT_TRUE(accepts("events:PutRule", "arn:aws:events:us-east-1:111122223333:rule/orders"));
  EXPECT_TRUE(accepts("events:PutRule", "arn:aws:events:us-east-1:111122223333:rule/bus/orders"));
  EXPECT_TRUE(accepts("events:ListEventBuses", "*"));
  EXPECT_TRUE(accepts("s3:GetObject", "arn:aws:s3:::shop/a/b:c"));
  EXPECT_FALSE(accepts("s3:GetObject", "arn:aws:s3:::shop"));
  EXPECT_FALSE(accepts("iam:PassRole", "*"));
  EXPECT_TRUE(accepts("iam:PassRole", "arn:aws:iam::111122223333:role/team/app"));
  EXPECT_TRUE(accepts("sts:AssumeRole", "arn:aws:iam::111122223333:role/app"));
  // Every action is in one group, and the group knows it.
  for (aws::ActionId action = 0; action < reference.action_count(); ++action) {
    const auto& actions = formats.groups()[formats.group_of(action)].actions;
    ASSERT_TRUE(std::binary_search(actions.begin(), actions.end(), action)) << reference.action(action);
  }
}

// ---- what was not understood

TEST(NotUnderstood, IsUndecidedWhereItCounts) {
  const std::string odd_allow =
      R"({"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEqualz":{"aws:UserAgent":"x"}}})";
  const std::string odd_deny =
      R"({"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEqualz":{"aws:UserAgent":"x"}}})";
  check_policies({
      {policy_of(odd_allow), kUndecided},
      {policy_of(statement("Allow", R"("s3:GetObject")") + "," + odd_deny), kUndecided},
      // It cannot take back what it does not deny, and a Deny of everything leaves nothing.
      {policy_of(statement("Allow", R"("s3:GetObject")") + "," + odd_allow), kRefuted},
      {policy_of(odd_allow + "," + statement("Deny", R"("*")")), kProved},
      {policy_of(R"({"Effect":"Allow","Action":"s3:*","Resource":"*","Conditions":{}})"), kUndecided},
  });
}

TEST(NotUnderstood, AWholeDocument) {
  check_policies({
      {R"({"Version":"2012-10-17","Statements":[]})", kUndecided},
      {R"({"Version":"2012-10-17","Statement":[],"Extra":1})", kUndecided},
      {R"({"Version":"2012-10-17","Statement":[]})", kProved},
  });
}

}  // namespace
}  // namespace grantproof::tests
