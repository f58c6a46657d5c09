// SPDX-License-Identifier: Apache-2.0
//
// Replays files through a fuzz target where libFuzzer is not linked: seeds and past findings stay an ordinary
// test, in every build and under the sanitizers. Arguments are files and folders; a folder that does not
// exist is passed over, as a new target has no seeds yet, but no input at all is a failure.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> inputs_of(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(path))
    return files;
  if (!std::filesystem::is_directory(path))
    return {path};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file())
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  // Exactly sized, so that the sanitizers see a read past the end.
  const std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
  // Named before it runs: a crash must say which input it was.
  std::printf("%s\n", file.c_str());
  std::fflush(stdout);
  LLVMFuzzerTestOneInput(data.data(), data.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const std::filesystem::path& file : inputs_of(argv[i])) {
      replay(file);
      ++count;
    }
  }
  // The empty input is always one of them.
  LLVMFuzzerTestOneInput(nullptr, 0);
  std::printf("%zu inputs replayed\n", count);
  return count == 0 ? 1 : 0;
}
