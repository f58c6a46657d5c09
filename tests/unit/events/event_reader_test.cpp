// SPDX-License-Identifier: Apache-2.0
#include "events/event_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace grantproof::events {
namespace {

constexpr std::string_view kEvent =
    R"({"version":"0","id":"i","detail-type":"t","source":"s","account":"111122223333",)"
    R"("time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":{}})";
constexpr std::string_view kEntry = R"({"Source":"s","DetailType":"t","Detail":"{}"})";

// One line an event or mistake, in the order in which they come.
std::vector<std::string> read(std::string_view text, std::size_t limit = 1'048'576,
                              EventReader::Envelope envelope = EventReader::Envelope::kRequired) {
  std::vector<std::string> lines;
  EventReader reader(
      {.account = "111122223333", .region = "us-east-1", .time = 0, .size_limit = limit}, envelope,
      {.event =
           [&](IncomingEvent& event) {
             lines.push_back(std::to_string(event.number) + " " + std::to_string(event.begin.line) + ":" +
                             std::to_string(event.begin.column) + " " + (event.put ? "entry" : "event") +
                             (event.event_bus_name.empty() ? "" : " on " + event.event_bus_name) +
                             (event.first_of_request ? " first" : "") +
                             (event.request_error ? " request: " + event.request_error->code : "") +
                             (event.error ? " " + event.error->code : "") + (event.event ? " ok" : ""));
             return true;
           },
       .mistake =
           [&](const EventMistake& mistake) {
             lines.push_back(std::to_string(mistake.at.line) + ":" + std::to_string(mistake.at.column) + " " +
                             mistake.message);
           }});
  reader.feed(text);
  reader.finish();
  return lines;
}

using Lines = std::vector<std::string>;

TEST(EventReader, TakesEveryForm) {
  const std::string event(kEvent);
  const std::string entry(kEntry);
  EXPECT_EQ(read(event), Lines{"1 1:1 event ok"});
  EXPECT_EQ(read("[" + event + ",\n" + entry + "]"), (Lines{"1 1:2 event ok", "2 2:1 entry first ok"}));
  EXPECT_EQ(read(entry + "\n" + event + "\n"), (Lines{"1 1:1 entry first ok", "2 2:1 event ok"}));
  EXPECT_EQ(read("{\"Entries\": [\n  " + entry + ",\n  " + entry + "]}"),
            (Lines{"1 2:3 entry first ok", "2 3:3 entry ok"}));
  EXPECT_EQ(read(R"({"Source":"s","DetailType":"t","Detail":"{}","EventBusName":"b"})"),
            Lines{"1 1:1 entry on b first ok"});
}

TEST(EventReader, AnEntryByItselfHasItsOwnError) {
  EXPECT_EQ(read(R"({"Source":"s","DetailType":"t"})"), Lines{"1 1:1 entry first InvalidArgument"});
  EXPECT_EQ(read(kEntry, 3), Lines{"1 1:1 entry first request: ValidationException"});
}

TEST(EventReader, ARequestFailsAsAWhole) {
  EXPECT_EQ(read(R"({"Entries": []})"), Lines{"1 1:1 entry first request: ValidationException"});
  EXPECT_EQ(read(R"({"Entries": [{"Source":"s"}]})"),
            Lines{"1 1:14 entry first request: ValidationException InvalidArgument"});
  std::string entries;
  for (int i = 0; i < 11; ++i)
    entries += (i == 0 ? "" : ",") + std::string(kEntry);
  const Lines lines = read("{\"Entries\": [" + entries + "]}");
  ASSERT_EQ(lines.size(), 11U);
  EXPECT_EQ(lines[10].find("ok"), std::string::npos) << lines[10];
}

TEST(EventReader, GoesOnBehindAMistake) {
  const std::string event(kEvent);
  EXPECT_EQ(read(event + "\n{\"id\": \n" + event + "\n"),
            (Lines{"1 1:1 event ok", "2:7 found the end of the text, expected a value", "2 3:1 event ok"}));
  const Lines lines = read("[{\n  \"id\": 1}, " + event + "]");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "2:9 \"id\" of an event is a string, not a number");
  EXPECT_EQ(lines[1], "1 2:13 event ok");
  EXPECT_EQ(read("[1, " + event + "]"), (Lines{"1:2 an event is an object, not a number", "1 1:5 event ok"}));
  EXPECT_EQ(read(R"({"Entries": {}})"), Lines{"1:13 Entries is an object, expected a list"});
}

TEST(EventReader, AMistakeOfKindSaysWhatToWrite) {
  const auto help = [](std::string_view text) {
    std::string said;
    EventReader reader({}, EventReader::Envelope::kRequired,
                       {.event = [](IncomingEvent&) { return true; },
                        .mistake = [&said](const EventMistake& mistake) { said = mistake.help; }});
    reader.feed(text);
    reader.finish();
    return said;
  };
  EXPECT_EQ(help(R"({"id": 1})"), R"(write "id": "…")");
  EXPECT_EQ(help(R"({"Entries": {}})"),
            R"(write "Entries": [{"Source": …, "DetailType": …, "Detail": …}, …])");
  EXPECT_EQ(help(R"({"Source": "s", "Resources": "r"})"), R"(write "Resources": ["ARN", …])");
}

TEST(EventReader, AnyObjectIsAnEventForAPattern) {
  EXPECT_EQ(read(R"({"a": 1})", 100, EventReader::Envelope::kAny), Lines{"1 1:1 event ok"});
  EXPECT_EQ(read(R"({"a": 1})"), Lines{"1:1 this event has no \"id\""});
  EXPECT_EQ(read(R"({"Detail": 1})", 100, EventReader::Envelope::kAny), Lines{"1 1:1 event ok"});
  EXPECT_EQ(read(kEntry, 100, EventReader::Envelope::kAny), Lines{"1 1:1 entry first ok"});
  EXPECT_EQ(read(R"({"detail-type": "t", "Entries": [], "Source": 1, "Detail": 1})", 100,
                 EventReader::Envelope::kAny),
            Lines{"1 1:1 event ok"});
}

TEST(EventReader, HostileEventsAreMistakesAtTheirPlace) {
  struct Row {
    std::string_view what;
    std::string text;
  };
  const Row rows[] = {
      {"depth", "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"},
      {"depth without end", "{\"a\":" + std::string(100'000, '{')},
      {"a lone surrogate", R"({"a": "\udc00"})"},
      {"cut off in a string", "{\"a\": \"" + std::string(1'000'000, 'x')},
      {"a control character", "{\"a\": \"\x01\"}"},
      {"no UTF-8", "{\"a\": \"\xFF\"}"},
      {"a NUL byte", std::string("{\"a\": \0 1}", 10)},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Lines lines = read(row.text, 100, EventReader::Envelope::kAny);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].find("ok"), std::string::npos) << lines[0].substr(0, 200);
    EXPECT_EQ(lines[0].substr(0, 2), "1:") << lines[0].substr(0, 200);
  }
  for (const std::string& text :
       {"{\"a\": 1" + std::string(1000, '0') + "}", "{\"a\": \"" + std::string(1'000'000, 'x') + "\"}"})
    EXPECT_EQ(read(text, 100, EventReader::Envelope::kAny), Lines{"1 1:1 event ok"});
}

}  // namespace
}  // namespace grantproof::events
