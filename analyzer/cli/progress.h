// SPDX-License-Identifier: Apache-2.0
//
// One line on the terminal that says how far a long run has come, written over until it is done. A run that
// is over in half a second says nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/machine.h"

namespace grantproof::cli {

class ProgressLine {
 public:
  // `shown` false: says nothing at all. Borrows the machine.
  ProgressLine(const Machine& machine, bool shown,
               std::chrono::milliseconds silent_for = std::chrono::milliseconds(500));
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Cheap enough to be called for every event.
  void update(std::uint64_t events, std::size_t bytes);
  // Policies of which every question is answered; from one thread at a time.
  void update_policies(std::size_t done, std::size_t total);
  // Before something else is written to the terminal.
  void clear();

 private:
  bool due();

  const Machine& machine_;
  bool shown_;
  bool visible_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace grantproof::cli
