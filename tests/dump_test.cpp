// SPDX-License-Identifier: Apache-2.0
//
// tests/unit/sources/formats/ has files of every format that is read; tests/dumps/ what `grantproof dump`
// says of each: both streams and the exit code. GRANTPROOF_UPDATE_GOLDEN=1 writes them anew; read the
// difference before it is committed.
#include <gtest/gtest.h>

#include <algorithm>
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

const std::filesystem::path kFormats =
    std::filesystem::path(GRANTPROOF_SOURCE_DIR) / "tests/unit/sources/formats";
const std::filesystem::path kDumps = std::filesystem::path(GRANTPROOF_SOURCE_DIR) / "tests/dumps";

// "cfn/full.yaml", …, and folders whose files belong together.
std::vector<std::string> inputs() {
  std::vector<std::string> list = {"cdk", "cli"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFormats)) {
    const std::string end = entry.path().extension().string();
    if (entry.is_regular_file() && (end == ".json" || end == ".yaml"))
      list.push_back(std::filesystem::relative(entry.path(), kFormats).generic_string());
  }
  std::sort(list.begin(), list.end());
  return list;
}

std::string flat(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char byte) { return std::isalnum(static_cast<unsigned char>(byte)) == 0; },
      '_');
  return name;
}

class DumpTest : public testing::TestWithParam<std::string> {};

TEST_P(DumpTest, IsTheSame) {
  const ProgramResult result = run_program(GRANTPROOF_PROGRAM, {"dump", GetParam()}, kFormats);
  const std::string said = result.standard_output + "---- standard error\n" + result.standard_error +
                           "---- exit code " + std::to_string(result.exit_code) + "\n";
  const std::filesystem::path expected = kDumps / (flat(GetParam()) + ".txt");
  const char* update = std::getenv("GRANTPROOF_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(expected, std::ios::binary) << said;
    return;
  }
  EXPECT_EQ(said, read_file(expected).value_or(""));
}

INSTANTIATE_TEST_SUITE_P(Formats, DumpTest, testing::ValuesIn(inputs()),
                         [](const testing::TestParamInfo<std::string>& parameter) {
                           return flat(parameter.param);
                         });

TEST(Dumps, EachIsOfAFileThatIsThere) {
  const std::vector<std::string> list = inputs();
  EXPECT_GT(list.size(), 20U);
  for (const auto& entry : std::filesystem::directory_iterator(kDumps)) {
    const std::string name = entry.path().stem().string();
    EXPECT_TRUE(std::any_of(list.begin(), list.end(), [&](const std::string& one) {
      return flat(one) == name;
    })) << name;
  }
}

}  // namespace
}  // namespace grantproof::tests
