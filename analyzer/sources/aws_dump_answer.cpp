// SPDX-License-Identifier: Apache-2.0
#include "sources/aws_dump_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "aws/arn.h"
#include "config/rule_reader.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

AnswerReader::AnswerReader(Place place, Translation& into, const AnswerLimits& limits)
    : place_(std::move(place)), into_(into), limits_(limits) {}

void AnswerReader::begin(const Node& answer, bool alone) {
  answer_ = &answer;
  alone_ = alone;
}

std::optional<Node> AnswerReader::parameter(std::string_view name) const {
  const Node* value = answer_->find(name);
  if (value == nullptr || !is_text(*value) || value->text.empty())
    return std::nullopt;
  return text_node(value->text, value->span);
}

std::optional<Node> AnswerReader::parameter(std::string_view name, const FileWords& words) const {
  if (auto beside = parameter(name))
    return beside;
  const std::vector<std::string> arguments = file_arguments(words, 1);
  if (arguments.empty())
    return std::nullopt;
  return text_node(arguments.front(), answer_->span);
}

std::vector<std::string> AnswerReader::file_arguments(const FileWords& words, std::size_t most) const {
  return alone_ ? arguments_in_file_name(place_.path, words, most) : std::vector<std::string>();
}

std::string_view AnswerReader::file_name() const {
  const std::string_view path = place_.shown();
  return path.substr(path.find_last_of("/\\") + 1);
}

std::string AnswerReader::text(const Node& node, std::string_view name) {
  const Node* found = find_member(node, name);
  if (found == nullptr)
    return {};
  if (is_text(*found))
    return found->text;
  mistake(found->span, fmt::format("{} is {}, expected a text", name, describe(found->kind)));
  return {};
}

config::Resource AnswerReader::resource(const Description& description, std::string name,
                                        std::string_view arn, base::Span span) {
  config::Resource resource;
  resource.type = description.type;
  resource.name = std::move(name);
  resource.span = span;
  resource.properties.kind = NodeKind::kMap;
  resource.properties.span = span;
  const auto parts = aws::parse_arn(arn);
  if (!parts) {
    resource.account = place_.account;
    resource.region = place_.region;
    if (!resource.region.empty())
      resource.partition = config::partition_of(resource.region);
    return resource;
  }
  resource.arn = arn;
  resource.partition = parts->partition;
  resource.region = parts->region;
  if (aws::is_account_id(parts->account))
    resource.account = parts->account;
  else if (parts->account != "aws")  // of buckets there is none; some dumps have it blackened
    resource.account = place_.account;
  return resource;
}

void AnswerReader::add(config::Resource resource) {
  if (resources_ > limits_.resources)
    return;
  if (++resources_ > limits_.resources) {
    beyond_limit(resource.span, fmt::format("this file describes more than {} resources", limits_.resources),
                 "split it into several files");
    return;
  }
  into_.resources.push_back(std::move(resource));
}

void AnswerReader::beyond_limit(base::Span span, std::string message, std::string help) {
  report({.rule = "GP0307",
          .severity = base::Severity::kError,
          .message = std::move(message),
          .primary = {.span = span, .text = {}},
          .secondary = {},
          .help = std::move(help)});
  gap(span, "what stands here was not read", {}, {});
}

void AnswerReader::mistake(base::Span span, std::string message, std::string help) {
  report({.rule = "GP0301",
          .severity = base::Severity::kError,
          .message = std::move(message),
          .primary = {.span = span, .text = {}},
          .secondary = {},
          .help = std::move(help)});
}

void AnswerReader::report(base::Diagnostic diagnostic) {
  if (mistakes_ > limits_.mistakes)
    return;
  if (++mistakes_ > limits_.mistakes) {
    diagnostic.message = fmt::format("this file has more than {} mistakes", limits_.mistakes);
    diagnostic.help = "correct those above first";
    diagnostic.secondary.clear();
  }
  into_.sink.report(std::move(diagnostic));
}

void AnswerReader::gap(base::Span span, std::string message, std::string help, std::string about) {
  if (gaps_ > limits_.gaps)
    return;
  if (++gaps_ > limits_.gaps) {
    message = fmt::format("more than {} things are missing here", limits_.gaps);
    about.clear();
  }
  into_.gaps.push_back({std::move(message), std::move(help), span, std::move(about)});
}

void AnswerReader::unreadable(base::Span span, const Description& description, std::string message,
                              std::string help) {
  mistake(span, std::move(message), std::move(help));
  gap(span, fmt::format("{} are missing, as this could not be read", description.many), {},
      std::string(description.type));
}

Node text_node(std::string text, base::Span span) {
  Node node;
  node.kind = NodeKind::kString;
  node.text = std::move(text);
  node.span = span;
  return node;
}

void set_property(config::Resource& resource, std::string_view name, Node value) {
  const base::Span span = value.span;
  resource.properties.members.push_back({std::string(name), span, std::move(value)});
}

void not_told(config::Resource& resource, std::string_view property) {
  if (std::find(resource.not_told.begin(), resource.not_told.end(), property) == resource.not_told.end())
    resource.not_told.emplace_back(property);
}

}  // namespace grantproof::sources
