// SPDX-License-Identifier: Apache-2.0
#include "syntax/yaml_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "syntax/json_writer.h"
#include "unit/syntax/reading.h"

namespace grantproof::syntax {
namespace {

using Spans = std::vector<std::string>;

std::string as_json(const Reading& reading) {
  return reading.tree ? write_json(*reading.tree) : "nothing";
}

TEST(YamlReader, PlainScalarsFollowTheCoreSchema) {
  struct Case {
    std::string text;
    NodeKind kind;
  };
  const std::vector<Case> cases = {// null
                                   {"", NodeKind::kNull},
                                   {"~", NodeKind::kNull},
                                   {"null", NodeKind::kNull},
                                   {"Null", NodeKind::kNull},
                                   {"NULL", NodeKind::kNull},
                                   {"nULL", NodeKind::kString},
                                   // booleans: not yes and no, as in YAML 1.1
                                   {"true", NodeKind::kBool},
                                   {"True", NodeKind::kBool},
                                   {"FALSE", NodeKind::kBool},
                                   {"yes", NodeKind::kString},
                                   {"no", NodeKind::kString},
                                   {"on", NodeKind::kString},
                                   {"tRue", NodeKind::kString},
                                   // numbers
                                   {"0", NodeKind::kNumber},
                                   {"-12", NodeKind::kNumber},
                                   {"+12", NodeKind::kNumber},
                                   {"012345678901", NodeKind::kNumber},
                                   {"0o17", NodeKind::kNumber},
                                   {"0x1F", NodeKind::kNumber},
                                   {"1.", NodeKind::kNumber},
                                   {".5", NodeKind::kNumber},
                                   {"-1.5e-3", NodeKind::kNumber},
                                   {".inf", NodeKind::kNumber},
                                   {"-.INF", NodeKind::kNumber},
                                   {".nan", NodeKind::kNumber},
                                   {"1e3", NodeKind::kNumber},
                                   // nearly numbers
                                   {"2012-10-17", NodeKind::kString},
                                   {"1_000", NodeKind::kString},
                                   {"1:30", NodeKind::kString},
                                   {".", NodeKind::kString},
                                   {"1e", NodeKind::kString},
                                   {"0x", NodeKind::kString},
                                   {"0o8", NodeKind::kString},
                                   {"-0x1", NodeKind::kString},
                                   {"10.0.0.0/8", NodeKind::kString},
                                   {"-.nan", NodeKind::kString},
                                   {"e3", NodeKind::kString},
                                   {"+", NodeKind::kString},
                                   // quoted, or tagged as text
                                   {"'true'", NodeKind::kString},
                                   {"\"12\"", NodeKind::kString},
                                   {"'~'", NodeKind::kString},
                                   {"''", NodeKind::kString},
                                   {"!!str 12", NodeKind::kString},
                                   {"! 12", NodeKind::kString},
                                   {"!!str", NodeKind::kString},
                                   {"!!int '12'", NodeKind::kNumber},
                                   {"!!bool \"true\"", NodeKind::kBool}};
  for (const Case& test : cases) {
    const Reading reading = yaml("v: " + test.text + "\n");
    ASSERT_TRUE(reading.tree) << test.text << ": " << reading.said();
    EXPECT_EQ(reading.tree->find("v")->kind, test.kind) << test.text;
  }
}

TEST(YamlReader, ValuesAsJson) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"a: 1\nb:\n  - x\n  - y: [1, 'z']\nc: {}\n", R"({"a":1,"b":["x",{"y":[1,"z"]}],"c":{}})"},
      {"{\"a\": [1, 2], \"b\": null}", R"({"a":[1,2],"b":null})"},  // JSON is YAML
      {"- - 1\n  - 2\n-\n- ''\n", R"([[1,2],null,""])"},
      {"a:\nb: \n", R"({"a":null,"b":null})"},
      {"'a b': \"x\\ty\\u00e9\"\n", R"({"a b":"x\tyé"})"},
      {"1: a\ntrue: b\n~: c\n", R"({"1":"a","true":"b","~":"c"})"},  // keys are texts, as they are written
      {"a: True\nb: FALSE\n", R"({"a":true,"b":false})"},
      {"a: |\n  one\n   two\n\nb: >-\n  fold\n  ed\n", R"({"a":"one\n two\n","b":"fold ed"})"},
      {"? a\n: b\n", R"({"a":"b"})"},
      {"? a\n?  # b\n  b\n", R"({"a":null,"b":null})"},
      {"a: !Sub\n!!str b: 1\nc: !Ref\n&x 'd': 2\n", R"({"a":{"Fn::Sub":null},"b":1,"c":{"Ref":null},"d":2})"},
      {"- ''\n- !Sub ''\n-\n  ''\n- &x\n- !!str\n", R"(["",{"Fn::Sub":""},"",null,""])"},
      {"? ''\n: ''\n", R"({"":""})"},
      {"[a: 1, {b}, c]", R"([{"a":1},{"b":null},"c"])"},
      {"--- # start\na: 1\n...\n", R"({"a":1})"},
      {"plain\n", R"("plain")"},
      {"%YAML 1.2\n---\n- 1\n", "[1]"},
      {"a: 0x1F\nb: 0o17\nc: +1\nd: 007\ne: .5\nf: 1.\ng: .inf\nh: -.5e3\ni: -012\n",
       R"({"a":31,"b":15,"c":1,"d":7,"e":0.5,"f":1.0,"g":".inf","h":-0.5e3,"i":-12})"},
  };
  for (const Case& test : cases) {
    const Reading reading = yaml(test.text);
    EXPECT_EQ(reading.said(), "") << test.text;
    EXPECT_EQ(as_json(reading), test.expected) << test.text;
  }
}

// ---- spans ----

TEST(YamlReader, SpansOfScalars) {
  const Reading reading = yaml(
      "\xEF\xBB\xBF"
      "plain: a b # comment\r\n'single': 'it''s'\r\n\"é\": \"q\\\"x\"\r\nlong: one\r\n  two\r\nnull: "
      "~\r\nempty:\r\nlast: "
      "|\r\n  x\r\n  y\r\n");
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(spans(reading),
            (Spans{"an object <plain: a b # comment\r\n'single': 'it''s'\r\n\"é\": \"q\\\"x\"\r\nlong: "
                   "one\r\n  two\r\nnull: "
                   "~\r\nempty:\r\nlast: |\r\n  x\r\n  y\r\n>",
                   "key <plain>", "a string <a b>", "key <'single'>", "a string <'it''s'>", "key <\"é\">",
                   "a string <\"q\\\"x\">", "key <long>", "a string <one\r\n  two>", "key <null>", "null <~>",
                   "key <empty>", "null <>", "key <last>", "a string <|\r\n  x\r\n  y\r\n>"}));
  EXPECT_EQ(reading.place(reading.tree->members[0].key_span), "1:1-1:6");
  EXPECT_EQ(reading.place(reading.tree->members[2].value.span), "3:6-3:12");
}

TEST(YamlReader, SpansOfCollections) {
  const Reading reading =
      yaml("a: &x [1, {b: 2, c} , # why\n  ]\nd:\n  - e\n  - f: {}\n    g: h\ni: &y !!map\n  j: []\n");
  EXPECT_EQ(reading.said(), "");
  EXPECT_EQ(spans(reading), (Spans{"an object <a: &x [1, {b: 2, c} , # why\n  ]\nd:\n  - e\n  - f: {}\n    "
                                   "g: h\ni: &y !!map\n  j: []>",
                                   "key <a>",
                                   "a list <[1, {b: 2, c} , # why\n  ]>",
                                   "a number <1>",
                                   "an object <{b: 2, c}>",
                                   "key <b>",
                                   "a number <2>",
                                   "key <c>",
                                   "null <>",
                                   "key <d>",
                                   "a list <- e\n  - f: {}\n    g: h>",
                                   "a string <e>",
                                   "an object <f: {}\n    g: h>",
                                   "key <f>",
                                   "an object <{}>",
                                   "key <g>",
                                   "a string <h>",
                                   "key <i>",
                                   "an object <j: []>",
                                   "key <j>",
                                   "a list <[]>"}));
}

TEST(YamlReader, EmptyValuesInFrontOfTheKeyNull) {
  const Reading reading = yaml("a:\nnull: 4\nb:\n  -\n~: ~\nc:\n  null\n");
  EXPECT_EQ(spans(reading), (Spans{"an object <a:\nnull: 4\nb:\n  -\n~: ~\nc:\n  null>", "key <a>", "null <>",
                                   "key <null>", "a number <4>", "key <b>", "a list <->", "null <>",
                                   "key <~>", "null <~>", "key <c>", "null <null>"}));
  EXPECT_EQ(spans(yaml("a:\n  ?\n~x: {~: ~, null}\n")),
            (Spans{"an object <a:\n  ?\n~x: {~: ~, null}>", "key <a>", "an object <?>", "key <>", "null <>",
                   "key <~x>", "an object <{~: ~, null}>", "key <~>", "null <~>", "key <null>", "null <>"}));
}

// ---- duplicate keys ----

TEST(YamlReader, DuplicateKeys) {
  const Reading reading = yaml("a: 1\nb: {x: 1, 'x': 2}\n\"a\": 3\n");
  ASSERT_TRUE(reading.tree);
  EXPECT_EQ(reading.tree->members.size(), 3U);
  ASSERT_EQ(reading.sink.diagnostics().size(), 2U);
  EXPECT_EQ(reading.place(reading.sink.diagnostics()[0].primary.span), "2:11-2:14");
  EXPECT_EQ(reading.place(reading.sink.diagnostics()[1].primary.span), "3:1-3:4");
  EXPECT_EQ(reading.place(reading.sink.diagnostics()[1].secondary[0].span), "1:1-1:2");
  EXPECT_EQ(reading.sink.diagnostics()[1].rule, "GP0002");
}

// ---- aliases ----

TEST(YamlReader, AliasesRepeatValues) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"a: &x [1, {b: c}]\nd: *x\n", R"({"a":[1,{"b":"c"}],"d":[1,{"b":"c"}]})"},
      {"a: &x 1\nb: &x 2\nc: *x\n", R"({"a":1,"b":2,"c":2})"},  // the last one before it
      {"- &x a\n- *x\n- &y !Ref q\n- *y\n- {*x : 1}\n", R"(["a","a",{"Ref":"q"},{"Ref":"q"},{"a":1}])"},
      {"&k key: *k\n", R"({"key":"key"})"},
      {"a: &n\nb: *n\n", R"({"a":null,"b":null})"},
      {"- {a: &x {b: 1}}\n- 2\n- 3\n- *x\n", R"([{"a":{"b":1}},2,3,{"b":1}])"},
      {"- !If [c, &x [1], !Sub &y s]\n- *x\n- *y\n",
       R"([{"Fn::If":["c",[1],{"Fn::Sub":"s"}]},[1],{"Fn::Sub":"s"}])"},
      {"'<<': 1\n", R"({"<<":1})"},
  };
  for (const Case& test : cases) {
    const Reading reading = yaml(test.text);
    EXPECT_EQ(reading.said(), "") << test.text;
    EXPECT_EQ(as_json(reading), test.expected) << test.text;
  }
  const Reading reading = yaml("a: &x [1]\nb: *x\n");
  EXPECT_EQ(reading.written(reading.tree->find("b")->span), "*x");
  EXPECT_EQ(reading.place(reading.tree->find("b")->items[0].span), "1:8-1:9");
}

TEST(YamlReader, AliasBombsAreRefused) {
  std::string laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 12; ++i) {
    laughs += fmt::format("a{}: &a{} [", i, i);
    for (int j = 0; j < 10; ++j)
      laughs += fmt::format("{}*a{}", j == 0 ? "" : ", ", i - 1);
    laughs += "]\n";
  }
  const Reading reading = yaml(laughs, JsonLimits{64, 1'000'000, 100'000});
  EXPECT_FALSE(reading.tree);
  EXPECT_EQ(reading.said(), "GP0003 5:45-5:48 the document has more than 100000 values");

  // few nodes, much text
  std::string text = "- &x " + std::string(10'000, 'x') + "\n";
  for (int i = 0; i < 200; ++i)
    text += "- *x\n";
  EXPECT_EQ(yaml(text, JsonLimits{64, 100'000, 100'000}).said().substr(0, 30),
            "GP0003 11:3-11:5 the text has ");

  // few nodes, ever deeper
  std::string deeper = "- &a0 [x]\n";
  for (int i = 1; i < 1000; ++i)
    deeper += fmt::format("- &a{} [*a{}]\n", i, i - 1);
  EXPECT_EQ(yaml(deeper).said(), "GP0003 64:9-64:13 the document is nested more than 64 levels deep");
}

// ---- tags ----

TEST(YamlReader, TagsOfCloudFormationBecomeTheirLongForms) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"Arn: !GetAtt Bus.Arn\n", R"({"Arn":{"Fn::GetAtt":"Bus.Arn"}})"},
      {"Name: !Sub \"${AWS::StackName}-bus\"\n", R"({"Name":{"Fn::Sub":"${AWS::StackName}-bus"}})"},
      {"- !Ref A\n- !Join ['', [a, !Ref B]]\n- !If\n  - c\n  - {x: 1}\n  - !Ref AWS::NoValue\n",
       R"([{"Ref":"A"},{"Fn::Join":["",["a",{"Ref":"B"}]]},{"Fn::If":["c",{"x":1},{"Ref":"AWS::NoValue"}]}])"},
      {"!Transform {Name: x}\n", R"({"Fn::Transform":{"Name":"x"}})"},
      {"!Condition c\n", R"({"Condition":"c"})"},
      {"!Base64 12\n", R"({"Fn::Base64":12})"},
      {"a: !Ref\n", R"({"a":{"Ref":null}})"},
      {"!!map {a: !!seq [1]}\n", R"({"a":[1]})"},
  };
  for (const Case& test : cases) {
    const Reading reading = yaml(test.text);
    EXPECT_EQ(reading.said(), "") << test.text;
    EXPECT_EQ(as_json(reading), test.expected) << test.text;
  }
  const Reading reading = yaml("a: !Sub x-${y}\n");
  EXPECT_EQ(spans(reading), (Spans{"an object <a: !Sub x-${y}>", "key <a>", "an object <x-${y}>", "key <>",
                                   "a string <x-${y}>"}));
}

TEST(YamlReader, OtherTagsAreNotKnown) {
  const std::string help = " | known are the tags of YAML's core schema and of CloudFormation's functions";
  EXPECT_EQ(yaml("a: !Foo x\n").said(), "GP0001 1:4-1:8 the tag !Foo is not known" + help);
  EXPECT_EQ(yaml("a: !!binary x\n").said(),
            "GP0001 1:4-1:12 the tag tag:yaml.org,2002:binary is not known" + help);
  EXPECT_FALSE(yaml("a: !<x> {}\n").tree);
}

// ---- mistakes ----

TEST(YamlReader, Mistakes) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::string indentation =
      " | check the indentation, and quote texts that have ': ', '#' or quotes in them";
  const std::vector<Case> cases = {
      // nothing, or too much
      {"", "GP0001 1:1-1:1 the text holds no document"},
      {"# only a comment\n", "GP0001 2:1-2:1 the text holds no document"},
      {"a: 1\n---\nb: 2\n",
       "GP0001 2:1-2:2 found more text after the end of the document | a file holds one document"},
      {"{a: 1} b",
       "GP0001 1:8-1:9 found more text after the end of the document | a file holds one document"},
      {"- a\nb: c\n",
       "GP0001 2:1-2:2 found more text after the end of the document | a file holds one document"},
      // structure
      {"a: b: c\n", "GP0001 1:5-1:6 found ':' where no key can stand" + indentation},
      {"é: b: c\n", "GP0001 1:5-1:6 found ':' where no key can stand" + indentation},
      {"a: 'x' y\n", "GP0001 1:8-1:9 this does not fit into the object above it" + indentation},
      {"a: {b: 1\n",
       "GP0001 2:1-2:1 expected ',' or '}' before this | close the bracket, or put a ',' between the values"},
      {"a: 1\n]\n", "GP0001 2:1-2:2 found a closing bracket where none is open"},
      {"[1]: a\n", "GP0001 1:1-1:1 found a list as a key, expected a text"},
      {"a: @x\n", "GP0001 1:4-1:5 found @, with which no unquoted text begins | put the text in quotes"},
      {"a: 1\nfoo\n", "GP0001 2:1-2:4 found a key without ':'"},
      {"a:\n  b: 1\n  foo\n", "GP0001 3:3-3:6 found a key without ':'"},
      // yaml-cpp forgives these two; the rest of the file would be silently a part of the text
      {"a: \"b\nc: d\n", "GP0001 1:4-1:5 this quote is not closed"},
      {"a: 'it''s\nc: d\n", "GP0001 1:4-1:5 this quote is not closed"},
      // aliases
      {"a: *nope\n", "GP0001 1:4-1:5 this alias has no anchor before it | define it with &name"},
      {"&a [*a]\n", "GP0001 1:5-1:7 this alias stands inside the value that it repeats"},
      // bytes
      {"a: caf\xE9\n", "GP0004 1:7-1:8 found the byte 0xE9, which is not UTF-8 | save the file as UTF-8"},
      {std::string("a: 1\0\nb: 2\n", 11), "GP0001 1:5-1:6 found the control character U+0000"},
      {"a: 1\rb: 2\n", "GP0001 1:5-1:6 found the control character U+000D | end lines with \\n or \\r\\n"},
      {"a: 1\x04\nb: 2\n", "GP0001 1:5-1:6 found the control character U+0004"},
      {"a: \"\\ud83d\\ude00\"\n", "GP0001 1:5-1:11 this escape is no character"},
      {"a: \"\\q\"\n",
       "GP0001 1:5-1:7 this is no escape that YAML knows | a backslash itself is written \\\\, or use single "
       "quotes"},
  };
  for (const Case& test : cases) {
    const Reading reading = yaml(test.text);
    EXPECT_FALSE(reading.tree) << test.text;
    EXPECT_EQ(reading.said(), test.expected) << test.text;
  }
}

TEST(YamlReader, HostileDepthIsRefused) {
  for (const std::string unit : {"[", "{", "- ", "? ", "{a: ", "!Ref [", "[{a: "}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
      text += unit;
    const Reading reading = yaml(text);
    EXPECT_FALSE(reading.tree) << unit;
    ASSERT_EQ(reading.sink.diagnostics().size(), 1U) << unit;
  }
  std::string flow = std::string(64, '[') + std::string(64, ']');
  EXPECT_TRUE(yaml(flow).tree);
  EXPECT_EQ(yaml("[" + flow + "]").sink.diagnostics().at(0).rule, "GP0003");
}

TEST(YamlReader, EveryTruncationAndChangedByteEndsWell) {
  const std::string text =
      "a: &x 'it''s'\n\"b\\n\": [1, {c: *x}, !Sub q]\nd: |\n  e\n  f\n? g\n: >-\n  h\n  i # j\n";
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int byte = -1; byte < 256; ++byte) {
      std::string changed = byte < 0 ? text.substr(0, at) : text;
      if (byte >= 0)
        changed[at] = static_cast<char>(byte);
      const Reading reading = yaml(changed);
      EXPECT_EQ(reading.tree.has_value(),
                reading.sink.errors() == 0 || reading.sink.diagnostics()[0].rule == "GP0002")
          << changed;
    }
  }
}

}  // namespace
}  // namespace grantproof::syntax
