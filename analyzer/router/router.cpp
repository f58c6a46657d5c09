// SPDX-License-Identifier: Apache-2.0
#include "router/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "config/delivery_error.h"
#include "events/event_time.h"
#include "events/put_events.h"
#include "router/bus_matcher.h"
#include "router/explain_match.h"
#include "syntax/json_writer.h"

namespace grantproof::router {
namespace {

using events::Event;

constexpr std::string_view kReplayName = "replay-name";

bool has_input_of_its_own(const events::InputShape& shape) {
  return shape.input || shape.input_path || shape.transformer;
}

// Calls that only read, as CloudTrail delivers them: rules in state ENABLED do not get them.
bool is_read_only_management_event(const Event& event) {
  if (event.text_of("detail-type") != "AWS API Call via CloudTrail")
    return false;
  const syntax::Node* detail = event.envelope.find("detail");
  const syntax::Node* name = detail == nullptr ? nullptr : detail->find("eventName");
  if (name == nullptr)
    return false;
  const syntax::Node* management = detail->find("managementEvent");
  const syntax::Node* category = detail->find("eventCategory");
  const bool data_event =
      (management != nullptr && management->kind == syntax::NodeKind::kBool && !management->boolean) ||
      (category != nullptr && category->text != "Management");
  constexpr std::string_view kReading[] = {"List", "Get", "Describe"};
  return !data_event && std::any_of(std::begin(kReading), std::end(kReading),
                                    [&](std::string_view verb) { return name->text.starts_with(verb); });
}

}  // namespace

// Numbers of rules in the matcher: first the rules, then the archives.
struct Router::Compiled {
  explicit Compiled(const EventBus& bus) {
    RuleNumber number = 0;
    for (const Rule& rule : bus.rules) {
      if (rule.event_pattern && rule.state != RuleState::kDisabled)
        matcher.add(number, *rule.event_pattern);
      ++number;
    }
    for (const Archive& archive : bus.archives) {
      if (archive.event_pattern)
        matcher.add(number, *archive.event_pattern);
      ++number;
    }
    session.emplace(matcher);
  }
  BusMatcher matcher;
  std::optional<MatchSession> session;
};

struct Router::Travel {
  unsigned hops = 0;
  bool within_region = false;  // sent on to a bus of its region
  bool to_other_region = false;
  const ArchiveReplay* replay = nullptr;  // on the first bus
};

// One event on its way: fills a Trace.
class Router::Journey {
 public:
  explicit Journey(Router& router) : router_(router) {}

  base::Expected<void> arrive(const EventBus& bus, const Event& event, const Travel& travel) {
    Arrival at{bus, event, travel, {}};
    step(StepKind::kReceived, at);
    const auto index = static_cast<std::size_t>(&bus - router_.configuration_.event_buses.data());
    const auto matched = router_.compiled_[index]->session->match(event.text);
    if (!matched)
      return tl::unexpected<base::Error>(matched.error());
    const std::vector<RuleNumber> numbers(matched->begin(), matched->end());
    const auto matches = [&numbers](std::size_t number) {
      return std::binary_search(numbers.begin(), numbers.end(), static_cast<RuleNumber>(number));
    };
    // An archive adds {"replay-name": [{"exists": false}]} to its pattern.
    if (event.envelope.find(kReplayName) == nullptr) {
      for (std::size_t i = 0; i < bus.archives.size(); ++i) {
        if (!bus.archives[i].event_pattern || matches(bus.rules.size() + i))
          step(StepKind::kArchived, at).archive = &bus.archives[i];
      }
    }
    for (std::size_t i = 0; i < bus.rules.size(); ++i) {
      if (auto routed = rule(at, bus.rules[i], matches(i)); !routed)
        return routed;
    }
    return {};
  }

  Trace take() { return std::move(trace_); }

 private:
  // An event on one bus.
  struct Arrival {
    const EventBus& bus;
    const Event& event;
    const Travel& travel;
    std::string written;  // the event as targets get it; empty until one does

    const std::string& text() {
      if (written.empty())
        written = syntax::write_json(event.envelope);
      return written;
    }
  };

  TraceStep& step(StepKind kind, const Arrival& at, const Rule* rule = nullptr,
                  const Target* target = nullptr) {
    TraceStep& added = trace_.steps.emplace_back();
    added.kind = kind;
    added.hops = at.travel.hops;
    added.bus = &at.bus;
    added.rule = rule;
    added.target = target;
    return added;
  }

  base::Expected<void> rule(Arrival& at, const Rule& rule, bool matched) {
    if (rule.state == RuleState::kDisabled) {
      step(StepKind::kDisabled, at, &rule);
      return {};
    }
    if (!rule.event_pattern) {
      step(StepKind::kScheduleOnly, at, &rule);
      return {};
    }
    if (at.travel.replay != nullptr && !at.travel.replay->filter_rules.empty() &&
        std::find(at.travel.replay->filter_rules.begin(), at.travel.replay->filter_rules.end(), &rule) ==
            at.travel.replay->filter_rules.end()) {
      step(StepKind::kNotReplayed, at, &rule);
      return {};
    }
    if (!matched) {
      TraceStep& missed = step(StepKind::kMissed, at, &rule);
      if (router_.options_.explain_misses)
        missed.reason = reason(explain_match(*rule.event_pattern, at.event.envelope));
      return {};
    }
    if (rule.state == RuleState::kEnabled && is_read_only_management_event(at.event)) {
      step(StepKind::kMissed, at, &rule).reason =
          "CloudTrail's read-only management events go to rules in state "
          "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS only";
      return {};
    }
    TraceStep& hit = step(StepKind::kMatched, at, &rule);
    if (router_.options_.explain_matches) {
      const MatchExplanation explanation = explain_match(*rule.event_pattern, at.event.envelope);
      hit.reason = explanation.matches ? reason(explanation) : std::string(kIncomplete);
    }
    for (const Target& target : rule.targets) {
      if (auto delivered = deliver(at, rule, target); !delivered)
        return delivered;
    }
    return {};
  }

  base::Expected<void> deliver(Arrival& at, const Rule& rule, const Target& target) {
    const auto to_bus = config::parse_bus_arn(target.arn);
    if (to_bus) {
      const bool other_region = to_bus->region != at.bus.region;
      if (other_region ? at.travel.to_other_region : at.travel.within_region) {
        undelivered(at, rule, target,
                    other_region ? "THIRD_REGION_HOP_DETECTED" : "THIRD_ACCOUNT_HOP_DETECTED", {});
        return {};
      }
    }
    const bool whole = !has_input_of_its_own(target.input);
    events::ShapedInput input;
    if (!whole)
      input = events::shape_input(
          target.input, at.event,
          {.rule_arn = rule.arn, .rule_name = rule.name, .ingestion_time = router_.ingestion_time_});
    if (input.invalid_json) {
      undelivered(at, rule, target, "INVALID_JSON", {});
      return {};
    }
    if (target.failing) {
      const config::DeliveryAttempts attempts =
          config::attempt_delivery(*target.failing, target.retry_policy);
      if (attempts.retries > 0) {
        TraceStep& retried = step(StepKind::kRetried, at, &rule, &target);
        retried.code = target.failing->error;
        retried.attempts = attempts.retries;
      }
      if (!attempts.delivered) {
        undelivered(at, rule, target, target.failing->error, attempts);
        return {};
      }
    }
    if (to_bus)
      return forward(at, rule, target, *to_bus);
    TraceStep& delivered = step(StepKind::kDelivered, at, &rule, &target);
    if (whole) {
      delivered.payload = at.text();
      return {};
    }
    delivered.payload = std::move(input.payload);
    delivered.reason = target.input.input        ? "Input"
                       : target.input.input_path ? "InputPath"
                                                 : "InputTransformer";
    return {};
  }

  void undelivered(Arrival& at, const Rule& rule, const Target& target, std::string_view code,
                   const config::DeliveryAttempts& attempts) {
    const auto& failing = router_.configuration_.failing_targets;
    const bool has_queue = !target.dead_letter_queue.empty();
    const bool queue_fails = has_queue && failing.find(target.dead_letter_queue) != failing.end();
    TraceStep& last =
        step(has_queue && !queue_fails ? StepKind::kDeadLettered : StepKind::kDropped, at, &rule, &target);
    last.code = code;
    if (const config::DeliveryError* error = config::find_delivery_error(code))
      last.reason = error->message;
    last.attempts = attempts.retries;
    last.exhausted = attempts.exhausted;
    last.dead_letter_queue_failed = queue_fails;
    if (last.kind == StepKind::kDeadLettered)
      last.payload = at.text();
  }

  base::Expected<void> forward(Arrival& at, const Rule& rule, const Target& target,
                               const config::BusArn& to) {
    const bool other_region = to.region != at.bus.region;
    Travel further = at.travel;
    ++further.hops;
    further.replay = nullptr;
    (other_region ? further.to_other_region : further.within_region) = true;
    // Another region gives the event an id and a time of its own; the rest stays.
    std::optional<Event> changed;
    if (other_region) {
      const std::string id = events::made_id(std::string(at.event.text_of("id")) + "\n" + target.arn);
      changed = events::with_member(events::with_member(at.event, "id", id), "time", router_.ingestion_time_);
    }
    const Event& sent = changed ? *changed : at.event;
    const EventBus* next = find_bus(router_.configuration_, target.arn);
    {
      TraceStep& forwarded = step(StepKind::kForwarded, at, &rule, &target);
      forwarded.payload = changed ? changed->text : at.text();
      if (next == nullptr)
        forwarded.reason = "the configuration does not have this bus; what happens there is not known";
    }
    return next == nullptr ? base::Expected<void>() : arrive(*next, sent, further);
  }

  Router& router_;
  Trace trace_;
};

Router::Router(const ReplayConfiguration& configuration, RoutingOptions options)
    : configuration_(configuration), options_(options), ingestion_time_(events::write_time(options.time)) {
  for (const EventBus& bus : configuration.event_buses)
    compiled_.push_back(std::make_unique<Compiled>(bus));
}

Router::~Router() = default;

base::Expected<Trace> Router::route(const EventBus& bus, const Event& event) {
  Journey journey(*this);
  if (auto arrived = journey.arrive(bus, event, {}); !arrived)
    return tl::unexpected<base::Error>(arrived.error());
  return journey.take();
}

base::Expected<Trace> Router::replay(const EventBus& bus, const Event& event, const ArchiveReplay& replay) {
  const auto not_held = [&](std::string why) {
    Trace trace;
    TraceStep& step = trace.steps.emplace_back();
    step.kind = StepKind::kMissed;
    step.bus = &bus;
    step.archive = replay.archive;
    step.reason = std::move(why);
    return trace;
  };
  if (event.envelope.find(kReplayName) != nullptr)
    return not_held("an archive does not take events that are replayed");
  if (replay.archive->event_pattern) {
    const auto index = static_cast<std::size_t>(&bus - configuration_.event_buses.data());
    const auto archive = static_cast<std::size_t>(replay.archive - bus.archives.data());
    const auto matched = compiled_[index]->session->match(event.text);
    if (!matched)
      return tl::unexpected<base::Error>(matched.error());
    if (!std::binary_search(matched->begin(), matched->end(),
                            static_cast<RuleNumber>(bus.rules.size() + archive)))
      return not_held(reason(explain_match(*replay.archive->event_pattern, event.envelope)));
  }
  Travel travel;
  travel.replay = &replay;
  Journey journey(*this);
  const Event replayed = events::with_member(event, kReplayName, replay.name);
  if (auto arrived = journey.arrive(bus, replayed, travel); !arrived)
    return tl::unexpected<base::Error>(arrived.error());
  return journey.take();
}

}  // namespace grantproof::router
