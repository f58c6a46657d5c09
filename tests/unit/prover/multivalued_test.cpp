// SPDX-License-Identifier: Apache-2.0
//
// Keys with many values, decided exactly: how many values a request has is not bounded, an empty list is not
// an absent key, and each "some value" needs a value of its own.
//
// Source: IAM User Guide, "Set operators for multivalued context keys"; IfExists and the empty list captured.
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

constexpr Answer kProved = Answer::kProved;
constexpr Answer kRefuted = Answer::kRefuted;
// An action with aws:TagKeys.
constexpr std::string_view kPutRule = "events:PutRule";

TEST(Multivalued, EveryValueAndSomeValue) {
  check_conditions({
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"team"},
           "ForAnyValue:StringLike":{"aws:TagKeys":"env*"}})",
       kProved, kPutRule},
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":["team","env"]},
           "ForAnyValue:StringLike":{"aws:TagKeys":"env*"}})",
       kRefuted, kPutRule},
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"team"},
           "ForAnyValue:StringNotEquals":{"aws:TagKeys":"team"}})",
       kProved, kPutRule},
      {R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":"team"}})", kRefuted, kPutRule},
      // {team, env}: some value is not "team", and some value is.
      {R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":"team"},
           "ForAnyValue:StringEquals":{"aws:TagKeys":"team"}})",
       kRefuted, kPutRule},
      {R"({"ForAllValues:StringNotEquals":{"aws:TagKeys":"team"},
           "ForAnyValue:StringEquals":{"aws:TagKeys":"team"}})",
       kProved, kPutRule},
      {R"({"ForAllValues:StringNotLike":{"aws:TagKeys":"t*"},
           "ForAnyValue:StringLike":{"aws:TagKeys":"*m"}})",
       kRefuted, kPutRule},
      {R"({"ForAllValues:StringLike":{"aws:TagKeys":"a*"},
           "ForAllValues:StringNotLike":{"aws:TagKeys":"*b"},
           "ForAnyValue:StringLike":{"aws:TagKeys":"?b"}})",
       kProved, kPutRule},
  });
}

TEST(Multivalued, DisjointSomeValuesNeedAValueEach) {
  const TestPolicy read =
      read_policy_text(allow_where(R"({"ForAllValues:StringLike":{"aws:TagKeys":["?","other"]},
                      "ForAnyValue:StringEquals":{"aws:TagKeys":"a"},
                      "ForAnyValue:StringLike":{"aws:TagKeys":"b"},
                      "ForAnyValue:StringEqualsIgnoreCase":{"aws:TagKeys":"c"},
                      "ForAnyValue:StringNotLike":{"aws:TagKeys":"?"}})",
                                   kPutRule),
                       policy::PolicyType::kIdentity);
  Asker asker;
  const Answered answered = checked(asker.ask(allowed_by(read.policy)), "four values");
  ASSERT_EQ(answered.answer, kRefuted) << answered.reason;
  EXPECT_EQ(answered.witness->context.at("aws:tagkeys").values.size(), 4U) << shown(*answered.witness);
}

TEST(Multivalued, TheEmptyListAndTheAbsentKey) {
  check_conditions({
      // Absent.
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"true"}})", kRefuted,
       kPutRule},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"true"}})", kProved,
       kPutRule},
      {R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"true"}})", kProved,
       kPutRule},
      {R"({"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"true"}})",
       kRefuted, kPutRule},
      // Every value is "team" and none is: only an empty list.
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"team"},
           "ForAllValues:StringNotEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"false"}})",
       kRefuted, kPutRule},
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":"team"},
           "ForAllValues:StringNotEquals":{"aws:TagKeys":"team"},
           "ForAnyValue:StringLike":{"aws:TagKeys":"*"}})",
       kProved, kPutRule},
      {R"({"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":"team"},
           "ForAllValues:StringNotEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"false"}})",
       kProved, kPutRule},
      // An empty list of a policy matches nothing.
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":[]},"ForAnyValue:StringLike":{"aws:TagKeys":"*"}})",
       kProved, kPutRule},
      {R"({"ForAllValues:StringEquals":{"aws:TagKeys":[]}})", kRefuted, kPutRule},
  });
}

TEST(Multivalued, AScalarOperatorNeverMatchesAPresentList) {
  check_conditions({
      {R"({"StringEquals":{"aws:TagKeys":"team"}})", kProved, kPutRule},
      {R"({"StringNotEquals":{"aws:TagKeys":"team"}})", kRefuted, kPutRule},
      {R"({"StringNotEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"false"}})", kProved, kPutRule},
      {R"({"StringEqualsIfExists":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"false"}})", kProved,
       kPutRule},
      {R"({"StringEqualsIfExists":{"aws:TagKeys":"team"}})", kRefuted, kPutRule},
      // The keys of EventBridge are the exception: one value counts.
      {R"({"StringEquals":{"events:source":"com.shop"}})", kRefuted, kPutRule},
      {R"({"StringEquals":{"events:source":"com.shop"},
           "ForAnyValue:StringNotEquals":{"events:source":"com.shop"}})",
       kProved, kPutRule},
      {R"({"StringNotEquals":{"events:source":"com.shop"},
           "ForAnyValue:StringEquals":{"events:source":"com.shop"}})",
       kProved, kPutRule},
      {R"({"StringNotEquals":{"events:source":"com.shop"},
           "ForAnyValue:StringLike":{"events:source":"com.*"}})",
       kRefuted, kPutRule},
  });
}

TEST(Multivalued, SetOperatorsOnAKeyWithOneValue) {
  check_conditions({
      {R"({"ForAllValues:StringEquals":{"aws:UserAgent":"a"},
           "ForAnyValue:StringLike":{"aws:UserAgent":"b*"}})",
       kProved},
      {R"({"ForAllValues:StringLike":{"aws:UserAgent":"a*"},
           "ForAnyValue:StringLike":{"aws:UserAgent":"*b"}})",
       kRefuted},
      {R"({"ForAllValues:StringLike":{"aws:UserAgent":"a*"},"Null":{"aws:UserAgent":"true"}})", kRefuted},
      {R"({"ForAnyValue:StringLike":{"aws:UserAgent":"a*"},"Null":{"aws:UserAgent":"true"}})", kProved},
      {R"({"ForAnyValue:StringNotLike":{"aws:UserAgent":"*"}})", kProved},
  });
}

TEST(Multivalued, DenyUnlessEveryTagIsListed) {
  // The usual guard, and the usual mistake: ForAllValues alone also holds of no tags at all.
  const auto guard = [](std::string_view condition) {
    return R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"events:PutRule","Resource":"*"},
      {"Effect":"Deny","Action":"events:PutRule","Resource":"*","Condition":)" +
           std::string(condition) + "}]}";
  };
  Asker asker;
  const TestPolicy env =
      read_policy_text(allow_where(R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"env"}})", kPutRule),
                       policy::PolicyType::kIdentity);
  const TestPolicy untagged = read_policy_text(allow_where(R"({"Null":{"aws:TagKeys":"true"}})", kPutRule),
                                               policy::PolicyType::kIdentity);
  const TestPolicy listed = read_policy_text(
      guard(R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":"team"}})"), policy::PolicyType::kIdentity);
  EXPECT_EQ(asker.ask(both(allowed_by(listed.policy), allowed_by(env.policy))).answer, kProved);
  EXPECT_EQ(asker.ask(both(allowed_by(listed.policy), allowed_by(untagged.policy))).answer, kRefuted);
  const TestPolicy required =
      read_policy_text(guard(R"({"Null":{"aws:TagKeys":"true"}})"), policy::PolicyType::kIdentity);
  EXPECT_EQ(asker.ask(both(allowed_by(required.policy), allowed_by(untagged.policy))).answer, kProved);
}

TEST(Multivalued, NotExactlyOneValueIsNotTheSameValueTwice) {
  // Not one value, at least one, and all the same text: there is no such list of different values.
  Asker asker;
  logic::SymbolicRequest request(asker.patterns(), aws::Reference::embedded());
  logic::FormulaStore& formulas = request.formulas();
  const logic::AttributeId key = request.key("aws:TagKeys");
  const logic::ValueSetId team = request.exact("team");
  const logic::Formula violation =
      formulas.all_of({request.present(key), formulas.not_(request.one(key)), request.some_in(key, team),
                       formulas.not_(request.some_out(key, team))});
  EXPECT_EQ(asker.ask(request, violation, [](const access::Request&) { return true; }).answer, kProved);
}

}  // namespace
}  // namespace grantproof::tests
