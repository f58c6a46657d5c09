// SPDX-License-Identifier: Apache-2.0
#include "checks/remedy.h"

#include <gtest/gtest.h>

#include "checks_fixture.h"

namespace grantproof::checks {
namespace {

constexpr std::string_view kSource = R"("Condition": {"StringLike": {"events:source": "com.partner.*"}})";

std::string allow(std::string_view action, std::string_view resource, std::string_view more = {}) {
  return fmt::format(R"({{"Effect": "Allow", "Action": {}, "Resource": {}{}{}}})", action, resource,
                     more.empty() ? "" : ", ", more);
}
std::string bus_arn(std::string_view account, std::string_view name) {
  return fmt::format(R"("arn:aws:events:eu-west-1:{}:event-bus/{}")", account, name);
}

// ---- remedies: what is shown was proved, which the test does once more by checking the changed policy

TEST(Remedy, ARemedyHeals) {
  struct Row {
    std::string_view before;
    std::string_view rule;
    std::string principal;
    bool facts;
  };
  const Row rows[] = {
      {kSource, "GP2001", R"("*")", true},
      {kSource, "GP2001", R"("*")", false},
      {R"("Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-exampleorgid", "o-otherorgid"]}})",
       "GP2002", R"("*")", true},
      {"", "GP2003", R"({"AWS": "555566667777"})", true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(fmt::format("{} {}", row.rule, row.before));
    Policies policies;
    policies.add_statement(bus_statement(row.principal, row.before));
    if (row.facts)
      policies.know_facts();
    const CheckResult result = policies.check();
    const Finding* finding = find(result, row.rule);
    ASSERT_NE(finding, nullptr);
    ASSERT_FALSE(finding->remedy_lines.empty()) << finding->help;
    EXPECT_NE(finding->help.find("with this change the claim is proved"), std::string::npos);
    std::string element;
    for (const std::string& line : finding->remedy_lines)
      element += line + "\n";
    Policies changed;
    changed.add_statement(bus_statement(row.principal, element));
    changed.world.facts = policies.world.facts;
    EXPECT_EQ(find(changed.check(), row.rule), nullptr) << element;
  }
}

TEST(Remedy, ActionsInPlaceOfAWildcardHeal) {
  Policies policies;
  policies.add_statement(allow(R"(["events:DescribeRule", "events:Put*"])", bus_arn("111122223333", "a")));
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP2012");
  ASSERT_NE(finding, nullptr);
  std::string element;
  for (const std::string& line : finding->remedy_lines)
    element += line;
  EXPECT_NE(element.find("\"events:PutRule\""), std::string::npos);
  EXPECT_EQ(element.find("\"events:PutEvents\""), std::string::npos);
  Policies changed;
  changed.add_statement(fmt::format(R"({{"Effect": "Allow", {}, "Resource": "*"}})", element));
  EXPECT_EQ(find(changed.check(), "GP2012"), nullptr);
}

TEST(Remedy, AdviceWithoutTextWhereNothingIsProved) {
  Policies policies;
  policies.add_statement(bus_statement(R"({"AWS": "999999999999"})", kSource)).know_facts();
  const CheckResult result = policies.check();
  const Finding* finding = find(result, "GP2002");
  ASSERT_NE(finding, nullptr);
  EXPECT_TRUE(finding->remedy_lines.empty());
  EXPECT_NE(finding->help.find("remove account 999999999999"), std::string::npos) << finding->help;
}

}  // namespace
}  // namespace grantproof::checks
