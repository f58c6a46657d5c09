// SPDX-License-Identifier: Apache-2.0
#include "events/input_shape.h"

#include <algorithm>
#include <array>

#include "syntax/json_reader.h"
#include "syntax/json_scan.h"
#include "syntax/json_writer.h"

namespace grantproof::events {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kRuleArn = "aws.events.rule-arn";
constexpr std::string_view kRuleName = "aws.events.rule-name";
constexpr std::string_view kIngestionTime = "aws.events.event.ingestion-time";
constexpr std::string_view kEvent = "aws.events.event";
constexpr std::string_view kEventJson = "aws.events.event.json";
constexpr std::array<std::string_view, 5> kReserved = {kRuleArn, kRuleName, kIngestionTime, kEvent,
                                                       kEventJson};

// <aws.events.event>: the envelope without its detail, with names and order of its own (captured).
Node event_without_detail(const Event& event, const ShapeContext& context) {
  std::vector<std::pair<std::string, Node>> members;
  const auto add = [&](std::string name, std::string_view from) {
    if (const Node* member = event.envelope.find(from))
      members.emplace_back(std::move(name), *member);
  };
  add("id", "id");
  add("account", "account");
  add("detailType", "detail-type");
  members.emplace_back("time", syntax::string_node(std::string(context.ingestion_time)));
  add("source", "source");
  add("region", "region");
  add("resources", "resources");
  add("version", "version");
  return syntax::map_node(std::move(members));
}

std::optional<Node> value_of(std::string_view name, const InputTransformer& transformer, const Event& event,
                             const ShapeContext& context) {
  if (name == kRuleArn)
    return syntax::string_node(std::string(context.rule_arn));
  if (name == kRuleName)
    return syntax::string_node(std::string(context.rule_name));
  if (name == kIngestionTime)
    return syntax::string_node(std::string(context.ingestion_time));
  if (name == kEvent)
    return event_without_detail(event, context);
  if (name == kEventJson)
    return event.envelope;
  for (const auto& [variable, path] : transformer.paths) {
    if (variable == name)
      return find_path(event.envelope, path);
  }
  return std::nullopt;
}

// A string as it stands between quotes, everything else as JSON.
std::string within_quotes(const Node& value) {
  const std::string json = syntax::write_json(value);
  return value.kind == NodeKind::kString ? json.substr(1, json.size() - 2) : json;
}

std::string in_json(const std::optional<Node>& value, bool in_quotes) {
  if (!value)
    return in_quotes ? "" : R"("")";
  return in_quotes ? within_quotes(*value) : syntax::write_json(*value);
}

std::string in_text(const std::optional<Node>& value, bool in_quotes) {
  if (!value)
    return {};
  if (value->kind == NodeKind::kString)
    return in_quotes ? within_quotes(*value) : value->text;
  std::string text = syntax::write_json(*value);
  text.erase(std::remove(text.begin(), text.end(), '"'), text.end());
  return text;
}

bool is_json(std::string_view text) {
  base::SourceMap sources;
  base::DiagnosticSink mistakes;
  return syntax::read_json(sources, sources.add("payload", std::string(text)), mistakes, kEventLimits,
                           kEventDialect)
      .has_value();
}

ShapedInput transform(const InputTransformer& transformer, const Event& event, const ShapeContext& context) {
  const std::string_view from = transformer.input_template;
  const bool json = is_json_template(from);
  ShapedInput shaped;
  std::size_t copied = 0;
  bool key = false;
  for (const Placeholder& placeholder : placeholders(from)) {
    const auto value = value_of(placeholder.name, transformer, event, context);
    shaped.payload += from.substr(copied, placeholder.begin - copied);
    shaped.payload += json ? in_json(value, placeholder.in_quotes) : in_text(value, placeholder.in_quotes);
    copied = placeholder.end;
    key = key || placeholder.as_key;
  }
  shaped.payload += from.substr(copied);
  shaped.invalid_json = json && (key || !is_json(shaped.payload));
  return shaped;
}

bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         byte == '_' || byte == '-' || byte == '.';
}

// Behind a string: does a colon follow, so that the string was the name of a member?
bool colon_follows(std::string_view text, std::size_t at) {
  at = syntax::skip_json_space(text, at);
  return at < text.size() && text[at] == ':';
}

}  // namespace

bool is_reserved_variable(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

bool is_json_template(std::string_view input_template) {
  const std::size_t first = syntax::skip_json_space(input_template, 0);
  return first < input_template.size() && input_template[first] == '{';
}

std::vector<Placeholder> placeholders(std::string_view input_template) {
  std::vector<Placeholder> found;
  const bool json = is_json_template(input_template);
  bool in_quotes = false;
  std::size_t first_in_quotes = 0;  // in `found`, of those in the string that is open
  for (std::size_t at = 0; at < input_template.size(); ++at) {
    const char byte = input_template[at];
    if (byte == '\\' && in_quotes) {
      ++at;
    } else if (byte == '"') {
      in_quotes = !in_quotes;
      if (in_quotes) {
        first_in_quotes = found.size();
      } else if (json && colon_follows(input_template, at + 1)) {
        for (std::size_t i = first_in_quotes; i < found.size(); ++i)
          found[i].as_key = true;
      }
    } else if (byte == '<') {
      std::size_t end = at + 1;
      while (end < input_template.size() && is_name_byte(input_template[end]))
        ++end;
      if (end == at + 1 || end >= input_template.size() || input_template[end] != '>')
        continue;
      found.push_back({.name = input_template.substr(at + 1, end - at - 1),
                       .begin = at,
                       .end = end + 1,
                       .in_quotes = in_quotes,
                       .as_key = json && !in_quotes && colon_follows(input_template, end + 1)});
      at = end;
    }
  }
  return found;
}

ShapedInput shape_input(const InputShape& shape, const Event& event, const ShapeContext& context) {
  if (shape.input)
    return {*shape.input, false};
  if (shape.input_path) {
    const auto part = find_path(event.envelope, *shape.input_path);
    return {part ? syntax::write_json(*part) : std::string(R"("")"), false};
  }
  if (shape.transformer)
    return transform(*shape.transformer, event, context);
  return {syntax::write_json(event.envelope), false};
}

}  // namespace grantproof::events
