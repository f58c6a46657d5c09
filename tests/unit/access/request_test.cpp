// SPDX-License-Identifier: Apache-2.0
#include "access/request.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/test_policy.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::access {
namespace {

TEST(ReadRequest, AllParts) {
  const Request request = tests::read_request_text(R"({
    "principal": {"type": "assumed-role", "id": "arn:aws:sts::111122223333:assumed-role/app/cli",
                  "account": "111122223333"},
    "action": "events:PutEvents",
    "resource": {"arn": "arn:aws:events:us-east-1:444455556666:event-bus/orders", "accountId": "444455556666"},
    "context": {"aws:PrincipalTag/Team": "blue", "aws:TagKeys": ["a", "b"], "aws:Empty": [],
                "aws:SecureTransport": true, "aws:EpochTime": 1735689600}})");
  EXPECT_EQ(request.principal.kind, CallerKind::kAssumedRole);
  EXPECT_EQ(request.principal.account, "111122223333");
  EXPECT_EQ(request.action, "events:PutEvents");
  EXPECT_EQ(request.resource.account, "444455556666");
  ASSERT_EQ(request.context.size(), 5U);
  EXPECT_EQ(request.context.at("aws:principaltag/team").key, "aws:PrincipalTag/Team");
  EXPECT_FALSE(request.context.at("aws:principaltag/team").multivalued);
  EXPECT_TRUE(request.context.at("aws:tagkeys").multivalued);
  EXPECT_EQ(request.context.at("aws:tagkeys").values.size(), 2U);
  EXPECT_TRUE(request.context.at("aws:empty").multivalued);
  EXPECT_TRUE(request.context.at("aws:empty").values.empty());
  EXPECT_EQ(request.context.at("aws:securetransport").values.front(), "true");
  EXPECT_EQ(request.context.at("aws:epochtime").values.front(), "1735689600");
}

TEST(ReadRequest, TheAccountOfAnArnNeedNotBeSaidTwice) {
  const Request request = tests::read_request_text(
      R"({"principal": {"type": "user", "id": "arn:aws:iam::111122223333:user/alice"}, "action": "s3:ListAllMyBuckets",
          "resource": "*"})");
  EXPECT_EQ(request.principal.account, "111122223333");
  EXPECT_EQ(request.resource.arn, "*");
  EXPECT_TRUE(request.context.empty());
}

TEST(ReadRequest, Mistakes) {
  struct Row {
    std::string_view text;
    std::string_view message;
  };
  static constexpr std::array kRows = {
      Row{"[]", "a request is a list"},
      Row{R"({"action": "a:b", "resource": "*"})", "no \"principal\""},
      Row{R"({"principal": {"type": "anonymous"}, "resource": "*"})", "no \"action\""},
      Row{R"({"principal": {"type": "anonymous"}, "action": "a:b"})", "no \"resource\""},
      Row{R"({"principal": {"type": "anonymous"}, "action": "a:b", "resource": 1})",
          "\"resource\" is a number"},
      Row{R"({"principal": {"type": "person", "id": "x"}, "action": "a:b", "resource": "*"})", "\"person\""},
      Row{R"({"principal": {"type": "user"}, "action": "a:b", "resource": "*"})", "no \"id\""},
      Row{R"({"principal": {"type": "user", "id": "alice"}, "action": "a:b", "resource": "*"})",
          "is not an ARN"},
      Row{R"({"principal": {"type": "anonymous"}, "action": "a:b", "resource": "*", "context": {"k": null}})",
          "a context value is null"},
      Row{R"({"principal": {"type": "anonymous"}, "action": "a:b", "resource": "*", "context": {"k": [["x"]]}})",
          "a context value is a list"},
      Row{R"({"principal": {"type": "anonymous"}, "action": "a:b", "resource": "*", "context": []})",
          "\"context\" is a list"},
  };
  for (const Row& row : kRows) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const auto node = syntax::read_json(sources, sources.add("request.json", std::string(row.text)), sink);
    ASSERT_TRUE(node.has_value()) << row.text;
    EXPECT_FALSE(read_request(*node, sink).has_value()) << row.text;
    ASSERT_FALSE(sink.diagnostics().empty()) << row.text;
    EXPECT_EQ(sink.diagnostics().front().rule, "GP0005");
    EXPECT_NE(sink.diagnostics().front().message.find(row.message), std::string::npos)
        << sink.diagnostics().front().message;
  }
}

TEST(WriteRequest, ReadsBackTheSame) {
  for (
      const std::string_view text : {
          R"({"principal":{"type":"user","id":"arn:aws:iam::111122223333:user/alice","account":"111122223333"},"action":"events:PutEvents","resource":{"arn":"arn:aws:events:us-east-1:444455556666:event-bus/orders","accountId":"444455556666"},"context":{"aws:TagKeys":["a"],"aws:username":"alice","events:source":[]}})",
          R"({"principal":{"type":"anonymous"},"action":"s3:GetObject","resource":{"arn":"arn:aws:s3:::b/x"},"context":{}})",
      }) {
    EXPECT_EQ(syntax::write_json(write_request(tests::read_request_text(text))), text);
  }
}

TEST(CallerKinds, HaveNames) {
  for (const CallerKind kind :
       {CallerKind::kUser, CallerKind::kRole, CallerKind::kAssumedRole, CallerKind::kFederatedUser,
        CallerKind::kRoot, CallerKind::kService, CallerKind::kFederated, CallerKind::kAnonymous}) {
    EXPECT_EQ(find_caller_kind(name(kind)), kind);
  }
  EXPECT_FALSE(find_caller_kind("User").has_value());
}

}  // namespace
}  // namespace grantproof::access
