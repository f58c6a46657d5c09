// SPDX-License-Identifier: Apache-2.0
//
// All rules of one event bus compiled into one structure: which rules does this event match? Cost grows with
// the event and with the rules that nearly match, not with the others. Rules come and go with add and remove.
//
// A BusMatcher that is not being changed may be used by many threads, each with a MatchSession of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "events/event_pattern.h"

namespace grantproof::router {

using RuleNumber = std::uint32_t;  // the caller's own number of a rule

class BusMatcher {
 public:
  BusMatcher();
  ~BusMatcher();
  BusMatcher(BusMatcher&&) noexcept;
  BusMatcher& operator=(BusMatcher&&) noexcept;

  // The number must not be in use.
  void add(RuleNumber rule, const events::EventPattern& pattern);
  // Nothing happens where the number is not in use.
  void remove(RuleNumber rule);

 private:
  friend class MatchSession;
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

// What one thread needs to match events. Buffers grow to the largest event and stay.
class MatchSession {
 public:
  explicit MatchSession(const BusMatcher& matcher);
  ~MatchSession();

  // The numbers of the rules that match `event`, one JSON object, ascending, valid until the next call; or
  // what is wrong with the event. Text after the closing brace is ignored.
  base::Expected<std::span<const RuleNumber>> match(std::string_view event);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace grantproof::router
