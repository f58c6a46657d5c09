// SPDX-License-Identifier: Apache-2.0
#include "reports/verdict_lines.h"

#include <gtest/gtest.h>

#include "report_fixture.h"

namespace grantproof::reports {
namespace {

using checks::ClaimResult;
using checks::VerdictKind;

class VerdictLines : public testing::Test {
 protected:
  base::Label label(std::string_view text) const {
    return {span_of(*fixture_.sources, fixture_.bus, "{\n      \"Sid\""), std::string(text)};
  }
  const base::SourceMap& sources() const { return *fixture_.sources; }

 private:
  Fixture fixture_ = make_fixture();
};

TEST_F(VerdictLines, Prove) {
  const std::vector<ClaimResult> claims = {
      {"only-billing-assumes-export", "", VerdictKind::kProved, "", {label("BillingOnly")}, std::nullopt},
      {"orders-bus-internal", "", VerdictKind::kRefuted, "", {label("PartnerPut")}, open_bus_witness()},
      {"audit-bus-internal",
       "",
       VerdictKind::kUndecided,
       "budget used up after 2,000,000 steps; try --budget 10x",
       {},
       std::nullopt},
  };
  EXPECT_EQ(verdict_lines(claims, sources(), {}),
            R"(proved     only-billing-assumes-export   rests on policies/orders-bus.json:4 "BillingOnly"
refuted    orders-bus-internal           witness above (policies/orders-bus.json:4)
undecided  audit-bus-internal            budget used up after 2,000,000 steps; try --budget 10x
)");
}

TEST_F(VerdictLines, ProveNamesStatementsAndSubjects) {
  const std::vector<ClaimResult> claims = {
      {"internal", "a.json", VerdictKind::kProved, "", {label("statement 1"), label("Two")}, std::nullopt},
      {"internal", "b.json", VerdictKind::kProved, "", {}, std::nullopt},
      {"other", "b.json", VerdictKind::kUndecided, "", {}, std::nullopt},
  };
  EXPECT_EQ(
      verdict_lines(claims, sources(), {}),
      R"(proved     internal on a.json   rests on policies/orders-bus.json:4 statement 1, policies/orders-bus.json:4 "Two"
proved     internal on b.json   rests on no statement
undecided  other                no reason was given
)");
}

TEST_F(VerdictLines, ProofTextPutsTheWitnessAbove) {
  const std::vector<ClaimResult> claims = {
      {"orders-bus-internal", "orders-bus.json", VerdictKind::kRefuted, "", {}, open_bus_witness()},
  };
  const std::string text = proof_text(claims, sources(), {});
  EXPECT_EQ(
      text.find(
          "orders-bus-internal on orders-bus.json\n  witness   a request this policy allows, replayed:"),
      0U)
      << text;
  EXPECT_TRUE(text.ends_with("\n\nrefuted    orders-bus-internal   witness above\n")) << text;
}

// ---- can

TEST_F(VerdictLines, CanYes) {
  checks::CanAnswer answer;
  answer.verdict = VerdictKind::kRefuted;
  answer.ways = {{"any principal outside o-exampleorgid, when events:source matches com.partner.*", label(""),
                  "PartnerPut", open_bus_witness()},
                 {"role audit", label(""), "statement 2", open_bus_witness()}};
  answer.assumptions = {"account 999999999999 lets its own role call events:PutEvents"};
  EXPECT_EQ(can_lines(answer, sources(), {}),
            R"(YES  any principal outside o-exampleorgid, when events:source matches com.partner.*
     policies/orders-bus.json:4  statement "PartnerPut"
     example: arn:aws:iam::999999999999:role/anyone with events:source = com.partner.orders
YES  role audit
     policies/orders-bus.json:4  statement 2
     example: arn:aws:iam::999999999999:role/anyone with events:source = com.partner.orders
     assumed: account 999999999999 lets its own role call events:PutEvents
)");
}

// What is not known is neither "nothing" nor "NO"; ways that were found are shown all the same.
TEST_F(VerdictLines, CanNoAndUnknown) {
  checks::CanAnswer answer;
  EXPECT_EQ(can_lines(answer, sources(), {}), "UNKNOWN  no reason was given\n");
  answer.reason = "aws:CalledVia is not modelled";
  EXPECT_EQ(can_lines(answer, sources(), {}), "UNKNOWN  aws:CalledVia is not modelled\n");
  answer.ways = {{"role audit", label(""), "Audit", open_bus_witness()}};
  EXPECT_EQ(can_lines(answer, sources(), {}).find("YES  role audit\n"), 0U);
  answer.ways.clear();
  answer.verdict = VerdictKind::kProved;
  EXPECT_EQ(can_lines(answer, sources(), {}), "NO   aws:CalledVia is not modelled\n");
  answer.reason.clear();
  EXPECT_EQ(can_lines(answer, sources(), {}), "NO   nobody\n");
  answer.verdict = VerdictKind::kRefuted;
  EXPECT_EQ(can_lines(answer, sources(), {}).find("YES  "), 0U);
}

// ---- diff

TEST_F(VerdictLines, Diff) {
  checks::Difference difference;
  difference.added.verdict = VerdictKind::kRefuted;
  difference.added.changes = {
      {label(""), "NewPartner",
       "events:PutEvents on event-bus/orders: principals of account 444455556666 (new)", open_bus_witness()}};
  difference.removed.verdict = VerdictKind::kProved;
  EXPECT_EQ(diff_lines(difference, sources(), {}),
            R"(widened   events:PutEvents on event-bus/orders: principals of account 444455556666 (new)
            added by   policies/orders-bus.json:4  statement "NewPartner"
            witness    arn:aws:iam::999999999999:role/anyone, events:source = com.partner.orders
narrowed  nothing
)");
}

TEST_F(VerdictLines, DiffUndecidedIsNotNothing) {
  checks::Difference difference;
  difference.added.reason = "budget used up";
  difference.removed.verdict = VerdictKind::kRefuted;
  EXPECT_EQ(diff_lines(difference, sources(), {}),
            "widened   undecided: budget used up\n"
            "narrowed  something that no single statement is to blame for\n");
}

}  // namespace
}  // namespace grantproof::reports
