// SPDX-License-Identifier: Apache-2.0
//
// Everything outside the program that a command touches: files, streams, environment, the day, git. Commands
// get it handed in, so that tests run them whole without a process. real_machine() is the one of main.cpp.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "base/file_system.h"
#include "base/terminal.h"

namespace grantproof::cli {

// Lines without their ends, or pieces of a file; return false to stop.
using LineConsumer = std::function<bool(std::string_view line)>;

struct Machine {
  base::FileSystem* files = nullptr;  // borrowed
  std::function<base::Expected<std::string>()> standard_input;
  // The lines of a file, or of standard input for "-", without holding more than one of them.
  std::function<base::Expected<void>(const std::string& path, const LineConsumer& consume)> for_each_line;
  // The bytes of a file, or of standard input for "-", in pieces of some size.
  std::function<base::Expected<void>(const std::string& path, const LineConsumer& consume)> for_each_piece;
  // The text of REVISION:PATH as git has it.
  std::function<base::Expected<std::string>(const std::string& revision_and_path)> git_object;

  std::function<void(std::string_view)> output;  // reports
  std::function<void(std::string_view)> errors;  // everything else

  base::Environment environment;
  std::string current_directory;  // absolute
  std::string today;              // "2026-11-21"
  bool output_is_terminal = false;
  bool errors_is_terminal = false;
  std::size_t width = 80;  // columns of the output
};

Machine real_machine(base::FileSystem& files);

// Writes out what is still buffered. An error where standard output could not take everything.
base::Expected<void> flush_output();

}  // namespace grantproof::cli
