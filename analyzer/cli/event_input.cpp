// SPDX-License-Identifier: Apache-2.0
#include "cli/event_input.h"

#include <fmt/format.h>

#include <utility>

#include "cli/diagnostic_text.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "syntax/json_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::cli {
namespace {

constexpr std::uint64_t kMostMistakesSaid = 50;

bool is_json(const std::string& path, std::string_view text) {
  if (path.ends_with(".yaml") || path.ends_with(".yml"))
    return false;
  if (path.ends_with(".json"))
    return true;
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

}  // namespace

std::string event_title(std::string_view source, std::string_view detail_type) {
  const std::string_view between = source.empty() || detail_type.empty() ? "" : " / ";
  return fmt::format("{}{}{}", source, between, detail_type);
}

std::string shown_name(const std::string& path, const Options& options) {
  if (path != "-")
    return path;
  return options.stdin_filename.empty() ? "<stdin>" : options.stdin_filename;
}

base::Expected<EventCount> read_events(const std::string& path, const events::PutEventsCall& call,
                                       events::EventReader::Envelope envelope, const Options& options,
                                       const Machine& machine, ProgressLine& progress,
                                       const ConsumeEvent& consume) {
  const std::string file = shown_name(path, options);
  EventCount count;
  const auto say = [&](const events::EventMistake& mistake) {
    if (++count.mistakes > kMostMistakesSaid)
      return;
    progress.clear();
    std::string text =
        fmt::format("{}:{}:{}: error: {}\n", reports::printable(reports::tidy_path(file), false),
                    mistake.at.line, mistake.at.column, reports::printable(mistake.message, false));
    if (!mistake.help.empty())
      text += fmt::format("  {}\n", reports::printable(mistake.help, false));
    machine.errors(text);
    if (count.mistakes == kMostMistakesSaid)
      machine.errors("  … further mistakes of this file are not shown\n");
  };
  events::EventReader reader(call, envelope,
                             {.event =
                                  [&](events::IncomingEvent& event) {
                                    ++count.events;
                                    if (const auto mistake = consume(event))
                                      say(*mistake);
                                    return true;
                                  },
                              .mistake = say});
  const auto read = machine.for_each_piece(path, [&](std::string_view piece) {
    const bool more = reader.feed(piece);
    progress.update(reader.events(), reader.bytes());
    return more;
  });
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  reader.finish();
  progress.clear();
  return count;
}

base::Expected<syntax::Node> read_document(const std::string& path, const Options& options,
                                           const Machine& machine, base::SourceMap& sources) {
  auto text = path == "-" ? machine.standard_input() : machine.files->read_file(path);
  if (!text)
    return tl::unexpected<base::Error>(text.error());
  const bool json = is_json(path, *text);
  const base::FileId file = sources.add(shown_name(path, options), std::move(*text));
  base::DiagnosticSink sink;
  auto node = json ? syntax::read_json(sources, file, sink) : syntax::read_yaml(sources, file, sink);
  if (!node || sink.errors() > 0)
    return base::error(error_text(sources, sink));
  return std::move(*node);
}

void say_warnings(const base::SourceMap& sources, const base::DiagnosticSink& sink, const Options& options,
                  const Machine& machine) {
  if (options.quiet > 0)
    return;
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity != base::Severity::kError)
      machine.errors(diagnostic_text(sources, diagnostic) + "\n");
  }
}

}  // namespace grantproof::cli
