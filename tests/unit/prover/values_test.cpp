// SPDX-License-Identifier: Apache-2.0
//
// Numbers, dates, addresses and bytes, and one key asked in two ways at once: as text and as a number, exact
// and without regard to case, as an ARN and as a string.
//
// Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; what a malformed value of the
// request does was captured.
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

constexpr Answer kProved = Answer::kProved;
constexpr Answer kRefuted = Answer::kRefuted;

TEST(Values, GapsBetweenNumbers) {
  constexpr std::string_view kAction = "s3:ListBucket";
  check_conditions({
      {R"({"NumericLessThan":{"s3:max-keys":"10"},"NumericGreaterThan":{"s3:max-keys":"9.5"}})", kRefuted,
       kAction},
      {R"({"NumericLessThan":{"s3:max-keys":"10"},"NumericGreaterThan":{"s3:max-keys":"10"}})", kProved,
       kAction},
      {R"({"NumericLessThan":{"s3:max-keys":"10"},"NumericGreaterThanEquals":{"s3:max-keys":"10"}})", kProved,
       kAction},
      {R"({"NumericLessThanEquals":{"s3:max-keys":"10"},"NumericGreaterThanEquals":{"s3:max-keys":"10"}})",
       kRefuted, kAction},
      {R"({"NumericLessThanEquals":{"s3:max-keys":"10"},"NumericGreaterThanEquals":{"s3:max-keys":"10"},
           "NumericNotEquals":{"s3:max-keys":"10.0"}})",
       kProved, kAction},
      {R"({"NumericEquals":{"s3:max-keys":"+10"},"NumericNotEquals":{"s3:max-keys":"010"}})", kProved,
       kAction},
      {R"({"NumericGreaterThan":{"s3:max-keys":"1.0000000000000000000001"},
           "NumericLessThan":{"s3:max-keys":"1.0000000000000000000002"}})",
       kRefuted, kAction},
      {R"({"NumericGreaterThan":{"s3:max-keys":"-5"},"NumericLessThan":{"s3:max-keys":"-4.99"}})", kRefuted,
       kAction},
      {R"({"NumericLessThan":{"s3:max-keys":"-1000000000000"}})", kRefuted, kAction},
      {R"({"NumericGreaterThan":{"s3:max-keys":"1000000000000"}})", kRefuted, kAction},
      {R"({"NumericEquals":{"s3:max-keys":["1","2"]},"NumericNotEquals":{"s3:max-keys":["2","3"]},
           "NumericGreaterThan":{"s3:max-keys":"1"}})",
       kProved, kAction},
  });
}

TEST(Values, ATextThatIsNoNumber) {
  check_conditions({
      // It equals no number, and no number orders it.
      {R"({"StringEquals":{"aws:PrincipalTag/n":"ten"},"NumericNotEquals":{"aws:PrincipalTag/n":"10"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:PrincipalTag/n":"ten"},"NumericLessThan":{"aws:PrincipalTag/n":"10"}})",
       kProved},
      {R"({"StringEquals":{"aws:PrincipalTag/n":"5"},"NumericLessThan":{"aws:PrincipalTag/n":"10"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:PrincipalTag/n":["5","50"]},
           "NumericGreaterThan":{"aws:PrincipalTag/n":"50"}})",
       kProved},
      {R"({"StringLike":{"aws:PrincipalTag/n":"5*"},"NumericLessThan":{"aws:PrincipalTag/n":"10"}})",
       kRefuted},
      {R"({"StringNotEquals":{"aws:PrincipalTag/n":"10"},"NumericEquals":{"aws:PrincipalTag/n":"10"}})",
       kRefuted},
      {R"({"StringLike":{"aws:PrincipalTag/n":"ten*"},"NumericLessThan":{"aws:PrincipalTag/n":"10"},
           "StringNotLike":{"aws:PrincipalTag/n":"ten*"}})",
       kProved},
  });
}

TEST(Values, WhatIsNotDecidedIsNotRefuted) {
  // Texts of a glob that are numbers of a range: found, or undecided, but not denied to be there.
  Asker asker;
  const Answered there = asker.allows_anything(allow_where(
      R"({"StringLike":{"aws:PrincipalTag/n":"5*7"},"NumericGreaterThan":{"aws:PrincipalTag/n":"5000"}})"));
  EXPECT_NE(there.answer, kProved);
  const Answered nowhere = asker.allows_anything(allow_where(
      R"({"StringLike":{"aws:PrincipalTag/n":"5*"},"NumericLessThan":{"aws:PrincipalTag/n":"0"}})"));
  EXPECT_NE(nowhere.answer, kRefuted);
}

TEST(Values, Dates) {
  check_conditions({
      {R"({"DateGreaterThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"},
           "DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"}})",
       kProved},
      {R"({"DateGreaterThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"},
           "DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:01Z"}})",
       kRefuted},
      // Milliseconds are the finest.
      {R"({"DateGreaterThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"},
           "DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:00.001Z"}})",
       kProved},
      {R"({"DateGreaterThanEquals":{"aws:CurrentTime":"2025-01-01T00:00:00Z"},
           "DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:00.001Z"}})",
       kRefuted},
      // One moment written twice: as a date and as seconds, in two time zones, with and without its time.
      {R"({"DateEquals":{"aws:CurrentTime":"1735689600"},
           "DateNotEquals":{"aws:CurrentTime":"2025-01-01T00:00:00Z"}})",
       kProved},
      {R"({"DateEquals":{"aws:CurrentTime":"2025-01-01T02:00:00+02:00"},
           "DateNotEquals":{"aws:CurrentTime":"2025-01-01"}})",
       kProved},
      {R"({"DateEquals":{"aws:EpochTime":"2025-01-01T00:00:00Z"},
           "DateNotEquals":{"aws:EpochTime":"1735689600"}})",
       kProved},
      {R"({"DateEquals":{"aws:EpochTime":"2025-01-01T00:00:00Z"},
           "NumericEquals":{"aws:EpochTime":"1735689600"}})",
       kRefuted},
      {R"({"DateEquals":{"aws:EpochTime":"2025-01-01T00:00:00Z"},
           "NumericLessThan":{"aws:EpochTime":"1735689600"}})",
       kProved},
      {R"({"DateGreaterThan":{"aws:EpochTime":"2025-01-01T00:00:00Z"},
           "NumericLessThan":{"aws:EpochTime":"1735689602"}})",
       kRefuted},
      // Before 1970.
      {R"({"DateLessThan":{"aws:TokenIssueTime":"1969-12-31T23:59:59Z"}})", kRefuted},
      {R"({"DateLessThan":{"aws:TokenIssueTime":"1969-12-31T23:59:59Z"},
           "DateGreaterThan":{"aws:TokenIssueTime":"1969-12-31T23:59:58Z"}})",
       kRefuted},
  });
}

TEST(Values, Addresses) {
  check_conditions({
      {R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},
           "NotIpAddress":{"aws:SourceIp":["10.0.0.0/9","10.128.0.0/9"]}})",
       kProved},
      {R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"NotIpAddress":{"aws:SourceIp":["10.0.0.0/9"]}})",
       kRefuted},
      {R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/30"},
           "NotIpAddress":{"aws:SourceIp":["10.0.0.0","10.0.0.1","10.0.0.3"]}})",
       kRefuted},
      {R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/30"},
           "NotIpAddress":{"aws:SourceIp":["10.0.0.0/31","10.0.0.2","10.0.0.3/32"]}})",
       kProved},
      // Outside of all IPv4 lies IPv6.
      {R"({"NotIpAddress":{"aws:SourceIp":"0.0.0.0/0"},"Null":{"aws:SourceIp":"false"}})", kRefuted},
      {R"({"NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/0"]},"Null":{"aws:SourceIp":"false"}})", kProved},
      {R"({"NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/1"]},"Null":{"aws:SourceIp":"false"}})", kRefuted},
      {R"({"NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/1","8000::/1"]},"Null":{"aws:SourceIp":"false"}})",
       kProved},
      {R"({"IpAddress":{"aws:SourceIp":"2001:db8::/32"},
           "NotIpAddress":{"aws:SourceIp":["2001:db8::/33"]}})",
       kRefuted},
      {R"({"IpAddress":{"aws:SourceIp":"2001:db8::/32"},
           "NotIpAddress":{"aws:SourceIp":["2001:db8::/33","2001:db8:8000::/33"]}})",
       kProved},
      // Host bits are ignored in IPv4; with them an IPv6 range holds nothing (captured).
      {R"({"IpAddress":{"aws:SourceIp":"10.1.2.3/8"},"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}})",
       kProved},
      {R"({"IpAddress":{"aws:SourceIp":"2001:db8::1/32"}})", kProved},
      // The end of the line.
      {R"({"IpAddress":{"aws:SourceIp":"255.255.255.255"}})", kRefuted},
      {R"({"IpAddress":{"aws:SourceIp":"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}})", kRefuted},
      // As text as well.
      {R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":{"aws:SourceIp":"10.0.0.1"}})", kRefuted},
      {R"({"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":{"aws:SourceIp":"10.0.0.1"}})",
       kProved},
      // What is no address is neither in nor out.
      {R"({"NotIpAddress":{"aws:PrincipalTag/x":"10.0.0.0/8"},"StringEquals":{"aws:PrincipalTag/x":"home"}})",
       kProved},
      {R"({"NotIpAddress":{"aws:PrincipalTag/x":"10.0.0.0/8"},"Null":{"aws:PrincipalTag/x":"false"}})",
       kRefuted},
  });
}

TEST(Values, Bytes) {
  check_conditions({
      {R"({"BinaryEquals":{"aws:PrincipalTag/x":"YWJj"}})", kRefuted},
      {R"({"BinaryEquals":{"aws:PrincipalTag/x":"YWJj"},"StringEquals":{"aws:PrincipalTag/x":"YQ=="}})",
       kProved},
      {R"({"BinaryEquals":{"aws:PrincipalTag/x":"YWJj"},"StringEquals":{"aws:PrincipalTag/x":"YWJj"}})",
       kRefuted},
  });
}

TEST(Values, OneKeyAsBoolAndAsText) {
  check_conditions({
      {R"({"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SecureTransport":"false"}})", kProved},
      {R"({"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SecureTransport":"true"}})", kRefuted},
      {R"({"Bool":{"aws:SecureTransport":"true"},"StringNotEqualsIgnoreCase":{"aws:SecureTransport":"TRUE"}})",
       kProved},
      {R"({"Bool":{"aws:SecureTransport":["true","false"]}})", kRefuted},
      {R"({"Bool":{"aws:SecureTransport":"true"},"BoolIfExists":{"aws:SecureTransport":"false"}})", kProved},
      // Of a key without a type any other text counts as false.
      {R"({"Bool":{"aws:PrincipalTag/x":"false"},"StringEquals":{"aws:PrincipalTag/x":"no"}})", kRefuted},
      {R"({"Bool":{"aws:PrincipalTag/x":"true"},"StringEquals":{"aws:PrincipalTag/x":"yes"}})", kProved},
      {R"({"Bool":{"aws:PrincipalTag/x":"true"},"StringNotLike":{"aws:PrincipalTag/x":["t*","T*"]}})",
       kProved},
      {R"({"Bool":{"aws:PrincipalTag/x":"true"},"StringEquals":{"aws:PrincipalTag/x":"True"}})", kRefuted},
      // A missing key is not "false".
      {R"({"Bool":{"aws:MultiFactorAuthPresent":"false"},"Null":{"aws:MultiFactorAuthPresent":"true"}})",
       kProved},
      {R"({"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},
           "Null":{"aws:MultiFactorAuthPresent":"true"}})",
       kRefuted},
  });
}

TEST(Values, WithAndWithoutRegardToCase) {
  check_conditions({
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"Red"},"StringNotEquals":{"aws:UserAgent":"Red"}})",
       kRefuted},
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"Red"},
           "StringNotEqualsIgnoreCase":{"aws:UserAgent":"rED"}})",
       kProved},
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"Red"},"StringNotLike":{"aws:UserAgent":["r*","R*"]}})",
       kProved},
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"ab"},
           "StringNotEquals":{"aws:UserAgent":["ab","Ab","aB"]}})",
       kRefuted},
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"ab"},
           "StringNotEquals":{"aws:UserAgent":["ab","Ab","aB","AB"]}})",
       kProved},
      {R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"1-2"},"StringNotEquals":{"aws:UserAgent":"1-2"}})",
       kProved},
      {R"({"StringLike":{"aws:UserAgent":"a?"},"StringEqualsIgnoreCase":{"aws:UserAgent":"AB"},
           "StringNotEquals":{"aws:UserAgent":["ab","aB"]}})",
       kProved},
      // '*' is a wildcard only where the operator has wildcards.
      {R"({"StringEquals":{"aws:UserAgent":"a*"},"StringNotLike":{"aws:UserAgent":"a*"}})", kProved},
      {R"({"StringLike":{"aws:UserAgent":"a*"},"StringNotEquals":{"aws:UserAgent":"a*"}})", kRefuted},
  });
}

TEST(Values, ArnOperatorsAndStringOperators) {
  check_conditions({
      {R"({"ArnLike":{"aws:SourceArn":"arn:aws:s3:::a*"},"StringNotLike":{"aws:SourceArn":"arn:aws:s3:::a*"}})",
       kProved},
      // A '*' of an ARN operator stays inside its field, of a string operator it does not.
      {R"({"ArnLike":{"aws:SourceArn":"arn:aws:*:*:111122223333:*"},
           "StringLike":{"aws:SourceArn":"*:444455556666:*"}})",
       kRefuted},
      {R"({"StringLike":{"aws:SourceArn":"arn:aws:*:111122223333:*"},
           "ArnNotLike":{"aws:SourceArn":"arn:aws:*:*:111122223333:*"}})",
       kRefuted},
      {R"({"StringEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:t"},
           "ArnNotLike":{"aws:SourceArn":"arn:aws:*:*:111122223333:*"}})",
       kProved},
      {R"({"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:*"},
           "ArnNotEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:*"}})",
       kProved},
      {R"({"ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:*"},
           "StringLike":{"aws:SourceArn":"arn:aws:sqs:*"}})",
       kProved},
      // What is no ARN is neither like nor unlike one (captured).
      {R"({"ArnNotLike":{"aws:PrincipalTag/x":"arn:aws:sns:*:*:*"},
           "StringEquals":{"aws:PrincipalTag/x":"no arn"}})",
       kProved},
      {R"({"ArnNotLike":{"aws:PrincipalTag/x":"arn:aws:sns:*:*:*"},
           "StringNotLike":{"aws:PrincipalTag/x":"arn:*"},"Null":{"aws:PrincipalTag/x":"false"}})",
       kProved},
  });
}

}  // namespace
}  // namespace grantproof::tests
