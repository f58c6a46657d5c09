// SPDX-License-Identifier: Apache-2.0
//
// check, diff, can, prove, explain and rules as a user runs them, through run(). What is found is the
// business of tests/unit/checks and of the corpus; here it is what happens around it.
#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

constexpr const char* kBus = "arn:aws:events:us-east-1:111122223333:event-bus/orders";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string written(const TestMachine& test, const std::string& path) {
  return test.files.read_file(path).value_or("(not written)");
}

// ---- check: exit codes

TEST(Check, FailsOnWhatItIsTold) {
  struct Case {
    std::vector<std::string> flags;
    int exit_code;
  };
  // kOpenBus has an error (GP2001) and a warning (GP2003).
  const Case cases[] = {
      {{}, 1},
      {{"--fail-on", "error"}, 1},
      {{"--fail-on", "never"}, 0},
      {{"--select", "GP2003"}, 1},
      {{"--select", "GP2003", "--fail-on", "error"}, 0},
      {{"--select", "putevents-open-to-all"}, 1},
      {{"--ignore", "GP2"}, 0},
      {{"--select", "GP2", "--ignore", "GP2001,GP2003"}, 0},
      {{"--severity", "error"}, 1},
      {{"--select", "GP2999"}, 2},
      {{"--ignore", "GP0001"}, 2},
  };
  for (const Case& c : cases) {
    TestMachine test{{"bus.json", std::string(kOpenBus)}};
    std::vector<std::string> words{"check", "bus.json"};
    words.insert(words.end(), c.flags.begin(), c.flags.end());
    EXPECT_EQ(test.run(words), c.exit_code)
        << ::testing::PrintToString(c.flags) << test.output << test.errors;
  }
}

TEST(Check, AClosedBusPasses) {
  TestMachine test{{"bus.json", std::string(kClosedBus)}};
  EXPECT_EQ(test.run({"check", "bus.json"}), 0) << test.output << test.errors;
}

TEST(Check, UndecidedIsNoPass) {
  const std::string odd = R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
    "Action": "events:PutEvents", "Resource": "*", "Condition": {"StringAlmost": {"events:source": "x"}}}})";
  TestMachine test{{"bus.json", odd}};
  // Errors of the grammar fail by themselves; --fail-on never takes everything.
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise"}), 1);
  EXPECT_TRUE(has(test.output, "GP1050")) << test.output;
  EXPECT_EQ(test.run({"check", "bus.json", "--fail-on", "never"}), 0);
  // What cannot be read stays, whatever is selected.
  TestMachine broken{{"bus.json", "{"}};
  EXPECT_EQ(broken.run({"check", "bus.json", "--select", "GP2001"}), 1);
  EXPECT_EQ(broken.run({"check", "bus.json", "--ignore", "GP0"}), 1);
}

TEST(Check, NoPolicyIsWrongUse) {
  TestMachine test{{"a/other.json", "{\"a\": 1}"}};
  EXPECT_EQ(test.run({"check", "a"}), 2);
  EXPECT_TRUE(has(test.errors, "there is no policy in a")) << test.errors;
  EXPECT_EQ(test.run({"check", "a/other.json"}), 2);
  EXPECT_TRUE(has(test.errors, "a/other.json: there is no policy in this file")) << test.errors;
  EXPECT_EQ(test.run({"check", "a/other.json", "--force-exclude"}), 0) << test.errors;
}

// ---- check: what is read

TEST(Check, StandardInputHasAName) {
  TestMachine test;
  test.input = kOpenBus;
  EXPECT_EQ(test.run({"check", "-", "--report", "concise"}), 1);
  EXPECT_TRUE(test.output.starts_with("<stdin>:7:20: error: ")) << test.output;
  EXPECT_EQ(test.run({"check", "-", "--report", "concise", "--stdin-filename", "infra/bus.json"}), 1);
  EXPECT_TRUE(test.output.starts_with("infra/bus.json:7:20: error: ")) << test.output;
}

TEST(Check, WithoutAPathTheRepositoryIsRead) {
  TestMachine test{{"../.git/HEAD", ""}, {"../policies/bus.json", std::string(kOpenBus)}};
  test.machine.current_directory = "/repo/sub";
  EXPECT_EQ(test.run({"check", "--report", "concise"}), 1);
  EXPECT_TRUE(test.output.starts_with("../policies/bus.json:7:20")) << test.output;
}

TEST(Check, FactsComeFromSettingsOrFlags) {
  // Another account that is named: GP2002 says whose it is, once that is known.
  std::string bus(kClosedBus);
  bus.replace(bus.find("111122223333"), 12, "999999999999");
  TestMachine test{{"bus.json", bus}};
  EXPECT_EQ(test.run({"check", "bus.json", "--select", "GP2002"}), 0) << test.output;
  EXPECT_EQ(test.run({"check", "bus.json", "--select", "GP2002", "--account", "111122223333"}), 1)
      << test.output;
  EXPECT_EQ(test.run({"check", "bus.json", "--select", "GP2002", "--account", "111122223333", "--partner",
                      "999999999999"}),
            0)
      << test.output;
}

// ---- check: settings

TEST(Check, RulesHaveSettings) {
  TestMachine test{{"bus.json", std::string(kOpenBus)},
                   {".grantproof.yaml", "rules: {GP2001: {severity: note}, GP2003: off}"}};
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise"}), 0) << test.output;
  EXPECT_TRUE(has(test.output, "note: ")) << test.output;
  EXPECT_FALSE(has(test.output, "GP2003")) << test.output;
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise", "--no-config"}), 1);
}

TEST(Check, SuppressionsAreKeptInTheRecord) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}, {".grantproof.yaml", R"(
suppressions:
  - { rule: GP2001, path: bus.json, sid: PartnerPut, reason: "OPS-1", until: 2026-06-15 }
  - { rule: GP2003, reason: "OPS-2" }
)"}};
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise", "--report", "json=r.json"}), 0)
      << test.output;
  EXPECT_FALSE(has(test.output, "GP2001")) << test.output;
  EXPECT_TRUE(has(written(test, "r.json"), R"("suppression_reason": "OPS-1")"));
  // The day after.
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise", "--today", "2026-06-16"}), 1);
  EXPECT_TRUE(has(test.output, "(its suppression ended on 2026-06-15)")) << test.output;
}

TEST(Check, ASuppressionOfNothingIsReported) {
  TestMachine test{{"bus.json", std::string(kClosedBus)}, {".grantproof.yaml", R"(
suppressions:
  - { rule: GP2001, path: bus.json, reason: "OPS-1" }
)"}};
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise"}), 1);
  EXPECT_TRUE(test.output.starts_with(".grantproof.yaml:3:5: warning: ")) << test.output;
  EXPECT_TRUE(has(test.output, "[GP0010 unused-suppression]")) << test.output;
  // Not where its rule was not asked.
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "concise", "--select", "GP2002,GP0010"}), 0)
      << test.output;
}

TEST(Check, BrokenSettingsAreWrongUse) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}, {".grantproof.yaml", "fact: {}"}};
  EXPECT_EQ(test.run({"check", "bus.json"}), 2);
  EXPECT_EQ(test.output, "");
  EXPECT_TRUE(has(test.errors, ".grantproof.yaml:1:1: error: unknown key \"fact\"")) << test.errors;
}

// ---- check: reports

TEST(Check, OneRunGivesManyReports) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "sarif=r.sarif", "--report", "junit=r.xml", "--report",
                      "json"}),
            1);
  EXPECT_TRUE(has(written(test, "r.sarif"), "\"2.1.0\""));
  EXPECT_TRUE(has(written(test, "r.xml"), "<testsuite"));
  EXPECT_TRUE(has(test.output, "grantproof-report/1"));
  EXPECT_EQ(test.errors, "");
}

TEST(Check, QuietTwiceSaysNothing) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"check", "bus.json", "-qq"}), 1);
  EXPECT_EQ(test.output, "");
  EXPECT_EQ(test.errors, "");
}

TEST(Check, ColourIsForStreamsNotForFiles) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(
      test.run({"check", "bus.json", "--color", "always", "--report", "text", "--report", "text=r.txt"}), 1);
  EXPECT_TRUE(has(test.output, "\x1b["));
  EXPECT_FALSE(has(written(test, "r.txt"), "\x1b["));
  test.variables["NO_COLOR"] = "1";
  test.machine.output_is_terminal = true;
  EXPECT_EQ(test.run({"check", "bus.json"}), 1);
  EXPECT_FALSE(has(test.output, "\x1b["));
}

TEST(Check, GithubGetsASummaryBehindWhatIsThere) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}, {"summary.md", "before\n"}};
  test.variables["GITHUB_STEP_SUMMARY"] = "summary.md";
  EXPECT_EQ(test.run({"check", "bus.json", "--report", "github"}), 1);
  EXPECT_TRUE(written(test, "summary.md").starts_with("before\n"));
  EXPECT_TRUE(has(written(test, "summary.md"), "GP2001"));
}

TEST(Check, TheSameBytesWhateverTheJobs) {
  TestMachine test{{"a.json", std::string(kOpenBus)},
                   {"b.json", std::string(kClosedBus)},
                   {"c/d.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"check", ".", "--report", "json", "--jobs", "1"}), 1);
  const std::string one = test.output;
  EXPECT_EQ(test.run({"check", "c", "b.json", "a.json", "--report", "json", "--jobs", "2"}), 1);
  EXPECT_EQ(test.output, one);
}

// ---- diff

TEST(Diff, ComparesTwoVersions) {
  TestMachine test{{"old.json", std::string(kClosedBus)}, {"new.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"diff", "old.json", "new.json"}), 1);
  EXPECT_TRUE(has(test.output, "widened")) << test.output;
  EXPECT_TRUE(has(test.output, "\"PartnerPut\"")) << test.output;
  EXPECT_EQ(test.run({"diff", "new.json", "old.json"}), 0) << test.output;
  EXPECT_EQ(test.run({"diff", "new.json", "new.json"}), 0) << test.output;
}

TEST(Diff, TakesGitRevisions) {
  TestMachine test{{"new.json", std::string(kOpenBus)}, {"odd:name.json", std::string(kClosedBus)}};
  test.git["HEAD:bus.json"] = kClosedBus;
  EXPECT_EQ(test.run({"diff", "HEAD:bus.json", "new.json"}), 1) << test.errors;
  // A file of that name comes first.
  EXPECT_EQ(test.run({"diff", "odd:name.json", "new.json"}), 1) << test.errors;
  EXPECT_EQ(test.run({"diff", "HEAD:gone.json", "new.json"}), 2);
  EXPECT_EQ(test.errors, "grantproof: git does not have HEAD:gone.json\n");
}

TEST(Diff, NeedsTwoPoliciesOfOneType) {
  TestMachine test{
      {"bus.json", std::string(kOpenBus)},
      {"identity.json",
       R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "events:PutEvents", "Resource": "*"}})"},
      {"empty.json", R"({"Version": "2012-10-17", "Statement": []})"},
      {"broken.json", "{"}};
  EXPECT_EQ(test.run({"diff", "identity.json", "bus.json"}), 2);
  EXPECT_TRUE(has(test.errors, "--as")) << test.errors;
  EXPECT_EQ(test.run({"diff", "empty.json", "bus.json"}), 1) << test.errors;
  EXPECT_EQ(test.run({"diff", "bus.json", "empty.json"}), 0) << test.errors;
  EXPECT_EQ(test.run({"diff", "broken.json", "bus.json"}), 2);
  EXPECT_TRUE(has(test.errors, "broken.json:1:")) << test.errors;
}

// ---- can

TEST(Can, AnswersYesAndNo) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}};
  EXPECT_EQ(test.run({"can", "events:PutEvents", kBus, "bus.json"}), 0) << test.errors;
  EXPECT_TRUE(test.output.starts_with("YES")) << test.output;
  EXPECT_EQ(test.run({"can", "events:DeleteRule", kBus, "bus.json"}), 1) << test.errors;
  EXPECT_TRUE(test.output.starts_with("NO")) << test.output;
  EXPECT_EQ(test.run({"can", "events:PutEvents", kBus, "bus.json", "--report", "json"}), 0);
  EXPECT_TRUE(has(test.output, R"("answer": "yes")")) << test.output;
}

TEST(Can, QuestionsThatMeanNothingAreWrongUse) {
  TestMachine test{{"bus.json", std::string(kOpenBus)}, {"broken.json", "{"}};
  EXPECT_EQ(test.run({"can", "PutEvents", kBus, "bus.json"}), 2);
  EXPECT_EQ(test.run({"can", "events:PutEvent", kBus, "bus.json"}), 2);
  EXPECT_TRUE(has(test.errors, "did you mean events:PutEvents?")) << test.errors;
  EXPECT_EQ(test.run({"can", "events:PutEvents", "orders", "bus.json"}), 2);
  // A document that is broken might hold the Allow.
  EXPECT_EQ(test.run({"can", "events:PutEvents", kBus, "bus.json", "broken.json"}), 2);
}

// ---- prove

TEST(Prove, EveryClaimHasToHold) {
  const std::string claim = R"(
  - name: NAME
    applies-to: event-bus
    never-allowed:
      principal: { outside: ["111122223333"] }
      action: events:PutEvents
)";
  TestMachine test{{"open.json", std::string(kOpenBus)},
                   {"closed.json", std::string(kClosedBus)},
                   {"claims.yaml", "version: 1\nclaims:" + claim}};
  EXPECT_EQ(test.run({"prove", "claims.yaml", "closed.json"}), 0) << test.output << test.errors;
  EXPECT_TRUE(test.output.starts_with("proved")) << test.output;
  EXPECT_EQ(test.run({"prove", "claims.yaml", "open.json"}), 1);
  EXPECT_TRUE(has(test.output, "refuted")) << test.output;
  EXPECT_EQ(test.run({"prove", "claims.yaml", "closed.json", "open.json", "--report", "junit"}), 1);
  EXPECT_TRUE(has(test.output, "failures=\"1\"")) << test.output;
}

TEST(Prove, ClaimsAboutNothingAreWrongUse) {
  TestMachine test{
      {"bus.json", std::string(kOpenBus)},
      {"claims.yaml",
       "version: 1\nclaims:\n  - {name: a, applies-to: queue, never-allowed: {action: \"sqs:*\"}}\n"},
      {"none.yaml", "version: 1\nclaims: []\n"},
      {"odd.yaml", "version: 1\nclaims:\n  - {name: a, never-alowed: {action: \"sqs:*\"}}\n"}};
  EXPECT_EQ(test.run({"prove", "claims.yaml", "bus.json"}), 2);
  EXPECT_TRUE(has(test.errors, "none of the claims is about one of these policies")) << test.errors;
  EXPECT_EQ(test.run({"prove", "none.yaml", "bus.json"}), 2);
  EXPECT_EQ(test.run({"prove", "odd.yaml", "bus.json"}), 2);
  EXPECT_TRUE(has(test.errors, "odd.yaml:3:")) << test.errors;
}

// ---- questions as text

TEST(Dump, PrintsQuestions) {
  TestMachine test{
      {"old.json", std::string(kClosedBus)},
      {"new.json", std::string(kOpenBus)},
      {"claims.yaml", "version: 1\nclaims:\n  - {name: a, never-allowed: {action: \"events:PutEvents\"}}\n"}};
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"diff", "old.json", "new.json", "--dump", "smt2"},
        std::vector<std::string>{"can", "events:PutEvents", kBus, "new.json", "--dump", "smt2"},
        std::vector<std::string>{"prove", "claims.yaml", "new.json", "--dump", "smt2"}}) {
    EXPECT_EQ(test.run(words), 0) << test.errors;
    EXPECT_TRUE(has(test.output, "(check-sat)")) << words.front();
  }
}

// ---- explain, rules, help

TEST(Explain, ShowsPages) {
  TestMachine test;
  EXPECT_EQ(test.run({"explain", "gp2001"}), 0);
  EXPECT_TRUE(test.output.starts_with("# GP2001 putevents-open-to-all\n")) << test.output;
  EXPECT_EQ(test.run({"explain", "putevents-open-to-all", "GP2003"}), 0);
  EXPECT_TRUE(has(test.output, "# GP2003")) << test.output;
  EXPECT_EQ(test.run({"explain", "putevents-open-to-al"}), 2);
  EXPECT_TRUE(has(test.errors, "did you mean putevents-open-to-all?")) << test.errors;
}

TEST(Rules, OneLineEach) {
  TestMachine test;
  EXPECT_EQ(test.run({"rules"}), 0);
  EXPECT_TRUE(has(test.output, "GP2001  error    putevents-open-to-all")) << test.output;
}

TEST(Version, NamesWhatAVerdictDependsOn) {
  TestMachine test;
  EXPECT_EQ(test.run({"--version"}), 0);
  EXPECT_TRUE(test.output.starts_with("grantproof ")) << test.output;
  EXPECT_TRUE(has(test.output, "(Z3 4.")) << test.output;
  EXPECT_TRUE(has(test.output, "AWS service reference 20")) << test.output;
}

TEST(Run, WrongUseIsExitCodeTwoAndSaysNothingOnTheOutput) {
  TestMachine test;
  EXPECT_EQ(test.run({"frobnicate"}), 2);
  EXPECT_EQ(test.output, "");
  EXPECT_TRUE(test.errors.starts_with("grantproof: ")) << test.errors;
}

}  // namespace
}  // namespace grantproof::cli
