// SPDX-License-Identifier: Apache-2.0
//
// AWS::Serverless::StateMachine.
#include <fmt/format.h>

#include "sources/serverless_events.h"
#include "sources/serverless_policies.h"
#include "sources/serverless_resources.h"
#include "sources/serverless_role.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

constexpr std::string_view kOnlySam[] = {"Definition", "DefinitionUri", "DefinitionSubstitutions",
                                         "DeploymentPreference", "PropagateTags"};

// The logical id of the alias, where there is one and the events go to it.
std::string add_alias(SamResource& machine, ServerlessExpansion& expansion) {
  const Node name = take(machine.properties, "AutoPublishAlias");
  const Node as_target = take(machine.properties, "UseAliasAsEventTarget");
  if (name.kind == NodeKind::kNull)
    return {};
  const NodeBuilder make(name.span);
  const std::string version = machine.logical_id + "Version";
  std::string alias =
      machine.logical_id + "Alias" + alphanumeric(expansion.text_of(name).substr(0, kLongestLogicalId));
  expansion.add(version, "AWS::StepFunctions::StateMachineVersion",
                make.map({{"StateMachineArn", make.ref(machine.logical_id)}}), machine.maker());
  Node properties =
      make.map({{"DeploymentPreference", make.map({{"StateMachineVersionArn", make.ref(version)}})}});
  set(properties, "Name", expansion.copy(name));
  expansion.add(alias, "AWS::StepFunctions::StateMachineAlias", std::move(properties), machine.maker());
  return as_target.kind == NodeKind::kBool && as_target.boolean ? alias : std::string();
}

}  // namespace

void expand_state_machine(SamResource machine, ServerlessExpansion& expansion) {
  const NodeBuilder make(machine.attributes.span);
  Node& properties = machine.properties;
  for (const std::string_view property : kOnlySam)
    take(properties, property);
  const Node events = take(properties, "Events");
  const Node policies = take(properties, "Policies");
  const Node boundary = take(properties, "PermissionsBoundary");
  Node path = take(properties, "RolePath");
  Node role = take(properties, "Role");
  const Node tags = take(properties, "Tags");
  const std::string alias = add_alias(machine, expansion);

  for (const auto& [sam, cloudformation] :
       {std::pair{"Name", "StateMachineName"}, std::pair{"Type", "StateMachineType"},
        std::pair{"Tracing", "TracingConfiguration"}, std::pair{"Logging", "LoggingConfiguration"}}) {
    Node value = take(properties, sam);
    if (value.kind != NodeKind::kNull)
      set(properties, cloudformation, std::move(value));
  }
  if (role.kind != NodeKind::kNull) {
    if (policies.kind != NodeKind::kNull) {
      expansion.mistake(policies.span, fmt::format("{} has both Role and Policies", machine.logical_id),
                        "leave one of them out");
    }
    set(properties, "RoleArn", std::move(role));
  } else {
    const std::string logical_id = machine.logical_id + "Role";
    RolePolicies own;
    add_policies(policies, logical_id, expansion, own);
    const Node* tracing = properties.find("TracingConfiguration");
    const Node* enabled = tracing != nullptr ? tracing->find("Enabled") : nullptr;
    if (enabled != nullptr && expansion.text_of(*enabled) != "false" && enabled->text != "false")
      own.add_managed("AWSXrayWriteOnlyAccess", NodeBuilder(tracing->span));
    Node made = own.role(trust_node("states.amazonaws.com", make), make);
    if (path.kind != NodeKind::kNull)
      set(made, "Path", std::move(path));
    if (boundary.kind != NodeKind::kNull)
      set(made, "PermissionsBoundary", expansion.copy(boundary));
    set(made, "Tags", tag_list(tags, "stateMachine:createdBy", make, expansion));
    expansion.add(logical_id, "AWS::IAM::Role", std::move(made), machine.maker());
    set(properties, "RoleArn", make.get_att(logical_id, "Arn"));
  }
  set(properties, "Tags", tag_list(tags, "stateMachine:createdBy", make, expansion));

  const Node condition = machine.condition;
  add_events(events,
             {.logical_id = machine.logical_id,
              .state_machine = true,
              .alias = alias,
              .condition = is_null(&condition) ? nullptr : &condition,
              .role = nullptr,
              .permissions_boundary = &boundary},
             expansion);
  Node written = std::move(properties);
  expansion.put(std::move(machine), "AWS::StepFunctions::StateMachine", std::move(written));
}

}  // namespace grantproof::sources
