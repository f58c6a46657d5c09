// SPDX-License-Identifier: Apache-2.0
//
// The compiled matcher over many events, against the speed of reading JSON alone.
//
//   route_events EVENTS.jsonl RULES.jsonl [--counts FILE] [--threads N] [--times N]
//
// EVENTS: an event a line. RULES: an event pattern a line. --counts: matches of each rule, a number a line,
// that must come out; exit 1 where they do not. Figures are CPU seconds of the thread (with --threads:
// seconds of the clock).
#include <fmt/format.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/source.h"
#include "events/event_pattern_reader.h"
#include "router/bus_matcher.h"

namespace {

using namespace grantproof;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double clock_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "{}: cannot be read\n", path);
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end != 0)
      lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

void add_rules(const std::vector<std::string_view>& rules, router::BusMatcher& matcher) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const base::FileId file = sources.add("rule", std::string(rules[i]));
    const auto pattern = events::read_event_pattern(sources, file, sink);
    if (!pattern) {
      fmt::print(stderr, "rule {} is not valid: {}\n", i, rules[i]);
      std::exit(2);
    }
    matcher.add(i, *pattern);
  }
}

std::size_t match_all(const router::BusMatcher& matcher, const std::vector<std::string_view>& events,
                      std::size_t first, std::size_t last, std::vector<std::uint64_t>* counts) {
  router::MatchSession session(matcher);
  std::size_t matches = 0;
  for (std::size_t i = first; i < last; ++i) {
    const auto matched = session.match(events[i]);
    if (!matched) {
      fmt::print(stderr, "event {}: {}\n", i, matched.error().message);
      std::exit(2);
    }
    matches += matched->size();
    if (counts != nullptr) {
      for (const router::RuleNumber rule : *matched)
        ++(*counts)[rule];
    }
  }
  return matches;
}

// What reading alone costs: simdjson's document of each event.
double parse_seconds(const std::vector<std::string_view>& events) {
  simdjson::dom::parser parser;
  std::size_t kept = 0;
  const double begin = cpu_seconds();
  for (const std::string_view event : events) {
    simdjson::dom::element element;
    if (parser.parse(event.data(), event.size(), true).get(element) != simdjson::SUCCESS)
      std::exit(2);
    kept += element.is_object() ? 1U : 0U;
  }
  const double seconds = cpu_seconds() - begin;
  return kept == events.size() ? seconds : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "route_events EVENTS.jsonl RULES.jsonl [--counts FILE] [--threads N] [--times N]\n");
    return 2;
  }
  const char* counts_path = nullptr;
  std::size_t threads = 1, times = 1;
  for (int i = 3; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--counts")
      counts_path = argv[i + 1];
    if (option == "--threads")
      threads = std::stoul(argv[i + 1]);
    if (option == "--times")
      times = std::stoul(argv[i + 1]);
  }
  const std::string rule_text = read(argv[2]);
  const std::vector<std::string_view> rules = lines_of(rule_text);
  const double memory_before = peak_megabytes();
  const double build_begin = cpu_seconds();
  router::BusMatcher matcher;
  add_rules(rules, matcher);
  const double build = cpu_seconds() - build_begin;
  const double memory = peak_megabytes() - memory_before;

  const std::string event_text = read(argv[1]);
  const std::vector<std::string_view> events = lines_of(event_text);
  std::vector<std::uint64_t> counts(rules.size());
  const std::size_t matches = match_all(matcher, events, 0, events.size(), &counts);
  double best = 1e9, best_parse = 1e9;
  for (std::size_t i = 0; i < times; ++i) {
    const double begin = cpu_seconds();
    match_all(matcher, events, 0, events.size(), nullptr);
    best = std::min(best, cpu_seconds() - begin);
    best_parse = std::min(best_parse, parse_seconds(events));
  }
  const auto count = static_cast<double>(events.size());
  fmt::print(
      "{} rules, {} events, {} matches: build {:.3f} s, {:.1f} MB; {:.0f} k events/s, {:.2f} GB/s; "
      "simdjson alone {:.0f} k events/s, ratio {:.2f}\n",
      rules.size(), events.size(), matches, build, memory, count / best / 1e3,
      static_cast<double>(event_text.size()) / best / 1e9, count / best_parse / 1e3, best_parse / best);
  if (threads > 1) {
    double best_together = 1e9, best_alone = 1e9;
    for (std::size_t i = 0; i < times; ++i) {
      double begin = clock_seconds();
      match_all(matcher, events, 0, events.size(), nullptr);
      best_alone = std::min(best_alone, clock_seconds() - begin);
      begin = clock_seconds();
      std::vector<std::jthread> running;
      for (std::size_t thread = 0; thread < threads; ++thread)
        running.emplace_back([&, thread] {
          match_all(matcher, events, thread * events.size() / threads, (thread + 1) * events.size() / threads,
                    nullptr);
        });
      running.clear();
      best_together = std::min(best_together, clock_seconds() - begin);
    }
    fmt::print("{} threads: {:.2f} times one\n", threads, best_alone / best_together);
  }
  if (counts_path == nullptr)
    return 0;
  const std::string expected_text = read(counts_path);
  const std::vector<std::string_view> expected = lines_of(expected_text);
  std::size_t wrong = expected.size() == counts.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(expected.size(), counts.size()); ++i) {
    if (std::stoull(std::string(expected[i])) != counts[i]) {
      if (++wrong < 10)
        fmt::print("rule {} matches {}, not {}: {}\n", i, counts[i], expected[i], rules[i]);
    }
  }
  fmt::print("{}\n", wrong == 0 ? "counts agree" : "counts differ");
  return wrong == 0 ? 0 : 1;
}
