// SPDX-License-Identifier: Apache-2.0
#include "aws/arn.h"

#include <gtest/gtest.h>

#include <string_view>

namespace grantproof::aws {
namespace {

struct Cut {
  std::string_view text;
  Arn fields;
};

TEST(ParseArn, CutsAtTheFirstFiveColons) {
  const Cut cuts[] = {
      {"arn:aws:events:us-east-1:111122223333:event-bus/orders",
       {"aws", "events", "us-east-1", "111122223333", "event-bus/orders"}},
      // Empty fields are fields.
      {"arn:aws:s3:::bucket/key", {"aws", "s3", "", "", "bucket/key"}},
      {"arn:aws:iam::111122223333:root", {"aws", "iam", "", "111122223333", "root"}},
      {"arn:::::", {"", "", "", "", ""}},
      // The resource part keeps its colons.
      {"arn:aws-cn:logs:cn-north-1:111122223333:log-group:a:log-stream:b",
       {"aws-cn", "logs", "cn-north-1", "111122223333", "log-group:a:log-stream:b"}},
      // Wildcards are text like any other.
      {"arn:*:*:*:*:*", {"*", "*", "*", "*", "*"}},
      {"arn:aws:s3:::*:*", {"aws", "s3", "", "", "*:*"}},
      // A format of the reference is an ARN too.
      {"arn:${Partition}:s3:::${BucketName}/${ObjectName}",
       {"${Partition}", "s3", "", "", "${BucketName}/${ObjectName}"}},
  };
  for (const Cut& cut : cuts) {
    const auto arn = parse_arn(cut.text);
    ASSERT_TRUE(arn) << cut.text;
    EXPECT_EQ(arn->partition, cut.fields.partition) << cut.text;
    EXPECT_EQ(arn->service, cut.fields.service) << cut.text;
    EXPECT_EQ(arn->region, cut.fields.region) << cut.text;
    EXPECT_EQ(arn->account, cut.fields.account) << cut.text;
    EXPECT_EQ(arn->resource, cut.fields.resource) << cut.text;
  }
}

TEST(ParseArn, IsNothingForOtherText) {
  for (const std::string_view text :
       {"", "*", "arn", "arn:", "arn:aws", "arn:aws:events:us-east-1:111122223333", "arn:aws:events:*",
        "ARN:aws:s3:::bucket", " arn:aws:s3:::bucket", "xarn:aws:s3:::bucket", "a:b:c:d:e:f"}) {
    EXPECT_FALSE(parse_arn(text)) << text;
  }
}

TEST(IsAccountId, IsTwelveDigits) {
  EXPECT_TRUE(is_account_id("111122223333"));
  EXPECT_TRUE(is_account_id("000000000000"));
  for (const std::string_view text : {"", "11112222333", "1111222233334", "11112222333a", "1111-2222-33",
                                      "11112222333*", " 11112222333", "aws", "*"}) {
    EXPECT_FALSE(is_account_id(text)) << text;
  }
}

}  // namespace
}  // namespace grantproof::aws
