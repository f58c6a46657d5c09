// SPDX-License-Identifier: Apache-2.0
//
// policies-corpus/<topic>/<case>/: the findings of the real program are those that people expect. A case
// holds
//   policy.json      what is checked, unless there is a `command`
//   expected.txt     a finding a line: "policy.json:7:20 error GP2001 putevents-open-to-all"; '#' begins a
//   comment command          other arguments for the program, run in the folder of the case; then also, where
//   present, expected-exit    its exit code (otherwise 1 where a finding is an error or a warning, 0 where
//   none is) stdout.txt       its standard output, byte for byte
// An estate is described in several shapes (estates_test.cpp): policies-corpus/estates/<estate>/<shape>/ is a
// case. Nothing rewrites these files: what is right is judged by people, from the documentation of AWS.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "support/case_folder.h"
#include "support/run_program.h"

namespace grantproof::tests {
namespace {

const std::filesystem::path& corpus() {
  static const std::filesystem::path root = std::filesystem::path(GRANTPROOF_SOURCE_DIR) / "policies-corpus";
  return root;
}

// "policy.json:7:20: error: MESSAGE [GP2001 putevents-open-to-all]" to the form of expected.txt. Lines of the
// report that are no finding are left out; a line that names a rule and cannot be read is kept as it is, to
// be seen.
std::vector<std::string> findings_in(const std::string& report) {
  static const std::regex finding(
      R"(^(\S.*?:\d+:\d+): (error|warning|note): .* \[(GP\d{4}) ([a-z0-9-]+)\]$)");
  static const std::regex names_rule(R"(\[GP\d{4}\b)");
  std::vector<std::string> findings;
  for (const std::string& line : lines_of(report)) {
    std::smatch parts;
    if (std::regex_match(line, parts, finding)) {
      findings.push_back(parts.str(1) + " " + parts.str(2) + " " + parts.str(3) + " " + parts.str(4));
    } else if (std::regex_search(line, names_rule)) {
      findings.push_back(line);
    }
  }
  std::sort(findings.begin(), findings.end());
  return findings;
}

bool fails(const std::vector<std::string>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const std::string& finding) {
    return finding.find(" error GP") != std::string::npos || finding.find(" warning GP") != std::string::npos;
  });
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

std::vector<std::filesystem::path> cases() {
  const std::filesystem::path estates = corpus() / "estates";
  std::vector<std::filesystem::path> folders = case_folders(corpus(), 2);
  std::erase_if(folders,
                [&](const std::filesystem::path& folder) { return folder.parent_path() == estates; });
  for (std::filesystem::path& shape : case_folders(estates, 2))
    folders.push_back(std::move(shape));
  return folders;
}

class CorpusTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(CorpusTest, FindingsAreThoseExpected) {
  const std::filesystem::path& folder = GetParam();
  const bool has_command = std::filesystem::exists(folder / "command");
  const std::optional<std::string> expected_text = read_file(folder / "expected.txt");
  const std::optional<std::string> expected_exit = read_file(folder / "expected-exit");
  const std::optional<std::string> expected_output = read_file(folder / "stdout.txt");
  ASSERT_TRUE(expected_text || (has_command && (expected_exit || expected_output)))
      << folder << " says nothing of what is expected";

  const std::vector<std::string> arguments =
      has_command ? read_command(folder / "command")
                  : std::vector<std::string>{"check", "policy.json", "--report", "concise"};
  const ProgramResult result = run_program(GRANTPROOF_PROGRAM, arguments, folder);
  SCOPED_TRACE("in " + folder.string() + "\nstandard error:\n" + result.standard_error);

  if (expected_text) {
    std::vector<std::string> expected = lines_of(*expected_text);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(joined(findings_in(result.standard_output)), joined(expected));
    if (!expected_exit) {
      EXPECT_EQ(result.exit_code, fails(expected) ? 1 : 0);
    }
  }
  if (expected_exit) {
    EXPECT_EQ(result.exit_code, std::stoi(*expected_exit));
  }
  if (expected_output) {
    EXPECT_EQ(result.standard_output, *expected_output);
  }
}

std::string case_name(const testing::TestParamInfo<std::filesystem::path>& parameter) {
  return test_name(parameter.param, corpus());
}
INSTANTIATE_TEST_SUITE_P(Cases, CorpusTest, testing::ValuesIn(cases()), case_name);

// A corpus that nobody finds would pass.
TEST(Corpus, HasCases) {
  EXPECT_GE(cases().size(), 60U);
}

}  // namespace
}  // namespace grantproof::tests
