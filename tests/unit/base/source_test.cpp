// SPDX-License-Identifier: Apache-2.0
#include "base/source.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace grantproof::base {
namespace {

LineColumn at(const SourceMap& sources, FileId file, std::uint32_t offset) {
  return sources.locate(Span{file, offset, offset}).begin;
}

TEST(SourceMap, LinesAndColumns) {
  struct Case {
    std::string text;
    std::uint32_t offset;
    LineColumn expected;
  };
  const std::vector<Case> cases = {
      // start, inside, end
      {"", 0, {1, 1}},
      {"abc", 0, {1, 1}},
      {"abc", 2, {1, 3}},
      {"abc", 3, {1, 4}},
      // the line break belongs to its line
      {"ab\ncd", 2, {1, 3}},
      {"ab\ncd", 3, {2, 1}},
      {"ab\ncd\n", 6, {3, 1}},
      {"ab\r\ncd", 4, {2, 1}},
      {"\n\n\n", 2, {3, 1}},
      // columns count code points: é has two bytes, 漢 three, 😀 four
      {"é=x", 2, {1, 2}},
      {"漢字=x", 6, {1, 3}},
      {"a\n😀x", 6, {2, 2}},
      // a byte order mark is not a column
      {"\xEF\xBB\xBF{", 3, {1, 1}},
      {"\xEF\xBB\xBF{}", 4, {1, 2}},
      {"\xEF\xBB\xBF{", 0, {1, 1}},
      // beyond the end: the end
      {"ab", 99, {1, 3}},
  };
  for (const Case& test : cases) {
    SourceMap sources;
    const FileId file = sources.add("f", test.text);
    EXPECT_EQ(at(sources, file, test.offset), test.expected) << test.text << " at " << test.offset;
  }
}

TEST(SourceMap, ColumnsInVeryLongLinesAgreeWithCounting) {
  // Longer than the steps in which code points are counted beforehand, with sequences across the steps.
  std::string text = "x\n";
  for (int i = 0; i < 5000; ++i)
    text += i % 3 == 0 ? "é" : i % 3 == 1 ? "a" : "漢";
  SourceMap sources;
  const FileId file = sources.add("f", text);
  std::uint32_t column = 1;
  for (std::uint32_t offset = 2; offset < text.size(); ++offset) {
    if ((static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U)
      continue;
    ASSERT_EQ(at(sources, file, offset), (LineColumn{2, column})) << offset;
    ++column;
  }
}

TEST(SourceMap, LineTexts) {
  SourceMap sources;
  const FileId file = sources.add("f",
                                  "\xEF\xBB\xBF"
                                  "one\r\ntwo\n\nfour");
  EXPECT_EQ(sources.line(file, 1), "one");
  EXPECT_EQ(sources.line(file, 2), "two");
  EXPECT_EQ(sources.line(file, 3), "");
  EXPECT_EQ(sources.line(file, 4), "four");
  EXPECT_EQ(sources.line(file, 5), "");
  EXPECT_EQ(sources.line(file, 0), "");
}

TEST(SourceMap, TextOfSpans) {
  SourceMap sources;
  const FileId first = sources.add("first.json", "hello");
  const FileId second = sources.add("second.json", "world");
  EXPECT_EQ(sources.text(Span{first, 1, 3}), "el");
  EXPECT_EQ(sources.text(Span{second, 0, 5}), "world");
  EXPECT_EQ(sources.text(Span{second, 3, 99}), "ld");
  EXPECT_EQ(sources.text(Span{second, 4, 2}), "");
  EXPECT_EQ(sources.name(second), "second.json");
}

TEST(SourceMap, ViewsStayValidWhenSourcesAreAdded) {
  SourceMap sources;
  const FileId file = sources.add("a", "tiny");  // short enough to live inside the string object
  const std::string_view text = sources.text(file);
  const std::string_view name = sources.name(file);
  for (int i = 0; i < 1000; ++i)
    sources.add("b", "c");
  EXPECT_EQ(text.data(), sources.text(file).data());
  EXPECT_EQ(name.data(), sources.name(file).data());
}

TEST(SourceMap, EmbeddedSpansLeadToTheOutermostFile) {
  SourceMap sources;
  //                                         0123456789
  const FileId outer = sources.add("outer", "x\n  \"a\\\"b\"");  // the string "a\"b" starts at byte 4
  const FileId inner = sources.add_embedded(Span{outer, 4, 10}, "a\"b", {5, 6, 8, 9});
  EXPECT_EQ(sources.outermost(Span{inner, 1, 2}), (Span{outer, 6, 8}));
  EXPECT_EQ(sources.outermost(Span{inner, 0, 3}), (Span{outer, 5, 9}));
  const Location location = sources.locate(Span{inner, 2, 3});
  EXPECT_EQ(location.file_name, "outer");
  EXPECT_EQ(location.begin, (LineColumn{2, 7}));
  EXPECT_EQ(location.end, (LineColumn{2, 8}));
  EXPECT_EQ(sources.text(inner), "a\"b");
  EXPECT_EQ(sources.name(inner), "outer");

  // One more level: "b" of the inner text, decoded once more.
  const FileId innermost = sources.add_embedded(Span{inner, 2, 3}, "b", {2, 3});
  EXPECT_EQ(sources.outermost(Span{innermost, 0, 1}), (Span{outer, 8, 9}));
  EXPECT_EQ(sources.name(innermost), "outer");
}

TEST(SourceMap, TextEmbeddedInNoFileStandsForItself) {
  SourceMap sources;
  const FileId file =
      sources.add_embedded(Span{}, "ab", {0, 0, 0});  // Span{} names the very file that is added
  EXPECT_EQ(sources.locate(Span{file, 1, 2}).begin, (LineColumn{1, 2}));
  EXPECT_EQ(sources.name(file), "");
}

TEST(SourceMap, SpansOfNoFileAreHarmless) {
  const SourceMap empty;
  EXPECT_EQ(empty.text(Span{}), "");
  EXPECT_EQ(empty.locate(Span{}).begin, (LineColumn{1, 1}));
  EXPECT_EQ(empty.locate(Span{static_cast<FileId>(7), 3, 4}).file_name, "");
  EXPECT_EQ(empty.line(static_cast<FileId>(7), 1), "");
}

TEST(Diagnostic, SinkCountsErrors) {
  DiagnosticSink sink;
  sink.report(Diagnostic{"GP1003", Severity::kWarning, "w", {}, {}, {}});
  sink.report(Diagnostic{"GP1003", Severity::kError, "e", {}, {}, {}});
  sink.report(Diagnostic{"GP1003", Severity::kNote, "n", {}, {}, {}});
  EXPECT_EQ(sink.errors(), 1U);
  ASSERT_EQ(sink.diagnostics().size(), 3U);
  EXPECT_EQ(name(sink.diagnostics()[0].severity), "warning");
  EXPECT_EQ(name(sink.diagnostics()[1].severity), "error");
  EXPECT_EQ(name(sink.diagnostics()[2].severity), "note");
}

}  // namespace
}  // namespace grantproof::base
