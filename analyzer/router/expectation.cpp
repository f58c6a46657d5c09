// SPDX-License-Identifier: Apache-2.0
#include "router/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "syntax/document_reader.h"

namespace grantproof::router {
namespace {

using syntax::Node;
using syntax::NodeKind;

class ExpectationReader : private syntax::DocumentReader {
  friend class syntax::DocumentReader;
  template <typename Into>
  using KeyOf = Key<ExpectationReader, Into>;

 public:
  explicit ExpectationReader(base::DiagnosticSink& sink) : DocumentReader(sink) {}

  Expectations read(const Node& node) {
    static constexpr std::array<KeyOf<Expectations>, 2> kKeys = {{
        {"Expectations", &ExpectationReader::expectations},
        {"Metrics", &ExpectationReader::metrics},
    }};
    Expectations read;
    map<ExpectationReader, Expectations>(node, "the file of expectations", kKeys, read);
    // A file that says nothing must not look like one that is met.
    if (sink_.errors() == 0 && read.events.empty() && read.metrics.empty())
      mistake(node.span, "nothing is expected here", "write Expectations: [{Event: 1, Matched: […]}]");
    return read;
  }

 private:
  void expectations(const Node& node, Expectations& into) {
    static constexpr std::array<KeyOf<Expectation>, 6> kKeys = {{
        {"Event", &ExpectationReader::event},
        {"Matched", &ExpectationReader::matched},
        {"Delivered", &ExpectationReader::delivered},
        {"DeadLettered", &ExpectationReader::dead_lettered},
        {"Dropped", &ExpectationReader::dropped},
        {"Rejected", &ExpectationReader::rejected},
    }};
    if (!is_list(node, "Expectations"))
      return;
    for (const Node& item : node.items) {
      Expectation expectation;
      expectation.span = item.span;
      const std::size_t errors = sink_.errors();
      map<ExpectationReader, Expectation>(item, "an expectation", kKeys, expectation);
      if (sink_.errors() == errors && expectation.event.empty())
        mistake(item.span, "this expectation names no event", "add Event: its number in the file, or its id");
      if (sink_.errors() == errors && item.members.size() == 1)
        mistake(item.span, "this expectation says nothing of its event",
                "add Matched, Delivered, DeadLettered, Dropped or Rejected");
      into.events.push_back(std::move(expectation));
    }
  }
  void event(const Node& node, Expectation& into) { text(node, "Event", into.event); }
  void rejected(const Node& node, Expectation& into) { text(node, "Rejected", into.rejected.emplace()); }
  void matched(const Node& node, Expectation& into) { into.matched = names(node, "Matched"); }
  void delivered(const Node& node, Expectation& into) { into.delivered = names(node, "Delivered"); }
  void dead_lettered(const Node& node, Expectation& into) {
    into.dead_lettered = names(node, "DeadLettered");
  }
  void dropped(const Node& node, Expectation& into) { into.dropped = names(node, "Dropped"); }

  Names names(const Node& node, std::string_view what) {
    Names list;
    if (!is_list(node, what))
      return list;
    for (const Node& item : node.items) {
      std::string one;
      if (text(item, "a name", one))
        list.push_back(std::move(one));
    }
    return list;
  }

  void metrics(const Node& node, Expectations& into) {
    if (node.kind != NodeKind::kMap) {
      mistake(node.span, fmt::format("Metrics is {}, expected names with values", describe(node.kind)));
      return;
    }
    for (const syntax::Member& member : node.members) {
      const auto metric = find_metric(member.key);
      if (!metric) {
        no_metric(member);
        continue;
      }
      const std::string& written = member.value.text;
      ExpectedMetric expected{*metric, 0, member.key_span};
      const auto [end, failure] =
          std::from_chars(written.data(), written.data() + written.size(), expected.value);
      if (failure != std::errc() || end != written.data() + written.size())
        mistake(member.value.span, "the value of a counter is a whole number",
                fmt::format("write {}: 1", member.key));
      else
        into.metrics.push_back(expected);
    }
  }

  void no_metric(const syntax::Member& member) {
    if (const MissingMetric* missing = find_missing_metric(member.key)) {
      mistake(member.key_span, fmt::format("CloudWatch has no {} in AWS/Events", member.key),
              fmt::format("look at {}", missing->instead));
      return;
    }
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < kMetrics; ++i)
      known.push_back(name(static_cast<Metric>(i)));
    unknown(member.key_span, "metric", member.key, known);
  }
};

// Names by which a step's rule or target may be called.
Names names_of(const TraceStep& step) {
  const std::string& rule = step.rule->name;
  if (step.target == nullptr)
    return {rule, step.bus->name + "/" + rule, step.rule->arn};
  return {rule + "/" + step.target->id, step.target->id, step.target->arn,
          step.bus->name + "/" + rule + "/" + step.target->id};
}

struct Verb {
  std::optional<Names> Expectation::*expected;
  std::string_view done;  // "delivered to"
  bool (*is)(StepKind kind);
};
constexpr std::array<Verb, 4> kVerbs = {{
    {&Expectation::matched, "matched by", [](StepKind kind) { return kind == StepKind::kMatched; }},
    {&Expectation::delivered, "delivered to",
     [](StepKind kind) { return kind == StepKind::kDelivered || kind == StepKind::kForwarded; }},
    {&Expectation::dead_lettered, "dead-lettered for",
     [](StepKind kind) { return kind == StepKind::kDeadLettered; }},
    {&Expectation::dropped, "dropped for", [](StepKind kind) { return kind == StepKind::kDropped; }},
}};

// Why what was expected did not happen, as far as the trace says.
std::string why_not(const std::string& wanted, bool of_target, const Trace& trace) {
  for (const TraceStep& step : trace.steps) {
    if (step.kind == StepKind::kRejected || step.kind == StepKind::kLost)
      return fmt::format(": {}", step.reason);
    if (step.rule == nullptr)
      continue;
    const bool about =
        wanted == step.rule->name || wanted.starts_with(step.rule->name + "/") ||
        std::any_of(step.rule->targets.begin(), step.rule->targets.end(),
                    [&](const Target& target) { return wanted == target.id || wanted == target.arn; });
    if (!about)
      continue;
    if (step.kind == StepKind::kMissed)
      return fmt::format(": rule {} missed it, {}", step.rule->name, step.reason);
    if (step.kind == StepKind::kDisabled)
      return fmt::format(": rule {} is disabled", step.rule->name);
    if (of_target && (step.kind == StepKind::kDeadLettered || step.kind == StepKind::kDropped))
      return fmt::format(": {} with {}", name(step.kind), step.code);
  }
  return {};
}

std::vector<std::string> compare(const Verb& verb, const Names& expected, const Trace& trace) {
  std::vector<const TraceStep*> steps;
  for (const TraceStep& step : trace.steps) {
    if (verb.is(step.kind))
      steps.push_back(&step);
  }
  std::vector<std::string> unmet;
  for (const std::string& wanted : expected) {
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const TraceStep* step) {
      const Names names = names_of(*step);
      return std::find(names.begin(), names.end(), wanted) != names.end();
    });
    if (found != steps.end())
      steps.erase(found);
    else
      unmet.push_back(fmt::format("not {} {}{}", verb.done, wanted,
                                  why_not(wanted, verb.expected != &Expectation::matched, trace)));
  }
  for (const TraceStep* step : steps)
    unmet.push_back(fmt::format("{} {}, which is not expected", verb.done, names_of(*step).front()));
  return unmet;
}

}  // namespace

Expectations read_expectations(const Node& node, base::DiagnosticSink& sink) {
  return ExpectationReader(sink).read(node);
}

ExpectationCheck::ExpectationCheck(const Expectations& expectations)
    : expectations_(expectations), seen_(expectations.events.size()) {}

std::vector<UnmetExpectation> ExpectationCheck::check(std::uint64_t number, std::string_view id,
                                                      const Trace& trace) {
  std::vector<UnmetExpectation> all;
  const std::string as_text = std::to_string(number);
  for (std::size_t i = 0; i < expectations_.events.size(); ++i) {
    const Expectation& expectation = expectations_.events[i];
    if (expectation.event != as_text && (id.empty() || expectation.event != id))
      continue;
    seen_[i] = true;
    std::vector<std::string> unmet;
    if (expectation.rejected) {
      const bool was = !trace.steps.empty() && trace.steps.front().kind == StepKind::kRejected;
      const std::string code = was ? trace.steps.front().code : std::string("accepted");
      if (code != *expectation.rejected)
        unmet.push_back(fmt::format("not rejected with {}: {}", *expectation.rejected, code));
    }
    for (const Verb& verb : kVerbs) {
      if (const auto& expected = expectation.*verb.expected) {
        for (std::string& text : compare(verb, *expected, trace))
          unmet.push_back(std::move(text));
      }
    }
    ++(unmet.empty() ? met_ : unmet_);
    for (std::string& text : unmet)
      all.push_back({expectation.span, fmt::format("event {}: {}", expectation.event, text)});
  }
  return all;
}

std::vector<UnmetExpectation> ExpectationCheck::finish(const Metrics& metrics) {
  std::vector<UnmetExpectation> all;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    if (seen_[i])
      continue;
    ++unmet_;
    all.push_back({expectations_.events[i].span,
                   fmt::format("event {}: there is no such event", expectations_.events[i].event)});
  }
  for (const ExpectedMetric& expected : expectations_.metrics) {
    const std::uint64_t value = metrics.total(expected.metric);
    if (value == expected.value) {
      ++met_;
      continue;
    }
    ++unmet_;
    all.push_back(
        {expected.span, fmt::format("{} is {}, expected {}", name(expected.metric), value, expected.value)});
  }
  return all;
}

}  // namespace grantproof::router
