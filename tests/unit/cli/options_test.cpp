// SPDX-License-Identifier: Apache-2.0
#include "cli/options.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "cli/facts.h"
#include "cli/option_table.h"
#include "cli/version.h"

namespace grantproof::cli {
namespace {

Options parsed(const std::vector<std::string>& words) {
  auto options = parse_options(words);
  EXPECT_TRUE(options) << (options ? "" : options.error().message);
  return options ? *options : Options{};
}

TEST(Options, EveryFlagOfEveryCommandIsUnderstood) {
  // A value that each flag takes, by its placeholder in the table.
  const std::map<std::string_view, std::string> values = {
      {"TYPE[=GLOB]", "trust"}, {"ARN", "arn:aws:sqs:us-east-1:111122223333:q"},
      {"NAME", "x.json"},       {"FILE", "x"},
      {"ID,…", "111122223333"}, {"DATE", "2026-01-31"},
      {"RULE,…", "GP2"},        {"CALLER", "events.amazonaws.com"},
      {"N|10x", "10x"},         {"N", "2"},
      {"smt2", "smt2"},         {"FORMAT[=FILE]", "json=out.json"},
      {"SEVERITY", "error"},    {"WHEN", "never"},
      {"ID", "o-exampleorgid"}, {"NAME|ARN", "orders"},
      {"NAME,…", "a,b"},        {"TIME", "2026-01-31"},
      {"BYTES", "262144"},      {"ACCOUNT", "111122223333"},
      {"REGION", "eu-west-1"},  {"NAME=VALUE", "Stage=prod"},
      {"STAGE", "source"},      {"FORMAT", "mermaid"},
      {"PART", "trust"},
  };
  for (const CommandRow& command : command_rows()) {
    for (const FlagRow& flag : flag_rows()) {
      if ((flag.commands & bit(command.command)) == 0)
        continue;
      std::vector<std::string> words{std::string(command.name)};
      const bool cases = long_name(flag) == "--cases";
      const bool of_archive = long_name(flag) == "--rule" || long_name(flag) == "--replay-name";
      if (of_archive)
        words.insert(words.end(), {"--archive", "orders"});
      for (std::size_t i = 0; i < std::max<std::size_t>(command.most == 2 ? 2 : command.least, 1) && !cases;
           ++i)
        words.push_back("argument");
      words.emplace_back(long_name(flag));
      if (!flag.value.empty()) {
        ASSERT_TRUE(values.contains(flag.value)) << flag.value;
        words.push_back(values.at(flag.value));
      }
      EXPECT_TRUE(parse_options(words)) << command.name << " " << flag.names;
      EXPECT_NE(help_text(command.command).find(long_name(flag)), std::string::npos);
    }
  }
}

TEST(Options, AreRead) {
  const Options options = parsed({"check", "a.json", "--report", "json=r.json", "dir", "--report=text",
                                  "--select", "GP2,GP3001", "--fail-on", "never", "-qq", "--budget", "10x",
                                  "--as", "trust", "--as", "scp=org/*.json", "--", "--odd.json"});
  EXPECT_EQ(options.command, Command::kCheck);
  EXPECT_EQ(options.arguments, (std::vector<std::string>{"a.json", "dir", "--odd.json"}));
  ASSERT_EQ(options.reports.size(), 2U);
  EXPECT_EQ(options.reports[0].format, "json");
  EXPECT_EQ(options.reports[0].file, "r.json");
  EXPECT_EQ(options.reports[1].file, "");
  EXPECT_EQ(options.select, (std::vector<std::string>{"GP2", "GP3001"}));
  ASSERT_TRUE(options.fail_on);
  EXPECT_FALSE(options.fail_on->lowest);
  EXPECT_EQ(options.quiet, 2U);
  EXPECT_EQ(options.budget.solver_steps, 10 * prover::Budget{}.solver_steps);
  EXPECT_EQ(options.budget.rounds, 10 * prover::Budget{}.rounds);
  ASSERT_EQ(options.types.size(), 2U);
  EXPECT_EQ(options.types[1].type, policy::PolicyType::kServiceControl);
  EXPECT_EQ(options.types[1].glob, "org/*.json");
}

TEST(Options, ADashIsAnArgumentAndTheLastOfTwoValuesCounts) {
  const Options options = parsed({"check", "-", "--severity", "note", "--severity", "error"});
  EXPECT_EQ(options.arguments, std::vector<std::string>{"-"});
  EXPECT_EQ(options.severity, base::Severity::kError);
}

TEST(Options, MistakesSayWhatToDo) {
  struct Case {
    std::vector<std::string> words;
    const char* says;
  };
  const Case cases[] = {
      {{}, "grantproof --help"},
      {{"chek"}, "did you mean check?"},
      {{"frobnicate-all"}, "there is no command"},
      {{"--color", "never", "check"}, "stands before a command"},
      {{"check", "--reprot", "json"}, "did you mean --report?"},
      {{"check", "--dump", "smt2"}, "--dump belongs to: diff, can, prove"},
      {{"check", "--report"}, "--report needs a value"},
      {{"check", "--report", "jsn"}, "the formats are text, concise, json"},
      {{"check", "--report", "json="}, "no file behind '='"},
      {{"check", "--as", "bus"}, "is no policy type"},
      {{"check", "--as", "scp="}, "no path behind '='"},
      {{"check", "--fail-on", "warnings"}, "none of error, warning, note, never"},
      {{"check", "--budget", "much"}, "is no budget"},
      {{"check", "--budget", "0"}, "is no budget"},
      {{"check", "--jobs", "-1"}, "is no number"},
      {{"check", "--jobs", "257"}, "is no number"},
      {{"check", "--organization", "example"}, "o-exampleorgid"},
      {{"check", "--account", "1111"}, "twelve digits"},
      {{"check", "--today", "2026-02-29"}, "is no date"},
      {{"check", "--select", ",GP2"}, "nothing between two commas"},
      {{"check", "--config", "a", "--no-config"}, "contradict"},
      {{"check", ""}, "an argument is empty"},
      {{"diff", "-", "-"}, "once only"},
      {{"diff", "a.json"}, "OLD NEW"},
      {{"diff", "a.json", "b.json", "c.json"}, "'c.json' is one argument too many"},
      {{"can", "events:PutEvents"}, "ACTION RESOURCE"},
      {{"can", "a", "b", "--outside", "everyone"}, "neither an organization id nor an account id"},
      {{"simulate"}, "there is no request"},
      {{"simulate", "--cases", "a", "b"}, "one argument too many"},
      {{"rules", "GP2001"}, "one argument too many"},
      {{"explain"}, "RULE"},
  };
  for (const Case& c : cases) {
    const auto options = parse_options(c.words);
    ASSERT_FALSE(options) << c.says;
    EXPECT_NE(options.error().message.find(c.says), std::string::npos) << options.error().message;
  }
}

TEST(Options, HelpStandsAnywhere) {
  EXPECT_EQ(parsed({"check", "a", "--help"}).help_about, Command::kCheck);
  EXPECT_EQ(parsed({"help", "diff"}).help_about, Command::kDiff);
  EXPECT_FALSE(parsed({"--help"}).help_about);
  EXPECT_EQ(parsed({"--version"}).command, Command::kVersion);
}

TEST(Options, BudgetsEndAtTheLargestNumber) {
  EXPECT_EQ(parsed({"check", "--budget", "4000000000x"}).budget.solver_steps, 4294967295U);
  EXPECT_EQ(parsed({"check", "--budget", "1000"}).budget.solver_steps, 1000U);
}

TEST(Facts, AreHeldToTheirForm) {
  EXPECT_TRUE(is_organization_id("o-exampleorgid"));
  EXPECT_FALSE(is_organization_id("o-short"));
  EXPECT_FALSE(is_organization_id("o-EXAMPLEORGID"));
  EXPECT_FALSE(is_organization_id("r-exampleorgid"));
  EXPECT_TRUE(is_account_id("000011112222"));
  EXPECT_FALSE(is_account_id("11112222333"));
  EXPECT_FALSE(is_account_id("11112222333x"));
  EXPECT_TRUE(is_date("2028-02-29"));
  EXPECT_TRUE(is_date("2000-02-29"));
  EXPECT_FALSE(is_date("2100-02-29"));
  EXPECT_FALSE(is_date("2026-04-31"));
  EXPECT_FALSE(is_date("2026-13-01"));
  EXPECT_FALSE(is_date("2026-4-1"));
}

TEST(Version, IsThatOfTheBuild) {
  std::ifstream file(GRANTPROOF_SOURCE_DIR "/CMakeLists.txt");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string_view before = "project(grantproof VERSION ";
  const std::size_t at = text.find(before);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(text.substr(at + before.size(), kVersion.size() + 1), std::string(kVersion) + ' ');
}

}  // namespace
}  // namespace grantproof::cli
