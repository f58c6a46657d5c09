// SPDX-License-Identifier: Apache-2.0
//
// The pages of rules about event patterns (GP14xx) keep their word: the reader reports what stands under
// "Avoid" by the rule of the page and by no other, and has nothing to say about what stands under "Prefer".
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "checks/rule.h"
#include "events/event_pattern_reader.h"
#include "events/event_pattern_rules.h"

namespace grantproof::checks {
namespace {

// The text under a heading, up to the next one.
std::string_view section(std::string_view page, std::string_view heading) {
  const std::string line = "\n## " + std::string(heading) + "\n";
  const std::size_t begin = page.find(line);
  if (begin == std::string_view::npos)
    return {};
  const std::string_view rest = page.substr(begin + line.size());
  return rest.substr(0, rest.find("\n## "));
}

std::vector<std::string> json_blocks(std::string_view text) {
  constexpr std::string_view kOpening = "```json\n";
  constexpr std::string_view kClosing = "\n```\n";
  std::vector<std::string> blocks;
  for (std::size_t begin = text.find(kOpening); begin != std::string_view::npos;
       begin = text.find(kOpening, begin)) {
    begin += kOpening.size();
    const std::size_t end = text.find(kClosing, begin);
    if (end == std::string_view::npos)
      return {};
    blocks.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return blocks;
}

std::string pattern_of_fields(int count) {
  std::string text = "{\"f1\": [1]";
  for (int i = 2; i <= count; ++i)
    text += ", \"f" + std::to_string(i) + "\": [1]";
  return text + "}";
}

std::string pattern_of_characters(std::size_t count) {
  const std::string_view frame = R"({"source": [""]})";
  return R"({"source": [")" + std::string(count - frame.size(), 'x') + R"("]})";
}

// What pages describe because it is too long to be shown.
struct Described {
  std::string_view id;
  std::string_view words;
  std::string pattern;
  std::set<std::string> reported;
};
const std::vector<Described>& described() {
  static const std::vector<Described> kDescribed = {
      // Warned of for its length as well.
      {"GP1408", "A pattern with 257 fields.", pattern_of_fields(257), {"GP1408", "GP1420"}},
      {"GP1420", "A pattern of 2,049 characters.", pattern_of_characters(2049), {"GP1420"}},
  };
  return kDescribed;
}

struct ReadPattern {
  bool taken = false;
  std::set<std::string> reported;  // ids of rules
};

ReadPattern read(const std::string& text) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  ReadPattern result;
  result.taken = events::read_event_pattern(sources, sources.add("pattern.json", text), sink).has_value();
  for (const base::Diagnostic& diagnostic : sink.diagnostics())
    result.reported.insert(diagnostic.rule);
  return result;
}

TEST(EventPatternPages, AvoidWhatTheReaderReports) {
  for (const events::EventPatternRule& row : events::event_pattern_rules()) {
    SCOPED_TRACE(row.id);
    const Rule* rule = find_rule(row.id);
    ASSERT_NE(rule, nullptr);
    const std::string_view text = section(rule->markdown, "Avoid");
    int examples = 0;
    const auto expect_reported = [&](const std::string& pattern, const std::set<std::string>& reported) {
      ++examples;
      const ReadPattern result = read(pattern);
      EXPECT_EQ(result.reported, reported) << pattern;
      EXPECT_EQ(result.taken, row.severity != base::Severity::kError) << pattern;
    };
    for (const std::string& block : json_blocks(text))
      expect_reported(block, {std::string(row.id)});
    for (const Described& example : described()) {
      if (example.id != row.id)
        continue;
      EXPECT_NE(text.find(example.words), std::string_view::npos) << example.words;
      expect_reported(example.pattern, example.reported);
    }
    EXPECT_GE(examples, 1);
  }
}

TEST(EventPatternPages, PreferWhatTheReaderTakes) {
  for (const events::EventPatternRule& row : events::event_pattern_rules()) {
    SCOPED_TRACE(row.id);
    const Rule* rule = find_rule(row.id);
    ASSERT_NE(rule, nullptr);
    const std::vector<std::string> blocks = json_blocks(section(rule->markdown, "Prefer"));
    EXPECT_FALSE(blocks.empty());
    for (const std::string& block : blocks) {
      const ReadPattern result = read(block);
      EXPECT_TRUE(result.taken) << block;
      EXPECT_EQ(result.reported, std::set<std::string>{}) << block;
    }
  }
}

// One field or one character less is not reported, so that the numbers of the pages are the limits.
TEST(EventPatternPages, DescribeTheLimitsThatAre) {
  EXPECT_FALSE(read(pattern_of_fields(256)).reported.contains("GP1408"));
  EXPECT_EQ(read(pattern_of_characters(2048)).reported, std::set<std::string>{});
}

}  // namespace
}  // namespace grantproof::checks
