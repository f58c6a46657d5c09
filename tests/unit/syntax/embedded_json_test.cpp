// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "unit/syntax/reading.h"

namespace grantproof::syntax {
namespace {

// Reads the document inside of the string at "Policy".
std::optional<Node> embedded(Reading& outer) {
  return read_embedded_json(outer.sources, *outer.tree->find("Policy"), outer.sink);
}

// "place written" of every node and key, as they stand in the outer file
void list_outer(const Reading& reading, const Node& node, std::vector<std::string>& out) {
  out.push_back(reading.place(node.span) + " " + reading.written_outermost(node.span));
  for (const Node& item : node.items)
    list_outer(reading, item, out);
  for (const Member& member : node.members) {
    out.push_back(reading.place(member.key_span) + " " + reading.written_outermost(member.key_span));
    list_outer(reading, member.value, out);
  }
}

std::vector<std::string> outer_spans(const Reading& reading, const std::optional<Node>& tree) {
  std::vector<std::string> out;
  if (tree)
    list_outer(reading, *tree, out);
  return out;
}

using Spans = std::vector<std::string>;

TEST(EmbeddedJson, SpansLeadThroughTheEscapesOfTheOuterString) {
  Reading outer = json("{\n  \"Policy\": \"{\\\"é\\\": [1, \\\"\\u0061\\\\\\\"b\\\"]}\"}");
  const auto tree = embedded(outer);
  EXPECT_EQ(outer.said(), "");
  ASSERT_TRUE(tree);
  EXPECT_EQ(write_json(*tree), "{\"é\":[1,\"a\\\"b\"]}");
  EXPECT_EQ(outer_spans(outer, tree), (Spans{"2:14-2:43 {\\\"é\\\": [1, \\\"\\u0061\\\\\\\"b\\\"]}",
                                             "2:15-2:20 \\\"é\\\"", "2:22-2:42 [1, \\\"\\u0061\\\\\\\"b\\\"]",
                                             "2:23-2:24 1", "2:26-2:41 \\\"\\u0061\\\\\\\"b\\\""}));
}

TEST(EmbeddedJson, LineBreaksInsideTheStringAreOneLineOutside) {
  Reading outer = json("{\"Policy\": \"\\n{\\n\\t\\\"a\\\" : tru\\n}\"}");
  EXPECT_FALSE(embedded(outer));
  EXPECT_EQ(outer.said(), "GP0001 1:28-1:31 found tru, expected a value | put it in double quotes: \"tru\"");
}

TEST(EmbeddedJson, SurrogatePairs) {
  Reading outer = json("{\"Policy\": \"{\\\"\\ud83d\\ude00\\\": x}\"}");
  EXPECT_FALSE(embedded(outer));
  // 12 columns for the two escapes that are one code point of the inner text
  EXPECT_EQ(outer.said(), "GP0001 1:32-1:33 found x, expected a value | put it in double quotes: \"x\"");
}

TEST(EmbeddedJson, UrlEncoded) {
  // as IAM's GetPolicyVersion gives it
  Reading outer = json("{\"Policy\": \"%7B%22Version%22%3A%20%222012-10-17%22%2C%22%c3%a9%22%3A%5B%5D%7D\"}");
  const auto tree = embedded(outer);
  EXPECT_EQ(outer.said(), "");
  ASSERT_TRUE(tree);
  EXPECT_EQ(write_json(*tree), "{\"Version\":\"2012-10-17\",\"é\":[]}");
  EXPECT_EQ(outer_spans(outer, tree),
            (Spans{"1:13-1:78 %7B%22Version%22%3A%20%222012-10-17%22%2C%22%c3%a9%22%3A%5B%5D%7D",
                   "1:16-1:29 %22Version%22", "1:35-1:51 %222012-10-17%22", "1:54-1:66 %22%c3%a9%22",
                   "1:69-1:75 %5B%5D"}));
}

TEST(EmbeddedJson, UrlEncodedVariants) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      // form encoding: a '+' outside of strings can only be a space, so all of them are
      {"%7B%22a%22%3A+%22x+y%2Bz%22%7D", "{\"a\":\"x y+z\"}"},
      // without one, '+' is itself (RFC 3986)
      {"%7B%22a%22%3A%22x+y%22%7D", "{\"a\":\"x+y\"}"},
      {"%5B1e+3%5D", "[1e+3]"},
      {"%7B%22a%5C%22+%22%3A1%7D", "{\"a\\\"+\":1}"},
      // white space in front, brackets left as they are
      {"%0A%20%7b%7d", "{}"},
      {"+%7B%7D", "{}"},
      {"{%22a%22:%20[1]}", "{\"a\":[1]}"},
      // an encoded byte order mark
      {"%EF%BB%BF%7B%7D", "{}"},
      // JSON with percent signs is JSON
      {"{\\\"a\\\": \\\"100%25 %zz\\\"}", "{\"a\":\"100%25 %zz\"}"},
      // a JSON string is a document; its text can be read once more
      {"\\\"{}\\\"", "\"{}\""},
  };
  for (const Case& test : cases) {
    Reading outer = json("{\"Policy\": \"" + test.text + "\"}");
    ASSERT_TRUE(outer.tree) << test.text;
    const auto tree = embedded(outer);
    ASSERT_TRUE(tree) << test.text << ": " << outer.said();
    EXPECT_EQ(write_json(*tree), test.expected) << test.text;
  }
}

TEST(EmbeddedJson, Mistakes) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::string expected_string = ", expected a string with JSON or URL-encoded JSON";
  const std::vector<Case> cases = {
      {"\"hello\"", "GP0001 1:12-1:19 found another text" + expected_string},
      {"\"\"", "GP0001 1:12-1:14 found another text" + expected_string},
      {"\"100%\"", "GP0001 1:12-1:18 found another text" + expected_string},
      {"\"%257B%257D\"", "GP0001 1:12-1:24 found another text" + expected_string},  // encoded twice
      {"17", "GP0001 1:12-1:14 found a number" + expected_string},
      {"{}", "GP0001 1:12-1:14 found an object" + expected_string},
      {"\"%7B%22a%2\"",
       "GP0001 1:20-1:21 found '%' without two hexadecimal digits behind it, in a URL-encoded text | a "
       "percent sign itself is written %25"},
      {"\"%7B%22a%22%3A%E9%7D\"",
       "GP0004 1:26-1:29 found the byte 0xE9, which is not UTF-8 | save the file as UTF-8"},
      {"\"%7B%22a%22%3A1%2C%7D\"",
       "GP0001 1:27-1:30 found ',' with nothing between it and '}' | remove the comma"},
      {"\"{\\\"a\\\": 1, \\\"a\\\": 2}\"",
       "GP0002 1:24-1:29 the key \"a\" stands twice in this object | AWS refuses a policy with a repeated "
       "key, and other readers "
       "drop one of the two: keep one, or merge their values | 1:14-1:19 first here"},
      {"\"{\\\"a\\\": \"",
       "GP0001 1:21-1:21 found the end of the text, expected a value | 1:13-1:14 this '{' is not closed"},
  };
  for (const Case& test : cases) {
    Reading outer = json("{\"Policy\": " + test.text + "}");
    ASSERT_TRUE(outer.tree) << test.text;
    embedded(outer);
    EXPECT_EQ(outer.said(), test.expected) << test.text;
  }
}

TEST(EmbeddedJson, NestedTwice) {
  // a policy, in a string of a message, in a string of a file
  const std::string innermost = "{\"Effect\": Allow}";
  const std::string middle = "{\"Policy\": " + json_quoted(innermost) + "}";
  Reading outer = json("{\n\"Policy\": " + json_quoted(middle) + "}");
  const auto first = embedded(outer);
  ASSERT_TRUE(first);
  EXPECT_FALSE(read_embedded_json(outer.sources, *first->find("Policy"), outer.sink));
  ASSERT_EQ(outer.sink.diagnostics().size(), 1U);
  const base::Span span = outer.sink.diagnostics()[0].primary.span;
  EXPECT_EQ(outer.written(span), "Allow");
  EXPECT_EQ(outer.written_outermost(span), "Allow");
  EXPECT_EQ(outer.sources.locate(span).begin.line, 2U);
}

TEST(EmbeddedJson, UrlEncodedInsideOfEmbeddedJson) {
  Reading outer = json(R"({"Policy": "{\"Policy\": \"%7B%22x%22%3A1%7D\"}"})");
  const auto first = embedded(outer);
  ASSERT_TRUE(first);
  const auto second = read_embedded_json(outer.sources, *first->find("Policy"), outer.sink);
  ASSERT_TRUE(second);
  EXPECT_EQ(outer.written_outermost(second->members[0].key_span), "%22x%22");
}

TEST(EmbeddedJson, LimitsHoldInside) {
  Reading outer = json("{\"Policy\": \"" + std::string(1000, '[') + "\"}");
  EXPECT_FALSE(embedded(outer));
  EXPECT_EQ(outer.said(), "GP0003 1:77-1:78 the document is nested more than 64 levels deep");
}

TEST(EmbeddedJson, NodesMadeInCodeHaveNoPlace) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto tree = read_embedded_json(sources, string_node("{\"a\": 1}"), sink);
  ASSERT_TRUE(tree);
  EXPECT_EQ(write_json(*tree), "{\"a\":1}");
  EXPECT_FALSE(read_embedded_json(sources, string_node("{\"a\": }"), sink));
  ASSERT_EQ(sink.errors(), 1U);
  EXPECT_EQ(sources.text(sink.diagnostics()[0].primary.span), "}");
}

// ---- inside of YAML ----

TEST(EmbeddedJson, InEveryStyleOfYamlScalar) {
  struct Case {
    std::string text;
    std::string expected;  // the place of the key "a"
    std::string written;
  };
  const std::vector<Case> cases = {
      {"Policy: '{\"a\": 1}'\n", "1:11-1:14", "\"a\""},
      {"Policy: \"{\\\"a\\\": 1}\"\n", "1:11-1:16", "\\\"a\\\""},
      {"Policy: \"{\\x22a\\\": 1}\"\n", "1:11-1:18", "\\x22a\\\""},
      {"Policy: |\n  {\n    \"a\": 1\n  }\n", "3:5-3:8", "\"a\""},
      {"x: 1\nPolicy: |-\n    {\n      \"a\": 1}\n", "4:7-4:10", "\"a\""},
      {"Policy: >\n  {\n  \"a\":\n  1}\n", "3:3-3:6", "\"a\""},
      {"Policy: >-\n  {\n\n  \"a\": 1}\n", "4:3-4:6", "\"a\""},
      {"Policy: '{\n   ''x'': 2}'\n", "", ""},  // no JSON, and the position of the mistake is below
      {"Policy: &p !!str |\r\n  {\r\n  \"a\": 1}\r\n", "3:3-3:6", "\"a\""},
      {"Policy: \"{ \\\n   \\\"a\\\": 1}\"\n", "2:4-2:9", "\\\"a\\\""},
  };
  for (const Case& test : cases) {
    Reading outer = yaml(test.text);
    ASSERT_TRUE(outer.tree) << test.text << outer.said();
    const auto tree = embedded(outer);
    if (test.expected.empty()) {
      EXPECT_EQ(outer.said(),
                "GP0001 2:4-2:6 found ''', expected a key in double quotes or '}' | strings stand in "
                "straight double quotes: \"");
      continue;
    }
    ASSERT_TRUE(tree) << test.text << outer.said();
    EXPECT_EQ(outer.place(tree->members[0].key_span), test.expected) << test.text;
    EXPECT_EQ(outer.written_outermost(tree->members[0].key_span), test.written) << test.text;
  }
}

}  // namespace
}  // namespace grantproof::syntax
