// SPDX-License-Identifier: Apache-2.0
//
// tests/golden/<case>/: a command and what the real program answers, byte for byte. A case holds
//   command          the arguments, run in the folder of the case
//   stdin            what the program reads, where present
//   stdout, stderr   both streams; a missing file means an empty stream
//   exit             the exit code; a missing file means 0
// GRANTPROOF_UPDATE_GOLDEN=1 writes the last three anew (empty streams and exit 0 write no file); read the
// difference before it is committed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/case_folder.h"
#include "support/run_program.h"

namespace grantproof::tests {
namespace {

const std::filesystem::path& root() {
  static const std::filesystem::path folder = std::filesystem::path(GRANTPROOF_SOURCE_DIR) / "tests/golden";
  return folder;
}

bool updating() {
  const char* value = std::getenv("GRANTPROOF_UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

void rewrite(const std::filesystem::path& file, const std::string& text) {
  if (text.empty()) {
    std::filesystem::remove(file);
  } else {
    std::ofstream(file, std::ios::binary) << text;
  }
}

class GoldenTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(GoldenTest, OutputIsTheSame) {
  const std::filesystem::path& folder = GetParam();
  const std::vector<std::string> arguments = read_command(folder / "command");
  const std::filesystem::path input = folder / "stdin";
  const ProgramResult result = run_program(GRANTPROOF_PROGRAM, arguments, folder,
                                           std::filesystem::exists(input) ? input : std::filesystem::path());
  if (updating()) {
    rewrite(folder / "stdout", result.standard_output);
    rewrite(folder / "stderr", result.standard_error);
    rewrite(folder / "exit", result.exit_code == 0 ? "" : std::to_string(result.exit_code) + "\n");
    return;
  }
  SCOPED_TRACE("in " + folder.string());
  EXPECT_EQ(result.standard_output, read_file(folder / "stdout").value_or(""));
  EXPECT_EQ(result.standard_error, read_file(folder / "stderr").value_or(""));
  EXPECT_EQ(result.exit_code, std::stoi(read_file(folder / "exit").value_or("0")));
}

std::string case_name(const testing::TestParamInfo<std::filesystem::path>& parameter) {
  return test_name(parameter.param, root());
}
INSTANTIATE_TEST_SUITE_P(Cases, GoldenTest, testing::ValuesIn(case_folders(root(), 1)), case_name);

TEST(Golden, HasCases) {
  EXPECT_FALSE(case_folders(root(), 1).empty());
}

}  // namespace
}  // namespace grantproof::tests
