// SPDX-License-Identifier: Apache-2.0
//
// Functions that make texts, or cut them. A text with an unknown part keeps what is known of it.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/unknown_text.h"
#include "sources/template_evaluator.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool is_alphanumeric(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

// RFC 4648, section 4.
std::string base64_text(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= group.size() ? kDigits[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

}  // namespace

TemplateEvaluator::Value TemplateEvaluator::base64(const Call& call) {
  const std::optional<std::string> text = text_of(call.argument, "the value of Fn::Base64");
  if (!text)
    return unknown_here(call.name, call.span, call.argument);
  if (base::has_unknown(*text))
    return unknown_value("Base64 of " + *text, call.span);
  std::string encoded;
  if (!append(encoded, base64_text(*text), call.span))
    return unknown_here(call.name, call.span, call.argument);
  return text_value(std::move(encoded), call.span);
}

TemplateEvaluator::Value TemplateEvaluator::join(const Call& call) {
  const std::vector<Node>* given = arguments(call, 2, 2, "{\"Fn::Join\": [DELIMITER, [VALUE, ...]]}");
  if (given == nullptr)
    return unknown_here(call.name, call.span, call.argument);
  const std::optional<std::string> delimiter = text_of((*given)[0], "the delimiter of Fn::Join");
  const std::optional<ListValue> values = list_of((*given)[1], "what Fn::Join joins");
  if (!delimiter || !values)
    return unknown_here(call.name, call.span, call.argument);
  if (!values->items)
    return unknown_value(fmt::format("{} joined by {}", values->unknown, *delimiter), call.span);
  std::string text;
  bool first = true;
  for (const Node& value : *values->items) {
    if (value.kind == NodeKind::kList || value.kind == NodeKind::kMap) {
      context_.reports.error(kSourceMistake, value.span,
                             fmt::format("Fn::Join joins {}, expected texts", describe(value.kind)));
      return unknown_here(call.name, call.span, call.argument);
    }
    if ((!first && !append(text, *delimiter, call.span)) || !append(text, value.text, call.span))
      return unknown_here(call.name, call.span, call.argument);
    first = false;
  }
  return text_value(std::move(text), call.span);
}

// ---- Fn::Split
// --------------------------------------------------------------------------------------------------

TemplateEvaluator::Pieces TemplateEvaluator::cut(std::string_view text, std::string_view delimiter) const {
  // A delimiter that words do not have cannot be in an unknown part that is one.
  const bool in_words = delimiter.size() != 1 || is_alphanumeric(delimiter[0]) ||
                        std::string_view("-_.").find(delimiter[0]) != std::string_view::npos;
  Pieces pieces{{""}, true};
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    std::string_view rest = segment.text;
    if (segment.unknown) {
      if (in_words || !context_.unknowns.is_word(rest)) {
        pieces.texts.pop_back();
        pieces.whole = false;
        return pieces;
      }
      pieces.texts.back() += base::unknown_text(rest);
      continue;
    }
    for (std::size_t at = rest.find(delimiter); at != std::string_view::npos; at = rest.find(delimiter)) {
      pieces.texts.back() += rest.substr(0, at);
      pieces.texts.emplace_back();
      rest.remove_prefix(at + delimiter.size());
    }
    pieces.texts.back() += rest;
  }
  return pieces;
}

// The delimiter and the text.
std::optional<std::pair<std::string, std::string>> TemplateEvaluator::split_arguments(const Call& call) {
  const std::vector<Node>* given = arguments(call, 2, 2, "{\"Fn::Split\": [DELIMITER, TEXT]}");
  if (given == nullptr)
    return std::nullopt;
  std::optional<std::string> delimiter = text_of((*given)[0], "the delimiter of Fn::Split");
  std::optional<std::string> text = text_of((*given)[1], "what Fn::Split splits");
  if (!delimiter || !text)
    return std::nullopt;
  if (delimiter->empty() || base::has_unknown(*delimiter)) {
    context_.reports.error(kSourceMistake, (*given)[0].span,
                           delimiter->empty() ? "the delimiter of Fn::Split is empty"
                                              : "the delimiter of Fn::Split is not known");
    return std::nullopt;
  }
  return std::pair(std::move(*delimiter), std::move(*text));
}

TemplateEvaluator::Value TemplateEvaluator::split(const Call& call) {
  const auto given = split_arguments(call);
  if (!given)
    return unknown_here(call.name, call.span, call.argument);
  const Pieces pieces = cut(given->second, given->first);
  if (!pieces.whole)
    return unknown_value(fmt::format("{} split at {}", given->second, given->first), call.span);
  Node list = syntax::list_node();
  list.span = call.span;
  for (const std::string& piece : pieces.texts) {
    if (!spend(1, piece.size(), call.span))
      return unknown_here(call.name, call.span, call.argument);
    list.items.push_back(text_value(piece, call.span));
  }
  return list;
}

// ---- Fn::Sub
// ----------------------------------------------------------------------------------------------------

TemplateEvaluator::Value TemplateEvaluator::sub(const Call& call) {
  constexpr std::string_view kForm = "{\"Fn::Sub\": TEXT} or {\"Fn::Sub\": [TEXT, {NAME: VALUE}]}";
  const Node* pattern = &call.argument;
  const Node* values = nullptr;
  if (call.argument.kind == NodeKind::kList) {
    const std::vector<Node>* given = arguments(call, 1, 2, kForm);
    if (given == nullptr)
      return unknown_here(call.name, call.span, call.argument);
    pattern = &given->front();
    values = given->size() == 2 ? &given->back() : nullptr;
  }
  if (pattern->kind != NodeKind::kString || (values != nullptr && values->kind != NodeKind::kMap))
    return mistake(call, "Fn::Sub takes a text, and an object of values", fmt::format("write {}", kForm));

  std::string text;
  std::string_view rest = pattern->text;
  while (!rest.empty()) {
    const std::size_t open = rest.find("${");
    const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos)
      break;
    const std::string_view inside = rest.substr(open + 2, close - open - 2);
    std::string piece;
    if (inside.starts_with('!'))
      piece = fmt::format("${{{}}}", inside.substr(1));
    else if (const auto value = variable(inside, values, call))
      piece = *value;
    else
      piece = unknown_here(inside, call.span, call.argument).text;
    if (!append(text, rest.substr(0, open), call.span) || !append(text, piece, call.span))
      return unknown_here(call.name, call.span, call.argument);
    rest.remove_prefix(close + 1);
  }
  if (!append(text, rest, call.span))
    return unknown_here(call.name, call.span, call.argument);
  return text_value(std::move(text), call.span);
}

// What stands for ${name}; nothing where that is no text (reported).
std::optional<std::string> TemplateEvaluator::variable(std::string_view name, const Node* values,
                                                       const Call& call) {
  const base::Span place =
      call.argument.kind == NodeKind::kList ? call.argument.items.front().span : call.argument.span;
  if (const Node* value = values != nullptr ? values->find(name) : nullptr)
    return text_of(*value, fmt::format("the value of ${{{}}}", name));
  bool is_name = !name.empty();
  for (const char byte : name)
    is_name = is_name && (is_alphanumeric(byte) || byte == '_' || byte == '.' || byte == ':');
  if (!is_name) {
    context_.reports.error(
        kSourceMistake, place, fmt::format("\"${{{}}}\" in Fn::Sub names nothing", name),
        "names have letters, digits, '_', '.' and ':'; what is to stay in the text is written ${!...}");
    return std::nullopt;
  }
  const std::size_t dot = name.find('.');
  const bool has_attribute = dot != std::string_view::npos && !name.starts_with("AWS::");
  const Value value =
      has_attribute ? attribute(std::string(name.substr(0, dot)), std::string(name.substr(dot + 1)), place)
                    : reference(std::string(name), place);
  if (value && value->kind != NodeKind::kList && value->kind != NodeKind::kMap)
    return value->text;
  context_.reports.error(kSourceMistake, place,
                         fmt::format("${{{}}} in Fn::Sub is {}, expected a text", name,
                                     value ? describe(value->kind) : "AWS::NoValue"));
  return std::nullopt;
}

TemplateEvaluator::Value TemplateEvaluator::to_json_string(const Call& call) {
  const Value value = resolve(call.argument);
  if (!value)
    return mistake(call, "Fn::ToJsonString has no value");
  if (is_unknown(*value))
    return unknown_value("JSON of " + value->text, call.span);
  if (value->kind != NodeKind::kMap && value->kind != NodeKind::kList)
    return mistake(
        call, fmt::format("Fn::ToJsonString has {}, expected an object or a list", describe(value->kind)));
  std::string text;
  if (!append(text, syntax::write_json(*value), call.span))
    return unknown_here(call.name, call.span, call.argument);
  return text_value(std::move(text), call.span);
}

}  // namespace grantproof::sources
