// SPDX-License-Identifier: Apache-2.0
#include "events/put_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/fingerprint.h"
#include "base/text.h"
#include "events/event_time.h"
#include "syntax/json_writer.h"

namespace grantproof::events {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

constexpr std::size_t kMostEntries = 10;
constexpr std::size_t kBytesOfTime = 14;
constexpr std::string_view kReservedSource = "aws.";
constexpr std::string_view kOfEventsOnly = "detail-type";

void complain(base::DiagnosticSink& sink, base::Span span, std::string message, std::string help = {}) {
  sink.report({.rule = {},
               .severity = base::Severity::kError,
               .message = std::move(message),
               .primary = {.span = span, .text = {}},
               .secondary = {},
               .help = std::move(help)});
}

template <auto kText>
void read_text(const Member& member, RequestEntry& entry, base::DiagnosticSink& sink) {
  if (member.value.kind == NodeKind::kString) {
    entry.*kText = member.value.text;
    return;
  }
  const bool detail = member.key == "Detail" && member.value.kind == NodeKind::kMap;
  complain(sink, member.value.span,
           fmt::format("{} is {}, expected a string", member.key, syntax::describe(member.value.kind)),
           detail ? R"(PutEvents takes the detail as JSON text: "{\"orderId\": 1}")" : "");
}

void read_time(const Member& member, RequestEntry& entry, base::DiagnosticSink& sink) {
  const Node& node = member.value;
  entry.time = node.kind == NodeKind::kNumber   ? parse_epoch_seconds(node.text)
               : node.kind == NodeKind::kString ? parse_time(node.text)
                                                : std::nullopt;
  if (!entry.time)
    complain(sink, node.span, "this is no time", "write 2026-11-21T08:00:00Z, or seconds since 1970");
}

void read_resources(const Member& member, RequestEntry& entry, base::DiagnosticSink& sink) {
  const Node& node = member.value;
  if (node.kind != NodeKind::kList) {
    complain(sink, node.span,
             fmt::format("Resources is {}, expected a list of strings", syntax::describe(node.kind)),
             R"(write "Resources": ["ARN", …])");
    return;
  }
  for (const Node& item : node.items) {
    if (item.kind == NodeKind::kString)
      entry.resources.push_back(item.text);
    else
      complain(sink, item.span, fmt::format("a resource is a string, not {}", syntax::describe(item.kind)));
  }
}

void read_nothing(const Member& /*member*/, RequestEntry& /*entry*/, base::DiagnosticSink& /*sink*/) {}

struct EntryMember {
  std::string_view name;
  void (*read)(const Member& member, RequestEntry& entry, base::DiagnosticSink& sink);
};
constexpr std::array<EntryMember, 7> kMembers = {{
    {"Source", read_text<&RequestEntry::source>},
    {"DetailType", read_text<&RequestEntry::detail_type>},
    {"Detail", read_text<&RequestEntry::detail>},
    {"Time", read_time},
    {"Resources", read_resources},
    {"EventBusName", read_text<&RequestEntry::event_bus_name>},
    {"TraceHeader", read_nothing},
}};

void read_member(const Member& member, RequestEntry& entry, base::DiagnosticSink& sink) {
  if (member.value.kind == NodeKind::kNull)  // as if it were not there
    return;
  const auto* known = std::ranges::find(kMembers, member.key, &EntryMember::name);
  if (known != kMembers.end())
    return known->read(member, entry, sink);
  std::vector<std::string_view> names;
  std::ranges::transform(kMembers, std::back_inserter(names), &EntryMember::name);
  const auto meant = base::nearest(member.key, names);
  complain(sink, member.key_span, fmt::format("an entry has no member \"{}\"", member.key),
           meant ? fmt::format("did you mean \"{}\"?", *meant) : std::string());
}

PutEventsError required(std::string_view parameter) {
  return {"InvalidArgument",
          fmt::format("Parameter {0} is not valid. Reason: {0} is a required argument.", parameter)};
}

bool has_text(const std::optional<std::string>& text) {
  return text && !text->empty();
}

// The detail as a tree, if it is one JSON object.
bool is_json_object(std::string_view detail, base::SourceMap& sources) {
  base::DiagnosticSink mistakes;
  const base::FileId file = sources.add("Detail", std::string(detail));
  const auto node = syntax::read_json(sources, file, mistakes, kEventLimits, kEventDialect);
  return node && node->kind == NodeKind::kMap;
}

std::optional<PutEventsError> entry_error(const RequestEntry& entry, base::SourceMap& sources) {
  if (!has_text(entry.source))
    return required("Source");
  if (!has_text(entry.detail_type))
    return required("DetailType");
  if (!entry.detail)
    return required("Detail");
  if (!is_json_object(*entry.detail, sources))
    return PutEventsError{"MalformedDetail", "Detail is malformed."};
  if (entry.source->starts_with(kReservedSource))
    return PutEventsError{"NotAuthorizedForSourceException", "Not authorized for the source."};
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

std::string envelope(const RequestEntry& entry, const PutEventsCall& call, std::uint64_t number) {
  std::string resources;
  for (const std::string& resource : entry.resources)
    resources += fmt::format("{}{}", resources.empty() ? "" : ",", syntax::json_quoted(resource));
  const std::string time = write_time(entry.time.value_or(call.time));
  const std::string id = made_id(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", number, *entry.source,
                                             *entry.detail_type, time, resources, *entry.detail));
  return fmt::format(
      R"({{"version":"0","id":"{}","detail-type":{},"source":{},"account":{},"time":"{}","region":{},)"
      R"("resources":[{}],"detail":{}}})",
      id, syntax::json_quoted(*entry.detail_type), syntax::json_quoted(*entry.source),
      syntax::json_quoted(call.account), time, syntax::json_quoted(call.region), resources,
      trimmed(*entry.detail));
}

}  // namespace

std::size_t entry_members(const Node& node) {
  if (node.find(kOfEventsOnly) != nullptr)
    return 0;
  constexpr std::array<std::string_view, 3> kRequired = {"Source", "DetailType", "Detail"};
  return static_cast<std::size_t>(
      std::count_if(kRequired.begin(), kRequired.end(),
                    [&](std::string_view member) { return node.find(member) != nullptr; }));
}

bool looks_like_request(const Node& node) {
  return node.find("Entries") != nullptr && node.find(kOfEventsOnly) == nullptr;
}

std::optional<RequestEntry> read_request_entry(const Node& node, base::DiagnosticSink& sink) {
  if (node.kind != NodeKind::kMap) {
    complain(sink, node.span, fmt::format("an entry is an object, not {}", syntax::describe(node.kind)));
    return std::nullopt;
  }
  const std::size_t errors = sink.errors();
  RequestEntry entry;
  entry.span = node.span;
  for (const Member& member : node.members)
    read_member(member, entry, sink);
  return sink.errors() == errors ? std::optional(std::move(entry)) : std::nullopt;
}

std::size_t entry_size(const RequestEntry& entry) {
  std::size_t size = entry.time ? kBytesOfTime : 0;
  for (const auto* text : {&entry.source, &entry.detail_type, &entry.detail})
    size += text->has_value() ? (*text)->size() : 0;
  for (const std::string& resource : entry.resources)
    size += resource.size();
  return size;
}

EntryResult accept_entry(const RequestEntry& entry, const PutEventsCall& call, std::uint64_t number,
                         base::SourceMap& sources) {
  EntryResult result;
  result.error = entry_error(entry, sources);
  if (result.error)
    return result;
  base::DiagnosticSink mistakes;
  const base::FileId file = sources.add("event", envelope(entry, call, number));
  result.event = read_event(sources, file, mistakes);
  if (!result.event)
    result.error = PutEventsError{"MalformedDetail", "Detail is malformed."};
  return result;
}

std::optional<PutEventsError> request_error(const std::vector<RequestEntry>& entries,
                                            const PutEventsCall& call) {
  constexpr std::string_view kCode = "ValidationException";
  if (entries.empty() || entries.size() > kMostEntries) {
    return PutEventsError{
        std::string(kCode),
        fmt::format("1 validation error detected: Value at 'entries' failed to satisfy constraint: Member "
                    "must have length {} than or equal to {}",
                    entries.empty() ? "greater" : "less", entries.empty() ? 1 : kMostEntries)};
  }
  std::size_t size = 0;
  for (const RequestEntry& entry : entries)
    size += entry_size(entry);
  if (size > call.size_limit)
    return PutEventsError{std::string(kCode), "Total size of the entries in the request is over the limit."};
  const bool one_complete = std::any_of(entries.begin(), entries.end(), [](const RequestEntry& entry) {
    return has_text(entry.source) && has_text(entry.detail_type) && entry.detail;
  });
  if (!one_complete)
    return PutEventsError{std::string(kCode), "No entry of the request has Source, DetailType and Detail."};
  return std::nullopt;
}

std::string made_id(std::string_view text) {
  std::string id = base::fingerprint(text).text();
  // Version 8 of RFC 9562: of one's own making.
  id[12] = '8';
  id[16] = "89ab"[static_cast<unsigned char>(id[16]) % 4];
  for (const std::size_t dash : {20U, 16U, 12U, 8U})
    id.insert(dash, 1, '-');
  return id;
}

}  // namespace grantproof::events
