// SPDX-License-Identifier: Apache-2.0
//
// Roles, users, groups, and the policies that are theirs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/unknown_text.h"
#include "config/gathering.h"

namespace grantproof::config {
namespace {

using policy::PolicyType;
using Kind = Principal::Kind;

struct KindWords {
  Kind kind;
  std::string_view name_property;  // of the principal's own resource
  std::string_view list_property;  // in resources that name several
};
constexpr std::array<KindWords, 3> kKinds = {{
    {Kind::kRole, "RoleName", "Roles"},
    {Kind::kUser, "UserName", "Users"},
    {Kind::kGroup, "GroupName", "Groups"},
}};

// An account's own description of one principal. The principal that is there already, under another condition
// or in another document, is added to.
Principal& principal_of(const Resource& resource, const KindWords& words, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  Principal principal;
  principal.kind = words.kind;
  principal.name = properties.text(words.name_property);
  principal.arn = resource.arn.empty()
                      ? principal_arn(resource, words.kind, principal.name, properties.text("Path"))
                      : resource.arn;
  principal.account = resource.account;
  principal.span = resource.span;
  principal.when = resource.when;
  gathering.configuration.principals.push_back(std::move(principal));
  gathering.managed_policy_arns.emplace_back();
  gathering.permissions_boundaries.emplace_back();
  return gathering.configuration.principals.back();
}

void read_policies(const Resource& resource, Principal& principal, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  for (const syntax::Node* item : properties.items("Policies")) {
    const Properties inline_policy(*item, gathering.sink);
    if (const syntax::Node* document = inline_policy.find("PolicyDocument")) {
      principal.identity_policies.push_back(gathering.add_policy(
          *document, PolicyType::kIdentity, resource, inline_policy.text("PolicyName"), principal.arn));
    } else {
      inline_policy.mistake(item->span, "this inline policy has no PolicyDocument");
    }
  }
  gathering.managed_policy_arns.back() = properties.texts("ManagedPolicyArns");
  if (const auto boundary = properties.texts("PermissionsBoundary"); !boundary.empty())
    gathering.permissions_boundaries.back() = boundary.front();
  const syntax::Node* policies = properties.find("Policies");
  if (policies != nullptr && base::has_unknown(policies->text))
    principal.absent.push_back(
        fmt::format("its inline policies are not known: {}", base::list_unknowns(policies->text)));
  if (!is_told(resource, "Policies"))
    principal.absent.emplace_back(kInlineNotListed);
  if (!is_told(resource, "ManagedPolicyArns"))
    principal.absent.emplace_back(kManagedNotListed);
  if (!is_told(resource, "Groups"))
    principal.absent.emplace_back(kGroupsNotListed);
}

void read_role(const Resource& resource, Gathering& gathering) {
  Principal& role = principal_of(resource, kKinds[0], gathering);
  if (const syntax::Node* trust = gathering.properties_of(resource).find("AssumeRolePolicyDocument"))
    role.trust.push_back(gathering.add_policy(*trust, PolicyType::kTrust, resource, {}, role.arn));
  read_policies(resource, role, gathering);
}

void read_user(const Resource& resource, Gathering& gathering) {
  Principal& user = principal_of(resource, kKinds[1], gathering);
  for (const Text& group : gathering.properties_of(resource).texts("Groups"))
    user.groups.push_back(principal_arn(resource, Kind::kGroup, group.text));
  read_policies(resource, user, gathering);
}

void read_group(const Resource& resource, Gathering& gathering) {
  read_policies(resource, principal_of(resource, kKinds[2], gathering), gathering);
}

void attach(const Resource& resource, Kind kind, const Text& to, Attachment attachment,
            Gathering& gathering) {
  attachment.kind = kind;
  attachment.principal_arn = principal_arn(resource, kind, to.text);
  attachment.span = to.span;
  gathering.attachments.push_back(std::move(attachment));
}

// Who is named in Roles, Users and Groups (or in RoleName, …).
std::vector<std::pair<Kind, Text>> named(const Properties& properties) {
  std::vector<std::pair<Kind, Text>> all;
  for (const KindWords& words : kKinds) {
    for (const std::string_view property : {words.list_property, words.name_property}) {
      for (Text& text : properties.texts(property))
        all.emplace_back(words.kind, std::move(text));
    }
  }
  return all;
}

// AWS::IAM::Policy, RolePolicy, UserPolicy, GroupPolicy: one document, inline in each that is named.
void read_inline_policy(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const syntax::Node* document = properties.find("PolicyDocument");
  if (document == nullptr)
    return properties.mistake(resource.span, "this policy has no PolicyDocument");
  const auto holders = named(properties);
  const PolicyId id = gathering.add_policy(
      *document, PolicyType::kIdentity, resource, properties.text("PolicyName"),
      holders.size() == 1 ? principal_arn(resource, holders.front().first, holders.front().second.text)
                          : std::string());
  for (const auto& [kind, text] : holders) {
    Attachment attachment;
    attachment.policies.push_back(id);
    attach(resource, kind, text, std::move(attachment), gathering);
  }
}

void read_managed_policy(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  const std::string name = properties.text("ManagedPolicyName");
  std::string path = properties.text("Path");
  if (!path.ends_with('/'))
    path += '/';
  const std::string arn =
      resource.arn.empty() ? global_arn_of(resource, "iam", "policy" + path + name) : resource.arn;
  if (const syntax::Node* document = properties.find("PolicyDocument"))
    gathering.managed_policies[arn].push_back(
        gathering.add_policy(*document, PolicyType::kIdentity, resource, name, {}));
  for (const auto& [kind, text] : named(properties)) {
    Attachment attachment;
    attachment.managed_policy_arns.push_back({arn, text.span});
    attach(resource, kind, text, std::move(attachment), gathering);
  }
}

void read_attachment(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  for (const auto& [kind, text] : named(properties)) {
    Attachment attachment;
    attachment.managed_policy_arns = properties.texts("ManagedPolicyArns");
    for (Text& name : properties.texts("PolicyNames"))
      attachment.policy_names.push_back(std::move(name.text));
    const bool all = properties.flag("Exclusive");
    attachment.all_managed = all && properties.find("ManagedPolicyArns") != nullptr;
    attachment.all_inline = all && properties.find("PolicyNames") != nullptr;
    attach(resource, kind, text, std::move(attachment), gathering);
  }
}

void read_membership(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  if (properties.flag("Exclusive")) {
    for (const Text& user : properties.texts("Users")) {
      Attachment attachment;
      attachment.all_groups = true;
      attach(resource, Kind::kUser, user, std::move(attachment), gathering);
    }
  }
  for (const Text& group : properties.texts("GroupName")) {
    for (const Text& user : properties.texts("Users")) {
      Attachment attachment;
      attachment.group_arn = principal_arn(resource, Kind::kGroup, group.text);
      attach(resource, Kind::kUser, user, std::move(attachment), gathering);
    }
  }
}

constexpr std::array<ResourceType, 10> kTypes = {{
    {"AWS::IAM::Role", read_role},
    {"AWS::IAM::User", read_user},
    {"AWS::IAM::Group", read_group},
    {"AWS::IAM::Policy", read_inline_policy},
    {"AWS::IAM::RolePolicy", read_inline_policy},
    {"AWS::IAM::UserPolicy", read_inline_policy},
    {"AWS::IAM::GroupPolicy", read_inline_policy},
    {"AWS::IAM::ManagedPolicy", read_managed_policy},
    {"AWS::IAM::Attachment", read_attachment},
    {"AWS::IAM::GroupMembership", read_membership},
}};

}  // namespace

std::span<const ResourceType> iam_types() {
  return kTypes;
}

}  // namespace grantproof::config
