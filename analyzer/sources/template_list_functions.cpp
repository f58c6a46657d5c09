// SPDX-License-Identifier: Apache-2.0
//
// Functions of lists and tables.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <utility>

#include "base/unknown_text.h"
#include "sources/template_evaluator.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;

// A whole number up to `most`, of digits only.
std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t most) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::uint32_t value = 0;
  for (const char digit : text)
    value = value * 10 + static_cast<std::uint32_t>(digit - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

struct Block {
  std::uint32_t address = 0;
  std::uint32_t prefix = 0;
};

// "10.0.0.0/16"; CloudFormation's blocks of IPv6 are AWS's choice and never written out.
std::optional<Block> parse_block(std::string_view text) {
  Block block;
  for (int octet = 0; octet < 4; ++octet) {
    const std::size_t end = text.find(octet == 3 ? '/' : '.');
    if (end == std::string_view::npos)
      return std::nullopt;
    const auto value = whole_number(text.substr(0, end), 255);
    if (!value)
      return std::nullopt;
    block.address = block.address << 8U | *value;
    text.remove_prefix(end + 1);
  }
  const auto prefix = whole_number(text, 32);
  if (!prefix)
    return std::nullopt;
  block.prefix = *prefix;
  block.address = *prefix == 0 ? 0 : block.address >> (32 - *prefix) << (32 - *prefix);
  return block;
}

}  // namespace

TemplateEvaluator::Value TemplateEvaluator::cidr(const Call& call) {
  constexpr std::uint32_t kMostBlocks = 256;
  constexpr std::string_view kForm = "{\"Fn::Cidr\": [BLOCK, COUNT, BITS]}";
  const std::vector<Node>* given = arguments(call, 2, 3, kForm);
  if (given == nullptr)
    return unknown_here(call.name, call.span, call.argument);
  std::string texts;
  std::vector<std::string> parts;
  for (const Node& one : *given) {
    std::optional<std::string> text = text_of(one, "an argument of Fn::Cidr");
    if (!text)
      return unknown_here(call.name, call.span, call.argument);
    texts += (texts.empty() ? "" : " ") + *text;
    parts.push_back(std::move(*text));
  }
  if (base::has_unknown(texts) || texts.find(':') != std::string::npos || parts.size() < 3)
    return unknown_value("Cidr of " + texts, call.span);
  const auto block = parse_block(parts[0]);
  const auto count = whole_number(parts[1], kMostBlocks);
  const auto bits = whole_number(parts[2], 32);
  const bool fits = block && count && bits && *count > 0 && *bits > 0 && *bits <= 32 - block->prefix &&
                    std::uint64_t{*count} << *bits <= std::uint64_t{1} << (32 - block->prefix);
  if (!fits)
    return mistake(call, fmt::format("Fn::Cidr cannot cut \"{}\" into {} blocks of {} bits", parts[0],
                                     parts[1], parts[2]));
  Node list = syntax::list_node();
  list.span = call.span;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const std::uint32_t address = block->address + static_cast<std::uint32_t>(std::uint64_t{i} << *bits);
    if (!spend(1, 18, call.span))
      return unknown_here(call.name, call.span, call.argument);
    list.items.push_back(text_value(fmt::format("{}.{}.{}.{}/{}", address >> 24U, address >> 16U & 255U,
                                                address >> 8U & 255U, address & 255U, 32 - *bits),
                                    call.span));
  }
  return list;
}

TemplateEvaluator::Value TemplateEvaluator::find_in_map(const Call& call) {
  const std::vector<Node>* given = arguments(
      call, 3, 4, "{\"Fn::FindInMap\": [MAP, KEY, KEY]}, and {\"DefaultValue\": VALUE} behind them");
  if (given == nullptr)
    return unknown_here(call.name, call.span, call.argument);
  const Node* otherwise = given->size() == 4 ? (*given)[3].find("DefaultValue") : nullptr;
  if (given->size() == 4 && otherwise == nullptr)
    return mistake(call, "the fourth argument of Fn::FindInMap is no {\"DefaultValue\": VALUE}");
  std::array<std::string, 3> path;
  for (std::size_t i = 0; i < 3; ++i) {
    std::optional<std::string> key = text_of((*given)[i], "a key of Fn::FindInMap");
    if (!key)
      return unknown_here(call.name, call.span, call.argument);
    path[i] = std::move(*key);
  }
  const std::string words = fmt::format("{}.{}.{}", path[0], path[1], path[2]);
  if (base::has_unknown(words))
    return unknown_value(in_stack("FindInMap " + words), call.span);
  const auto map = stack_->mappings.find(path[0]);
  const Node* value = map != stack_->mappings.end() ? map->second.node->find(path[1]) : nullptr;
  value = value != nullptr ? value->find(path[2]) : nullptr;
  if (value != nullptr)
    return copy(*value, call.span);
  if (otherwise != nullptr)
    return resolve(*otherwise);
  context_.reports.error(kSourceReference, call.argument.span,
                         map == stack_->mappings.end() ? fmt::format("there is no mapping {}", path[0])
                                                       : fmt::format("Mappings have no {}", words));
  return unknown_here(call.name, call.span, call.argument);
}

TemplateEvaluator::Value TemplateEvaluator::get_azs(const Call& call) {
  const std::optional<std::string> region = text_of(call.argument, "the region of Fn::GetAZs");
  if (!region)
    return unknown_here(call.name, call.span, call.argument);
  return unknown_value(in_stack("GetAZs " + (region->empty() ? stack_->region : *region)), call.span);
}

TemplateEvaluator::Value TemplateEvaluator::length(const Call& call) {
  const std::optional<ListValue> list = list_of(call.argument, "what Fn::Length counts");
  if (!list)
    return unknown_here(call.name, call.span, call.argument);
  if (!list->items)
    return unknown_value("Length of " + list->unknown, call.span);
  Node number = syntax::number_node(static_cast<long long>(list->items->size()));
  number.span = call.span;
  return number;
}

TemplateEvaluator::Value TemplateEvaluator::select(const Call& call) {
  const std::vector<Node>* given = arguments(call, 2, 2, "{\"Fn::Select\": [INDEX, LIST]}");
  if (given == nullptr)
    return unknown_here(call.name, call.span, call.argument);
  const std::optional<std::string> index_text = text_of((*given)[0], "the index of Fn::Select");
  if (!index_text)
    return unknown_here(call.name, call.span, call.argument);
  const bool index_known = !base::has_unknown(*index_text);
  const auto index = whole_number(*index_text, 1'000'000);
  if (index_known && !index)
    return mistake(call, fmt::format("the index of Fn::Select is \"{}\", expected a number", *index_text));

  // Of a text that is known in front, the pieces in front are known.
  const Node& source = (*given)[1];
  if (index && source.members.size() == 1 && source.members.front().key == "Fn::Split") {
    const auto parts = split_arguments(Call{"Fn::Split", source.members.front().value, source.span});
    if (!parts)
      return unknown_here(call.name, call.span, call.argument);
    Pieces pieces = cut(parts->second, parts->first);
    if (*index < pieces.texts.size())
      return text_value(std::move(pieces.texts[*index]), call.span);
    if (!pieces.whole)
      return unknown_value(fmt::format("Select {} of {} split at {}", *index, parts->second, parts->first),
                           call.span);
  }
  std::optional<ListValue> list = list_of(source, "what Fn::Select selects from");
  if (!list)
    return unknown_here(call.name, call.span, call.argument);
  if (!list->items)
    return unknown_value(fmt::format("Select {} of {}", *index_text, list->unknown), call.span);
  if (!index) {
    const std::string items = syntax::write_json(syntax::list_node(std::move(*list->items)));
    return unknown_value(fmt::format("Select {} of {}", *index_text, items), call.span);
  }
  if (*index >= list->items->size())
    return mistake(call,
                   fmt::format("Fn::Select selects number {} of a list of {}", *index, list->items->size()),
                   "the first has number 0");
  Node value = std::move((*list->items)[*index]);
  value.span = call.span;
  return value;
}

// Macros and AWS::Include: what they make is there only once CloudFormation has processed the template.
TemplateEvaluator::Value TemplateEvaluator::transform(const Call& call) {
  return unknown_here("Transform", call.span, call.argument);
}

}  // namespace grantproof::sources
