// SPDX-License-Identifier: Apache-2.0
//
// What does not touch the machine: paths, walking, and the file system of tests. real_file_system.cpp has the
// rest.
#include "base/file_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace grantproof::base {
namespace {

// Without "./" in front and '/' behind; "" is the current directory.
std::string normal(std::string_view path) {
  while (path.starts_with("./"))
    path.remove_prefix(2);
  while (path.size() > 1 && path.ends_with('/'))
    path.remove_suffix(1);
  return path == "." ? std::string() : std::string(path);
}

std::string directory_prefix(std::string_view path) {
  std::string prefix = normal(path);
  if (!prefix.empty() && prefix != "/")
    prefix += '/';
  return prefix;
}

}  // namespace

std::string join_path(std::string_view directory, std::string_view name) {
  if (directory.empty() || directory == ".")
    return std::string(name);
  if (name.empty() || name == ".")
    return std::string(directory);
  return directory.ends_with('/') ? fmt::format("{}{}", directory, name)
                                  : fmt::format("{}/{}", directory, name);
}

Expected<std::vector<std::string>> walk(const FileSystem& files, const std::string& directory,
                                        const EnterEntry& enter) {
  std::vector<std::string> found;
  // An explicit stack: a hostile tree may be deeper than ours.
  std::vector<std::pair<std::string, EntryKind>> open{{directory, EntryKind::kDirectory}};
  while (!open.empty()) {
    auto [path, kind] = std::move(open.back());
    open.pop_back();
    if (kind == EntryKind::kFile) {
      found.push_back(std::move(path));
      continue;
    }
    auto entries = files.list_directory(path);
    if (!entries)
      return tl::unexpected<Error>(entries.error());
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
      std::string below = join_path(path, entry->name);
      if (entry->kind != EntryKind::kOther && (!enter || enter(below, entry->kind)))
        open.emplace_back(std::move(below), entry->kind);
    }
  }
  return found;
}

MemoryFileSystem::MemoryFileSystem(const std::map<std::string, std::string>& files) {
  for (const auto& [path, text] : files)
    files_.insert_or_assign(normal(path), text);
}

Expected<std::string> MemoryFileSystem::read_file(const std::string& path, std::size_t limit) const {
  reads_.push_back(path);
  const auto found = files_.find(normal(path));
  if (found == files_.end())
    return error(fmt::format("cannot read {}: {}", path,
                             is_directory(path) ? "Is a directory" : "No such file or directory"));
  if (found->second.size() > limit)
    return error(fmt::format("cannot read {}: it has more than {} bytes", path, limit));
  return found->second;
}

Expected<void> MemoryFileSystem::write_file(const std::string& path, std::string_view text) {
  if (is_directory(path))
    return error(fmt::format("cannot write {}: Is a directory", path));
  files_.insert_or_assign(normal(path), std::string(text));
  return {};
}

Expected<std::vector<DirectoryEntry>> MemoryFileSystem::list_directory(const std::string& path) const {
  if (!is_directory(path))
    return error(fmt::format("cannot list {}: Not a directory", path));
  const std::string prefix = directory_prefix(path);
  std::map<std::string, EntryKind> entries;
  for (auto file = files_.lower_bound(prefix); file != files_.end() && file->first.starts_with(prefix);
       ++file) {
    const std::string_view rest = std::string_view(file->first).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    // With "" as prefix an absolute path is no entry of the current directory.
    if (slash == 0)
      continue;
    entries.emplace(rest.substr(0, slash),
                    slash == std::string_view::npos ? EntryKind::kFile : EntryKind::kDirectory);
  }
  std::vector<DirectoryEntry> listed;
  listed.reserve(entries.size());
  for (const auto& [name, kind] : entries)
    listed.push_back(DirectoryEntry{name, kind});
  return listed;
}

bool MemoryFileSystem::exists(const std::string& path) const {
  return files_.contains(normal(path)) || is_directory(path);
}

bool MemoryFileSystem::is_directory(const std::string& path) const {
  const std::string prefix = directory_prefix(path);
  if (prefix.empty())
    return true;
  const auto first = files_.lower_bound(prefix);
  return first != files_.end() && first->first.starts_with(prefix);
}

}  // namespace grantproof::base
