// SPDX-License-Identifier: Apache-2.0
//
// The rules of a bus as BusMatcher keeps them: equal tests of a field once, alternatives as lists of tests,
// and each alternative in the index under that one of its fields which the fewest events should have.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "events/event_pattern.h"
#include "router/bus_matcher.h"
#include "router/field_tree.h"
#include "router/value_index.h"

namespace grantproof::router {

// A field and its matchers, shared by all alternatives that have it.
struct CompiledTest {
  FieldNumber field = kNoField;
  std::uint32_t uses = 0;  // by alternatives; 0: free
  bool may_be_absent = false;
  bool known_by_text = false;  // one string and nothing else: the index tells at once whether it holds
  std::vector<events::Matcher> matchers;
};

struct CompiledAlternative {
  RuleNumber rule = 0;
  std::uint32_t tests_begin = 0, test_count = 0;  // in CompiledRules::test_lists, in the order of paths…
  std::uint32_t order_begin = 0;  // …and there in the order in which to ask: the least common first
  std::uint32_t access = 0;       // which of the tests it stands under in the index
};

class CompiledRules {
 public:
  void add(RuleNumber rule, const events::EventPattern& pattern);
  void remove(RuleNumber rule);

  FieldTree tree;
  std::vector<CompiledTest> tests;
  std::vector<CompiledAlternative> alternatives;
  std::vector<TestNumber> test_lists;
  std::vector<ValueIndex> index;          // by field
  std::vector<AlternativeNumber> always;  // nothing in an event points to these

 private:
  struct HashOfBytes {
    std::size_t operator()(const std::string& bytes) const { return hash_of(bytes); }
  };

  TestNumber intern(const events::FieldTest& test);
  void release(TestNumber test);
  std::uint64_t commonness_of(const CompiledTest& test) const;
  void count_keys(const CompiledTest& test, int by);
  std::uint64_t key_hash(FieldNumber field, const RuleKey& key) const;
  void know(TestNumber test);
  void place(AlternativeNumber number);
  void take_out(AlternativeNumber number);
  void rebuild();

  std::unordered_map<std::string, TestNumber, HashOfBytes> known_tests_;
  std::vector<const std::string*> identity_of_test_;  // keys of known_tests_
  std::vector<TestNumber> free_tests_;
  std::vector<AlternativeNumber> free_alternatives_;
  std::unordered_map<RuleNumber, std::vector<AlternativeNumber>> alternatives_of_rule_;
  // How many alternatives have a key at a field, by hash: only a measure.
  std::unordered_map<std::uint64_t, std::uint32_t> key_uses_;
  std::size_t placed_ = 0;  // alternatives in the index
  std::size_t placed_at_rebuild_ = 0;
};

}  // namespace grantproof::router
