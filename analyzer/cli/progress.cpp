// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <fmt/format.h>

namespace grantproof::cli {
namespace {

constexpr std::chrono::milliseconds kEach{100};

}  // namespace

ProgressLine::ProgressLine(const Machine& machine, bool shown, std::chrono::milliseconds silent_for)
    : machine_(machine), shown_(shown), next_(std::chrono::steady_clock::now() + silent_for) {}

ProgressLine::~ProgressLine() {
  clear();
}

bool ProgressLine::due() {
  if (!shown_)
    return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_)
    return false;
  next_ = now + kEach;
  visible_ = true;
  return true;
}

void ProgressLine::update(std::uint64_t events, std::size_t bytes) {
  constexpr double kMegabyte = 1e6;
  if (due())
    machine_.errors(
        fmt::format("\r\x1b[K{} events, {:.1f} MB", events, static_cast<double>(bytes) / kMegabyte));
}

void ProgressLine::update_policies(std::size_t done, std::size_t total) {
  if (due())
    machine_.errors(fmt::format("\r\x1b[K[{}/{}] policies proved", done, total));
}

void ProgressLine::clear() {
  if (!visible_)
    return;
  visible_ = false;
  machine_.errors("\r\x1b[K");
}

}  // namespace grantproof::cli
