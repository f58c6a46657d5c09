// SPDX-License-Identifier: Apache-2.0
//
// Files through POSIX calls, which say why they failed; std::filesystem only where it cannot throw.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/file_system.h"

namespace grantproof::base {
namespace {

std::string reason(int error_number) {
  return std::error_code(error_number, std::generic_category()).message();
}

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0)
      ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int value() const { return value_; }
  // For writers: a full disk may show only here.
  bool close() {
    const int closed = ::close(value_);
    value_ = -1;
    return closed == 0;
  }

 private:
  int value_;
};

Expected<std::string> read_all(int descriptor, const std::string& name, std::size_t limit) {
  std::string text;
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > limit)
      return error(fmt::format("cannot read {}: it has more than {} bytes", name, limit));
    text.reserve(size + 1);
  }
  std::array<char, 1 << 16> buffer{};
  while (true) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return error(fmt::format("cannot read {}: {}", name, reason(errno)));
    if (count == 0)
      return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > limit)
      return error(fmt::format("cannot read {}: it has more than {} bytes", name, limit));
  }
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Expected<void> write_directly(const std::string& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.value() < 0 || !write_all(file.value(), text) || !file.close())
    return error(fmt::format("cannot write {}: {}", path, reason(errno)));
  return {};
}

mode_t creation_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

Expected<std::string> RealFileSystem::read_file(const std::string& path, std::size_t limit) const {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0)
    return error(fmt::format("cannot read {}: {}", path, reason(errno)));
  return read_all(file.value(), path, limit);
}

Expected<void> RealFileSystem::write_file(const std::string& path, std::string_view text) {
  // A link keeps pointing where it points: the file behind it is replaced.
  std::error_code no_link;
  const std::filesystem::path behind = std::filesystem::canonical(path, no_link);
  const std::string target = no_link ? path : behind.string();

  struct stat status {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode))
    return error(fmt::format("cannot write {}: {}", path, reason(EISDIR)));
  // /dev/stdout and pipes cannot be replaced.
  if (exists && !S_ISREG(status.st_mode))
    return write_directly(path, text);
  if (exists && ::access(target.c_str(), W_OK) != 0)
    return error(fmt::format("cannot write {}: {}", path, reason(errno)));

  std::string temporary = target + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (file.value() < 0)
    return error(fmt::format("cannot write {}: {}", path, reason(errno)));
  const mode_t mode = exists ? (status.st_mode & 07777) : creation_mode();
  // fsync before rename: after a power cut the name must not lead to an empty file.
  if (!write_all(file.value(), text) || ::fchmod(file.value(), mode) != 0 || ::fsync(file.value()) != 0 ||
      !file.close() || ::rename(temporary.c_str(), target.c_str()) != 0) {
    const int why = errno;
    ::unlink(temporary.c_str());
    return error(fmt::format("cannot write {}: {}", path, reason(why)));
  }
  return {};
}

Expected<std::vector<DirectoryEntry>> RealFileSystem::list_directory(const std::string& path) const {
  std::error_code failure;
  std::filesystem::directory_iterator entry(path.empty() ? "." : path, failure);
  std::vector<DirectoryEntry> listed;
  for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
    std::error_code unreadable;
    const bool link = entry->is_symlink(unreadable);
    EntryKind kind = EntryKind::kOther;
    if (entry->is_regular_file(unreadable)) {
      kind = EntryKind::kFile;
    } else if (!link && entry->is_directory(unreadable)) {
      kind = EntryKind::kDirectory;
    }
    listed.push_back(DirectoryEntry{entry->path().filename().string(), kind});
  }
  if (failure)
    return error(fmt::format("cannot list {}: {}", path, failure.message()));
  std::sort(listed.begin(), listed.end(),
            [](const DirectoryEntry& left, const DirectoryEntry& right) { return left.name < right.name; });
  return listed;
}

bool RealFileSystem::exists(const std::string& path) const {
  struct stat status {};
  return ::stat(path.empty() ? "." : path.c_str(), &status) == 0;
}

bool RealFileSystem::is_directory(const std::string& path) const {
  struct stat status {};
  return ::stat(path.empty() ? "." : path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Expected<std::string> read_standard_input(std::size_t limit) {
  return read_all(STDIN_FILENO, "standard input", limit);
}

}  // namespace grantproof::base
