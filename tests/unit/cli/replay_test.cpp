// SPDX-License-Identifier: Apache-2.0
//
// replay as a user runs it, through run(). Whole outputs are in tests/golden/replay*.
#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

constexpr const char* kBuses = R"(
EventBuses:
  - Name: default
    Account: "111122223333"
    Region: us-east-1
    Rules: [{Name: all, EventPattern: {source: [{prefix: ""}]},
             Targets: [{Id: q, Arn: "arn:aws:sqs:us-east-1:111122223333:q"}]}]
  - Name: orders
    Account: "111122223333"
    Region: us-east-1
    Rules: [{Name: orders, EventPattern: {source: [a]}}]
)";
constexpr const char* kEntry = R"({"Source": "a", "DetailType": "t", "Detail": "{}"})";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string envelope(const std::string& account) {
  return R"({"version":"0","id":"e1","detail-type":"t","source":"a","account":")" + account +
         R"(","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{}})";
}

TEST(Replay, EntriesGoToTheBusTheyName) {
  TestMachine test{{"buses.yaml", kBuses}};
  test.input = std::string(kEntry) + "\n" +
               R"({"Source": "a", "DetailType": "t", "Detail": "{}", "EventBusName": "orders"})" + "\n" +
               R"({"Source": "a", "DetailType": "t", "Detail": "{}",)"
               R"( "EventBusName": "arn:aws:events:us-east-1:111122223333:event-bus/orders"})" +
               "\n" + R"({"Source": "a", "DetailType": "t", "Detail": "{}", "EventBusName": "order"})";
  EXPECT_EQ(test.run({"replay", "-", "buses.yaml"}), 0) << test.errors;
  EXPECT_TRUE(has(test.output, "event 1  line 1  a / t\n  received       default (111122223333, us-east-1)"))
      << test.output;
  EXPECT_TRUE(has(test.output, "event 2  line 2  a / t\n  received       orders")) << test.output;
  EXPECT_TRUE(has(test.output, "event 3  line 3  a / t\n  received       orders")) << test.output;
  EXPECT_TRUE(has(test.output, "lost           account 111122223333 has no bus order")) << test.output;
  EXPECT_EQ(test.errors, "");
}

TEST(Replay, BusIsWhereEventsGoThatNameNone) {
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", envelope("111122223333") + kEntry}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--bus", "orders"}), 0) << test.errors;
  EXPECT_FALSE(has(test.output, "received       default")) << test.output;
  EXPECT_TRUE(has(test.output, "2 events")) << test.output;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--bus", "ordrs"}), 2);
  EXPECT_TRUE(has(test.errors, "did you mean orders?")) << test.errors;
}

TEST(Replay, AnEventWithoutABusIsAMistake) {
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", envelope("999999999999")}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml"}), 2);
  EXPECT_TRUE(has(test.errors,
                  "events.json:1:1: error: the configuration has no default bus of account 999999999999"))
      << test.errors;
  EXPECT_TRUE(has(test.errors, "--bus")) << test.errors;
}

TEST(Replay, MistakesDoNotEndTheReplayButItsSuccess) {
  TestMachine test{{"buses.yaml", kBuses},
                   {"events.json", std::string(kEntry) + "\n{\"a\": \n" + kEntry + "\n"}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml"}), 2);
  EXPECT_TRUE(has(test.output, "2 events")) << test.output;
  EXPECT_TRUE(has(test.errors, "events.json:2:6: error:")) << test.errors;
}

TEST(Replay, NothingToReplayIsNoSuccess) {
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", "\n"}, {"empty.yaml", "EventBuses: []"}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml"}), 2);
  EXPECT_TRUE(has(test.errors, "events.json has no events")) << test.errors;
  EXPECT_EQ(test.run({"replay", "events.json", "empty.yaml"}), 2);
  EXPECT_EQ(test.run({"replay", "nothing.json", "buses.yaml"}), 2);
  EXPECT_EQ(test.run({"replay", "events.json", "nothing.yaml"}), 2);
}

TEST(Replay, ExpectationsDecideTheExitCode) {
  TestMachine test{{"buses.yaml", kBuses},
                   {"events.json", kEntry},
                   {"met.yaml", "Expectations: [{Event: 1, Delivered: [all/q]}]"},
                   {"unmet.json", R"({"Expectations": [{"Event": 1, "Delivered": []}]})"},
                   {"wrong.yaml", "Expectations: [{Event: 1, Deliverd: []}]"}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--expect", "met.yaml"}), 0) << test.output;
  EXPECT_TRUE(has(test.output, "1 of 1 expectation met")) << test.output;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--expect", "unmet.json"}), 1);
  EXPECT_TRUE(has(test.output, "delivered to all/q, which is not expected")) << test.output;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--expect", "wrong.yaml"}), 2);
  EXPECT_TRUE(has(test.errors, "wrong.yaml:1:27: error: unknown key \"Deliverd\"")) << test.errors;
}

TEST(Replay, RunsAreTheSame) {
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", std::string(kEntry) + kEntry}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--report", "ndjson"}), 0);
  const std::string first = test.output;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--report", "ndjson"}), 0);
  EXPECT_EQ(test.output, first);
  EXPECT_TRUE(has(first, R"(\"time\":\"2026-01-01T00:00:00Z\")")) << first;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--report", "ndjson", "--time", "2026-02-03"}),
            0);
  EXPECT_TRUE(has(test.output, R"(\"time\":\"2026-02-03T00:00:00Z\")")) << test.output;
}

TEST(Replay, ReportsGoIntoFilesToo) {
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", kEntry}};
  EXPECT_EQ(
      test.run({"replay", "events.json", "buses.yaml", "--report", "summary", "--report", "json=out.json"}),
      0);
  EXPECT_TRUE(test.output.starts_with("1 event, 1 delivery")) << test.output;
  const auto written = test.files.read_file("out.json");
  ASSERT_TRUE(written);
  EXPECT_TRUE(written->starts_with(R"({"format":"grantproof-replay/1","events":[)")) << *written;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--report", "sarif"}), 2);
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "-qq"}), 0);
  EXPECT_EQ(test.output, "");
}

TEST(Replay, TheLimitOfARequestIsAnOption) {
  const std::string large =
      R"({"Source": "a", "DetailType": "t", "Detail": "{\"x\": \")" + std::string(300'000, 'x') + R"(\"}"})";
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", large}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml"}), 0);
  EXPECT_TRUE(has(test.output, "1 delivery")) << test.output;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--put-events-limit", "262144"}), 0);
  EXPECT_TRUE(has(test.output, "rejected       ValidationException: Total size")) << test.output;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--put-events-limit", "1"}), 2);
}

TEST(Replay, OptionsThatNeedOthersSaySo) {
  TestMachine test{{"buses.yaml", kBuses}, {"events.json", kEntry}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--rule", "all"}), 2);
  EXPECT_TRUE(has(test.errors, "--archive")) << test.errors;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--archive", "none"}), 2);
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--time", "soon"}), 2);
  EXPECT_EQ(test.run({"replay", "events.json"}), 2);
}

TEST(Replay, ArchivesOfOneNameAreToldApartByTheirBus) {
  constexpr const char* kTwoAccounts = R"(
EventBuses:
  - {Name: orders, Account: "111122223333", Region: us-east-1, Archives: [{ArchiveName: all}]}
  - {Name: orders, Account: "444455556666", Region: us-east-1, Archives: [{ArchiveName: all}]}
)";
  TestMachine test{{"buses.yaml", kTwoAccounts}, {"events.json", envelope("444455556666")}};
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--archive", "all"}), 2);
  EXPECT_TRUE(
      has(test.errors, "--archive: the configuration has 2 archives all\n  say with --bus of which bus"))
      << test.errors;
  EXPECT_EQ(test.run({"replay", "events.json", "buses.yaml", "--archive", "all", "--bus",
                      "arn:aws:events:us-east-1:444455556666:event-bus/orders"}),
            0)
      << test.errors;
}

// ---- match

TEST(Match, TakesThePatternItself) {
  TestMachine test{{"events.json", R"([{"a": 1}, {"a": 2}])"}};
  EXPECT_EQ(test.run({"match", R"({"a": [1, 2]})", "events.json"}), 0) << test.errors;
  EXPECT_TRUE(has(test.output, "2 of 2 events match")) << test.output;
  EXPECT_EQ(test.run({"match", R"({"a": [1]})", "events.json"}), 1);
  EXPECT_TRUE(has(test.output, "no match  events.json:1")) << test.output;
  EXPECT_EQ(test.run({"match", R"({"a": 1})", "events.json"}), 2);
  EXPECT_TRUE(has(test.errors, "<pattern>:1:7: error:")) << test.errors;
}

TEST(Match, EntriesAreMatchedAsTheEventsTheyBecome) {
  TestMachine test;
  test.input = std::string(kEntry) + R"({"Source": "a", "Detail": "{}"})";
  EXPECT_EQ(test.run({"match", R"({"source": ["a"], "account": ["123456789012"]})", "-"}), 1);
  EXPECT_TRUE(has(test.output, "match     <stdin>:1  a / t")) << test.output;
  EXPECT_TRUE(has(test.output, "rejected  <stdin>:1  InvalidArgument")) << test.output;
}

TEST(Match, AnEventThatIsNoneIsAnError) {
  TestMachine test{{"events.json", R"([{"a": 1}, 7, {"a": )"}};
  EXPECT_EQ(test.run({"match", R"({"a": [1]})", "events.json"}), 2);
  EXPECT_TRUE(has(test.errors, "events.json:1:12: error: an event is an object, not a number"))
      << test.errors;
}

TEST(Match, ExplainNamesTheFieldThatFailed) {
  TestMachine test{{"events.json", R"({"a": 1, "b": "x"})"}};
  EXPECT_EQ(test.run({"match", R"({"a": [1], "b": ["y"]})", "events.json", "--explain"}), 1);
  EXPECT_TRUE(has(test.output, "  held       a: 1\n  failed     b: \"x\" is not \"y\"\n")) << test.output;
}

TEST(Match, CasesWithoutAnExpectedResultAgreeWithNothing) {
  TestMachine test{{"cases.jsonl",
                    R"({"id": "a", "pattern": "{\"a\": [1]}", "event": "{\"a\": 1}"})"
                    "\n"
                    R"({"id": "b", "pattern": "{\"a\": [1]}", "event": "{\"a\":", "valid": true})"
                    "\n"
                    R"({"id": "c", "pattern": "{\"a\": [1]}", "event": "{\"a\":"})"
                    "\n"}};
  EXPECT_EQ(test.run({"match", "--cases", "cases.jsonl"}), 1);
  EXPECT_TRUE(has(test.errors, "3 cases, 1 with an expected result: 0 agree, 1 differ, 1 not decided\n"))
      << test.errors;
}

TEST(Match, CasesStandAlone) {
  TestMachine test{{"cases.jsonl", ""}, {"events.json", "{}"}};
  EXPECT_EQ(test.run({"match", "--cases", "cases.jsonl", "events.json"}), 2);
  EXPECT_EQ(test.run({"match", "{}"}), 2);
}

}  // namespace
}  // namespace grantproof::cli
