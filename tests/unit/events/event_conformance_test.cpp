// SPDX-License-Identifier: Apache-2.0
//
// Patterns and events whose result was captured from the engine that EventBridge runs, without those that
// depend on its bugs. cases/sample.jsonl: every tenth case of a larger set and one of each of its kinds; the
// set runs too where its folder stands beside the sources.
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "unit/events/event_case_file.h"

namespace grantproof::events {
namespace {

const std::filesystem::path kSource = GRANTPROOF_SOURCE_DIR;
const std::filesystem::path kSample = kSource / "tests/unit/events/cases/sample.jsonl";
const std::filesystem::path kLargerSets = kSource.parent_path() / "shared/conformance";

struct Counts {
  std::size_t cases = 0;
  std::size_t invalid = 0;
  std::size_t matches = 0;
};

// Decides every case of a file and names those whose result is another.
Counts expect_all_agree(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  Counts counts;
  for (std::string line; std::getline(file, line);) {
    const syntax::Node record = tests::read_line(line);
    const std::string& id = tests::field(record, "id").text;
    const std::string& pattern_text = tests::field(record, "pattern").text;
    const std::string& event_text = tests::field(record, "event").text;
    base::DiagnosticSink sink;
    const std::optional<EventPattern> pattern = tests::pattern_of(pattern_text, sink);
    const bool valid = tests::field(record, "valid").boolean;
    ++counts.cases;
    EXPECT_EQ(pattern.has_value(), valid) << id << ": " << pattern_text;
    EXPECT_EQ(sink.errors() > 0, !valid) << id << ": " << pattern_text;
    if (!valid)
      ++counts.invalid;
    if (!valid || !pattern.has_value())
      continue;
    const bool matches = tests::field(record, "matches").boolean;
    EXPECT_EQ(grantproof::tests::direct_match(*pattern, tests::event_of(event_text)), matches)
        << id << ": " << pattern_text << "\n"
        << event_text;
    if (matches)
      ++counts.matches;
  }
  return counts;
}

// Which of many rules each event matches: matches[event] lists them.
std::size_t expect_all_rules_agree(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::size_t decisions = 0;
  for (std::string line; std::getline(file, line);) {
    const syntax::Node record = tests::read_line(line);
    const std::string& id = tests::field(record, "id").text;
    std::vector<EventPattern> patterns;
    for (const syntax::Node& rule : tests::field(record, "rules").items) {
      std::optional<EventPattern> pattern = tests::pattern_of(rule.text);
      EXPECT_TRUE(pattern.has_value()) << id << ": " << rule.text;
      patterns.push_back(pattern.value_or(EventPattern{}));
    }
    const syntax::Node& events = tests::field(record, "events");
    for (std::size_t i = 0; i < events.items.size(); ++i) {
      std::set<std::string> expected;
      for (const syntax::Node& rule : tests::field(record, "matches").items[i].items)
        expected.insert(rule.text);
      const syntax::Node event = tests::event_of(events.items[i].text);
      for (std::size_t rule = 0; rule < patterns.size(); ++rule) {
        ++decisions;
        EXPECT_EQ(grantproof::tests::direct_match(patterns[rule], event),
                  expected.contains(std::to_string(rule)))
            << id << ", rule " << rule << ": " << events.items[i].text;
      }
    }
  }
  return decisions;
}

TEST(EventConformance, SampledCases) {
  const Counts counts = expect_all_agree(kSample);
  EXPECT_GE(counts.cases, 300U);
  EXPECT_GE(counts.invalid, 20U);
  EXPECT_GE(counts.matches, 100U);
}

TEST(EventConformance, LargerSet) {
  if (!std::filesystem::exists(kLargerSets / "event-vectors.jsonl"))
    GTEST_SKIP() << "not beside these sources";
  const Counts counts = expect_all_agree(kLargerSets / "event-vectors.jsonl");
  EXPECT_GE(counts.cases, 3000U);
}

TEST(EventConformance, SetsOfRules) {
  if (!std::filesystem::exists(kLargerSets / "event-multirule.jsonl"))
    GTEST_SKIP() << "not beside these sources";
  EXPECT_GE(expect_all_rules_agree(kLargerSets / "event-multirule.jsonl"), 40'000U);
}

}  // namespace
}  // namespace grantproof::events
