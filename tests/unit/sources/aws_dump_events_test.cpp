// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDumpEvents, Buses) {
  const DumpCase kCases[] = {
      {R"({"Name": "hub", "Arn": "arn:aws-cn:events:cn-north-1:111122223333:event-bus/hub",
           "KmsKeyIdentifier": "alias/hub", "DeadLetterConfig": {"Arn": "arn:aws-cn:sqs:cn-north-1:111122223333:dlq"},
           "LogConfig": {"IncludeDetail": "FULL", "Level": "INFO"}, "ResponseMetadata": {"HTTPStatusCode": 200}})",
       R"(AWS::Events::EventBus hub 111122223333 cn-north-1 arn:aws-cn:events:cn-north-1:111122223333:event-bus/hub {"Name":"hub","KmsKeyIdentifier":"alias/hub","DeadLetterConfig":{"Arn":"arn:aws-cn:sqs:cn-north-1:111122223333:dlq"},"LogConfig":{"IncludeDetail":"FULL","Level":"INFO"}}
)"},
      // a policy as an object, null members, a name with slashes
      {R"({"EventBuses": [{"Name": "aws.partner/shop/1", "Arn": "arn:aws:events:us-east-1:111122223333:event-bus/aws.partner/shop/1",
           "Description": null, "Policy": {"Statement": []}}]})",
       R"(AWS::Events::EventBus aws.partner/shop/1 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:event-bus/aws.partner/shop/1 {"Name":"aws.partner/shop/1"} without KmsKeyIdentifier, DeadLetterConfig, LogConfig
AWS::Events::EventBusPolicyDocument aws.partner/shop/1 111122223333 us-east-1 {"EventBusName":"arn:aws:events:us-east-1:111122223333:event-bus/aws.partner/shop/1","PolicyDocument":{"Statement":[]}}
)"},
      // what cannot be read stays as it is
      {R"({"Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub",
           "Policy": "{\"Statement\": ${ACCEL_LOOKUP::Policy}}"})",
       R"(AWS::Events::EventBus hub 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:event-bus/hub {"Name":"hub"}
AWS::Events::EventBusPolicyDocument hub 111122223333 us-east-1 {"EventBusName":"arn:aws:events:us-east-1:111122223333:event-bus/hub","PolicyDocument":"{\"Statement\": ${ACCEL_LOOKUP::Policy}}"}
)",
       "2:39 GP0301 the policy of event bus hub is not JSON: found $, expected a value | put it in double "
       "quotes: \"$\"\n"},
      {R"({"Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub", "Policy": 7, "DeadLetterConfig": []})",
       R"(AWS::Events::EventBus hub 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:event-bus/hub {"Name":"hub"} without DeadLetterConfig
AWS::Events::EventBusPolicyDocument hub 111122223333 us-east-1 {"EventBusName":"arn:aws:events:us-east-1:111122223333:event-bus/hub","PolicyDocument":7}
)",
       "1:97 GP0301 DeadLetterConfig of event bus hub is a list, expected an object\n"
       "1:74 GP0301 the policy of event bus hub is a number, expected an object | AWS prints it as a JSON "
       "object, or "
       "as the text of one in a string\n"},
      // rules and archives inside of their bus, as people put them together
      {R"({"EventBuses": [{"Name": "hub", "Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub",
           "Rules": [{"Name": "r", "EventPattern": {"source": ["x"]}, "State": "ENABLED", "Targets": []}],
           "Archives": [{"ArchiveName": "a", "EventPattern": {"source": ["x"]}}]}]})",
       R"(AWS::Events::EventBus hub 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:event-bus/hub {"Name":"hub"} without KmsKeyIdentifier, DeadLetterConfig, LogConfig
AWS::Events::Rule r {"Name":"r","EventPattern":{"source":["x"]},"State":"ENABLED","Targets":[],"EventBusName":"arn:aws:events:us-east-1:111122223333:event-bus/hub"}
AWS::Events::Archive a 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:archive/a {"ArchiveName":"a","EventPattern":{"source":["x"]},"SourceArn":"arn:aws:events:us-east-1:111122223333:event-bus/hub"}
)"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpEvents, Rules) {
  const DumpCase kCases[] = {
      // a schedule on the default bus, a rule on another account's bus, one of a partner's bus
      {R"({"Rules": [
           {"Name": "nightly", "Arn": "arn:aws:events:us-east-1:111122223333:rule/nightly", "State": "DISABLED", "ScheduleExpression": "cron", "RoleArn": "arn:aws:iam::111122223333:role/r"},
           {"Name": "far", "Arn": "arn:aws:events:us-east-1:111122223333:rule/far", "State": "ENABLED", "EventPattern": "{}", "EventBusName": "arn:aws:events:us-east-1:444455556666:event-bus/hub"},
           {"Name": "p", "Arn": "arn:aws:events:us-east-1:111122223333:rule/aws.partner/shop/1/p", "State": "ENABLED", "EventPattern": "{}", "ManagedBy": "x.amazonaws.com"}]})",
       R"(AWS::Events::Rule nightly 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:rule/nightly {"Name":"nightly","ScheduleExpression":"cron","State":"DISABLED","RoleArn":"arn:aws:iam::111122223333:role/r","EventBusName":"default"} without Targets
AWS::Events::Rule far 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:rule/far {"Name":"far","EventBusName":"arn:aws:events:us-east-1:444455556666:event-bus/hub","EventPattern":"{}","State":"ENABLED"} without Targets
AWS::Events::Rule p 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:rule/aws.partner/shop/1/p {"Name":"p","EventPattern":"{}","State":"ENABLED","ManagedBy":"x.amazonaws.com","EventBusName":"aws.partner/shop/1"} without Targets
)"},
      // members that a query left out are not told; the bus stands beside the rules
      {R"({"EventBusName": "hub", "Rules": [{"Name": "r", "EventPattern": "{}"}]})",
       R"(AWS::Events::Rule r {"Name":"r","EventPattern":"{}","EventBusName":"hub"} without State, Targets
)"},
      // a list of rules, as --query Rules prints it
      {R"([{"Name": "r", "Arn": "arn:aws:events:us-east-1:111122223333:rule/r", "EventPattern": {"source": ["a"]}, "State": "ENABLED",
            "Targets": [{"Id": "1", "Arn": "arn:aws:sqs:us-east-1:111122223333:q"}]}])",
       R"(AWS::Events::Rule r 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:rule/r {"Name":"r","EventPattern":{"source":["a"]},"State":"ENABLED","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:111122223333:q"}],"EventBusName":"default"}
)"},
      {R"({"Rules": []})", ""},
      {R"({"Rules": "none"})", "", "1:11 GP0301 Rules is a string, expected a list of rules\n",
       "1:11 AWS::Events::Rule rules are missing, as this could not be read\n"},
      {R"({"Rules": [5, {"Name": "r", "EventPattern": 7, "State": [], "Targets": {}}, {"Nam": "r"}]})",
       R"(AWS::Events::Rule r {"Name":"r"} without EventPattern, State, Targets
)",
       "1:12 GP0301 a number in Rules, expected an object\n"
       "1:45 GP0301 EventPattern of rule r is a number, expected an event pattern\n"
       "1:57 GP0301 State of rule r is a list, expected a text\n"
       "1:72 GP0301 Targets of rule r is an object, expected a list\n"
       "1:77 GP0301 this is no rule as AWS describes it\n",
       "1:12 AWS::Events::Rule rules are missing, as this could not be read\n"
       "1:77 AWS::Events::Rule rules are missing, as this could not be read\n"},
      {R"({"Rules": [{"Name": [], "EventPattern": "{}"}]})", "",
       "1:12 GP0301 this rule has no name | AWS prints it as Name\n",
       "1:12 AWS::Events::Rule rules are missing, as this could not be read\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpEvents, Targets) {
  const std::string wrap =
      "nothing says whose targets these are: list-targets-by-rule does not name the rule | put the "
      "parameters of the "
      "call beside them, {\"EventBusName\": …, \"Rule\": …, \"Targets\": […]}, or name the file "
      "list-targets-by-rule.BUS.RULE.json\n";
  const std::string missing = " AWS::Events::Targets targets are missing, as this could not be read\n";
  const std::string targets = R"("Targets": [{"Id": "1", "Arn": "arn:aws:sqs:us-east-1:111122223333:q"}])";
  const std::string read = R"("Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:111122223333:q"}])";
  const DumpCase kCases[] = {
      {R"({"EventBusName": "hub", "Rule": "r", )" + targets + "}",
       R"(AWS::Events::Targets r {"Rule":"r","EventBusName":"hub",)" + read + "}\n"},
      // without --event-bus-name the call means the default bus
      {R"({"Rule": "r", "EventBusName": null, )" + targets + "}",
       R"(AWS::Events::Targets r {"Rule":"r",)" + read + "}\n"},
      {R"({"Rule": "r", "EventBusName": "arn:aws:events:eu-west-1:111122223333:event-bus/hub", )" + targets +
           "}",
       R"(AWS::Events::Targets r 111122223333 eu-west-1 {"Rule":"r","EventBusName":"arn:aws:events:eu-west-1:111122223333:event-bus/hub",)" +
           read + "}\n"},
      {R"({"Rule": "arn:aws:events:eu-west-1:111122223333:rule/hub/r", )" + targets + "}",
       R"(AWS::Events::Targets r 111122223333 eu-west-1 {"Rule":"arn:aws:events:eu-west-1:111122223333:rule/hub/r","EventBusName":"hub",)" +
           read + "}\n"},
      {R"({"Rule": "r", "Targets": []})", "AWS::Events::Targets r {\"Rule\":\"r\",\"Targets\":[]}\n"},
      {R"({"Rule": "r", "Targets": 5})", "", "1:26 GP0301 Targets is a number, expected a list\n",
       "1:26" + missing},
      // names of files
      {"{" + targets + "}", R"(AWS::Events::Targets r {"Rule":"r","EventBusName":"hub",)" + read + "}\n", "",
       "", "hub.r.targets.json"},
      // where only the rule is said, its bus may be any
      {"{" + targets + "}",
       R"(AWS::Events::Targets to-r {"Rule":"to-r",)" + read + "} without EventBusName\n", "", "",
       "x/targets-to-r.json"},
      {R"({"EventBusName": "hub", )" + targets + "}",
       R"(AWS::Events::Targets r {"Rule":"r","EventBusName":"hub",)" + read + "}\n", "", "",
       "events-list-targets-by-rule.r.json"},
      {"{" + targets + "}", "", "1:13 GP0301 " + wrap, "1:13" + missing, "targets.json"},
      {"{" + targets + "}", "", "1:13 GP0301 " + wrap, "1:13" + missing, "a.b.c.targets.json"},
      {"{\"Rule\": [], " + targets + "}", "", "1:25 GP0301 " + wrap, "1:25" + missing},
      // of several answers in a file its name says nothing
      {"[{" + targets + "}, {" + targets + "}]", "", "1:14 GP0301 " + wrap + "1:89 GP0301 " + wrap,
       "1:14" + missing + "1:89" + missing, "targets-r.json"},
      {"[{" + targets + "}]", R"(AWS::Events::Targets r {"Rule":"r",)" + read + "} without EventBusName\n",
       "", "", "targets-r.json"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpEvents, ArchivesConnectionsPipesAndSchedules) {
  const DumpCase kCases[] = {
      {R"({"Archives": [{"ArchiveName": "a", "EventSourceArn": "arn:aws:events:us-east-1:111122223333:event-bus/hub", "State": "ENABLED", "RetentionDays": 7}]})",
       R"(AWS::Events::Archive a 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:archive/a {"ArchiveName":"a","SourceArn":"arn:aws:events:us-east-1:111122223333:event-bus/hub","RetentionDays":7} without EventPattern, KmsKeyIdentifier
)"},
      {R"({"ArchiveName": "a", "ArchiveArn": "arn:aws:events:us-east-1:111122223333:archive/a", "EventPattern": "{\"source\":[\"x\"]}"})",
       R"(AWS::Events::Archive a 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:archive/a {"ArchiveName":"a","EventPattern":"{\"source\":[\"x\"]}"} without SourceArn
)"},
      {R"({"Connections": [{"ConnectionArn": "arn:aws:events:us-east-1:111122223333:connection/c/1-2", "Name": "c", "ConnectionState": "AUTHORIZED", "AuthorizationType": "API_KEY"}]})",
       R"(AWS::Events::Connection c 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:connection/c/1-2 {"Name":"c","AuthorizationType":"API_KEY"} without KmsKeyIdentifier, InvocationConnectivityParameters
)"},
      {R"({"ApiDestinationArn": "arn:aws:events:us-east-1:111122223333:api-destination/d/1-2", "Name": "d",
           "ConnectionArn": "arn:aws:events:us-east-1:111122223333:connection/c/1-2", "HttpMethod": "POST",
           "InvocationEndpoint": "https://example.com", "InvocationRateLimitPerSecond": 300})",
       R"(AWS::Events::ApiDestination d 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:api-destination/d/1-2 {"Name":"d","ConnectionArn":"arn:aws:events:us-east-1:111122223333:connection/c/1-2","HttpMethod":"POST","InvocationEndpoint":"https://example.com","InvocationRateLimitPerSecond":300}
)"},
      // describe-endpoint has EventBuses, and is no list of buses
      {R"({"Name": "e", "Arn": "arn:aws:events:us-east-1:111122223333:endpoint/e", "RoutingConfig": {},
           "EventBuses": [{"EventBusArn": "arn:aws:events:us-east-1:111122223333:event-bus/hub"}], "RoleArn": "arn:aws:iam::111122223333:role/r"})",
       R"(AWS::Events::Endpoint e 111122223333 us-east-1 arn:aws:events:us-east-1:111122223333:endpoint/e {"Name":"e","EventBuses":[{"EventBusArn":"arn:aws:events:us-east-1:111122223333:event-bus/hub"}],"RoutingConfig":{},"RoleArn":"arn:aws:iam::111122223333:role/r"}
)"},
      {R"({"Arn": "arn:aws:pipes:us-east-1:111122223333:pipe/p", "Name": "p", "Source": "arn:aws:sqs:us-east-1:111122223333:q",
           "Target": "arn:aws:events:us-east-1:111122223333:event-bus/hub", "RoleArn": "arn:aws:iam::111122223333:role/p",
           "TargetParameters": {"EventBridgeEventBusParameters": {"Source": "shop", "DetailType": "d"}}})",
       R"(AWS::Pipes::Pipe p 111122223333 us-east-1 arn:aws:pipes:us-east-1:111122223333:pipe/p {"Name":"p","Source":"arn:aws:sqs:us-east-1:111122223333:q","Target":"arn:aws:events:us-east-1:111122223333:event-bus/hub","RoleArn":"arn:aws:iam::111122223333:role/p","TargetParameters":{"EventBridgeEventBusParameters":{"Source":"shop","DetailType":"d"}}}
)"},
      {R"({"Pipes": [{"Arn": "arn:aws:pipes:us-east-1:111122223333:pipe/p", "Name": "p", "Source": "s", "Target": "t"}]})",
       R"(AWS::Pipes::Pipe p 111122223333 us-east-1 arn:aws:pipes:us-east-1:111122223333:pipe/p {"Name":"p","Source":"s","Target":"t"} without RoleArn, SourceParameters, TargetParameters, Enrichment
)"},
      {R"({"Arn": "arn:aws:scheduler:us-east-1:111122223333:schedule/g/s", "Name": "s", "GroupName": "g", "ScheduleExpression": "cron",
           "State": "ENABLED", "Target": {"Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub", "RoleArn": "arn:aws:iam::111122223333:role/s"}})",
       R"(AWS::Scheduler::Schedule s 111122223333 us-east-1 arn:aws:scheduler:us-east-1:111122223333:schedule/g/s {"Name":"s","GroupName":"g","State":"ENABLED","ScheduleExpression":"cron","Target":{"Arn":"arn:aws:events:us-east-1:111122223333:event-bus/hub","RoleArn":"arn:aws:iam::111122223333:role/s"}}
)"},
      {R"({"Schedules": [{"Arn": "arn:aws:scheduler:us-east-1:111122223333:schedule/g/s", "Name": "s", "Target": {"Arn": "a"}}]})",
       R"(AWS::Scheduler::Schedule s 111122223333 us-east-1 arn:aws:scheduler:us-east-1:111122223333:schedule/g/s {"Name":"s","Target":{"Arn":"a"}} without ScheduleExpression, KmsKeyArn, Target
)"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpEvents, SpansLeadIntoThePolicyInTheString) {
  const ReadDump dump(
      "{\"Name\": \"hub\",\n \"Arn\": \"arn:aws:events:us-east-1:111122223333:event-bus/hub\",\n"
      " \"Policy\": \"{\\\"Statement\\\": [\\n{\\\"Effect\\\": \\\"Allow\\\"}]}\"}");
  const syntax::Node& document = dump.property(1, "PolicyDocument");
  const syntax::Node* statements = document.find("Statement");
  ASSERT_NE(statements, nullptr);
  const syntax::Node& effect = statements->items.at(0).members.at(0).value;
  EXPECT_EQ(dump.written(effect), "\\\"Allow\\\"");
  EXPECT_EQ(dump.place(effect.span), "3:45");
  EXPECT_EQ(dump.place(dump.translation.resources[1].span), "3:13");
}

TEST(AwsDumpEvents, Yaml) {
  const ReadDump dump(
      "Rules:\n- Arn: arn:aws:events:us-east-1:000011112222:rule/hub/r\n  EventBusName: hub\n  EventPattern: "
      "'{\"source\":[\"a\"]}'\n  Name: r\n  State: ENABLED\n",
      {.path = "rules.yaml", .account = {}, .region = {}});
  EXPECT_TRUE(dump.recognised);
  EXPECT_EQ(
      dump.resources(),
      "AWS::Events::Rule r 000011112222 us-east-1 arn:aws:events:us-east-1:000011112222:rule/hub/r "
      "{\"Name\":\"r\",\"EventBusName\":\"hub\",\"EventPattern\":\"{\\\"source\\\":[\\\"a\\\"]}\",\"State\":"
      "\"ENABLED\"} without Targets\n");
}

}  // namespace
}  // namespace grantproof::sources
