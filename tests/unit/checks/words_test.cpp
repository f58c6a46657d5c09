// SPDX-License-Identifier: Apache-2.0
#include "checks/words.h"

#include <gtest/gtest.h>

#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

TEST(Words, Conditions) {
  struct Row {
    std::string_view condition;
    std::string_view words;
  };
  const Row rows[] = {
      {R"("StringEquals": {"events:source": "a"})", "events:source is a"},
      {R"("StringEquals": {"events:source": ["a", "b"]})", "events:source is a or b"},
      {R"("StringEquals": {"events:source": ["a", "b", "c", "d", "e"]})",
       "events:source is a, b, c or 2 more"},
      {R"("StringNotEquals": {"aws:PrincipalOrgID": ["o-a", "o-b"]})",
       "aws:PrincipalOrgID is not o-a nor o-b"},
      {R"("StringLike": {"events:source": "com.*"})", "events:source matches com.*"},
      {R"("StringNotLike": {"events:source": "com.*"})", "events:source does not match com.*"},
      {R"("ArnEquals": {"aws:SourceArn": "arn:aws:s3:::b"})", "aws:SourceArn matches arn:aws:s3:::b"},
      {R"("NumericLessThanEquals": {"s3:max-keys": "10"})", "s3:max-keys is at most 10"},
      {R"("DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"})",
       "aws:CurrentTime is before 2027-01-01T00:00:00Z"},
      {R"("IpAddress": {"aws:SourceIp": "203.0.113.0/24"})", "aws:SourceIp is in 203.0.113.0/24"},
      {R"("NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"})", "aws:SourceIp is not in 203.0.113.0/24"},
      {R"("Bool": {"aws:SecureTransport": "true"})", "aws:SecureTransport is true"},
      {R"("Null": {"aws:PrincipalOrgID": "true"})", "aws:PrincipalOrgID is absent"},
      {R"("Null": {"aws:PrincipalOrgID": "false"})", "aws:PrincipalOrgID is present"},
      {R"("StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a"})",
       "aws:PrincipalOrgID is o-a, if it is present"},
      {R"("ForAllValues:StringEquals": {"aws:TagKeys": "a"})", "every value of aws:TagKeys is a"},
      {R"("ForAnyValue:StringLike": {"aws:TagKeys": "a*"})", "some value of aws:TagKeys matches a*"},
      {R"("StringEquals": {"events:source": "a"}, "Bool": {"aws:SecureTransport": "true"})",
       "events:source is a and aws:SecureTransport is true"},
  };
  for (const Row& row : rows) {
    Policies policies;
    policies.add_statement(bus_statement(R"("*")", fmt::format(R"("Condition": {{{}}})", row.condition)));
    EXPECT_EQ(conditions_words(policies.owned[0].statements[0].conditions), row.words);
  }
  EXPECT_EQ(conditions_words({}), "");
}

TEST(Words, PrincipalsActionsResources) {
  struct Row {
    std::string_view statement;
    std::string_view principals, actions, resources;
  };
  const Row rows[] = {
      {R"({"Sid": "A", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents",
           "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/orders"})",
       "any principal", "events:PutEvents", "event-bus/orders"},
      {R"({"Sid": "A", "Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"},
           "NotAction": ["s3:*", "sqs:*"], "NotResource": "*"})",
       "everyone but principals of account 111122223333", "every action but s3:* and sqs:*",
       "every resource but every resource"},
      {R"({"Sid": "A", "Effect": "Allow", "Principal": {"Service": "a.amazonaws.com", "Federated": "b.example",
           "AWS": "arn:aws:iam::111122223333:role/r"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})",
       "arn:aws:iam::111122223333:role/r, service a.amazonaws.com and users of b.example", "s3:GetObject",
       "arn:aws:s3:::b/*"},
  };
  for (const Row& row : rows) {
    Policies policies;
    policies.add_statement(row.statement, policy::PolicyType::kResource);
    const policy::Statement& statement = policies.owned[0].statements[0];
    // The order of the kinds is not the author's business.
    EXPECT_EQ(principals_words(*statement.principal).size(), row.principals.size())
        << principals_words(*statement.principal);
    EXPECT_EQ(actions_words(statement.action), row.actions);
    EXPECT_EQ(resources_words(statement), row.resources);
  }
}

TEST(Words, Lists) {
  const std::vector<std::string> texts{"a", "b", "c", "d", "e"};
  const auto first = [&](std::size_t count) { return std::span(texts).first(count); };
  EXPECT_EQ(listed(first(0)), "");
  EXPECT_EQ(listed(first(1)), "a");
  EXPECT_EQ(listed(first(2)), "a and b");
  EXPECT_EQ(listed(first(4)), "a, b, c and d");
  EXPECT_EQ(listed(first(5)), "a, b, c and 2 more");
  EXPECT_EQ(listed(first(3), 4, "or"), "a, b or c");
}

TEST(Words, Names) {
  EXPECT_EQ(uncapitalised("Any AWS account"), "any AWS account");
  EXPECT_EQ(uncapitalised("A principal"), "a principal");
  EXPECT_EQ(uncapitalised("AWS refuses"), "AWS refuses");
  EXPECT_EQ(uncapitalised(""), "");
  EXPECT_EQ(quoted_statement_name("Put"), "statement \"Put\"");
  EXPECT_EQ(quoted_statement_name("statement 3"), "statement 3");
  EXPECT_EQ(short_resource("arn:aws:events:eu-west-1:111122223333:event-bus/orders"), "event-bus/orders");
  EXPECT_EQ(short_resource("arn:aws:s3:::b/*"), "arn:aws:s3:::b/*");
  EXPECT_EQ(short_resource("arn:aws:sqs:eu-west-1:111122223333:q"), "arn:aws:sqs:eu-west-1:111122223333:q");
  EXPECT_EQ(short_resource("*"), "*");
}

}  // namespace
}  // namespace grantproof::checks
