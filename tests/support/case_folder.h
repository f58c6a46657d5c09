// SPDX-License-Identifier: Apache-2.0
//
// A test case that is a folder: files by name, and a command line in a file `command`. Used by the corpus and
// the golden tests.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::tests {

// Nothing where there is no such file.
std::optional<std::string> read_file(const std::filesystem::path& file);
// Without white space at the ends, without blank lines and lines that begin with '#'.
std::vector<std::string> lines_of(std::string_view text);
// Words of a command line as a shell cuts them: white space, '…', "…" and backslash; no variables, no
// patterns. A first word "grantproof" is the program itself and left out. Throws std::invalid_argument on an
// open quote.
std::vector<std::string> command_words(std::string_view line);
// The arguments that a file `command` holds: its one line that is not blank or a comment.
std::vector<std::string> read_command(const std::filesystem::path& file);

// Folders in `root`, `depth` levels down, sorted. Hidden ones are left out.
std::vector<std::filesystem::path> case_folders(const std::filesystem::path& root, int depth);
// A name that GoogleTest takes: letters, digits and '_'.
std::string test_name(const std::filesystem::path& folder, const std::filesystem::path& root);

}  // namespace grantproof::tests
