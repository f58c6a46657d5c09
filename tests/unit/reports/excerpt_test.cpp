// SPDX-License-Identifier: Apache-2.0
#include "reports/excerpt.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "report_fixture.h"
#include "reports/terminal_text.h"

namespace grantproof::reports {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string primary;
  std::vector<std::string> secondary;
  std::size_t width;
  std::string expected;
};

class ExcerptTest : public testing::TestWithParam<Case> {};

TEST_P(ExcerptTest, Draws) {
  const Case& one = GetParam();
  base::SourceMap sources;
  const base::FileId file = sources.add("p.json", one.text);
  std::vector<base::Label> secondary;
  for (const std::string& text : one.secondary)
    secondary.push_back({span_of(sources, file, text), "two"});
  RenderOptions options;
  options.width = one.width;
  const base::Label primary = {span_of(sources, file, one.primary), "one"};
  EXPECT_EQ(excerpt(sources, base::Severity::kError, primary, secondary, options).text, one.expected);
}

std::string numbered_lines(int from, int to) {
  std::string text;
  for (int line = from; line <= to; ++line)
    text += "line" + std::to_string(line) + ".\n";
  return text;
}

const Case kCases[] = {
    // ---- which lines
    {"FirstLine", "abc\ndef\n", "b", {}, 80, "  1 │ abc\n    │  ^ one\n"},
    {"TwoLinesBefore",
     numbered_lines(1, 9),
     "line5.",
     {},
     80,
     "  3 │ line3.\n  4 │ line4.\n  5 │ line5.\n    │ ^^^^^^ one\n"},
    {"GapIsClosed",
     numbered_lines(1, 9),
     "line3.",
     {"line6."},
     80,
     "  1 │ line1.\n  2 │ line2.\n  3 │ line3.\n    │ ^^^^^^ one\n  4 │ line4.\n  5 │ line5.\n  6 │ line6.\n"
     "    │ ------ two\n"},
    {"GapIsLeftOut",
     numbered_lines(1, 20),
     "line3.",
     {"line15."},
     80,
     "   1 │ line1.\n   2 │ line2.\n   3 │ line3.\n     │ ^^^^^^ one\n   …\n  15 │ line15.\n     │ ------- "
     "two\n"},
    {"SecondaryBefore",
     numbered_lines(1, 9),
     "line4.",
     {"line2."},
     80,
     "  2 │ line2.\n    │ ------ two\n  3 │ line3.\n  4 │ line4.\n    │ ^^^^^^ one\n"},
    // ---- several labels on one line: the primary one first
    {"SameLine", "abcdef\n", "def", {"ab"}, 80, "  1 │ abcdef\n    │    ^^^ one\n    │ -- two\n"},
    // ---- a label over several lines is drawn on its first
    {"OverLines", "{ \n  a\n}\n", "{ \n  a\n}", {}, 80, "  1 │ {\n    │ ^ one\n"},
    // ---- blank lines keep their gutter
    {"BlankLine", "\n\nx\n", "x", {}, 80, "  1 │\n  2 │\n  3 │ x\n    │ ^ one\n"},
    // ---- no line end at the end of the file; line ends of Windows; byte order mark
    {"NoLineEnd", "abc", "c", {}, 80, "  1 │ abc\n    │   ^ one\n"},
    {"WindowsLineEnds", "ab\r\ncd\r\n", "d", {}, 80, "  1 │ ab\n  2 │ cd\n    │  ^ one\n"},
    {"ByteOrderMark", "\xEF\xBB\xBF{}\n", "}", {}, 80, "  1 │ {}\n    │  ^ one\n"},
    // ---- tabs, wide characters, combining marks, what nobody sees
    {"Tabs", "\ta\tb\n", "b", {}, 80, "  1 │     a   b\n    │         ^ one\n"},
    {"Wide", "\"日本\": x\n", "x", {}, 80, "  1 │ \"日本\": x\n    │         ^ one\n"},
    {"WideMarked", "a日本b\n", "日本", {}, 80, "  1 │ a日本b\n    │  ^^^^ one\n"},
    {"Combining", "e\xCC\x81x\n", "x", {}, 80, "  1 │ e\xCC\x81x\n    │  ^ one\n"},
    {"EscapeSequence", "a\x1B[2Jb\n", "b", {}, 80, "  1 │ a\\u001b[2Jb\n    │           ^ one\n"},
    {"DirectionOverride",
     "a\xE2\x80\xAE"
     "b\n",
     "b",
     {},
     80,
     "  1 │ a\\u202eb\n    │        ^ one\n"},
    {"NotUtf8",
     "a\xFF\xC3"
     "b\n",
     "b",
     {},
     80,
     "  1 │ a\\xff\\xc3b\n    │          ^ one\n"},
    // ---- long lines: 30 columns are 24 of source
    {"CutRight",
     "ab" + std::string(60, '.') + "\n",
     "b",
     {},
     30,
     "  1 │ ab.....................…\n    │  ^ one\n"},
    {"CutLeft",
     std::string(60, '.') + "ab\n",
     "b",
     {},
     30,
     "  1 │ ….....................ab\n    │                        ^ one\n"},
    {"CutBoth",
     std::string(60, '.') + "mark" + std::string(60, '.') + "\n",
     "mark",
     {},
     30,
     "  1 │ ….........mark.........…\n    │           ^^^^ one\n"},
    {"ShownAgain",
     "left" + std::string(60, '.') + "mark" + std::string(60, '.') + "\n",
     "mark",
     {"left"},
     30,
     "  1 │ ….........mark.........…\n    │           ^^^^ one\n  1 │ left...................…\n    │ ---- "
     "two\n"},
    {"LabelTooWide",
     std::string(60, '.') + std::string(60, 'm') + "\n",
     std::string(60, 'm'),
     {},
     30,
     "  1 │ …mmmmmmmmmmmmmmmmmmmmmm…\n    │  ^^^^^^^^^^^^^^^^^^^^^^ one\n"},
};

INSTANTIATE_TEST_SUITE_P(Cases, ExcerptTest, testing::ValuesIn(kCases),
                         [](const testing::TestParamInfo<Case>& one) { return one.param.name; });

std::size_t source_rows(const std::string& text) {
  std::size_t rows = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string_view row = std::string_view(text).substr(at, text.find('\n', at) - at);
    const std::string_view gutter = row.substr(0, row.find("│"));
    if (std::any_of(gutter.begin(), gutter.end(), [](char c) { return '0' <= c && c <= '9'; }))
      ++rows;
  }
  return rows;
}

TEST(Excerpt, AtMostEightLinesAndNoLabelIsLost) {
  base::SourceMap sources;
  const base::FileId file = sources.add("p.json", numbered_lines(1, 99));
  const base::FileId other = sources.add("q.json", "elsewhere");
  std::vector<base::Label> secondary = {{{other, 0, 4}, "in another file"}};
  for (int line = 10; line < 40; line += 2) {
    secondary.push_back(
        {span_of(sources, file, "line" + std::to_string(line)), "at " + std::to_string(line)});
  }
  const base::Label primary = {span_of(sources, file, "line5."), "here"};
  const Excerpt result = excerpt(sources, base::Severity::kNote, primary, secondary, {});
  EXPECT_EQ(source_rows(result.text), 8U) << result.text;
  ASSERT_EQ(result.left_over.size(), secondary.size() - 7);
  EXPECT_EQ(result.left_over.front().text, "in another file");
  EXPECT_EQ(result.left_over.back().text, "at 38");
}

// Many labels on one long line: the line is repeated, but not for ever.
TEST(Excerpt, LongLineWithManyLabels) {
  base::SourceMap sources;
  const base::FileId file = sources.add("p.json", minified_policy());
  std::vector<base::Label> secondary;
  for (int index = 10; index < 90; index += 5) {
    secondary.push_back({span_of(sources, file, "bucket-" + std::to_string(index)), "bucket"});
  }
  const base::Label primary = {span_of(sources, file, "\"Conditon\""), ""};
  RenderOptions options;
  options.width = 40;
  const Excerpt result = excerpt(sources, base::Severity::kError, primary, secondary, options);
  EXPECT_EQ(source_rows(result.text), 8U) << result.text;
  EXPECT_EQ(result.left_over.size(), secondary.size() - 7);
  for (std::size_t at = 0; at < result.text.size(); at = result.text.find('\n', at) + 1) {
    EXPECT_LE(columns(result.text.substr(at, result.text.find('\n', at) - at)), 40U) << result.text;
  }
}

// A policy inside a JSON string: the label stands in the decoded text, the caret in the file.
TEST(Excerpt, EmbeddedPolicy) {
  base::SourceMap sources;
  const std::string outer = R"({"Policy": "{\"Effect\": \"Allow\"}"})";
  const base::FileId file = sources.add("t.json", outer);
  const std::string inner = R"({"Effect": "Allow"})";
  std::vector<std::uint32_t> offsets;
  std::uint32_t at = 12;
  for (const char character : inner) {
    offsets.push_back(at);
    at += character == '"' ? 2 : 1;
  }
  offsets.push_back(at);
  const base::FileId embedded = sources.add_embedded({file, 11, at + 1}, inner, offsets);
  const base::Label primary = {span_of(sources, embedded, "\"Allow\""), "here"};
  EXPECT_EQ(excerpt(sources, base::Severity::kError, primary, {}, {}).text,
            "  1 │ {\"Policy\": \"{\\\"Effect\\\": \\\"Allow\\\"}\"}\n"
            "    │                          ^^^^^^^^^ here\n");
}

TEST(Excerpt, EmptyFileAndEndOfFile) {
  base::SourceMap sources;
  const base::FileId empty = sources.add("e.json", "");
  EXPECT_EQ(excerpt(sources, base::Severity::kError, {{empty, 0, 0}, "x"}, {}, {}).text, "");
  const base::FileId open = sources.add("o.json", "{\n");
  EXPECT_EQ(excerpt(sources, base::Severity::kError, {{open, 2, 2}, "no end"}, {}, {}).text,
            "  1 │ {\n  2 │\n    │ ^ no end\n");
}

}  // namespace
}  // namespace grantproof::reports
