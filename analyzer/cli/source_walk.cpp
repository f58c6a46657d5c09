// SPDX-License-Identifier: Apache-2.0
#include "cli/source_walk.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "cli/ignore_rules.h"
#include "cli/path_pattern.h"

namespace grantproof::cli {
namespace {

constexpr std::array<std::string_view, 2> kIgnoreFiles = {".gitignore", ".grantproofignore"};
// What is read in a folder where settings do not say.
constexpr std::array<std::string_view, 3> kPolicyEnds = {".json", ".yaml", ".yml"};

class Walker {
 public:
  Walker(const Options& options, const Settings& settings, const Machine& machine)
      : options_(options),
        settings_(settings),
        machine_(machine),
        root_(repository_root(machine).value_or("")) {}

  base::Expected<void> add(const std::string& path) {
    if (path == "-") {
      keep(path, true);
      return {};
    }
    if (machine_.files->is_directory(path))
      return add_folder(path);
    if (!options_.force_exclude) {
      keep(path, true);
    } else if (!machine_.files->exists(path)) {
      return base::error("cannot read " + path + ": No such file or directory");
    } else if (!left_out_with_folders(path)) {
      keep(path, false);
    }
    return {};
  }

  SourceFiles result() && { return std::move(found_); }

 private:
  base::Expected<void> add_folder(const std::string& folder) {
    found_.folders.push_back(folder);
    read_ignore_files_above(folder);
    read_ignore_files(folder);
    auto files = base::walk(*machine_.files, folder, [this](const std::string& path, base::EntryKind kind) {
      return enter(path, kind);
    });
    if (!files)
      return tl::unexpected<base::Error>(files.error());
    for (const std::string& file : *files)
      keep(file, false);
    return {};
  }

  bool enter(const std::string& path, base::EntryKind kind) {
    const bool folder = kind == base::EntryKind::kDirectory;
    if (base_name(path).starts_with('.') || left_out(path, folder))
      return false;
    if (folder) {
      read_ignore_files(path);
      return true;
    }
    if (!settings_.include.empty()) {
      const std::string below = from_settings(path);
      return std::any_of(settings_.include.begin(), settings_.include.end(),
                         [&below](const std::string& pattern) { return path_matches(pattern, below); });
    }
    return std::any_of(kPolicyEnds.begin(), kPolicyEnds.end(),
                       [&path](std::string_view end) { return path.ends_with(end); });
  }

  bool left_out(const std::string& path, bool folder) const {
    const std::string below = from_settings(path);
    const bool excluded =
        std::any_of(settings_.exclude.begin(), settings_.exclude.end(), [&](const std::string& pattern) {
          return path_matches(pattern, below) || (folder && path_matches(pattern, below + "/*"));
        });
    return excluded || (!options_.no_ignore && ignored_.ignores(from_root(path), folder));
  }

  // A named file, as if a walk from the root of the repository had come to it.
  bool left_out_with_folders(const std::string& path) {
    read_ignore_files_above(path);
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      if (left_out(path.substr(0, slash), true))
        return true;
    }
    return left_out(path, false);
  }

  void read_ignore_files_above(const std::string& path) {
    read_ignore_files(root_);
    std::string folder = root_;
    std::string below = from_root(path);
    for (std::size_t slash = below.find('/'); slash != std::string::npos && !below.starts_with('/');
         slash = below.find('/')) {
      folder = base::join_path(folder, below.substr(0, slash));
      below.erase(0, slash + 1);
      read_ignore_files(folder);
    }
  }

  void read_ignore_files(const std::string& folder) {
    const std::string below = from_root(folder);
    if (options_.no_ignore || !ignore_files_read_.insert(below).second)
      return;
    for (const std::string_view name : kIgnoreFiles) {
      const std::string file = base::join_path(folder, name);
      if (!machine_.files->exists(file))
        continue;
      if (const auto text = machine_.files->read_file(file))
        ignored_.add(below, *text);
    }
  }

  void keep(const std::string& path, bool named) {
    const std::string absolute = path == "-" ? path : path_from(machine_.current_directory, "/", path);
    const auto [place, fresh] = places_.emplace(absolute, found_.files.size());
    if (fresh)
      found_.files.push_back(SourceFile{named ? path : seen_from_here(path), named});
    else if (named)
      found_.files[place->second].named = true;
  }

  // A walk that began above the current folder comes to "../../policies/bus.json" in policies/: "bus.json".
  std::string seen_from_here(const std::string& path) const {
    if (!path.starts_with("../"))
      return path;
    std::string below = path_from(machine_.current_directory, "", path);
    return below.starts_with('/') ? path : below;
  }

  std::string from_root(const std::string& path) const {
    return path_from(machine_.current_directory, root_, path);
  }
  std::string from_settings(const std::string& path) const {
    return path_from(machine_.current_directory, settings_.folder, path);
  }

  const Options& options_;
  const Settings& settings_;
  const Machine& machine_;
  std::string root_;
  IgnoreRules ignored_;
  std::set<std::string> ignore_files_read_;
  SourceFiles found_;
  std::map<std::string, std::size_t> places_;  // absolute path to index in found_.files
};

}  // namespace

base::Expected<SourceFiles> find_sources(std::span<const std::string> paths, const Options& options,
                                         const Settings& settings, const Machine& machine) {
  Walker walker(options, settings, machine);
  const std::vector<std::string> everything{repository_root(machine).value_or("")};
  for (const std::string& path : paths.empty() ? std::span<const std::string>(everything) : paths) {
    if (auto added = walker.add(path); !added)
      return tl::unexpected<base::Error>(added.error());
  }
  return std::move(walker).result();
}

}  // namespace grantproof::cli
