// SPDX-License-Identifier: Apache-2.0
//
// Text of policies and file names, made fit for a terminal. A policy is hostile text: it may hold escape
// sequences, line breaks, characters that reverse the reading direction or that nobody sees. All of those are
// shown as escapes
// (\u001b), so that what is read on the screen is what stands in the file. Widths are counted as a terminal
// counts: two columns for wide characters, none for combining marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace grantproof::reports {

// One character of a source line as it is printed.
struct Cell {
  std::string text;
  std::size_t columns = 1;
  std::size_t offset = 0;  // of its first byte, in the text that was laid out
};

// The characters of a line, tabs expanded. `ascii`: what is not ASCII is escaped, too.
std::vector<Cell> lay_out(std::string_view line, bool ascii);

// Text to stand within one line: everything that could leave it, line breaks and tabs included, is escaped.
std::string printable(std::string_view text, bool ascii);
// How many columns a printable text takes.
std::size_t columns(std::string_view text);
std::string padded(std::string text, std::size_t width);

// JSON keeps its meaning, and no longer holds a character that a terminal or a reader could be misled by.
std::string escape_json_for_terminals(std::string_view json);

enum class Ink { kPlain, kStrong, kError, kWarning, kNote, kLabel, kGutter, kGood };
Ink ink(base::Severity severity);
std::string paint(std::string_view text, Ink ink, bool colour);

}  // namespace grantproof::reports
