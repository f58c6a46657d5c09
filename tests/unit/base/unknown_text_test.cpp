// SPDX-License-Identifier: Apache-2.0
#include "base/unknown_text.h"

#include <gtest/gtest.h>

namespace grantproof::base {
namespace {

TEST(UnknownText, BytesThatCutTextsAreReplaced) {
  EXPECT_EQ(unknown_text("parameter OrgId"), "‹parameter OrgId›");
  EXPECT_EQ(unknown_text("AWS::AccountId"), "‹AWS.AccountId›");
  EXPECT_EQ(unknown_text("aws_sqs_queue.q[\"a/b*\"]"), "‹aws_sqs_queue.q[.a.b.]›");
}

TEST(UnknownText, IsFoundAgain) {
  const std::string text = "arn:aws:events:‹region›:1:event-bus/‹Bus›";
  EXPECT_TRUE(has_unknown(text));
  const auto segments = cut_at_unknowns(text);
  ASSERT_EQ(segments.size(), 4U);
  EXPECT_EQ(segments[0].text, "arn:aws:events:");
  EXPECT_EQ(segments[1].text, "region");
  EXPECT_TRUE(segments[1].unknown);
  EXPECT_FALSE(segments[2].unknown);
  EXPECT_EQ(list_unknowns(text), "region and Bus");
  EXPECT_EQ(list_unknowns("‹a› ‹b› ‹a› ‹c›"), "a, b and c");
}

TEST(UnknownText, AMarkAloneIsText) {
  for (const std::string_view text : {"", "a", "‹a", "a›", "›a‹"}) {
    EXPECT_FALSE(has_unknown(text)) << text;
    EXPECT_EQ(list_unknowns(text), "");
    std::string again;
    for (const TextSegment& segment : cut_at_unknowns(text))
      again += segment.text;
    EXPECT_EQ(again, text);
  }
}

}  // namespace
}  // namespace grantproof::base
