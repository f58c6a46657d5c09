// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "report_fixture.h"
#include "reports/renderer.h"
#include "reports/text.h"
#include "reports/xml.h"

namespace grantproof::reports {
namespace {

TEST(Junit, OneCaseForEachClaim) {
  const Fixture fixture = make_fixture();
  const std::string open = xml_text(finding_text(*fixture.sources, fixture.report.findings[0], {}));
  const std::string misspelt = xml_text(finding_text(*fixture.sources, fixture.report.findings[2], {}));
  EXPECT_EQ(render_junit(fixture.report, {}), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="grantproof" tests="6" failures="2" errors="1" skipped="1">
  <testsuite name="policies/orders-bus.json" tests="4" failures="1" errors="1" skipped="1">
    <testcase name="GP2001 event-bus/orders" classname="policies/orders-bus" file="policies/orders-bus.json" line="7">
      <failure type="refuted" message="any AWS account can put events on this bus">)" +
                                                  open + R"(</failure>
    </testcase>
    <testcase name="GP2002 event-bus/orders" classname="policies/orders-bus" file="policies/orders-bus.json" line="4"/>
    <testcase name="GP2003 event-bus/orders" classname="policies/orders-bus" file="policies/orders-bus.json" line="8">
      <skipped message="retired in Q1, OPS-812"/>
    </testcase>
    <testcase name="GP2004 event-bus/orders" classname="policies/orders-bus" file="policies/orders-bus.json">
      <error type="undecided" message="budget used up after 2,000,000 steps"></error>
    </testcase>
  </testsuite>
  <testsuite name="policies/read.json" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="GP4001 putevents-every-bus" classname="policies/read" file="policies/read.json"/>
    <testcase name="GP1002 unknown-element" classname="policies/read" file="policies/read.json" line="1">
      <failure type="refuted" message="&quot;Conditon&quot; is no element of a statement">)" +
                                                  misspelt + R"(</failure>
    </testcase>
  </testsuite>
</testsuites>
)");
}

// A refuted claim is a failure whatever is hidden, and a suppressed finding does not cover one that is not.
TEST(Junit, RefutedIsNeverPassed) {
  Fixture fixture = make_fixture();
  RenderOptions options;
  options.lowest_severity = base::Severity::kError;
  EXPECT_EQ(render_junit(fixture.report, options), render_junit(fixture.report, {}));

  fixture.report.findings = {suppressed_finding(fixture), suppressed_finding(fixture)};
  fixture.report.findings[1].suppressed = false;
  fixture.report.findings[1].severity = base::Severity::kWarning;
  fixture.report.claims = {fixture.report.claims[2]};
  EXPECT_NE(render_junit(fixture.report, {}).find("tests=\"1\" failures=\"1\""), std::string::npos);

  fixture.report.findings.clear();  // as `prove` has it
  fixture.report.claims[0].claim = "orders-bus-internal";
  const std::string text = render_junit(fixture.report, {});
  EXPECT_NE(text.find("<testcase name=\"orders-bus-internal event-bus/orders\""), std::string::npos) << text;
  EXPECT_NE(text.find("<failure type=\"refuted\" message=\"refuted\">"), std::string::npos) << text;
}

TEST(Junit, NoteIsPassedAndSaysWhy) {
  Fixture fixture = make_fixture();
  fixture.report.findings = {suppressed_finding(fixture)};
  fixture.report.findings[0].suppressed = false;
  fixture.report.claims.clear();
  const std::string text = render_junit(fixture.report, {});
  EXPECT_NE(text.find("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""), std::string::npos) << text;
  EXPECT_NE(text.find("<system-out>policies/orders-bus.json:8:17: note: events"), std::string::npos) << text;
}

// The finding that says "undecided" and the claim are one test case.
TEST(Junit, UndecidedFinding) {
  Fixture fixture = make_fixture();
  checks::Finding undecided = suppressed_finding(fixture);
  undecided.rule = "GP0006";
  undecided.suppressed = false;
  undecided.severity = base::Severity::kWarning;
  fixture.report.findings = {undecided};
  fixture.report.claims = {fixture.report.claims[3]};
  EXPECT_NE(render_junit(fixture.report, {}).find("tests=\"1\" failures=\"0\" errors=\"1\""),
            std::string::npos);
  fixture.report.claims.clear();
  EXPECT_NE(render_junit(fixture.report, {}).find("tests=\"1\" failures=\"0\" errors=\"1\""),
            std::string::npos);
}

TEST(Junit, NothingToCheck) {
  base::SourceMap sources;
  Report report;
  report.sources = &sources;
  EXPECT_EQ(render_junit(report, {}), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="grantproof" tests="1" failures="0" errors="0" skipped="0">
  <testsuite name="grantproof" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="nothing to check" classname="grantproof" file="grantproof"/>
  </testsuite>
</testsuites>
)");
}

TEST(Xml, Escapes) {
  EXPECT_EQ(xml_text("a<b>&\"c'\n]]>"), "a&lt;b&gt;&amp;\"c'\n]]&gt;");
  EXPECT_EQ(xml_attribute("a<b>&\"c'\nd\n"), "a&lt;b&gt;&amp;&quot;c&apos;&#10;d&#10;");
  EXPECT_EQ(xml_text("\x01\x1B\x7F\xEF\xBF\xBE\xFF"), "\\u0001\\u001b\\u007f\\ufffe\\xff");
  EXPECT_EQ(xml_text("größe"), "größe");
}

}  // namespace
}  // namespace grantproof::reports
