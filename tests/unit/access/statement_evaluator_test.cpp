// SPDX-License-Identifier: Apache-2.0
#include "access/statement_evaluator.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/test_policy.h"

namespace grantproof::access {
namespace {

using policy::PolicyType;

const Request& request() {
  static const Request kRequest = tests::read_request_text(R"({
      "principal": {"type": "user", "id": "arn:aws:iam::111122223333:user/alice"}, "action": "s3:GetObject",
      "resource": {"arn": "arn:aws:s3:::bucket/alice/x", "accountId": "111122223333"},
      "context": {"aws:username": "alice", "aws:SecureTransport": "true"}})");
  return kRequest;
}

std::string document(std::string_view statement, std::string_view version = "2012-10-17") {
  return R"({"Version":")" + std::string(version) + R"(","Statement":[)" + std::string(statement) + "]}";
}

TEST(EvaluateStatement, NamesTheElementThatStandsInTheWay) {
  struct Row {
    PolicyType type;
    std::string_view statement;
    std::optional<Element> mismatch;
  };
  const std::vector<Row> rows = {
      {PolicyType::kIdentity, R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})", {}},
      {PolicyType::kIdentity, R"({"Effect":"Allow","Action":"sqs:*","Resource":"*"})", Element::kAction},
      {PolicyType::kIdentity, R"({"Effect":"Allow","Action":["sqs:*","s3:GetObject"],"Resource":"*"})", {}},
      {PolicyType::kIdentity, R"({"Effect":"Deny","NotAction":"sqs:*","Resource":"*"})", {}},
      {PolicyType::kIdentity, R"({"Effect":"Deny","NotAction":["sqs:*","s3:Get*"],"Resource":"*"})",
       Element::kAction},
      {PolicyType::kIdentity, R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::other/*"})",
       Element::kResource},
      {PolicyType::kIdentity, R"({"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::other/*"})", {}},
      {PolicyType::kIdentity, R"({"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::bucket/*"})",
       Element::kResource},
      // variables; without a value Resource never matches, NotResource always
      {PolicyType::kIdentity,
       R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::bucket/${aws:username}/*"})",
       {}},
      {PolicyType::kIdentity,
       R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::bucket/${aws:none}/*"})",
       Element::kResource},
      {PolicyType::kIdentity,
       R"({"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::bucket/${aws:none}/*"})",
       {}},
      // principals count only where the policy type has them
      {PolicyType::kResource, R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})", {}},
      {PolicyType::kResource,
       R"({"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"})",
       Element::kPrincipal},
      {PolicyType::kResource, R"({"Effect":"Allow","Action":"*","Resource":"*"})", Element::kPrincipal},
      // no Resource: the resource that the policy belongs to
      {PolicyType::kTrust, R"({"Effect":"Allow","Principal":"*","Action":"*"})", {}},
      // all lines of a Condition
      {PolicyType::kIdentity,
       R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},
           "StringEquals":{"aws:username":"alice"}}})",
       {}},
      {PolicyType::kIdentity,
       R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},
           "StringEquals":{"aws:username":"bob"}}})",
       Element::kCondition},
  };
  for (const Row& row : rows) {
    const tests::TestPolicy policy = tests::read_policy_text(document(row.statement), row.type);
    ASSERT_EQ(policy.policy.statements.size(), 1U) << row.statement;
    const RequestView view(request(), false);
    const StatementResult result = evaluate_statement(policy.policy.statements.front(), policy.policy, view);
    EXPECT_EQ(result.mismatch, row.mismatch)
        << row.statement << (result.mismatch ? ": " + std::string(name(*result.mismatch)) : ": applies");
    EXPECT_EQ(result.applies(), !row.mismatch.has_value());
    EXPECT_FALSE(result.unknown);
  }
}

TEST(EvaluateStatement, TellsTheLineOfTheConditionAndTheWayOfThePrincipal) {
  const RequestView view(request(), false);
  const tests::TestPolicy conditions = tests::read_policy_text(
      document(
          R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:username":"alice",
                  "aws:none":"x"}}})"),
      PolicyType::kIdentity);
  EXPECT_EQ(evaluate_statement(conditions.policy.statements.front(), conditions.policy, view).condition, 1U);
  const tests::TestPolicy principal = tests::read_policy_text(
      document(
          R"({"Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/alice"]},
                  "Action":"*","Resource":"*"})"),
      PolicyType::kResource);
  EXPECT_EQ(evaluate_statement(principal.policy.statements.front(), principal.policy, view).principal,
            PrincipalMatch::kDirect);
}

TEST(EvaluateStatement, A2008PolicyHasNoVariables) {
  const RequestView view(request(), false);
  const tests::TestPolicy policy = tests::read_policy_text(
      document(R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::bucket/${aws:username}/*"})",
               "2008-10-17"),
      PolicyType::kIdentity);
  EXPECT_EQ(evaluate_statement(policy.policy.statements.front(), policy.policy, view).mismatch,
            Element::kResource);
}

TEST(EvaluateStatement, OnlyACanonicalUserIsUnknown) {
  const RequestView view(request(), false);
  struct Row {
    std::string_view statement;
    bool unknown;
  };
  const std::vector<Row> rows = {
      {R"({"Effect":"Allow","Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},"Action":"*","Resource":"*"})",
       true},
      {R"({"Effect":"Allow","Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},"Action":"sqs:*","Resource":"*"})",
       false},
      {R"({"Effect":"Allow","Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},"Action":"*","Resource":"*",
           "Condition":{"StringEquals":{"aws:username":"bob"}}})",
       false},
      {R"({"Effect":"Allow","Principal":{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be","AWS":"*"},"Action":"*","Resource":"*"})",
       false},
  };
  for (const Row& row : rows) {
    const tests::TestPolicy policy = tests::read_policy_text(document(row.statement), PolicyType::kResource);
    EXPECT_EQ(evaluate_statement(policy.policy.statements.front(), policy.policy, view).unknown, row.unknown)
        << row.statement;
  }
}

TEST(MightApply, GoesByActionAndResourceAsFarAsTheyWereRead) {
  const RequestView view(request(), false);
  struct Row {
    std::string_view statement;
    bool might;
  };
  const std::vector<Row> rows = {
      {R"({"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringSame":{"k":"v"}}})", true},
      {R"({"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"StringSame":{"k":"v"}}})", false},
      {R"({"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::other","Condition":{"StringSame":{"k":"v"}}})",
       false},
      {R"({"Effect":"Deny","Resource":"*"})", true},
      {R"({"Effect":"Deny","Action":7,"Resource":"*"})", true},
  };
  for (const Row& row : rows) {
    const tests::TestPolicy policy = tests::read_policy_text(document(row.statement), PolicyType::kIdentity);
    ASSERT_EQ(policy.policy.statements.size(), 1U) << row.statement;
    EXPECT_FALSE(policy.policy.statements.front().understood) << row.statement;
    EXPECT_EQ(might_apply(policy.policy.statements.front(), policy.policy, view), row.might) << row.statement;
  }
}

}  // namespace
}  // namespace grantproof::access
