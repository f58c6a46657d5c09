// SPDX-License-Identifier: Apache-2.0
//
// grantproof replay: a file of events through the buses, rules and targets of a configuration.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/diagnostic_text.h"
#include "cli/event_input.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/replay_report.h"
#include "cli/streamed_report.h"
#include "router/expectation.h"
#include "router/replay_configuration_reader.h"
#include "router/router.h"

namespace grantproof::cli {
namespace {

using router::EventBus;
using router::StepKind;

constexpr std::string_view kDefaultBus = "default";

void say_event(StreamedReport& report, const ReplayedEvent& event, const reports::RenderOptions& render) {
  if (report.is_json())
    report.event(replayed_json(event));
  else
    report.text(report.format() == "text" ? replayed_text(event, render) : unmet_text(event.unmet, render));
}

base::Expected<void> finish(StreamedReport& report, const ReplaySummary& summary,
                            const ExpectationCount& expectations, const reports::RenderOptions& render) {
  if (report.is_json())
    report.summary(summary_json(summary, expectations));
  else
    report.text(summary_text(summary, expectations, render));
  return report.finish();
}

// Which bus an event is for, or why there is none.
struct Destination {
  const EventBus* bus = nullptr;
  std::string why_not;
};

class Destinations {
 public:
  Destinations(const router::ReplayConfiguration& configuration, const EventBus* chosen)
      : configuration_(configuration), chosen_(chosen) {}

  // Whose PutEvents calls those of the file are.
  const EventBus& home() const { return chosen_ != nullptr ? *chosen_ : configuration_.event_buses.front(); }

  Destination of(const events::IncomingEvent& event) const {
    return event.put ? of_entry(event.event_bus_name) : of_event(*event.event);
  }

 private:
  Destination of_entry(const std::string& bus_name) const {
    if (bus_name.empty())
      return of_no_name(home().account, home().region);
    const bool arn = bus_name.starts_with("arn:");
    const EventBus* bus = arn ? router::find_bus(configuration_, bus_name)
                              : router::find_bus(configuration_, bus_name, home().account, home().region);
    if (bus != nullptr)
      return {bus, {}};
    return {nullptr, arn ? fmt::format("there is no bus {}, and PutEvents does not say so", bus_name)
                         : fmt::format("account {} has no bus {} in {}, and PutEvents does not say so",
                                       home().account, bus_name, home().region)};
  }

  Destination of_event(const events::Event& event) const {
    return of_no_name(event.text_of("account"), event.text_of("region"));
  }

  Destination of_no_name(std::string_view account, std::string_view region) const {
    if (chosen_ != nullptr)
      return {chosen_, {}};
    if (const EventBus* bus = router::find_bus(configuration_, kDefaultBus, account, region))
      return {bus, {}};
    if (configuration_.event_buses.size() == 1)
      return {&configuration_.event_buses.front(), {}};
    return {nullptr,
            fmt::format("the configuration has no default bus of account {} in {}", account, region)};
  }

  const router::ReplayConfiguration& configuration_;
  const EventBus* chosen_;
};

// Everything that the options name in the configuration.
struct Replay {
  base::SourceMap sources;
  router::ReplayConfiguration configuration;
  const EventBus* bus = nullptr;  // --bus, or the one of --archive
  std::optional<router::ArchiveReplay> archive;
  std::optional<router::Expectations> expectations;
};

// `what` is not there; perhaps another of the names was meant.
tl::unexpected<base::Error> no_such(const std::string& what, std::string_view wanted,
                                    const std::vector<std::string_view>& names) {
  const auto meant = base::nearest(wanted, names);
  return base::error(fmt::format("{} {}{}", what, wanted,
                                 meant ? fmt::format("\n  did you mean {}?", *meant) : std::string()));
}

base::Expected<const EventBus*> choose_bus(const std::string& wanted,
                                           const router::ReplayConfiguration& configuration) {
  std::vector<const EventBus*> found;
  std::vector<std::string_view> names;
  for (const EventBus& bus : configuration.event_buses) {
    names.push_back(bus.name);
    if (bus.arn == wanted || bus.name == wanted)
      found.push_back(&bus);
  }
  if (found.size() > 1)
    return base::error(
        fmt::format("--bus: the configuration has {} buses {}\n  give the ARN", found.size(), wanted));
  if (found.empty())
    return no_such("--bus: the configuration has no bus", wanted, names);
  return found.front();
}

base::Expected<std::vector<const router::Rule*>> choose_rules(const Options& options, const EventBus& bus) {
  std::vector<const router::Rule*> chosen;
  for (const std::string& wanted : options.rules) {
    const router::Rule* found = nullptr;
    std::vector<std::string_view> names;
    for (const router::Rule& rule : bus.rules) {
      names.push_back(rule.name);
      if (rule.name == wanted || rule.arn == wanted)
        found = &rule;
    }
    if (found == nullptr)
      return no_such(fmt::format("--rule: bus {} has no rule", bus.name), wanted, names);
    chosen.push_back(found);
  }
  return chosen;
}

base::Expected<void> choose_archive(const Options& options, Replay& replay) {
  router::ArchiveReplay chosen;
  std::vector<const EventBus*> found;
  std::vector<std::string_view> names;
  for (const EventBus& bus : replay.configuration.event_buses) {
    for (const router::Archive& archive : bus.archives) {
      names.push_back(archive.name);
      if (archive.name != options.archive || (replay.bus != nullptr && replay.bus != &bus))
        continue;
      chosen.archive = &archive;
      found.push_back(&bus);
    }
  }
  if (found.empty())
    return no_such("--archive: the configuration has no archive", options.archive, names);
  // In an account and a region archives have different names.
  if (found.size() > 1)
    return base::error(fmt::format("--archive: the configuration has {} archives {}{}", found.size(),
                                   options.archive,
                                   options.bus.empty() ? "\n  say with --bus of which bus" : ""));
  replay.bus = found.front();
  chosen.name = options.replay_name.empty() ? "replay" : options.replay_name;
  auto rules = choose_rules(options, *replay.bus);
  if (!rules)
    return tl::unexpected<base::Error>(rules.error());
  chosen.filter_rules = std::move(*rules);
  replay.archive = std::move(chosen);
  return {};
}

base::Expected<void> prepare(const Options& options, const Machine& machine, Replay& replay) {
  auto document = read_document(options.arguments[1], options, machine, replay.sources);
  if (!document)
    return tl::unexpected<base::Error>(document.error());
  base::DiagnosticSink sink;
  replay.configuration = router::read_replay_configuration(*document, replay.sources, sink);
  if (sink.errors() > 0)
    return base::error(error_text(replay.sources, sink));
  say_warnings(replay.sources, sink, options, machine);
  if (replay.configuration.event_buses.empty())
    return base::error(fmt::format("{} has no event bus", options.arguments[1]));
  if (!options.bus.empty()) {
    const auto bus = choose_bus(options.bus, replay.configuration);
    if (!bus)
      return tl::unexpected<base::Error>(bus.error());
    replay.bus = *bus;
  }
  if (!options.archive.empty()) {
    if (auto chosen = choose_archive(options, replay); !chosen)
      return chosen;
  }
  if (!options.expect.empty()) {
    auto expected = read_document(options.expect, options, machine, replay.sources);
    if (!expected)
      return tl::unexpected<base::Error>(expected.error());
    base::DiagnosticSink mistakes;
    replay.expectations = router::read_expectations(*expected, mistakes);
    if (mistakes.errors() > 0)
      return base::error(error_text(replay.sources, mistakes));
  }
  return {};
}

// With the place in the file of expectations before the text.
std::vector<router::UnmetExpectation> placed(std::vector<router::UnmetExpectation> unmet,
                                             const base::SourceMap& sources) {
  for (router::UnmetExpectation& one : unmet) {
    const base::Location at = sources.locate(one.span);
    one.text = fmt::format("{}:{}: {}", at.file_name, at.begin.line, one.text);
  }
  return unmet;
}

// An event that no bus sees.
router::Trace one_step(StepKind kind, std::string code, std::string reason) {
  router::Trace trace;
  router::TraceStep& step = trace.steps.emplace_back();
  step.kind = kind;
  step.code = std::move(code);
  step.reason = std::move(reason);
  return trace;
}

}  // namespace

base::Expected<int> command_replay(const Options& options, const Machine& machine) {
  const auto requests = requested_reports(options, {"text", "summary", "json", "ndjson"});
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());
  Replay replay;
  if (auto prepared = prepare(options, machine, replay); !prepared)
    return tl::unexpected<base::Error>(prepared.error());

  const Destinations destinations(replay.configuration, replay.bus);
  const std::int64_t time = options.time.value_or(kDefaultEventTime);
  const bool explain = replay.expectations.has_value() ||
                       std::any_of(requests->begin(), requests->end(),
                                   [](const ReportRequest& request) { return request.format != "summary"; });
  router::Router router(replay.configuration,
                        {.time = time, .explain_misses = explain, .explain_matches = explain});
  ReplaySummary summary(replay.configuration);
  std::optional<router::ExpectationCheck> check;
  if (replay.expectations)
    check.emplace(*replay.expectations);
  const reports::RenderOptions render = render_options(options, machine);
  std::vector<StreamedReport> streams = streamed_reports(*requests, "grantproof-replay/1", options, machine);

  const auto replay_one = [&](events::IncomingEvent& incoming) -> std::optional<events::EventMistake> {
    if (incoming.put)
      summary.metrics.count_entry(incoming.first_of_request, incoming.error.has_value(),
                                  incoming.request_error.has_value());
    ReplayedEvent replayed;
    replayed.number = incoming.number;
    replayed.begin = incoming.begin;
    replayed.source = incoming.source;
    replayed.detail_type = incoming.detail_type;
    if (incoming.event) {
      replayed.id = incoming.event->text_of("id");
      const Destination to = destinations.of(incoming);
      if (to.bus == nullptr && !incoming.put)
        return events::EventMistake{incoming.begin, to.why_not, "say with --bus where it is put"};
      if (to.bus == nullptr) {
        replayed.trace = one_step(StepKind::kLost, {}, to.why_not);
      } else if (replay.archive && to.bus != replay.bus) {
        replayed.trace = one_step(StepKind::kMissed, {}, fmt::format("it was put on bus {}", to.bus->name));
        replayed.trace.steps.front().archive = replay.archive->archive;
      } else {
        auto routed = replay.archive ? router.replay(*to.bus, *incoming.event, *replay.archive)
                                     : router.route(*to.bus, *incoming.event);
        if (!routed)
          return events::EventMistake{incoming.begin, routed.error().message, {}};
        replayed.trace = std::move(*routed);
      }
    } else {
      const auto& error = incoming.request_error ? incoming.request_error : incoming.error;
      replayed.trace = one_step(StepKind::kRejected, error->code, error->message);
    }
    if (check)
      replayed.unmet = placed(check->check(replayed.number, replayed.id, replayed.trace), replay.sources);
    summary.count(replayed);
    for (StreamedReport& stream : streams)
      say_event(stream, replayed, render);
    return std::nullopt;
  };

  // A report that runs over the terminal says itself how far it is.
  const bool text_on_terminal = machine.output_is_terminal && options.quiet < 2;
  ProgressLine progress(machine, machine.errors_is_terminal && !text_on_terminal && options.quiet == 0);
  const EventBus& home = destinations.home();
  const auto count = read_events(
      options.arguments[0],
      {.account = home.account, .region = home.region, .time = time, .size_limit = options.put_events_limit},
      events::EventReader::Envelope::kRequired, options, machine, progress, replay_one);
  if (!count)
    return tl::unexpected<base::Error>(count.error());

  ExpectationCount expectations;
  if (check) {
    expectations.asked = true;
    expectations.at_end = placed(check->finish(summary.metrics), replay.sources);
    expectations.met = check->met();
    expectations.unmet = check->unmet();
  }
  for (StreamedReport& stream : streams) {
    if (auto finished = finish(stream, summary, expectations, render); !finished)
      return tl::unexpected<base::Error>(finished.error());
  }
  if (count->mistakes > 0)
    return kWrongUse;
  if (count->events == 0)
    return base::error(fmt::format("{} has no events", shown_name(options.arguments[0], options)));
  return expectations.unmet > 0 ? kFound : kNothingFound;
}

}  // namespace grantproof::cli
