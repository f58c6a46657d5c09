// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "sources/serverless_connectors.h"
#include "sources/serverless_expansion.h"
#include "sources/serverless_globals.h"
#include "sources/serverless_resources.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

constexpr std::string_view kTransform = "AWS::Serverless-2016-10-31";
constexpr std::string_view kPrefix = "AWS::Serverless::";
constexpr std::string_view kConnector = "AWS::Serverless::Connector";

struct SamType {
  std::string_view type;
  void (*expand)(SamResource resource, ServerlessExpansion& expansion);  // null: is not read
};
constexpr SamType kSamTypes[] = {
    {"AWS::Serverless::Function", expand_function},
    {"AWS::Serverless::StateMachine", expand_state_machine},
    {"AWS::Serverless::Api", expand_api},
    {"AWS::Serverless::HttpApi", expand_http_api},
    {"AWS::Serverless::SimpleTable", expand_simple_table},
    {"AWS::Serverless::LayerVersion", expand_layer_version},
    {"AWS::Serverless::Application", expand_application},
    {kConnector, nullptr},  // later
    {"AWS::Serverless::GraphQLApi", nullptr},
    {"AWS::Serverless::WebSocketApi", nullptr},
    {"AWS::Serverless::CapacityProvider", nullptr},
};

struct ImplicitApi {
  std::string_view type;
  std::string_view logical_id;
  std::string_view stage;  // empty: its default one
};
constexpr ImplicitApi kImplicitApis[] = {{"AWS::Serverless::Api", "ServerlessRestApi", "Prod"},
                                         {"AWS::Serverless::HttpApi", "ServerlessHttpApi", ""}};

const SamType* find_type(std::string_view type) {
  const auto* found = std::find_if(std::begin(kSamTypes), std::end(kSamTypes),
                                   [type](const SamType& one) { return one.type == type; });
  return found == std::end(kSamTypes) ? nullptr : found;
}

// Is there a resource of SAM in it? Of loops.
bool mentions_sam(const Node& node) {
  const Node* type = node.find("Type");
  if (is_text(type) && type->text.starts_with(kPrefix))
    return true;
  return std::any_of(node.items.begin(), node.items.end(), mentions_sam) ||
         std::any_of(node.members.begin(), node.members.end(),
                     [](const syntax::Member& member) { return mentions_sam(member.value); });
}

class Expander {
 public:
  Expander(Node root, Translation& into)
      : root_(std::move(root)), expansion_(root_, into), resources_(take(root_, "Resources")) {
    globals_ = take(root_, "Globals");
  }

  Node expand() {
    if (globals_.kind != NodeKind::kNull)
      check_globals(globals_, expansion_);
    for (const syntax::Member& member : resources_.members)
      look_ahead(member);
    for (syntax::Member& member : resources_.members)
      expand(member);
    add_implicit_apis();
    for (const SamResource& connector : expansion_.connectors())
      expand_connector(connector, expansion_);
    return finish();
  }

 private:
  // What others ask of a resource before its turn.
  void look_ahead(const syntax::Member& member) {
    expansion_.reserve(member.key);
    const Node* type = member.value.find("Type");
    if (!is_text(type) || (type->text != "AWS::Serverless::Api" && type->text != "AWS::ApiGateway::RestApi"))
      return;
    const Node* properties = member.value.find("Properties");
    const Node* stage = properties != nullptr ? properties->find("StageName") : nullptr;
    expansion_.api_stages[member.key] =
        is_text(stage) ? stage->text.substr(0, kLongestLogicalId) : std::string();
  }

  void expand(syntax::Member& member) {
    if (member.key.starts_with("Fn::ForEach::") && mentions_sam(member.value)) {
      expansion_.gap(member.key_span, "what the SAM resources of this loop become is not known", {},
                     "write them out");
    }
    if (member.value.kind == NodeKind::kMap)
      postpone_embedded_connectors(member.key, take(member.value, "Connectors"), expansion_);
    const Node* type = member.value.find("Type");
    if (!is_text(type) || !type->text.starts_with(kPrefix)) {
      expansion_.put(std::move(member.key), member.key_span, std::move(member.value));
      return;
    }
    const std::string written = type->text;
    const SamType* known = find_type(written);
    const bool too_long = member.key.size() > kLongestLogicalId;
    if (known == nullptr || too_long || (known->expand == nullptr && written != kConnector)) {
      not_expanded(member, *type, known != nullptr, too_long);
      expansion_.put(std::move(member.key), member.key_span, std::move(member.value));
      return;
    }
    SamResource resource = sam_resource(std::move(member), written);
    if (known->expand != nullptr)
      known->expand(std::move(resource), expansion_);
    else
      expansion_.postpone_connector(std::move(resource));
  }

  void not_expanded(const syntax::Member& member, const Node& type, bool known, bool too_long) {
    std::string name = member.key.substr(0, kLongestLogicalId);
    if (too_long) {
      expansion_.mistake(member.key_span,
                         fmt::format("this logical id has more than {} characters", kLongestLogicalId));
    } else if (!known) {
      std::vector<std::string_view> names;
      for (const SamType& one : kSamTypes)
        names.push_back(one.type);
      const std::optional<std::string_view> meant = base::nearest(type.text, names);
      expansion_.mistake(type.span, fmt::format("{} is no type of SAM that is known", type.text),
                         meant ? fmt::format("did you mean {}?", *meant) : std::string());
    }
    expansion_.gap(member.key_span, fmt::format("what {} of type {} becomes is not known", name, type.text),
                   {},
                   known && !too_long ? "translate the template with SAM, and check what it becomes" : "");
  }

  SamResource sam_resource(syntax::Member member, const std::string& type) {
    SamResource resource{std::move(member.key), member.key_span, std::move(member.value), {}, {}};
    Node& attributes = resource.attributes;
    const Node ignored = take(attributes, "IgnoreGlobals");
    Node properties = take(attributes, "Properties");
    if (properties.kind != NodeKind::kMap) {
      if (properties.kind != NodeKind::kNull) {
        expansion_.mistake(properties.span, fmt::format("Properties of {} is {}, expected an object",
                                                        resource.logical_id, describe(properties.kind)));
        expansion_.gap(properties.span,
                       fmt::format("the properties of {} are not known", resource.logical_id), {});
      }
      properties = NodeBuilder(attributes.span).map();
    }
    resource.properties = with_globals(globals_, type, std::move(properties),
                                       is_null(&ignored) ? nullptr : &ignored, expansion_);
    if (const Node* condition = attributes.find("Condition"))
      resource.condition = expansion_.copy(*condition);
    return resource;
  }

  // The API of events that name none.
  void add_implicit_apis() {
    for (const ImplicitApi& api : kImplicitApis) {
      const auto user = expansion_.implicit_apis().find(std::string(api.type));
      if (user == expansion_.implicit_apis().end() || expansion_.find(api.logical_id) != nullptr)
        continue;
      const Maker maker = user->second;
      const NodeBuilder make(maker.span);
      syntax::Member member{std::string(api.logical_id), maker.name,
                            make.map({{"Type", make.text(std::string(api.type))}})};
      Node properties = make.map();
      if (!api.stage.empty())
        set(properties, "StageName", make.text(std::string(api.stage)));
      set(member.value, "Properties", std::move(properties));
      find_type(api.type)->expand(sam_resource(std::move(member), std::string(api.type)), expansion_);
    }
  }

  Node finish() {
    Node resources = NodeBuilder(resources_.span).map();
    resources.members = expansion_.take_resources();
    set(root_, "Resources", std::move(resources));
    Node conditions = take(root_, "Conditions");
    std::vector<syntax::Member> added = expansion_.take_conditions();
    if (conditions.kind == NodeKind::kNull && !added.empty())
      conditions = NodeBuilder(root_.span).map();
    std::move(added.begin(), added.end(), std::back_inserter(conditions.members));
    if (conditions.kind != NodeKind::kNull)
      set(root_, "Conditions", std::move(conditions));
    drop_transform();
    rewrite_references(root_);
    return std::move(root_);
  }

  void drop_transform() {
    Node transform = take(root_, "Transform");
    std::erase_if(transform.items, [](const Node& one) { return one.text == kTransform; });
    if (!transform.items.empty())
      set(root_, "Transform", std::move(transform));
  }

  // "Handler.Alias" and the like, in Ref, Fn::GetAtt and Fn::Sub.
  void rewrite_references(Node& node) {
    for (Node& item : node.items)
      rewrite_references(item);
    for (syntax::Member& member : node.members) {
      rewrite_references(member.value);
      const bool reference = member.key == "Ref" || member.key == "Fn::GetAtt";
      Node* name = !member.value.items.empty() ? &member.value.items[0] : &member.value;
      if (name->kind != NodeKind::kString || name->text.find('.') == std::string::npos)
        continue;
      if (reference)
        name->text = referred(name->text);
      else if (member.key == "Fn::Sub")
        name->text = in_substitution(name->text);
    }
  }

  // "Handler.Alias.Arn" → "HandlerAliaslive.Arn"; what is none of these stays.
  std::string referred(const std::string& name) const {
    const std::size_t first = name.find('.');
    const std::size_t second = first == std::string::npos ? first : name.find('.', first + 1);
    const auto found = expansion_.references().find(name.substr(0, second));
    if (found == expansion_.references().end())
      return name;
    return second == std::string::npos ? found->second : found->second + name.substr(second);
  }

  std::string in_substitution(const std::string& text) const {
    std::string written;
    std::size_t from = 0;
    for (std::size_t open = text.find("${"); open != std::string::npos; open = text.find("${", from)) {
      const std::size_t close = text.find('}', open);
      if (close == std::string::npos)
        break;
      written.append(text, from, open + 2 - from).append(referred(text.substr(open + 2, close - open - 2))) +=
          '}';
      from = close + 1;
    }
    return written.append(text, from);
  }

  Node root_;
  ServerlessExpansion expansion_;
  Node resources_;
  Node globals_;
};

}  // namespace

bool is_serverless(const Node& root) {
  const Node* transform = root.find("Transform");
  if (transform == nullptr)
    return false;
  return (is_text(transform) && transform->text == kTransform) ||
         std::any_of(transform->items.begin(), transform->items.end(),
                     [](const Node& one) { return is_text(&one) && one.text == kTransform; });
}

Node expand_serverless(Node root, Translation& into) {
  const Node* resources = root.find("Resources");
  if (!is_map(resources)) {
    if (resources != nullptr) {
      into.sink.report(
          {.rule = "GP0301",
           .severity = base::Severity::kError,
           .message = fmt::format("Resources is {}, expected an object", describe(resources->kind)),
           .primary = {.span = resources->span, .text = {}},
           .secondary = {},
           .help = {}});
    }
    return root;
  }
  return Expander(std::move(root), into).expand();
}

}  // namespace grantproof::sources
