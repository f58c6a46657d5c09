// SPDX-License-Identifier: Apache-2.0
//
// Policy variables: what a text means depends on other parts of the request, so a witness must fit together.
//
// Source: IAM User Guide, "IAM policy elements: Variables and tags"; substituted text is literal (captured).
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

constexpr Answer kProved = Answer::kProved;
constexpr Answer kRefuted = Answer::kRefuted;

std::string allow_on(std::string_view resource, std::string_view version = "2012-10-17",
                     std::string_view element = "Resource") {
  return R"({"Version":")" + std::string(version) +
         R"(","Statement":{"Effect":"Allow","Action":"s3:GetObject",")" + std::string(element) + R"(":")" +
         std::string(resource) + R"("}})";
}

// Is there a request that both policies allow?
struct BothCase {
  std::string policy;
  std::string region;
  Answer expected;
};

void check_both(const std::vector<BothCase>& cases) {
  Asker asker;
  for (const BothCase& each : cases) {
    const TestPolicy policy = read_policy_text(each.policy, policy::PolicyType::kIdentity);
    const TestPolicy region = read_policy_text(each.region, policy::PolicyType::kIdentity);
    const std::string text = each.policy + "\n" + each.region;
    const Answered answered =
        checked(asker.ask(both(allowed_by(policy.policy), allowed_by(region.policy))), text);
    EXPECT_EQ(answered.answer, each.expected) << text << "\n" << told(answered);
  }
}

TEST(Variables, HomeFolders) {
  const std::string home = allow_on("arn:aws:s3:::b/${aws:username}/*");
  const auto user_on = [](std::string_view user, std::string_view resource) {
    return allow_where(R"({"StringLike":{"aws:username":")" + std::string(user) + R"("}})", "s3:GetObject",
                       resource);
  };
  check_both({
      {home, user_on("alice", "arn:aws:s3:::b/alice/*"), kRefuted},
      {home, user_on("bob", "arn:aws:s3:::b/alice/*"), kProved},
      {home, user_on("al*", "arn:aws:s3:::b/alice/*"), kRefuted},
      {home, user_on("*", "arn:aws:s3:::b/*/secret/*"), kRefuted},
      {home, user_on("*", "arn:aws:s3:::other/*"), kProved},
      // Case counts in resources.
      {home, user_on("alice", "arn:aws:s3:::b/Alice/*"), kProved},
      {home,
       allow_where(R"({"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/team/alice"}})",
                   "s3:GetObject", "arn:aws:s3:::b/alice/*"),
       kRefuted},
      {home,
       allow_where(R"({"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/team/alice"}})",
                   "s3:GetObject", "arn:aws:s3:::b/team/*"),
       kProved},
  });
}

TEST(Variables, WithoutAValue) {
  const std::string home = allow_on("arn:aws:s3:::b/${aws:username}/*");
  const std::string shared = allow_on("arn:aws:s3:::b/${aws:username, 'shared'}/*");
  const std::string sessions = allow_where(R"({"StringEquals":{"aws:PrincipalType":"AssumedRole"}})");
  const std::string session_elsewhere =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",
          "NotResource":"arn:aws:s3:::b/shared/*",
          "Condition":{"StringEquals":{"aws:PrincipalType":"AssumedRole"}}}})";
  check_both({
      {home, sessions, kProved},
      {shared, sessions, kRefuted},
      {shared, session_elsewhere, kProved},
      // Without a value a NotResource lists nothing, so everything is outside of it.
      {allow_on("arn:aws:s3:::b/${aws:username}/*", "2012-10-17", "NotResource"),
       allow_where(R"({"StringEquals":{"aws:PrincipalType":"AssumedRole"}})", "s3:GetObject",
                   "arn:aws:s3:::b/alice/*"),
       kRefuted},
  });
  check_conditions({
      // In a condition: nothing matches, and of a negated operator everything does.
      {R"({"StringEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}"},"Null":{"aws:PrincipalTag/b":"true"}})",
       kProved},
      {R"({"StringNotEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}"},
           "Null":{"aws:PrincipalTag/b":"true","aws:PrincipalTag/a":"false"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b, 'x'}"},
           "Null":{"aws:PrincipalTag/b":"true"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b, 'x'}"},
           "StringNotLike":{"aws:PrincipalTag/a":"x"},"Null":{"aws:PrincipalTag/b":"true"}})",
       kProved},
  });
}

TEST(Variables, Version2008HasNone) {
  const std::string literal = allow_on("arn:aws:s3:::b/${aws:username}/*", "2008-10-17");
  check_both({
      {literal,
       allow_where(R"({"StringEquals":{"aws:username":"alice"}})", "s3:GetObject", "arn:aws:s3:::b/alice/*"),
       kProved},
      {literal, allow_on("arn:aws:s3:::b/??aws:username?/x"), kRefuted},
  });
}

TEST(Variables, Escapes) {
  const std::string star = allow_on("arn:aws:s3:::b/${*}");
  check_both({
      {star, allow_on("arn:aws:s3:::b/x"), kProved},
      {star, allow_on("arn:aws:s3:::b/?"), kRefuted},
      {star, allow_on("arn:aws:s3:::b/${*}"), kRefuted},
      {star, allow_on("arn:aws:s3:::b/${?}"), kProved},
      {allow_on("arn:aws:s3:::b/${$}x"), allow_on("arn:aws:s3:::b/?x"), kRefuted},
      {allow_on("arn:aws:s3:::b/${$}x"), allow_on("arn:aws:s3:::b/${?}x"), kProved},
  });
  // What a variable brings is literal.
  check_conditions({
      {R"({"StringLike":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}"},
           "StringEquals":{"aws:PrincipalTag/b":"*","aws:PrincipalTag/a":"x"}})",
       kProved},
      {R"({"StringLike":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}"},
           "StringEquals":{"aws:PrincipalTag/b":"*","aws:PrincipalTag/a":"*"}})",
       kRefuted},
      {R"({"StringLike":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}*"},
           "StringEquals":{"aws:PrincipalTag/b":"x","aws:PrincipalTag/a":"xyz"}})",
       kRefuted},
  });
}

TEST(Variables, OneTagEqualsAnother) {
  constexpr std::string_view kSame = R"("StringEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"})";
  const auto with = [&](std::string_view more) {
    return allow_where("{" + std::string(kSame) + std::string(more));
  };
  Asker asker;
  const auto answer = [&](std::string_view more) {
    return checked(asker.allows_anything(with(more)), more).answer;
  };
  EXPECT_EQ(answer("}"), kRefuted);
  EXPECT_EQ(answer(R"(,"StringLike":{"aws:PrincipalTag/team":"red","aws:ResourceTag/team":"red"}})"),
            kRefuted);
  EXPECT_EQ(answer(R"(,"StringLike":{"aws:PrincipalTag/team":"red","aws:ResourceTag/team":"blue"}})"),
            kProved);
  EXPECT_EQ(
      answer(
          R"(,"StringLike":{"aws:PrincipalTag/team":"red"},"StringNotLike":{"aws:ResourceTag/team":"r*"}})"),
      kProved);
  EXPECT_EQ(answer(R"(,"StringEqualsIgnoreCase":{"aws:PrincipalTag/team":"red"},
                       "StringNotEqualsIgnoreCase":{"aws:ResourceTag/team":"RED"}})"),
            kProved);
  EXPECT_EQ(answer(R"(,"StringNotEquals":{"aws:PrincipalTag/team":"${aws:ResourceTag/team}"}})"), kProved);
  EXPECT_EQ(answer(R"(,"Null":{"aws:ResourceTag/team":"true"}})"), kProved);
}

TEST(Variables, ThreeTagsInAChain) {
  constexpr std::string_view kChain =
      R"("StringEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}","aws:PrincipalTag/b":"${aws:PrincipalTag/c}"})";
  Asker asker;
  const auto answer = [&](std::string_view more) {
    return checked(asker.allows_anything(allow_where("{" + std::string(kChain) + std::string(more))), more)
        .answer;
  };
  EXPECT_EQ(answer(R"(,"StringLike":{"aws:PrincipalTag/c":"red","aws:PrincipalTag/a":"blue"}})"), kProved);
  EXPECT_EQ(
      answer(R"(,"StringLike":{"aws:PrincipalTag/a":["red","blue"]},"Null":{"aws:PrincipalTag/c":"true"}})"),
      kProved);
}

TEST(Variables, WhatIsNotDecidedIsNotDecidedWrongly) {
  // Of values without end that must be equal one is looked for, and not always found: undecided is right
  // then, the opposite is not.
  constexpr std::string_view kChain =
      R"("StringEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b}","aws:PrincipalTag/b":"${aws:PrincipalTag/c}"})";
  Asker asker;
  const auto answer = [&](const std::string& json) {
    return checked(asker.allows_anything(json), json).answer;
  };
  // "rd", "red", …
  EXPECT_NE(answer(allow_where(R"({"StringEquals":{"aws:PrincipalTag/a":"${aws:ResourceTag/a}"},
                                   "StringLike":{"aws:PrincipalTag/a":"r*","aws:ResourceTag/a":"*d"}})")),
            kProved);
  EXPECT_NE(answer(allow_where("{" + std::string(kChain) +
                               R"(,"StringLike":{"aws:PrincipalTag/c":"r*","aws:PrincipalTag/a":"*d"}})")),
            kProved);
  EXPECT_NE(answer(allow_where("{" + std::string(kChain) +
                               R"(,"StringNotLike":{"aws:PrincipalTag/a":"${aws:PrincipalTag/c}"}})")),
            kRefuted);
  EXPECT_NE(answer(allow_where("{" + std::string(kChain) +
                               R"(,"StringLike":{"aws:PrincipalTag/c":"red","aws:PrincipalTag/a":"r?d"}})")),
            kProved);
  // No name is both.
  const TestPolicy home =
      read_policy_text(allow_on("arn:aws:s3:::b/${aws:username}/*"), policy::PolicyType::kIdentity);
  const TestPolicy region = read_policy_text(
      allow_where(R"({"StringLike":{"aws:username":"al*"}})", "s3:GetObject", "arn:aws:s3:::b/bo*"),
      policy::PolicyType::kIdentity);
  EXPECT_NE(asker.ask(both(allowed_by(home.policy), allowed_by(region.policy))).answer, kRefuted);
}

TEST(Variables, MultivaluedKeysNeverExpand) {
  constexpr std::string_view kAction = "events:PutRule";
  check_conditions({
      // Nothing matches a text that has no meaning, and everything differs from it, the default included.
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"},
           "StringEquals":{"aws:PrincipalTag/a":"${aws:TagKeys}"}})",
       kProved, kAction},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"},
           "StringEquals":{"aws:PrincipalTag/a":"${aws:TagKeys, 'x'}"}})",
       kProved, kAction},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"},
           "StringNotEquals":{"aws:PrincipalTag/a":"${aws:TagKeys, 'x'}"}})",
       kRefuted, kAction},
      {R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"},
           "StringNotEquals":{"aws:PrincipalTag/a":"${aws:TagKeys}"},"StringLike":{"aws:PrincipalTag/a":"team"}})",
       kRefuted, kAction},
  });
}

TEST(Variables, AKeyInAnotherSpelling) {
  check_conditions({
      {R"({"StringEquals":{"aws:PrincipalTag/a":"${AWS:UserName}"},
           "StringNotLike":{"aws:PrincipalTag/a":"${aws:username}"},"StringLike":{"aws:username":"alice"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalTag/a":"${AWS:UserName}"},
           "StringLike":{"aws:PrincipalTag/a":"alice","aws:username":"bob"}})",
       kProved},
  });
}

TEST(Variables, AccountsOfPrincipalAndResource) {
  check_conditions({
      {R"({"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}})", kRefuted, "sqs:SendMessage",
       "arn:aws:sqs:us-east-1:111122223333:orders"},
      {R"({"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"},
           "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/*"}})",
       kProved, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:orders"},
      {R"({"StringNotEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"},
           "ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}})",
       kProved, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:orders"},
      {R"({"StringNotEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"},
           "Null":{"aws:PrincipalArn":"false"}})",
       kRefuted, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:orders"},
  });
}

}  // namespace
}  // namespace grantproof::tests
