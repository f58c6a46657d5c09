// SPDX-License-Identifier: Apache-2.0
//
// How a replay is told: each event as it comes, and a summary at the end. Text for people, one JSON document,
// or JSON lines; written as it happens, so that a replay of any length needs no memory for its report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "reports/render_options.h"
#include "router/expectation.h"
#include "router/metrics.h"
#include "router/replay_configuration.h"
#include "router/trace.h"

namespace grantproof::cli {

// One event of the file and what became of it.
struct ReplayedEvent {
  std::uint64_t number = 0;
  base::LineColumn begin;
  std::string id;
  std::string source;
  std::string detail_type;
  router::Trace trace;
  std::vector<router::UnmetExpectation> unmet;
};

// What all events together say.
class ReplaySummary {
 public:
  explicit ReplaySummary(const router::ReplayConfiguration& configuration) : configuration_(configuration) {}

  void count(const ReplayedEvent& event);
  const std::vector<router::EventBus>& event_buses() const { return configuration_.event_buses; }

  struct TargetCount {
    std::uint64_t delivered = 0;
    std::uint64_t dead_lettered = 0;
    std::uint64_t dropped = 0;
  };
  struct NamedTarget {
    const router::EventBus* bus = nullptr;
    const router::Rule* rule = nullptr;
    const router::Target* target = nullptr;
    TargetCount count;
  };
  struct NamedRule {
    const router::EventBus* bus = nullptr;
    const router::Rule* rule = nullptr;
  };
  // In the order of the configuration; targets that nothing was sent to are left out.
  std::vector<NamedTarget> targets() const;
  // Rules with an event pattern, not disabled, that no event matched.
  std::vector<NamedRule> never_matched() const;

  std::uint64_t events = 0;
  std::uint64_t rejected = 0;
  std::uint64_t lost = 0;
  TargetCount total;
  std::uint64_t unmatched = 0;  // received, and matched by no rule
  static constexpr std::size_t kMostUnmatchedNamed = 10;
  std::vector<std::uint64_t> first_unmatched;  // numbers
  router::Metrics metrics;

 private:
  const router::ReplayConfiguration& configuration_;
  std::set<const router::Rule*> matched_;
  std::map<const router::Target*, TargetCount> targets_;
};

struct ExpectationCount {
  bool asked = false;
  std::size_t met = 0;
  std::size_t unmet = 0;
  std::vector<router::UnmetExpectation> at_end;  // of no single event
};

std::string replayed_text(const ReplayedEvent& event, const reports::RenderOptions& options);
// One line each.
std::string unmet_text(const std::vector<router::UnmetExpectation>& unmet,
                       const reports::RenderOptions& options);
std::string summary_text(const ReplaySummary& summary, const ExpectationCount& expectations,
                         const reports::RenderOptions& options);

// Objects, on one line without its end.
std::string replayed_json(const ReplayedEvent& event);
std::string summary_json(const ReplaySummary& summary, const ExpectationCount& expectations);

}  // namespace grantproof::cli
