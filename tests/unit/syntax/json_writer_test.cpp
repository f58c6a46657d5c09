// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/syntax/reading.h"

namespace grantproof::syntax {
namespace {

Node example() {
  Node null;
  return map_node(
      {{"Version", string_node("2012-10-17")},
       {"Statement", list_node({map_node({{"n", number_node(-12)}, {"b", bool_node(true)}}), null})},
       {"empty", list_node()},
       {"none", map_node()}});
}

TEST(JsonWriter, OnOneLine) {
  EXPECT_EQ(write_json(example()),
            R"({"Version":"2012-10-17","Statement":[{"n":-12,"b":true},null],"empty":[],"none":{}})");
}

TEST(JsonWriter, Indented) {
  EXPECT_EQ(write_json(example(), 2), R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "n": -12,
      "b": true
    },
    null
  ],
  "empty": [],
  "none": {}
})");
  EXPECT_EQ(write_json(list_node({number_node(1)}), 0), "[\n1\n]");
}

TEST(JsonWriter, Strings) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"", "\"\""},
      {"a/b", "\"a/b\""},
      {"\"\\", "\"\\\"\\\\\""},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {std::string("\0\x01\x1f\x7f", 4), R"("\u0000\u0001\u001f\u007f")"},
      {"é漢😀", "\"é漢😀\""},
      {"a\x80z\xC3", "\"a\uFFFDz\uFFFD\""},  // never ill-formed UTF-8
  };
  for (const Case& test : cases)
    EXPECT_EQ(json_quoted(test.text), test.expected);
}

TEST(JsonWriter, WhatIsWrittenIsReadBackEqual) {
  const std::string text =
      R"({"a":[1,-0.5e+10,true,false,null,"\"\\\u0001é😀"],"b":{},"a":[[],{"":""}],"n":123456789012345678901234567890})";
  EXPECT_EQ(write_json(*json(text).tree), text);
  for (const int indent : {-1, 0, 1, 4})
    EXPECT_EQ(write_json(*json(write_json(*json(text).tree, indent)).tree), text);
}

}  // namespace
}  // namespace grantproof::syntax
