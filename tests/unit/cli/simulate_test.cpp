// SPDX-License-Identifier: Apache-2.0
//
// simulate as a user runs it, through run().
#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

constexpr const char* kBus = "arn:aws:events:us-east-1:111122223333:event-bus/orders";

std::string request(const std::string& account, const std::string& extra = "") {
  return R"({"principal": {"type": "role", "id": "arn:aws:iam::)" + account + R"(:role/shop", "account": ")" +
         account + R"("}, "action": "events:PutEvents", "resource": {"arn": ")" + kBus +
         R"(", "accountId": "111122223333"}, "context": {)" + extra + "}}";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr std::string_view kIdentity = R"({
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Put", "Effect": "Allow", "Action": "events:PutEvents", "Resource": "*" },
    { "Sid": "NotAtNight", "Effect": "Deny", "Action": "events:*", "Resource": "*",
      "Condition": { "StringEquals": { "events:source": "com.shop.night" } } }
  ]
})";

// ---- one request

TEST(Simulate, SaysWhatDecided) {
  TestMachine test{{"request.json", request("111122223333")}, {"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"simulate", "request.json", "bus.json"}), 0) << test.errors;
  EXPECT_TRUE(has(test.output, "allowed  events:PutEvents on " + std::string(kBus))) << test.output;
  EXPECT_TRUE(has(test.output, "bus.json:4:5  \"PartnerPut\"")) << test.output;
  EXPECT_EQ(test.errors, "");
}

TEST(Simulate, ADenialIsExitCodeOne) {
  TestMachine test{{"request.json", request("111122223333", R"("events:source": "com.shop.night")")},
                   {"identity.json", std::string(kIdentity)}};
  EXPECT_EQ(test.run({"simulate", "request.json", "identity.json"}), 1);
  EXPECT_TRUE(has(test.output, "explicitly denied")) << test.output;
  EXPECT_TRUE(has(test.output, "\"NotAtNight\"")) << test.output;
}

TEST(Simulate, TheCallersOwnAccountIsAssumedOnlyWithoutItsPolicies) {
  TestMachine test{
      {"request.json", request("999999999999")},
      {"bus.json", std::string(kOpenBus)},
      {"identity.json",
       R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})"}};
  EXPECT_EQ(test.run({"simulate", "request.json", "bus.json"}), 0);
  EXPECT_TRUE(
      has(test.output, "assumed     account 999999999999 lets its own principal call events:PutEvents"))
      << test.output;
  EXPECT_EQ(test.run({"simulate", "request.json", "bus.json", "identity.json"}), 1);
  EXPECT_FALSE(has(test.output, "assumed")) << test.output;
  EXPECT_TRUE(has(test.output, "stopped by  identity")) << test.output;
}

TEST(Simulate, WhatDependsOnAnUnknownPartIsUndecided) {
  constexpr std::string_view kOrganization = R"({
    "Version": "2012-10-17",
    "Statement": { "Sid": "Ours", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents",
                   "Resource": "arn:aws:events:us-east-1:111122223333:event-bus/orders",
                   "Condition": { "StringEquals": { "aws:PrincipalOrgID": "‹parameter OrgId›" } } } })";
  TestMachine test{{"request.json", request("111122223333", R"("aws:PrincipalOrgID": "o-exampleorgid")")},
                   {"no-organization.json", request("111122223333")},
                   {"bus.json", std::string(kOrganization)}};
  EXPECT_EQ(test.run({"simulate", "request.json", "bus.json"}), 1) << test.errors;
  EXPECT_TRUE(has(test.output, "undecided  events:PutEvents")) << test.output;
  EXPECT_TRUE(has(test.output, "unknown     depends on parameter OrgId")) << test.output;
  EXPECT_TRUE(has(test.output, "perhaps by  bus.json:3:18  \"Ours\"")) << test.output;
  EXPECT_EQ(test.run({"simulate", "request.json", "bus.json", "--report", "json"}), 1);
  EXPECT_TRUE(has(test.output, R"("understood": false)")) << test.output;
  EXPECT_TRUE(has(test.output, R"("unknown": "depends on parameter OrgId")")) << test.output;
  // Whatever the parameter is, this caller has no organisation.
  EXPECT_EQ(test.run({"simulate", "no-organization.json", "bus.json"}), 1);
  EXPECT_TRUE(has(test.output, "implicitly denied")) << test.output;
}

TEST(Simulate, LayersComeFromTypes) {
  TestMachine test{
      {"request.json", request("111122223333")},
      {"identity.json", std::string(kIdentity)},
      {"scp.json",
       R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})"}};
  EXPECT_EQ(test.run({"simulate", "request.json", "identity.json", "scp.json", "--as", "scp=scp.json"}), 1);
  EXPECT_TRUE(has(test.output, "implicitly denied")) << test.output;
  EXPECT_EQ(test.run({"simulate", "request.json", "identity.json", "scp.json", "--as", "boundary=scp.json"}),
            1);
  EXPECT_EQ(test.run({"simulate", "request.json", "identity.json", "scp.json"}), 0);
}

TEST(Simulate, AResourceHasOnePolicy) {
  TestMachine test{{"request.json", request("111122223333")},
                   {"a.json", std::string(kOpenBus)},
                   {"b.json", std::string(kClosedBus)}};
  EXPECT_EQ(test.run({"simulate", "request.json", "a.json", "b.json"}), 2);
  EXPECT_TRUE(has(test.errors, "a request has one resource")) << test.errors;
}

TEST(Simulate, AWholeCaseAndAWitnessAreRequestsToo) {
  TestMachine test{{"case.json", R"({"id": "x", "request": )" + request("111122223333") +
                                     R"(, "identityPolicies": [)" + std::string(kIdentity) + "]}"},
                   {"witness.json",
                    R"({"request": )" + request("111122223333") + R"(, "decision": "allowed", "rows": []})"},
                   {"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"simulate", "case.json"}), 0) << test.errors;
  EXPECT_TRUE(has(test.output, "\"Put\"")) << test.output;
  EXPECT_EQ(test.run({"simulate", "witness.json", "bus.json"}), 0) << test.errors;
}

TEST(Simulate, WhatWasNotUnderstoodIsNotRelied) {
  TestMachine test{
      {"request.json", request("111122223333")},
      {"identity.json",
       R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "events:*", "Resource": "*"},
           {"Sid": "Odd", "Effect": "Deny", "Action": "events:*", "Resource": "*",
            "Condition": {"StringAlmost": {"events:source": "x"}}}]})"}};
  EXPECT_EQ(test.run({"simulate", "request.json", "identity.json"}), 1);
  EXPECT_TRUE(test.output.starts_with("undecided")) << test.output;
  EXPECT_TRUE(has(test.output, "\"Odd\" was not understood")) << test.output;
  EXPECT_TRUE(has(test.errors, "StringAlmost")) << test.errors;
}

TEST(Simulate, AnswersInJson) {
  TestMachine test{{"request.json", request("999999999999")}, {"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"simulate", "request.json", "bus.json", "--report", "json"}), 0);
  EXPECT_TRUE(has(test.output, R"("result": "Allowed")")) << test.output;
  EXPECT_TRUE(has(test.output, R"("statement": "PartnerPut")")) << test.output;
}

TEST(Simulate, MistakesOfTheRequest) {
  TestMachine test{{"request.json", R"({"principal": {}})"}, {"text.json", "hello"}};
  EXPECT_EQ(test.run({"simulate", "request.json"}), 2);
  EXPECT_TRUE(has(test.errors, "request.json:1:")) << test.errors;
  EXPECT_EQ(test.run({"simulate", "text.json"}), 2);
  EXPECT_TRUE(has(test.errors, "GP0001")) << test.errors;
  EXPECT_EQ(test.run({"simulate", "missing.json"}), 2);
  EXPECT_EQ(test.run({"simulate", "request.json", "--report", "sarif"}), 2);
}

// ---- many cases

std::string one_case(const std::string& id, const std::string& expected) {
  return R"({"id": ")" + id + R"(", "request": )" + request("111122223333") +
         R"(, "resourcePolicy": {"Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"}})" +
         (expected.empty() ? "" : R"(, "expected": {"result": ")" + expected + "\"}") + "}";
}
std::string on_one_line(std::string text) {
  std::erase(text, '\n');
  return text + "\n";
}

TEST(SimulateCases, OneResultALine) {
  TestMachine test{
      {"cases.jsonl", on_one_line(one_case("a", "Allowed")) + "\n" + on_one_line(one_case("b\\\"", ""))}};
  EXPECT_EQ(test.run({"simulate", "--cases", "cases.jsonl"}), 0) << test.errors;
  EXPECT_EQ(test.output,
            "{\"id\":\"a\",\"result\":\"Allowed\"}\n{\"id\":\"b\\\"\",\"result\":\"Allowed\"}\n");
  EXPECT_EQ(test.errors, "2 cases, 1 with an expected result: 1 agree\n");
}

TEST(SimulateCases, ADifferenceFails) {
  TestMachine test{{"cases.jsonl",
                    on_one_line(one_case("a", "ExplicitlyDenied")) + on_one_line(one_case("b", "Allowed"))}};
  EXPECT_EQ(test.run({"simulate", "--cases", "cases.jsonl"}), 1);
  EXPECT_TRUE(has(test.errors, "cases.jsonl:1: a: expected ExplicitlyDenied, got Allowed")) << test.errors;
  EXPECT_TRUE(has(test.errors, "2 cases, 2 with an expected result: 1 agree, 1 differ")) << test.errors;
}

TEST(SimulateCases, ALineThatIsNoCaseIsWrongUseAndStopsNothing) {
  TestMachine test;
  test.input = "not a case\n" + on_one_line(one_case("b", "Allowed"));
  EXPECT_EQ(test.run({"simulate", "--cases", "-"}), 2);
  EXPECT_EQ(test.output, "{\"id\":null,\"line\":1,\"result\":null}\n{\"id\":\"b\",\"result\":\"Allowed\"}\n");
  EXPECT_TRUE(has(test.errors, "<stdin>:1: no case: column 1")) << test.errors;
}

}  // namespace
}  // namespace grantproof::cli
