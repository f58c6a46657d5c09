// SPDX-License-Identifier: Apache-2.0
#include "router/bus_matcher.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "unit/events/event_case_file.h"

namespace grantproof::router {
namespace {

const std::filesystem::path kSource = GRANTPROOF_SOURCE_DIR;

// What a bus with these rules says of an event.
std::vector<RuleNumber> matched(const BusMatcher& bus, std::string_view event) {
  MatchSession session(bus);
  const auto rules = session.match(event);
  EXPECT_TRUE(rules) << event << ": " << rules.error().message;
  return rules ? std::vector<RuleNumber>(rules->begin(), rules->end()) : std::vector<RuleNumber>{};
}

std::string mistake(const BusMatcher& bus, std::string_view event) {
  MatchSession session(bus);
  const auto rules = session.match(event);
  return rules ? "no mistake" : rules.error().message;
}

events::EventPattern pattern(std::string_view text) {
  return events::tests::pattern_of(text).value();
}

BusMatcher bus_of(const std::vector<std::string>& patterns) {
  BusMatcher bus;
  for (std::uint32_t i = 0; i < patterns.size(); ++i)
    bus.add(i, pattern(patterns[i]));
  return bus;
}

using Rules = std::vector<RuleNumber>;

TEST(BusMatcher, TellsWhichRulesMatch) {
  const BusMatcher bus = bus_of({
      R"({"source":["aws.ec2"]})",
      R"({"source":["aws.ec2"],"detail":{"state":["running",{"prefix":"stop"}]}})",
      R"({"source":["aws.s3"]})",
      R"({"detail":{"state":[{"anything-but":"running"}]}})",
      R"({"detail":{"missing":[{"exists":false}]}})",
      R"({"$or":[{"source":["aws.s3"]},{"detail":{"size":[{"numeric":[">",5]}]}}]})",
  });
  EXPECT_EQ(matched(bus, R"({"source":"aws.ec2","detail":{"state":"running"}})"), (Rules{0, 1, 4}));
  EXPECT_EQ(matched(bus, R"({"source":"aws.ec2","detail":{"state":"stopped","size":6}})"),
            (Rules{0, 1, 3, 4, 5}));
  EXPECT_EQ(matched(bus, R"({"source":"aws.s3","detail":{"missing":1,"size":50e-1}})"), (Rules{2, 5}));
  EXPECT_EQ(matched(bus, "{}"), (Rules{4}));
}

TEST(BusMatcher, RulesComeAndGo) {
  BusMatcher bus;
  MatchSession session(bus);
  const auto now = [&] {
    const auto rules = session.match(R"({"source":"a","detail":{"n":7,"ip":"10.0.0.1","s":"xyz"}})").value();
    return Rules(rules.begin(), rules.end());
  };
  EXPECT_EQ(now(), Rules{});
  const std::vector<std::string> patterns = {
      R"({"source":["a"]})",
      R"({"source":["a"],"detail":{"n":[7]}})",
      R"({"detail":{"n":[{"numeric":["<",8]}]}})",
      R"({"detail":{"ip":[{"cidr":"10.0.0.0/8"}]}})",
      R"({"detail":{"s":[{"suffix":"yz"}]}})",
      R"({"detail":{"s":[{"equals-ignore-case":"XYZ"}]}})",
      R"({"detail":{"s":[{"exists":true}]}})",
      R"({"detail":{"t":[{"exists":false}]}})",
  };
  Rules expected;
  for (std::uint32_t i = 0; i < patterns.size(); ++i) {
    bus.add(i, pattern(patterns[i]));
    expected.push_back(i);
    EXPECT_EQ(now(), expected);
  }
  bus.remove(99);
  EXPECT_EQ(now(), expected);
  while (!expected.empty()) {
    bus.remove(expected.front());
    expected.erase(expected.begin());
    EXPECT_EQ(now(), expected);
  }
  bus.add(3, pattern(patterns[0]));
  EXPECT_EQ(now(), Rules{3});
}

TEST(BusMatcher, OneEventLeavesNothingForTheNext) {
  const BusMatcher bus = bus_of({R"({"a":["1"],"b":["2"]})", R"({"c":{"d":["3"],"e":["4"]}})"});
  MatchSession session(bus);
  EXPECT_EQ(session.match(R"({"a":"1"})")->size(), 0U);
  EXPECT_EQ(session.match(R"({"b":"2"})")->size(), 0U);
  EXPECT_FALSE(session.match(R"({"a":"1","b)").has_value());
  EXPECT_EQ(session.match(R"({"b":"2","c":[{"d":"3"},{"e":"4"}]})")->size(), 0U);
  EXPECT_EQ(session.match(R"({"b":"2","c":[{"e":"4"},{"d":"3","e":"4"}],"a":"1"})")->size(), 2U);
}

TEST(BusMatcher, WhatIsWrongWithAnEventIsTold) {
  const BusMatcher bus = bus_of({R"({"a":{"b":[1]}})"});
  const std::pair<std::string, std::string_view> cases[] = {
      {"", "the event is empty"},
      {"[]", "an event is one JSON object at byte 1"},
      {"7", "an event is one JSON object at byte 1"},
      {R"({"a":{"b":1})", "expected ',' or '}' at byte 13"},
      {R"({"a":{"b":01}})", "expected a value at byte 11"},
      {R"({"a":{"b":tru}})", "expected a value at byte 11"},
      {R"({"a":{"b":1 2}})", "expected ',' or '}' at byte 13"},
      {R"({"a":{"b":"\ud800"}})", "surrogate pair at byte 11"},
      {R"({"a":{"b":"\udc00"}})", "surrogate pair at byte 11"},
      {R"({"a":{"b":"\q"}})", "an escape in this string is not valid"},
      {R"({"a":{b:1}})", "expected a key in quotes at byte 7"},
      {R"({"a" 1})", "expected ':' after the key"},
      {R"({"a":{"b":1},})", "expected a key in quotes at byte 14"},
      {R"({"a":{"b":[1,]}})", "expected a value at byte 14"},
      {R"({"x":})", "expected a value at byte 6"},
      {R"({"x":[1)", "the event ends too early"},
      {"{\"a\":\"\xff\"}", "the event is no JSON"},
      {R"({"a":"open)", "the event is no JSON"},
  };
  for (const auto& [event, message] : cases)
    EXPECT_NE(mistake(bus, event).find(message), std::string::npos) << event << ": " << mistake(bus, event);
  EXPECT_EQ(matched(bus, R"({"a":{"b":1}} and "more)"), Rules{0});
  EXPECT_EQ(matched(bus, "\n {\"\\u0061\" : {\"b\":\t1.0 } }\r\n"), Rules{0});
}

TEST(BusMatcher, HostileEventsCostWhatTheirSizeCosts) {
  const BusMatcher bus = bus_of({R"({"a":{"b":[1],"c":[2]}})", R"({"a":[{"wildcard":"x*y*z"}]})"});
  EXPECT_NE(mistake(bus, R"({"a":)" + std::string(100'000, '[')).find("nested too deeply"),
            std::string::npos);
  std::string deep = R"({"a":)";
  for (int i = 0; i < 5'000; ++i)
    deep += R"({"b":)";
  // Below a.b no rule looks: this is skipped, however deep.
  EXPECT_EQ(matched(bus, deep + "1" + std::string(5'001, '}')), Rules{});
  EXPECT_EQ(matched(bus, R"({"a":")" + std::string(1'000'000, 'x') + R"("})"), Rules{});
  EXPECT_EQ(matched(bus, R"({"a":{"b":)" + std::string(1'000, '1') + R"(,"c":2}})"), Rules{});
  // A million scalars; and ten thousand elements of which none holds both fields, then one that does.
  std::string scalars = R"({"a":[1)";
  for (int i = 0; i < 1'000'000; ++i)
    scalars += ",1";
  EXPECT_EQ(matched(bus, scalars + "]}"), Rules{});
  std::string apart = R"({"a":[{"b":1})";
  for (int i = 0; i < 10'000; ++i)
    apart += i % 2 == 0 ? R"(,{"c":2})" : R"(,{"b":1})";
  EXPECT_EQ(matched(bus, apart + "]}"), Rules{});
  EXPECT_EQ(matched(bus, apart + R"(,{"b":1,"c":2}]})"), Rules{0});
}

TEST(BusMatcher, ManyThreadsShareOneBus) {
  std::vector<std::string> patterns;
  patterns.reserve(200);
  for (int i = 0; i < 200; ++i)
    patterns.push_back(
        fmt::format(R"({{"source":["s{}"],"detail":{{"n":[{{"numeric":["<",{}]}}]}}}})", i % 10, i));
  const BusMatcher bus = bus_of(patterns);
  const auto event = [](int i) {
    return fmt::format(R"({{"source":"s{}","detail":{{"n":{}}}}})", i % 10, i % 170);
  };
  std::vector<Rules> expected;
  expected.reserve(500);
  for (int i = 0; i < 500; ++i)
    expected.push_back(matched(bus, event(i)));
  std::vector<std::size_t> right(4);
  {
    std::vector<std::jthread> threads;
    threads.reserve(right.size());
    for (std::size_t& count : right) {
      threads.emplace_back([&] {
        MatchSession session(bus);
        for (int i = 0; i < 500; ++i) {
          const auto rules = session.match(event(i));
          count += rules && std::ranges::equal(*rules, expected[static_cast<std::size_t>(i)]) ? 1U : 0U;
        }
      });
    }
  }
  EXPECT_EQ(right, std::vector<std::size_t>(4, 500));
}

// ---- what was captured

std::vector<syntax::Node> lines_of(const std::filesystem::path& path) {
  std::vector<syntax::Node> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    lines.push_back(events::tests::read_line(line));
  return lines;
}

// Each pattern alone, and all of them on one bus.
void expect_captured(const std::filesystem::path& path) {
  const std::vector<syntax::Node> cases = lines_of(path);
  BusMatcher all;
  for (std::uint32_t i = 0; i < cases.size(); ++i) {
    if (events::tests::field(cases[i], "valid").boolean)
      all.add(i, pattern(events::tests::field(cases[i], "pattern").text));
  }
  MatchSession session(all);
  std::size_t matches = 0;
  for (std::uint32_t i = 0; i < cases.size(); ++i) {
    if (!events::tests::field(cases[i], "valid").boolean)
      continue;
    const std::string& pattern_text = events::tests::field(cases[i], "pattern").text;
    const std::string& event = events::tests::field(cases[i], "event").text;
    const bool expected = events::tests::field(cases[i], "matches").boolean;
    matches += expected ? 1U : 0U;
    BusMatcher alone;
    alone.add(i, pattern(pattern_text));
    EXPECT_EQ(matched(alone, event), expected ? Rules{i} : Rules{}) << pattern_text << "\n" << event;
    const auto of_all = session.match(event);
    ASSERT_TRUE(of_all) << event << ": " << of_all.error().message;
    EXPECT_EQ(std::ranges::binary_search(*of_all, i), expected) << pattern_text << "\n" << event;
  }
  EXPECT_GT(matches, cases.size() / 4);
}

TEST(BusMatcher, DecidesCapturedCases) {
  expect_captured(kSource / "tests/unit/events/cases/sample.jsonl");
}

TEST(BusMatcher, DecidesAllCapturedCases) {
  const std::filesystem::path folder = kSource.parent_path() / "shared/conformance";
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << "the larger set is not there";
  expect_captured(folder / "event-vectors.jsonl");
  for (const syntax::Node& set : lines_of(folder / "event-multirule.jsonl")) {
    BusMatcher bus;
    const auto& rules = events::tests::field(set, "rules").items;
    for (std::uint32_t i = 0; i < rules.size(); ++i)
      bus.add(i, pattern(rules[i].text));
    const auto& events = events::tests::field(set, "events").items;
    for (std::size_t i = 0; i < events.size(); ++i) {
      Rules expected;
      for (const syntax::Node& rule : events::tests::field(set, "matches").items[i].items)
        expected.push_back(static_cast<RuleNumber>(std::stoul(rule.text)));
      std::ranges::sort(expected);
      EXPECT_EQ(matched(bus, events[i].text), expected) << events[i].text;
    }
  }
}

}  // namespace
}  // namespace grantproof::router
