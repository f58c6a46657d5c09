// SPDX-License-Identifier: Apache-2.0
//
// PutEvents as EventBridge answers it: what is wrong with each request entry, what makes the whole request
// fail, and the event that an accepted entry becomes. Error codes and their messages are captured ones; the
// checks run in the service's order: Source, DetailType, whether there is a Detail, whether it is a JSON
// object, whether the source is one's own to use.
//
// Nothing here is random: an event's id is made of the entry and its number, and an entry without a Time has
// the time of the call that the caller gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "events/event.h"
#include "syntax/node.h"

namespace grantproof::events {

// PutEventsRequestEntry. What is missing is nothing, what is empty is "".
struct RequestEntry {
  std::optional<std::string> source;
  std::optional<std::string> detail_type;
  std::optional<std::string> detail;
  std::optional<std::int64_t> time;  // seconds since 1970
  std::vector<std::string> resources;
  std::string event_bus_name;  // name or ARN
  base::Span span;
};

// How many of Source, DetailType and Detail an object has; none where it has what only events have.
std::size_t entry_members(const syntax::Node& node);
// Is it a request: an object with "Entries", and no event?
bool looks_like_request(const syntax::Node& node);

// Nothing, and a diagnostic, where a member is of a kind that no SDK would send.
std::optional<RequestEntry> read_request_entry(const syntax::Node& node, base::DiagnosticSink& sink);

// Bytes that the size limit counts: 14 for a Time, and Source, DetailType, Detail and Resources as UTF-8.
std::size_t entry_size(const RequestEntry& entry);

struct PutEventsCall {
  std::string account;  // of the caller; also the event's
  std::string region;
  std::int64_t time = 0;
  std::size_t size_limit = 1'048'576;  // of all entries together; 262,144 until 2026-01-29
};

// An error as it stands in the response.
struct PutEventsError {
  std::string code;
  std::string message;
};

struct EntryResult {
  std::optional<PutEventsError> error;
  std::optional<Event> event;  // where there is no error
};

// What one entry alone comes to. `number` tells equal entries apart: it goes into the event's id.
EntryResult accept_entry(const RequestEntry& entry, const PutEventsCall& call, std::uint64_t number,
                         base::SourceMap& sources);

// What makes the whole request fail: no entries, more than ten, together too large, or none of them with
// Source, DetailType and Detail.
std::optional<PutEventsError> request_error(const std::vector<RequestEntry>& entries,
                                            const PutEventsCall& call);

// A UUID made of a text, the same on every machine.
std::string made_id(std::string_view text);

}  // namespace grantproof::events
