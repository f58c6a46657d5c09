// SPDX-License-Identifier: Apache-2.0
//
// One line on the terminal that says how far a long run has come, written over until it is done. Nothing for
// the first half second, and nothing where standard error is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/machine.h"

namespace grantproof::cli {

class ProgressLine {
 public:
  // `shown` false: says nothing at all. Borrows the machine.
  ProgressLine(const Machine& machine, bool shown);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Cheap enough to be called for every event.
  void update(std::uint64_t events, std::size_t bytes);
  // Before something else is written to the terminal.
  void clear();

 private:
  const Machine& machine_;
  bool shown_;
  bool visible_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace grantproof::cli
