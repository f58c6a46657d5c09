// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_mistake.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/syntax/reading.h"

namespace grantproof::syntax {
namespace {

struct Case {
  std::string text;
  std::string expected;  // behind "GP0001 "
};

void expect_mistakes(const std::vector<Case>& cases) {
  for (const Case& test : cases) {
    const Reading reading = json(test.text);
    EXPECT_FALSE(reading.tree) << test.text;
    EXPECT_EQ(reading.said(), "GP0001 " + test.expected) << test.text;
  }
}

TEST(JsonMistake, NothingToRead) {
  expect_mistakes({{"", "1:1-1:1 the text is empty"},
                   {"\xEF\xBB\xBF", "1:1-1:1 the text is empty"},
                   {" \n ", "2:2-2:2 the text holds only white space"}});
}

TEST(JsonMistake, Commas) {
  const std::string remove = " | remove the comma";
  const std::string before = " | put a comma before it";
  expect_mistakes({
      // one too many
      {"{\"a\": 1,}", "1:8-1:9 found ',' with nothing between it and '}'" + remove},
      {"[1, 2 ,\n]", "1:7-1:8 found ',' with nothing between it and ']'" + remove},
      {"[1,,2]", "1:4-1:5 found ',', expected a value"},
      {"[,1]", "1:2-1:3 found ',', expected a value or ']'"},
      {"{,}", "1:2-1:3 found ',', expected a key in double quotes or '}'"},
      {"{\"a\": ,}", "1:7-1:8 found ',', expected a value"},
      // one missing
      {"{\"a\": 1\n \"b\": 2}", "2:2-2:5 found the string \"b\", expected ',' or '}'" + before},
      {"[1 2]", "1:4-1:5 found the number 2, expected ',' or ']'" + before},
      {"[{} {}]", "1:5-1:6 found '{', expected ',' or ']'" + before},
      {"[\"a\" true]", "1:6-1:10 found true, expected ',' or ']'" + before},
      {"[1;2]", "1:3-1:4 found ';', expected ',' or ']'"},
  });
}

TEST(JsonMistake, ColonsAndKeys) {
  const std::string quotes = " | put it in double quotes: ";
  expect_mistakes({
      {"{\"a\" 1}", "1:6-1:7 found the number 1, expected ':' after the key"},
      {"{\"a\"}", "1:5-1:6 found '}', expected ':' after the key | 1:1-1:2 this '{' is not closed"},
      {"{\"a\" = 1}", "1:6-1:7 found '=', expected ':' after the key | write ':'"},
      {"{\"a\":}", "1:6-1:7 found '}', expected a value | 1:1-1:2 this '{' is not closed"},
      {"{\"a\":: 1}", "1:6-1:7 found ':', expected a value"},
      {"{Version: 1}",
       "1:2-1:9 found Version, expected a key in double quotes or '}'" + quotes + "\"Version\""},
      {"{\"a\": 1, b: 2}", "1:10-1:11 found b, expected a key in double quotes" + quotes + "\"b\""},
      {"{1: 2}", "1:2-1:3 found the number 1, expected a key in double quotes or '}'"},
      {"{[]: 2}", "1:2-1:3 found '[', expected a key in double quotes or '}'"},
      {"[\"a\": 1]", "1:5-1:6 found ':', expected ',' or ']'"},
      {"{true: 1}", "1:2-1:6 found true, expected a key in double quotes or '}'"},
  });
}

TEST(JsonMistake, Brackets) {
  expect_mistakes({
      {"[1}", "1:3-1:4 found '}', expected ',' or ']' | 1:1-1:2 this '[' is not closed"},
      {"{\"a\": [1, 2}", "1:12-1:13 found '}', expected ',' or ']' | 1:7-1:8 this '[' is not closed"},
      {"{\"a\": 1]", "1:8-1:9 found ']', expected ',' or '}' | 1:1-1:2 this '{' is not closed"},
      {"]", "1:1-1:2 found ']', expected a JSON document"},
      {"{\n \"a\": {",
       "2:8-2:8 found the end of the text, expected a key in double quotes or '}' | 2:7-2:8 this '{' is not "
       "closed"},
      {"[1, 2", "1:6-1:6 found the end of the text, expected ',' or ']' | 1:1-1:2 this '[' is not closed"},
      {"[1,", "1:4-1:4 found the end of the text, expected a value | 1:1-1:2 this '[' is not closed"},
      {"{\"a\"",
       "1:5-1:5 found the end of the text, expected ':' after the key | 1:1-1:2 this '{' is not closed"},
      {"{\"a\": 1}}", "1:9-1:10 found '}' after the end of the document"},
  });
}

TEST(JsonMistake, BehindTheDocument) {
  expect_mistakes({
      {"{} x", "1:4-1:5 found x after the end of the document"},
      {"{}\n{}",
       "2:1-2:2 found '{' after the end of the document | a file holds one document; put several into a "
       "list"},
      {"1 2", "1:3-1:4 found the number 2 after the end of the document"},
      {"[],", "1:3-1:4 found ',' after the end of the document"},
      // nlohmann takes a NUL byte for the end of the text
      {std::string("{}\0", 3), "1:3-1:4 found the control character U+0000 after the end of the document"},
      {std::string("{}\0{\"Effect\": \"Deny\"}", 21),
       "1:3-1:4 found the control character U+0000 after the end of the document"},
      {std::string("[1,\0 2]", 7), "1:4-1:5 found the control character U+0000, expected a value"},
  });
}

TEST(JsonMistake, CommentsAndForeignQuotes) {
  const std::string comment =
      " found a comment, and JSON has no comments | remove it; a Sid can say what a statement is for";
  const std::string straight = " | strings stand in straight double quotes: \"";
  expect_mistakes({
      {"// a policy\n{}", "1:1-1:3" + comment},
      {"{ /* x */ }", "1:3-1:5" + comment},
      {"{\"a\": 1 // why\n}", "1:9-1:11" + comment},
      {"{} // done", "1:4-1:6" + comment},
      {"{\"a\": # x\n1}", "1:7-1:8" + comment},
      {"{'a': 1}", "1:2-1:3 found ''', expected a key in double quotes or '}'" + straight},
      {"{\"a\": 'x'}", "1:7-1:8 found ''', expected a value" + straight},
      {"{“a”: 1}", "1:2-1:3 found '“' (U+201C), expected a key in double quotes or '}'" + straight},
      {"{\u00A0\"a\": 1}",
       "1:2-1:3 found the invisible character U+00A0, expected a key in double quotes or '}'"},
      {"{\\\"a\\\": 1}",
       "1:2-1:3 found '\\', expected a key in double quotes or '}' | this is JSON inside a string: remove "
       "the backslashes before the quotes"},
      {"<xml/>", "1:1-1:2 found '<', expected a JSON document"},
  });
}

TEST(JsonMistake, Words) {
  const std::string quotes = " | put it in double quotes: ";
  expect_mistakes({
      {"[True]", "1:2-1:6 found True, expected a value or ']' | write true"},
      {"[1, None]", "1:5-1:9 found None, expected a value | write null"},
      {"{\"a\": FALSE}", "1:7-1:12 found FALSE, expected a value | write false"},
      {"{\"a\": undefined}", "1:7-1:16 found undefined, expected a value | write null"},
      {"{\"Effect\": Allow}", "1:12-1:17 found Allow, expected a value" + quotes + "\"Allow\""},
      {"tru", "1:1-1:4 found tru, expected a JSON document" + quotes + "\"tru\""},
      {"[truex]", "1:2-1:7 found truex, expected a value" + quotes + "\"truex\""},
      {"[NaN]", "1:2-1:5 found NaN, expected a value or ']'" + quotes + "\"NaN\""},
      {"[\"a\"b]", "1:5-1:6 found b, expected ',' or ']' | put a comma before it"},
      {"[" + std::string(50, 'x') + "]", "1:2-1:52 found " + std::string(32, 'x') +
                                             "..., expected a value or ']'" + quotes + "\"" +
                                             std::string(32, 'x') + "...\""},
  });
}

TEST(JsonMistake, Numbers) {
  const std::string identifier = " | an identifier such as an account id stands in double quotes";
  const std::string write = " | write 1, -1, 0.5 or 1e3; other texts stand in double quotes";
  expect_mistakes({
      {"[012345678901]", "1:2-1:14 the number 012345678901 starts with 0" + identifier},
      {"{\"a\": -01}", "1:7-1:10 the number -01 starts with 0" + identifier},
      {"[+1]", "1:2-1:4 +1 is no number as JSON writes them" + write},
      {"[.5]", "1:2-1:4 .5 is no number as JSON writes them" + write},
      {"[1.]", "1:2-1:4 1. is no number as JSON writes them" + write},
      {"[1e]", "1:2-1:4 1e is no number as JSON writes them" + write},
      {"[1.2.3]", "1:2-1:7 1.2.3 is no number as JSON writes them" + write},
      {"[2012-10-17]", "1:2-1:12 2012-10-17 is no number as JSON writes them" + write},
      {"[-]", "1:2-1:3 found -, expected a value or ']' | put it in double quotes: \"-\""},
      {"[0x1F]", "1:2-1:6 found 0x1F, expected a value | put it in double quotes: \"0x1F\""},
      {"[1e999]", "1:2-1:7 the number 1e999 is out of range"},
      {"[1, -1e999]", "1:5-1:11 the number -1e999 is out of range"},
  });
}

TEST(JsonMistake, Strings) {
  const std::string halves =
      " | a character over U+FFFF is two escapes, \\ud800 to \\udbff and then \\udc00 to \\udfff";
  expect_mistakes({
      // not closed
      {"{\"a\": \"b}",
       "1:10-1:10 found the end of the text inside a string, expected '\"' | 1:7-1:8 the string starts here"},
      {"{\"a\": \"b,\n \"c\": 1}",
       "1:10-2:1 found the end of the line inside a string, expected '\"' | close the string; a line "
       "break inside it is written \\n | 1:7-1:8 the string starts here"},
      {"\"",
       "1:2-1:2 found the end of the text inside a string, expected '\"' | 1:1-1:2 the string starts here"},
      {"\"a\\",
       "1:3-1:4 found the end of the text inside a string, expected '\"' | 1:1-1:2 the string starts here"},
      // control characters
      {"[\"a\tb\"]", "1:4-1:5 found a tab inside a string | write \\t"},
      {"[\"a\x01\"]", "1:4-1:5 found the control character U+0001 inside a string | write \\u0001"},
      {std::string("[\"a\0\"]", 6),
       "1:4-1:5 found the control character U+0000 inside a string | write \\u0000"},
      // escapes
      {"[\"a\\x\"]", "1:4-1:6 \\x is no JSON escape | a backslash itself is written \\\\"},
      {"[\"C:\\é\"]", "1:5-1:7 \\é is no JSON escape | a backslash itself is written \\\\"},
      {"[\"\\'\"]", "1:3-1:5 \\' is no JSON escape | a backslash itself is written \\\\"},
      {"[\"\\u12\"]", "1:3-1:5 found \\u without four hexadecimal digits behind it"},
      {"[\"\\u12g4\"]", "1:3-1:5 found \\u without four hexadecimal digits behind it"},
      // halves of surrogate pairs
      {"[\"é\\ud800\"]",
       "1:4-1:10 \\ud800 is the first half of a character and its second half does not follow" + halves},
      {"[\"\\ud800\\u0041\"]",
       "1:3-1:9 \\ud800 is the first half of a character and its second half does not follow" + halves},
      {"[\"\\ud800\\ud800\\udc00\"]",
       "1:3-1:9 \\ud800 is the first half of a character and its second half does not follow" + halves},
      {"[\"\\uDC00\"]",
       "1:3-1:9 \\uDC00 is the second half of a character and no first half stands before it" + halves},
      {"{\"\\udfff\": 1}",
       "1:3-1:9 \\udfff is the second half of a character and no first half stands before it" + halves},
  });
}

TEST(JsonMistake, ColumnsBehindNonAsciiText) {
  expect_mistakes(
      {{"{\"é漢😀\": }", "1:9-1:10 found '}', expected a value | 1:1-1:2 this '{' is not closed"},
       {"\xEF\xBB\xBF[1,]", "1:3-1:4 found ',' with nothing between it and ']' | remove the comma"}});
}

}  // namespace
}  // namespace grantproof::syntax
