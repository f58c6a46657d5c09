// SPDX-License-Identifier: Apache-2.0
//
// Typed tests (numbers, dates, addresses, bytes) cut their line into pieces. One value of each piece, written
// as a request writes it, is enough to decide any combination of the tests.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "policy/matching.h"

namespace grantproof::prover {

class LinePieces {
 public:
  void add(const std::vector<policy::ValueTest>& tests);
  // In a fixed order, ordinary values first; a text that is no number, date or address is not among them.
  std::vector<std::string> representatives() const;

 private:
  std::vector<std::string> numbers_and_dates() const;
  std::vector<std::string> addresses() const;

  std::set<policy::Decimal> numbers_;
  std::set<std::int64_t> dates_;  // milliseconds since 1970
  std::set<policy::Address> addresses_;
  bool any_address_ = false;
  std::set<std::string> bytes_;
};

}  // namespace grantproof::prover
