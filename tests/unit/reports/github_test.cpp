// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "report_fixture.h"
#include "reports/renderer.h"

namespace grantproof::reports {
namespace {

TEST(Github, Annotations) {
  const Fixture fixture = make_fixture();
  EXPECT_EQ(
      render_github(fixture.report, {}),
      "::error title=grantproof "
      "(GP2001),file=policies/orders-bus.json,line=7,col=20,endLine=7,endColumn=23::any AWS "
      "account can put events on this bus%0Astatement: PartnerPut%0Awitness: "
      "arn:aws:iam::999999999999:role/anyone, "
      "events:source = com.partner.orders%0Ahelp: name the partner account, or keep \"*\" and require your "
      "organization; with this change the claim is proved:%0A+       \"Condition\": { \"StringEquals\": { "
      "\"aws:PrincipalOrgID\": "
      "\"o-exampleorgid\" },%0A+                      \"StringLike\":   { \"events:source\": "
      "\"com.partner.*\" } }\n"
      "::warning title=grantproof (GP1002),file=policies/read.json,line=1,col=5596,endLine=1,endColumn=5606::"
      "\"Conditon\" is no element of a statement%0Astatement: Read%0Ahelp: did you mean \"Condition\"?\n"
      "checked 2 files, 2 policies, 5 claims: 1 error, 1 warning, 1 undecided (1 suppressed)\n");
}

TEST(Github, MostSevereFirst) {
  Fixture fixture = make_fixture();
  std::reverse(fixture.report.findings.begin(), fixture.report.findings.end());
  const std::string text = render_github(fixture.report, {});
  EXPECT_EQ(text.find("::error "), 0U) << text;
}

// GitHub drops annotations that have columns over several lines.
TEST(Github, NoColumnsOverSeveralLines) {
  Fixture fixture = make_fixture();
  checks::Finding& finding = fixture.report.findings[0];
  finding.severity = base::Severity::kNote;
  finding.primary.span = span_of(*fixture.sources, fixture.bus, "\"Allow\",\n      \"Principal\"");
  const std::string text = render_github(fixture.report, {});
  EXPECT_NE(
      text.find("::notice title=grantproof (GP2001),file=policies/orders-bus.json,line=6,endLine=7::any"),
      std::string::npos)
      << text;
}

TEST(Github, Escapes) {
  Fixture fixture;
  const base::FileId file = fixture.sources->add("100%,a:b.json", "{}");
  fixture.report.sources = fixture.sources.get();
  checks::Finding finding;
  finding.rule = "GP1001";
  finding.message = "50% of a:b, c";
  finding.primary = {{file, 0, 2}, ""};
  fixture.report.findings = {finding};
  const std::string text = render_github(fixture.report, {});
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "::error title=grantproof (GP1001),file=100%25%2Ca%3Ab.json,line=1,col=1,endLine=1,endColumn=3::"
            "50%25 of a:b, c");
}

TEST(Github, StepSummary) {
  Fixture fixture = make_fixture();
  fixture.report.findings[0].message = "a | b <img> [x](y) `c`";
  EXPECT_EQ(render_github_step_summary(fixture.report, {}), R"(### grantproof

| severity | rule | place | finding |
| --- | --- | --- | --- |
| error | GP2001 putevents\-open\-to\-all | policies/orders\-bus\.json:7 | a \| b \<img\> \[x\]\(y\) \`c\` |
| warning | GP1002 unknown\-element | policies/read\.json:1 | "Conditon" is no element of a statement |

checked 2 files, 2 policies, 5 claims: 1 error, 1 warning, 1 undecided (1 suppressed)
)");
}

}  // namespace
}  // namespace grantproof::reports
