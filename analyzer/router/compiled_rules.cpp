// SPDX-License-Identifier: Apache-2.0
#include "router/compiled_rules.h"

#include <algorithm>
#include <cstring>

namespace grantproof::router {
namespace {

using events::FieldTest;
using events::Matcher;
using events::MatcherKind;

// ---- tests are equal where their bytes are

// Every part says how long it is, so that no two different rows of parts run together into the same bytes.
void put(std::string& bytes, std::size_t count) {
  bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
}

void put(std::string& bytes, std::string_view text) {
  put(bytes, text.size());
  bytes.append(text);
}

void put(std::string& bytes, double number) {
  bytes += number_key(number);
}

void put(std::string& bytes, const std::optional<events::Bound>& bound) {
  bytes += bound ? (bound->inclusive ? '2' : '1') : '0';
  if (bound)
    put(bytes, bound->value);
}

std::string identity(const FieldTest& test) {
  std::string bytes;
  put(bytes, test.path);
  for (const Matcher& matcher : test.matchers) {
    bytes += static_cast<char>(matcher.kind);
    put(bytes, matcher.texts.size());
    for (const std::string& text : matcher.texts)
      put(bytes, text);
    bytes += matcher.number ? '1' : '0';
    if (matcher.number)
      put(bytes, *matcher.number);
    put(bytes, matcher.numbers.size());
    for (const double number : matcher.numbers)
      put(bytes, number);
    put(bytes, matcher.range.lower);
    put(bytes, matcher.range.upper);
    put(bytes, matcher.network ? network_key(*matcher.network, matcher.network->prefix_length) : "");
  }
  return bytes;
}

}  // namespace

// ---- rules come and go

void CompiledRules::add(RuleNumber rule, const events::EventPattern& pattern) {
  std::vector<TestNumber> numbers;
  numbers.reserve(pattern.tests.size());
  for (const FieldTest& test : pattern.tests)
    numbers.push_back(intern(test));
  std::vector<AlternativeNumber>& of_rule = alternatives_of_rule_[rule];
  for (const events::Alternative& fields : pattern.alternatives) {
    AlternativeNumber number = 0;
    if (free_alternatives_.empty()) {
      number = static_cast<AlternativeNumber>(alternatives.size());
      alternatives.emplace_back();
    } else {
      number = free_alternatives_.back();
      free_alternatives_.pop_back();
    }
    CompiledAlternative& alternative = alternatives[number];
    alternative = {};
    alternative.rule = rule;
    alternative.tests_begin = static_cast<std::uint32_t>(test_lists.size());
    alternative.test_count = static_cast<std::uint32_t>(fields.size());
    for (const std::uint32_t field : fields) {
      test_lists.push_back(numbers[field]);
      ++tests[numbers[field]].uses;
      count_keys(tests[numbers[field]], 1);
    }
    alternative.order_begin = static_cast<std::uint32_t>(test_lists.size());
    test_lists.resize(test_lists.size() + fields.size());
    of_rule.push_back(number);
    place(number);
  }
  for (const TestNumber number : numbers)
    release(number);
  // What is common has changed: find better places for all. The work is in proportion to the rules that came.
  if (placed_ > 2 * placed_at_rebuild_ + 16)
    rebuild();
}

void CompiledRules::remove(RuleNumber rule) {
  const auto at = alternatives_of_rule_.find(rule);
  if (at == alternatives_of_rule_.end())
    return;
  for (const AlternativeNumber number : at->second) {
    take_out(number);
    const CompiledAlternative& alternative = alternatives[number];
    for (std::uint32_t i = 0; i < alternative.test_count; ++i) {
      const TestNumber test = test_lists[alternative.tests_begin + i];
      count_keys(tests[test], -1);
      --tests[test].uses;
      release(test);
    }
    free_alternatives_.push_back(number);
  }
  alternatives_of_rule_.erase(at);
  if (2 * placed_ + 16 < placed_at_rebuild_)
    rebuild();
}

// Keeps a test alive only where an alternative uses it: see release.
TestNumber CompiledRules::intern(const FieldTest& test) {
  const auto [at, is_new] = known_tests_.try_emplace(identity(test), 0);
  if (!is_new)
    return at->second;
  TestNumber number = 0;
  if (free_tests_.empty()) {
    number = static_cast<TestNumber>(tests.size());
    tests.emplace_back();
    identity_of_test_.push_back(nullptr);
  } else {
    number = free_tests_.back();
    free_tests_.pop_back();
  }
  at->second = number;
  identity_of_test_[number] = &at->first;
  CompiledTest& compiled = tests[number];
  compiled.field = tree.add(test.path);
  compiled.matchers = test.matchers;
  compiled.may_be_absent = std::ranges::any_of(
      test.matchers, [](const Matcher& matcher) { return matcher.kind == MatcherKind::kDoesNotExist; });
  // Of one kind only: no two tests are known by the same text.
  compiled.known_by_text = test.matchers.size() == 1 && test.matchers.front().kind == MatcherKind::kString &&
                           rule_key(test.matchers.front()).kind == KeyKind::kText;
  if (index.size() < tree.field_count())
    index.resize(tree.field_count());
  know(number);
  return number;
}

void CompiledRules::release(TestNumber test) {
  if (tests[test].uses != 0 || identity_of_test_[test] == nullptr)
    return;
  known_tests_.erase(*identity_of_test_[test]);
  identity_of_test_[test] = nullptr;
  if (tests[test].known_by_text)
    index[tests[test].field].know(rule_key(tests[test].matchers.front()).bytes, kNoTest);
  tests[test] = {};
  free_tests_.push_back(test);
}

// ---- where an alternative stands in the index

void CompiledRules::know(TestNumber test) {
  if (tests[test].known_by_text)
    index[tests[test].field].know(rule_key(tests[test].matchers.front()).bytes, test);
}

std::uint64_t CompiledRules::key_hash(FieldNumber field, const RuleKey& key) const {
  return hash_of(key.bytes) ^
         ((std::uint64_t{field} << 8) + static_cast<std::uint64_t>(key.kind)) * 0x9e3779b97f4a7c15U;
}

void CompiledRules::count_keys(const CompiledTest& test, int by) {
  for (const Matcher& matcher : test.matchers)
    key_uses_[key_hash(test.field, rule_key(matcher))] += static_cast<std::uint32_t>(by);
}

std::uint64_t CompiledRules::commonness_of(const CompiledTest& test) const {
  std::uint64_t sum = 0;
  for (const Matcher& matcher : test.matchers) {
    const RuleKey key = rule_key(matcher);
    const auto uses = key_uses_.find(key_hash(test.field, key));
    sum += commonness(key) + (uses == key_uses_.end() ? 0 : uses->second);
  }
  return sum;
}

void CompiledRules::place(AlternativeNumber number) {
  ++placed_;
  CompiledAlternative& alternative = alternatives[number];
  std::vector<std::pair<std::uint64_t, TestNumber>> order;
  for (std::uint32_t i = 0; i < alternative.test_count; ++i) {
    const TestNumber test = test_lists[alternative.tests_begin + i];
    order.emplace_back(commonness_of(tests[test]), test);
  }
  std::ranges::sort(order);
  for (std::uint32_t i = 0; i < alternative.test_count; ++i)
    test_lists[alternative.order_begin + i] = order[i].second;
  alternative.access = order.front().second;
  const CompiledTest& access = tests[alternative.access];
  if (access.may_be_absent) {
    always.push_back(number);
    return;
  }
  IndexEntry entry;
  entry.alternative = number;
  auto also = entry.also.begin();
  for (std::size_t i = 1; i < order.size() && also != entry.also.end(); ++i) {
    if (tests[order[i].second].known_by_text)
      *also++ = order[i].second;
  }
  for (const Matcher& matcher : access.matchers)
    index[access.field].add(matcher, rule_key(matcher), entry);
}

void CompiledRules::take_out(AlternativeNumber number) {
  --placed_;
  const CompiledTest& access = tests[alternatives[number].access];
  if (access.may_be_absent) {
    std::erase(always, number);
    return;
  }
  for (const Matcher& matcher : access.matchers)
    index[access.field].remove(rule_key(matcher), number);
}

void CompiledRules::rebuild() {
  index.assign(tree.field_count(), ValueIndex{});
  always.clear();
  for (TestNumber test = 0; test < tests.size(); ++test)
    know(test);
  std::vector<TestNumber> lists;
  placed_ = 0;
  std::vector<std::pair<RuleNumber, const std::vector<AlternativeNumber>*>> rules;
  for (const auto& [rule, of_rule] : alternatives_of_rule_)
    rules.emplace_back(rule, &of_rule);
  std::ranges::sort(rules);
  for (const auto& [rule, of_rule] : rules) {
    for (const AlternativeNumber number : *of_rule) {
      CompiledAlternative& alternative = alternatives[number];
      const auto begin = static_cast<std::uint32_t>(lists.size());
      for (std::uint32_t i = 0; i < alternative.test_count; ++i)
        lists.push_back(test_lists[alternative.tests_begin + i]);
      alternative.tests_begin = begin;
      alternative.order_begin = static_cast<std::uint32_t>(lists.size());
      lists.resize(lists.size() + alternative.test_count);
    }
  }
  test_lists = std::move(lists);
  for (const auto& [rule, of_rule] : rules) {
    for (const AlternativeNumber number : *of_rule)
      place(number);
  }
  placed_at_rebuild_ = placed_;
}

}  // namespace grantproof::router
