// SPDX-License-Identifier: Apache-2.0
#include "events/matcher.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/events/event_case_file.h"

namespace grantproof::events {
namespace {

// The matcher and values as JSON: those that it matches, and those that it does not.
struct Row {
  std::string_view matcher;
  std::vector<std::string_view> matches;
  std::vector<std::string_view> others;
};

Leaf leaf_of(const syntax::Node& node) {
  switch (node.kind) {
    case syntax::NodeKind::kString:
      return Leaf{Leaf::Kind::kString, node.text};
    case syntax::NodeKind::kNumber:
      return Leaf{Leaf::Kind::kNumber, node.text};
    case syntax::NodeKind::kNull:
      return Leaf{Leaf::Kind::kLiteral, "null"};
    default:
      return Leaf{Leaf::Kind::kLiteral, node.text};
  }
}

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const std::optional<EventPattern> pattern =
        tests::pattern_of("{\"f\":[" + std::string(row.matcher) + "]}");
    ASSERT_TRUE(pattern.has_value()) << row.matcher;
    ASSERT_EQ(pattern->tests.size(), 1U) << row.matcher;
    ASSERT_EQ(pattern->tests[0].matchers.size(), 1U) << row.matcher;
    const Matcher& matcher = pattern->tests[0].matchers[0];
    for (const bool expected : {true, false}) {
      for (const std::string_view value : expected ? row.matches : row.others) {
        const syntax::Node node = tests::event_of(value);
        EXPECT_EQ(matches(matcher, leaf_of(node)), expected) << row.matcher << " and " << value;
      }
    }
  }
}

TEST(Matcher, OfAValue) {
  expect_rows({
      {R"("a")", {R"("a")"}, {R"("A")", R"("")", R"("aa")", "1", "null"}},
      {R"("")", {R"("")"}, {R"("a")", "null", "0"}},
      {R"("é")", {R"("\u00e9")"}, {R"("e\u0301")"}},
      {R"("1")", {R"("1")"}, {"1"}},
      {R"("true")", {R"("true")"}, {"true"}},
      {R"("10.0.0.1")",
       {R"("10.0.0.1")", R"("010.000.000.001")", R"("::ffff:a00:1")"},
       {R"("10.0.0.2")", R"("10.0.0.1 ")", R"("a00:1::")", "10.0"}},
      {R"("::1")", {R"("0:0:0:0:0:0:0:1")"}, {R"("::2")"}},
      {"300", {"300", "300.0", "3e2", "30000E-2"}, {R"("300")", "301", "true", "300.00000000000000000001"}},
      {"0", {"0", "-0", "0.0", "0e5"}, {"1e-400", R"("0")", "false", "null"}},
      {"9007199254740993",
       {"9007199254740993"},
       {"9007199254740992", "9007199254740993.0", "9007199254740994"}},
      {"1e400", {"1e400"}, {"1E400", "10e399", "1e401"}},
      {"true", {"true"}, {"false", "null", R"("true")", "1"}},
      {"false", {"false"}, {"true", "null", R"("false")", "0"}},
      {"null", {"null"}, {"false", R"("null")", R"("")", "0"}},
  });
}

TEST(Matcher, OfStrings) {
  expect_rows({
      {R"({"exactly":"10.0.0.1"})", {R"("10.0.0.1")"}, {R"("010.0.0.1")"}},
      {R"({"prefix":"ab"})", {R"("ab")", R"("abc")"}, {R"("a")", R"("Ab")", R"("xab")", "null"}},
      {R"({"prefix":""})", {R"("")", R"("x")"}, {"1", "null", "true"}},
      {R"({"prefix":"1"})", {R"("12")"}, {"12"}},
      {R"({"suffix":"ab"})", {R"("ab")", R"("cab")"}, {R"("b")", R"("abx")", "null"}},
      {R"({"suffix":""})", {R"("")"}, {"1", "null"}},
      {R"({"prefix":"abc\""})", {R"("abc\"")"}, {R"("abc")"}},  // its engine matches "abc": a mistake of it
      {R"({"equals-ignore-case":"aBc"})", {R"("AbC")"}, {R"("abcd")", "null"}},
      {R"({"equals-ignore-case":""})", {R"("")"}, {R"("a")", "null"}},
      {R"({"equals-ignore-case":"🚀"})", {R"("🚀")"}, {R"("?")"}},
      {R"({"prefix":{"equals-ignore-case":"aB"}})", {R"("AbC")"}, {R"("xab")", "1"}},
      {R"({"suffix":{"equals-ignore-case":"bC"}})", {R"("ABC")"}, {R"("bcx")", "1"}},
      {R"({"wildcard":"a*c"})", {R"("ac")", R"("abc")"}, {R"("abcd")", R"("AC")", "1"}},
      {R"({"wildcard":""})", {R"("")"}, {R"("a")", "null"}},
      {R"({"wildcard":"*"})", {R"("")", R"("a")"}, {"1", "null"}},
      {R"({"wildcard":"a\\*"})", {R"("a*")"}, {R"("ab")"}},
      {R"({"cidr":"10.0.0.0/24"})",
       {R"("10.0.0.7")", R"("::ffff:a00:7")"},
       {R"("10.0.1.0")", R"("10.0.0.7/24")", R"("a00:5::1")", "167772160", "10.0"}},
      {R"({"cidr":"18.52.86.0/24"})", {R"("18.52.86.1")"}, {"12345678", R"("12345678")"}},
      {R"({"cidr":"2001:db8::/32"})", {R"("2001:db8::1")"}, {R"("10.0.0.1")"}},
  });
}

TEST(Matcher, OfNumbers) {
  expect_rows({
      {R"({"numeric":["=",5]})", {"5", "5.0", "50e-1"}, {"4", R"("5")", "null"}},
      {R"({"numeric":[">",5]})", {"5.1", "1e300"}, {"5", "4", R"("6")", "1e400"}},
      {R"({"numeric":[">=",5]})", {"5", "6"}, {"4.999"}},
      {R"({"numeric":["<",5]})", {"4", "-1e300"}, {"5", "-1e400"}},
      {R"({"numeric":["<=",5]})", {"5", "4"}, {"5.0001", "true"}},
      {R"({"numeric":[">",0,"<=",5]})", {"0.1", "5"}, {"0", "-0", "5.1", "3.00000000000000000001"}},
      {R"({"numeric":[">=",-1,"<",1]})", {"-1", "0"}, {"1", "-1.1"}},
  });
}

TEST(Matcher, OfAnythingBut) {
  expect_rows({
      {R"({"anything-but":"a"})", {R"("b")", R"("A")", "1", "null", "true"}, {R"("a")"}},
      {R"({"anything-but":""})", {R"("b")", "null"}, {R"("")"}},
      {R"({"anything-but":["a","b"]})", {R"("c")", "null"}, {R"("a")", R"("b")"}},
      {R"({"anything-but":"10.0.0.1"})", {R"("010.0.0.1")"}, {R"("10.0.0.1")"}},
      {R"({"anything-but":5})", {R"("5")", "6", "null", "1e400"}, {"5", "5.0", "0.5e1"}},
      {R"({"anything-but":[0,5]})", {"1", R"("0")"}, {"-0", "5"}},
      {R"({"anything-but":{"prefix":"a"}})", {R"("ba")", "1", "null"}, {R"("a")", R"("ab")"}},
      {R"({"anything-but":{"prefix":["a","b"]}})", {R"("c")"}, {R"("ab")", R"("ba")"}},
      {R"({"anything-but":{"suffix":"a"}})", {R"("ab")", "true"}, {R"("ba")"}},
      {R"({"anything-but":{"suffix":["a","b"]}})", {R"("c")"}, {R"("ba")", R"("ab")"}},
      {R"({"anything-but":{"equals-ignore-case":"a"}})", {R"("b")", "null"}, {R"("a")", R"("A")"}},
      {R"({"anything-but":{"equals-ignore-case":["a","ß"]}})", {R"("ss")"}, {R"("A")", R"("SS")"}},
      {R"({"anything-but":{"wildcard":"a*b"}})", {R"("ba")", "1"}, {R"("ab")", R"("axb")"}},
      {R"({"anything-but":{"wildcard":["a*","*b"]}})", {R"("c")"}, {R"("ac")", R"("cb")"}},
  });
}

TEST(Matcher, OfExistence) {
  expect_rows({
      {R"({"exists":true})", {R"("")", "0", "null", "false"}, {}},
      {R"({"exists":false})", {}, {R"("")", "0", "null", "false"}},
  });
}

}  // namespace
}  // namespace grantproof::events
