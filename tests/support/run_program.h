// SPDX-License-Identifier: Apache-2.0
//
// Runs a program the way a user does: arguments, working folder, standard input; gives back both streams and
// the exit code. The environment is the same on every machine, so that output is too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grantproof::tests {

struct ProgramResult {
  int exit_code = 0;  // 128 + signal where a signal ended it, as a shell says it
  std::string standard_output;
  std::string standard_error;
};

// `standard_input` empty: nothing to read. Throws std::runtime_error where the program cannot be started.
ProgramResult run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& folder,
                          const std::filesystem::path& standard_input = {});

}  // namespace grantproof::tests
