// SPDX-License-Identifier: Apache-2.0
#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cli/option_table.h"

namespace grantproof::cli {
namespace {

bool accepts(const FlagRow& row, Command command) {
  return (row.commands & bit(command)) != 0;
}

// "did you mean --report?", or that another command has it.
std::string advice_for_flag(std::string_view flag, const CommandRow& command) {
  const std::string_view name = flag.substr(0, flag.find('='));
  std::vector<std::string_view> own;
  for (const FlagRow& row : flag_rows()) {
    if (accepts(row, command.command))
      own.push_back(long_name(row));
  }
  if (const auto meant = base::nearest(name, own))
    return fmt::format("did you mean {}?", *meant);
  for (const FlagRow& row : flag_rows()) {
    if (long_name(row) != name)
      continue;
    std::string others;
    for (const CommandRow& other : command_rows()) {
      if (accepts(row, other.command))
        others += fmt::format("{}{}", others.empty() ? "" : ", ", other.name);
    }
    return fmt::format("{} belongs to: {}", name, others);
  }
  return fmt::format("'grantproof {} --help' lists the options", command.name);
}

tl::unexpected<base::Error> misuse(const CommandRow& command, std::string_view mistake,
                                   std::string_view advice = {}) {
  return base::error(fmt::format(
      "{}: {}\n  {}", command.name, mistake,
      advice.empty() ? fmt::format("usage: grantproof {} [OPTION…] {}", command.name, command.arguments)
                     : std::string(advice)));
}

base::Expected<Options> parse_command(const CommandRow& command, std::vector<std::string> words) {
  Options options;
  options.command = command.command;
  if (std::find(words.begin(), words.end(), "--help") != words.end() ||
      std::find(words.begin(), words.end(), "-h") != words.end()) {
    options.command = Command::kHelp;
    options.help_about = command.command;
    return options;
  }

  CLI::App app;
  app.set_help_flag();
  app.allow_extras();  // so that what is left over can be explained
  std::vector<std::pair<const FlagRow*, CLI::Option*>> bound;
  for (const FlagRow& row : flag_rows()) {
    if (!accepts(row, command.command))
      continue;
    CLI::Option* option =
        row.value.empty() ? app.add_flag(std::string(row.names)) : app.add_option(std::string(row.names));
    if (!row.value.empty())
      option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
    bound.emplace_back(&row, option);
  }
  // CLI11 takes words from the end, and everything behind "--" as it stands.
  std::vector<std::string> behind;
  if (const auto dashes = std::find(words.begin(), words.end(), "--"); dashes != words.end()) {
    behind.assign(dashes + 1, words.end());
    words.erase(dashes, words.end());
  }
  try {
    std::reverse(words.begin(), words.end());
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& mistake) {
    // "--report: 1 required TEXT missing"
    const std::string_view what = mistake.what();
    return misuse(command, fmt::format("{} needs a value", what.substr(0, what.find(':'))));
  } catch (const CLI::Error& mistake) {
    return misuse(command, mistake.what());
  }

  for (const std::string& word : app.remaining()) {
    if (word.size() > 1 && word.front() == '-')
      return misuse(command, fmt::format("there is no option {}", word), advice_for_flag(word, command));
    options.arguments.push_back(word);
  }
  options.arguments.insert(options.arguments.end(), behind.begin(), behind.end());

  for (const auto& [row, option] : bound) {
    if (row->value.empty()) {
      for (std::size_t i = 0; i < option->count(); ++i) {
        if (auto applied = row->apply(options, ""); !applied)
          return misuse(command, fmt::format("{}: {}", long_name(*row), applied.error().message));
      }
      continue;
    }
    for (const std::string& value : option->results()) {
      if (auto applied = row->apply(options, value); !applied)
        return misuse(command, fmt::format("{}: {}", long_name(*row), applied.error().message));
    }
  }

  if (options.arguments.size() < command.least)
    return misuse(command, "something is missing");
  if (options.arguments.size() > command.most)
    return misuse(command, fmt::format("'{}' is one argument too many", options.arguments[command.most]));
  // A variable of a script that is not set: the whole folder would be read in its place.
  if (std::find(options.arguments.begin(), options.arguments.end(), "") != options.arguments.end())
    return misuse(command, "an argument is empty");
  if (std::count(options.arguments.begin(), options.arguments.end(), "-") > 1)
    return misuse(command, "standard input can be read once only");
  if (options.config && options.no_config)
    return misuse(command, "--config and --no-config contradict each other");
  if (command.command == Command::kSimulate && options.cases.empty() && options.arguments.empty())
    return misuse(command, "there is no request");
  if (command.command == Command::kMatch && options.cases.empty() && options.arguments.size() < 2)
    return misuse(command, "something is missing");
  if (options.archive.empty() && (!options.replay_name.empty() || !options.rules.empty()))
    return misuse(command, "--replay-name and --rule belong to a replay of an archive: add --archive NAME");
  if (command.command == Command::kMatch && !options.cases.empty() && !options.arguments.empty())
    return misuse(command, fmt::format("'{}' is one argument too many: the cases of --cases have their "
                                       "patterns and events with them",
                                       options.arguments.front()));
  if (!options.cases.empty() && !options.arguments.empty())
    return misuse(
        command,
        fmt::format("'{}' is one argument too many: the cases of --cases have their policies with them",
                    options.arguments.front()));
  return options;
}

// Text that begins at a column, with its further lines below it.
std::string wrapped(std::string_view text, std::size_t column) {
  constexpr std::size_t kWidth = 100;
  std::string lines;
  std::size_t used = column;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t width = base::display_width(word);
    if (used > column && used + 1 + width > kWidth) {
      lines += '\n' + std::string(column, ' ');
      used = column;
    } else if (used > column) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += width;
  }
  return lines;
}

}  // namespace

base::Expected<Options> parse_options(const std::vector<std::string>& words) {
  Options options;
  if (words.empty())
    return base::error("there is no command\n  'grantproof --help' lists them");
  const std::string& first = words.front();
  if (first == "--version" || first == "-V" || first == "version") {
    options.command = Command::kVersion;
    return options;
  }
  if (first == "--help" || first == "-h" || first == "help") {
    if (words.size() > 1) {
      if (const CommandRow* about = find_command(words[1]))
        options.help_about = about->command;
    }
    return options;
  }
  if (const CommandRow* command = find_command(first))
    return parse_command(*command, {words.begin() + 1, words.end()});
  if (first.starts_with('-'))
    return base::error(
        fmt::format("{} stands before a command\n  options follow it: grantproof check {} …", first, first));
  std::vector<std::string_view> names;
  for (const CommandRow& row : command_rows())
    names.push_back(row.name);
  const auto meant = base::nearest(first, names);
  return base::error(meant
                         ? fmt::format("there is no command '{}'\n  did you mean {}?", first, *meant)
                         : fmt::format("there is no command '{}'\n  'grantproof --help' lists them", first));
}

std::string help_text(std::optional<Command> about) {
  constexpr std::size_t kColumn = 30;
  std::string text;
  if (!about) {
    text +=
        "grantproof proves what AWS IAM and EventBridge policies allow.\n\nusage: grantproof COMMAND "
        "[OPTION…] …\n\n";
    for (const CommandRow& row : command_rows())
      text += fmt::format("  {:<10} {}\n", row.name, row.summary);
    text +=
        "\n  grantproof COMMAND --help   the options of a command\n"
        "  grantproof --version        this program, its solver, its service reference\n\n"
        "Exit codes: 0 nothing found, 1 findings or questions without an answer, 2 wrong use, 3 a mistake "
        "of\n"
        "grantproof itself.\n";
    return text;
  }
  const CommandRow& command = *find_command(*about);
  text += fmt::format("{}\n\nusage: grantproof {} [OPTION…]{}{}\n", command.summary, command.name,
                      command.arguments.empty() ? "" : " ", command.arguments);
  if (!command.explanation.empty())
    text += fmt::format("\n{}\n", wrapped(command.explanation, 0));
  std::string_view group;
  for (const FlagRow& row : flag_rows()) {
    if (!accepts(row, *about))
      continue;
    if (row.group != group)
      text += fmt::format("\n{}\n", row.group);
    group = row.group;
    std::string names = fmt::format("  {}", row.names);
    if (const std::size_t comma = names.find(','); comma != std::string::npos)
      names.insert(comma + 1, " ");
    if (!row.value.empty())
      names += fmt::format(" {}", row.value);
    // A name that reaches into the column of explanations gets a line of its own.
    if (base::display_width(names) + 2 > kColumn)
      names += '\n' + std::string(kColumn, ' ');
    else
      names.append(kColumn - base::display_width(names), ' ');
    text += fmt::format("{}{}\n", names, wrapped(row.help, kColumn));
  }
  return text;
}

}  // namespace grantproof::cli
