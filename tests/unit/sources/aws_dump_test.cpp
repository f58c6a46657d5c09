// SPDX-License-Identifier: Apache-2.0
//
// What is an answer and what is none; places, pages, names of files.
#include "sources/aws_dump.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sources/aws_dump_file_name.h"
#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDump, OtherDocumentsAreNoAnswers) {
  const std::string texts[] = {
      "{}",
      "[]",
      "5",
      "null",
      "\"Rules\"",
      "[{}]",
      "[[]]",
      // policies, by themselves and as answers that say nothing else
      R"({"Version": "2012-10-17", "Statement": []})",
      // templates and CDK
      R"({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Bus": {"Type": "AWS::Events::EventBus"}}, "Rules": {"CheckBootstrapVersion": {"Assertions": []}}})",
      R"({"Resources": {}, "Rules": {}})",
      R"({"version": "36.0.0", "artifacts": {}})",
      // Terraform
      R"({"format_version": "1.2", "resource_changes": []})",
      R"({"format_version": "1.0", "values": {"root_module": {}}})",
      // events, requests, patterns
      R"({"version": "0", "detail-type": "x", "source": "y", "account": "111122223333", "resources": [], "detail": {}})",
      R"([{"Source": "x", "DetailType": "y", "Detail": "{}"}])",
      R"({"Entries": [{"Source": "x", "DetailType": "y", "Detail": "{}"}]})",
      R"({"source": ["x"], "detail": {"Rules": [1]}})",
      // answers of other services, and other people's files
      R"({"Rules": [{"RuleId": "1", "Name": "waf"}]})",
      R"({"Users": [{"Username": "bob", "UserStatus": "CONFIRMED"}]})",
      R"({"Users": ["bob"]})",
      R"({"Users": [], "other": 1})",
      R"({"Policies": [{"Name": "x"}]})",
      R"({"Accounts": [{"Id": 1, "Name": "x"}]})",
      R"({"Attributes": {"color": "red"}})",
      R"({"Targets": [{"Target": "x"}]})",
      R"({"EventBuses": [{"Name": "hub", "Account": "111122223333", "Region": "us-east-1", "Rules": []}]})",
      R"({"items": [{"id": 1}]})",
      R"({"RoleName": "r"})",
      R"({"NextToken": "x"})",
      R"({"": []})",
      R"({"": {"Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub"}})",
  };
  for (const std::string& text : texts) {
    const ReadDump dump(text);
    EXPECT_FALSE(dump.recognised) << text;
    EXPECT_EQ(dump.resources(), "") << text;
  }
}

TEST(AwsDump, AnswersAreKnownByTheirKeys) {
  const std::string texts[] = {
      R"({"Rules": []})",
      R"({"Rules": 5})",
      R"({"Roles": [], "ResponseMetadata": {}})",
      R"({"RoleDetailList": "x", "IsTruncated": false})",
      R"({"AttachedPolicies": []})",
      R"({"FailedEntryCount": 0, "Entries": []})",
      R"([{"Rules": []}, 5])",
      R"([[{"EventBuses": []}]])",
  };
  for (const std::string& text : texts)
    EXPECT_TRUE(ReadDump(text).recognised) << text;
}

TEST(AwsDump, PlacesComeFromArnsFirst) {
  const Place place{.path = "x.json", .account = "999999999999", .region = "cn-north-1"};
  const struct {
    std::string text;
    std::string partition;
    std::string account;
    std::string region;
  } rows[] = {
      {R"({"EventBuses": [{"Arn": "arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/hub"}]})",
       "aws-us-gov", "111122223333", "us-gov-west-1"},
      {R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": {}})", "aws-cn", "999999999999",
       "cn-north-1"},
      // of no region
      {R"({"User": {"UserName": "u", "Arn": "arn:aws:iam::111122223333:user/u"}})", "aws", "111122223333",
       ""},
      {R"({"Policy": {"Arn": "arn:aws:iam::aws:policy/p"}})", "aws", "", ""},
      // blackened
      {R"({"EventBuses": [{"Arn": "arn:aws:events:us-east-1:XXXXXXXXXXXX:event-bus/hub"}]})", "aws",
       "999999999999", "us-east-1"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const ReadDump dump(row.text, place);
    ASSERT_EQ(dump.translation.resources.size(), 1U);
    EXPECT_EQ(dump.translation.resources[0].partition, row.partition);
    EXPECT_EQ(dump.translation.resources[0].account, row.account);
    EXPECT_EQ(dump.translation.resources[0].region, row.region);
  }
}

// ---- pages

std::string users(const std::string& account, const std::string& rest) {
  return R"({"UserDetailList": [{"UserName": "u", "Arn": "arn:aws:iam::)" + account + R"(:user/u"}])" + rest +
         "}";
}
std::string rules(const std::string& bus, const std::string& rest) {
  return R"({"Rules": [{"Name": "r", "EventPattern": "{}", "EventBusName": ")" + bus + R"("}])" + rest + "}";
}

TEST(AwsDump, PagesThatAreNotTheLastOneAreGaps) {
  const std::string users_missing = " AWS::IAM::User this is one page of several: users are missing\n";
  const std::string rules_missing = " AWS::Events::Rule this is one page of several: rules are missing\n";
  const struct {
    std::string text;
    std::string gaps;
  } rows[] = {
      {users("111122223333", R"(, "IsTruncated": true, "Marker": "x")"), "1:115" + users_missing},
      {users("111122223333", R"(, "IsTruncated": true)"), "1:99" + users_missing},
      {users("111122223333", R"(, "IsTruncated": "true")"), "1:99" + users_missing},
      {users("111122223333", R"(, "IsTruncated": false, "Marker": "x")"), ""},
      {users("111122223333", R"(, "IsTruncated": "false")"), ""},
      {rules("hub", R"(, "NextToken": "x")"), "1:86" + rules_missing},
      {rules("hub", R"(, "nextToken": {"a": 1})"), "1:86" + rules_missing},
      {rules("hub", R"(, "NextToken": null)"), ""},
      {rules("hub", R"(, "NextToken": "")"), ""},
      {R"({"Rules": [], "NextToken": "x"})", "1:28" + rules_missing},
      // several kinds in one answer
      {R"({"RoleDetailList": [], "Policies": [], "Marker": "x"})",
       "1:50 AWS::IAM::Role this is one page of several: roles are missing\n"
       "1:50 AWS::IAM::ManagedPolicy this is one page of several: managed policies are missing\n"},
      // pages in a list: the next one goes on, if it is about the same
      {"[" + users("111122223333", R"(, "IsTruncated": true, "Marker": "x")") + "," +
           users("111122223333", R"(, "IsTruncated": false)") + "]",
       ""},
      {"[" + users("111122223333", R"(, "Marker": "x")") + "," + users("111122223333", R"(, "Marker": "y")") +
           "]",
       "1:193" + users_missing},
      {"[" + users("111122223333", R"(, "Marker": "x")") + "," + users("444455556666", "") + "]",
       "1:95" + users_missing},
      // a page with nothing but policies of AWS is of the account of the page before
      {"[" + users("111122223333", R"(, "Policies": [], "Marker": "x")") +
           R"(,{"Policies": [{"Arn": "arn:aws:iam::aws:policy/p"}], "Marker": "y"},{"Policies": [{"Arn": "arn:aws:iam::111122223333:policy/p"}]}])",
       ""},
      {"[" + users("111122223333", R"(, "Policies": [], "Marker": "x")") +
           R"(,{"Policies": [{"Arn": "arn:aws:iam::aws:policy/p"}], "Marker": "y"},{"Policies": [{"Arn": "arn:aws:iam::444455556666:policy/p"}]}])",
       "1:179 AWS::IAM::ManagedPolicy this is one page of several: managed policies are missing\n"},
      {R"([{"Policies": [{"Arn": "arn:aws:iam::aws:policy/p"}], "Marker": "y"},{"Policies": [{"Arn": "arn:aws:iam::444455556666:policy/p"}]}])",
       "1:65 AWS::IAM::ManagedPolicy this is one page of several: managed policies are missing\n"},
      {"[" + rules("hub", R"(, "NextToken": "x")") + "," + rules("hub", "") + "]", ""},
      {"[" + rules("hub", R"(, "NextToken": "x")") + "," + rules("other", "") + "]", "1:87" + rules_missing},
      {"[" + rules("hub", R"(, "NextToken": "x")") + R"(,{"Rules": []}])", "1:87" + rules_missing},
      {"[" + rules("hub", R"(, "NextToken": "x")") + "," + users("111122223333", "") + "]",
       "1:87" + rules_missing},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(ReadDump(row.text).gaps(), row.gaps);
  }
}

// ---- names of files

TEST(AwsDump, ArgumentsInNamesOfFiles) {
  const FileWords targets{"list-targets-by-rule", "targets"};
  const struct {
    std::string path;
    std::vector<std::string> expected;
  } rows[] = {
      {"list-targets-by-rule.json", {}},
      {"list-targets-by-rule.r.json", {"r"}},
      {"a/b.c/list-targets-by-rule.hub.r.json", {"hub", "r"}},
      {"a\\events-list-targets-by-rule.hub.r.YAML", {"hub", "r"}},
      {"aws_list-targets-by-rule.r", {"r"}},
      {"mylist-targets-by-rule.r.json", {}},
      {"list-targets-by-rule-2.json", {}},
      {"list-targets-by-rule.a.b.c.json", {}},
      {"list-targets-by-rule..r.json", {}},
      {"targets.json", {}},
      {"targets-.json", {}},
      {"targets-to-sqs.json", {"to-sqs"}},
      {"targets.hub.r.json", {"hub", "r"}},
      {"r.targets.json", {"r"}},
      {"hub.r.targets.yml", {"hub", "r"}},
      {"my-targets.json", {}},
      {".targets.json", {}},
      {"", {}},
      {"/", {}},
  };
  for (const auto& row : rows)
    EXPECT_EQ(arguments_in_file_name(row.path, targets, 2), row.expected) << row.path;
  EXPECT_EQ(arguments_in_file_name("get-key-policy.a.b.json", {"get-key-policy", "key"}),
            (std::vector<std::string>{"a.b"}));
  EXPECT_EQ(file_stem("x/OrdersPolicy.json"), "OrdersPolicy");
  EXPECT_EQ(file_stem("x.tar/Orders.Policy"), "Orders.Policy");
}

}  // namespace
}  // namespace grantproof::sources
