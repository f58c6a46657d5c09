// SPDX-License-Identifier: Apache-2.0
#include "cli/ignore_rules.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cli/path_pattern.h"

namespace grantproof::cli {

void IgnoreRules::add(std::string_view folder, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view written = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!written.empty() && (written.back() == ' ' || written.back() == '\t' || written.back() == '\r'))
      written.remove_suffix(1);
    if (written.empty() || written.front() == '#')
      continue;

    Line line;
    line.folder = folder.empty() ? std::string() : std::string(folder) + "/";
    line.takes_back = written.front() == '!';
    if (line.takes_back)
      written.remove_prefix(1);
    while (written.ends_with('/')) {
      line.folders_only = true;
      written.remove_suffix(1);
    }
    line.tied = written.find('/') != std::string_view::npos;
    while (written.starts_with('/'))
      written.remove_prefix(1);
    if (written.empty())
      continue;
    line.pattern = written;
    lines_.push_back(std::move(line));
  }
}

bool IgnoreRules::ignores(std::string_view path, bool is_directory) const {
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if ((line->folders_only && !is_directory) || !path.starts_with(line->folder))
      continue;
    const std::string_view below = path.substr(line->folder.size());
    if (line->tied ? path_matches(line->pattern, below) : path_matches(line->pattern, base_name(below)))
      return !line->takes_back;
  }
  return false;
}

}  // namespace grantproof::cli
