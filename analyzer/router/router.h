// SPDX-License-Identifier: Apache-2.0
//
// Where an event goes and why: the rules of its bus, their targets, what each target gets, and the buses that
// it is sent on to. All rules are looked at for each event, and each rule that matches calls each of its
// targets; a delivery is to one target, once (EventBridge promises at least once, in no order).
//
// An event is sent on to another bus once within a region and once to another region, never further.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "events/event.h"
#include "router/replay_configuration.h"
#include "router/trace.h"

namespace grantproof::router {

// A replay of an archive, as StartReplay does it.
struct ArchiveReplay {
  std::string name;                       // the value of "replay-name"
  const Archive* archive = nullptr;       // its pattern says which events it would hold
  std::vector<const Rule*> filter_rules;  // none: every rule of the bus
};

struct RoutingOptions {
  // What the clock says when an event comes in: the ingestion time of input transformers.
  std::int64_t time = 0;
  bool explain_misses = true;   // the reason of each kMissed
  bool explain_matches = true;  // the reason of each kMatched
};

class Router {
 public:
  // Borrows the configuration, which must not change.
  Router(const ReplayConfiguration& configuration, RoutingOptions options);
  ~Router();

  // The steps of one event that is put on a bus of the configuration. An error where the event is not what a
  // matcher can read.
  base::Expected<Trace> route(const EventBus& bus, const events::Event& event);
  // The same event, replayed from an archive of the bus. Nothing but kMissed of the archive where the archive
  // would not hold it.
  base::Expected<Trace> replay(const EventBus& bus, const events::Event& event, const ArchiveReplay& replay);

 private:
  struct Compiled;  // one bus
  struct Travel;    // how far an event has come
  class Journey;
  const ReplayConfiguration& configuration_;
  RoutingOptions options_;
  std::string ingestion_time_;
  std::vector<std::unique_ptr<Compiled>> compiled_;  // as configuration_.event_buses
};

}  // namespace grantproof::router
