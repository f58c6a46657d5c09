// SPDX-License-Identifier: Apache-2.0
//
// Files, as an interface: RealFileSystem for the program, MemoryFileSystem for tests, which also remembers
// what was read. Paths are plain strings with '/'; lists come in byte order, so that every run sees the same
// order. Errors are sentences that name the path.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace grantproof::base {

enum class EntryKind {
  kFile,
  kDirectory,
  kOther,  // devices, sockets, links to directories (following them could go round in circles), dangling
           // links
};

struct DirectoryEntry {
  std::string name;  // without the directory
  EntryKind kind = EntryKind::kFile;
};

class FileSystem {
 public:
  static constexpr std::size_t kReadLimit = std::size_t{256} * 1024 * 1024;

  virtual ~FileSystem() = default;

  // All bytes. Reading stops with an error as soon as there are more than `limit`.
  virtual Expected<std::string> read_file(const std::string& path, std::size_t limit = kReadLimit) const = 0;
  // The file has the old text or the new one, never a part. Directories are not made.
  virtual Expected<void> write_file(const std::string& path, std::string_view text) = 0;
  // Sorted by name, without "." and "..".
  virtual Expected<std::vector<DirectoryEntry>> list_directory(const std::string& path) const = 0;
  virtual bool exists(const std::string& path) const = 0;
  virtual bool is_directory(const std::string& path) const = 0;
};

class RealFileSystem final : public FileSystem {
 public:
  Expected<std::string> read_file(const std::string& path, std::size_t limit = kReadLimit) const override;
  Expected<void> write_file(const std::string& path, std::string_view text) override;
  Expected<std::vector<DirectoryEntry>> list_directory(const std::string& path) const override;
  bool exists(const std::string& path) const override;
  bool is_directory(const std::string& path) const override;
};

// Directories exist where a file lies beneath them. "./a" and "a" are one path.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem() = default;
  explicit MemoryFileSystem(const std::map<std::string, std::string>& files);

  Expected<std::string> read_file(const std::string& path, std::size_t limit = kReadLimit) const override;
  Expected<void> write_file(const std::string& path, std::string_view text) override;
  Expected<std::vector<DirectoryEntry>> list_directory(const std::string& path) const override;
  bool exists(const std::string& path) const override;
  bool is_directory(const std::string& path) const override;

  // Every path given to read_file, in order.
  const std::vector<std::string>& reads() const { return reads_; }

 private:
  std::map<std::string, std::string> files_;
  mutable std::vector<std::string> reads_;
};

// "a" and "b" to "a/b"; "" and "." add nothing.
std::string join_path(std::string_view directory, std::string_view name);

// Every regular file beneath a directory, with its path from `directory` on, in depth-first byte order.
// `enter` is asked for each file and directory and may refuse it (ignore files, hidden files); directories
// that cannot be read are an error.
using EnterEntry = std::function<bool(const std::string& path, EntryKind kind)>;
Expected<std::vector<std::string>> walk(const FileSystem& files, const std::string& directory,
                                        const EnterEntry& enter = nullptr);

// Standard input to its end.
Expected<std::string> read_standard_input(std::size_t limit = FileSystem::kReadLimit);

}  // namespace grantproof::base
