// SPDX-License-Identifier: Apache-2.0
//
// The compiled matcher: rules that do not match cost nothing, and large arrays cost what they are long. For
// rates over files of events see route_events.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/source.h"
#include "events/event_pattern_reader.h"
#include "router/bus_matcher.h"

namespace {

using namespace grantproof;

events::EventPattern pattern(const std::string& text) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  return events::read_event_pattern(sources, sources.add("pattern.json", text), sink).value();
}

// Each rule wants another customer; one event in a bus of that many rules.
void rules_that_do_not_match(benchmark::State& state) {
  router::BusMatcher bus;
  for (std::uint32_t i = 0; i < state.range(0); ++i) {
    bus.add(
        i, pattern(fmt::format(
               R"({{"source":["shop"],"detail":{{"customer":["c{}"],"total":[{{"numeric":[">",{}]}}]}}}})", i,
               i % 100)));
  }
  router::MatchSession session(bus);
  const std::string event =
      R"({"source":"shop","detail":{"customer":"c7","total":50,"items":[{"sku":"a"},{"sku":"b"}]}})";
  std::size_t matches = 0;
  for (auto _ : state)
    matches = session.match(event)->size();
  state.counters["matches"] = static_cast<double>(matches);
}
BENCHMARK(rules_that_do_not_match)->Arg(10)->Arg(1'000)->Arg(100'000);

// Two fields that never lie in one element.
void elements_of_an_array(benchmark::State& state) {
  router::BusMatcher bus;
  bus.add(0, pattern(R"({"detail":{"points":{"x":[{"numeric":[">",1]}],"y":[{"numeric":["<",1]}]}}})"));
  router::MatchSession session(bus);
  std::string event = R"({"detail":{"points":[)";
  for (std::int64_t i = 0; i < state.range(0); ++i)
    event += i % 2 == 0 ? R"({"x":2,"y":2},)" : R"({"x":0,"y":0},)";
  event += "0]}}";
  std::size_t matches = 0;
  for (auto _ : state)
    matches = session.match(event)->size();
  state.counters["matches"] = static_cast<double>(matches);
  state.SetComplexityN(state.range(0));
}
BENCHMARK(elements_of_an_array)->RangeMultiplier(10)->Range(100, 100'000)->Complexity();

}  // namespace
