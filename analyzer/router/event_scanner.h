// SPDX-License-Identifier: Apache-2.0
//
// One pass over the JSON text of an event: the leaves at the paths of a FieldTree, into a ScannedEvent.
// Everything else is skipped by counting brackets.
//
// What is checked: encoding, strings and the outermost object always; grammar wherever a named path leads. A
// value that no rule names is not looked into, so a mistake inside it goes unseen here (router/ checks events
// whole before it routes them).
#pragma once

#include <memory>
#include <string_view>

#include "base/expected.h"
#include "router/field_tree.h"
#include "router/scanned_event.h"

namespace grantproof::router {

class EventScanner {
 public:
  // Deeper events are refused (limit of EventBridge, captured).
  static constexpr unsigned kMaxDepth = 1000;

  EventScanner();
  ~EventScanner();
  EventScanner(const EventScanner&) = delete;
  EventScanner& operator=(const EventScanner&) = delete;

  // `scanned` points into this scanner's buffers until the next call. The error names the byte.
  base::Expected<void> scan(std::string_view event, const FieldTree& tree, ScannedEvent& scanned);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

}  // namespace grantproof::router
