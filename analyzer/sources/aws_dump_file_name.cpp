// SPDX-License-Identifier: Apache-2.0
#include "sources/aws_dump_file_name.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace grantproof::sources {
namespace {

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         base::equals_ignoring_case(text.substr(text.size() - ending.size()), ending);
}

// What stands behind the command, which the service may stand before: "lambda-get-policy.fn".
std::string_view behind_command(std::string_view stem, std::string_view command) {
  const std::size_t at = stem.find(command);
  if (at == std::string_view::npos ||
      (at > 0 && std::string_view("-_.").find(stem[at - 1]) == std::string_view::npos))
    return {};
  stem.remove_prefix(at + command.size());
  return stem.starts_with('.') ? stem.substr(1) : std::string_view();
}

std::string_view beside_word(std::string_view stem, std::string_view word) {
  if (word.empty() || stem.size() <= word.size() + 1)
    return {};
  const std::string_view behind = stem.substr(word.size());
  if (stem.starts_with(word) && (behind.front() == '.' || behind.front() == '-'))
    return behind.substr(1);
  const std::string_view before = stem.substr(0, stem.size() - word.size());
  if (stem.ends_with(word) && before.back() == '.')
    return before.substr(0, before.size() - 1);
  return {};
}

}  // namespace

std::string_view file_stem(std::string_view path) {
  if (const std::size_t slash = path.find_last_of("/\\"); slash != std::string_view::npos)
    path.remove_prefix(slash + 1);
  for (const std::string_view extension : {".json", ".yaml", ".yml"}) {
    if (ends_with_ignoring_case(path, extension))
      return path.substr(0, path.size() - extension.size());
  }
  return path;
}

std::vector<std::string> arguments_in_file_name(std::string_view path, const FileWords& words,
                                                std::size_t most) {
  const std::string_view stem = file_stem(path);
  std::string_view rest = behind_command(stem, words.command);
  if (rest.empty())
    rest = beside_word(stem, words.word);
  std::vector<std::string> arguments;
  if (rest.empty() || most == 1) {
    if (!rest.empty())
      arguments.emplace_back(rest);
    return arguments;
  }
  for (std::size_t dot = 0; dot != std::string_view::npos;) {
    dot = rest.find('.');
    arguments.emplace_back(rest.substr(0, dot));
    if (dot != std::string_view::npos)
      rest.remove_prefix(dot + 1);
  }
  const bool clear =
      arguments.size() <= most && std::none_of(arguments.begin(), arguments.end(),
                                               [](const std::string& argument) { return argument.empty(); });
  return clear ? arguments : std::vector<std::string>();
}

}  // namespace grantproof::sources
