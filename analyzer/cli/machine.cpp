// SPDX-License-Identifier: Apache-2.0
#include "cli/machine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/git_object.h"

namespace grantproof::cli {
namespace {

std::string reason(int error_number) {
  return std::error_code(error_number, std::generic_category()).message();
}

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin)
      std::fclose(file);
  }
};

// getline(3) grows one buffer for all lines.
struct LineBuffer {
  LineBuffer() = default;
  LineBuffer(const LineBuffer&) = delete;
  LineBuffer& operator=(const LineBuffer&) = delete;
  ~LineBuffer() { std::free(text); }
  char* text = nullptr;
  std::size_t capacity = 0;
};

base::Expected<void> read_lines(const std::string& path, const LineConsumer& consume) {
  const std::unique_ptr<std::FILE, CloseFile> file(path == "-" ? stdin : std::fopen(path.c_str(), "re"));
  if (file == nullptr)
    return base::error(fmt::format("cannot read {}: {}", path, reason(errno)));
  LineBuffer buffer;
  while (true) {
    errno = 0;
    const ssize_t length = ::getline(&buffer.text, &buffer.capacity, file.get());
    if (length < 0) {
      if (std::ferror(file.get()) != 0)
        return base::error(fmt::format("cannot read {}: {}", path, reason(errno)));
      return {};
    }
    std::string_view line(buffer.text, static_cast<std::size_t>(length));
    if (line.ends_with('\n'))
      line.remove_suffix(1);
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    if (!consume(line))
      return {};
  }
}

base::Expected<void> read_pieces(const std::string& path, const LineConsumer& consume) {
  const std::unique_ptr<std::FILE, CloseFile> file(path == "-" ? stdin : std::fopen(path.c_str(), "re"));
  if (file == nullptr)
    return base::error(fmt::format("cannot read {}: {}", path, reason(errno)));
  std::vector<char> buffer(std::size_t{256} * 1024);
  while (true) {
    errno = 0;
    const std::size_t length = std::fread(buffer.data(), 1, buffer.size(), file.get());
    if (length == 0 && std::ferror(file.get()) != 0)
      return base::error(fmt::format("cannot read {}: {}", path, reason(errno)));
    if (length == 0 || !consume(std::string_view(buffer.data(), length)))
      return {};
  }
}

void write(std::FILE* stream, std::string_view text) {
  // A failure is seen by flush_output at the end.
  std::fwrite(text.data(), 1, text.size(), stream);
}

// The local day: `until: 2027-03-31` means the author's calendar.
std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm day{};
  ::localtime_r(&now, &day);
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

std::string current_directory() {
  const std::unique_ptr<char, decltype(&std::free)> path(::getcwd(nullptr, 0), &std::free);
  return path ? std::string(path.get()) : std::string("/");
}

}  // namespace

Machine real_machine(base::FileSystem& files) {
  Machine machine;
  machine.files = &files;
  machine.standard_input = [] { return base::read_standard_input(); };
  machine.for_each_line = read_lines;
  machine.for_each_piece = read_pieces;
  machine.git_object = read_git_object;
  machine.output = [](std::string_view text) { write(stdout, text); };
  machine.errors = [](std::string_view text) { write(stderr, text); };
  machine.environment = base::process_environment();
  machine.current_directory = current_directory();
  machine.today = today();
  machine.output_is_terminal = base::is_terminal(base::Stream::kOutput);
  machine.errors_is_terminal = base::is_terminal(base::Stream::kErrors);
  machine.width = base::terminal_width(base::Stream::kOutput, machine.environment);
  return machine;
}

base::Expected<void> flush_output() {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0;
  const int why = errno;
  if (flushed && std::ferror(stdout) == 0)
    return {};
  return base::error("cannot write to standard output: " + (why != 0 ? reason(why) : "a write failed"));
}

}  // namespace grantproof::cli
