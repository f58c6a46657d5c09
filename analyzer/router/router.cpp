// SPDX-License-Identifier: Apache-2.0
#include "router/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "events/event_time.h"
#include "events/put_events.h"
#include "router/bus_matcher.h"
#include "router/delivery_error.h"
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
    step(StepKind::kReceived, bus, travel);
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
          step(StepKind::kArchived, bus, travel).archive = &bus.archives[i];
      }
    }
    for (std::size_t i = 0; i < bus.rules.size(); ++i) {
      if (auto routed = rule(bus, bus.rules[i], matches(i), event, travel); !routed)
        return routed;
    }
    return {};
  }

  Trace take() { return std::move(trace_); }

 private:
  TraceStep& step(StepKind kind, const EventBus& bus, const Travel& travel, const Rule* rule = nullptr,
                  const Target* target = nullptr) {
    TraceStep& added = trace_.steps.emplace_back();
    added.kind = kind;
    added.hops = travel.hops;
    added.bus = &bus;
    added.rule = rule;
    added.target = target;
    return added;
  }

  base::Expected<void> rule(const EventBus& bus, const Rule& rule, bool matched, const Event& event,
                            const Travel& travel) {
    if (rule.state == RuleState::kDisabled) {
      step(StepKind::kDisabled, bus, travel, &rule);
      return {};
    }
    if (!rule.event_pattern) {
      step(StepKind::kScheduleOnly, bus, travel, &rule);
      return {};
    }
    if (travel.replay != nullptr && !travel.replay->filter_rules.empty() &&
        std::find(travel.replay->filter_rules.begin(), travel.replay->filter_rules.end(), &rule) ==
            travel.replay->filter_rules.end()) {
      step(StepKind::kNotReplayed, bus, travel, &rule);
      return {};
    }
    if (!matched) {
      TraceStep& missed = step(StepKind::kMissed, bus, travel, &rule);
      if (router_.options_.explain_misses)
        missed.reason = reason(explain_match(*rule.event_pattern, event.envelope));
      return {};
    }
    if (rule.state == RuleState::kEnabled && is_read_only_management_event(event)) {
      step(StepKind::kMissed, bus, travel, &rule).reason =
          "CloudTrail's read-only management events go to rules in state "
          "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS only";
      return {};
    }
    TraceStep& hit = step(StepKind::kMatched, bus, travel, &rule);
    if (router_.options_.explain_matches)
      hit.reason = reason(explain_match(*rule.event_pattern, event.envelope));
    for (const Target& target : rule.targets) {
      if (auto delivered = deliver(bus, rule, target, event, travel); !delivered)
        return delivered;
    }
    return {};
  }

  base::Expected<void> deliver(const EventBus& bus, const Rule& rule, const Target& target,
                               const Event& event, const Travel& travel) {
    const auto to_bus = parse_bus_arn(target.arn);
    if (to_bus) {
      const bool other_region = to_bus->region != bus.region;
      if (other_region ? travel.to_other_region : travel.within_region) {
        undelivered(bus, rule, target, event, travel,
                    other_region ? "THIRD_REGION_HOP_DETECTED" : "THIRD_ACCOUNT_HOP_DETECTED", {});
        return {};
      }
    }
    const std::string now = events::write_time(router_.options_.time);
    const events::ShapedInput input = events::shape_input(
        target.input, event, {.rule_arn = rule.arn, .rule_name = rule.name, .ingestion_time = now});
    if (input.invalid_json) {
      undelivered(bus, rule, target, event, travel, "INVALID_JSON", {});
      return {};
    }
    if (target.failing) {
      const DeliveryAttempts attempts = attempt_delivery(*target.failing, target.retry_policy);
      if (attempts.retries > 0) {
        TraceStep& retried = step(StepKind::kRetried, bus, travel, &rule, &target);
        retried.code = target.failing->error;
        retried.attempts = attempts.retries;
      }
      if (!attempts.delivered) {
        undelivered(bus, rule, target, event, travel, target.failing->error, attempts);
        return {};
      }
    }
    if (to_bus)
      return forward(bus, rule, target, *to_bus, event, travel);
    TraceStep& delivered = step(StepKind::kDelivered, bus, travel, &rule, &target);
    delivered.payload = input.payload;
    if (has_input_of_its_own(target.input))
      delivered.reason = target.input.input        ? "Input"
                         : target.input.input_path ? "InputPath"
                                                   : "InputTransformer";
    return {};
  }

  void undelivered(const EventBus& bus, const Rule& rule, const Target& target, const Event& event,
                   const Travel& travel, std::string_view code, const DeliveryAttempts& attempts) {
    const auto& failing = router_.configuration_.failing_targets;
    const bool has_queue = !target.dead_letter_queue.empty();
    const bool queue_fails = has_queue && failing.find(target.dead_letter_queue) != failing.end();
    TraceStep& last = step(has_queue && !queue_fails ? StepKind::kDeadLettered : StepKind::kDropped, bus,
                           travel, &rule, &target);
    last.code = code;
    if (const DeliveryError* error = find_delivery_error(code))
      last.reason = error->message;
    last.attempts = attempts.retries;
    last.exhausted = attempts.exhausted;
    last.dead_letter_queue_failed = queue_fails;
    if (last.kind == StepKind::kDeadLettered)
      last.payload = syntax::write_json(event.envelope);
  }

  base::Expected<void> forward(const EventBus& bus, const Rule& rule, const Target& target, const BusArn& to,
                               const Event& event, const Travel& travel) {
    const bool other_region = to.region != bus.region;
    Travel further = travel;
    ++further.hops;
    further.replay = nullptr;
    (other_region ? further.to_other_region : further.within_region) = true;
    // Another region gives the event an id and a time of its own; the rest stays.
    Event sent = event;
    if (other_region) {
      sent = events::with_member(event, "id",
                                 events::made_id(std::string(event.text_of("id")) + "\n" + target.arn));
      sent = events::with_member(sent, "time", events::write_time(router_.options_.time));
    }
    const EventBus* next = find_bus(router_.configuration_, target.arn);
    {
      TraceStep& forwarded = step(StepKind::kForwarded, bus, travel, &rule, &target);
      forwarded.payload = syntax::write_json(sent.envelope);
      if (next == nullptr)
        forwarded.reason = "the configuration does not have this bus; what happens there is not known";
    }
    return next == nullptr ? base::Expected<void>() : arrive(*next, sent, further);
  }

  Router& router_;
  Trace trace_;
};

Router::Router(const ReplayConfiguration& configuration, RoutingOptions options)
    : configuration_(configuration), options_(options) {
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
