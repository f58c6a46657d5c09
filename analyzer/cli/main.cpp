// SPDX-License-Identifier: Apache-2.0
//
// The program. Start reading at cli/pipeline.cpp: what `check` does, as a list.
#include <fmt/format.h>
#include <malloc.h>

#include <csignal>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/commands.h"
#include "cli/machine.h"

int main(int argument_count, char** arguments) {
  using namespace grantproof;
  // A reader that closes the pipe ends us without a word, also where our parent ignored the signal.
  std::signal(SIGPIPE, SIG_DFL);

#ifdef __GLIBC__
  // The solver takes and gives back megabytes for each policy; handing them to the system in between costs as
  // much time as the proofs.
  constexpr int kKeptBytes = 256 * 1024 * 1024;
  mallopt(M_TRIM_THRESHOLD, kKeptBytes);
  mallopt(M_TOP_PAD, kKeptBytes / 8);
  mallopt(M_MMAP_THRESHOLD, kKeptBytes / 8);
#endif

  base::RealFileSystem files;
  const cli::Machine machine = cli::real_machine(files);
  const std::vector<std::string> words(arguments + (argument_count > 0 ? 1 : 0), arguments + argument_count);
  const int code = cli::run(words, machine);

  if (const auto flushed = cli::flush_output(); !flushed) {
    machine.errors(fmt::format("grantproof: {}\n", flushed.error().message));
    return cli::kWrongUse;
  }
  return code;
}
