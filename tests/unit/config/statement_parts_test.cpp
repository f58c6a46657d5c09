// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "config/configuration_builder.h"
#include "policy/policy_writer.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::config {
namespace {

// The policy of a function that has one permission.
std::string policy_with(const std::string& properties) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto node = syntax::read_json(sources, sources.add("permission.json", properties), sink);
  if (!node)
    return "no JSON";
  ConfigurationBuilder builder(sources, sink, nullptr);
  builder.add(Resource{.type = "AWS::Lambda::Permission",
                       .name = "permission",
                       .account = "444455556666",
                       .region = "eu-west-1",
                       .arn = {},
                       .properties = *node,
                       .span = node->span,
                       .when = {},
                       .not_told = {}});
  const Configuration configuration = std::move(builder).finish();
  EXPECT_EQ(sink.errors(), 0U);
  return configuration.policies.size() == 1
             ? syntax::write_json(policy::policy_node(configuration.policies[0].policy))
             : "no policy";
}

TEST(StatementParts, PermissionIsTheStatementThatLambdaWrites) {
  struct Case {
    const char* properties;
    const char* policy;
  };
  const Case cases[] = {
      {R"({"FunctionName":"audit","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com",
           "SourceArn":"arn:aws:events:eu-west-1:444455556666:rule/orders/fan-out"})",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-west-1:444455556666:function:audit","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:events:eu-west-1:444455556666:rule/orders/fan-out"}}}]})"},
      // Terraform says it.
      {R"({"FunctionName":"audit","StatementId":"fan-out","Action":"lambda:InvokeFunction",
           "Principal":"111122223333","SourceAccount":"111122223333","PrincipalOrgID":"o-exampleorgid"})",
       R"({"Version":"2012-10-17","Statement":[{"Sid":"fan-out","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-west-1:444455556666:function:audit","Condition":{"StringEquals":{"AWS:SourceAccount":"111122223333","aws:PrincipalOrgID":"o-exampleorgid"}}}]})"},
  };
  for (const Case& c : cases)
    EXPECT_EQ(policy_with(c.properties), c.policy) << c.properties;
}

}  // namespace
}  // namespace grantproof::config
