// SPDX-License-Identifier: Apache-2.0
//
// A file of events, in any of the forms people have: full events, PutEvents entries, whole PutEvents requests
// ({"Entries": […]}); one JSON value, a list, or one value a line (NDJSON). The file is read in pieces and
// handed on one value at a time, in constant memory.
//
// Entries that stand alone or in a list are each a request of their own; only "Entries" makes a request of
// several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "events/event.h"
#include "events/put_events.h"
#include "events/value_cutter.h"

namespace grantproof::events {

// One event, or one entry that became none. Everything is valid until the consumer returns.
struct IncomingEvent {
  std::uint64_t number = 0;  // in the file, from 1; entries of a request count one by one
  base::LineColumn begin;    // where it stands in the file
  bool put = false;          // an entry, and no full event
  std::string source;
  std::string detail_type;
  std::string event_bus_name;                   // of an entry: name or ARN; may be empty
  std::size_t size = 0;                         // of an entry, as the size limit counts
  bool first_of_request = false;                // the call is counted once
  std::optional<PutEventsError> request_error;  // with it, `event` is nothing
  std::optional<PutEventsError> error;
  std::optional<Event> event;
};

// A mistake, with its place in the file.
struct EventMistake {
  base::LineColumn at;
  std::string message;
  std::string help;
};

class EventReader {
 public:
  enum class Envelope {
    kRequired,  // an object that is no entry must have what every event has
    kAny,       // any object is an event: for `match`
  };
  struct Consumers {
    std::function<bool(IncomingEvent& event)> event;  // false: stop
    std::function<void(const EventMistake& mistake)> mistake;
  };
  EventReader(PutEventsCall call, Envelope envelope, Consumers consumers);

  // False once nothing more is taken.
  bool feed(std::string_view piece) { return cutter_.feed(piece); }
  void finish();

  std::uint64_t events() const { return events_; }
  std::uint64_t mistakes() const { return mistakes_; }
  std::size_t bytes() const { return cutter_.bytes(); }

 private:
  bool take(const CutValue& value);
  bool take_request(const syntax::Node& request, const CutValue& value, base::SourceMap& sources);
  // `request_error`: what its request fails for as a whole.
  bool take_entry(const RequestEntry& entry, base::LineColumn begin, bool first_of_request,
                  const std::optional<PutEventsError>& request_error, base::SourceMap& sources);
  bool hand_on(IncomingEvent& event);
  void complain(const base::SourceMap& sources, const base::DiagnosticSink& sink, const CutValue& value);

  PutEventsCall call_;
  Envelope envelope_;
  Consumers consumers_;
  ValueCutter cutter_;
  std::uint64_t events_ = 0;
  std::uint64_t mistakes_ = 0;
};

// "12:5" in a value that begins at `begin`, as a place in the file around it.
base::LineColumn place_in_file(base::LineColumn begin, base::LineColumn in_value);

}  // namespace grantproof::events
