// SPDX-License-Identifier: Apache-2.0
//
// What replay and match share: a file of events, read in pieces and with its mistakes said on standard error,
// and documents that are JSON or YAML.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "cli/machine.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "events/event_reader.h"
#include "syntax/node.h"

namespace grantproof::cli {

// The time of entries without one, where --time says none: the same in every run.
inline constexpr std::int64_t kDefaultEventTime = 1'767'225'600;  // 2026-01-01T00:00:00Z

struct EventCount {
  std::uint64_t events = 0;
  std::uint64_t mistakes = 0;  // what is no event; they have been said
};

// Reads to the end, past mistakes. The consumer returns a mistake of the event that only it can see.
using ConsumeEvent = std::function<std::optional<events::EventMistake>(events::IncomingEvent& event)>;
base::Expected<EventCount> read_events(const std::string& path, const events::PutEventsCall& call,
                                       events::EventReader::Envelope envelope, const Options& options,
                                       const Machine& machine, ProgressLine& progress,
                                       const ConsumeEvent& consume);

// A document by its name: .yaml and .yml are YAML, .json is JSON, and else what it begins with decides.
base::Expected<syntax::Node> read_document(const std::string& path, const Options& options,
                                           const Machine& machine, base::SourceMap& sources);

// "com.shop.orders / OrderPlaced", or as much of it as the event has.
std::string event_title(std::string_view source, std::string_view detail_type);

// "<stdin>" for "-"
std::string shown_name(const std::string& path, const Options& options);

// Warnings and notes of documents, on standard error, unless --quiet.
void say_warnings(const base::SourceMap& sources, const base::DiagnosticSink& sink, const Options& options,
                  const Machine& machine);

}  // namespace grantproof::cli
