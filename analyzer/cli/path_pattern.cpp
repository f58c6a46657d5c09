// SPDX-License-Identifier: Apache-2.0
#include "cli/path_pattern.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/file_system.h"

namespace grantproof::cli {
namespace {

std::vector<std::string_view> names_of(std::string_view path) {
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0)
      names.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return names;
}

// "[a-z]", "[!a-z]" at the start of `pattern`: its length and whether it takes the character. Nothing where
// the bracket is never closed: then it stands for itself.
struct SetMatch {
  std::size_t length = 0;
  bool matches = false;
};
std::optional<SetMatch> match_set(std::string_view pattern, char c) {
  std::size_t at = 1;
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated)
    ++at;
  bool found = false;
  for (const std::size_t first = at; at < pattern.size(); ++at) {
    if (pattern[at] == ']' && at > first)
      return SetMatch{at + 1, found != negated};
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      found = found || (pattern[at] <= c && c <= pattern[at + 2]);
      at += 2;
    } else {
      found = found || pattern[at] == c;
    }
  }
  return std::nullopt;
}

// How many characters of the pattern take this one; 0: it does not match.
std::size_t match_one(std::string_view pattern, char c) {
  if (pattern.front() == '?')
    return 1;
  if (pattern.front() == '[') {
    if (const auto set = match_set(pattern, c))
      return set->matches ? set->length : 0;
  }
  if (pattern.front() == '\\' && pattern.size() > 1)
    return pattern[1] == c ? 2 : 0;
  return pattern.front() == c ? 1 : 0;
}

// Going back to the last '*' is enough: an earlier one need not take more.
bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::size_t> star;
  std::size_t taken = 0;  // by the star
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = n;
    } else if (const std::size_t length = p < pattern.size() ? match_one(pattern.substr(p), name[n]) : 0;
               length > 0) {
      p += length;
      ++n;
    } else if (star) {
      p = *star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

// The same walk, over names instead of characters.
bool names_match(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& names) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::size_t> stars;
  std::size_t taken = 0;
  while (n < names.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      stars = p++;
      taken = n;
    } else if (p < pattern.size() && name_matches(pattern[p], names[n])) {
      ++p;
      ++n;
    } else if (stars) {
      p = *stars + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(),
                     [](std::string_view name) { return name == "**"; });
}

std::string_view without_dot(std::string_view path) {
  while (path.starts_with("./"))
    path.remove_prefix(2);
  return path;
}

}  // namespace

bool path_matches(std::string_view pattern, std::string_view path) {
  return names_match(names_of(without_dot(pattern)), names_of(without_dot(path)));
}

bool name_or_path_matches(std::string_view pattern, std::string_view path) {
  return pattern.find('/') == std::string_view::npos ? name_matches(pattern, base_name(path))
                                                     : path_matches(pattern, path);
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string tidy(std::string_view path) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> kept;
  for (const std::string_view name : names_of(path)) {
    if (name == ".")
      continue;
    if (name == ".." && !kept.empty() && kept.back() != "..")
      kept.pop_back();
    else if (name != ".." || !absolute)
      kept.push_back(name);
  }
  std::string text = absolute ? "/" : "";
  for (const std::string_view name : kept)
    text = base::join_path(text, name);
  return text.empty() ? "." : text;
}

std::string path_from(std::string_view current, std::string_view folder, std::string_view path) {
  const auto absolute = [current](std::string_view relative) {
    return tidy(relative.starts_with('/') ? std::string(relative) : base::join_path(current, relative));
  };
  std::string from = absolute(folder);
  std::string to = absolute(path);
  if (to == from)
    return {};
  if (from != "/")
    from += '/';
  return to.starts_with(from) ? to.substr(from.size()) : to;
}

}  // namespace grantproof::cli
