// SPDX-License-Identifier: Apache-2.0
#include "checks/estate_difference.h"

#include <gtest/gtest.h>

#include <deque>

#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

using policy::PolicyType;

// A policy of a test: statements, or what is said to be absent.
struct Held {
  std::string holder;
  std::string statements;
  PolicyType type = PolicyType::kIdentity;
  std::string name = {};
  std::vector<std::string> when = {};
  std::string place = {};
  std::string absent = {};
  bool absent_is_named = true;
  std::string version = "2012-10-17";
};

struct Estates {
  Estate add(const std::vector<Held>& list, const std::set<std::string>& principals) {
    Estate estate;
    estate.principals = principals;
    for (const Held& one : list) {
      HeldPolicy held;
      if (one.absent.empty()) {
        policies.add(fmt::format(R"({{"Version": "{}", "Statement": [{}]}})", one.version, one.statements),
                     one.type);
        held.policy = &policies.owned.back();
        held.span = held.policy->span;
      }
      held.type = one.type;
      held.holder = one.holder;
      held.place = one.place;
      held.name = one.name;
      held.when = one.when;
      held.absent = one.absent;
      held.absent_is_named = one.absent_is_named;
      estate.policies.push_back(std::move(held));
    }
    return estate;
  }
  Policies policies;
};

std::string allow(std::string_view action) {
  return fmt::format(R"({{"Effect": "Allow", "Action": "{}", "Resource": "*"}})", action);
}
std::string deny(std::string_view action) {
  return fmt::format(R"({{"Sid": "No", "Effect": "Deny", "Action": "{}", "Resource": "*"}})", action);
}

// "role identity ‹when›: more", one line a pair.
std::string told(const EstateDifference& difference) {
  constexpr std::string_view kChanges[] = {"same", "less", "more", "undecided"};
  std::string text;
  for (std::size_t i = 0; i < difference.pairs.size(); ++i) {
    const PolicyPair& pair = difference.pairs[i];
    std::string name = pair.name.substr(pair.name.rfind('/') + 1);
    text += fmt::format("{}{} {}{}{}: {}", text.empty() ? "" : "; ", name, policy::name(pair.type),
                        pair.when.empty() ? "" : " when ", pair.when,
                        kChanges[static_cast<std::size_t>(change_of(difference.differences[i]))]);
  }
  return text;
}

const std::string kRole = "arn:aws:iam::111122223333:role/r";
const std::string kBus = "arn:aws:events:eu-west-1:111122223333:event-bus/b";
const std::string kUnit = "ou-ab12-11111111";

TEST(EstateDifferences, WhatIsComparedWithWhat) {
  const std::string get = allow("s3:GetObject"), put = allow("s3:PutObject"), no = deny("s3:*");
  const std::string bus_no =
      R"({"Sid": "No", "Effect": "Deny", "Principal": "*", "Action": "events:*", "Resource": "*"})";
  const auto scp = PolicyType::kServiceControl;
  const auto rcp = PolicyType::kResourceControl;
  const auto boundary = PolicyType::kPermissionsBoundary;
  struct Row {
    std::string name;
    std::vector<Held> before, after;
    std::string expected;
    std::set<std::string> principals_before = {kRole};
    std::set<std::string> principals_after = {kRole};
  };
  const Row rows[] = {
      {"the same", {{kRole, get}}, {{kRole, get}}, "r identity: same"},
      {"another holder", {{kRole, get}}, {{kRole + "2", get}}, "r identity: less; r2 identity: more"},
      {"another name", {{kRole, get, {}, "a"}}, {{kRole, get, {}, "b"}}, "r identity: same"},
      {"a statement that moved between policies",
       {{kRole, get + "," + put, {}, "a"}, {kRole, no, {}, "b"}},
       {{kRole, get, {}, "a"}, {kRole, no + "," + put, {}, "b"}},
       "r identity: same"},
      {"a policy in two", {{kRole, get + "," + put}}, {{kRole, get}, {kRole, put}}, "r identity: same"},
      {"one more", {{kRole, get}}, {{kRole, get}, {kRole, put}}, "r identity: more"},
      {"one less", {{kRole, get}, {kRole, put}}, {{kRole, get}}, "r identity: less"},
      {"a Deny less, of what others allow", {{kRole, get}, {kRole, no}}, {{kRole, get}}, "r identity: more"},
      {"a Deny less, of what nothing here allows",
       {{kRole, allow("sqs:*") + "," + no}},
       {{kRole, allow("sqs:*")}},
       "r identity: more"},
      {"a Deny more", {{kRole, allow("sqs:*")}}, {{kRole, allow("sqs:*") + "," + no}}, "r identity: less"},
      {"a principal that is gone, with its Deny",
       {{kRole, get + "," + deny("sqs:*")}},
       {},
       "r identity: less",
       {kRole},
       {}},
      {"a policy of a bus that is gone", {{kBus, bus_no, PolicyType::kResource}}, {}, "b resource: more"},
      // What only limits.
      {"an SCP more", {}, {{kUnit, no, scp}}, kUnit + " scp: less"},
      {"an SCP less", {{kUnit, no, scp}}, {}, kUnit + " scp: more"},
      {"an SCP that allows, less", {{kUnit, get, scp}}, {}, kUnit + " scp: more"},
      {"an SCP that denies less", {{kUnit, no, scp}}, {{kUnit, deny("s3:Get*"), scp}}, kUnit + " scp: more"},
      {"an RCP more", {}, {{kUnit, bus_no, rcp}}, kUnit + " rcp: less"},
      {"an RCP less", {{kUnit, bus_no, rcp}}, {}, kUnit + " rcp: more"},
      {"a boundary more", {}, {{kRole, get, boundary}}, "r boundary: less"},
      {"a boundary less", {{kRole, get, boundary}}, {}, "r boundary: more"},
      {"a boundary of a principal that is new", {}, {{kRole, get, boundary}}, "", {}, {kRole}},
      {"a boundary of a principal that is gone", {{kRole, get, boundary}}, {}, "", {kRole}, {}},
      // Nobody said who has them.
      {"by their place",
       {{"", get, {}, "", {}, "a.json"}, {"", put, {}, "", {}, "b.json"}},
       {{"", put, {}, "", {}, "b.json"}, {"", get, {}, "", {}, "a.json"}},
       "a.json identity: same; b.json identity: same"},
      {"by their order",
       {{"", get}, {"", put}},
       {{"", get}, {"", allow("s3:*")}},
       " identity: same;  identity: more"},
      {"moved, by name",
       {{"", get, {}, "A", {}, "a.json"}, {"", put, {}, "B", {}, "a.json"}},
       {{"", put, {}, "B", {}, "b.json"}, {"", get, {}, "A", {}, "b.json"}},
       "A identity: same; B identity: same"},
      {"the only one",
       {{"", get, {}, "", {}, "a.json"}},
       {{"", get, {}, "", {}, "b.json"}},
       "a.json identity: same"},
      // Conditions.
      {"the same under a condition",
       {{kRole, get, {}, "", {"P"}}},
       {{kRole, get, {}, "", {"P"}}},
       "r identity when P: same"},
      {"a condition less",
       {{kRole, get, {}, "", {"P"}}},
       {{kRole, get}},
       "r identity when not P: more; r identity when P: same"},
      {"a condition more",
       {{kRole, get}},
       {{kRole, get, {}, "", {"P"}}},
       "r identity when not P: less; r identity when P: same"},
      {"other conditions",
       {{kRole, get, {}, "", {"P"}}},
       {{kRole, get, {}, "", {"Q"}}},
       "r identity when not P and Q: more; r identity when P and not Q: less; r identity when P and Q: same"},
      {"the same change in every case",
       {{kRole, get}, {kRole, put, {}, "", {"P"}}},
       {{kRole, get}, {kRole, put, {}, "", {"P"}}, {kRole, allow("sqs:*")}},
       "r identity: more"},
      {"in each case another text, that means the same",
       {{kRole, get}},
       {{kRole, get, {}, "", {"P"}}, {kRole, get, {}, "", {"not P"}}},
       "r identity: same"},
      {"more conditions than cases are told apart for",
       {{kRole, get, {}, "", {"A and B and C and D and E and F"}}},
       {{kRole, get, {}, "", {"A and B and C and D and E"}}},
       "r identity: undecided"},
      // What is not there.
      {"absent from both",
       {{kRole, get}, {kRole, "", {}, "", {}, "", "managed policy X is not there"}},
       {{kRole, get}, {kRole, "", {}, "", {}, "", "managed policy X is not there"}},
       "r identity: same"},
      {"absent, and new",
       {{kRole, get}},
       {{kRole, get}, {kRole, "", {}, "", {}, "", "managed policy X is not there"}},
       "r identity: undecided"},
      {"absent, and gone: it may have denied",
       {{kRole, get}, {kRole, "", {}, "", {}, "", "managed policy X is not there"}},
       {{kRole, get}},
       "r identity: undecided"},
      {"absent, and nobody knows which",
       {{kRole, get}, {kRole, "", {}, "", {}, "", "its policies were not listed", false}},
       {{kRole, get}, {kRole, "", {}, "", {}, "", "its policies were not listed", false}},
       "r identity: undecided"},
      // Understood in part.
      {"not understood",
       {{kRole,
         R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Odd": {"a": "b"}}})"}},
       {{kRole,
         R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Odd": {"a": "b"}}})"}},
       "r identity: undecided"},
      {"variables of Version 2008-10-17 are text",
       {{kRole,
         R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:PrincipalAccount}"})",
         {},
         "",
         {},
         "",
         "",
         true,
         "2008-10-17"}},
       {{kRole,
         R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:PrincipalAccount}"})"}},
       "r identity: more"},
      // Unknown parts of the same text are the same.
      {"unknown parts",
       {{kRole, R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::‹parameter B›/*"})"}},
       {{kRole,
         R"({"Effect": "Allow", "Action": ["s3:*", "s3:Get*"], "Resource": "arn:aws:s3:::‹parameter B›/*"})"}},
       "r identity: same"},
      {"other unknown parts",
       {{kRole, R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::‹parameter B›/*"})"}},
       {{kRole, R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::‹parameter C›/*"})"}},
       "r identity: undecided"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Estates estates;
    const Estate before = estates.add(row.before, row.principals_before);
    const Estate after = estates.add(row.after, row.principals_after);
    const EstateDifference difference = compare(before, after, estates.policies.world);
    EXPECT_EQ(told(difference), row.expected);
    const bool more =
        row.expected.find("more") != std::string::npos || row.expected.find("undecided") != std::string::npos;
    EXPECT_EQ(allows_nothing_more(difference), !more);
  }
}

TEST(EstateDifferences, GapsAboutPoliciesLeaveItOpen) {
  EstateDifference difference;
  EXPECT_TRUE(allows_nothing_more(difference));
  difference.gaps.push_back({false, "a page is missing", {}, false});
  EXPECT_TRUE(allows_nothing_more(difference));
  difference.gaps.push_back({true, "a page is missing", {}, true});
  EXPECT_FALSE(allows_nothing_more(difference));
}

TEST(EstateDifferences, SaysWhatWasTakenToBeTheSame) {
  Estates estates;
  const std::vector<Held> list{{kRole, "", {}, "", {}, "", "managed policy X is not there"}};
  const Estate before = estates.add(list, {kRole}), after = estates.add(list, {kRole});
  const EstateDifference difference = compare(before, after, estates.policies.world);
  EXPECT_EQ(difference.assumptions,
            std::vector<std::string>{"in neither version, and unchanged: managed policy X"});
}

}  // namespace
}  // namespace grantproof::checks
