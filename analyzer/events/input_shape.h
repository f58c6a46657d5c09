// SPDX-License-Identifier: Apache-2.0
//
// What a target gets of an event: all of it, a constant (Input), a part (InputPath), or a text made of parts
// (InputTransformer). At most one of the three is given.
//
// A template that begins with a brace is JSON: <name> outside of quotes is the value as JSON, inside of
// quotes its text, and the whole must then be JSON; a list or an object inside of quotes is not. Every other
// template is text: objects and lists are written into it without quotes, and what the path does not find is
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"
#include "events/event.h"
#include "events/json_path.h"

namespace grantproof::events {

struct InputTransformer {
  std::vector<std::pair<std::string, JsonPath>> paths;  // InputPathsMap
  std::string input_template;                           // InputTemplate
};

struct InputShape {
  std::optional<std::string> input;
  std::optional<JsonPath> input_path;
  std::optional<InputTransformer> transformer;
};

// What the reserved variables need beyond the event.
struct ShapeContext {
  std::string_view rule_arn;
  std::string_view rule_name;
  std::string_view ingestion_time;  // 2026-11-21T08:00:00Z
};

struct ShapedInput {
  std::string payload;
  bool invalid_json = false;  // not delivered: INVALID_JSON; the payload is what it would have been
};

ShapedInput shape_input(const InputShape& shape, const Event& event, const ShapeContext& context);

// "aws.events.rule-arn" and the like
bool is_reserved_variable(std::string_view name);

// <name> of a template, with the angle brackets at [begin, end).
struct Placeholder {
  std::string_view name;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool in_quotes = false;
  bool as_key = false;  // in or as the name of a member, where EventBridge takes none
};
std::vector<Placeholder> placeholders(std::string_view input_template);
// Does it begin with a brace?
bool is_json_template(std::string_view input_template);

}  // namespace grantproof::events
