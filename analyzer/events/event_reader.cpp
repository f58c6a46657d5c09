// SPDX-License-Identifier: Apache-2.0
#include "events/event_reader.h"

#include <fmt/format.h>

#include <utility>

namespace grantproof::events {
namespace {

using syntax::Node;
using syntax::NodeKind;

}  // namespace

base::LineColumn place_in_file(base::LineColumn begin, base::LineColumn in_value) {
  base::LineColumn place;
  place.line = begin.line + in_value.line - 1;
  place.column = in_value.line == 1 ? begin.column + in_value.column - 1 : in_value.column;
  return place;
}

EventReader::EventReader(PutEventsCall call, Envelope envelope, Consumers consumers)
    : call_(std::move(call)),
      envelope_(envelope),
      consumers_(std::move(consumers)),
      cutter_([this](const CutValue& value) { return take(value); }, kEventLimits.bytes) {}

void EventReader::finish() {
  cutter_.finish();
  if (const auto& mistake = cutter_.mistake()) {
    ++mistakes_;
    consumers_.mistake({mistake->at, mistake->message, mistake->help});
  }
}

bool EventReader::take(const CutValue& value) {
  // A map for each value: what has been handed on is forgotten.
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("events", std::string(value.text));
  std::optional<Event> read = read_event(sources, file, sink);
  if (!read) {
    complain(sources, sink, value);
    return true;
  }
  if (looks_like_request(read->envelope))
    return take_request(read->envelope, value, sources);

  // Where any object is an event, one of the names may be the event's own.
  const std::size_t least = envelope_ == Envelope::kAny ? 2 : 1;
  const bool is_entry = entry_members(read->envelope) >= least;
  const auto entry = is_entry ? read_request_entry(read->envelope, sink) : std::nullopt;
  if (!is_entry && envelope_ == Envelope::kRequired)
    check_envelope(*read, sink);
  if (sink.errors() > 0) {
    complain(sources, sink, value);
    return true;
  }
  if (entry) {
    // Alone it fails by itself, for all but its size.
    const bool too_large = entry_size(*entry) > call_.size_limit;
    return take_entry(*entry, value.begin, true, too_large ? request_error({*entry}, call_) : std::nullopt,
                      sources);
  }
  IncomingEvent incoming;
  incoming.begin = value.begin;
  incoming.event = std::move(read);
  incoming.source = incoming.event->text_of("source");
  incoming.detail_type = incoming.event->text_of("detail-type");
  return hand_on(incoming);
}

bool EventReader::take_request(const Node& request, const CutValue& value, base::SourceMap& sources) {
  base::DiagnosticSink sink;
  const Node& list = *request.find("Entries");
  std::vector<RequestEntry> entries;
  if (list.kind != NodeKind::kList) {
    sink.report({.rule = {},
                 .severity = base::Severity::kError,
                 .message = fmt::format("Entries is {}, expected a list", syntax::describe(list.kind)),
                 .primary = {.span = list.span, .text = {}},
                 .secondary = {},
                 .help = R"(write "Entries": [{"Source": …, "DetailType": …, "Detail": …}, …])"});
  }
  for (const Node& item : list.items) {
    if (auto entry = read_request_entry(item, sink))
      entries.push_back(std::move(*entry));
  }
  if (sink.errors() > 0) {
    complain(sources, sink, value);
    return true;
  }
  const auto failed = request_error(entries, call_);
  if (entries.empty()) {  // nothing to say it of but the request itself
    IncomingEvent incoming;
    incoming.begin = value.begin;
    incoming.put = true;
    incoming.first_of_request = true;
    incoming.request_error = failed;
    return hand_on(incoming);
  }
  bool first = true;
  for (const RequestEntry& entry : entries) {
    const base::LineColumn begin = place_in_file(value.begin, sources.locate(entry.span).begin);
    if (!take_entry(entry, begin, std::exchange(first, false), failed, sources))
      return false;
  }
  return true;
}

bool EventReader::take_entry(const RequestEntry& entry, base::LineColumn begin, bool first_of_request,
                             const std::optional<PutEventsError>& request_error, base::SourceMap& sources) {
  IncomingEvent incoming;
  incoming.begin = begin;
  incoming.put = true;
  incoming.source = entry.source.value_or("");
  incoming.detail_type = entry.detail_type.value_or("");
  incoming.event_bus_name = entry.event_bus_name;
  incoming.size = entry_size(entry);
  incoming.first_of_request = first_of_request;
  incoming.request_error = request_error;
  EntryResult result = accept_entry(entry, call_, events_ + 1, sources);
  incoming.error = std::move(result.error);
  if (!request_error)
    incoming.event = std::move(result.event);
  return hand_on(incoming);
}

bool EventReader::hand_on(IncomingEvent& event) {
  event.number = ++events_;
  return consumers_.event(event);
}

void EventReader::complain(const base::SourceMap& sources, const base::DiagnosticSink& sink,
                           const CutValue& value) {
  // The first mistake of a value is the one that helps; a file has many values.
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity != base::Severity::kError)
      continue;
    ++mistakes_;
    consumers_.mistake({place_in_file(value.begin, sources.locate(diagnostic.primary.span).begin),
                        diagnostic.message, diagnostic.help});
    return;
  }
}

}  // namespace grantproof::events
