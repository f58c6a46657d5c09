// SPDX-License-Identifier: Apache-2.0
//
// An event as rules see it: the JSON object around a source's own detail, with version, id, detail-type,
// source, account, time, region, resources and detail. Made by event_reader.h from a file, or by put_events.h
// from a request entry; sent on by router/router.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/json_reader.h"
#include "syntax/node.h"

namespace grantproof::events {

// How deep and large an event may be. EventBridge takes 1 MiB and 1,000 levels of detail.
inline constexpr syntax::JsonLimits kEventLimits{
    .depth = 1004, .bytes = std::size_t{16} * 1024 * 1024, .nodes = 4'000'000};

// Members may stand twice, and numbers may be larger than a double.
inline constexpr syntax::JsonDialect kEventDialect{
    .byte_order_mark = true, .duplicate_keys = true, .text_after_end = false, .large_numbers = true};

// `text` is JSON, `envelope` the same as a tree; the spans are those of the source it was read from. A
// member that stands twice is in both.
struct Event {
  std::string text;
  syntax::Node envelope;

  // The text of a member at the top: "source", "detail-type", …; "" where there is none or it is no string.
  std::string_view text_of(std::string_view member) const;
};

// A JSON object as an event, whatever its members. Nothing, and a diagnostic, where the text is none. Members
// that stand twice are no mistake: both are looked at.
std::optional<Event> read_event(const base::SourceMap& sources, base::FileId file,
                                base::DiagnosticSink& sink);

// The members without which EventBridge takes no event for one (TestEventPattern asks for them): a diagnostic
// for each that is missing or of the wrong kind.
void check_envelope(const Event& event, base::DiagnosticSink& sink);

// The same event with other values of members at the top, put where they stood, or where EventBridge puts
// them: "replay-name" stands between "region" and "resources".
Event with_member(const Event& event, std::string_view member, std::string_view value);

}  // namespace grantproof::events
