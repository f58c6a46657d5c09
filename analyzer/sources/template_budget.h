// SPDX-License-Identifier: Apache-2.0
//
// How much may come of one template and the templates nested in it. Functions can make far more of a template
// than it has text: two lines that each repeat the one before double it. CloudFormation takes templates of
// 1 MiB.
#pragma once

#include <cstddef>

namespace grantproof::sources {

class TemplateBudget {
 public:
  static constexpr std::size_t kMostNodes = 2'000'000;
  static constexpr std::size_t kMostBytes = std::size_t{64} * 1024 * 1024;
  static constexpr std::size_t kMostBytesOfText = std::size_t{4} * 1024 * 1024;
  static constexpr std::size_t kDeepest = 200;   // functions and references inside of one another
  static constexpr std::size_t kMostCases = 64;  // of one resource
  static constexpr std::size_t kMostStacks = 1000;

  // Whether there is as much left. Once there is not, there is nothing left.
  bool spend(std::size_t nodes, std::size_t bytes) {
    if (nodes > nodes_ || bytes > bytes_) {
      nodes_ = 0;
      bytes_ = 0;
      return false;
    }
    nodes_ -= nodes;
    bytes_ -= bytes;
    return true;
  }
  bool is_spent() const { return nodes_ == 0; }
  // The limit is said once.
  bool was_reported() const { return reported_; }
  void report() { reported_ = true; }

 private:
  std::size_t nodes_ = kMostNodes;
  std::size_t bytes_ = kMostBytes;
  bool reported_ = false;
};

}  // namespace grantproof::sources
