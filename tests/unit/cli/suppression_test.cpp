// SPDX-License-Identifier: Apache-2.0
#include "cli/suppression.h"

#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

struct Findings {
  base::SourceMap sources;
  std::vector<checks::Finding> findings;

  void add(const std::string& rule, const std::string& path, const std::string& sid,
           const std::string& fingerprint = std::string(32, 'a')) {
    checks::Finding finding;
    finding.rule = rule;
    finding.message = "found";
    finding.primary.span = {sources.add(path, "{}"), 0, 1};
    finding.statement = sid;
    finding.fingerprint = fingerprint;
    findings.push_back(std::move(finding));
  }
};

Suppression suppression(const std::string& rule) {
  Suppression entry;
  entry.rule = rule;
  entry.reason = "known";
  return entry;
}

TEST(Suppression, AllThatIsSaidHasToMatch) {
  struct Case {
    const char* what = nullptr;
    Suppression entry;
    bool suppresses = false;
  };
  const auto with = [](auto change) {
    Suppression entry = suppression("GP2001");
    change(entry);
    return entry;
  };
  const Case cases[] = {
      {"rule", suppression("GP2001"), true},
      {"another rule", suppression("GP2002"), false},
      {"path", with([](Suppression& s) { s.path = "policies/bus.json"; }), true},
      {"pattern", with([](Suppression& s) { s.path = "**/*.json"; }), true},
      {"another path", with([](Suppression& s) { s.path = "bus.json"; }), false},
      {"sid", with([](Suppression& s) { s.sid = "PartnerPut"; }), true},
      {"another sid", with([](Suppression& s) { s.sid = "partnerput"; }), false},
      {"fingerprint", with([](Suppression& s) { s.fingerprint = std::string(32, 'a'); }), true},
      {"another fingerprint", with([](Suppression& s) { s.fingerprint = std::string(32, 'b'); }), false},
      {"until today", with([](Suppression& s) { s.until = "2026-06-15"; }), true},
      {"until yesterday", with([](Suppression& s) { s.until = "2026-06-14"; }), false},
  };
  for (const Case& c : cases) {
    TestMachine test;
    Findings run;
    run.add("GP2001", "policies/bus.json", "PartnerPut");
    Settings settings;
    settings.suppressions = {c.entry};
    apply_suppressions(settings, "2026-06-15", test.machine, run.sources, run.findings);
    EXPECT_EQ(run.findings[0].suppressed, c.suppresses) << c.what;
    EXPECT_EQ(run.findings[0].suppression_reason, c.suppresses ? "known" : "") << c.what;
  }
}

TEST(Suppression, PathsBeginAtTheSettings) {
  TestMachine test;
  test.machine.current_directory = "/repo/policies";
  Findings run;
  run.add("GP2001", "bus.json", "PartnerPut");
  Settings settings;
  settings.folder = "..";
  settings.suppressions = {suppression("GP2001")};
  settings.suppressions[0].path = "policies/bus.json";
  apply_suppressions(settings, "2026-06-15", test.machine, run.sources, run.findings);
  EXPECT_TRUE(run.findings[0].suppressed);
}

TEST(Suppression, AFindingWhoseSuppressionEndedSaysSo) {
  TestMachine test;
  Findings run;
  run.add("GP2001", "bus.json", "");
  Settings settings;
  settings.suppressions = {suppression("GP2001")};
  settings.suppressions[0].until = "2026-01-31";
  const auto used = apply_suppressions(settings, "2026-06-15", test.machine, run.sources, run.findings);
  EXPECT_FALSE(run.findings[0].suppressed);
  EXPECT_EQ(run.findings[0].message, "found (its suppression ended on 2026-01-31)");
  EXPECT_EQ(used, std::vector<bool>{true});
}

// ---- those that suppress nothing

std::size_t unused(const std::string& path, const SourceFiles& files, const std::string& folder = "") {
  TestMachine test{{"policies/bus.json", ""}, {"policies/other.json", ""}};
  Settings settings;
  settings.folder = folder;
  settings.suppressions = {suppression("GP2001")};
  settings.suppressions[0].path = path;
  const auto findings = unused_suppressions(settings, {false}, files, test.machine);
  for (const checks::Finding& finding : findings) {
    EXPECT_EQ(finding.rule, "GP0010");
    EXPECT_EQ(finding.slug, "unused-suppression");
  }
  return findings.size();
}

TEST(Suppression, UnusedOnesAreReportedWhereTheyWereAsked) {
  const SourceFiles one{{{"policies/bus.json", true}}, {}};
  const SourceFiles everything{{{"policies/bus.json", false}, {"policies/other.json", false}}, {"."}};
  const SourceFiles folder{{{"policies/bus.json", false}}, {"policies"}};
  EXPECT_EQ(unused("policies/bus.json", one), 1U);
  EXPECT_EQ(unused("policies/other.json", one), 0U);  // was not part of this run
  EXPECT_EQ(unused("policies/gone.json", one), 1U);   // can never be
  EXPECT_EQ(unused("policies/*.json", one), 0U);
  EXPECT_EQ(unused("policies/*.json", everything), 1U);
  EXPECT_EQ(unused("policies/*.json", folder), 1U);
  EXPECT_EQ(unused("other/*.json", folder), 0U);
  EXPECT_EQ(unused("", folder), 0U);
  EXPECT_EQ(unused("", everything), 1U);
}

TEST(Suppression, UsedOnesAreNot) {
  TestMachine test;
  Settings settings;
  settings.suppressions = {suppression("GP2001")};
  EXPECT_TRUE(unused_suppressions(settings, {true}, {{}, {"."}}, test.machine).empty());
}

}  // namespace
}  // namespace grantproof::cli
