// SPDX-License-Identifier: Apache-2.0
#include "router/replay_configuration_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/router/reading_configuration.h"

namespace grantproof::router {
namespace {

TEST(ReplayConfiguration, IsReadAsAwsPrintsIt) {
  const ReadConfiguration read(R"(
EventBuses:
  - Arn: arn:aws:events:us-east-1:111122223333:event-bus/orders
    Description: where orders go
    Rules:
      - Name: all
        EventPattern: '{"source": ["a"]}'
        State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
        Targets:
          - Id: "1"
            Arn: arn:aws:sqs:us-east-1:111122223333:q
            RoleArn: arn:aws:iam::111122223333:role/r
            InputPath: $.detail
            RetryPolicy: {MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60}
            DeadLetterConfig: {Arn: "arn:aws:sqs:us-east-1:111122223333:dead"}
            Failing: {Error: THROTTLING, Times: 2}
    Archives:
      - {ArchiveName: kept, EventPattern: {source: [b]}, RetentionDays: 7}
  - {Name: default, Account: "111122223333", Region: cn-north-1,
     Rules: [{Name: nightly, ScheduleExpression: rate(1 day)}]}
FailingTargets:
  arn:aws:sqs:us-east-1:111122223333:dead: NO_RESOURCE
)");
  EXPECT_EQ(read.said, "");
  const ReplayConfiguration& of = read.configuration;
  ASSERT_EQ(of.event_buses.size(), 2U);
  const EventBus& orders = of.event_buses[0];
  EXPECT_EQ(orders.name, "orders");
  EXPECT_EQ(orders.account, "111122223333");
  EXPECT_EQ(orders.region, "us-east-1");
  ASSERT_EQ(orders.rules.size(), 1U);
  const Rule& rule = orders.rules[0];
  EXPECT_EQ(rule.arn, "arn:aws:events:us-east-1:111122223333:rule/orders/all");
  EXPECT_EQ(rule.state, RuleState::kEnabledWithAllCloudTrailManagementEvents);
  ASSERT_TRUE(rule.event_pattern);
  EXPECT_EQ(rule.event_pattern->tests.size(), 1U);
  ASSERT_EQ(rule.targets.size(), 1U);
  const Target& target = rule.targets[0];
  EXPECT_EQ(target.id, "1");
  EXPECT_TRUE(target.input.input_path);
  EXPECT_EQ(target.retry_policy.maximum_retry_attempts, 0U);
  EXPECT_EQ(target.retry_policy.maximum_event_age_in_seconds, 60U);
  EXPECT_EQ(target.dead_letter_queue, "arn:aws:sqs:us-east-1:111122223333:dead");
  ASSERT_TRUE(target.failing);
  EXPECT_EQ(target.failing->times, 2U);
  ASSERT_EQ(orders.archives.size(), 1U);
  EXPECT_TRUE(orders.archives[0].event_pattern);
  const EventBus& other = of.event_buses[1];
  EXPECT_EQ(other.arn, "arn:aws-cn:events:cn-north-1:111122223333:event-bus/default");
  EXPECT_EQ(other.rules[0].arn, "arn:aws-cn:events:cn-north-1:111122223333:rule/nightly");
  EXPECT_FALSE(other.rules[0].event_pattern);
}

// A configuration with one rule with these targets, or with this rule.
std::string with_targets(const std::string& targets) {
  return "EventBuses: [{Name: default, Account: \"111122223333\", Region: us-east-1, Rules: "
         "[{Name: r, EventPattern: {source: [a]}, Targets: [" +
         targets + "]}]}]";
}
std::string with_rule(const std::string& rule, const std::string& bus = "default") {
  return "EventBuses: [{Name: " + bus + ", Account: \"111122223333\", Region: us-east-1, Rules: [" + rule +
         "]}]";
}
std::string with_bus(const std::string& bus) {
  return "EventBuses: [" + bus + "]";
}
std::string target(const std::string& members) {
  return with_targets("{Id: t, Arn: \"arn:aws:sqs:us-east-1:111122223333:q\", " + members + "}");
}

TEST(ReplayConfiguration, MistakesAreSaidWithTheirRemedy) {
  const std::string kBus = "arn:aws:events:us-east-1:444455556666:event-bus/hub";
  const std::string kRole = "RoleArn: \"arn:aws:iam::111122223333:role/f\"";
  const std::string six =
      "{Id: a, Arn: \"arn:aws:sqs:r:111122223333:q\"}, {Id: b, Arn: \"arn:aws:sqs:r:111122223333:q\"}, "
      "{Id: c, Arn: \"arn:aws:sqs:r:111122223333:q\"}, {Id: d, Arn: \"arn:aws:sqs:r:111122223333:q\"}, "
      "{Id: e, Arn: \"arn:aws:sqs:r:111122223333:q\"}, {Id: f, Arn: \"arn:aws:sqs:r:111122223333:q\"}";
  struct Row {
    std::string text;
    std::string_view said;  // must be a part of what is said
  };
  const Row rows[] = {
      {"[]", "error the configuration is a list, expected keys with values"},
      {"{}", "error there are no EventBuses"},
      {"EventBusses: []", "error unknown key \"EventBusses\" | did you mean \"EventBuses\"?"},
      {"EventBuses: {}", "error EventBuses is an object, expected a list"},
      {with_bus("7"), "error an event bus is a number, expected keys with values"},
      {with_bus("{Account: \"111122223333\", Region: r}"),
       "error this event bus has no Name | give it, or the Arn of the bus"},
      {with_bus("{Name: a}"), "error this event bus has no Account or no Region | give both, or its Arn"},
      {with_bus("{Name: a, Account: 1111, Region: r}"), "error \"1111\" is no account id"},
      {with_bus("{Name: \"a b\", Account: \"111122223333\", Region: r}"),
       "error \"a b\" is no name of an event bus"},
      {with_bus("{Arn: \"arn:aws:sqs:r:111122223333:q\"}"), "is no ARN of an event bus"},
      {with_bus("{Arn: \"arn:aws:events:r:111122223333:event-busv2/a/1\"}"), "event-busv2"},
      {with_targets("{Id: a, Arn: \"arn:aws:events:r:111122223333:event-busv2/a/1\"}"),
       "has subscribers instead of rules; replay routes classic buses | write "
       "arn:aws:events:REGION:ACCOUNT:event-bus/NAME"},
      {with_bus("{Name: a, Arn: \"arn:aws:events:r:111122223333:event-bus/b\"}"),
       "error the Name in this ARN is b, but a is given | leave Name out, or write the one of the Arn"},
      {with_bus("{Arn: \"arn:aws:events:r:111122223333:event-bus/b\", Account: \"444455556666\"}"),
       "error the Arn says that this bus is in account 111122223333 | leave Account out"},
      {with_bus("{Arn: \"arn:aws:events:r:111122223333:event-bus/b\", Region: s}"),
       "error the Arn says that this bus is in region r | leave Region out"},
      {with_bus("{Name: a, Account: \"111122223333\", Region: r, Rules: []}, {Name: a, Account: "
                "\"111122223333\", Region: r}"),
       "stands here twice"},
      {with_rule("{EventPattern: {source: [a]}}"),
       "error this rule has no Name | add Name: up to 64 letters"},
      {with_rule("{Name: r}"), "error rule r has neither EventPattern nor ScheduleExpression"},
      {with_rule("{Name: \"r/x\", EventPattern: {source: [a]}}"), "error \"r/x\" is no name of a rule"},
      {with_rule("{Name: r, State: ENABLE, EventPattern: {source: [a]}}"),
       "error unknown state \"ENABLE\" | did you mean \"ENABLED\"?"},
      {with_rule("{Name: r, EventPatern: {source: [a]}}"),
       "error unknown key \"EventPatern\" | did you mean \"EventPattern\"?"},
      {with_rule("{Name: r, ScheduleExpression: hourly}"), "error this is no schedule expression"},
      {with_rule("{Name: r, ScheduleExpression: rate(1 day)}", "orders"),
       "error ScheduleExpression is supported only on the default event bus"},
      {with_rule("{Name: r, Arn: \"arn:aws:events:us-east-1:111122223333:rule/default/r\", EventPattern: "
                 "{source: [a]}}"),
       "error the ARN of this rule would be arn:aws:events:us-east-1:111122223333:rule/r"},
      {with_rule("{Name: r, EventPattern: {source: [a]}}, {Name: r, EventPattern: {source: [a]}}"),
       "error the rule r stands on this bus twice"},
      {with_rule("{Name: r, EventPattern: {source: a}}"), "error"},
      {with_rule("{Name: r, EventPattern: '{\"source\": \"a\"}'}"), "error"},
      {with_targets(six), "error a rule has up to 5 targets, this one has 6"},
      {with_targets("{Id: a, Arn: \"arn:aws:sqs:r:111122223333:q\"}, {Id: a, Arn: "
                    "\"arn:aws:sqs:r:111122223333:q\"}"),
       "error two targets of this rule have the Id a"},
      {with_targets("{Arn: \"arn:aws:sqs:r:111122223333:q\"}"),
       "error this target has no Id | add Id: up to 64 letters"},
      {with_targets("{Id: a}"),
       "error this target has no Arn | add Arn: arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE"},
      {with_targets("{Id: a, Arn: queue}"), "error Arn is \"queue\", which is no ARN"},
      {with_targets("{Id: a, Arn: \"arn:aws:sqs:r:12345:q\"}"),
       "error the account in this ARN is \"12345\" | an account id has twelve digits"},
      {target("RoleArn: \"arn:aws:iam::111122223333:user/u\""), "is no ARN of a role"},
      {target("Input: {a: 1}"), "error Input is an object, expected JSON text in a string"},
      {target("Input: hello"), "error Input is no JSON text"},
      {target("Input: '\"" + std::string(8191, 'x') + "\"'"),
       "error Input has 8193 bytes; EventBridge takes 8192"},
      {target("InputPath: detail"), "error InputPath: a path begins with $"},
      {target("Input: '1', InputPath: $.a"),
       "error Only one of Input, InputPath, or InputTransformer must be provided for target t"},
      {target("InputTransformer: {InputPathsMap: {a: $.a}}"),
       "error InputTransformer has no InputTemplate | add InputTemplate: '{\"key\": <name>}'"},
      {target("InputTransformer: {InputPathsMap: {state: $.a}, InputTemplate: '<stat>'}"),
       "error InputTemplate for target t contains invalid placeholder stat | did you mean <state>?"},
      {target("InputTransformer: {InputPathsMap: {AWSx: $.a}, InputTemplate: x}"),
       "is no name of a variable"},
      {target("InputTransformer: {InputPathsMap: {a: $.a}, InputTemplate: '{<a>: 1}'}"),
       "warning <a> stands as the name of a member"},
      {target("RetryPolicy: {MaximumRetryAttempts: 186}"),
       "error MaximumRetryAttempts is no whole number from 0 to 185"},
      {target("RetryPolicy: {MaximumEventAgeInSeconds: 59}"),
       "error MaximumEventAgeInSeconds is no whole number from 60 to 86400"},
      {target("DeadLetterConfig: {Arn: \"arn:aws:sns:r:111122223333:t\"}"),
       "error a dead-letter queue is a standard SQS queue"},
      {target("DeadLetterConfig: {Arn: \"arn:aws:sqs:r:111122223333:t.fifo\"}"),
       "error a dead-letter queue is a standard SQS queue"},
      {target("Failing: THROTTLE"), "error unknown error code \"THROTTLE\""},
      {target("Failing: {Times: 1}"), "error Failing has no Error"},
      {with_targets("{Id: a, Arn: \"" + kBus + "\"}"), "warning RoleArn is required for target a"},
      {with_targets("{Id: a, Arn: \"" + kBus + "\", " + kRole + ", InputPath: $.detail}"),
       "error Modifying the input for target a is not supported"},
      {with_targets("{Id: a, Arn: \"" + kBus + "\", " + kRole + ", RetryPolicy: {}}"),
       "error an event bus as a target takes no RetryPolicy | leave it out"},
      {with_targets("{Id: a, Arn: \"arn:aws:events:us-east-1:111122223333:event-bus/default\", " + kRole +
                    "}"),
       "error a rule cannot have its own bus as its target"},
      {with_rule("{Name: r, EventPattern: {source: [a]}}") + "\nFailingTargets: {\"arn:x\": TIMEOUT}",
       "error no rule has the target or dead-letter queue arn:x"},
      {with_bus("{Name: a, Account: \"111122223333\", Region: r, Archives: [{EventPattern: {source: [a]}}]}"),
       "error this archive has no ArchiveName | add ArchiveName: up to 48 letters"},
      {with_bus("{Name: a, Account: \"111122223333\", Region: r, Archives: [{ArchiveName: \"a b\"}]}"),
       "error \"a b\" is no name of an archive"},
  };
  for (const Row& row : rows) {
    const ReadConfiguration read(row.text);
    EXPECT_NE(read.said.find(row.said), std::string::npos) << row.text << "\n" << read.said;
  }
}

TEST(ReplayConfiguration, SaysWhereInAPatternThatIsAString) {
  const ReadConfiguration read(
      "EventBuses:\n  - Name: default\n    Account: '111122223333'\n    Region: r\n"
      "    Rules:\n      - Name: r\n"
      "        EventPattern: '{\"source\": \"a\"}'\n");
  EXPECT_EQ(read.said.substr(0, 5), "7:35 ") << read.said;
}

TEST(ReplayConfiguration, ManyRulesAreAWarning) {
  std::string rules;
  for (int i = 0; i < 301; ++i)
    rules +=
        (i == 0 ? "" : ", ") + std::string("{Name: r") + std::to_string(i) + ", EventPattern: {source: [a]}}";
  const ReadConfiguration read(with_rule(rules));
  EXPECT_NE(read.said.find("warning this bus has 301 rules; the quota is 300"), std::string::npos)
      << read.said;
}

}  // namespace
}  // namespace grantproof::router
