// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "patterns/region.h"

namespace grantproof::patterns {
namespace {

std::vector<PatternSetId> one_set_each(PatternStore& store, const std::vector<std::string>& patterns) {
  std::vector<PatternSetId> sets;
  sets.reserve(patterns.size());
  for (const std::string& pattern : patterns) {
    sets.push_back(store.intern({Glob().pattern(pattern)}));
  }
  return sets;
}

TEST(Readable, AMemberThatAPersonWouldWrite) {
  struct Case {
    std::vector<std::string> in;
    std::vector<std::string> out;
    std::vector<std::string> preferred;
    std::string expected;
  };
  const std::vector<Case> cases = {
      // what is preferred, where it fits
      {{"com.partner.*"}, {}, {"aws.ec2", "com.partner.billing"}, "com.partner.billing"},
      {{"com.partner.*"}, {}, {"aws.ec2"}, "com.partner.example"},
      // words for wildcards, and others where those are taken
      {{"*"}, {}, {}, "example"},
      {{}, {}, {}, "example"},
      {{"*"}, {"example"}, {}, "orders"},
      {{"*"}, {"example*", "orders*"}, {}, "a"},
      {{"com.partner.*"}, {"com.partner.example*"}, {}, "com.partner.orders"},
      {{"order-?"}, {}, {}, "order-a"},
      {{"order-?"}, {"order-a"}, {}, "order-1"},
      {{"*.created"}, {}, {}, "example.created"},
      // ARNs: a region where the region stands, an account where the account stands
      {{"arn:aws:events:*:*:event-bus/prod-*"},
       {},
       {},
       "arn:aws:events:us-east-1:111122223333:event-bus/prod-example"},
      {{"arn:aws:events:us-*:????????????:event-bus/*"},
       {},
       {},
       "arn:aws:events:us-east-1:111122223333:event-bus/example"},
      {{"arn:aws:iam::*:role/*"},
       {"arn:aws:iam::111122223333:*"},
       {},
       "arn:aws:iam::444455556666:role/example"},
      {{"arn:aws:sqs:*"}, {}, {}, "arn:aws:sqs:us-east-1:111122223333:example"},
      {{"arn:aws:s3:::*"}, {}, {}, "arn:aws:s3:::example"},
      // two patterns that no filling of one satisfies
      {{"order-*", "*-eu"}, {}, {}, "order-eu"},
      {{"arn:*:event-bus/prod-*", "arn:aws:events:eu-west-1:444455556666:*"},
       {},
       {},
       "arn:aws:events:eu-west-1:444455556666:event-bus/prod-example"},
  };
  PatternStore store;
  for (const Case& c : cases) {
    const RegionResult result =
        store.find_readable(one_set_each(store, c.in), one_set_each(store, c.out), c.preferred);
    EXPECT_EQ(result.answer, RegionAnswer::kFound) << c.expected;
    EXPECT_EQ(result.member, c.expected);
  }
}

TEST(Readable, FormatsOfRealValues) {
  PatternStore store;
  Glob account;
  for (int digit = 0; digit < 12; ++digit) {
    account.one(UnitClass::kDigit);
  }
  const PatternSetId accounts[] = {store.intern({account})};
  EXPECT_EQ(store.find_readable(accounts, {}).member, "111122223333");
  EXPECT_EQ(store.find_readable(accounts, one_set_each(store, {"1*"})).member, "444455556666");
  EXPECT_EQ(store.find_readable(accounts, one_set_each(store, {"1*", "4*"})).member, "999999999999");

  Glob bus = Glob().literal("arn:aws").run(UnitClass::kLowerAlnum).literal(":events:");
  bus.one(UnitClass::kLowerAlnum)
      .run(UnitClass::kLowerAlnum)
      .literal(":")
      .append(account)
      .literal(":event-bus/");
  bus.one(UnitClass::kNotSlashOrColon).run(UnitClass::kNotSlashOrColon);
  const PatternSetId buses[] = {store.intern({bus})};
  EXPECT_EQ(store.find_readable(buses, {}).member, "arn:aws:events:us-east-1:111122223333:event-bus/example");
  const PatternSetId prod[] = {buses[0], one_set_each(store, {"arn:aws:events:*:event-bus/prod*"})[0]};
  EXPECT_EQ(store.find_readable(prod, {}).member,
            "arn:aws:events:us-east-1:111122223333:event-bus/prod-example");
  EXPECT_EQ(store.find_readable(buses, one_set_each(store, {"arn:aws:*:us-*"})).member,
            "arn:aws:events:eu-west-1:111122223333:event-bus/example");
}

TEST(Readable, FieldsOfSeveralPatternsAreReadTogether) {
  PatternStore store;
  Glob bus =
      Glob().literal("arn:aws:events:").one(UnitClass::kLowerAlnum).run(UnitClass::kLowerAlnum).literal(":");
  for (int digit = 0; digit < 12; ++digit) {
    bus.one(UnitClass::kDigit);
  }
  bus.literal(":event-bus/").one(UnitClass::kNotSlashOrColon).run(UnitClass::kNotSlashOrColon);
  // No filling of one of the three fits the other two: the shortest member, with the parts that nobody would
  // write replaced.
  const PatternSetId in[] = {store.intern({bus}), one_set_each(store, {"*/prod*"})[0],
                             one_set_each(store, {"*-eu"})[0]};
  EXPECT_EQ(store.find_readable(in, {}).member, "arn:aws:events:us-east-1:111122223333:event-bus/prod-eu");
}

TEST(Readable, EmptyAndUndecidedAreSaid) {
  PatternStore store;
  const std::vector<std::string> preferred = {"a"};
  EXPECT_EQ(store.find_readable(one_set_each(store, {"a*"}), one_set_each(store, {"a*"}), preferred).answer,
            RegionAnswer::kEmpty);
  EXPECT_EQ(store.find_readable(one_set_each(store, {"a*b"}), one_set_each(store, {"a*"}), preferred).answer,
            RegionAnswer::kEmpty);
  // Where words do not help and the budget is spent, nothing is made up.
  store.set_state_budget(3);
  const RegionResult result = store.find_readable(one_set_each(store, {"*qq*", "*zz*", "*yy*"}),
                                                  one_set_each(store, {"q*", "z*", "y*"}));
  EXPECT_EQ(result.answer, RegionAnswer::kUndecided);
  EXPECT_EQ(result.member, "");
}

TEST(Readable, TheShortestOfOrdinaryUnitsWhereNoWordFits) {
  PatternStore store;
  const std::string both = store.find_readable(one_set_each(store, {"*qq*", "*zz*"}), {}).member;
  EXPECT_TRUE(both == "qqzz" || both == "zzqq") << both;
  EXPECT_EQ(store
                .find_readable(one_set_each(store, {"*"}),
                               one_set_each(store, {"", "*e*", "*a*", "o*", "x*", "1*", "A*"}))
                .member,
            "b");
}

}  // namespace
}  // namespace grantproof::patterns
