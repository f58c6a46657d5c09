// SPDX-License-Identifier: Apache-2.0
#include "policy/when.h"

#include <gtest/gtest.h>

namespace grantproof::policy {
namespace {

std::string cases_that_hold(std::string_view when, std::set<std::string> conditions = {}) {
  add_conditions(when, conditions);
  std::vector<Case> cases = cases_of(conditions);
  std::erase_if(cases, [when](const Case& one) { return !holds(when, one); });
  return describe(std::move(cases));
}

TEST(When, CasesInWhichItHolds) {
  struct Row {
    std::string_view when;
    std::set<std::string> others;
    std::string expected;
  };
  const Row rows[] = {
      {"", {}, ""},
      {"", {"IsProd"}, ""},
      {"IsProd", {}, "IsProd"},
      {"not IsProd", {}, "not IsProd"},
      {"IsProd", {"UseHub"}, "IsProd"},
      {"IsProd and not UseHub", {}, "IsProd and not UseHub"},
      {"IsProd or not IsProd", {}, ""},
      {"IsProd and UseHub or not IsProd and not UseHub",
       {},
       "IsProd and UseHub or not IsProd and not UseHub"},
      {"A and B or A and not B", {"C"}, "A"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(cases_that_hold(row.when, row.others), row.expected) << row.when;
}

TEST(When, CasesAreAllCombinations) {
  EXPECT_EQ(cases_of({}).size(), 1U);
  EXPECT_EQ(cases_of({"A", "B", "C"}).size(), 8U);
}

}  // namespace
}  // namespace grantproof::policy
