// SPDX-License-Identifier: Apache-2.0
//
// The SAM resources of which little has a part in permissions: APIs, tables, layers, nested applications.
#include <fmt/format.h>

#include "base/unknown_text.h"
#include "sources/serverless_resources.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

bool is_true(const Node* node) {
  return node != nullptr && node->text == "true";
}

// Authorizers that are functions: the API may call them.
void add_authorizer_permissions(const SamResource& api, bool by_default, ServerlessExpansion& expansion) {
  const Node* authentication = api.properties.find("Auth");
  const Node* authorizers = authentication != nullptr ? authentication->find("Authorizers") : nullptr;
  if (authorizers == nullptr)
    return;
  for (const syntax::Member& authorizer : authorizers->members) {
    const Node* function = authorizer.value.find("FunctionArn");
    const bool permitted = by_default ? !is_true(authorizer.value.find("DisableFunctionDefaultPermissions"))
                                      : is_true(authorizer.value.find("EnableFunctionDefaultPermissions"));
    if (is_null(function) || !permitted || authorizer.key.size() > kLongestLogicalId)
      continue;
    const NodeBuilder make(authorizer.value.span);
    Node permission = make.map({{"Action", make.text("lambda:InvokeFunction")},
                                {"Principal", make.text("apigateway.amazonaws.com")},
                                {"SourceArn", make.sub("arn:${AWS::Partition}:execute-api:${AWS::Region}:"
                                                       "${AWS::AccountId}:${__ApiId__}/authorizers/*",
                                                       {{"__ApiId__", make.ref(api.logical_id)}})}});
    set(permission, "FunctionName", expansion.copy(*function));
    const Maker maker{authorizer.key_span, authorizer.value.span, api.maker().condition};
    expansion.add(api.logical_id + alphanumeric(authorizer.key) + "AuthorizerPermission",
                  "AWS::Lambda::Permission", std::move(permission), maker);
  }
}

// What of an API is carried over: its names. Paths and integrations decide nothing here.
Node api_properties(const SamResource& api, ServerlessExpansion& expansion) {
  const NodeBuilder make(api.attributes.span);
  Node properties = make.map();
  if (const Node* name = api.properties.find("Name"))
    set(properties, "Name", expansion.copy(*name));
  const Node* authentication = api.properties.find("Auth");
  if (authentication != nullptr && !is_null(authentication->find("ResourcePolicy"))) {
    set(properties, "Policy",
        NodeBuilder(authentication->find("ResourcePolicy")->span)
            .text(base::unknown_text("resource policy of " + api.logical_id)));
  }
  return properties;
}

std::string stage_name(const SamResource& api) {
  const Node* stage = api.properties.find("StageName");
  return is_text(stage) ? alphanumeric(std::string_view(stage->text).substr(0, kLongestLogicalId))
                        : std::string();
}

void add_stage(const SamResource& api, const std::string& logical_id, std::string_view type,
               std::string_view api_property, ServerlessExpansion& expansion) {
  const NodeBuilder make(api.attributes.span);
  Node properties = make.map({{std::string(api_property), make.ref(api.logical_id)}});
  if (const Node* name = api.properties.find("StageName"))
    set(properties, "StageName", expansion.copy(*name));
  expansion.add(logical_id, type, std::move(properties), api.maker());
  expansion.refer(api.logical_id + ".Stage", logical_id);
}

}  // namespace

void expand_api(SamResource api, ServerlessExpansion& expansion) {
  add_authorizer_permissions(api, true, expansion);
  add_stage(api, api.logical_id + stage_name(api) + "Stage", "AWS::ApiGateway::Stage", "RestApiId",
            expansion);
  // SAM ends its id with a hash of the API's definition.
  const NodeBuilder make(api.attributes.span);
  expansion.add(api.logical_id + "Deployment", "AWS::ApiGateway::Deployment",
                make.map({{"RestApiId", make.ref(api.logical_id)}}), api.maker());
  expansion.refer(api.logical_id + ".Deployment", api.logical_id + "Deployment");
  Node properties = api_properties(api, expansion);
  expansion.put(std::move(api), "AWS::ApiGateway::RestApi", std::move(properties));
}

void expand_http_api(SamResource api, ServerlessExpansion& expansion) {
  add_authorizer_permissions(api, false, expansion);
  const std::string stage = is_null(api.properties.find("StageName")) ? "ApiGatewayDefault" : stage_name(api);
  add_stage(api, api.logical_id + stage + "Stage", "AWS::ApiGatewayV2::Stage", "ApiId", expansion);
  Node properties = api_properties(api, expansion);
  expansion.put(std::move(api), "AWS::ApiGatewayV2::Api", std::move(properties));
}

void expand_simple_table(SamResource table, ServerlessExpansion& expansion) {
  Node properties = std::move(table.properties);
  take(properties, "PrimaryKey");
  const Node tags = take(properties, "Tags");
  if (tags.kind == NodeKind::kMap)
    set(properties, "Tags", tag_list(tags, {}, NodeBuilder(tags.span), expansion));
  expansion.put(std::move(table), "AWS::DynamoDB::Table", std::move(properties));
}

void expand_layer_version(SamResource layer, ServerlessExpansion& expansion) {
  // SAM ends its logical id with a hash; whoever refers to it writes the id without.
  Node properties = std::move(layer.properties);
  for (const std::string_view property : {"ContentUri", "RetentionPolicy", "PublishLambdaVersion"})
    take(properties, property);
  expansion.put(std::move(layer), "AWS::Lambda::LayerVersion", std::move(properties));
}

void expand_application(SamResource application, ServerlessExpansion& expansion) {
  Node location = take(application.properties, "Location");
  Node parameters = take(application.properties, "Parameters");
  const NodeBuilder make(application.attributes.span);
  Node properties = make.map();
  if (location.kind == NodeKind::kMap && !is_intrinsic_function(location)) {
    const Node* id = location.find("ApplicationId");
    const std::string_view name = id != nullptr ? expansion.text_of(*id) : std::string_view();
    expansion.gap(location.span,
                  fmt::format("the application {} is not there: what {} makes is not known",
                              name.empty() ? application.logical_id : name, application.logical_id),
                  {}, "check its template beside this one");
    location = NodeBuilder(location.span).text(base::unknown_text("template of " + application.logical_id));
  } else if (location.kind == NodeKind::kNull) {
    expansion.mistake(application.name, fmt::format("{} has no Location", application.logical_id));
    location = make.text(base::unknown_text("template of " + application.logical_id));
  }
  set(properties, "TemplateURL", std::move(location));
  if (parameters.kind != NodeKind::kNull)
    set(properties, "Parameters", std::move(parameters));
  expansion.put(std::move(application), "AWS::CloudFormation::Stack", std::move(properties));
}

Node tag_list(const Node& tags, std::string_view created_by, const NodeBuilder& make,
              ServerlessExpansion& expansion) {
  Node list = make.list();
  const auto add = [&list](const std::string& key, Node value, const NodeBuilder& here) {
    Node tag = here.map({{"Key", here.text(key)}});
    set(tag, "Value", std::move(value));
    list.items.push_back(std::move(tag));
  };
  if (!created_by.empty())
    add(std::string(created_by), make.text("SAM"), make);
  for (const syntax::Member& tag : tags.members) {
    if (!expansion.has_room(2 + expansion.size_of_key(tag), tag.key_span))
      break;
    add(tag.key, expansion.copy(tag.value), NodeBuilder(tag.value.span));
  }
  return list;
}

std::string alphanumeric(std::string_view name) {
  std::string text;
  for (const char letter : name) {
    const bool kept = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9');
    if (kept)
      text += letter;
  }
  return text;
}

}  // namespace grantproof::sources
