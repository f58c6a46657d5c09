// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string_view>

#include "aws/reference.h"

namespace grantproof::aws {
namespace {

struct Case {
  std::string_view written;
  std::string_view meant;  // empty: nothing is near
};

TEST(NearestAction, IsTheOneThatWasMeant) {
  const Case cases[] = {
      // A slip in the action.
      {"events:PutEvent", "events:PutEvents"},
      {"events:putevnets", "events:PutEvents"},
      {"s3:GetObjects", "s3:GetObject"},
      {"iam:PasRole", "iam:PassRole"},
      // A slip in the service.
      {"event:PutTargets", "events:PutTargets"},
      {"eventbridge:PutPermission", "events:PutPermission"},
      {"s4:GetObjectAcl", "s3:GetObjectAcl"},
      // In both.
      {"secretmanager:GetSecretValues", "secretsmanager:GetSecretValue"},
      // No service at all.
      {"AssumeRoleWithSAML", "sts:AssumeRoleWithSAML"},
      // The action of another service.
      {"iam:AssumeRole", "sts:AssumeRole"},
      // Nothing like it.
      {"s3:Xyzzy", ""},
      {"xyzzy:Plugh", ""},
      {"", ""},
      {":", ""},
      {"s3:", ""},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(Reference::embedded().nearest_action(each.written).value_or(""), each.meant) << each.written;
  }
}

TEST(NearestService, IsTheOneThatWasMeant) {
  const Case cases[] = {{"event", "events"},
                        {"evnets", "events"},
                        {"dynamoDB", "dynamodb"},
                        {"lamda", "lambda"},
                        {"secretmanager", "secretsmanager"},
                        {"xyzzyplugh", ""},
                        {"", ""}};
  for (const Case& each : cases) {
    EXPECT_EQ(Reference::embedded().nearest_service(each.written).value_or(""), each.meant) << each.written;
  }
}

TEST(NearestKey, IsTheOneThatWasMeant) {
  const Case cases[] = {
      {"aws:PrincipalOrgI", "aws:PrincipalOrgID"},
      {"aws:PrincipleArn", "aws:PrincipalArn"},
      {"aws:SourceAcount", "aws:SourceAccount"},
      {"events:details-type", "events:detail-type"},
      // The tag is the user's own, however long.
      {"aws:PrincipleTag/team", "aws:PrincipalTag/"},
      {"aws:RequstTag/a-long-tag-of-the-user", "aws:RequestTag/"},
      {"xyzzy:plugh-and-plover", ""},
      {"", ""},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(Reference::embedded().nearest_key(each.written).value_or(""), each.meant) << each.written;
  }
}

}  // namespace
}  // namespace grantproof::aws
