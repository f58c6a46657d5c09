// SPDX-License-Identifier: Apache-2.0
#include "events/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "syntax/json_writer.h"

namespace grantproof::events {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

struct RequiredMember {
  std::string_view name;
  NodeKind kind;
  std::string_view example;
};
// As TestEventPattern asks for them, and "detail", without which no source sends an event.
constexpr std::array<RequiredMember, 8> kRequired = {{
    {"id", NodeKind::kString, R"("…")"},
    {"detail-type", NodeKind::kString, R"("…")"},
    {"source", NodeKind::kString, R"("…")"},
    {"account", NodeKind::kString, R"("111122223333")"},
    {"time", NodeKind::kString, R"("2026-11-21T08:00:00Z")"},
    {"region", NodeKind::kString, R"("us-east-1")"},
    {"resources", NodeKind::kList, "[…]"},
    {"detail", NodeKind::kMap, "{…}"},
}};

base::Diagnostic mistake(base::Span span, std::string message, std::string help) {
  return {.rule = {},
          .severity = base::Severity::kError,
          .message = std::move(message),
          .primary = {.span = span, .text = {}},
          .secondary = {},
          .help = std::move(help)};
}

}  // namespace

std::string_view Event::text_of(std::string_view member) const {
  const Node* found = envelope.find(member);
  return found != nullptr && found->kind == NodeKind::kString ? std::string_view(found->text)
                                                              : std::string_view();
}

std::optional<Event> read_event(const base::SourceMap& sources, base::FileId file,
                                base::DiagnosticSink& sink) {
  std::optional<Node> node = syntax::read_json(sources, file, sink, kEventLimits, kEventDialect);
  if (!node)
    return std::nullopt;
  if (node->kind != NodeKind::kMap) {
    sink.report(mistake(node->span,
                        fmt::format("an event is an object, not {}", syntax::describe(node->kind)),
                        R"(write {"source": …, "detail-type": …, "detail": {…}, …})"));
    return std::nullopt;
  }
  return Event{std::string(sources.text(node->span)), std::move(*node)};
}

void check_envelope(const Event& event, base::DiagnosticSink& sink) {
  const base::Span at{event.envelope.span.file, event.envelope.span.begin, event.envelope.span.begin + 1};
  for (const RequiredMember& required : kRequired) {
    const Node* member = event.envelope.find(required.name);
    if (member == nullptr) {
      sink.report(
          mistake(at, fmt::format("this event has no \"{}\"", required.name),
                  "an event has id, detail-type, source, account, time, region, resources and detail; "
                  "a PutEvents entry has Source, DetailType and Detail"));
    } else if (member->kind != required.kind) {
      sink.report(mistake(member->span,
                          fmt::format("\"{}\" of an event is {}, not {}", required.name,
                                      syntax::describe(required.kind), syntax::describe(member->kind)),
                          fmt::format("write \"{}\": {}", required.name, required.example)));
    }
  }
}

Event with_member(const Event& event, std::string_view member, std::string_view value) {
  Event changed;
  changed.envelope = event.envelope;
  std::vector<Member>& members = changed.envelope.members;
  const auto named = [](std::string_view name) {
    return [name](const Member& one) { return one.key == name; };
  };
  const auto found = std::find_if(members.begin(), members.end(), named(member));
  if (found != members.end()) {
    found->value = syntax::string_node(std::string(value));
  } else {
    const auto place = std::find_if(members.begin(), members.end(), named("resources"));
    members.insert(place, Member{std::string(member), {}, syntax::string_node(std::string(value))});
  }
  changed.text = syntax::write_json(changed.envelope);
  return changed;
}

}  // namespace grantproof::events
