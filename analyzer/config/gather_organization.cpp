// SPDX-License-Identifier: Apache-2.0
//
// The organisation: its roots, units and accounts, and the policies that are attached to them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/unknown_text.h"
#include "config/link.h"

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
  // list-accounts tells the name, list-accounts-for-parent the parent.
  for (OrganizationalUnit& known : gathering.configuration.organization.units) {
    if (known.id != unit.id)
      continue;
    if (known.parent.empty())
      known.parent = std::move(unit.parent);
    if (known.name.empty())
      known.name = std::move(unit.name);
    return;
  }
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
  std::vector<Account>& accounts = gathering.configuration.accounts;
  const std::string known = id.empty() ? resource.name : id;
  const auto at = std::find_if(accounts.begin(), accounts.end(),
                               [&](const Account& account) { return account.id == known; });
  if (at == accounts.end())
    accounts.push_back({known, name});
  else if (at->name.empty())
    at->name = name;
  add_unit(resource, id.empty() ? resource.name : id, name, gathering);
}

void read_policy_resource(const Resource& resource, Gathering& gathering) {
  gathering.control_policies.push_back(resource);
}

constexpr std::array<ResourceType, 4> kTypes = {{
    {"AWS::Organizations::Organization", read_organization},
    {"AWS::Organizations::OrganizationalUnit", read_unit},
    {"AWS::Organizations::Account", read_account},
    {"AWS::Organizations::Policy", read_policy_resource},
}};

// Answers that tell one policy, by its id: describe-policy its text, list-targets-for-policy who has it.
struct ControlPolicy {
  const Resource* described = nullptr;  // with Content
  const Resource* first = nullptr;
  std::string type;
  std::vector<Text> targets;
};

}  // namespace

void link_control_policies(Gathering& gathering) {
  std::map<std::string, ControlPolicy> policies;
  std::size_t nameless = 0;
  for (const Resource& resource : gathering.control_policies) {
    const Properties properties = gathering.properties_of(resource);
    const std::string id = properties.text("Id");
    ControlPolicy& policy = policies[id.empty() ? fmt::format("{:08}", nameless++) : id];
    if (policy.first == nullptr)
      policy.first = &resource;
    if (policy.described == nullptr && properties.find("Content") != nullptr)
      policy.described = &resource;
    if (policy.type.empty())
      policy.type = properties.text("Type");
    for (Text& target : properties.texts("TargetIds"))
      policy.targets.push_back(std::move(target));
  }
  for (const auto& [id, policy] : policies) {
    const bool resource_control = policy.type == "RESOURCE_CONTROL_POLICY";
    // Tag policies, backup policies, …: nothing of them allows or denies.
    if (!resource_control && policy.type != "SERVICE_CONTROL_POLICY" && !policy.type.empty())
      continue;
    const auto type = resource_control ? PolicyType::kResourceControl : PolicyType::kServiceControl;
    PolicyId read{};
    if (policy.described != nullptr) {
      const Properties properties = gathering.properties_of(*policy.described);
      read = gathering.add_policy(*properties.find("Content"), type, *policy.described,
                                  properties.text("Name"), {});
    } else {
      // AWS attaches its own policies that allow everything; of another one nobody knows what it denies.
      const std::string name = gathering.properties_of(*policy.first).text("Name");
      if (name == "FullAWSAccess" || name == "RCPFullAWSAccess")
        continue;
      gathering.configuration.gaps.push_back({fmt::format("the text of policy {} is not there", id),
                                              "add what describe-policy says of it", policy.first->span,
                                              "AWS::Organizations::Policy"});
      syntax::Node unknown;
      unknown.kind = syntax::NodeKind::kString;
      unknown.text = base::unknown_text("policy " + id);
      unknown.span = policy.first->span;
      read = gathering.add_policy(unknown, type, *policy.first, name, {});
    }
    std::set<std::string> targets;
    for (const Text& target : policy.targets) {
      if (targets.insert(target.text).second)
        gathering.unit_policies.push_back({target.text, read, resource_control});
    }
  }
}

std::span<const ResourceType> organization_types() {
  return kTypes;
}

}  // namespace grantproof::config
