// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_expansion.h"

#include <fmt/format.h>

#include <utility>

#include "base/unknown_text.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

// As many as the largest document has (syntax/json_reader.h).
constexpr std::size_t kMostNodes = 4'000'000;
}  // namespace

std::size_t ServerlessExpansion::size_of(const Node& node) {
  std::size_t size = 1 + node.text.size() / kBytesOfANode;
  for (const Node& item : node.items)
    size += size_of(item);
  for (const syntax::Member& member : node.members)
    size += size_of_key(member) + size_of(member.value);
  return size;
}

ServerlessExpansion::ServerlessExpansion(const Node& root, Translation& into)
    : into_(into), room_(kMostNodes) {
  if (const Node* parameters = root.find("Parameters")) {
    for (const syntax::Member& parameter : parameters->members)
      parameters_.emplace(parameter.key, parameter.value.find("Default"));
  }
  if (const Node* conditions = root.find("Conditions")) {
    for (const syntax::Member& condition : conditions->members)
      condition_names_.insert(condition.key);
  }
}

void ServerlessExpansion::mistake(base::Span span, std::string message, std::string help) {
  into_.sink.report({.rule = "GP0301",
                     .severity = base::Severity::kError,
                     .message = std::move(message),
                     .primary = {.span = span, .text = {}},
                     .secondary = {},
                     .help = std::move(help)});
}

void ServerlessExpansion::warning(base::Span span, std::string message, std::string help) {
  into_.sink.report({.rule = "GP0301",
                     .severity = base::Severity::kWarning,
                     .message = std::move(message),
                     .primary = {.span = span, .text = {}},
                     .secondary = {},
                     .help = std::move(help)});
}

void ServerlessExpansion::gap(base::Span span, std::string message, std::string about, std::string help) {
  into_.gaps.push_back(
      {.message = std::move(message), .help = std::move(help), .span = span, .about = std::move(about)});
}

bool ServerlessExpansion::has_room(std::size_t nodes, base::Span span) {
  if (!full_ && nodes <= room_) {
    room_ -= nodes;
    return true;
  }
  if (!full_) {
    full_ = true;
    into_.sink.report(
        {.rule = "GP0307",
         .severity = base::Severity::kError,
         .message = fmt::format("the resources of this SAM template become more than {} values", kMostNodes),
         .primary = {.span = span, .text = {}},
         .secondary = {},
         .help = "divide the template into several"});
    gap(span, "what this SAM template makes from here on is not there: it is too large", {});
  }
  return false;
}

Node ServerlessExpansion::copy(const Node& node) {
  if (has_room(size_of(node), node.span))
    return node;
  return NodeBuilder(node.span).text(base::unknown_text("too large a template"));
}

void ServerlessExpansion::put(std::string logical_id, base::Span name, Node resource) {
  syntax::Member& member = resources_.emplace_back();
  member.key = std::move(logical_id);
  member.key_span = name;
  member.value = std::move(resource);
  made_.emplace(member.key, &member.value);
}

void ServerlessExpansion::put(SamResource resource, std::string type, Node properties) {
  // The type keeps its place; the properties stand where the resource does.
  Node written = NodeBuilder(resource.attributes.find("Type")->span).text(std::move(type));
  set(resource.attributes, "Type", std::move(written));
  set(resource.attributes, "Properties", std::move(properties));
  put(std::move(resource.logical_id), resource.name, std::move(resource.attributes));
}

void ServerlessExpansion::add(std::string logical_id, std::string_view type, Node properties,
                              const Maker& maker) {
  if (!has_room(size_of(properties), maker.span))
    return;
  const NodeBuilder make(maker.span);
  Node resource = make.map({{"Type", make.text(std::string(type))}});
  if (maker.condition != nullptr)
    set(resource, "Condition", copy(*maker.condition));
  set(resource, "Properties", std::move(properties));

  const Node* made = find(logical_id);
  if (made != nullptr && same_value(*made, resource))
    return;
  if (made != nullptr || written_ids_.contains(logical_id)) {
    mistake(maker.name,
            fmt::format("SAM makes a resource {} of type {} here, and there is another one of that name",
                        logical_id, type),
            "give one of them another name");
  }
  put(std::move(logical_id), maker.name, std::move(resource));
}

const Node* ServerlessExpansion::find(std::string_view logical_id) const {
  const auto found = made_.find(std::string(logical_id));
  return found == made_.end() ? nullptr : found->second;
}

std::string ServerlessExpansion::negated(const std::string& condition, base::Span span) {
  std::string name = "NOT" + condition;
  if (condition_names_.insert(name).second) {
    const NodeBuilder make(span);
    conditions_.push_back(
        {name, span, make.map({{"Fn::Not", make.list({make.map({{"Condition", make.text(condition)}})})}})});
  }
  return name;
}

std::string ServerlessExpansion::both(const std::string& first, const std::string& second, base::Span span) {
  std::string name = first + "AND" + second;
  if (condition_names_.insert(name).second) {
    const NodeBuilder make(span);
    conditions_.push_back(
        {name, span,
         make.map({{"Fn::And", make.list({make.map({{"Condition", make.text(first)}}),
                                          make.map({{"Condition", make.text(second)}})})}})});
  }
  return name;
}

std::string_view ServerlessExpansion::text_of(const Node& node) const {
  if (node.kind == NodeKind::kString)
    return node.text;
  const auto parameter = parameters_.find(std::string(referred_id(node)));
  return parameter != parameters_.end() && is_text(parameter->second)
             ? std::string_view(parameter->second->text)
             : std::string_view();
}

void ServerlessExpansion::use_implicit_api(std::string_view type, const Maker& user) {
  implicit_apis_.emplace(type, Maker{user.name, user.span, nullptr});
}

std::vector<syntax::Member> ServerlessExpansion::take_resources() {
  made_.clear();
  std::vector<syntax::Member> resources(std::make_move_iterator(resources_.begin()),
                                        std::make_move_iterator(resources_.end()));
  resources_.clear();
  return resources;
}

}  // namespace grantproof::sources
