// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/syntax/reading.h"

namespace grantproof::syntax {
namespace {

using Spans = std::vector<std::string>;

TEST(JsonReader, EveryValueAndKeyHasItsSpan) {
  const Reading reading = json(
      "\xEF\xBB\xBF{ \"Version\" : \"2012-10-17\",\r\n\t\"Statement\":[ "
      "{\"Action\":[\"s3:*\",\"a\\\"b\\\\\"] ,"
      " \"n\":-1.5e3,\"t\":true,\"f\":false,\"z\":null, \"e\":{ }, \"l\":[ ] } ]}\n");
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(
      spans(reading),
      (Spans{
          "an object <{ \"Version\" : \"2012-10-17\",\r\n\t\"Statement\":[ "
          "{\"Action\":[\"s3:*\",\"a\\\"b\\\\\"] ,"
          " \"n\":-1.5e3,\"t\":true,\"f\":false,\"z\":null, \"e\":{ }, \"l\":[ ] } ]}>",
          "key <\"Version\">",
          "a string <\"2012-10-17\">",
          "key <\"Statement\">",
          "a list <[ {\"Action\":[\"s3:*\",\"a\\\"b\\\\\"] , \"n\":-1.5e3,\"t\":true,\"f\":false,\"z\":null, "
          "\"e\":{ }, \"l\":[ ] } ]>",
          "an object <{\"Action\":[\"s3:*\",\"a\\\"b\\\\\"] , "
          "\"n\":-1.5e3,\"t\":true,\"f\":false,\"z\":null, "
          "\"e\":{ }, \"l\":[ ] }>",
          "key <\"Action\">",
          "a list <[\"s3:*\",\"a\\\"b\\\\\"]>",
          "a string <\"s3:*\">",
          "a string <\"a\\\"b\\\\\">",
          "key <\"n\">",
          "a number <-1.5e3>",
          "key <\"t\">",
          "a boolean <true>",
          "key <\"f\">",
          "a boolean <false>",
          "key <\"z\">",
          "null <null>",
          "key <\"e\">",
          "an object <{ }>",
          "key <\"l\">",
          "a list <[ ]>"}));
}

TEST(JsonReader, Values) {
  const Reading reading =
      json(R"({"s": "a\"\\\/\b\f\n\r\té漢\ud83d\ude00é", "n": -0.50E+2, "t": true, "f": false,
    "big": 123456789012345678901234567890, "": 1})");
  ASSERT_TRUE(reading.tree);
  EXPECT_EQ(reading.tree->find("s")->text, "a\"\\/\b\f\n\r\té漢😀é");
  EXPECT_EQ(reading.tree->find("n")->text, "-0.50E+2");
  EXPECT_TRUE(reading.tree->find("t")->boolean);
  EXPECT_EQ(reading.tree->find("t")->text, "true");
  EXPECT_FALSE(reading.tree->find("f")->boolean);
  EXPECT_EQ(reading.tree->find("f")->text, "false");
  EXPECT_EQ(reading.tree->find("big")->text, "123456789012345678901234567890");
  EXPECT_EQ(reading.tree->find("")->text, "1");
  EXPECT_EQ(reading.tree->find("absent"), nullptr);
  EXPECT_EQ(reading.tree->find("s")->find("s"), nullptr);
}

TEST(JsonReader, ScalarsAreDocumentsToo) {
  EXPECT_EQ(spans(json(" \"x\" ")), Spans{"a string <\"x\">"});
  EXPECT_EQ(spans(json("\n-12")), Spans{"a number <-12>"});
  EXPECT_EQ(spans(json("null")), Spans{"null <null>"});
}

TEST(JsonReader, ColumnsBehindNonAsciiText) {
  const Reading reading = json("{\"é漢😀\": \"é\", \"b\": 1}");
  ASSERT_TRUE(reading.tree);
  EXPECT_EQ(reading.place(reading.tree->members[0].key_span), "1:2-1:7");
  EXPECT_EQ(reading.place(reading.tree->members[0].value.span), "1:9-1:12");
  EXPECT_EQ(reading.place(reading.tree->members[1].key_span), "1:14-1:17");
}

// ---- duplicate keys ----

TEST(JsonReader, DuplicateKeysAreReportedAndKept) {
  const Reading reading = json("{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2},\n \"a\": 2,\n \"a\": 3}");
  ASSERT_TRUE(reading.tree);
  EXPECT_EQ(reading.tree->members.size(), 4U);
  EXPECT_EQ(reading.tree->find("a")->text, "1");
  const std::string help =
      " | AWS refuses a policy with a repeated key, and other readers drop one of the two: keep one, or "
      "merge their values";
  EXPECT_EQ(reading.said(),
            "GP0002 2:16-2:19 the key \"x\" stands twice in this object" + help + " | 2:8-2:11 first here\n" +
                "GP0002 3:2-3:5 the key \"a\" stands twice in this object" + help +
                " | 1:2-1:5 first here\n" + "GP0002 4:2-4:5 the key \"a\" stands twice in this object" +
                help + " | 1:2-1:5 first here");
  EXPECT_EQ(reading.sink.errors(), 3U);
}

TEST(JsonReader, KeysAreComparedAsTheyAreDecoded) {
  EXPECT_EQ(json(R"({"a": 1, "\u0061": 2})").sink.errors(), 1U);
  EXPECT_EQ(json(R"({"a": 1, "A": 2, "a ": 3})").sink.errors(), 0U);
}

TEST(JsonReader, DuplicatesInLargeObjects) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i)
    text += fmt::format("\"key{}\": {},", i % 997, i);
  text.back() = '}';
  const Reading reading = json(text);
  ASSERT_TRUE(reading.tree);
  EXPECT_EQ(reading.sink.errors(), 3U);
  EXPECT_EQ(reading.tree->members.size(), 1000U);
  EXPECT_EQ(reading.sink.diagnostics()[0].message, "the key \"key0\" stands twice in this object");
}

TEST(JsonReader, ManyDuplicatesAreNotAllListed) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i)
    text += "\"a\": 1,";
  text.back() = '}';
  const Reading reading = json(text);
  ASSERT_TRUE(reading.tree);
  ASSERT_EQ(reading.sink.diagnostics().size(), 101U);
  EXPECT_EQ(reading.sink.diagnostics().back().message,
            "the key \"a\" stands twice in this object; further repeated keys are not listed");
}

// ---- texts that may not be read ----

TEST(JsonReader, InvalidUtf8IsReportedWhereItStands) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"{\"a\": \"caf\xE9\"}",
       "GP0004 1:11-1:12 found the byte 0xE9, which is not UTF-8 | save the file as UTF-8"},
      {"{\n\"é\": \xFF}", "GP0004 2:6-2:7 found the byte 0xFF, which is not UTF-8 | save the file as UTF-8"},
      {"[\"\xED\xA0\x80\"]",
       "GP0004 1:3-1:4 found the byte 0xED, which is not UTF-8 | save the file as UTF-8"},
      {std::string("\xFF\xFE{\0}\0", 6),
       "GP0004 1:1-1:2 the text is UTF-16, not UTF-8 | save the file as UTF-8"},
      // also behind the end of the document
      {"{} \x80", "GP0004 1:4-1:4 found the byte 0x80, which is not UTF-8 | save the file as UTF-8"},
  };
  for (const Case& test : cases) {
    const Reading reading = json(test.text);
    EXPECT_FALSE(reading.tree) << test.text;
    EXPECT_EQ(reading.said(), test.expected);
  }
}

TEST(JsonReader, Limits) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(json(nested(64)).said(), "");
  EXPECT_EQ(json(nested(65)).said(), "GP0003 1:65-1:66 the document is nested more than 64 levels deep");
  EXPECT_FALSE(json(nested(65)).tree);
  EXPECT_EQ(json("{\"a\": {\"b\": 1}}", JsonLimits{1, 100, 100}).said(),
            "GP0003 1:7-1:8 the document is nested more than 1 levels deep");
  EXPECT_EQ(json("[1, 2, 3]", JsonLimits{64, 100, 3}).said(),
            "GP0003 1:8-1:9 the document has more than 3 values");
  EXPECT_EQ(json("[1, 2]", JsonLimits{64, 100, 3}).said(), "");
  EXPECT_EQ(json("[1, 2]", JsonLimits{64, 5, 3}).said(),
            "GP0003 1:1-1:1 the text has 6 bytes, more than the limit of 5");
}

TEST(JsonReader, HostileDepthIsRefusedAtTheLimit) {
  for (const std::string unit : {"[", "{\"a\":", "[{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
      text += unit;
    const Reading reading = json(text);
    EXPECT_FALSE(reading.tree);
    ASSERT_EQ(reading.sink.diagnostics().size(), 1U);
    EXPECT_EQ(reading.sink.diagnostics()[0].rule, "GP0003");
  }
}

TEST(JsonReader, EveryTruncationIsAnError) {
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": [{"Sid": "é\ud83d\ude00\n", "n": [-1.5e+3, true, null, {}], "f": false}]})";
  ASSERT_TRUE(json(text).tree);
  for (std::size_t length = 0; length < text.size(); ++length) {
    const Reading reading = json(text.substr(0, length));
    ASSERT_FALSE(reading.tree) << length;
    ASSERT_EQ(reading.sink.errors(), 1U) << length;
    const base::Span span = reading.sink.diagnostics()[0].primary.span;
    EXPECT_LE(span.end, length);
  }
}

TEST(JsonReader, EveryChangedByteIsReadOrExplained) {
  const std::string text = R"({"a": ["x\u00e9y", -1.5e+3, true, {"b": null}], "c": "/"})";
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[at] = static_cast<char>(byte);
      const Reading reading = json(changed);
      // Either a tree (perhaps with a repeated key), or exactly one error and not the one of last resort.
      if (reading.tree)
        continue;
      ASSERT_EQ(reading.sink.diagnostics().size(), 1U) << changed;
      EXPECT_EQ(reading.said().find("is not JSON from here on"), std::string::npos) << changed;
    }
  }
}

}  // namespace
}  // namespace grantproof::syntax
