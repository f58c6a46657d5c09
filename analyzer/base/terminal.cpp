// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>

#include "base/text.h"

namespace grantproof::base {
namespace {

constexpr std::size_t kDefaultWidth = 80;

int descriptor(Stream stream) {
  return stream == Stream::kOutput ? STDOUT_FILENO : STDERR_FILENO;
}

// A variable that is set to nothing counts as not set.
std::string value(const Environment& environment, const std::string& name) {
  return environment(name).value_or(std::string());
}

}  // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* found = std::getenv(name.c_str());
    if (found == nullptr)
      return std::nullopt;
    return std::string(found);
  };
}

bool is_terminal(Stream stream) {
  return ::isatty(descriptor(stream)) == 1;
}

bool use_color(ColorChoice choice, const Environment& environment, bool terminal) {
  if (choice != ColorChoice::kAuto)
    return choice == ColorChoice::kAlways;
  if (const std::string forced = value(environment, "FORCE_COLOR"); !forced.empty())
    return forced != "0";
  if (!value(environment, "NO_COLOR").empty())
    return false;
  if (const std::string forced = value(environment, "CLICOLOR_FORCE"); !forced.empty() && forced != "0")
    return true;
  return terminal && value(environment, "TERM") != "dumb";
}

std::size_t terminal_width(Stream stream, const Environment& environment) {
  struct winsize size {};
  if (::ioctl(descriptor(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  const std::string columns = value(environment, "COLUMNS");
  std::size_t width = 0;
  const auto parsed = std::from_chars(columns.data(), columns.data() + columns.size(), width);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == columns.data() + columns.size();
  return whole && width > 0 ? width : kDefaultWidth;
}

bool is_utf8_locale(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string locale = fold_case(value(environment, name));
    if (!locale.empty())
      return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace grantproof::base
