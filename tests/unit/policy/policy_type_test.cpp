// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "policy/policy.h"
#include "reader_support.h"

namespace grantproof::policy {
namespace {

TEST(PolicyTypeNames, GoBothWays) {
  struct Row {
    std::string_view name;
    PolicyType type;
    bool principal;
  };
  constexpr Row kRows[] = {
      {"identity", PolicyType::kIdentity, false},
      {"resource", PolicyType::kResource, true},
      {"trust", PolicyType::kTrust, true},
      {"key", PolicyType::kKey, true},
      {"boundary", PolicyType::kPermissionsBoundary, false},
      {"session", PolicyType::kSession, false},
      {"scp", PolicyType::kServiceControl, false},
      {"rcp", PolicyType::kResourceControl, true},
      {"vpc-endpoint", PolicyType::kVpcEndpoint, true},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(name(row.type), row.name);
    EXPECT_EQ(find_policy_type(row.name), row.type);
    EXPECT_EQ(has_principal(row.type), row.principal) << row.name;
  }
  for (const std::string_view kind : {"event-bus", "queue", "topic", "bucket", "function"}) {
    EXPECT_EQ(find_policy_type(kind), PolicyType::kResource) << kind;
  }
  EXPECT_EQ(find_policy_type("Identity"), std::nullopt);
  EXPECT_EQ(find_policy_type(""), std::nullopt);
}

struct Guess {
  std::string_view statements;
  PolicyType type;
};

constexpr Guess kGuesses[] = {
    // no principal anywhere
    {R"({"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"})", PolicyType::kIdentity},
    {R"([])", PolicyType::kIdentity},
    // trust: a principal, only trust actions, no resource
    {R"({"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"})",
     PolicyType::kTrust},
    {R"([{"Effect":"Allow","Principal":"*","Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"]},
         {"Effect":"Deny","Principal":"*","Action":"STS:SetSourceIdentity"}])",
     PolicyType::kTrust},
    {R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"})", PolicyType::kResource},
    {R"({"Effect":"Allow","Principal":"*","Action":["sts:AssumeRole","s3:GetObject"]})",
     PolicyType::kResource},
    {R"({"Effect":"Allow","Principal":"*","NotAction":"sts:AssumeRole"})", PolicyType::kResource},
    // key: only kms actions on "*", some Allow
    {R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"})",
     PolicyType::kKey},
    {R"({"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"})", PolicyType::kResource},
    {R"({"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"arn:aws:kms:us-east-1:111122223333:key/k"})",
     PolicyType::kResource},
    {R"([{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"},
         {"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}])",
     PolicyType::kResource},
    // everything else that names principals
    {R"({"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"*"})",
     PolicyType::kResource},
    {R"({"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"sqs:*","Resource":"*"})",
     PolicyType::kResource},
    // misspelt in case only
    {R"({"effect":"Allow","principal":"*","action":"sts:AssumeRole"})", PolicyType::kTrust},
};

TEST(GuessPolicyType, GoesByShape) {
  for (const Guess& row : kGuesses) {
    SCOPED_TRACE(row.statements);
    const tests::ReadText text =
        tests::read_text(R"({"Version":"2012-10-17","Statement":)" + std::string(row.statements) + "}");
    EXPECT_EQ(name(text.policy.type), name(row.type));
  }
}

TEST(LooksLikePolicy, IsAnObjectWithAStatement) {
  struct Row {
    std::string_view text;
    bool policy;
  };
  constexpr Row kRows[] = {
      {R"({"Statement":[]})", true},
      {R"({"statement":{}})", true},
      {R"({"Version":"2012-10-17"})", false},
      {R"([{"Statement":[]}])", false},
      {R"("Statement")", false},
      {R"({})", false},
      {R"({"source":["aws.ec2"]})", false},
  };
  for (const Row& row : kRows) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const base::FileId file = sources.add("x.json", std::string(row.text));
    const std::optional<syntax::Node> node = syntax::read_json(sources, file, sink);
    ASSERT_TRUE(node.has_value());
    EXPECT_EQ(looks_like_policy(*node), row.policy) << row.text;
  }
}

}  // namespace
}  // namespace grantproof::policy
