// SPDX-License-Identifier: Apache-2.0
#include "router/router.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "router/metrics.h"
#include "unit/router/reading_configuration.h"

namespace grantproof::router {
namespace {

events::Event event_of(const std::string& source, const std::string& detail = "{}",
                       const std::string& detail_type = "t") {
  static base::SourceMap sources;
  base::DiagnosticSink sink;
  return *events::read_event(
      sources,
      sources.add("event", R"({"version":"0","id":"e1","detail-type":")" + detail_type + R"(","source":")" +
                               source +
                               R"(","account":"111122223333","time":"2026-11-21T08:00:00Z",)"
                               R"("region":"us-east-1","resources":[],"detail":)" +
                               detail + "}"),
      sink);
}

// "matched orders", "  delivered orders/q THROTTLING": kind, rule or target, code; two blanks a hop.
std::vector<std::string> told(const Trace& trace) {
  std::vector<std::string> lines;
  for (const TraceStep& step : trace.steps) {
    std::string line(2 * static_cast<std::size_t>(step.hops), ' ');
    line += name(step.kind);
    if (step.archive != nullptr)
      line += " " + step.archive->name;
    else if (step.target != nullptr)
      line += " " + step.rule->name + "/" + step.target->id;
    else if (step.rule != nullptr)
      line += " " + step.rule->name;
    else
      line += " " + step.bus->name;
    if (step.attempts > 0)
      line += " x" + std::to_string(step.attempts);
    if (!step.code.empty())
      line += " " + step.code;
    if (!step.exhausted.empty())
      line += " " + std::string(step.exhausted);
    lines.push_back(std::move(line));
  }
  return lines;
}
using Lines = std::vector<std::string>;

Lines routed(const ReadConfiguration& of, const events::Event& event, std::size_t bus = 0) {
  EXPECT_EQ(of.said, "");
  Router router(of.configuration, {.time = 1'767'225'600});
  const auto trace = router.route(of.configuration.event_buses.at(bus), event);
  EXPECT_TRUE(trace) << trace.error().message;
  return told(*trace);
}

std::string bus(const std::string& name, const std::string& rules,
                const std::string& account = "111122223333", const std::string& region = "us-east-1") {
  return "  - {Name: " + name + ", Account: \"" + account + "\", Region: " + region + ", Rules: [" + rules +
         "]}\n";
}
std::string rule(const std::string& name, const std::string& targets,
                 const std::string& pattern = "{source: [a]}") {
  return "{Name: " + name + ", EventPattern: " + pattern + ", Targets: [" + targets + "]}";
}
std::string queue(const std::string& id, const std::string& members = "") {
  return "{Id: " + id + ", Arn: \"arn:aws:sqs:us-east-1:111122223333:" + id + "\"" +
         (members.empty() ? "" : ", " + members) + "}";
}
std::string to_bus(const std::string& id, const std::string& account, const std::string& name,
                   const std::string& region = "us-east-1", const std::string& members = "") {
  return "{Id: " + id + ", Arn: \"arn:aws:events:" + region + ":" + account + ":event-bus/" + name +
         "\", RoleArn: \"arn:aws:iam::" + account + ":role/f\"" + (members.empty() ? "" : ", " + members) +
         "}";
}

TEST(Router, EveryRuleIsLookedAtAndEveryTargetCalled) {
  const ReadConfiguration of("EventBuses:\n" +
                             bus("default", rule("one", queue("q") + ", " + queue("p")) + ", " +
                                                rule("two", queue("q"), "{source: [b]}") + ", " +
                                                rule("three", queue("q"), "{detail-type: [t]}") +
                                                ", {Name: off, State: DISABLED, EventPattern: {source: [a]}}"
                                                ", {Name: nightly, ScheduleExpression: rate(1 day)}"));
  EXPECT_EQ(routed(of, event_of("a")),
            (Lines{"received default", "matched one", "delivered one/q", "delivered one/p", "missed two",
                   "matched three", "delivered three/q", "disabled off", "scheduled nightly"}));
}

TEST(Router, SaysWhyARuleMissed) {
  const ReadConfiguration of("EventBuses:\n" + bus("default", rule("one", queue("q"), "{source: [b]}")));
  Router router(of.configuration, {});
  const auto trace = router.route(of.configuration.event_buses[0], event_of("a"));
  ASSERT_TRUE(trace);
  ASSERT_EQ(trace->steps.size(), 2U);
  EXPECT_EQ(trace->steps[1].reason, R"(source: "a" is not "b")");
}

TEST(Router, ReadOnlyCallsGoToRulesThatAskForThem) {
  const std::string pattern = "EventPattern: {source: [aws.s3]}";
  const ReadConfiguration of("EventBuses:\n" +
                             bus("default", "{Name: writes, " + pattern +
                                                "}, {Name: all, State: "
                                                "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, " +
                                                pattern + "}"));
  const std::string kCall = "AWS API Call via CloudTrail";
  const Lines both{"received default", "matched writes", "matched all"};
  const Lines one{"received default", "missed writes", "matched all"};
  EXPECT_EQ(routed(of, event_of("aws.s3", R"({"eventName": "ListBuckets"})", kCall)), one);
  EXPECT_EQ(
      routed(of, event_of("aws.s3", R"({"eventName": "GetBucketAcl", "managementEvent": true})", kCall)),
      one);
  EXPECT_EQ(routed(of, event_of("aws.s3", R"({"eventName": "CreateBucket"})", kCall)), both);
  EXPECT_EQ(routed(of, event_of("aws.s3", R"({"eventName": "GetObject", "managementEvent": false})", kCall)),
            both);
  EXPECT_EQ(routed(of, event_of("aws.s3", R"({"eventName": "GetObject", "eventCategory": "Data"})", kCall)),
            both);
  EXPECT_EQ(routed(of, event_of("aws.s3", R"({"eventName": "ListBuckets"})", "Object Created")), both);
}

// ---- buses

TEST(Router, AnEventIsSentOnOnceWithinARegion) {
  const ReadConfiguration of(
      "EventBuses:\n" + bus("default", rule("forward", to_bus("hub", "444455556666", "hub"))) +
      bus("hub",
          rule("again", to_bus("back", "111122223333", "default") + ", " +
                            to_bus("third", "777788889999", "x", "us-east-1",
                                   "DeadLetterConfig: {Arn: \"arn:aws:sqs:us-east-1:444455556666:dead\"}") +
                            ", " + queue("q")),
          "444455556666"));
  EXPECT_EQ(routed(of, event_of("a")),
            (Lines{"received default", "matched forward", "forwarded forward/hub", "  received hub",
                   "  matched again", "  dropped again/back THIRD_ACCOUNT_HOP_DETECTED",
                   "  dead-lettered again/third THIRD_ACCOUNT_HOP_DETECTED", "  delivered again/q"}));
  // Put there directly, it has its hop before it.
  EXPECT_EQ(routed(of, event_of("a"), 1),
            (Lines{"received hub", "matched again", "forwarded again/back", "  received default",
                   "  matched forward", "  dropped forward/hub THIRD_ACCOUNT_HOP_DETECTED",
                   "forwarded again/third", "delivered again/q"}));
}

TEST(Router, OneHopWithinARegionAndOneToAnotherInEitherOrder) {
  const std::string kA = "111122223333";
  for (const bool region_first : {true, false}) {
    const std::string second_region = region_first ? "eu-west-1" : "us-east-1";
    const ReadConfiguration of(
        "EventBuses:\n" + bus("default", rule("r1", to_bus("t", kA, "b", second_region))) +
        bus("b", rule("r2", to_bus("t", kA, "c", "eu-west-1")), kA, second_region) +
        bus("c", rule("r3", to_bus("t", kA, "d", "eu-west-1") + ", " + to_bus("u", kA, "d", "us-east-1")), kA,
            "eu-west-1"));
    EXPECT_EQ(
        routed(of, event_of("a")),
        (Lines{"received default", "matched r1", "forwarded r1/t", "  received b", "  matched r2",
               "  forwarded r2/t", "    received c", "    matched r3",
               "    dropped r3/t THIRD_ACCOUNT_HOP_DETECTED", "    dropped r3/u THIRD_REGION_HOP_DETECTED"}))
        << region_first;
  }
}

TEST(Router, AnotherRegionGivesANewIdAndTime) {
  const ReadConfiguration of("EventBuses:\n" +
                             bus("default", rule("r", to_bus("near", "111122223333", "x") + ", " +
                                                          to_bus("far", "111122223333", "x", "eu-west-1"))));
  Router router(of.configuration, {.time = 1'767'225'600});
  const auto trace = router.route(of.configuration.event_buses[0], event_of("a"));
  ASSERT_TRUE(trace);
  ASSERT_EQ(trace->steps.size(), 4U);
  EXPECT_NE(trace->steps[2].payload.find(R"("id":"e1")"), std::string::npos);
  const std::string& far = trace->steps[3].payload;
  EXPECT_EQ(far.find(R"("id":"e1")"), std::string::npos) << far;
  EXPECT_NE(far.find(R"("account":"111122223333","time":"2026-01-01T00:00:00Z","region":"us-east-1")"),
            std::string::npos)
      << far;
  EXPECT_FALSE(trace->steps[3].reason.empty());
}

// ---- targets that fail

TEST(Router, RetriesAndDeadLettersAsThePolicySays) {
  const std::string kDead = "DeadLetterConfig: {Arn: \"arn:aws:sqs:us-east-1:111122223333:dead\"}";
  struct Row {
    std::string members;
    Lines steps;  // behind "matched r"
  };
  const Row rows[] = {
      {"Failing: NO_PERMISSIONS", {"dropped r/q NO_PERMISSIONS"}},
      {"Failing: NO_PERMISSIONS, " + kDead, {"dead-lettered r/q NO_PERMISSIONS"}},
      {"Failing: {Error: NO_RESOURCE, Times: 1}", {"dropped r/q NO_RESOURCE"}},
      {"Failing: THROTTLING",
       {"retried r/q x185 THROTTLING", "dropped r/q x185 THROTTLING MaximumRetryAttempts"}},
      {"Failing: TIMEOUT, RetryPolicy: {MaximumRetryAttempts: 2}, " + kDead,
       {"retried r/q x2 TIMEOUT", "dead-lettered r/q x2 TIMEOUT MaximumRetryAttempts"}},
      {"Failing: TIMEOUT, RetryPolicy: {MaximumRetryAttempts: 0}, " + kDead, {"dead-lettered r/q TIMEOUT"}},
      {"Failing: TIMEOUT, RetryPolicy: {MaximumEventAgeInSeconds: 60}",
       {"retried r/q x185 TIMEOUT", "dropped r/q x185 TIMEOUT MaximumEventAgeInSeconds"}},
      {"Failing: {Error: THROTTLING, Times: 3}", {"retried r/q x3 THROTTLING", "delivered r/q"}},
      {"Failing: {Error: THROTTLING, Times: 3}, RetryPolicy: {MaximumRetryAttempts: 2}",
       {"retried r/q x2 THROTTLING", "dropped r/q x2 THROTTLING MaximumRetryAttempts"}},
      {"InputTransformer: {InputPathsMap: {d: $.detail}, InputTemplate: '{\"d\": \"<d>\"}'}, " + kDead,
       {"dead-lettered r/q INVALID_JSON"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.members);
    const ReadConfiguration of("EventBuses:\n" + bus("default", rule("r", queue("q", row.members))));
    Lines all{"received default", "matched r"};
    all.insert(all.end(), row.steps.begin(), row.steps.end());
    EXPECT_EQ(routed(of, event_of("a", R"({"x": "y"})")), all);
  }
}

TEST(Router, ADeadLetterQueueMayFail) {
  const ReadConfiguration of(
      "EventBuses:\n" +
      bus("default",
          rule("r", queue("q", "DeadLetterConfig: {Arn: \"arn:aws:sqs:us-east-1:111122223333:d\"}"))) +
      "FailingTargets:\n  arn:aws:sqs:us-east-1:111122223333:q: NO_RESOURCE\n"
      "  arn:aws:sqs:us-east-1:111122223333:d: NO_PERMISSIONS\n");
  ASSERT_EQ(of.said, "");
  Router router(of.configuration, {});
  const auto trace = router.route(of.configuration.event_buses[0], event_of("a"));
  ASSERT_TRUE(trace);
  EXPECT_EQ(told(*trace).back(), "dropped r/q NO_RESOURCE");
  EXPECT_TRUE(trace->steps.back().dead_letter_queue_failed);
  Metrics metrics;
  metrics.count(*trace);
  EXPECT_EQ(metrics.total(Metric::kInvocationsFailedToBeSentToDlq), 1U);
  EXPECT_EQ(metrics.total(Metric::kInvocationsSentToDlq), 0U);
  EXPECT_EQ(metrics.total(Metric::kFailedInvocations) - metrics.total(Metric::kInvocationsSentToDlq), 1U);
}

TEST(Router, TheDeadLetteredMessageIsTheEvent) {
  const ReadConfiguration of(
      "EventBuses:\n" + bus("default", rule("r", queue("q",
                                                       "Input: '1', Failing: NO_RESOURCE, DeadLetterConfig: "
                                                       "{Arn: \"arn:aws:sqs:us-east-1:111122223333:d\"}"))));
  Router router(of.configuration, {});
  const events::Event event = event_of("a", R"({"n": 1.50})");
  const auto trace = router.route(of.configuration.event_buses[0], event);
  ASSERT_TRUE(trace);
  EXPECT_NE(trace->steps.back().payload.find(R"("detail":{"n":1.50})"), std::string::npos)
      << trace->steps.back().payload;
}

// ---- archives

TEST(Router, ArchivesHoldEventsAndReplaysComeWithAName) {
  const ReadConfiguration of(R"(
EventBuses:
  - Name: default
    Account: "111122223333"
    Region: us-east-1
    Rules:
      - {Name: one, EventPattern: {source: [a]}, Targets: [{Id: q, Arn: "arn:aws:sqs:us-east-1:111122223333:q"}]}
      - {Name: two, EventPattern: {source: [a], replay-name: [{exists: false}]}}
      - {Name: three, EventPattern: {replay-name: [again]}}
    Archives: [{ArchiveName: all}, {ArchiveName: only-b, EventPattern: {source: [b]}}]
)");
  ASSERT_EQ(of.said, "");
  const EventBus& first = of.configuration.event_buses[0];
  EXPECT_EQ(routed(of, event_of("a")), (Lines{"received default", "archived all", "matched one",
                                              "delivered one/q", "matched two", "missed three"}));
  EXPECT_EQ(routed(of, event_of("b"))[2], "archived only-b");

  Router router(of.configuration, {});
  ArchiveReplay replay{.name = "again", .archive = &first.archives[0], .filter_rules = {}};
  const auto whole = router.replay(first, event_of("a"), replay);
  ASSERT_TRUE(whole);
  EXPECT_EQ(told(*whole),
            (Lines{"received default", "matched one", "delivered one/q", "missed two", "matched three"}));
  EXPECT_NE(whole->steps[2].payload.find(R"("region":"us-east-1","replay-name":"again","resources")"),
            std::string::npos);

  replay.filter_rules = {&first.rules[2]};
  const auto filtered = router.replay(first, event_of("a"), replay);
  ASSERT_TRUE(filtered);
  EXPECT_EQ(told(*filtered),
            (Lines{"received default", "not-replayed one", "not-replayed two", "matched three"}));

  replay.archive = &first.archives[1];
  const auto not_held = router.replay(first, event_of("a"), replay);
  ASSERT_TRUE(not_held);
  EXPECT_EQ(told(*not_held), Lines{"missed only-b"});
  EXPECT_EQ(not_held->steps[0].reason, R"(source: "a" is not "b")");

  // A replayed event is not archived again.
  const events::Event replayed = events::with_member(event_of("a"), "replay-name", "again");
  EXPECT_EQ(routed(of, replayed)[1], "matched one");
  replay.archive = &first.archives[0];
  EXPECT_EQ(told(*router.replay(first, replayed, replay)), Lines{"missed all"});
}

// ---- counters

TEST(Metrics, CountAsCloudWatchDoes) {
  const ReadConfiguration of(
      "EventBuses:\n" +
      bus("default", rule("r", queue("q") + ", " + queue("p", "Failing: NO_RESOURCE") + ", " +
                                   queue("s", "Failing: {Error: TIMEOUT, Times: 2}")) +
                         ", " + rule("other", queue("q"), "{source: [b]}")));
  Router router(of.configuration, {});
  Metrics metrics;
  const EventBus& first = of.configuration.event_buses[0];
  metrics.count(*router.route(first, event_of("a")));
  metrics.count(*router.route(first, event_of("c")));
  const std::pair<Metric, std::uint64_t> expected[] = {
      {Metric::kMatchedEvents, 1},        {Metric::kTriggeredRules, 1},
      {Metric::kInvocations, 3},          {Metric::kFailedInvocations, 1},
      {Metric::kInvocationAttempts, 5},   {Metric::kRetryInvocationAttempts, 2},
      {Metric::kInvocationsSentToDlq, 0}, {Metric::kSuccessfulInvocationAttempts, 2},
  };
  for (const auto& [metric, value] : expected) {
    EXPECT_EQ(metrics.total(metric), value) << name(metric);
    EXPECT_EQ(metrics.of_bus(first, metric), value) << name(metric);
    EXPECT_EQ(metrics.of_rule(first.rules[0], metric), value) << name(metric);
    EXPECT_EQ(metrics.of_rule(first.rules[1], metric), 0U) << name(metric);
  }
  EXPECT_EQ(metrics.total(Metric::kFailedInvocations) - metrics.total(Metric::kInvocationsSentToDlq), 1U);

  metrics.count_entry(true, false, false);
  metrics.count_entry(false, true, false);
  metrics.count_entry(true, false, true);
  EXPECT_EQ(metrics.total(Metric::kPutEventsApproximateCallCount), 2U);
  EXPECT_EQ(metrics.total(Metric::kPutEventsApproximateSuccessCount), 1U);
  EXPECT_EQ(metrics.total(Metric::kPutEventsApproximateFailedCount), 1U);
  EXPECT_EQ(metrics.total(Metric::kPutEventsEntriesCount), 3U);
  EXPECT_EQ(metrics.total(Metric::kPutEventsFailedEntriesCount), 2U);
}

TEST(Metrics, NamesThatDoNotExistHaveAnAnswer) {
  for (std::size_t i = 0; i < kMetrics; ++i) {
    const auto metric = static_cast<Metric>(i);
    EXPECT_EQ(find_metric(name(metric)), metric);
    EXPECT_EQ(find_missing_metric(name(metric)), nullptr);
  }
  for (const std::string_view missing : {"DroppedEvents", "EventBusThrottled", "RuleTriggeredEvents"}) {
    EXPECT_FALSE(find_metric(missing)) << missing;
    EXPECT_NE(find_missing_metric(missing), nullptr) << missing;
  }
}

}  // namespace
}  // namespace grantproof::router
