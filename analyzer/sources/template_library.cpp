// SPDX-License-Identifier: Apache-2.0
#include "sources/template_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/unknown_text.h"
#include "sources/template_path.h"

namespace grantproof::sources {
namespace {

std::string_view directory(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

// What is known at the end of a URL: "https://‹parameter Bucket›/stacks/orders.yaml?x=1" to
// "/stacks/orders.yaml".
std::string_view known_end(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  std::string_view end = url;
  for (const base::TextSegment& segment : base::cut_at_unknowns(url))
    end = segment.unknown ? std::string_view() : segment.text;
  return end;
}

// Of how many components, from the end, the paths are the same.
std::size_t common_end(std::string_view left, std::string_view right) {
  const std::vector<std::string_view> a = path_components(left);
  const std::vector<std::string_view> b = path_components(right);
  std::size_t common = 0;
  while (common < a.size() && common < b.size() && a[a.size() - 1 - common] == b[b.size() - 1 - common])
    ++common;
  return common;
}

}  // namespace

TemplateLibrary::TemplateLibrary(const std::vector<TemplateFile>& files) {
  std::map<std::string, std::size_t> names;
  for (const TemplateFile& file : files) {
    by_path_.emplace(normal_path(file.place.path), paths_.size());
    paths_.push_back(normal_path(file.place.path));
    ++names[template_name(file.place.shown())];
  }
  for (const TemplateFile& file : files) {
    const std::string path = normal_path(file.place.shown());
    std::string label = template_name(path);
    const std::vector<std::string_view> components = path_components(path);
    if (names[label] > 1 && components.size() > 1)
      label = fmt::format("{}/{}", components[components.size() - 2], label);
    labels_.push_back(std::move(label));
  }
}

std::optional<std::size_t> TemplateLibrary::at_path(std::string_view path) const {
  const auto found = by_path_.find(normal_path(path));
  return found == by_path_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> TemplateLibrary::nested(std::string_view url, const std::string& from,
                                                   const std::vector<std::size_t>& except) const {
  if (!base::has_unknown(url) && url.find("://") == std::string_view::npos) {
    if (const auto found = at_path(path_from(from, url)))
      return found;
  }
  const std::string_view end = known_end(url);
  if (end.empty() || end.ends_with('/'))
    return std::nullopt;
  const std::string nesting = normal_path(from);
  std::optional<std::size_t> best;
  std::size_t best_score = 0;
  bool ambiguous = false;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (std::find(except.begin(), except.end(), i) != except.end())
      continue;
    const std::size_t common = common_end(end, paths_[i]);
    if (common == 0)
      continue;
    // Of two with the same name, the one beside the template that nests it.
    const std::size_t score = 2 * common + (directory(paths_[i]) == directory(nesting) ? 1 : 0);
    ambiguous = score == best_score || (ambiguous && score < best_score);
    if (score > best_score) {
      best = i;
      best_score = score;
    }
  }
  return ambiguous ? std::nullopt : best;
}

}  // namespace grantproof::sources
