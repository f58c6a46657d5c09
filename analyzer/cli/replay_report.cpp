// SPDX-License-Identifier: Apache-2.0
#include "cli/replay_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "cli/event_input.h"
#include "reports/json_parts.h"
#include "reports/terminal_text.h"
#include "syntax/json_writer.h"

namespace grantproof::cli {
namespace {

using reports::Ink;
using router::StepKind;
using router::TraceStep;

constexpr std::size_t kVerbWidth = 15;

Ink ink(StepKind kind) {
  switch (kind) {
    case StepKind::kDelivered:
    case StepKind::kForwarded:
    case StepKind::kMatched:
      return Ink::kGood;
    case StepKind::kRejected:
    case StepKind::kLost:
    case StepKind::kDropped:
      return Ink::kError;
    case StepKind::kDeadLettered:
    case StepKind::kRetried:
      return Ink::kWarning;
    default:
      return Ink::kPlain;
  }
}

std::string plural(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string target_name(const TraceStep& step) {
  return step.rule->name + "/" + step.target->id;
}

std::string failure(const TraceStep& step) {
  std::string text = step.code;
  if (!step.reason.empty())
    text += ": " + step.reason;
  if (!step.exhausted.empty())
    text += fmt::format(", {} after {}", step.exhausted, plural(step.attempts, "retry", "retries"));
  return text;
}

// What stands behind the verb.
std::string clause(const TraceStep& step) {
  switch (step.kind) {
    case StepKind::kReceived:
      return fmt::format("{} ({}, {})", step.bus->name, step.bus->account, step.bus->region);
    case StepKind::kRejected:
    case StepKind::kLost:
      return step.code.empty() ? step.reason : fmt::format("{}: {}", step.code, step.reason);
    case StepKind::kArchived:
      return step.archive->name;
    case StepKind::kMatched:
    case StepKind::kMissed: {
      const std::string& name = step.rule != nullptr ? step.rule->name : step.archive->name;
      return step.reason.empty() ? name : fmt::format("{}  {}", name, step.reason);
    }
    case StepKind::kDisabled:
    case StepKind::kNotReplayed:
      return step.rule->name;
    case StepKind::kScheduleOnly:
      return fmt::format("{}  {}, no event pattern", step.rule->name, step.rule->schedule_expression);
    case StepKind::kRetried:
      return fmt::format("{}  {}, {} time{}", target_name(step), step.code, step.attempts,
                         step.attempts == 1 ? "" : "s");
    case StepKind::kDelivered:
      return fmt::format("{}  {}", target_name(step), step.target->arn);
    case StepKind::kForwarded:
      return fmt::format("{}  {}{}{}", target_name(step), step.target->arn, step.reason.empty() ? "" : "; ",
                         step.reason);
    case StepKind::kDeadLettered:
      return fmt::format("{}  {}  {}", target_name(step), step.target->dead_letter_queue, failure(step));
    case StepKind::kDropped:
      return fmt::format(
          "{}  {}{}", target_name(step), failure(step),
          step.dead_letter_queue_failed ? "; the dead-letter queue failed, too" : "; no dead-letter queue");
  }
  return {};
}

// The attributes of the message in the dead-letter queue.
reports::Members dead_letter_attributes(const TraceStep& step) {
  reports::Members members;
  members.emplace_back("RULE_ARN", reports::text_node(step.rule->arn));
  members.emplace_back("TARGET_ARN", reports::text_node(step.target->arn));
  members.emplace_back("ERROR_CODE", reports::text_node(step.code));
  members.emplace_back("ERROR_MESSAGE", reports::text_node(step.reason));
  if (!step.exhausted.empty()) {
    members.emplace_back("EXHAUSTED_RETRY_CONDITION", reports::text_node(step.exhausted));
    members.emplace_back("RETRY_ATTEMPTS", reports::text_node(std::to_string(step.attempts)));
  }
  return members;
}

syntax::Node step_node(const TraceStep& step) {
  reports::Members members;
  members.emplace_back("step", reports::text_node(router::name(step.kind)));
  if (step.hops > 0)
    members.emplace_back("hops", reports::count_node(step.hops));
  if (step.bus != nullptr)
    members.emplace_back("bus", reports::text_node(step.bus->arn));
  if (step.archive != nullptr)
    members.emplace_back("archive", reports::text_node(step.archive->name));
  if (step.rule != nullptr)
    members.emplace_back("rule", reports::text_node(step.rule->name));
  if (step.target != nullptr) {
    members.emplace_back("target", reports::text_node(step.target->id));
    members.emplace_back("target_arn", reports::text_node(step.target->arn));
  }
  reports::add_text(members, "code", step.code);
  reports::add_text(members, "reason", step.reason);
  if (step.attempts > 0)
    members.emplace_back("attempts", reports::count_node(step.attempts));
  if (step.dead_letter_queue_failed)
    members.emplace_back("dead_letter_queue_failed", syntax::bool_node(true));
  if (step.kind == StepKind::kDeadLettered) {
    members.emplace_back("dead_letter_queue", reports::text_node(step.target->dead_letter_queue));
    members.emplace_back("message_attributes", syntax::map_node(dead_letter_attributes(step)));
  }
  if (step.kind == StepKind::kDelivered || step.kind == StepKind::kForwarded ||
      step.kind == StepKind::kDeadLettered)
    members.emplace_back("payload", reports::text_node(step.payload));
  return syntax::map_node(std::move(members));
}

// The counters that are not zero, behind the dimensions that they have.
void add_counters(std::vector<syntax::Node>& rows, reports::Members dimensions,
                  const std::function<std::uint64_t(router::Metric)>& value_of) {
  reports::Members members = std::move(dimensions);
  const std::size_t names = members.size();
  for (std::size_t i = 0; i < router::kMetrics; ++i) {
    const auto metric = static_cast<router::Metric>(i);
    if (const std::uint64_t value = value_of(metric); value > 0)
      members.emplace_back(router::name(metric), reports::count_node(value));
  }
  if (members.size() > names)
    rows.push_back(syntax::map_node(std::move(members)));
}

syntax::Node bus_metrics(const ReplaySummary& summary) {
  std::vector<syntax::Node> rows;
  for (const router::EventBus& bus : summary.event_buses())
    add_counters(rows, {{"EventBusName", reports::text_node(bus.name)}},
                 [&](router::Metric metric) { return summary.metrics.of_bus(bus, metric); });
  return syntax::list_node(std::move(rows));
}

syntax::Node rule_metrics(const ReplaySummary& summary) {
  std::vector<syntax::Node> rows;
  for (const router::EventBus& bus : summary.event_buses()) {
    for (const router::Rule& rule : bus.rules)
      add_counters(
          rows, {{"EventBusName", reports::text_node(bus.name)}, {"RuleName", reports::text_node(rule.name)}},
          [&](router::Metric metric) { return summary.metrics.of_rule(rule, metric); });
  }
  return syntax::list_node(std::move(rows));
}

syntax::Node unmet_node(const std::vector<router::UnmetExpectation>& unmet) {
  std::vector<syntax::Node> items;
  items.reserve(unmet.size());
  for (const router::UnmetExpectation& one : unmet)
    items.push_back(reports::text_node(one.text));
  return syntax::list_node(std::move(items));
}

}  // namespace

void ReplaySummary::count(const ReplayedEvent& event) {
  ++events;
  metrics.count(event.trace);
  bool received = false;
  bool matched = false;
  for (const TraceStep& step : event.trace.steps) {
    switch (step.kind) {
      case StepKind::kReceived:
        received = true;
        break;
      case StepKind::kRejected:
        ++rejected;
        break;
      case StepKind::kLost:
        ++lost;
        break;
      case StepKind::kMatched:
        matched = true;
        matched_.insert(step.rule);
        break;
      case StepKind::kDelivered:
      case StepKind::kForwarded:
        ++total.delivered;
        ++targets_[step.target].delivered;
        break;
      case StepKind::kDeadLettered:
        ++total.dead_lettered;
        ++targets_[step.target].dead_lettered;
        break;
      case StepKind::kDropped:
        ++total.dropped;
        ++targets_[step.target].dropped;
        break;
      default:
        break;
    }
  }
  if (received && !matched) {
    ++unmatched;
    if (first_unmatched.size() < kMostUnmatchedNamed)
      first_unmatched.push_back(event.number);
  }
}

std::vector<ReplaySummary::NamedTarget> ReplaySummary::targets() const {
  std::vector<NamedTarget> list;
  for (const router::EventBus& bus : configuration_.event_buses) {
    for (const router::Rule& rule : bus.rules) {
      for (const router::Target& target : rule.targets) {
        const auto found = targets_.find(&target);
        if (found != targets_.end())
          list.push_back({&bus, &rule, &target, found->second});
      }
    }
  }
  return list;
}

std::vector<ReplaySummary::NamedRule> ReplaySummary::never_matched() const {
  std::vector<NamedRule> list;
  for (const router::EventBus& bus : configuration_.event_buses) {
    for (const router::Rule& rule : bus.rules) {
      if (rule.event_pattern && rule.state != router::RuleState::kDisabled && matched_.count(&rule) == 0)
        list.push_back({&bus, &rule});
    }
  }
  return list;
}

std::string replayed_text(const ReplayedEvent& event, const reports::RenderOptions& options) {
  const auto shown = [&options](std::string_view text) { return reports::printable(text, options.ascii); };
  std::string text = reports::paint(fmt::format("event {}", event.number), Ink::kStrong, options.colour);
  text += fmt::format("  line {}", event.begin.line);
  if (!event.source.empty() || !event.detail_type.empty())
    text += "  " + shown(event_title(event.source, event.detail_type));
  text += '\n';
  for (const TraceStep& step : event.trace.steps) {
    const std::string indent(2 + 2 * static_cast<std::size_t>(step.hops), ' ');
    text += indent +
            reports::paint(reports::padded(std::string(router::name(step.kind)), kVerbWidth), ink(step.kind),
                           options.colour) +
            shown(clause(step)) + '\n';
    // Whole events are as they came in.
    if (step.kind == StepKind::kDelivered && !step.reason.empty())
      text +=
          fmt::format("{}{}{}: {}\n", indent, std::string(kVerbWidth, ' '), step.reason, shown(step.payload));
  }
  for (const router::UnmetExpectation& unmet : event.unmet)
    text += fmt::format("  {}{}\n",
                        reports::paint(reports::padded("unmet", kVerbWidth), Ink::kError, options.colour),
                        shown(unmet.text));
  return text;
}

std::string unmet_text(const std::vector<router::UnmetExpectation>& unmet,
                       const reports::RenderOptions& options) {
  std::string text;
  for (const router::UnmetExpectation& one : unmet)
    text += fmt::format("{}  {}\n", reports::paint("unmet", Ink::kError, options.colour),
                        reports::printable(one.text, options.ascii));
  return text;
}

std::string summary_text(const ReplaySummary& summary, const ExpectationCount& expectations,
                         const reports::RenderOptions& options) {
  const auto shown = [&options](std::string_view text) { return reports::printable(text, options.ascii); };
  std::string text = plural(summary.events, "event", "events");
  if (summary.rejected > 0)
    text += fmt::format(", {} rejected", summary.rejected);
  if (summary.lost > 0)
    text += fmt::format(", {} lost", summary.lost);
  text += fmt::format(", {}, {} dead-lettered, {} dropped\n",
                      plural(summary.total.delivered, "delivery", "deliveries"), summary.total.dead_lettered,
                      summary.total.dropped);
  for (const ReplaySummary::NamedTarget& row : summary.targets()) {
    text += fmt::format("  {}/{}  {}:", shown(row.rule->name), shown(row.target->id), shown(row.target->arn));
    std::string counts;
    const std::pair<std::uint64_t, std::string_view> kinds[] = {
        {row.count.delivered, "delivered"},
        {row.count.dead_lettered, "dead-lettered"},
        {row.count.dropped, "dropped"},
    };
    for (const auto& [number, what] : kinds) {
      if (number > 0)
        counts += fmt::format("{} {} {}", counts.empty() ? "" : ",", number, what);
    }
    text += counts + "\n";
  }
  for (const ReplaySummary::NamedRule& row : summary.never_matched())
    text += fmt::format("no event matched rule {} on {}\n", shown(row.rule->name), shown(row.bus->name));
  if (summary.unmatched > 0) {
    std::string numbers;
    for (const std::uint64_t number : summary.first_unmatched)
      numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", number);
    if (summary.unmatched > summary.first_unmatched.size())
      numbers += ", …";
    text +=
        fmt::format("no rule matched {}: {}\n", plural(summary.unmatched, "event", "events"), shown(numbers));
  }
  text += unmet_text(expectations.at_end, options);
  if (expectations.asked)
    text += fmt::format("{} of {} met\n", expectations.met,
                        plural(expectations.met + expectations.unmet, "expectation", "expectations"));
  return text;
}

std::string replayed_json(const ReplayedEvent& event) {
  reports::Members members;
  members.emplace_back("event", reports::count_node(event.number));
  members.emplace_back("line", reports::count_node(event.begin.line));
  members.emplace_back("column", reports::count_node(event.begin.column));
  reports::add_text(members, "id", event.id);
  reports::add_text(members, "source", event.source);
  reports::add_text(members, "detail_type", event.detail_type);
  std::vector<syntax::Node> steps;
  for (const TraceStep& step : event.trace.steps)
    steps.push_back(step_node(step));
  members.emplace_back("steps", syntax::list_node(std::move(steps)));
  if (!event.unmet.empty())
    members.emplace_back("unmet", unmet_node(event.unmet));
  return syntax::write_json(syntax::map_node(std::move(members)));
}

std::string summary_json(const ReplaySummary& summary, const ExpectationCount& expectations) {
  using reports::count_node;
  using reports::text_node;
  reports::Members members;
  members.emplace_back("events", count_node(summary.events));
  members.emplace_back("rejected", count_node(summary.rejected));
  members.emplace_back("lost", count_node(summary.lost));
  members.emplace_back("delivered", count_node(summary.total.delivered));
  members.emplace_back("dead_lettered", count_node(summary.total.dead_lettered));
  members.emplace_back("dropped", count_node(summary.total.dropped));
  members.emplace_back("unmatched", count_node(summary.unmatched));
  std::vector<syntax::Node> numbers;
  for (const std::uint64_t number : summary.first_unmatched)
    numbers.push_back(count_node(number));
  members.emplace_back("first_unmatched", syntax::list_node(std::move(numbers)));
  std::vector<syntax::Node> rules;
  for (const ReplaySummary::NamedRule& row : summary.never_matched())
    rules.push_back(
        syntax::map_node({{"bus", text_node(row.bus->arn)}, {"rule", text_node(row.rule->name)}}));
  members.emplace_back("rules_never_matched", syntax::list_node(std::move(rules)));
  std::vector<syntax::Node> targets;
  for (const ReplaySummary::NamedTarget& row : summary.targets()) {
    targets.push_back(syntax::map_node({{"bus", text_node(row.bus->arn)},
                                        {"rule", text_node(row.rule->name)},
                                        {"target", text_node(row.target->id)},
                                        {"target_arn", text_node(row.target->arn)},
                                        {"delivered", count_node(row.count.delivered)},
                                        {"dead_lettered", count_node(row.count.dead_lettered)},
                                        {"dropped", count_node(row.count.dropped)}}));
  }
  members.emplace_back("targets", syntax::list_node(std::move(targets)));
  reports::Members counters;
  for (std::size_t i = 0; i < router::kMetrics; ++i) {
    const auto metric = static_cast<router::Metric>(i);
    counters.emplace_back(router::name(metric), count_node(summary.metrics.total(metric)));
  }
  members.emplace_back("metrics", syntax::map_node(std::move(counters)));
  members.emplace_back("bus_metrics", bus_metrics(summary));
  members.emplace_back("rule_metrics", rule_metrics(summary));
  if (expectations.asked) {
    members.emplace_back("expectations",
                         syntax::map_node({{"met", count_node(expectations.met)},
                                           {"unmet", count_node(expectations.unmet)},
                                           {"unmet_at_end", unmet_node(expectations.at_end)}}));
  }
  return syntax::write_json(syntax::map_node(std::move(members)));
}

}  // namespace grantproof::cli
