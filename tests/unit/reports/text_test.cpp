// SPDX-License-Identifier: Apache-2.0
#include "reports/text.h"

#include <gtest/gtest.h>

#include "report_fixture.h"
#include "reports/renderer.h"

namespace grantproof::reports {
namespace {

// ---- the finding of the interface design, byte for byte

constexpr std::string_view kOpenBus =
    R"(policies/orders-bus.json:7:20: error: any AWS account can put events on this bus [GP2001 putevents-open-to-all]
   5 │       "Sid": "PartnerPut",
   6 │       "Effect": "Allow",
   7 │       "Principal": "*",
     │                    ^^^ everyone, in every account
   8 │       "Action": "events:PutEvents",
   9 │       "Resource": "arn:aws:events:us-east-1:111122223333:event-bus/orders",
  10 │       "Condition": { "StringLike": { "events:source": "com.partner.*" } }
     │                                                       --------------- chosen by the sender; it does not say who the sender is
  witness   a request this policy allows, replayed: allowed, decided by statement "PartnerPut"
            principal             arn:aws:iam::999999999999:role/anyone
            action                events:PutEvents
            resource              arn:aws:events:us-east-1:111122223333:event-bus/orders
            events:source         com.partner.orders
            events:detail-type    (any)
            aws:PrincipalOrgID    (absent)
  assumed   account 999999999999 lets its own role call events:PutEvents
  help      name the partner account, or keep "*" and require your organization; with this change the claim is proved:
            +       "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-exampleorgid" },
            +                      "StringLike":   { "events:source": "com.partner.*" } }
  more      grantproof explain GP2001
)";

TEST(Text, OpenBus) {
  const Fixture fixture = make_fixture();
  EXPECT_EQ(finding_text(*fixture.sources, fixture.report.findings[0], {}), kOpenBus);
}

// A policy on one line: the line is cut, and the statement is named.
TEST(Text, MinifiedPolicyNamesTheStatement) {
  const Fixture fixture = make_fixture();
  RenderOptions options;
  options.width = 80;
  EXPECT_EQ(
      finding_text(*fixture.sources, fixture.report.findings[2], options),
      R"(policies/read.json:1:5596: warning: "Conditon" is no element of a statement [GP1002 unknown-element]
  1 │ …","arn:aws:s3:::bucket-199/*"],"Conditon":{},"NotAction":"s3:PutObject",…
    │                                 ^^^^^^^^^^
  statement "Read"
  help      did you mean "Condition"?
  more      grantproof explain GP1002
)");
}

TEST(Text, NumberedStatement) {
  Fixture fixture = make_fixture();
  fixture.report.findings[2].statement = "statement 1";
  const std::string text = finding_text(*fixture.sources, fixture.report.findings[2], {});
  EXPECT_NE(text.find("\n  statement 1\n"), std::string::npos) << text;
}

TEST(Text, WholeReport) {
  Fixture fixture = make_fixture();
  fixture.report.assumptions = {"no organization is known", "no partner account is known"};
  const std::string text = render_text(fixture.report, {});
  EXPECT_EQ(text.find(kOpenBus), 0U);
  const std::string tail = text.substr(text.rfind("  more "));
  EXPECT_EQ(tail, R"(  more      grantproof explain GP1002

  assumed   no organization is known
            no partner account is known

policies/orders-bus.json: 1 claim proved, 2 refuted, 1 undecided
checked 2 files, 2 policies, 5 claims: 1 error, 1 warning, 1 undecided (1 suppressed)
)");
  EXPECT_EQ(text.find("GP2003"), std::string::npos) << "suppressed findings are only counted";
}

TEST(Text, SeverityFilterHidesAndSaysSo) {
  const Fixture fixture = make_fixture();
  RenderOptions options;
  options.lowest_severity = base::Severity::kError;
  const std::string text = render_text(fixture.report, options);
  EXPECT_EQ(text.find("GP1002"), std::string::npos);
  EXPECT_NE(text.find("1 error, 1 warning, 1 undecided (1 suppressed, 1 not shown)\n"), std::string::npos)
      << text;
}

TEST(Text, ShowProved) {
  const Fixture fixture = make_fixture();
  RenderOptions options;
  options.show_proved = true;
  const std::string text = render_text(fixture.report, options);
  EXPECT_NE(
      text.find("proved     GP2002 putevents-outside     rests on policies/orders-bus.json:4 \"PartnerPut\"\n"
                "proved     GP4001 putevents-every-bus   rests on no statement\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("policies/read.json: 1 claim proved, 0 refuted, 0 undecided\n"), std::string::npos);
}

TEST(Text, NothingFound) {
  base::SourceMap sources;
  Report report;
  report.sources = &sources;
  report.files = 14;
  report.policies = 1;
  EXPECT_EQ(render_text(report, {}), "checked 14 files, 1 policy, 0 claims: 0 errors, 0 warnings\n");
}

// A witness that shows a request being refused is not called one that the policy allows.
TEST(Text, DeniedWitness) {
  checks::FindingWitness witness = open_bus_witness();
  witness.rows.clear();
  witness.decision = "denied, decided by statement \"Stop\"";
  EXPECT_EQ(witness_text(witness, {}),
            "  witness   a request, replayed: denied, decided by statement \"Stop\"\n");
}

// ---- the terminal

TEST(Text, AsciiHoldsNothingElse) {
  Fixture fixture = make_fixture();
  fixture.report.findings[0].message = "größe";
  RenderOptions options;
  options.ascii = true;
  const std::string text = render_text(fixture.report, options);
  for (const char byte : text)
    EXPECT_LT(static_cast<unsigned char>(byte), 0x80);
  EXPECT_NE(text.find("     |                    ^^^ everyone"), std::string::npos) << text;
  EXPECT_NE(text.find("gr\\u00f6\\u00dfe"), std::string::npos);
  EXPECT_NE(text.find("  1 | ...:bucket-198"), std::string::npos) << text;
}

// Every part that comes from a document, with an escape sequence in it.
using Render = std::string (*)(const Report&, const RenderOptions&);

TEST(Text, EscapeSequencesNeverReachTheTerminal) {
  const std::string evil =
      "\x1B]0;owned\x07\xC2\x9B"
      "31m\xE2\x80\xAE\r\n::error::";
  Fixture fixture;
  fixture.bus = fixture.sources->add("a" + evil + ".json", "{\n\"Sid\": \"" + evil + "\"\n}\n");
  fixture.report.sources = fixture.sources.get();
  checks::Finding finding = open_bus_finding(make_fixture());
  finding.message = finding.help = finding.statement = evil;
  finding.primary = {{fixture.bus, 2, 7}, evil};
  finding.secondary = {{{fixture.bus, 9, 12}, evil}};
  finding.assumed = finding.remedy_lines = {evil};
  finding.witness->decision = evil;
  finding.witness->rows = {{evil, evil}};
  fixture.report.findings = {finding};
  fixture.report.assumptions = {evil};
  fixture.report.claims = {
      {evil, evil, checks::VerdictKind::kProved, evil, {finding.primary}, finding.witness},
      {evil, evil, checks::VerdictKind::kUndecided, evil, {}, std::nullopt}};
  RenderOptions options;
  options.show_proved = true;
  for (const Render render : {render_text, render_concise, render_github, render_github_step_summary}) {
    const std::string text = render(fixture.report, options);
    for (const std::string_view bad : {"\x1B", "\x07", "\xC2\x9B", "\xE2\x80\xAE", "\r", "\n::error::"}) {
      EXPECT_EQ(text.find(bad), std::string::npos) << text;
    }
  }
  for (const Render render : {render_json, render_sarif, render_junit}) {
    const std::string text = render(fixture.report, options);
    for (const std::string_view bad : {"\x1B", "\x07", "\xC2\x9B", "\xE2\x80\xAE", "\r"}) {
      EXPECT_EQ(text.find(bad), std::string::npos) << text;
    }
  }
}

TEST(Text, ColourOnlyWhereAsked) {
  const Fixture fixture = make_fixture();
  RenderOptions options;
  EXPECT_EQ(render_text(fixture.report, options).find('\033'), std::string::npos);
  options.colour = true;
  const std::string text = render_concise(fixture.report, options);
  EXPECT_EQ(text.find("\033[1mpolicies/orders-bus.json:7:20\033[0m: \033[1;31merror:\033[0m "), 0U) << text;
}

TEST(Concise, FirstLines) {
  const Fixture fixture = make_fixture();
  EXPECT_EQ(render_concise(fixture.report, {}),
            "policies/orders-bus.json:7:20: error: any AWS account can put events on this bus "
            "[GP2001 putevents-open-to-all]\n"
            "policies/read.json:1:5596: warning: \"Conditon\" is no element of a statement "
            "[GP1002 unknown-element]\n");
}

TEST(Renderers, ByName) {
  for (const std::string_view name : {"text", "concise", "json", "sarif", "github", "junit"}) {
    const Renderer* renderer = find_renderer(name);
    ASSERT_NE(renderer, nullptr) << name;
    EXPECT_EQ(renderer->name, name);
  }
  EXPECT_EQ(find_renderer("Text"), nullptr);
  EXPECT_EQ(find_renderer(""), nullptr);
}

TEST(Renderers, SameReportSameBytes) {
  const Fixture first = make_fixture();
  const Fixture second = make_fixture();
  for (const Renderer& renderer : renderers()) {
    EXPECT_EQ(renderer.render(first.report, {}), renderer.render(second.report, {})) << renderer.name;
  }
}

}  // namespace
}  // namespace grantproof::reports
