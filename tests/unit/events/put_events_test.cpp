// SPDX-License-Identifier: Apache-2.0
#include "events/put_events.h"

#include <gtest/gtest.h>

#include "syntax/json_reader.h"

namespace grantproof::events {
namespace {

const PutEventsCall kCall{.account = "111122223333", .region = "us-east-1", .time = 1'767'225'600};

RequestEntry entry(std::optional<std::string> source, std::optional<std::string> detail_type,
                   std::optional<std::string> detail) {
  RequestEntry made;
  made.source = std::move(source);
  made.detail_type = std::move(detail_type);
  made.detail = std::move(detail);
  return made;
}

EntryResult put(const RequestEntry& of, std::uint64_t number = 1) {
  base::SourceMap sources;
  return accept_entry(of, kCall, number, sources);
}

constexpr auto kNone = std::nullopt;

TEST(PutEvents, AnswersAsTheServiceWasCaptured) {
  struct Row {
    std::string_view what;
    RequestEntry entry;
    std::string_view code;  // empty: accepted
    std::string_view message;
  };
  constexpr std::string_view kArgument = "InvalidArgument";
  const Row rows[] = {
      {"all there", entry("s", "t", "{}"), "", ""},
      {"no source", entry(kNone, "t", "{}"), kArgument,
       "Parameter Source is not valid. Reason: Source is a required argument."},
      {"an empty source", entry("", "t", "{}"), kArgument,
       "Parameter Source is not valid. Reason: Source is a required argument."},
      {"no detail type", entry("s", kNone, "{}"), kArgument,
       "Parameter DetailType is not valid. Reason: DetailType is a required argument."},
      {"an empty detail type", entry("s", "", "{}"), kArgument,
       "Parameter DetailType is not valid. Reason: DetailType is a required argument."},
      {"no detail", entry("s", "t", kNone), kArgument,
       "Parameter Detail is not valid. Reason: Detail is a required argument."},
      // The first check that fails is the one that is told.
      {"nothing", entry(kNone, kNone, kNone), kArgument,
       "Parameter Source is not valid. Reason: Source is a required argument."},
      {"no detail type, detail malformed", entry("s", kNone, "["), kArgument,
       "Parameter DetailType is not valid. Reason: DetailType is a required argument."},
      {"aws. and no detail", entry("aws.ec2", "t", kNone), kArgument,
       "Parameter Detail is not valid. Reason: Detail is a required argument."},
      {"aws. and malformed", entry("aws.ec2", "t", "1"), "MalformedDetail", "Detail is malformed."},
      {"an array", entry("s", "t", "[1]"), "MalformedDetail", "Detail is malformed."},
      {"a string", entry("s", "t", "\"x\""), "MalformedDetail", "Detail is malformed."},
      {"a number", entry("s", "t", "1"), "MalformedDetail", "Detail is malformed."},
      {"encoded twice", entry("s", "t", R"("{\"a\": 1}")"), "MalformedDetail", "Detail is malformed."},
      {"an empty detail", entry("s", "t", ""), "MalformedDetail", "Detail is malformed."},
      {"cut off", entry("s", "t", "{\"a\": "), "MalformedDetail", "Detail is malformed."},
      {"a lone surrogate", entry("s", "t", R"({"a": "\ud800"})"), "MalformedDetail", "Detail is malformed."},
      {"AWS's own source", entry("aws.ec2", "t", "{}"), "NotAuthorizedForSourceException",
       "Not authorized for the source."},
      {"a source like AWS's", entry("awsome", "t", "{}"), "", ""},
      {"keys that stand twice", entry("s", "t", R"({"a": 1, "a": 2})"), "", ""},
      {"a number of 1,000 digits", entry("s", "t", "{\"n\": 1" + std::string(1000, '0') + "}"), "", ""},
      {"nested deeply", entry("s", "t", "{\"a\":" + std::string(998, '[') + std::string(998, ']') + "}"), "",
       ""},
      {"nested too deeply", entry("s", "t", "{\"a\":" + std::string(100'000, '[')), "MalformedDetail",
       "Detail is malformed."},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const EntryResult result = put(row.entry);
    EXPECT_EQ(result.event.has_value(), row.code.empty());
    EXPECT_EQ(result.error ? result.error->code : "", row.code);
    EXPECT_EQ(result.error ? result.error->message : "", row.message);
  }
}

TEST(PutEvents, AnAcceptedEntryBecomesAnEvent) {
  RequestEntry of = entry("com.shop", "Placed \"now\"", " {\"n\": 1.50}\n");
  of.time = 1'763'712'000;
  of.resources = {"arn:aws:s3:::b", "x\ty"};
  const EntryResult result = put(of);
  ASSERT_TRUE(result.event);
  const std::string id(result.event->text_of("id"));
  EXPECT_EQ(result.event->text,
            R"({"version":"0","id":")" + id +
                R"(","detail-type":"Placed \"now\"","source":"com.shop","account":"111122223333",)"
                R"("time":"2025-11-21T08:00:00Z","region":"us-east-1",)"
                R"("resources":["arn:aws:s3:::b","x\ty"],"detail":{"n": 1.50}})");
  base::DiagnosticSink sink;
  check_envelope(*result.event, sink);
  EXPECT_EQ(sink.errors(), 0U);
}

TEST(PutEvents, IdsAreTheSameInEveryRunAndDifferWithinOne) {
  const RequestEntry of = entry("s", "t", "{}");
  const auto id = [&](std::uint64_t number) { return std::string(put(of, number).event->text_of("id")); };
  EXPECT_EQ(id(1), id(1));
  EXPECT_NE(id(1), id(2));
  EXPECT_EQ(made_id("a"), "d228cb69-6f1a-8caf-b891-2b704e4a8964");
  EXPECT_EQ(put(of).event->text_of("time"), "2026-01-01T00:00:00Z");
}

TEST(PutEvents, CountsSizeAsTheUserGuideSays) {
  RequestEntry of = entry("\xC3\xA4", "tt", "{}");
  EXPECT_EQ(entry_size(of), 2U + 2 + 2);
  of.time = 0;
  of.resources = {"abc", "d"};
  of.event_bus_name = "does not count";
  EXPECT_EQ(entry_size(of), 6U + 14 + 4);
  EXPECT_EQ(entry_size(entry(kNone, kNone, kNone)), 0U);
}

TEST(PutEvents, SomeRequestsFailAsAWhole) {
  const RequestEntry good = entry("s", "t", "{}");
  const RequestEntry bad = entry("s", "t", kNone);
  EXPECT_FALSE(request_error({good}, kCall));
  EXPECT_FALSE(request_error({bad, good}, kCall));
  EXPECT_FALSE(request_error(std::vector<RequestEntry>(10, good), kCall));

  const auto none = request_error({}, kCall);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->code, "ValidationException");
  const auto eleven = request_error(std::vector<RequestEntry>(11, good), kCall);
  ASSERT_TRUE(eleven);
  EXPECT_NE(eleven->message.find("Member must have length less than or equal to 10"), std::string::npos);
  EXPECT_TRUE(request_error({bad, bad}, kCall));

  // The limit is inclusive, and of all entries together.
  PutEventsCall call = kCall;
  call.size_limit = 262'144;
  const RequestEntry half = entry("s", "t", std::string(131'070, ' '));
  EXPECT_FALSE(request_error({half, half}, call));
  RequestEntry more = half;
  more.resources = {"x"};
  const auto over = request_error({half, more}, call);
  ASSERT_TRUE(over);
  EXPECT_EQ(over->message, "Total size of the entries in the request is over the limit.");
  EXPECT_FALSE(request_error({half, more}, kCall));
}

// ---- entries as documents

std::string mistakes_of(const std::string& text) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto node = syntax::read_json(sources, sources.add("entry", text), sink);
  if (!node)
    return "no JSON";
  const auto read = read_request_entry(*node, sink);
  EXPECT_EQ(read.has_value(), sink.errors() == 0);
  std::string all;
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    const auto at = sources.locate(diagnostic.primary.span).begin;
    all += std::to_string(at.column) + " " + diagnostic.message + "; ";
  }
  return all;
}

TEST(PutEvents, EntriesAreReadWithTheirMistakes) {
  struct Row {
    std::string text;
    std::string_view mistakes;
  };
  const Row rows[] = {
      {R"({"Source": "s", "DetailType": "t", "Detail": "{}", "Time": "2026-11-21", "Resources": [],
           "EventBusName": "b", "TraceHeader": "x"})",
       ""},
      {R"({"Source": null, "Time": 1763712000.5})", ""},
      {R"({"Source": 1})", "12 Source is a number, expected a string; "},
      {R"({"Detail": {"a": 1}})", "12 Detail is an object, expected a string; "},
      {R"({"Time": "soon"})", "10 this is no time; "},
      {R"({"Resources": "x"})", "15 Resources is a string, expected a list of strings; "},
      {R"({"Resources": [1]})", "16 a resource is a string, not a number; "},
      {R"({"Source": "s", "Detailtype": "t"})", "17 an entry has no member \"Detailtype\"; "},
      {"[1]", "1 an entry is an object, not a list; "},
  };
  for (const Row& row : rows)
    EXPECT_EQ(mistakes_of(row.text), row.mistakes) << row.text;
}

}  // namespace
}  // namespace grantproof::events
