// SPDX-License-Identifier: Apache-2.0
//
// grantproof match: one event pattern against the events of a file, or every case of a file of cases.
#include <fmt/format.h>

#include <utility>

#include "cli/commands.h"
#include "cli/diagnostic_text.h"
#include "cli/event_input.h"
#include "cli/inputs.h"
#include "cli/match_cases.h"
#include "cli/output.h"
#include "cli/streamed_report.h"
#include "events/event_pattern_reader.h"
#include "reports/json_parts.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "router/bus_matcher.h"
#include "router/explain_match.h"

namespace grantproof::cli {
namespace {

using reports::Ink;

// Where entries are put: a pattern on account and region sees these.
constexpr std::string_view kAccount = "123456789012";
constexpr std::string_view kRegion = "us-east-1";

struct MatchResult {
  std::uint64_t number = 0;
  base::LineColumn begin;
  bool matches = false;
  std::string source;
  std::string detail_type;
  std::string rejected;                                 // an entry that PutEvents does not take: why
  std::optional<router::MatchExplanation> explanation;  // borrows the event
};

struct MatchCount {
  std::uint64_t events = 0;
  std::uint64_t matching = 0;
};

std::string result_text(const MatchResult& result, const std::string& file,
                        const reports::RenderOptions& options) {
  const auto shown = [&options](std::string_view text) { return reports::printable(text, options.ascii); };
  constexpr std::size_t kVerdictWidth = 10;
  const auto row = [&](std::string_view verdict, Ink ink) {
    return reports::paint(reports::padded(std::string(verdict), kVerdictWidth), ink, options.colour);
  };
  std::string text = !result.rejected.empty() ? row("rejected", Ink::kError)
                     : result.matches         ? row("match", Ink::kGood)
                                              : row("no match", Ink::kWarning);
  text += fmt::format("{}:{}", shown(file), result.begin.line);
  if (!result.rejected.empty())
    text += "  " + shown(result.rejected);
  else if (!result.source.empty() || !result.detail_type.empty())
    text += "  " + shown(event_title(result.source, result.detail_type));
  text += '\n';
  if (!result.explanation)
    return text;
  for (const router::FieldExplanation& field : result.explanation->fields)
    text += fmt::format("  {} {}\n", field.matcher ? row("held", Ink::kPlain) : row("failed", Ink::kPlain),
                        shown(router::field_text(field)));
  if (result.explanation->incomplete)
    text += fmt::format("  {}; another field may be the one that fails\n", router::kIncomplete);
  return text;
}

std::string result_json(const MatchResult& result) {
  reports::Members members;
  members.emplace_back("event", reports::count_node(result.number));
  members.emplace_back("line", reports::count_node(result.begin.line));
  members.emplace_back("matches", syntax::bool_node(result.matches));
  reports::add_text(members, "source", result.source);
  reports::add_text(members, "detail_type", result.detail_type);
  reports::add_text(members, "rejected", result.rejected);
  if (result.explanation) {
    std::vector<syntax::Node> fields;
    for (const router::FieldExplanation& field : result.explanation->fields) {
      fields.push_back(syntax::map_node({{"field", reports::text_node(field.test->path)},
                                         {"holds", syntax::bool_node(field.matcher.has_value())},
                                         {"reason", reports::text_node(router::field_text(field))}}));
    }
    members.emplace_back("fields", syntax::list_node(std::move(fields)));
  }
  return syntax::write_json(syntax::map_node(std::move(members)));
}

base::Expected<void> finish(StreamedReport& report, const MatchCount& count) {
  if (report.is_json())
    report.summary(fmt::format(R"({{"events":{},"matching":{}}})", count.events, count.matching));
  else
    report.text(fmt::format("{} of {} {}\n", count.matching, reports::counted(count.events, "event"),
                            count.matching == 1 || count.events == 1 ? "matches" : "match"));
  return report.finish();
}

base::Expected<events::EventPattern> read_pattern(const std::string& argument, const Options& options,
                                                  const Machine& machine, base::SourceMap& sources) {
  const bool written_out = argument.starts_with('{');
  auto text = written_out       ? base::Expected<std::string>(argument)
              : argument == "-" ? machine.standard_input()
                                : machine.files->read_file(argument);
  if (!text)
    return tl::unexpected<base::Error>(text.error());
  const base::FileId file =
      sources.add(written_out ? "<pattern>" : shown_name(argument, options), std::move(*text));
  base::DiagnosticSink sink;
  auto pattern = events::read_event_pattern(sources, file, sink);
  if (!pattern)
    return base::error(error_text(sources, sink));
  say_warnings(sources, sink, options, machine);
  return std::move(*pattern);
}

}  // namespace

base::Expected<int> command_match(const Options& options, const Machine& machine) {
  if (!options.cases.empty())
    return match_cases(options.cases, options.quiet > 0, machine);
  const auto requests = requested_reports(options, {"text", "json", "ndjson"});
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());
  base::SourceMap sources;
  const auto pattern = read_pattern(options.arguments[0], options, machine, sources);
  if (!pattern)
    return tl::unexpected<base::Error>(pattern.error());
  router::BusMatcher matcher;
  matcher.add(0, *pattern);
  router::MatchSession session(matcher);

  const std::string file = shown_name(options.arguments[1], options);
  const reports::RenderOptions render = render_options(options, machine);
  std::vector<StreamedReport> streams = streamed_reports(*requests, "grantproof-match/1", options, machine);

  MatchCount matches;
  const auto match_one = [&](events::IncomingEvent& incoming) -> std::optional<events::EventMistake> {
    MatchResult result;
    result.number = incoming.number;
    result.begin = incoming.begin;
    result.source = incoming.source;
    result.detail_type = incoming.detail_type;
    if (incoming.event) {
      const auto matched = session.match(incoming.event->text);
      if (!matched)
        return events::EventMistake{incoming.begin, matched.error().message, {}};
      result.matches = !matched->empty();
      if (options.explain)
        result.explanation = router::explain_match(*pattern, incoming.event->envelope);
    } else {
      const auto& error = incoming.request_error ? incoming.request_error : incoming.error;
      result.rejected = fmt::format("{}: {}", error->code, error->message);
    }
    ++matches.events;
    matches.matching += result.matches ? 1 : 0;
    for (StreamedReport& stream : streams) {
      if (stream.is_json())
        stream.event(result_json(result));
      else
        stream.text(result_text(result, file, render));
    }
    return std::nullopt;
  };
  const bool text_on_terminal = machine.output_is_terminal && options.quiet < 2;
  ProgressLine progress(machine, machine.errors_is_terminal && !text_on_terminal && options.quiet == 0);
  const auto count = read_events(options.arguments[1],
                                 {.account = std::string(kAccount),
                                  .region = std::string(kRegion),
                                  .time = options.time.value_or(kDefaultEventTime)},
                                 events::EventReader::Envelope::kAny, options, machine, progress, match_one);
  if (!count)
    return tl::unexpected<base::Error>(count.error());
  for (StreamedReport& stream : streams) {
    if (auto finished = finish(stream, matches); !finished)
      return tl::unexpected<base::Error>(finished.error());
  }
  if (count->mistakes > 0)
    return kWrongUse;
  if (matches.events == 0)
    return base::error(fmt::format("{} has no events", file));
  return matches.matching == matches.events ? kNothingFound : kFound;
}

}  // namespace grantproof::cli
