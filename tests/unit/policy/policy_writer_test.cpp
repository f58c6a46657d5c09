// SPDX-License-Identifier: Apache-2.0
#include "policy/policy_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "reader_support.h"

namespace grantproof::policy {
namespace {

using tests::read_text;
using tests::ReadText;

// Canonical texts: reading and writing gives them back, byte for byte.
constexpr std::string_view kCanonical[] = {
    R"({"Version":"2012-10-17","Statement":[]})",
    R"({"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]})",
    R"({"Version":"2012-10-17","Id":"orders","Statement":[{"Sid":"A","Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::444455556666:user/alice"],"Service":"events.amazonaws.com"},"NotAction":["events:Put*","events:Describe*"],"NotResource":"arn:aws:events:us-east-1:111122223333:event-bus/orders"}]})",
    R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*","Condition":{"ForAnyValue:StringLikeIfExists":{"aws:CalledVia":["a","b"]},"StringEquals":{"aws:PrincipalTag/Team":"${aws:RequestTag/team, 'none'}","aws:username":"a\"\\\u0001é"},"Null":{"aws:TokenIssueTime":"false"}}}]})",
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["*","111122223333"],"Federated":"accounts.google.com","CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},"Action":[],"Resource":[]}]})",
};

TEST(PolicyWriter, GivesCanonicalTextsBack) {
  for (const std::string_view canonical : kCanonical) {
    SCOPED_TRACE(canonical);
    const ReadText text = read_text(canonical, PolicyType::kResource);
    EXPECT_EQ(write_policy(text.policy, -1), canonical);
  }
}

struct Row {
  std::string_view text;
  std::string_view canonical;
};

constexpr Row kRows[] = {
    // a statement alone, lists of one, everyone in every form
    {R"({"Statement":{"Resource":["*"],"Action":["s3:GetObject"],"Effect":"Allow","Principal":{"AWS":["*"]}}})",
     R"({"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]})"},
    // the root of an account is the account; entries in the order of the map's names
    {R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com","AWS":"arn:aws:iam::111122223333:root"},"Action":"sqs:SendMessage","Resource":"*"}]})",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333","Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}]})"},
    // operators as AWS spells them; Booleans and numbers as strings
    {R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*","Condition":{"foranyvalue:stringlikeifexists":{"aws:CalledVia":"a"},"bool":{"aws:SecureTransport":true},"numericlessthan":{"aws:MultiFactorAuthAge":1.50}}}]})",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*","Condition":{"ForAnyValue:StringLikeIfExists":{"aws:CalledVia":"a"},"Bool":{"aws:SecureTransport":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"1.50"}}}]})"},
};

TEST(PolicyWriter, MakesTextsCanonical) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    const std::string written = write_policy(read_text(row.text, PolicyType::kResource).policy, -1);
    EXPECT_EQ(written, row.canonical);
    EXPECT_EQ(write_policy(read_text(written, PolicyType::kResource).policy, -1), row.canonical);
  }
}

TEST(PolicyWriter, WritesAStatementAlone) {
  const ReadText text = read_text(kCanonical[1]);
  EXPECT_EQ(write_statement(text.policy.statements.at(0), -1),
            R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})");
  EXPECT_EQ(write_statement(text.policy.statements.at(0)),
            "{\n  \"Effect\": \"Allow\",\n  \"Action\": \"s3:GetObject\",\n  \"Resource\": \"*\"\n}");
}

}  // namespace
}  // namespace grantproof::policy
