// SPDX-License-Identifier: Apache-2.0
//
// Commands and flags as data. A flag is a row: where it is accepted, its value, what it does to Options.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cli/options.h"

namespace grantproof::cli {

inline constexpr std::size_t kAnyNumber = 1'000'000;

struct CommandRow {
  Command command;
  std::string_view name;
  std::string_view arguments;  // as --help shows them
  std::string_view summary;
  std::string_view explanation;  // sentences under the usage line
  std::size_t least = 0;         // arguments
  std::size_t most = 0;
};
std::span<const CommandRow> command_rows();
const CommandRow* find_command(Command command);
const CommandRow* find_command(std::string_view name);

// A set of commands, one bit each.
using CommandSet = unsigned;
constexpr CommandSet bit(Command command) {
  return 1U << static_cast<unsigned>(command);
}

struct FlagRow {
  std::string_view names;  // "-q,--quiet"
  std::string_view value;  // "FILE"; empty: the flag takes none
  std::string_view group;  // heading in --help
  CommandSet commands;
  std::string_view help;
  // Called for each occurrence; `value` is empty for a flag without one.
  base::Expected<void> (*apply)(Options& options, const std::string& value);
};
std::span<const FlagRow> flag_rows();

// "--quiet" of "-q,--quiet"
std::string_view long_name(const FlagRow& row);

}  // namespace grantproof::cli
