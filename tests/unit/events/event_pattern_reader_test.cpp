// SPDX-License-Identifier: Apache-2.0
#include "events/event_pattern_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "events/event_pattern_limits.h"
#include "support/bounds.h"
#include "support/rounds.h"
#include "syntax/json_reader.h"

namespace grantproof::events {
namespace {

struct ReadPattern {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  std::optional<EventPattern> pattern;

  // "GP1401 text under the caret", of each diagnostic.
  std::vector<std::string> said() const {
    std::vector<std::string> lines;
    for (const base::Diagnostic& diagnostic : sink.diagnostics())
      lines.push_back(diagnostic.rule + " " + std::string(sources.text(diagnostic.primary.span)));
    return lines;
  }
};

ReadPattern read(std::string_view text) {
  ReadPattern result;
  const base::FileId file = result.sources.add("pattern.json", std::string(text));
  result.pattern = read_event_pattern(result.sources, file, result.sink);
  return result;
}

using Lines = std::vector<std::string>;

TEST(EventPatternReader, SaysWhatIsWrongAndWhere) {
  struct Row {
    std::string_view text;
    Lines said;
  };
  for (const Row& row : std::vector<Row>{
           // the pattern and its fields
           {"", {"GP0001 "}},
           {"[]", {"GP1401 []"}},
           {"null", {"GP1401 null"}},
           {R"("x")", {"GP1401 \"x\""}},
           {"{}", {"GP1402 {}"}},
           {R"({"a":[]})", {"GP1402 []"}},
           {R"({"a":{}})", {"GP1402 {}"}},
           {R"({"a":"x"})", {"GP1401 \"x\""}},
           {R"({"a":1,"b":null,"c":{"d":true}})", {"GP1401 1", "GP1401 null", "GP1401 true"}},
           {R"({"a":[[1]]})", {"GP1401 [1]"}},
           {R"({"a":{"exists":true}})", {"GP1401 true"}},
           {R"({"a":{"prefix":"x"}})", {"GP1401 \"x\""}},
           {"\xEF\xBB\xBF{\"a\":[1]}", {"GP0001 \xEF\xBB\xBF"}},
           {R"({"a":["x)", {"GP0001 "}},
           // matchers
           {R"({"a":[{}]})", {"GP1402 {}"}},
           {R"({"a":[{"foo":"x"}]})", {"GP1403 \"foo\""}},
           {R"({"a":[{"Prefix":"x"}]})", {"GP1403 \"Prefix\""}},
           {R"({"a":[{"prefix":"x","suffix":"y"}]})", {"GP1404 \"suffix\""}},
           {R"({"a":[{"prefix":"x","prefix":"y"}]})", {"GP1404 \"prefix\""}},
           {R"({"a":[{"prefix":5}]})", {"GP1404 5"}},
           {R"({"a":[{"prefix":["x"]}]})", {"GP1404 [\"x\"]"}},
           {R"({"a":[{"prefix":{}}]})", {"GP1404 {}"}},
           {R"({"a":[{"prefix":{"suffix":"x"}}]})", {R"(GP1404 {"suffix":"x"})"}},
           {R"({"a":[{"suffix":{"equals-ignore-case":["x"]}}]})", {"GP1404 [\"x\"]"}},
           {R"({"a":[{"equals-ignore-case":null}]})", {"GP1404 null"}},
           {R"({"a":[{"exactly":1}]})", {"GP1404 1"}},
           {R"({"a":[{"exists":"true"}]})", {"GP1404 \"true\""}},
           {R"({"a":[{"exists":1}]})", {"GP1404 1"}},
           {R"({"a":[{"wildcard":["a*"]}]})", {"GP1404 [\"a*\"]"}},
           {R"({"a":[{"wildcard":"a**"}]})", {"GP1407 \"a**\""}},
           {R"({"a":[{"wildcard":"a\\b"}]})", {R"(GP1407 "a\\b")"}},
           {R"({"a":[{"cidr":10}]})", {"GP1404 10"}},
           {R"({"a":[{"cidr":"10.0.0.0"}]})", {"GP1406 \"10.0.0.0\""}},
           {R"({"a":[{"cidr":"10.0.0/8"}]})", {"GP1406 \"10.0.0/8\""}},
           {R"({"a":[{"cidr":"10.0.0.0/x"}]})", {"GP1406 \"10.0.0.0/x\""}},
           {R"({"a":[{"cidr":"10.0.0.0/-1"}]})", {"GP1406 \"10.0.0.0/-1\""}},
           {R"({"a":[{"cidr":"10.0.0.0/32"}]})", {"GP1406 \"10.0.0.0/32\""}},
           // numeric
           {R"({"a":[{"numeric":5}]})", {"GP1405 5"}},
           {R"({"a":[{"numeric":[]}]})", {"GP1405 []"}},
           {R"({"a":[{"numeric":[5]}]})", {"GP1405 5"}},
           {R"({"a":[{"numeric":["=="]}]})", {"GP1405 \"==\""}},
           {R"({"a":[{"numeric":[">"]}]})", {"GP1405 \">\""}},
           {R"({"a":[{"numeric":[">","5"]}]})", {"GP1405 \"5\""}},
           {R"({"a":[{"numeric":[">",5,"<",5]}]})", {R"(GP1405 [">",5,"<",5])"}},
           {R"({"a":[{"numeric":[">=",5,"<=",5]}]})", {R"(GP1405 [">=",5,"<=",5])"}},
           {R"({"a":[{"numeric":["<",5,">",1]}]})", {"GP1405 \">\""}},
           {R"({"a":[{"numeric":[">",5,">",6]}]})", {"GP1405 \">\""}},
           {R"({"a":[{"numeric":[">",1,"=",5]}]})", {"GP1405 \"=\""}},
           {R"({"a":[{"numeric":["=",5,"<",6]}]})", {"GP1405 \"<\""}},
           {R"({"a":[{"numeric":[">",1,5]}]})", {"GP1405 5"}},
           {R"({"a":[{"numeric":[">",1,"<"]}]})", {"GP1405 \"<\""}},
           {R"({"a":[{"numeric":[">",1,"<",5,"<",9]}]})", {"GP1405 \"<\""}},
           {R"({"a":[{"numeric":["=",9007199254740993]}]})", {"GP1405 9007199254740993"}},
           {R"({"a":[{"numeric":["<",1e400]}]})", {"GP1405 1e400"}},
           // anything-but
           {R"({"a":[{"anything-but":[]}]})", {"GP1404 []"}},
           {R"({"a":[{"anything-but":null}]})", {"GP1404 null"}},
           {R"({"a":[{"anything-but":[true]}]})", {"GP1404 true"}},
           {R"({"a":[{"anything-but":["x",1]}]})", {"GP1404 1"}},
           {R"({"a":[{"anything-but":[["x"]]}]})", {"GP1404 [\"x\"]"}},
           {R"({"a":[{"anything-but":[1e400]}]})", {"GP1404 1e400"}},
           {R"({"a":[{"anything-but":[{"prefix":"x"},{"prefix":"y"}]}]})", {R"(GP1404 {"prefix":"x"})"}},
           {R"({"a":[{"anything-but":{}}]})", {"GP1404 {}"}},
           {R"({"a":[{"anything-but":{"prefix":"a","suffix":"b"}}]})",
            {R"(GP1404 {"prefix":"a","suffix":"b"})"}},
           {R"({"a":[{"anything-but":{"cidr":"10.0.0.0/8"}}]})", {"GP1403 \"cidr\""}},
           {R"({"a":[{"anything-but":{"prefix":""}}]})", {"GP1404 \"\""}},
           {R"({"a":[{"anything-but":{"suffix":["x",""]}}]})", {"GP1404 \"\""}},
           {R"({"a":[{"anything-but":{"prefix":[]}}]})", {"GP1404 []"}},
           {R"({"a":[{"anything-but":{"prefix":5}}]})", {"GP1404 5"}},
           {R"({"a":[{"anything-but":{"prefix":{"equals-ignore-case":"x"}}}]})",
            {R"(GP1404 {"equals-ignore-case":"x"})"}},
           {R"({"a":[{"anything-but":{"wildcard":["ok*","a**"]}}]})", {"GP1407 \"a**\""}},
           // $or that is not one, and no field either
           {R"({"$or":"x"})", {"GP1409 \"x\""}},
           {R"({"$or":[]})", {"GP1409 []"}},
           {R"({"$or":[{"a":[1]}]})", {R"(GP1409 [{"a":[1]}])"}},
           {R"({"$or":[{"a":[1]},"x"]})", {"GP1409 \"x\""}},
           {R"({"$or":[{"a":[1]},{}]})", {"GP1402 {}"}},
           {R"({"$or":[{"a":[1]},{"b":1}]})", {"GP1401 1"}},
           {R"({"$or":[{"numeric":[1]},{"b":[2]}]})", {"GP1409 \"numeric\""}},
           {R"({"$or":[{"a":{"prefix":["x"]}},{"b":[2]}]})", {"GP1413 \"prefix\"", "GP1409 \"prefix\""}},
           {R"({"$or":[{"a":[{"prefix":1}]},{"b":[2]}]})", {"GP1404 1"}},
           // Reading goes on.
           {R"({"a":"x","b":[{"foo":1},{"exists":0}],"$or":[{"c":[]},{"d":2}]})",
            {"GP1401 \"x\"", "GP1403 \"foo\"", "GP1404 0", "GP1402 []", "GP1401 2"}},
       }) {
    const ReadPattern result = read(row.text);
    EXPECT_FALSE(result.pattern.has_value()) << row.text;
    EXPECT_EQ(result.said(), row.said) << row.text;
    for (const base::Diagnostic& diagnostic : result.sink.diagnostics()) {
      EXPECT_FALSE(diagnostic.message.empty()) << row.text;
      EXPECT_TRUE(!diagnostic.help.empty() || diagnostic.rule == "GP0001")
          << row.text << ": " << diagnostic.message;
    }
  }
}

TEST(EventPatternReader, NamesTheFieldAndTheWayOut) {
  struct Row {
    std::string_view text;
    std::string_view message;
    std::string_view help;
  };
  for (const Row& row : {
           Row{R"({"detail":{"state":"x"}})",
               "the field `detail.state` is a string, and must be a list of values or an object of fields",
               "write [\"x\"]"},
           Row{R"({"detail":{"state":{"exists":true}}})",
               "the field `detail.state.exists` is a boolean, and must be a list of values or an object of "
               "fields",
               "a matcher stands in the list of its field: \"state\": [{\"exists\":true}]"},
           Row{R"({"a":[{"equals-ignorecase":"x"}]})",
               "the list of `a` has the unknown matcher `equals-ignorecase`",
               "did you mean \"equals-ignore-case\"?"},
           Row{R"({"a":[{"regex":"x"}]})", "the list of `a` has the unknown matcher `regex`",
               "event patterns have no regular expressions: write {\"wildcard\": \"a*b\"}"},
           Row{R"({"a":[{">":5}]})", "the list of `a` has the unknown matcher `>`",
               "write {\"numeric\": [\">\", 5]}"},
           Row{R"({"a":[{"anything-but":[{"prefix":"x"}]}]})",
               "the matcher `anything-but` of `a` has a matcher in its list",
               "write one matcher without the list, {\"anything-but\": {\"prefix\": [\"a\", \"b\"]}}: it "
               "takes "
               "prefix, suffix, wildcard or equals-ignore-case, and a list inside of that"},
           Row{R"({"a":[{"numeric":[">",5,"<",1]}]})",
               "the numeric matcher of `a` has a lower bound that is not below its upper bound",
               "for one number write {\"numeric\": [\"=\", 5]}, or the number itself"},
           Row{R"({"a":[{"numeric":["!=",5]}]})",
               "the numeric matcher of `a` has the unknown comparison `!=`",
               "for inequality write {\"anything-but\": [5]} in place of this matcher"},
       }) {
    const ReadPattern result = read(row.text);
    ASSERT_EQ(result.sink.diagnostics().size(), 1U) << row.text;
    EXPECT_EQ(result.sink.diagnostics()[0].message, row.message) << row.text;
    EXPECT_EQ(result.sink.diagnostics()[0].help, row.help) << row.text;
  }
}

TEST(EventPatternReader, PlacesAreLinesAndColumns) {
  const ReadPattern result = read("{\n  \"detail\": {\n    \"état\": \"x\"\n  }\n}");
  ASSERT_EQ(result.sink.diagnostics().size(), 1U);
  const base::Location place = result.sources.locate(result.sink.diagnostics()[0].primary.span);
  EXPECT_EQ(place.begin.line, 3U);
  EXPECT_EQ(place.begin.column, 13U);
}

TEST(EventPatternReader, WarnsOfWhatMeansSomethingElse) {
  struct Row {
    std::string_view text;
    Lines said;
  };
  for (const Row& row : std::vector<Row>{
           {R"({"a":[1],"b":[2]})", {}},
           {R"({"a":[1],"a":[2]})", {"GP1412 \"a\""}},
           {R"({"a.b":[1],"a":{"b":[2]}})", {"GP1412 \"b\""}},
           {R"({"a":[1],"$or":[{"a":[2]},{"b":[3]}]})", {"GP1412 \"a\""}},
           {R"({"$or":[{"a":[2]},{"a":[3]}]})", {}},
           {R"({"a":{"anything-but":["x"]}})", {"GP1413 \"anything-but\""}},
           {R"({"a":{"prefix":["x"],"b":[1]}})", {}},
           {R"({"$or":["x",5]})", {"GP1411 \"$or\""}},
           {R"({"$or":{"a":[1]}})", {"GP1411 \"$or\""}},
           {R"({"b":{"$or":[{"prefix":"ab"},{"suffix":"yz"}]}})", {"GP1411 \"$or\""}},
           {"{\"a\":[1]}  \n", {}},
           {"{\"a\":[1]} } x", {"GP1414 } x"}},
           {R"({"a":[{"numeric":["<=",5e9]}]})", {}},
           {R"({"a":[{"numeric":["<=",5000000001]}]})", {"GP1423 5000000001"}},
           {R"({"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]})", {"GP1422 \"*:*:*:*:*:event-bus/*\""}},
           {R"({"a":[{"anything-but":{"wildcard":"*aaaaaaaaaa"}}]})", {"GP1422 \"*aaaaaaaaaa\""}},
           {R"({"a":[{"wildcard":"*aaaaaaaaa"}]})", {}},
       }) {
    const ReadPattern result = read(row.text);
    EXPECT_TRUE(result.pattern.has_value()) << row.text;
    EXPECT_EQ(result.said(), row.said) << row.text;
    EXPECT_EQ(result.sink.errors(), 0U) << row.text;
  }
}

// The alternatives as "path=count of matchers" in their order.
Lines alternatives(std::string_view text) {
  const ReadPattern result = read(text);
  Lines lines;
  if (!result.pattern.has_value())
    return {"refused"};
  for (const Alternative& alternative : result.pattern->alternatives) {
    std::string line;
    for (const std::uint32_t test : alternative) {
      const FieldTest& field = result.pattern->tests[test];
      line += field.path + "=" + std::string(result.sources.text(field.span)) + " ";
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(EventPatternReader, MultipliesOrInTheOrderOfTheDocument) {
  struct Row {
    std::string_view text;
    Lines alternatives;
  };
  for (const Row& row : std::vector<Row>{
           {R"({"b":[1],"a":[2]})", {"a=[2] b=[1] "}},
           {R"({"b":{"d":[1],"c":[2]},"a":[3]})", {"a=[3] b.c=[2] b.d=[1] "}},
           {R"({"a":[0],"$or":[{"b":[1]},{"c":[2]}]})", {"a=[0] b=[1] ", "a=[0] c=[2] "}},
           {R"({"$or":[{"b":[1],"c":[3]},{"c":[2]}],"a":[0]})", {"a=[0] b=[1] c=[3] ", "a=[0] c=[2] "}},
           {R"({"$or":[{"a":[1]},{"b":[2]}],"x":{"$or":[{"c":[3]},{"d":[4]}]}})",
            {"a=[1] x.c=[3] ", "b=[2] x.c=[3] ", "a=[1] x.d=[4] ", "b=[2] x.d=[4] "}},
           {R"({"$or":[{"a":[1]},{"$or":[{"b":[2]},{"c":[3]}]}]})", {"a=[1] ", "b=[2] ", "c=[3] "}},
           {R"({"a":[1],"$or":[{"a":[2]},{"b":[3]}]})", {"a=[2] ", "a=[1] b=[3] "}},
           {R"({"$or":[{"a":[2]},{"b":[3]}],"a":[1]})", {"a=[1] ", "a=[1] b=[3] "}},
           {R"({"a":[1],"a":[2]})", {"a=[2] "}},
           {"{\"\uFFFD\":[1],\"\U00010000\":[2]}", {"\U00010000=[2] \uFFFD=[1] "}},
       }) {
    EXPECT_EQ(alternatives(row.text), row.alternatives) << row.text;
  }
}

TEST(EventPatternReader, HasNoTestsThatNothingNeeds) {
  const ReadPattern result = read(R"({"a":[1],"a":[2]})");
  ASSERT_TRUE(result.pattern.has_value());
  EXPECT_EQ(result.pattern->tests.size(), 1U);
}

// {"$or":[…],"f1":{"$or":[…]}, …}: two to the power of `ors` combinations.
std::string many_combinations(int ors) {
  std::string text = "{";
  for (int i = 0; i < ors; ++i) {
    if (i > 0)
      text += ",";
    text += "\"f" + std::to_string(i) + R"(":{"$or":[{"a":[1]},{"b":[2]}]})";
  }
  return text + "}";
}

TEST(EventPatternReader, MeasuresCombinations) {
  EXPECT_EQ(read(many_combinations(9)).said(), Lines{});
  const ReadPattern ten = read(many_combinations(10));
  ASSERT_EQ(ten.sink.diagnostics().size(), 1U);
  EXPECT_EQ(ten.sink.diagnostics()[0].rule, "GP1421");
  EXPECT_NE(ten.sink.diagnostics()[0].message.find("1024 combinations"), std::string::npos);
  EXPECT_TRUE(ten.pattern.has_value());
  EXPECT_TRUE(read(many_combinations(12)).pattern.has_value());
  // Not more is made of it, however much there is.
  for (const int ors : {13, 20, 64, 1000}) {
    const ReadPattern many = read(many_combinations(ors));
    EXPECT_FALSE(many.pattern.has_value());
    ASSERT_FALSE(many.sink.diagnostics().empty());
    EXPECT_EQ(many.sink.diagnostics().back().rule, "GP1410");
  }
}

TEST(EventPatternReader, MeasuresFields) {
  const auto fields = [](int count) {
    std::string text = "{\"f0\":[1]";
    for (int i = 1; i < count; ++i)
      text += ",\"f" + std::to_string(i) + "\":[1]";
    return text + "}";
  };
  EXPECT_TRUE(read(fields(256)).pattern.has_value());
  const ReadPattern more = read(fields(257));
  EXPECT_FALSE(more.pattern.has_value());
  EXPECT_EQ(more.sink.diagnostics().back().rule, "GP1408");
}

TEST(EventPatternReader, MeasuresCharacters) {
  const auto characters = [](std::size_t count) {
    return "{\"é\":[\"" + std::string(count - 10, 'x') + "\"]}";
  };
  EXPECT_EQ(read(characters(2048)).said(), Lines{});
  const ReadPattern quota = read(characters(2049));
  ASSERT_EQ(quota.sink.diagnostics().size(), 1U);
  EXPECT_EQ(quota.sink.diagnostics()[0].rule, "GP1420");
  EXPECT_EQ(quota.sink.diagnostics()[0].message, "the pattern has 2049 characters; the quota is 2,048");
  EXPECT_TRUE(quota.pattern.has_value());
  const ReadPattern most = read(characters(4097));
  EXPECT_EQ(most.sink.diagnostics()[0].message,
            "the pattern has 4097 characters; the service takes at most 4,096");
  const ReadPattern far = read(characters(kMostPatternBytes + 1));
  EXPECT_FALSE(far.pattern.has_value());
  EXPECT_EQ(far.sink.diagnostics()[0].rule, "GP0003");
}

TEST(EventPatternReader, ReadsAPartOfADocument) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("template.json", R"({"EventPattern":{"source":["a"],"b":1}})");
  const std::optional<syntax::Node> root = syntax::read_json(sources, file, sink);
  ASSERT_TRUE(root.has_value());
  EXPECT_FALSE(read_event_pattern(*root->find("EventPattern"), sink).has_value());
  ASSERT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_EQ(sources.text(sink.diagnostics()[0].primary.span), "1");
}

// Whatever is read: no crash, and a pattern or an error, never both.
TEST(EventPatternReader, SurvivesDamage) {
  constexpr std::string_view kTexts[] = {
      R"({"source":["aws.ec2"],"detail":{"a":[{"prefix":"x"},{"numeric":[">",1,"<=",5]}],"$or":[{"b":[{"exists":false}]},{"c":[null,1e400]}]}})",
      R"({"a.b":[{"anything-but":{"wildcard":["*a","b*"]}}],"a":{"b":[{"cidr":"10.0.0.0/8"}]},"$or":[{"x":[1]},{"$or":[{"y":[2]},{"z":[{"wildcard":"é*"}]}]}]})",
  };
  constexpr std::string_view kBytes = "{}[]\",:\\*$01e.aé";
  grantproof::tests::for_rounds(grantproof::tests::bounded(20'000, 2'000), 0xda3a'0000,
                                [&](grantproof::tests::Random& random) {
                                  std::string text(random.pick(kTexts));
                                  for (std::size_t left = 1 + random.below(4); left > 0; --left) {
                                    const std::size_t at = random.below(text.size());
                                    if (random.chance(40)) {
                                      text.erase(at, 1 + random.below(5));
                                    } else if (random.chance(50)) {
                                      text[at] = kBytes[random.below(kBytes.size())];
                                    } else {
                                      text.insert(at, std::string(1, kBytes[random.below(kBytes.size())]));
                                    }
                                    if (text.empty())
                                      text = " ";
                                  }
                                  const ReadPattern result = read(text);
                                  EXPECT_EQ(result.pattern.has_value(), result.sink.errors() == 0) << text;
                                });
}

TEST(EventPatternReader, SurvivesDepth) {
  std::string deep;
  for (int i = 0; i < 5000; ++i)
    deep += "{\"a\":";
  EXPECT_EQ(read(deep + "[1]" + std::string(5000, '}')).said().at(0).substr(0, 6), "GP0003");
  std::string ors;
  for (int i = 0; i < 100; ++i)
    ors += "{\"$or\":[{\"b\":[1]},";
  ors += "{\"c\":[1]}";
  for (int i = 0; i < 100; ++i)
    ors += "]}";
  const ReadPattern nested = read(ors);
  ASSERT_TRUE(nested.pattern.has_value());
  EXPECT_EQ(nested.pattern->alternatives.size(), 101U);
}

}  // namespace
}  // namespace grantproof::events
