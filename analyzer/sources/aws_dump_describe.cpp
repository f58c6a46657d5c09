// SPDX-License-Identifier: Apache-2.0
//
// An entry of an answer to a resource, by the properties of its description.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sources/aws_dump_answer.h"
#include "sources/aws_dump_policy_home.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

// One entry while its properties are read.
class Describing {
 public:
  Describing(const Node& entry, const Description& description, config::Resource& resource,
             AnswerReader& reader)
      : entry_(entry), description_(description), resource_(resource), reader_(reader) {}

  void read(bool partial) {
    for (const Property& property : description_.properties) {
      const Node* value = find_member(entry_, property.member);
      if (value != nullptr)
        read(property, *value);
      else if (property.form == Form::kName && !resource_.name.empty())
        set_property(resource_, property.property, text_node(resource_.name, entry_.span));
      else if (property.always || partial)
        not_told(resource_, property.property);
    }
  }

 private:
  using Reader = std::optional<Node> (Describing::*)(const Property&, const Node&);

  void read(const Property& property, const Node& value) {
    std::optional<Node> node;
    switch (property.form) {
      case Form::kName:
      case Form::kText:
        node = text(property, value);
        break;
      case Form::kAny:
        node = value;
        break;
      case Form::kMap:
        node = of_kind(property, value, NodeKind::kMap);
        break;
      case Form::kList:
        node = of_kind(property, value, NodeKind::kList);
        break;
      case Form::kPattern:
        node = pattern(property, value);
        break;
      case Form::kDocument:
        node = reader_.document(value, whose(property));
        break;
      case Form::kNames:
        node = items(property, value, &Describing::text);
        break;
      case Form::kInlinePolicies:
        node = items(property, value, &Describing::inline_policy);
        break;
      case Form::kManagedPolicyArns:
        node = items(property, value, &Describing::managed_policy_arn);
        break;
      case Form::kBoundary:
        node = boundary(property, value);
        break;
    }
    // AWS prints some texts that are not set as empty ones.
    if (node && !(node->kind == NodeKind::kString && node->text.empty()))
      set_property(resource_, property.property, std::move(*node));
  }

  std::string whose(const Property& property) const {
    return fmt::format("{} of {} {}", property.member, description_.one, resource_.name);
  }

  std::nullopt_t wrong(const Property& property, const Node& value, std::string_view expected) {
    reader_.mistake(value.span, fmt::format("{} is {}, expected {}", whose(property),
                                            syntax::describe(value.kind), expected));
    not_told(resource_, property.property);
    return std::nullopt;
  }

  std::optional<Node> of_kind(const Property& property, const Node& value, NodeKind kind) {
    if (value.kind == kind)
      return value;
    return wrong(property, value, syntax::describe(kind));
  }

  std::optional<Node> pattern(const Property& property, const Node& value) {
    if (value.kind == NodeKind::kMap || value.kind == NodeKind::kString)
      return value;
    return wrong(property, value, "an event pattern");
  }

  std::optional<Node> text(const Property& property, const Node& value) {
    if (is_text(value))
      return text_node(value.text, value.span);
    return wrong(property, value, "a text");
  }

  // Each item of a list, or one that stands by itself. One that cannot be read is missing: the rest is not
  // all.
  std::optional<Node> items(const Property& property, const Node& value, Reader read_item) {
    Node list;
    list.kind = NodeKind::kList;
    list.span = value.span;
    for (const Node& item : entries_of(value)) {
      if (auto node = (this->*read_item)(property, item))
        list.items.push_back(std::move(*node));
    }
    return list;
  }

  std::optional<Node> inline_policy(const Property& property, const Node& value) {
    if (value.kind != NodeKind::kMap)
      return wrong(property, value, "objects with PolicyName and PolicyDocument");
    const Node* document = find_member(value, "PolicyDocument");
    const std::string name = reader_.text(value, "PolicyName");
    if (document == nullptr) {
      not_told(resource_, property.property);
      reader_.mistake(value.span, fmt::format("inline policy {} of {} {} has no PolicyDocument", name,
                                              description_.one, resource_.name));
      return std::nullopt;
    }
    Node policy;
    policy.kind = NodeKind::kMap;
    policy.span = value.span;
    policy.members.push_back({"PolicyName", value.span, text_node(name, value.span)});
    policy.members.push_back({"PolicyDocument", document->span,
                              reader_.document(*document, fmt::format("inline policy {} of {} {}", name,
                                                                      description_.one, resource_.name))});
    return policy;
  }

  std::optional<Node> managed_policy_arn(const Property& property, const Node& value) {
    if (value.kind == NodeKind::kString)
      return value;
    const Node* arn = find_member(value, "PolicyArn");
    if (arn != nullptr && arn->kind == NodeKind::kString)
      return *arn;
    return wrong(property, arn == nullptr ? value : *arn, "objects with PolicyArn");
  }

  std::optional<Node> boundary(const Property& property, const Node& value) {
    if (value.kind == NodeKind::kString)
      return value;
    const Node* arn = find_member(value, "PermissionsBoundaryArn");
    if (arn != nullptr && arn->kind == NodeKind::kString)
      return *arn;
    return wrong(property, arn == nullptr ? value : *arn, "an object with PermissionsBoundaryArn");
  }

  const Node& entry_;
  const Description& description_;
  config::Resource& resource_;
  AnswerReader& reader_;
};

const Property* name_of(const Description& description) {
  const auto found = std::find_if(description.properties.begin(), description.properties.end(),
                                  [](const Property& property) { return property.form == Form::kName; });
  return found == description.properties.end() ? nullptr : &*found;
}

bool has_property(const config::Resource& resource, std::string_view name) {
  return resource.properties.find(name) != nullptr;
}

}  // namespace

void describe(const Row& row, const Node& entry, AnswerReader& reader, bool partial) {
  const Description& description = *row.description;
  const Property* naming = name_of(description);
  const std::string arn = reader.text(entry, description.arn);
  std::string name(naming == nullptr ? std::string_view() : text_of(entry, naming->member));
  if (name.empty())
    name = name_in_arn(arn);
  if (name.empty()) {
    reader.unreadable(entry.span, description, fmt::format("this {} has no name", description.one),
                      naming == nullptr ? std::string() : fmt::format("AWS prints it as {}", naming->member));
    return;
  }
  config::Resource resource = reader.resource(description, std::move(name), arn, entry.span);
  Describing(entry, description, resource, reader).read(partial);
  for (const std::string_view property : row.lacks) {
    if (!property.empty() && !has_property(resource, property))
      not_told(resource, property);
  }
  if (description.complete != nullptr)
    description.complete(entry, resource, reader);

  const Node* policy = description.policy.empty() ? nullptr : find_member(entry, description.policy);
  if (policy == nullptr && partial && !description.policy.empty())
    not_told(resource, description.policy);
  std::optional<config::Resource> own;
  // Attributes that are not set are printed as empty texts.
  if (policy != nullptr && !(policy->kind == NodeKind::kString && policy->text.empty())) {
    const std::string whose = fmt::format("the policy of {} {}", description.one, resource.name);
    own = policy_resource(description.home, resource, reader.document(*policy, whose));
  }
  reader.add(std::move(resource));
  if (own)
    reader.add(std::move(*own));
}

}  // namespace grantproof::sources
