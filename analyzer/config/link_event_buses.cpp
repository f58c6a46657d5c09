// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/unknown_text.h"
#include "config/link.h"

namespace grantproof::config {
namespace {

class BusLinker {
 public:
  explicit BusLinker(Gathering& gathering)
      : gathering_(gathering), buses_(gathering.configuration.event_buses) {}

  void link() {
    join_descriptions();
    for (WaitingRule& waiting : gathering_.rules)
      add_rule(waiting);
    for (std::size_t bus = 0; bus < buses_.size(); ++bus) {
      for (std::size_t rule = 0; rule < buses_[bus].rules.size(); ++rule)
        rules_by_arn_[buses_[bus].rules[rule].arn].emplace_back(bus, rule);
    }
    for (WaitingTargets& waiting : gathering_.targets)
      add_targets(waiting);
    for (const auto& [arn, span] : without_targets_) {
      if (!has_targets(arn))
        gap(fmt::format("the targets of rule {} were not listed", arn), "add what list-targets-by-rule says",
            span, arn);
    }
    for (WaitingArchive& waiting : gathering_.archives)
      add_archive(waiting);
    std::stable_sort(buses_.begin(), buses_.end(),
                     [](const EventBus& left, const EventBus& right) { return left.arn < right.arn; });
  }

 private:
  // Several documents may describe one bus (list-event-buses and describe-event-bus).
  void join_descriptions() {
    std::vector<EventBus> joined;
    for (EventBus& bus : buses_) {
      const auto [at, fresh] = by_arn_.emplace(bus.arn, joined.size());
      if (fresh) {
        joined.push_back(std::move(bus));
        continue;
      }
      EventBus& first = joined[at->second];
      if (first.kms_key.empty())
        first.kms_key = std::move(bus.kms_key);
      if (first.dead_letter_queue.empty())
        first.dead_letter_queue = std::move(bus.dead_letter_queue);
    }
    buses_ = std::move(joined);
  }

  EventBus& bus_of(const std::string& arn, base::Span span) {
    const auto [at, fresh] = by_arn_.emplace(arn, buses_.size());
    if (fresh) {
      EventBus bus;
      bus.arn = arn;
      if (const auto parts = parse_bus_arn(arn)) {
        bus.name = parts->name;
        bus.account = parts->account;
        bus.region = parts->region;
      }
      bus.span = span;
      // Every account has a default bus, and few sources say so.
      if (bus.name != "default")
        gap(fmt::format("event bus {} is not described", arn), "add what describe-event-bus says of it", span,
            arn);
      buses_.push_back(std::move(bus));
    }
    return buses_[at->second];
  }

  void add_rule(WaitingRule& waiting) {
    Rule& rule = waiting.rule;
    if (rule.arn.empty())
      rule.arn = rule_arn(waiting.bus_arn, rule.name);
    rule.when = waiting.when;
    EventBus& bus = bus_of(waiting.bus_arn, rule.span);
    const auto same = std::find_if(bus.rules.begin(), bus.rules.end(), [&](const Rule& other) {
      return other.arn == rule.arn && other.when == rule.when;
    });
    if (!waiting.targets_told)
      without_targets_.emplace(rule.arn, rule.span);
    if (same == bus.rules.end()) {
      bus.rules.push_back(std::move(rule));
    } else {
      // list-rules and describe-rule: what one of them lacks, the other has.
      if (same->targets.empty())
        same->targets = std::move(rule.targets);
      if (!same->event_pattern)
        same->event_pattern = std::move(rule.event_pattern);
    }
  }

  void add_targets(WaitingTargets& waiting) {
    if (waiting.rule_arn.empty())
      waiting.rule_arn = only_rule_called(waiting);
    const auto found = rules_by_arn_.find(waiting.rule_arn);
    if (found == rules_by_arn_.end()) {
      gap(fmt::format("these are targets of rule {}, which is not described", waiting.rule_name),
          "add what list-rules says of it, and name its bus", waiting.span, waiting.rule_arn);
      return;
    }
    without_targets_.erase(waiting.rule_arn);
    for (Target& target : waiting.targets) {
      target.when = waiting.when;
      for (const auto& [bus, rule] : found->second)
        add_once(buses_[bus].rules[rule].targets, target);
    }
  }

  // Where the bus was not told and one rule only has the name, it is that one.
  std::string only_rule_called(const WaitingTargets& waiting) const {
    std::set<std::string> arns;
    for (const EventBus& bus : buses_) {
      if (bus.account != waiting.account || bus.region != waiting.region)
        continue;
      for (const Rule& rule : bus.rules) {
        if (rule.name == waiting.rule_name)
          arns.insert(rule.arn);
      }
    }
    return arns.size() == 1 ? *arns.begin() : std::string();
  }

  // list-archives does not tell the pattern, describe-archive does.
  void add_archive(WaitingArchive& waiting) {
    std::vector<Archive>& archives = bus_of(waiting.bus_arn, waiting.archive.span).archives;
    const auto same = std::find_if(archives.begin(), archives.end(),
                                   [&](const Archive& other) { return other.name == waiting.archive.name; });
    if (same == archives.end())
      archives.push_back(std::move(waiting.archive));
    else if (!same->event_pattern_told)
      *same = std::move(waiting.archive);
  }

  static void add_once(std::vector<Target>& targets, const Target& target) {
    const bool there = std::any_of(targets.begin(), targets.end(), [&](const Target& other) {
      return other.id == target.id && other.arn == target.arn && other.when == target.when;
    });
    if (!there)
      targets.push_back(target);
  }

  bool has_targets(const std::string& arn) const {
    const auto found = rules_by_arn_.find(arn);
    return found != rules_by_arn_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const auto& at) { return !buses_[at.first].rules[at.second].targets.empty(); });
  }

  void gap(std::string message, std::string help, base::Span span, std::string about) {
    gathering_.configuration.gaps.push_back({std::move(message), std::move(help), span, std::move(about)});
  }

  Gathering& gathering_;
  std::vector<EventBus>& buses_;
  std::map<std::string, std::size_t> by_arn_;
  std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>> rules_by_arn_;
  std::map<std::string, base::Span> without_targets_;
};

}  // namespace

void link_event_buses(Gathering& gathering) {
  BusLinker(gathering).link();
}

}  // namespace grantproof::config
