// SPDX-License-Identifier: Apache-2.0
//
// What a pattern is as a formula. That the formula and the matcher agree is shown in
// tests/properties/event_pattern_twins_test.cpp.
#include "logic/encode_event_pattern.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "logic/event_texts.h"
#include "logic/interpret.h"
#include "unit/events/event_case_file.h"

namespace grantproof::logic {
namespace {

using events::Leaf;

events::Matcher matcher(std::string_view text) {
  return events::tests::pattern_of("{\"a\":[" + std::string(text) + "]}")
      .value()
      .tests.front()
      .matchers.front();
}

TEST(EventKey, KindAndPathAreApart) {
  EXPECT_EQ(event_key("detail.state", Leaf::Kind::kString), "event/string/detail.state");
  EXPECT_EQ(event_key("detail.State", Leaf::Kind::kNumber), "event/number/detail.%53tate");
  EXPECT_NE(event_key("é", Leaf::Kind::kLiteral), event_key("É", Leaf::Kind::kLiteral));
}

TEST(EventTexts, AreTheStringsOfTheMatcher) {
  struct Row {
    std::string_view matcher;
    std::vector<std::string> members;
    std::vector<std::string> others;
  };
  const Row rows[] = {
      {R"({"prefix":"a*"})", {"a*", "a*b"}, {"ab", "a"}},
      {R"({"suffix":".png"})", {".png", "a.png"}, {"a.PNG"}},
      {R"({"wildcard":"a*b\\*"})", {"ab*", "axyb*"}, {"ab", "abc"}},
      {R"({"equals-ignore-case":"Kelvin"})", {"kelvin", "KELVIN"}, {"\u212Aelvin", "kelvi"}},
      {R"({"equals-ignore-case":"straße"})", {"straße", "STRASSE"}, {"strasse"}},
      {R"({"prefix":{"equals-ignore-case":"é"}})", {"É", "éa"}, {"e"}},
      {R"({"suffix":{"equals-ignore-case":"aB"}})", {"xAb", "ab"}, {"abx"}},
      {R"({"anything-but":["x","y"]})", {"x", "y"}, {"z"}},
      {R"({"anything-but":{"prefix":["x","y"]}})", {"xa", "y"}, {"z"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.matcher);
    const auto globs = event_texts(matcher(row.matcher));
    ASSERT_TRUE(globs);
    const auto holds = [&](const std::string& text) {
      return std::ranges::any_of(*globs, [&](const patterns::Glob& glob) { return glob.matches(text); });
    };
    for (const std::string& text : row.members)
      EXPECT_TRUE(holds(text)) << text;
    for (const std::string& text : row.others)
      EXPECT_FALSE(holds(text)) << text;
  }
  // Each k doubles the spellings.
  EXPECT_FALSE(event_texts(matcher(R"({"equals-ignore-case":"kkkkkkkkkkkkkkkkkkkkkkkk"})")));
}

TEST(EncodeEventPattern, TellsWhatIsKnown) {
  patterns::PatternStore store;
  SymbolicRequest symbolic(store, aws::Reference::embedded());
  const Formula formula = encode_event_pattern(
      symbolic,
      events::tests::pattern_of(R"({"source":["a"],"detail":{"n":[{"numeric":[">",1,"<",3]}],"s":["x"]}})")
          .value());
  const auto answers = [&](std::string_view event) {
    access::Request request;
    tell_event(events::tests::event_of(event), request.context);
    return std::pair(holds(symbolic, formula, request, false), holds(symbolic, formula, request, true));
  };
  EXPECT_EQ(answers(R"({"source":"a","detail":{"n":2,"s":["y","x"]}})"), std::pair(true, true));
  EXPECT_EQ(answers(R"({"source":"a","detail":{"n":3,"s":"x"}})"), std::pair(false, false));
  // 0 and 4 are each on one side: a set of numbers does not say that none is between.
  EXPECT_EQ(answers(R"({"source":"a","detail":{"n":[0,4],"s":"x"}})"), std::pair(false, true));
  EXPECT_EQ(answers(R"({"source":"a","detail":{"n":[0,1],"s":"x"}})"), std::pair(false, false));
  // Lists of objects: the two may lie in different elements.
  EXPECT_EQ(answers(R"({"source":"a","detail":[{"n":2},{"s":"x"}]})"), std::pair(false, true));
}

TEST(EncodeEventPattern, NumbersAndAddressesAreWhatEventsTakeForThem) {
  struct Row {
    std::string_view matcher;
    std::vector<std::string_view> members;
    std::vector<std::string_view> others;
  };
  const Row rows[] = {
      // No double keeps these: they equal their own spelling, and no range has them.
      {"1e400", {"1e400"}, {"1E400", "10e399"}},
      {"9007199254740993", {"9007199254740993"}, {"9007199254740993.0", "9007199254740992"}},
      {R"({"numeric":[">",5]})", {"6", "[4,6]"}, {"1e400", "9007199254740993", "\"6\""}},
      {R"({"anything-but":[0]})", {"1e400", "1"}, {"0", "-0.0", "0e99999999999"}},
      {R"({"anything-but":["a"]})", {"1e400"}, {"\"a\""}},
      {R"({"exists":true})", {"1e400"}, {}},
      {R"({"exists":false})", {}, {"1e400"}},
      // Some texts are addresses to events and not to IAM, and the other way round.
      {R"({"cidr":"2001:db8::/32"})", {R"("2001:db8::00001")"}, {R"("2001:db8:::")", R"("2001:db9::")"}},
      {R"("10.0.0.1")", {R"("::ffff:0a00:00001")"}, {R"("::ffff:10.0.0.1")", R"("0000000010.0.0.1")"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.matcher);
    patterns::PatternStore store;
    SymbolicRequest symbolic(store, aws::Reference::embedded());
    const std::string pattern = "{\"a\":[" + std::string(row.matcher) + "]}";
    const Formula formula = encode_event_pattern(symbolic, events::tests::pattern_of(pattern).value());
    const auto answers = [&](std::string_view value) {
      access::Request request;
      tell_event(events::tests::event_of("{\"a\":" + std::string(value) + "}"), request.context);
      return std::pair(holds(symbolic, formula, request, false), holds(symbolic, formula, request, true));
    };
    for (const std::string_view value : row.members)
      EXPECT_EQ(answers(value), std::pair(true, true)) << value;
    for (const std::string_view value : row.others)
      EXPECT_EQ(answers(value), std::pair(false, false)) << value;
  }
}

TEST(EventSpace, TheEnvelopeIsOfStrings) {
  patterns::PatternStore store;
  SymbolicRequest symbolic(store, aws::Reference::embedded());
  encode_event_pattern(
      symbolic,
      events::tests::pattern_of(R"({"source":[{"anything-but":"b"}],"account":[{"exists":true}]})").value());
  const Formula space = event_space(symbolic);
  const auto possible = [&](std::string_view event) {
    access::Request request;
    tell_event(events::tests::event_of(event), request.context);
    return holds(symbolic, space, request);
  };
  EXPECT_TRUE(possible(R"({"source":"a","account":"111122223333"})"));
  EXPECT_FALSE(possible(R"({"source":["a","b"],"account":"111122223333"})"));
  EXPECT_FALSE(possible(R"({"source":1,"account":"111122223333"})"));
  EXPECT_FALSE(possible(R"({"account":"111122223333"})"));
  EXPECT_FALSE(possible(R"({"source":"a","account":"123"})"));
}

TEST(EventSpace, AnAddressIsReadFromAString) {
  patterns::PatternStore store;
  SymbolicRequest symbolic(store, aws::Reference::embedded());
  encode_event_pattern(symbolic, events::tests::pattern_of(R"({"a":[{"cidr":"10.0.0.0/8"}]})").value());
  const Formula space = event_space(symbolic);
  access::Request request;
  tell_event(events::tests::event_of(R"({"a":["b","::1"]})"), request.context);
  EXPECT_TRUE(holds(symbolic, space, request));
  request.context[event_key("a", Leaf::Kind::kString)].values = {"b"};
  EXPECT_FALSE(holds(symbolic, space, request));
}

}  // namespace
}  // namespace grantproof::logic
