// SPDX-License-Identifier: Apache-2.0
#include "router/expectation.h"

#include <gtest/gtest.h>

#include <string>

#include "router/router.h"
#include "unit/router/reading_configuration.h"

namespace grantproof::router {
namespace {

constexpr const char* kConfiguration = R"(
EventBuses:
  - Name: default
    Account: "111122223333"
    Region: us-east-1
    Rules:
      - Name: one
        EventPattern: {source: [a]}
        Targets:
          - {Id: q, Arn: "arn:aws:sqs:us-east-1:111122223333:q"}
          - {Id: p, Arn: "arn:aws:sqs:us-east-1:111122223333:p", Failing: NO_RESOURCE}
      - {Name: two, EventPattern: {source: [b]}, Targets: [{Id: x, Arn: "arn:aws:sqs:us-east-1:111122223333:x"}]}
)";

struct ReadExpectations {
  explicit ReadExpectations(const std::string& yaml) {
    base::DiagnosticSink sink;
    if (const auto node = syntax::read_yaml(sources, sources.add("expect.yaml", yaml), sink))
      expectations = read_expectations(*node, sink);
    for (const base::Diagnostic& diagnostic : sink.diagnostics())
      said += diagnostic.message + (diagnostic.help.empty() ? "" : " | " + diagnostic.help) + "\n";
  }
  base::SourceMap sources;
  Expectations expectations;
  std::string said;
};

std::string unmet(const std::string& expectation) {
  const ReadConfiguration of(kConfiguration);
  const ReadExpectations expected("Expectations: [" + expectation + "]");
  EXPECT_EQ(expected.said, "");
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto event =
      events::read_event(sources, sources.add("e", R"({"id": "e1", "source": "a", "detail": {}})"), sink);
  Router router(of.configuration, {});
  const auto trace = router.route(of.configuration.event_buses[0], *event);
  ExpectationCheck check(expected.expectations);
  std::string all;
  for (const UnmetExpectation& one : check.check(1, "e1", *trace))
    all += one.text + "\n";
  for (const UnmetExpectation& one : check.finish({}))
    all += one.text + "\n";
  EXPECT_EQ(check.unmet() == 0, all.empty());
  return all;
}

TEST(Expectation, IsMetOrSaysWhyNot) {
  struct Row {
    std::string expectation;
    std::string_view unmet;
  };
  const Row rows[] = {
      {"{Event: 1, Matched: [one], Delivered: [one/q], Dropped: [p], DeadLettered: []}", ""},
      {"{Event: e1, Matched: [default/one]}", ""},
      {"{Event: e1, Matched: [\"arn:aws:events:us-east-1:111122223333:rule/one\"]}", ""},
      {"{Event: 1, Delivered: [\"arn:aws:sqs:us-east-1:111122223333:q\"]}", ""},
      {"{Event: 1, Matched: []}", "event 1: matched by one, which is not expected\n"},
      {"{Event: 1, Matched: [one, two]}",
       "event 1: not matched by two: rule two missed it, source: \"a\" is not \"b\"\n"},
      {"{Event: 1, Matched: [one, one]}", "event 1: not matched by one\n"},
      {"{Event: 1, Delivered: [q, x]}",
       "event 1: not delivered to x: rule two missed it, source: \"a\" is not \"b\"\n"},
      {"{Event: 1, Delivered: [q, one/p]}", "event 1: not delivered to one/p: dropped with NO_RESOURCE\n"},
      {"{Event: 1, Dropped: []}", "event 1: dropped for one/p, which is not expected\n"},
      {"{Event: 1, Rejected: MalformedDetail}", "event 1: not rejected with MalformedDetail: accepted\n"},
      {"{Event: 2, Matched: []}", "event 2: there is no such event\n"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(unmet(row.expectation), row.unmet) << row.expectation;
}

TEST(Expectation, FilesAreReadWithTheirMistakes) {
  struct Row {
    std::string yaml;
    std::string_view said;
  };
  const Row rows[] = {
      {"{}", "nothing is expected here"},
      {"Expectation: []", "unknown key \"Expectation\" | did you mean \"Expectations\"?"},
      {"Expectations: [{Matched: []}]", "this expectation names no event"},
      {"Expectations: [{Event: 1}]", "this expectation says nothing of its event"},
      {"Expectations: [{Event: 1, Deliverd: []}]", "did you mean \"Delivered\"?"},
      {"Expectations: [{Event: 1, Delivered: q}]", "Delivered is a string, expected a list"},
      {"Metrics: {DroppedEvents: 1}",
       "CloudWatch has no DroppedEvents in AWS/Events | look at FailedInvocations without "
       "InvocationsSentToDlq"},
      {"Metrics: {MatchedEvent: 1}", "did you mean \"MatchedEvents\"?"},
      {"Metrics: {MatchedEvents: -1}", "the value of a counter is a whole number"},
      {"Metrics: [MatchedEvents]", "Metrics is a list, expected names with values"},
  };
  for (const Row& row : rows) {
    const ReadExpectations read(row.yaml);
    EXPECT_NE(read.said.find(row.said), std::string::npos) << row.yaml << "\n" << read.said;
  }
}

TEST(Expectation, CountersAreComparedAtTheEnd) {
  const ReadExpectations read("Metrics: {MatchedEvents: 0, Invocations: 2}");
  ExpectationCheck check(read.expectations);
  const auto unmet = check.finish({});
  ASSERT_EQ(unmet.size(), 1U);
  EXPECT_EQ(unmet[0].text, "Invocations is 0, expected 2");
  EXPECT_EQ(check.met(), 1U);
}

}  // namespace
}  // namespace grantproof::router
