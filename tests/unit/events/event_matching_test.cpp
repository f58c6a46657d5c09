// SPDX-License-Identifier: Apache-2.0
//
// Whole patterns against whole events, by the direct matcher: the documented surprises, one by one.
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "unit/events/event_case_file.h"

namespace grantproof::events {
namespace {

struct Row {
  std::string_view pattern;
  std::string_view event;
  bool matches;
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows)
    EXPECT_EQ(tests::matches_directly(row.pattern, row.event), row.matches)
        << row.pattern << " " << row.event;
}

TEST(EventMatching, SomeElementOfAListIsEnough) {
  expect_rows({
      {R"({"a":[1]})", R"({"a":[0,1]})", true},
      {R"({"a":[1]})", R"({"a":[[0,[1]]]})", true},
      {R"({"a":[1]})", R"({"a":[]})", false},
      {R"({"a":[1]})", R"({"b":1})", false},
      {R"({"a":[1,2]})", R"({"a":2})", true},
      {R"({"a":[1],"b":[2]})", R"({"a":1,"b":3})", false},
      {R"({"a":[{"anything-but":"x"}]})", R"({"a":["x","y"]})", true},
      {R"({"a":[{"anything-but":"x"}]})", R"({"a":["x","x"]})", false},
      {R"({"a":[{"anything-but":"x"}]})", R"({"a":[]})", false},
      {R"({"a":[{"anything-but":"x"}]})", R"({})", false},
  });
}

TEST(EventMatching, ExistsSpeaksOfLeaves) {
  for (const std::string_view event :
       {R"({"a":{}})", R"({"a":[]})", R"({"a":[[]]})", R"({"a":{"b":1}})", R"({"a":[{"b":1}]})", "{}"}) {
    expect_rows({{R"({"a":[{"exists":true}]})", event, false}, {R"({"a":[{"exists":false}]})", event, true}});
  }
  for (const std::string_view event :
       {R"({"a":null})", R"({"a":""})", R"({"a":[null]})", R"({"a":[[1]]})", R"({"a":false})"}) {
    expect_rows({{R"({"a":[{"exists":true}]})", event, true}, {R"({"a":[{"exists":false}]})", event, false}});
  }
  expect_rows({
      {R"({"a":[{"exists":false},1]})", R"({"a":1})", true},
      {R"({"a":[{"exists":false},1]})", R"({"a":2})", false},
      {R"({"a":[{"exists":false},1]})", R"({})", true},
      {R"({"a":{"b":[{"exists":false}]}})", R"({})", true},
  });
}

TEST(EventMatching, FieldsLieInOneElement) {
  expect_rows({
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":[{"x":1,"y":2}]})", true},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":[{"x":1},{"y":2}]})", false},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":[{"x":1,"y":3},{"x":0,"y":2},{"x":1,"y":2}]})", true},
      {R"({"a":{"x":[1],"b":{"y":[2]}}})", R"({"a":[{"x":1,"b":[{"y":0},{"y":2}]}]})", true},
      {R"({"a":{"b":{"x":[1],"y":[2]}}})", R"({"a":[{"b":[{"x":1},{"y":2}]}]})", false},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":[[{"x":1}],[{"y":2}]]})", false},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":[[{"x":1,"y":2}]]})", true},
      // Fields of two lists do not meet.
      {R"({"a":{"x":[1]},"b":{"y":[2]}})", R"({"a":[{"x":0},{"x":1}],"b":[{"y":2}]})", true},
      // An element that is no object lies in no element.
      {R"({"a":[1],"a.x":[2]})", R"({"a":[1,{"x":2}]})", true},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":{"x":[1,5],"y":[5,2]}})", true},
  });
}

TEST(EventMatching, AbsenceIsDecidedInTheOrderOfPaths) {
  expect_rows({
      {R"({"a":{"y":["1"],"z":[{"exists":false}]}})", R"({"a":[{"z":1},{"y":"1"}]})", true},
      {R"({"a":{"y":["1"],"x":[{"exists":false}]}})", R"({"a":[{"x":1},{"y":"1"}]})", false},
      {R"({"a":{"y":["1"],"z":[{"exists":false}]}})", R"({"a":[{"y":"1","z":1},{"y":"1"}]})", true},
      {R"({"a":{"y":["1"],"z":[{"exists":false}]}})", R"({"a":[{"y":"1","z":1},{"y":"2"}]})", false},
      // U+FFFD sorts behind U+10000 as UTF-16.
      {"{\"a\":{\"\U00010000\":[1],\"\uFFFD\":[{\"exists\":false}]}}",
       "{\"a\":[{\"\uFFFD\":1},{\"\U00010000\":1}]}", true},
      {"{\"a\":{\"\uFFFD\":[1],\"\U00010000\":[{\"exists\":false}]}}",
       "{\"a\":[{\"\U00010000\":1},{\"\uFFFD\":1}]}", false},
  });
}

TEST(EventMatching, DotsAndKeysAreOnePath) {
  for (const std::string_view pattern : {R"({"a.b":[1]})", R"({"a":{"b":[1]}})"}) {
    expect_rows({
        {pattern, R"({"a.b":1})", true},
        {pattern, R"({"a":{"b":1}})", true},
        {pattern, R"({"a":[{"b":1}]})", true},
        {pattern, R"({"b":1})", false},
    });
  }
  // The service's engine loses empty keys; here they count.
  expect_rows({
      {R"({"":{"a":[1]}})", R"({"":{"a":1}})", true},
      {R"({"":{"a":[1]}})", R"({"a":1})", false},
      {R"({"":[1]})", R"({"":1})", true},
  });
}

TEST(EventMatching, DuplicateKeys) {
  expect_rows({
      {R"({"a":[1],"a":[2]})", R"({"a":1})", false},
      {R"({"a":[1],"a":[2]})", R"({"a":2})", true},
      {R"({"a":{"b":[1]},"a":{"c":[2]}})", R"({"a":{"b":1,"c":2}})", true},
      {R"({"a":{"b":[1]},"a":{"c":[2]}})", R"({"a":{"c":2}})", false},
      {R"({"a":[1]})", R"({"a":1,"a":2})", true},
      {R"({"a":[2]})", R"({"a":1,"a":2})", true},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":{"x":1},"a":{"y":2}})", true},
      {R"({"a":{"x":[1],"y":[2]}})", R"({"a":[{"x":1}],"a":[{"y":2}]})", true},
  });
}

TEST(EventMatching, Or) {
  expect_rows({
      {R"({"$or":[{"a":[1]},{"b":[2]}]})", R"({"a":1})", true},
      {R"({"$or":[{"a":[1]},{"b":[2]}]})", R"({"b":2})", true},
      {R"({"$or":[{"a":[1]},{"b":[2]}]})", R"({"a":2,"b":1})", false},
      {R"({"c":[0],"$or":[{"a":[1]},{"b":[2]}]})", R"({"a":1})", false},
      {R"({"$or":[{"a":[1]},{"b":[2]}],"$or":[{"c":[1]},{"d":[2]}]})", R"({"a":1})", false},
      {R"({"$or":[{"a":[1]},{"b":[2]}],"$or":[{"c":[1]},{"d":[2]}]})", R"({"a":1,"d":2})", true},
      {R"({"x":{"$or":[{"a":[1]},{"$or":[{"b":[2]},{"c":[3]}]}]}})", R"({"x":{"c":3}})", true},
      // The later list replaces the earlier one.
      {R"({"a":[1],"$or":[{"a":[2]},{"b":[3]}]})", R"({"a":2})", true},
      {R"({"a":[1],"$or":[{"a":[2]},{"b":[3]}]})", R"({"a":1})", false},
      {R"({"a":[1],"$or":[{"a":[2]},{"b":[3]}]})", R"({"a":1,"b":3})", true},
      {R"({"$or":[{"a":[2]},{"b":[3]}],"a":[1]})", R"({"a":2})", false},
      // The name of a field.
      {R"({"$or":[{"prefix":"a"},{"suffix":"b"}]})", R"({"$or":"ax"})", true},
      {R"({"$or":{"a":[1]}})", R"({"$or":{"a":1}})", true},
      {R"({"$or":["x",5]})", R"({"$or":5})", true},
  });
}

}  // namespace
}  // namespace grantproof::events
