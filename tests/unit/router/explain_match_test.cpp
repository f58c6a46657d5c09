// SPDX-License-Identifier: Apache-2.0
#include "router/explain_match.h"

#include <gtest/gtest.h>

#include <string>

#include "events/event.h"
#include "events/event_pattern_reader.h"
#include "support/direct_event_matcher.h"

namespace grantproof::router {
namespace {

struct Explained {
  base::SourceMap sources;
  std::optional<events::EventPattern> pattern;
  std::optional<events::Event> event;
  MatchExplanation explanation;
};

void explain(std::string_view pattern, std::string_view event, Explained& into) {
  base::DiagnosticSink sink;
  into.pattern = events::read_event_pattern(into.sources, into.sources.add("p", std::string(pattern)), sink);
  into.event = events::read_event(into.sources, into.sources.add("e", std::string(event)), sink);
  ASSERT_TRUE(into.pattern && into.event) << pattern << "\n" << event;
  into.explanation = explain_match(*into.pattern, into.event->envelope);
}

TEST(ExplainMatch, NamesTheFieldAndWhatItHad) {
  struct Row {
    std::string_view pattern;
    std::string_view event;
    bool matches;
    std::string_view reason;
  };
  const Row rows[] = {
      {R"({"source": ["a"]})", R"({"source": "a"})", true, R"(source: "a")"},
      {R"({"source": ["a"]})", R"({"source": "b"})", false, R"(source: "b" is not "a")"},
      {R"({"source": ["a", "c"]})", R"({"source": "b"})", false, R"(source: "b" is none of "a", "c")"},
      {R"({"source": ["a"]})", R"({"source": ["b", "c"]})", false, R"(source: "b", "c" are none of "a")"},
      {R"({"source": ["a"]})", "{}", false, R"(source: there is none; expected "a")"},
      {R"({"n": [{"numeric": [">", 5, "<=", 10]}]})", R"({"n": 11})", false,
       "n: 11 does not match numeric > 5 and <= 10"},
      {R"({"n": [{"numeric": ["=", 5]}]})", R"({"n": 5.0})", true, "n: 5.0 matches numeric = 5"},
      {R"({"n": [1.50, true, null]})", R"({"n": "x"})", false, R"(n: "x" is none of 1.50, true, null)"},
      {R"({"s": [{"prefix": "com."}, "x"]})", R"({"s": "org"})", false,
       R"(s: "org" matches none of prefix "com.", "x")"},
      {R"({"s": [{"prefix": "com."}, "x"]})", R"({"s": "com.a"})", true,
       R"(s: "com.a" matches prefix "com.")"},
      {R"({"s": [{"anything-but": ["a", "b"]}]})", R"({"s": "a"})", false,
       R"(s: "a" does not match anything-but "a", "b")"},
      {R"({"s": [{"exists": true}]})", R"({"s": []})", false, "s: there is none; expected exists: true"},
      {R"({"s": [{"exists": false}]})", R"({"s": 1})", false, "s: 1 does not match exists: false"},
      {R"({"s": [{"exists": false}]})", "{}", true, "s: there is none, as exists: false asks"},
      {R"({"ip": [{"cidr": "10.0.0.0/8"}]})", R"({"ip": "11.0.0.1"})", false,
       R"(ip: "11.0.0.1" does not match cidr 10.0.0.0/8)"},
      // As the author wrote them, not by the alphabet.
      {R"({"source": ["a"], "detail": {"b": [1]}})", R"({"source": "x", "detail": {"b": 2}})", false,
       R"(source: "x" is not "a")"},
      {R"({"source": ["a"], "detail": {"b": [1]}})", R"({"source": "a", "detail": {"b": 2}})", false,
       "detail.b: 2 is not 1"},
      {R"({"source": ["a"], "detail": {"b": [1]}})", R"({"source": "a", "detail": {"b": 1}})", true,
       R"(source: "a"; detail.b: 1)"},
      // Of alternatives the one that came furthest.
      {R"({"source": ["a"], "$or": [{"x": [1]}, {"y": [2], "z": [3]}]})",
       R"({"source": "a", "y": 2, "z": 4})", false, "z: 4 is not 3"},
      {R"({"source": ["a"], "$or": [{"x": [1]}, {"y": [2]}]})", R"({"source": "a", "y": 2})", true,
       R"(source: "a"; y: 2)"},
      // Lists of objects.
      {R"({"a": {"x": [1], "y": [2]}})", R"({"a": [{"x": 1}, {"y": 2}]})", false,
       "a.y: 2 would match, but stands in another element of a list than the fields before"},
      {R"({"a": {"x": [1], "y": [2]}})", R"({"a": [{"x": 1}, {"x": 1, "y": 2}]})", true, "a.x: 1; a.y: 2"},
      {R"({"a": {"y": ["1"], "z": [{"exists": false}]}})", R"({"a": [{"z": 1}, {"y": "1"}]})", true,
       R"(a.y: "1"; a.z: there is none, as exists: false asks)"},
      {R"({"a": {"y": ["1"], "x": [{"exists": false}]}})", R"({"a": [{"x": 1}, {"y": "1"}]})", false,
       "a.x: 1 does not match exists: false"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.pattern) + " " + std::string(row.event));
    Explained explained;
    explain(row.pattern, row.event, explained);
    EXPECT_EQ(explained.explanation.matches, row.matches);
    EXPECT_EQ(explained.explanation.matches,
              tests::direct_match(*explained.pattern, explained.event->envelope));
    EXPECT_EQ(reason(explained.explanation), row.reason);
  }
}

TEST(ExplainMatch, ShowsAFewOfMany) {
  std::string values, literals;
  for (int i = 0; i < 9; ++i) {
    values += (i == 0 ? "" : ",") + std::to_string(i);
    literals += (i == 0 ? "" : ",") + std::to_string(100 + i);
  }
  Explained explained;
  explain("{\"n\": [" + literals + "]}", "{\"n\": [" + values + "]}", explained);
  EXPECT_EQ(reason(explained.explanation), "n: 0, 1, 2 and 6 more are none of 100, 101, 102, 103 and 5 more");
  Explained long_text;
  explain(R"({"s": ["a"]})", "{\"s\": \"" + std::string(1'000'000, 'x') + "\"}", long_text);
  EXPECT_LT(reason(long_text.explanation).size(), 200U);
}

TEST(ExplainMatch, LargeListsCostBoundedTime) {
  std::string items;
  for (int i = 0; i < 5000; ++i)
    items += std::string(i == 0 ? "" : ",") + R"({"x": 1},{"y": 2})";
  Explained explained;
  explain(R"({"a": {"x": [1], "y": [2]}})", "{\"a\": [" + items + "]}", explained);
  EXPECT_FALSE(explained.explanation.matches);
  EXPECT_TRUE(explained.explanation.incomplete);
  EXPECT_FALSE(reason(explained.explanation).empty());
  EXPECT_NE(reason(explained.explanation).find(kIncomplete), std::string::npos);
}

}  // namespace
}  // namespace grantproof::router
