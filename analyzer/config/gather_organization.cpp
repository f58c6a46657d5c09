// SPDX-License-Identifier: Apache-2.0
//
// The organisation: its roots, units and accounts, and the policies that are attached to them.
#include <array>
#include <utility>

#include "config/gathering.h"

namespace grantproof::config {
namespace {

using policy::PolicyType;

// Sources name ids and parents in their own ways.
std::string first_of(const Properties& properties, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (properties.find(name) == nullptr)
      continue;
    if (const auto texts = properties.texts(name); !texts.empty())
      return texts.front().text;
  }
  return {};
}

void read_organization(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  Organization& organization = gathering.configuration.organization;
  organization.id = properties.text("Id");
  organization.management_account = first_of(properties, {"ManagementAccountId", "MasterAccountId"});
}

void add_unit(const Resource& resource, std::string id, std::string name, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  OrganizationalUnit unit;
  unit.id = std::move(id);
  unit.name = std::move(name);
  unit.parent = first_of(properties, {"ParentId", "ParentIds"});
  unit.span = resource.span;
  gathering.configuration.organization.units.push_back(std::move(unit));
}

void read_unit(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const std::string id = properties.text("Id");
  add_unit(resource, id.empty() ? resource.name : id, properties.text("Name"), gathering);
}

void read_account(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const std::string id = first_of(properties, {"Id", "AccountId"});
  const std::string name = first_of(properties, {"AccountName", "Name"});
  gathering.configuration.accounts.push_back({id.empty() ? resource.name : id, name});
  add_unit(resource, id.empty() ? resource.name : id, name, gathering);
}

void read_policy_resource(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const std::string type = properties.text("Type");
  const bool resource_control = type == "RESOURCE_CONTROL_POLICY";
  if (!resource_control && type != "SERVICE_CONTROL_POLICY" && !type.empty())
    return;  // tag policies, backup policies, …: nothing of them allows or denies
  const syntax::Node* content = properties.find("Content");
  if (content == nullptr)
    return properties.mistake(resource.span, "this policy of the organisation has no Content",
                              "describe-policy tells it; list-policies does not");
  const PolicyId id = gathering.add_policy(
      *content, resource_control ? PolicyType::kResourceControl : PolicyType::kServiceControl, resource,
      properties.text("Name"), {});
  for (const Text& target : properties.texts("TargetIds"))
    gathering.unit_policies.push_back({target.text, id, resource_control});
}

constexpr std::array<ResourceType, 4> kTypes = {{
    {"AWS::Organizations::Organization", read_organization},
    {"AWS::Organizations::OrganizationalUnit", read_unit},
    {"AWS::Organizations::Account", read_account},
    {"AWS::Organizations::Policy", read_policy_resource},
}};

}  // namespace

std::span<const ResourceType> organization_types() {
  return kTypes;
}

}  // namespace grantproof::config
