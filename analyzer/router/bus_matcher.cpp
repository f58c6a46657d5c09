// SPDX-License-Identifier: Apache-2.0
#include "router/bus_matcher.h"

#include <algorithm>

#include "router/array_consistency.h"
#include "router/compiled_rules.h"
#include "router/event_scanner.h"

namespace grantproof::router {

struct BusMatcher::Compiled {
  CompiledRules rules;
};

BusMatcher::BusMatcher() : compiled_(std::make_unique<Compiled>()) {}
BusMatcher::~BusMatcher() = default;
BusMatcher::BusMatcher(BusMatcher&&) noexcept = default;
BusMatcher& BusMatcher::operator=(BusMatcher&&) noexcept = default;

void BusMatcher::add(RuleNumber rule, const events::EventPattern& pattern) {
  compiled_->rules.add(rule, pattern);
}

void BusMatcher::remove(RuleNumber rule) {
  compiled_->rules.remove(rule);
}

namespace {

// Does a test hold for the event, other fields aside?
enum class Holds : unsigned char {
  kNot,
  kAlways,     // by a leaf outside of all arrays, or by there being none
  kSomewhere,  // in elements of arrays: the other fields have to agree
};

// events::matches, with what the leaf remembers of its number.
bool matches(const events::Matcher& matcher, EventLeaf& leaf) {
  using events::MatcherKind;
  switch (matcher.kind) {
    case MatcherKind::kNumeric: {
      const std::optional<double> near = leaf.number();
      return near && events::in_range(matcher.range, *near) && leaf.comparable_number();
    }
    case MatcherKind::kNumber:
      if (matcher.number)
        return leaf.number() == matcher.number && leaf.comparable_number();
      break;
    default:
      break;
  }
  return events::matches(matcher, leaf.value);
}

bool any_matches(const CompiledTest& test, EventLeaf& leaf) {
  return std::ranges::any_of(test.matchers,
                             [&](const events::Matcher& matcher) { return matches(matcher, leaf); });
}

}  // namespace

// ---- one event

struct MatchSession::State {
  explicit State(const CompiledRules& of) : rules(of) {}

  const CompiledRules& rules;
  EventScanner scanner;
  ScannedEvent event;
  std::string folded;
  std::vector<RuleNumber> matched;
  std::vector<FieldPlaces> places;
  std::vector<std::uint32_t> text_keys;  // of leaves
  bool too_many = false;

  // Both remember for one event: what `now` does not stand beside is of an earlier one.
  struct Remembered {
    std::uint32_t event = 0;
    Holds holds = Holds::kNot;
  };
  std::uint32_t now = 0;
  std::vector<Remembered> tests;
  std::vector<std::uint32_t> seen;  // alternatives

  void begin_event();
  void look_up_texts();
  void find_alternatives();
  // A test that look_up_texts knows of.
  bool may_hold(TestNumber test) const {
    return test == kNoTest || (tests[test].event == now && tests[test].holds != Holds::kNot);
  }
  void consider(AlternativeNumber number);
  bool holds(const CompiledAlternative& alternative);
  Holds ask(TestNumber number);
  Holds evaluate(const CompiledTest& test);
  bool consistent(const CompiledAlternative& alternative);
};

void MatchSession::State::begin_event() {
  matched.clear();
  too_many = false;
  if (++now == 0) {  // every four thousand million events
    tests.clear();
    seen.clear();
    now = 1;
  }
  tests.resize(rules.tests.size());
  seen.resize(rules.alternatives.size());
}

// Which tests of one string hold: one lookup for each leaf.
void MatchSession::State::look_up_texts() {
  std::vector<EventLeaf>& leaves = event.leaves();
  text_keys.resize(leaves.size());
  for (std::uint32_t i = 1; i < leaves.size(); ++i) {
    const ValueIndex& index = rules.index[leaves[i].field];
    text_keys[i] = index.text_key(leaves[i].value);
    const TestNumber test = index.known_test(text_keys[i]);
    if (test == kNoTest)
      continue;
    const bool outside = leaves[i].element == kOutsideArrays;
    if (outside || tests[test].event != now)
      tests[test] = {now, outside ? Holds::kAlways : Holds::kSomewhere};
  }
}

void MatchSession::State::find_alternatives() {
  for (const AlternativeNumber number : rules.always)
    consider(number);
  const auto found = [&](const IndexEntry& entry) {
    if (may_hold(entry.also[0]) && may_hold(entry.also[1]))
      consider(entry.alternative);
  };
  std::vector<EventLeaf>& leaves = event.leaves();
  for (std::uint32_t i = 1; i < leaves.size(); ++i) {
    const FieldNumber field = leaves[i].field;
    const ValueIndex& index = rules.index[field];
    if (index.empty())
      continue;
    if (event.first_leaf(field) == i)
      index.find_present(found);
    index.find(leaves[i], text_keys[i], folded, found);
  }
}

void MatchSession::State::consider(AlternativeNumber number) {
  if (seen[number] == now)
    return;
  seen[number] = now;
  const CompiledAlternative& alternative = rules.alternatives[number];
  if (holds(alternative))
    matched.push_back(alternative.rule);
}

bool MatchSession::State::holds(const CompiledAlternative& alternative) {
  bool in_arrays = false;
  for (std::uint32_t i = 0; i < alternative.test_count; ++i) {
    const Holds holds = ask(rules.test_lists[alternative.order_begin + i]);
    if (holds == Holds::kNot)
      return false;
    in_arrays = in_arrays || holds == Holds::kSomewhere;
  }
  return !in_arrays || consistent(alternative);
}

Holds MatchSession::State::ask(TestNumber number) {
  Remembered& remembered = tests[number];
  if (remembered.event != now)
    remembered = {now, evaluate(rules.tests[number])};
  return remembered.holds;
}

Holds MatchSession::State::evaluate(const CompiledTest& test) {
  // Had it held, look_up_texts had said so.
  if (test.known_by_text)
    return Holds::kNot;
  std::uint32_t at = event.first_leaf(test.field);
  if (at == 0)
    return test.may_be_absent ? Holds::kAlways : Holds::kNot;
  // Leaves that lie in elements may be out of reach once other fields have chosen theirs; but only all of
  // them.
  bool somewhere = false, all_in_elements = true;
  while (at != 0) {
    EventLeaf& leaf = event.leaf(at);
    at = leaf.next;
    const bool in_element = leaf.element != kOutsideArrays;
    all_in_elements = all_in_elements && in_element;
    if (in_element && somewhere)
      continue;
    if (any_matches(test, leaf)) {
      if (!in_element)
        return Holds::kAlways;
      somewhere = true;
    }
  }
  return somewhere || (test.may_be_absent && all_in_elements) ? Holds::kSomewhere : Holds::kNot;
}

bool MatchSession::State::consistent(const CompiledAlternative& alternative) {
  const auto first = rules.test_lists.begin() + alternative.tests_begin;
  const std::span<const TestNumber> of_alternative(&*first, alternative.test_count);
  std::size_t somewhere = 0;
  bool absence = false;
  for (const TestNumber number : of_alternative) {
    const bool in_arrays = tests[number].holds == Holds::kSomewhere;
    somewhere += in_arrays ? 1U : 0U;
    absence = absence || (in_arrays && rules.tests[number].may_be_absent);
  }
  if (somewhere == 1 && !absence)
    return true;
  places.clear();
  for (const TestNumber number : of_alternative) {
    // A field that is found outside of arrays contradicts nothing; but it may be chosen so that another is
    // absent.
    if (tests[number].holds != Holds::kSomewhere && !absence)
      continue;
    const CompiledTest& test = rules.tests[number];
    FieldPlaces& place = places.emplace_back();
    place.node = rules.tree.node_of(test.field);
    place.may_be_absent = test.may_be_absent;
    for (std::uint32_t at = event.first_leaf(test.field); at != 0;) {
      EventLeaf& leaf = event.leaf(at);
      at = leaf.next;
      if (test.may_be_absent)
        place.all.push_back(leaf.element);
      if ((place.matching.empty() || place.matching.back() != leaf.element) && any_matches(test, leaf))
        place.matching.push_back(leaf.element);
    }
    for (std::vector<ElementNumber>* elements : {&place.matching, &place.all}) {
      std::ranges::sort(*elements);
      elements->erase(std::unique(elements->begin(), elements->end()), elements->end());
    }
  }
  const Consistency answer = choose_consistently(event, rules.tree, places);
  too_many = too_many || answer == Consistency::kTooMany;
  return answer == Consistency::kConsistent;
}

MatchSession::MatchSession(const BusMatcher& matcher)
    : state_(std::make_unique<State>(matcher.compiled_->rules)) {}
MatchSession::~MatchSession() = default;

base::Expected<std::span<const RuleNumber>> MatchSession::match(std::string_view event) {
  State& state = *state_;
  const CompiledRules& rules = state.rules;
  if (base::Expected<void> scanned = state.scanner.scan(event, rules.tree, state.event); !scanned)
    return tl::unexpected<base::Error>(std::move(scanned.error()));
  state.begin_event();
  state.look_up_texts();
  state.find_alternatives();
  if (state.too_many)
    return base::error("undecided: the rules choose among too many array elements of this event");
  std::ranges::sort(state.matched);
  state.matched.erase(std::unique(state.matched.begin(), state.matched.end()), state.matched.end());
  return std::span<const RuleNumber>(state.matched);
}

}  // namespace grantproof::router
