// SPDX-License-Identifier: Apache-2.0
//
// How long questions about sets of globs take: typical ARN and action globs, cold (a new store for every
// question) and warm (automata made, answers not remembered). The counter `states` is exact and does not
// depend on the machine.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "patterns/region.h"

namespace grantproof::patterns {
namespace {

constexpr std::size_t kStates = 400'000;

std::vector<Glob> bus_globs(std::size_t count, std::size_t first = 0) {
  std::vector<Glob> globs;
  for (std::size_t i = first; i < first + count; ++i) {
    const std::string region = i % 3 == 0 ? "*" : "eu-west-" + std::to_string(i % 5);
    const std::string account = i % 4 == 0 ? "*" : "11112222333" + std::to_string(i % 10);
    globs.push_back(Glob().pattern("arn:aws:events:" + region + ":" + account + ":event-bus/team-" +
                                   std::to_string(i) + (i % 2 == 0 ? "-*" : "-orders")));
  }
  return globs;
}

std::vector<Glob> action_globs(std::size_t count) {
  std::vector<Glob> globs;
  for (std::size_t i = 0; i < count; ++i) {
    globs.push_back(Glob().pattern("service" + std::to_string(i % 150) + (i % 2 == 0 ? ":Get" : ":List") +
                                       "Thing" + std::to_string(i) + (i % 5 == 0 ? "*" : ""),
                                   true));
  }
  return globs;
}

Glob bus_format() {
  Glob glob = Glob().literal("arn:aws").run(UnitClass::kLowerAlnum).literal(":events:");
  glob.run(UnitClass::kLowerAlnum).literal(":");
  for (int digit = 0; digit < 12; ++digit) {
    glob.one(UnitClass::kDigit);
  }
  return glob.literal(":event-bus/").one(UnitClass::kNotColon).run(UnitClass::kNotColon);
}

// What a question is about: the sets of `in` and of `out`.
struct Sets {
  std::vector<std::vector<Glob>> in;
  std::vector<std::vector<Glob>> out;
};

void ask(benchmark::State& state, const Sets& sets, bool warm) {
  PatternStore store;
  std::vector<PatternSetId> in;
  std::vector<PatternSetId> out;
  const auto intern = [&] {
    in.clear();
    out.clear();
    for (const std::vector<Glob>& globs : sets.in) {
      in.push_back(store.intern(globs));
    }
    for (const std::vector<Glob>& globs : sets.out) {
      out.push_back(store.intern(globs));
    }
  };
  intern();
  store.find(in, out);
  const std::size_t states = store.states_visited();
  for (auto _ : state) {
    if (!warm) {
      state.PauseTiming();
      store = PatternStore();
      intern();
      state.ResumeTiming();
    }
    store.set_state_budget(kStates);  // forgets answers
    benchmark::DoNotOptimize(store.find(in, out));
  }
  state.counters["states"] = static_cast<double>(states);
}

// Does a bus of one list meet the other list, as a real ARN?
void meet(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  ask(state, {{{bus_format()}, bus_globs(count), bus_globs(count, count / 2)}, {}}, state.range(1) != 0);
}
BENCHMARK(meet)->ArgsProduct({{1, 8, 64}, {0, 1}})->ArgNames({"globs", "warm"});

// Is anything left of a list without another one?
void minus(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  ask(state, {{{bus_format()}, bus_globs(count)}, {bus_globs(count, count + 1)}}, state.range(1) != 0);
}
BENCHMARK(minus)->ArgsProduct({{1, 8, 64}, {0, 1}})->ArgNames({"globs", "warm"});

// Is a list within a wider one, written otherwise? Nothing is found: all states are seen.
void inclusion(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<Glob> wide;
  for (const Glob& glob : bus_globs(count)) {
    wide.push_back(Glob().append(glob).pattern("*"));
  }
  ask(state, {{bus_globs(count)}, {wide}}, state.range(1) != 0);
}
BENCHMARK(inclusion)->ArgsProduct({{1, 8, 64}, {0, 1}})->ArgNames({"globs", "warm"});

// One action against ten long lists of actions.
void actions(benchmark::State& state) {
  Sets sets{{{Glob().pattern("service7:ListThing7", true)}, {Glob().pattern("service*", true)}}, {}};
  for (std::size_t i = 0; i < 8; ++i) {
    sets.out.push_back(action_globs(100 + i));
    sets.out.back().erase(sets.out.back().begin() + 7);
  }
  ask(state, sets, state.range(0) != 0);
}
BENCHMARK(actions)->Arg(0)->Arg(1)->ArgName("warm");

// Two long lists that differ in one action, and share no glob as it is written.
void lists_of_actions(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<Glob> wide;
  for (const Glob& glob : action_globs(count)) {
    wide.push_back(Glob().append(glob).pattern("*"));
  }
  ask(state, {{action_globs(count)}, {wide}}, state.range(1) != 0);
}
BENCHMARK(lists_of_actions)->ArgsProduct({{400, 4000}, {0, 1}})->ArgNames({"globs", "warm"});

// The exponential case: every set of seen infixes is a state.
void infixes(benchmark::State& state) {
  Sets sets;
  for (int i = 0; i < state.range(0); ++i) {
    const std::string infix{static_cast<char>('a' + i), static_cast<char>('a' + (i * 7 + 3) % 26)};
    sets.in.push_back({Glob().pattern("*" + infix + "*")});
  }
  sets.out.push_back({Glob().pattern(std::string(static_cast<std::size_t>(state.range(0)) + 1, '?') + "*")});
  ask(state, sets, true);
}
BENCHMARK(infixes)->Arg(8)->Arg(14)->ArgName("globs")->Unit(benchmark::kMillisecond);

void intern_actions(benchmark::State& state) {
  const std::vector<Glob> globs = action_globs(static_cast<std::size_t>(state.range(0)));
  const bool again = state.range(1) != 0;
  PatternStore kept;
  kept.intern(globs);
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Glob> copy = globs;
    PatternStore fresh;
    state.ResumeTiming();
    benchmark::DoNotOptimize((again ? kept : fresh).intern(std::move(copy)));
  }
}
BENCHMARK(intern_actions)->ArgsProduct({{4000}, {0, 1}})->ArgNames({"globs", "again"});

void match_actions(benchmark::State& state) {
  const std::vector<Glob> globs = action_globs(4000);
  const bool warm = state.range(0) != 0;
  PatternStore store;
  PatternSetId set = store.intern(globs);
  for (auto _ : state) {
    if (!warm) {
      state.PauseTiming();
      store = PatternStore();
      set = store.intern(globs);
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(store.matches(set, "service7:ListThing157"));
  }
}
BENCHMARK(match_actions)->Arg(0)->Arg(1)->ArgName("warm");

void readable_bus(benchmark::State& state) {
  PatternStore store;
  const PatternSetId in[] = {store.intern({bus_format()}), store.intern(bus_globs(8))};
  const PatternSetId out[] = {store.intern(bus_globs(8, 20))};
  for (auto _ : state) {
    benchmark::DoNotOptimize(store.find_readable(in, out));
  }
}
BENCHMARK(readable_bus);

}  // namespace
}  // namespace grantproof::patterns
