// SPDX-License-Identifier: Apache-2.0
//
// What the documentation shows is what the program says. A block
//
//   <!-- in tests/golden/check-open-bus -->
//   ```console
//   $ grantproof check bus.json
//   (what both streams say)
//   ```
//
// in README.md or docs/ is run in that folder. GRANTPROOF_UPDATE_GOLDEN=1 writes the answers anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "cli/machine.h"

namespace grantproof::cli {
namespace {

namespace fs = std::filesystem;

const fs::path& repository() {
  static const fs::path root(GRANTPROOF_SOURCE_DIR);
  return root;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> found{repository() / "README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(repository() / "docs")) {
    if (entry.path().extension() == ".md")
      found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

std::string trimmed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : line.substr(first);
}

std::string answer(const std::string& command, const fs::path& folder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  base::RealFileSystem files;
  Machine machine = real_machine(files);
  std::string said;
  machine.output = [&said](std::string_view text) { said += text; };
  machine.errors = machine.output;
  machine.environment = [](const std::string&) { return std::optional<std::string>(); };
  machine.output_is_terminal = false;
  std::istringstream stream(command);
  const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
  run(words, machine);
  fs::current_path(before);
  return said;
}

class DocsTest : public testing::TestWithParam<fs::path> {};

TEST_P(DocsTest, ShowsWhatTheProgramSays) {
  constexpr std::string_view kFolder = "<!-- in ";
  constexpr std::string_view kCommand = "$ grantproof ";
  const std::vector<std::string> lines = lines_of(GetParam());
  std::string shown;
  std::string said;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    shown += lines[i] + "\n";
    said += lines[i] + "\n";
    if (trimmed(lines[i]) != "```console")
      continue;
    const std::string note = i > 0 ? trimmed(lines[i - 1]) : "";
    ASSERT_TRUE(note.starts_with(kFolder)) << "line " << i + 1 << " says not in which folder it is run";
    const fs::path folder = repository() / note.substr(kFolder.size(), note.find(" -->") - kFolder.size());
    ASSERT_TRUE(fs::is_directory(folder)) << folder;
    const std::string indent(lines[i].find('`'), ' ');
    for (++i; i < lines.size() && trimmed(lines[i]) != "```"; ++i) {
      shown += lines[i] + "\n";
      const std::string line = trimmed(lines[i]);
      if (!line.starts_with(kCommand))
        continue;
      said += lines[i] + "\n";
      std::istringstream stream(answer(line.substr(kCommand.size()), folder));
      for (std::string one; std::getline(stream, one);)
        said += one.empty() ? "\n" : indent + one + "\n";
    }
    ASSERT_LT(i, lines.size()) << "a block is not closed";
    shown += lines[i] + "\n";
    said += lines[i] + "\n";
  }
  const char* update = std::getenv("GRANTPROOF_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    if (said != shown)
      std::ofstream(GetParam()) << said;
    return;
  }
  EXPECT_EQ(shown, said);
}

std::string page_name(const testing::TestParamInfo<fs::path>& page) {
  std::string name = page.param.lexically_relative(repository()).string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Pages, DocsTest, testing::ValuesIn(pages()), page_name);

}  // namespace
}  // namespace grantproof::cli
