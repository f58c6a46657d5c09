// SPDX-License-Identifier: Apache-2.0
#include "cli/git_object.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/file_system.h"

namespace grantproof::cli {
namespace {

constexpr int kCannotRun = 127;

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
      ends = {-1, -1};
  }
  ~Pipe() {
    close(0);
    close(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  bool open() const { return ends[0] >= 0; }
  void close(std::size_t end) {
    if (ends[end] >= 0)
      ::close(ends[end]);
    ends[end] = -1;
  }
  std::array<int, 2> ends{};
};

// Both streams at once: a child that fills one while we wait for the other would stand still.
bool drain(Pipe& output, std::string& text, Pipe& errors, std::string& complaint) {
  const std::array<std::pair<Pipe*, std::string*>, 2> streams{{{&output, &text}, {&errors, &complaint}}};
  std::array<char, 1 << 16> buffer{};
  bool complete = true;
  while (output.ends[0] >= 0 || errors.ends[0] >= 0) {
    std::array<pollfd, 2> polled{{{output.ends[0], POLLIN, 0}, {errors.ends[0], POLLIN, 0}}};
    if (::poll(polled.data(), polled.size(), -1) < 0) {
      if (errno == EINTR)
        continue;
      return false;
    }
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (polled[i].revents == 0)
        continue;
      const auto& [pipe, into] = streams[i];
      const ssize_t count = ::read(pipe->ends[0], buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0) {
        pipe->close(0);
      } else if (into->size() + static_cast<std::size_t>(count) > base::FileSystem::kReadLimit) {
        pipe->close(0);
        complete = false;
      } else {
        into->append(buffer.data(), static_cast<std::size_t>(count));
      }
    }
  }
  return complete;
}

// What git says is several lines at times; the first is the reason.
std::string first_line(std::string_view text) {
  std::string line(text.substr(0, text.find('\n')));
  return line.starts_with("fatal: ") ? line.substr(7) : line;
}

}  // namespace

bool looks_like_git_object(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() && text.front() != '-';
}

base::Expected<std::string> read_git_object(const std::string& revision_and_path) {
  Pipe output;
  Pipe errors;
  if (!output.open() || !errors.open())
    return base::error("cannot start git: no pipe");
  const pid_t child = ::fork();
  if (child < 0)
    return base::error(
        fmt::format("cannot start git: {}", std::error_code(errno, std::generic_category()).message()));
  if (child == 0) {
    ::dup2(output.ends[1], STDOUT_FILENO);
    ::dup2(errors.ends[1], STDERR_FILENO);
    // Unlike `git show`, cat-file runs no filter that the repository's attributes ask for.
    ::execlp("git", "git", "cat-file", "blob", revision_and_path.c_str(), static_cast<char*>(nullptr));
    ::_exit(kCannotRun);
  }
  output.close(1);
  errors.close(1);
  std::string text;
  std::string complaint;
  const bool complete = drain(output, text, errors, complaint);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!complete)
    return base::error(fmt::format("cannot read {} from git: it is too long", revision_and_path));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return text;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kCannotRun && complaint.empty())
    return base::error(
        fmt::format("cannot read {}: there is no such file, and git cannot be run", revision_and_path));
  return base::error(fmt::format("cannot read {} from git: {}", revision_and_path, first_line(complaint)));
}

}  // namespace grantproof::cli
