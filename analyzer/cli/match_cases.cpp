// SPDX-License-Identifier: Apache-2.0
#include "cli/match_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "cli/case_lines.h"
#include "cli/commands.h"
#include "events/event_pattern_reader.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "router/bus_matcher.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::cli {
namespace {

using syntax::Node;
using syntax::NodeKind;

using RuleNumbers = std::vector<router::RuleNumber>;

std::string numbers_json(const RuleNumbers& numbers) {
  std::string text;
  for (const router::RuleNumber number : numbers)
    text += fmt::format("{}{}", text.empty() ? "" : ",", number);
  return "[" + text + "]";
}

// The value of a number node that counts something.
std::optional<router::RuleNumber> rule_number(const Node& node) {
  constexpr std::size_t kMostDigits = 9;
  if (node.kind != NodeKind::kNumber || node.text.size() > kMostDigits ||
      node.text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return static_cast<router::RuleNumber>(std::stoul(node.text));
}

class CaseRun {
 public:
  CaseRun(CaseLines& lines, const Machine& machine) : lines_(lines), machine_(machine) {}

  void line(std::string_view text) {
    // A map for each line: what was decided is forgotten.
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const auto node = syntax::read_json(sources, sources.add(lines_.shown_path(), std::string(text)), sink);
    if (!node) {
      unreadable(sink.diagnostics().empty() ? "no JSON" : sink.diagnostics().front().message);
      return;
    }
    const Node* id = node->find("id");
    const std::string name = id == nullptr ? std::string() : id->text;
    if (node->find("rules") != nullptr)
      many_rules(*node, name, sources);
    else
      one_pattern(*node, name, sources);
  }

  int exit_code() const {
    if (unreadable_ > 0)
      return kWrongUse;
    return mismatches_ > 0 || not_decided_ > 0 ? kFound : kNothingFound;
  }

  std::string summary() const {
    std::string text =
        fmt::format("{}, {} with an expected result: {} agree", reports::counted(lines_.count(), "case"),
                    expected_, expected_ - mismatches_);
    const std::pair<std::size_t, std::string_view> kinds[] = {
        {mismatches_, "differ"}, {not_decided_, "not decided"}, {unreadable_, "unreadable"}};
    for (const auto& [number, what] : kinds) {
      if (number > 0)
        text += fmt::format(", {} {}", number, what);
    }
    return text + "\n";
  }

 private:
  void unreadable(std::string_view message) {
    ++unreadable_;
    machine_.output(fmt::format("{{\"id\":null,\"line\":{}}}\n", lines_.line()));
    lines_.complain("", message);
  }

  void differs(std::string_view id, std::string_view message) {
    ++mismatches_;
    lines_.complain(id, message);
  }

  // A rule or an event is none.
  void not_decided(bool expected, std::string_view id, std::string_view message) {
    if (expected)
      return differs(id, message);
    ++not_decided_;
    lines_.complain(id, message);
  }

  std::optional<events::EventPattern> pattern(const std::string& text, base::SourceMap& sources,
                                              base::DiagnosticSink& sink) {
    return events::read_event_pattern(sources, sources.add("pattern", text), sink);
  }

  void one_pattern(const Node& of, const std::string& id, base::SourceMap& sources) {
    const Node* pattern_text = of.find("pattern");
    const Node* event = of.find("event");
    if (pattern_text == nullptr || event == nullptr || pattern_text->kind != NodeKind::kString ||
        event->kind != NodeKind::kString) {
      unreadable(R"(a case has "pattern" and "event", each JSON text in a string)");
      return;
    }
    base::DiagnosticSink sink;
    const auto read = pattern(pattern_text->text, sources, sink);
    bool matches = false;
    std::string mistake;
    if (read) {
      router::BusMatcher matcher;
      matcher.add(0, *read);
      router::MatchSession session(matcher);
      const auto matched = session.match(event->text);
      matches = matched && !matched->empty();
      if (!matched)
        mistake = matched.error().message;
    } else if (!sink.diagnostics().empty()) {
      mistake = sink.diagnostics().front().message;
    }
    machine_.output(fmt::format("{{\"id\":{},\"valid\":{},\"matches\":{}{}}}\n", syntax::json_quoted(id),
                                read.has_value(), matches,
                                mistake.empty() ? "" : ",\"error\":" + syntax::json_quoted(mistake)));
    const Node* valid = of.find("valid");
    const Node* expected = of.find("matches");
    const bool has_expected = valid != nullptr || expected != nullptr;
    expected_ += has_expected ? 1 : 0;
    if (valid != nullptr && valid->boolean != read.has_value())
      differs(id, fmt::format("expected {} pattern; {}", valid->boolean ? "a valid" : "an invalid",
                              mistake.empty() ? "none of its mistakes was found" : mistake));
    else if (read && !mistake.empty())
      not_decided(has_expected, id, mistake);
    else if (expected != nullptr && expected->boolean != matches)
      differs(id, expected->boolean ? "expected a match" : "expected no match");
  }

  void many_rules(const Node& of, const std::string& id, base::SourceMap& sources) {
    const Node& rules = *of.find("rules");
    const Node* events = of.find("events");
    const Node* expected = of.find("matches");
    if (rules.kind != NodeKind::kList || events == nullptr || events->kind != NodeKind::kList) {
      unreadable(R"(a case of many rules has "rules" and "events", both lists of JSON texts)");
      return;
    }
    router::BusMatcher matcher;
    std::string mistake;
    for (std::size_t i = 0; i < rules.items.size(); ++i) {
      base::DiagnosticSink sink;
      if (const auto read = pattern(rules.items[i].text, sources, sink))
        matcher.add(static_cast<router::RuleNumber>(i), *read);
      else if (mistake.empty())
        mistake = fmt::format("rule {} is invalid: {}", i,
                              sink.diagnostics().empty() ? "" : sink.diagnostics().front().message);
    }
    router::MatchSession session(matcher);
    std::vector<RuleNumbers> found;
    for (std::size_t i = 0; i < events->items.size(); ++i) {
      const auto matched = session.match(events->items[i].text);
      found.emplace_back();
      if (matched)
        found.back().assign(matched->begin(), matched->end());
      else if (mistake.empty())
        mistake = fmt::format("event {}: {}", i, matched.error().message);
    }
    std::string all;
    for (const RuleNumbers& numbers : found)
      all += fmt::format("{}{}", all.empty() ? "" : ",", numbers_json(numbers));
    machine_.output(fmt::format("{{\"id\":{},\"matches\":[{}]}}\n", syntax::json_quoted(id), all));
    expected_ += expected != nullptr ? 1 : 0;
    if (!mistake.empty())
      not_decided(expected != nullptr, id, mistake);
    else if (expected != nullptr)
      compare(id, *expected, found);
  }

  void compare(const std::string& id, const Node& expected, const std::vector<RuleNumbers>& found) {
    if (expected.items.size() != found.size()) {
      differs(id, fmt::format("{} events, but {} expected results", found.size(), expected.items.size()));
      return;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      RuleNumbers wanted;
      for (const Node& item : expected.items[i].items) {
        if (const auto number = rule_number(item))
          wanted.push_back(*number);
      }
      std::sort(wanted.begin(), wanted.end());
      if (wanted == found[i])
        continue;
      differs(id,
              fmt::format("event {}: expected {}, got {}", i, numbers_json(wanted), numbers_json(found[i])));
      return;
    }
  }

  CaseLines& lines_;
  const Machine& machine_;
  std::size_t expected_ = 0;
  std::size_t mismatches_ = 0;
  std::size_t not_decided_ = 0;
  std::size_t unreadable_ = 0;
};

}  // namespace

base::Expected<int> match_cases(const std::string& path, bool quiet, const Machine& machine) {
  return run_cases<CaseRun>(path, quiet, machine);
}

}  // namespace grantproof::cli
