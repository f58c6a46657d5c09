// SPDX-License-Identifier: Apache-2.0
//
// A file of cases, one a line: which line is at hand, and what is said of it on standard error. Shared by
// `simulate --cases` and `match --cases`.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "cli/machine.h"

namespace grantproof::cli {

class CaseLines {
 public:
  // "-" is standard input.
  CaseLines(std::string path, const Machine& machine) : path_(std::move(path)), machine_(machine) {}

  // Calls `each` for every line that is not blank.
  base::Expected<void> read(const std::function<void(std::string_view)>& each);

  std::string shown_path() const { return path_ == "-" ? "<stdin>" : path_; }
  std::size_t line() const { return line_; }    // of the line at hand, from 1
  std::size_t count() const { return count_; }  // of lines that were not blank

  // A message about the line at hand; after fifty no more come. An empty id: what was read is no case.
  void complain(std::string_view id, std::string_view message);

 private:
  std::string path_;
  const Machine& machine_;
  std::size_t line_ = 0;
  std::size_t count_ = 0;
  std::size_t messages_ = 0;
};

// The whole of a file: `Run` is made of the lines and the machine, takes each line, and sums up.
template <typename Run>
base::Expected<int> run_cases(const std::string& path, bool quiet, const Machine& machine) {
  CaseLines lines(path, machine);
  Run run(lines, machine);
  if (const auto read = lines.read([&run](std::string_view line) { run.line(line); }); !read)
    return tl::unexpected<base::Error>(read.error());
  if (!quiet)
    machine.errors(run.summary());
  return run.exit_code();
}

}  // namespace grantproof::cli
