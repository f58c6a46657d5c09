// SPDX-License-Identifier: Apache-2.0
//
// Questions about event patterns, over all events.
#include "logic/encode_event_pattern.h"
#include "logic/interpret.h"
#include "unit/events/event_case_file.h"
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

struct Row {
  std::string_view matched;      // an event that this pattern matches…
  std::string_view not_matched;  // …and this one does not (nothing: is matched as well, see `both`)
  Answer answer;                 // kProved: there is none
};

// Is there an event that the first pattern matches, and that the second one matches (or does not)?
void check(const Row& row, bool both) {
  SCOPED_TRACE(std::string(row.matched) + (both ? " and " : " but not ") + std::string(row.not_matched));
  Asker asker;
  logic::SymbolicRequest request(asker.patterns(), aws::Reference::embedded());
  logic::FormulaStore& formulas = request.formulas();
  const logic::Formula first =
      logic::encode_event_pattern(request, events::tests::pattern_of(row.matched).value());
  const logic::Formula second =
      logic::encode_event_pattern(request, events::tests::pattern_of(row.not_matched).value());
  const logic::Formula question = formulas.both(first, both ? second : formulas.not_(second));
  const logic::Formula violation = formulas.both(question, logic::event_space(request));
  const Answered answered = asker.ask(request, violation, [&](const access::Request& witness) {
    return logic::holds(request, violation, witness);
  });
  EXPECT_EQ(answered.answer, row.answer) << answered.reason;
}

TEST(EventPatterns, WhatOneMatchesAndTheOtherToo) {
  const Row rows[] = {
      {R"({"source":["a"]})", R"({"source":["b"]})", Answer::kProved},
      {R"({"source":["a",{"prefix":"b"}]})", R"({"source":[{"suffix":"c"}]})", Answer::kRefuted},
      {R"({"source":[{"prefix":"aws."}]})", R"({"source":[{"anything-but":{"prefix":"aws."}}]})",
       Answer::kProved},
      // A field of detail may be a list.
      {R"({"detail":{"s":["a"]}})", R"({"detail":{"s":["b"]}})", Answer::kRefuted},
      {R"({"detail":{"s":[{"exists":false}]}})", R"({"detail":{"s":["b"]}})", Answer::kProved},
      {R"({"account":["111122223333"]})", R"({"account":[{"prefix":"4"}]})", Answer::kProved},
      {R"({"detail-type":[1]})", R"({"source":["a"]})", Answer::kProved},
      {R"({"detail":{"ip":[{"cidr":"10.0.0.0/8"}]}})", R"({"source":["a"]})", Answer::kRefuted},
      {R"({"source":["10.0.0.1"]})", R"({"source":["10.0.0.2"]})", Answer::kProved},
      {R"({"source":["10.0.0.1"]})", R"({"source":["a"]})", Answer::kProved},
      {R"({"account":["10.0.0.1"]})", R"({"account":[{"exists":true}]})", Answer::kProved},
  };
  for (const Row& row : rows)
    check(row, true);
}

TEST(EventPatterns, WhatOneMatchesAndTheOtherDoesNot) {
  const Row rows[] = {
      {R"({"source":["aws.ec2"]})", R"({"source":[{"prefix":"aws."}]})", Answer::kProved},
      {R"({"source":[{"prefix":"aws."}]})", R"({"source":["aws.ec2"]})", Answer::kRefuted},
      {R"({"detail":{"n":[{"numeric":[">",5]}]}})", R"({"detail":{"n":[{"numeric":[">",3]}]}})",
       Answer::kProved},
      {R"({"detail":{"n":[{"numeric":[">",3]}]}})", R"({"detail":{"n":[{"numeric":[">",5]}]}})",
       Answer::kRefuted},
      {R"({"detail":{"n":[5]}})", R"({"detail":{"n":[{"numeric":["=",5.0]}]}})", Answer::kProved},
      // No range has a number that no double keeps.
      {R"({"detail":{"n":[1e400]}})", R"({"detail":{"n":[{"numeric":[">",5]}]}})", Answer::kRefuted},
      {R"({"detail":{"n":[1e400]}})", R"({"detail":{"n":[{"exists":true}]}})", Answer::kProved},
      {R"({"detail":{"k":[{"equals-ignore-case":"ab"}]}})", R"({"detail":{"k":["ab","aB","Ab","AB"]}})",
       Answer::kProved},
      {R"({"detail":{"ip":[{"cidr":"10.1.0.0/16"}]}})", R"({"detail":{"ip":[{"cidr":"10.0.0.0/8"}]}})",
       Answer::kProved},
      {R"({"detail":{"ip":[{"cidr":"10.1.0.0/16"}]}})", R"({"detail":{"ip":[{"exists":true}]}})",
       Answer::kProved},
      {R"({"$or":[{"source":["a"]},{"source":["b"]}]})", R"({"source":["a","b","c"]})", Answer::kProved},
      {R"({"detail":{"a":["x"]}})", R"({"detail":{"a":["x"],"b":[{"exists":true}]}})", Answer::kRefuted},
      // With lists of objects the second may miss what the first finds.
      {R"({"detail":{"a":["x"],"b":["y"]}})", R"({"detail":{"a":["x"],"b":["y"]}})", Answer::kProved},
  };
  for (const Row& row : rows)
    check(row, false);
}

TEST(EventPatterns, WhatListsOfObjectsDecideIsNotDecided) {
  // a = x in one element and b = y in another: each of the first two matches, the third does not.
  Asker asker;
  logic::SymbolicRequest request(asker.patterns(), aws::Reference::embedded());
  const auto encoded = [&](std::string_view text) {
    return logic::encode_event_pattern(request, events::tests::pattern_of(text).value());
  };
  const logic::Formula violation = request.formulas().all_of(
      {encoded(R"({"detail":{"a":["x"]}})"), encoded(R"({"detail":{"b":["y"]}})"),
       request.formulas().not_(encoded(R"({"detail":{"a":["x"],"b":["y"]}})")), logic::event_space(request)});
  const Answered answered = asker.ask(request, violation, [&](const access::Request& witness) {
    return logic::holds(request, violation, witness) && logic::holds(request, violation, witness, true);
  });
  EXPECT_NE(answered.answer, Answer::kProved);
}

}  // namespace
}  // namespace grantproof::tests
