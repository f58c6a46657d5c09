// SPDX-License-Identifier: Apache-2.0
#include "events/value_cutter.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace grantproof::events {
namespace {

struct Cut {
  std::vector<std::string> values;  // "line:column text"
  std::string mistake;              // "line:column message"
};

Cut cut(std::string_view text, std::size_t piece, std::size_t most_bytes = 1000) {
  Cut result;
  ValueCutter cutter(
      [&](const CutValue& value) {
        result.values.push_back(std::to_string(value.begin.line) + ":" + std::to_string(value.begin.column) +
                                " " + std::string(value.text));
        return true;
      },
      most_bytes);
  for (std::size_t at = 0; at < text.size(); at += piece) {
    if (!cutter.feed(text.substr(at, piece)))
      break;
  }
  cutter.finish();
  if (const auto& mistake = cutter.mistake())
    result.mistake =
        std::to_string(mistake->at.line) + ":" + std::to_string(mistake->at.column) + " " + mistake->message;
  return result;
}

using Values = std::vector<std::string>;

TEST(ValueCutter, CutsEveryForm) {
  struct Row {
    std::string_view what;
    std::string_view text;
    Values values;
    std::string_view mistake;
  };
  const Row rows[] = {
      {"nothing", "", {}, ""},
      {"blanks", " \n\n ", {}, ""},
      {"one value", R"({"a": 1})", {R"(1:1 {"a": 1})"}, ""},
      {"one value over lines", "{\n\"a\": [\n1]}\n", {"1:1 {\n\"a\": [\n1]}"}, ""},
      {"lines", "{}\n{\"a\":1}\r\n\n[2]\n", {"1:1 {}", "2:1 {\"a\":1}", "4:1 [2]"}, ""},
      {"values one after the other", "{\n}\n{\n}{}", {"1:1 {\n}", "3:1 {\n}", "4:2 {}"}, ""},
      {"brackets and quotes in strings",
       R"(["}", "\"]", "\\"])",
       {R"(1:2 "}")", R"(1:7 "\"]")", R"(1:14 "\\")"},
       ""},
      {"a list", "[{}, {\"a\": [1]},\n 3]", {"1:2 {}", "1:6 {\"a\": [1]}", "2:2 3"}, ""},
      {"an empty list", " [ ] ", {}, ""},
      {"a byte order mark", "\xEF\xBB\xBF{}", {"1:1 {}"}, ""},
      {"columns are characters", "[\"\xC3\xA4\xC3\xB6\", 1]", {"1:2 \"\xC3\xA4\xC3\xB6\"", "1:8 1"}, ""},
      // Lines: what is wrong with one stays in it.
      {"a line that is cut off", "{}\n{\"a\": [\n{}\n", {"1:1 {}", "2:1 {\"a\": [", "3:1 {}"}, ""},
      {"a string that is cut off", "{}\n{\"a\": \"x\n{}\n", {"1:1 {}", "2:1 {\"a\": \"x", "3:1 {}"}, ""},
      {"a line with more than a value", "{}\n{} x\n", {"1:1 {}", "2:1 {} x"}, ""},
      {"a line of words", "hello there\n{}", {"1:1 hello there", "2:1 {}"}, ""},
      // What belongs to no value.
      {"no comma", "[{} {}]", {"1:2 {}"}, "1:5 there is no comma between two values of the list"},
      {"a comma too many", "[{}, ]", {"1:2 {}"}, "1:6 there is no value behind the last comma"},
      {"a list without end", "[{}", {"1:2 {}"}, "1:4 the list has no end"},
      {"text behind the list", "[]\n{}", {}, "2:1 there is text behind the end of the list"},
      {"an element without end", "[{\"a\": 1", {"1:2 {\"a\": 1"}, "1:9 the list has no end"},
  };
  for (const Row& row : rows) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{100}}) {
      SCOPED_TRACE(std::string(row.what) + ", pieces of " + std::to_string(piece));
      const Cut result = cut(row.text, piece);
      EXPECT_EQ(result.values, row.values);
      EXPECT_EQ(result.mistake, row.mistake);
    }
  }
}

TEST(ValueCutter, HoldsNoMoreThanTheLimit) {
  const std::string text = "[1, \"" + std::string(200, 'x') + "\", 2]";
  EXPECT_EQ(cut(text, 7, 202).values.size(), 3U);
  const Cut result = cut(text, 7, 100);
  EXPECT_EQ(result.values, Values{"1:2 1"});
  EXPECT_EQ(result.mistake, "1:105 this value has more than 100 bytes");
}

TEST(ValueCutter, StopsWhenToldTo) {
  int values = 0;
  ValueCutter cutter(
      [&](const CutValue&) {
        ++values;
        return false;
      },
      100);
  EXPECT_FALSE(cutter.feed("{} {} {}"));
  cutter.finish();
  EXPECT_EQ(values, 1);
  EXPECT_FALSE(cutter.mistake());
}

TEST(ValueCutter, DeepBracketsCostNothing) {
  const std::string deep(1'000'000, '[');
  const Cut result = cut("{}\n" + deep, 4096, 2'000'000);
  ASSERT_EQ(result.values.size(), 2U);
  EXPECT_EQ(result.values[1].size(), deep.size() + 4);
}

}  // namespace
}  // namespace grantproof::events
