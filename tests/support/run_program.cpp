// SPDX-License-Identifier: Apache-2.0
#include "support/run_program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace grantproof::tests {
namespace {

// A file without a name: gone with the last descriptor, whatever happens to the test.
int open_scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "grantproof-test-XXXXXX").string();
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0)
    throw std::runtime_error("no scratch file in " + name);
  unlink(name.c_str());
  return descriptor;
}

std::string read_and_close(int descriptor) {
  std::string text;
  char buffer[1 << 16];
  lseek(descriptor, 0, SEEK_SET);
  while (true) {
    const ssize_t size = read(descriptor, buffer, sizeof buffer);
    if (size <= 0)
      break;
    text.append(buffer, static_cast<std::size_t>(size));
  }
  close(descriptor);
  return text;
}

// The caller's PATH and sanitizer options, and one fixed rest: no colour, no terminal, UTF-8, and no CI that
// would change what is printed.
std::vector<std::string> environment() {
  std::vector<std::string> variables = {"LC_ALL=C.UTF-8", "TERM=dumb", "TZ=UTC", "COLUMNS=120"};
  for (const char* name : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TMPDIR"}) {
    if (const char* value = std::getenv(name))
      variables.push_back(std::string(name) + "=" + value);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts)
    result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

ProgramResult run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& folder, const std::filesystem::path& standard_input) {
  std::vector<std::string> words = {program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment();
  const std::vector<char*> argument_pointers = pointers(words);
  const std::vector<char*> variable_pointers = pointers(variables);
  const std::string input_name = standard_input.empty() ? "/dev/null" : standard_input.string();
  const int output = open_scratch();
  const int error = open_scratch();

  const pid_t child = fork();
  if (child < 0)
    throw std::runtime_error("cannot fork");
  if (child == 0) {
    // Only calls that are safe after fork. 127 is what a shell gives for a program it cannot start.
    const int input = open(input_name.c_str(), O_RDONLY | O_CLOEXEC);
    if (input < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(error, 2) < 0)
      _exit(127);
    if (chdir(folder.c_str()) != 0)
      _exit(127);
    execve(program.c_str(), argument_pointers.data(), variable_pointers.data());
    _exit(127);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child)
    throw std::runtime_error("cannot wait for " + program.string());

  ProgramResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.standard_output = read_and_close(output);
  result.standard_error = read_and_close(error);
  if (result.exit_code == 127)
    throw std::runtime_error("cannot start " + program.string() + " in " + folder.string());
  return result;
}

}  // namespace grantproof::tests
