// SPDX-License-Identifier: Apache-2.0
#include "access/case_file.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace grantproof::access {
namespace {

constexpr std::string_view kRequest =
    R"("request":{"principal":{"type":"user","id":"arn:aws:iam::111122223333:user/alice","account":"111122223333"},
       "action":"events:PutEvents","resource":{"arn":"arn:aws:events:us-east-1:111122223333:event-bus/b",
       "accountId":"111122223333"},"context":{}})";
constexpr std::string_view kPolicy = R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";

std::optional<Case> read(const std::string& text, base::DiagnosticSink& sink) {
  static base::SourceMap sources;
  return read_case_line(sources, "cases.jsonl", text, sink);
}

TEST(ReadCase, EveryLayer) {
  const std::string policy(kPolicy);
  base::DiagnosticSink sink;
  std::optional<Case> found = read(
      R"({"id":"c-1","tags":["x"],"note":"n",)" + std::string(kRequest) + R"(,"identityPolicies":[)" +
          policy + "," + policy + R"(],"resourcePolicy":)" + policy + R"(,"permissionBoundaryPolicies":[)" +
          policy + R"(],"sessionPolicies":[)" + policy + R"(],"vpcEndpointPolicies":[)" + policy +
          R"(],"serviceControlPolicies":[{"orgIdentifier":"r-ab12","policies":[)" + policy +
          R"(]},{"orgIdentifier":"111122223333","policies":[]}],"resourceControlPolicies":[{"orgIdentifier":"r-ab12",
               "policies":[)" +
          policy + R"(]}],"expected":{"result":"Allowed"}})",
      sink);
  ASSERT_TRUE(found.has_value());
  const Case moved = std::move(*found);
  EXPECT_EQ(moved.id, "c-1");
  EXPECT_EQ(moved.expected, Outcome::kAllowed);
  EXPECT_EQ(moved.request.action, "events:PutEvents");
  ASSERT_EQ(moved.policies.identity.size(), 2U);
  EXPECT_EQ(moved.policies.identity[1]->type, policy::PolicyType::kIdentity);
  EXPECT_EQ(moved.policies.identity[1]->statements.size(), 1U);
  ASSERT_NE(moved.policies.resource, nullptr);
  EXPECT_EQ(moved.policies.resource->type, policy::PolicyType::kResource);
  EXPECT_EQ(moved.policies.permissions_boundaries.at(0)->type, policy::PolicyType::kPermissionsBoundary);
  EXPECT_EQ(moved.policies.session.at(0)->type, policy::PolicyType::kSession);
  EXPECT_EQ(moved.policies.vpc_endpoint.at(0)->type, policy::PolicyType::kVpcEndpoint);
  ASSERT_EQ(moved.policies.service_control.size(), 2U);
  EXPECT_EQ(moved.policies.service_control[0].entity, "r-ab12");
  EXPECT_EQ(moved.policies.service_control[0].policies.at(0)->type, policy::PolicyType::kServiceControl);
  EXPECT_TRUE(moved.policies.service_control[1].policies.empty());
  EXPECT_EQ(moved.policies.resource_control.at(0).policies.at(0)->type, policy::PolicyType::kResourceControl);
}

TEST(ReadCase, AbsentPoliciesAreNone) {
  base::DiagnosticSink sink;
  const std::optional<Case> found =
      read("{" + std::string(kRequest) + R"(,"resourcePolicy":null,"sessionPolicies":null})", sink);
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(sink.diagnostics().empty());
  EXPECT_TRUE(found->owned.empty());
  EXPECT_EQ(found->policies.resource, nullptr);
  EXPECT_FALSE(found->expected.has_value());
}

TEST(ReadCase, TheResourcePolicyIsWhatTheRequestAsksAbout) {
  struct Row {
    std::string_view action;
    std::string_view arn;
    policy::PolicyType type;
  };
  static constexpr std::array kRows = {
      Row{"sts:AssumeRole", "arn:aws:iam::111122223333:role/r", policy::PolicyType::kTrust},
      Row{"STS:TagSession", "arn:aws:iam::111122223333:role/r", policy::PolicyType::kTrust},
      Row{"iam:PassRole", "arn:aws:iam::111122223333:role/r", policy::PolicyType::kResource},
      Row{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/k", policy::PolicyType::kKey},
      Row{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:alias/a", policy::PolicyType::kResource},
      Row{"s3:GetObject", "arn:aws:s3:::bucket/x", policy::PolicyType::kResource},
  };
  for (const Row& row : kRows) {
    base::DiagnosticSink sink;
    const std::optional<Case> found =
        read(R"({"request":{"principal":{"type":"anonymous"},"action":")" + std::string(row.action) +
                 R"(","resource":{"arn":")" + std::string(row.arn) + R"("}},"resourcePolicy":)" +
                 std::string(kPolicy) + "}",
             sink);
    ASSERT_TRUE(found.has_value()) << row.action;
    EXPECT_EQ(found->policies.resource->type, row.type) << row.action << ' ' << row.arn;
  }
}

TEST(ReadCase, Mistakes) {
  struct Row {
    std::string text;
    std::string_view message;
  };
  const std::string request(kRequest);
  const std::array rows = {
      Row{"[]", "a case is a list"},
      Row{"{}", "no \"request\""},
      Row{R"({"request":{}})", "no \"principal\""},
      Row{"{" + request + R"(,"identityPolicies":{}})", "an object where a list"},
      Row{"{" + request + R"(,"serviceControlPolicies":["r-ab12"]})",
          "a level of an organisation is a string"},
      Row{"{" + request + R"(,"expected":{"result":"Maybe"}})", "expected result"},
      Row{"{" + request, ""},
  };
  for (const Row& row : rows) {
    base::DiagnosticSink sink;
    EXPECT_FALSE(read(row.text, sink).has_value()) << row.text;
    ASSERT_FALSE(sink.diagnostics().empty()) << row.text;
    EXPECT_NE(sink.diagnostics().front().message.find(row.message), std::string::npos)
        << sink.diagnostics().front().message;
  }
}

TEST(ReadCase, AMistakeInAPolicyIsReportedAndTheStatementMarked) {
  base::DiagnosticSink sink;
  const std::optional<Case> found = read(
      "{" + std::string(kRequest) +
          R"(,"identityPolicies":[{"Version":"2012-10-17","Statement":[{"Effect":"Alow","Action":"*","Resource":"*"}]}]})",
      sink);
  ASSERT_TRUE(found.has_value());
  EXPECT_GT(sink.errors(), 0U);
  const Decision decision = decide(found->request, found->policies);
  EXPECT_EQ(decision.outcome, Outcome::kImplicitlyDenied);
  EXPECT_EQ(decision.not_understood.size(), 1U);
}

}  // namespace
}  // namespace grantproof::access
