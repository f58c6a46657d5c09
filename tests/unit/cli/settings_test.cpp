// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.h"

#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

base::Expected<Settings> load(TestMachine& test, const Options& options = {}) {
  static base::SourceMap sources;  // spans of the result lead into it
  return load_settings(options, test.machine, sources);
}

// ---- where they are found

TEST(Settings, TheNearestFileCounts) {
  TestMachine test{{".grantproof.yaml", "facts: {organization: o-nearestorgid}"},
                   {"../.grantproof.yaml", "facts: {organization: o-upperorgids}"}};
  test.machine.current_directory = "/repo/sub";
  const auto settings = load(test);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->file, ".grantproof.yaml");
  EXPECT_EQ(settings->facts.organization, "o-nearestorgid");
}

TEST(Settings, AreLookedForUpward) {
  TestMachine test{{"../../.grantproof.yaml", "facts: {organization: o-upperorgids}"}};
  test.machine.current_directory = "/repo/a/b";
  const auto settings = load(test);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->file, "../../.grantproof.yaml");
  EXPECT_EQ(settings->folder, "../..");
}

TEST(Settings, NotBeyondTheRepository) {
  TestMachine test{{"../.git/HEAD", ""}, {"../../.grantproof.yaml", "facts: {organization: o-upperorgids}"}};
  test.machine.current_directory = "/home/repo/sub";
  const auto settings = load(test);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->file, "");
  EXPECT_EQ(settings->folder, "..");
  EXPECT_EQ(repository_root(test.machine), "..");
}

TEST(Settings, FlagsWin) {
  TestMachine test{
      {".grantproof.yaml",
       "facts: {organization: o-nearestorgid, accounts: ['111122223333'], partners: ['222233334444']}\n"
       "fail-on: error\nselect: GP2\n"}};
  Options options;
  options.organization = "o-fromtheflag";
  options.partners = {"999999999999"};
  options.fail_on = FailOn{base::Severity::kNote};
  const auto settings = load(test, options);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->facts.organization, "o-fromtheflag");
  EXPECT_EQ(settings->facts.accounts, std::vector<std::string>{"111122223333"});
  EXPECT_EQ(settings->facts.partners, std::vector<std::string>{"999999999999"});
  EXPECT_EQ(settings->fail_on->lowest, base::Severity::kNote);
  EXPECT_EQ(settings->select, std::vector<std::string>{"GP2"});
}

TEST(Settings, CanBeNamedOrLeftOut) {
  TestMachine test{{".grantproof.yaml", "facts: {organization: o-nearestorgid}"},
                   {"other/gate.yaml", "facts: {organization: o-namedorgids}"}};
  Options named;
  named.config = "other/gate.yaml";
  EXPECT_EQ(load(test, named)->facts.organization, "o-namedorgids");
  EXPECT_EQ(load(test, named)->folder, "other");
  Options none;
  none.no_config = true;
  EXPECT_TRUE(load(test, none)->facts.empty());
  named.config = "missing.yaml";
  EXPECT_FALSE(load(test, named));
}

// ---- what they say

TEST(Settings, TheWholeFileIsRead) {
  TestMachine test{{".grantproof.yaml", R"(# who belongs to us
version: 1
facts:
  organization: o-exampleorgid
  accounts: { "111122223333": shop, "044455556666": orders }
  partners: ["555566667777"]
sources:
  include: ["policies/**/*.json"]
  exclude: ["**/fixtures/**"]
rules:
  GP2003: off
  allow-shadowed: { severity: note }
fail-on: error
suppressions:
  - rule: putevents-open-to-all
    path: policies/legacy.json
    sid: OldFeed
    reason: "retired in the first quarter, OPS-812"
    until: 2027-03-31
)"}};
  const auto settings = load(test);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->facts.accounts, (std::vector<std::string>{"111122223333", "044455556666"}));
  EXPECT_EQ(settings->include, std::vector<std::string>{"policies/**/*.json"});
  EXPECT_EQ(settings->exclude, std::vector<std::string>{"**/fixtures/**"});
  ASSERT_EQ(settings->rules.size(), 2U);
  EXPECT_EQ(settings->rules[0].rule, "GP2003");
  EXPECT_TRUE(settings->rules[0].off);
  EXPECT_EQ(settings->rules[1].rule, "GP1102");
  EXPECT_EQ(settings->rules[1].severity, base::Severity::kNote);
  EXPECT_EQ(settings->fail_on->lowest, base::Severity::kError);
  ASSERT_EQ(settings->suppressions.size(), 1U);
  EXPECT_EQ(settings->suppressions[0].rule, "GP2001");
  EXPECT_EQ(settings->suppressions[0].sid, "OldFeed");
  EXPECT_EQ(settings->suppressions[0].until, "2027-03-31");
}

TEST(Settings, AnEmptyFileIsFine) {
  TestMachine test{{".grantproof.yaml", "# nothing yet\n"}};
  const auto settings = load(test);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_TRUE(settings->facts.empty());
}

TEST(Settings, MistakesHaveAPlaceAndAWayOut) {
  struct Case {
    const char* text;
    const char* place;
    const char* says;
  };
  const Case cases[] = {
      {"fact: {organization: o-exampleorgid}", ":1:1", "did you mean \"facts\"?"},
      {"facts: {organisation: o-exampleorgid}", ":1:9", "did you mean \"organization\"?"},
      {"facts:\n  organization: example\n", ":2:17", "is no organization id"},
      {"facts:\n  accounts: ['1234']\n", ":2:14", "is no account id"},
      {"facts:\n  accounts: shop\n", ":2:13", "expected a list of account ids"},
      {"facts: nothing", ":1:8", "expected keys with values"},
      {"version: 2", ":1:10", "write version: 1"},
      {"colour: red", ":1:1", "one of: version, facts"},
      {"rules: {GP9999: off}", ":1:9", "there is no rule 'GP9999'"},
      {"rules: {GP2001: maybe}", ":1:17", "is set to \"off\" or to"},
      {"rules: {GP2001: {severity: high}}", ":1:28", "one of: error, warning, note"},
      {"rules: {GP0006: off}", ":1:17", "cannot be turned off"},
      {"rules: {GP0001: {severity: note}}", ":1:17", "cannot be lowered"},
      {"suppressions: {}", ":1:15", "expected a list"},
      {"suppressions:\n  - rule: GP2001\n", ":2:5", "gives no reason"},
      {"suppressions:\n  - reason: because\n", ":2:5", "names no rule"},
      {"suppressions:\n  - {rule: GP2001, reason: ' '}\n", ":2:28", "blank"},
      {"suppressions:\n  - {rule: GP2001, reason: x, until: soon}\n", ":2:38", "is no date"},
      {"suppressions:\n  - {rule: GP0001, reason: x}\n", ":2:12", "cannot be suppressed"},
      {"suppressions:\n  - {rule: GP2001, reason: x, fingerprint: abc}\n", ":2:44", "32 hexadecimal digits"},
      {"suppressions:\n  - {rule: GP2001, file: a, reason: x}\n", ":2:20", "unknown key \"file\""},
      {"fail-on: warnings", ":1:10", "did you mean \"warning\"?"},
      {"select: [GP9]", ":1:9", "there is no rule 'GP9'"},
      {"facts: [", ":1", "GP0001"},
      {"- facts", ":1:1", "expected keys with values"},
  };
  for (const Case& c : cases) {
    TestMachine test{{".grantproof.yaml", c.text}};
    const auto settings = load(test);
    ASSERT_FALSE(settings) << c.text;
    const std::string& message = settings.error().message;
    EXPECT_NE(message.find(".grantproof.yaml" + std::string(c.place)), std::string::npos) << c.text << "\n"
                                                                                          << message;
    EXPECT_NE(message.find(c.says), std::string::npos) << c.text << "\n" << message;
  }
}

}  // namespace
}  // namespace grantproof::cli
