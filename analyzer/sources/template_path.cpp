// SPDX-License-Identifier: Apache-2.0
#include "sources/template_path.h"

#include <algorithm>

#include "base/file_system.h"

namespace grantproof::sources {

std::vector<std::string_view> path_components(std::string_view path) {
  std::vector<std::string_view> components;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0)
      components.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return components;
}

std::string normal_path(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view component : path_components(path)) {
    if (component == ".." && !kept.empty() && kept.back() != "..")
      kept.pop_back();
    else if (component != ".")
      kept.push_back(component);
  }
  std::string normal = path.starts_with('/') ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i)
    normal.append(i == 0 ? "" : "/").append(kept[i]);
  return normal;
}

std::string path_from(std::string_view file, std::string_view path) {
  const std::size_t slash = file.rfind('/');
  if (path.starts_with('/') || slash == std::string_view::npos)
    return normal_path(path);
  return normal_path(base::join_path(file.substr(0, slash), path));
}

std::string template_name(std::string_view path) {
  const std::vector<std::string_view> components = path_components(path);
  std::string_view name = components.empty() ? path : components.back();
  for (const std::string_view ending : {".json", ".yaml", ".yml", ".template"}) {
    if (name.size() > ending.size() && name.ends_with(ending))
      name.remove_suffix(ending.size());
  }
  return std::string(name);
}

}  // namespace grantproof::sources
