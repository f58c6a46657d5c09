// SPDX-License-Identifier: Apache-2.0
#include "sources/aws_dump_iam_policies.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "base/unknown_text.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool is_true(const Node* node) {
  return node != nullptr && (node->kind == NodeKind::kBool ? node->boolean : node->text == "true");
}

// ---- managed policies

constexpr std::array<Property, 2> kManagedPolicyProperties = {{
    {"PolicyName", "ManagedPolicyName", Form::kName},
    {"Path", "Path"},
}};

// The version in force is the default one; the others say nothing.
void complete_managed_policy(const Node& entry, config::Resource& resource, AnswerReader& reader) {
  const Node* in_force = nullptr;
  const std::string_view default_version = text_of(entry, "DefaultVersionId");
  if (const Node* versions = find_member(entry, "PolicyVersionList")) {
    for (const Node& version : entries_of(*versions)) {
      const Node* is_default = find_member(version, "IsDefaultVersion");
      const bool by_id = !default_version.empty() && text_of(version, "VersionId") == default_version;
      if (is_default == nullptr ? !by_id : !is_true(is_default))
        continue;
      if (in_force != nullptr) {
        reader.mistake(version.span,
                       fmt::format("managed policy {} has two default versions", resource.name));
        not_told(resource, "PolicyDocument");
        return;
      }
      in_force = &version;
    }
  }
  const Node* document = in_force == nullptr ? nullptr : find_member(*in_force, "Document");
  if (document == nullptr)
    not_told(resource, "PolicyDocument");
  else
    set_property(resource, "PolicyDocument",
                 reader.document(*document, fmt::format("managed policy {}", resource.name)));
}

// What the file of get-policy-version may be called: by the command, or by the policy.
constexpr FileWords kVersionWords = {"get-policy-version", "policy"};

std::optional<Node> policy_of_version(const Node& version, AnswerReader& reader) {
  const auto name = reader.parameter("PolicyName");
  if (name && !reader.parameter("PolicyArn"))
    return name;
  if (auto said = reader.parameter("PolicyArn", kVersionWords))
    return said;
  const std::string_view stem = file_stem(reader.place().path);
  const bool own_name = !stem.empty() && stem.find(kVersionWords.command) == std::string_view::npos;
  if (!own_name || !reader.is_alone())
    return std::nullopt;
  return text_node(std::string(stem), version.span);
}

// ---- whose a list is

struct Holder {
  std::string_view property;   // of the resource that is made
  std::string_view parameter;  // of the call
  std::string_view key;        // get-role beside it has the parameter, too
  FileWords managed;
  FileWords inlined;
};
constexpr std::array<Holder, 3> kHolders = {{
    {"Roles", "RoleName", "Role", {"list-attached-role-policies"}, {"list-role-policies"}},
    {"Users", "UserName", "User", {"list-attached-user-policies"}, {"list-user-policies"}},
    {"Groups", "GroupName", "Group", {"list-attached-group-policies"}, {"list-group-policies"}},
}};

struct Held {
  std::string_view property;
  Node name;
  std::string_view arn = {};  // where it is said
};

std::optional<Held> holder_of(const FileWords Holder::*words, const AnswerReader& reader) {
  for (const Holder& holder : kHolders) {
    if (auto name = reader.parameter(holder.parameter))
      return Held{holder.property, std::move(*name)};
    const Node* beside = reader.answer().find(holder.key);
    const Node* name = beside == nullptr ? nullptr : find_member(*beside, holder.parameter);
    if (name != nullptr && is_text(*name) && !name->text.empty())
      return Held{holder.property, text_node(name->text, name->span), text_of(*beside, "Arn")};
  }
  for (const Holder& holder : kHolders) {
    if (auto name = reader.parameter(holder.parameter, holder.*words))
      return Held{holder.property, std::move(*name)};
  }
  return std::nullopt;
}

void nobody(const Node& value, const Description& description, std::string_view key, std::string_view command,
            AnswerReader& reader) {
  reader.unreadable(
      value.span, description, fmt::format("nothing says whose {} these are", description.many),
      fmt::format("put the parameter of the call beside them, {{\"RoleName\": …, \"{}\": […]}}, "
                  "or name the file {}.ROLE.json",
                  key, command));
}

Node list_of(Node item) {
  Node list;
  list.kind = NodeKind::kList;
  list.span = item.span;
  list.items.push_back(std::move(item));
  return list;
}

void set_exclusive(config::Resource& resource, base::Span span) {
  Node exclusive;
  exclusive.kind = NodeKind::kBool;
  exclusive.boolean = true;
  exclusive.text = "true";
  exclusive.span = span;
  set_property(resource, "Exclusive", std::move(exclusive));
}

constexpr Description kAttachment = {
    .type = "AWS::IAM::Attachment", .one = "policy", .many = "attached policies", .arn = {}};
constexpr Description kInlineNames = {
    .type = "AWS::IAM::Attachment", .one = "policy", .many = "inline policies", .arn = {}};
constexpr Description kMembership = {
    .type = "AWS::IAM::GroupMembership", .one = "membership", .many = "members of groups", .arn = {}};

// What can be attached to a principal, and what it can be a member of, stands in its own account.
void take_account(config::Resource& resource, std::string_view text) {
  const auto arn = aws::parse_arn(text);
  if (!arn || !aws::is_account_id(arn->account))
    return;
  resource.partition = arn->partition;
  resource.account = arn->account;
}

// The texts of a list: of strings, or of objects with this member. False where one of them is neither.
bool texts_of(const Node& value, std::string_view member, const Description& description, Node& list,
              AnswerReader& reader) {
  list.kind = NodeKind::kList;
  list.span = value.span;
  bool all = true;
  for (const Node& entry : entries_of(value)) {
    const Node* text = entry.kind == NodeKind::kMap ? find_member(entry, member) : &entry;
    if (text != nullptr && is_text(*text) && !text->text.empty()) {
      list.items.push_back(text_node(text->text, text->span));
      continue;
    }
    all = false;
    const Node& wrong = text == nullptr ? entry : *text;
    reader.unreadable(wrong.span, description,
                      fmt::format("{} among the {}, expected {}", syntax::describe(wrong.kind),
                                  description.many, member.empty() ? std::string_view("a name") : member));
  }
  return all;
}

void read_list(const Node& value, std::string_view member, std::string_view property, Held held,
               const Description& description, AnswerReader& reader) {
  Node list;
  const bool all = texts_of(value, member, description, list, reader);
  config::Resource resource = reader.resource(description, held.name.text, {}, value.span);
  take_account(resource, held.arn);
  for (const Node& item : list.items)
    take_account(resource, item.text);
  set_property(resource, held.property, list_of(std::move(held.name)));
  set_property(resource, property, std::move(list));
  if (all)
    set_exclusive(resource, value.span);
  reader.add(std::move(resource));
}

}  // namespace

const Description kManagedPolicy = {.type = "AWS::IAM::ManagedPolicy",
                                    .one = "managed policy",
                                    .many = "managed policies",
                                    .arn = "Arn",
                                    .properties = kManagedPolicyProperties,
                                    .complete = complete_managed_policy};

void read_policy_version(const Node& value, AnswerReader& reader) {
  if (value.kind != NodeKind::kMap) {
    reader.unreadable(value.span, kManagedPolicy,
                      fmt::format("PolicyVersion is {}, expected an object", syntax::describe(value.kind)));
    return;
  }
  const std::string stem(file_stem(reader.place().path));
  auto policy = policy_of_version(value, reader);
  if (!policy) {
    reader.gap(value.span, "nothing says which managed policy this is a version of",
               "put \"PolicyArn\" beside \"PolicyVersion\", or name the file POLICY.json",
               std::string(kManagedPolicy.type));
    policy =
        text_node(base::unknown_text(fmt::format("managed policy of {}", reader.file_name())), value.span);
  }
  const bool named = !base::has_unknown(policy->text);
  const std::string_view name = name_in_arn(policy->text);
  config::Resource resource = reader.resource(kManagedPolicy,
                                              !named         ? stem
                                              : name.empty() ? policy->text
                                                             : std::string(name),
                                              policy->text, value.span);
  set_property(resource, "ManagedPolicyName",
               named ? text_node(resource.name, policy->span) : std::move(*policy));
  const Node* is_default = find_member(value, "IsDefaultVersion");
  const Node* document = find_member(value, "Document");
  if (document == nullptr || (is_default != nullptr && !is_true(is_default))) {
    not_told(resource, "PolicyDocument");
  } else {
    if (is_default == nullptr)
      reader.into().assumptions.push_back(
          fmt::format("the version of {} in {} is the default one", resource.name, reader.place().path));
    set_property(resource, "PolicyDocument",
                 reader.document(*document, fmt::format("managed policy {}", resource.name)));
  }
  reader.add(std::move(resource));
}

void read_attached_policies(const Node& value, AnswerReader& reader) {
  if (auto held = holder_of(&Holder::managed, reader))
    read_list(value, "PolicyArn", "ManagedPolicyArns", std::move(*held), kAttachment, reader);
  else
    nobody(value, kAttachment, "AttachedPolicies", "list-attached-role-policies", reader);
}

void read_policy_names(const Node& value, AnswerReader& reader) {
  if (auto held = holder_of(&Holder::inlined, reader)) {
    read_list(value, {}, "PolicyNames", std::move(*held), kInlineNames, reader);
    return;
  }
  // kms list-key-policies: every key has one policy, of this name.
  const bool of_key =
      value.kind == NodeKind::kList && value.items.size() == 1 && value.items[0].text == "default";
  if (!of_key)
    nobody(value, kInlineNames, "PolicyNames", "list-role-policies", reader);
}

void read_groups(const Node& value, AnswerReader& reader) {
  for (const Node& entry : entries_of(value)) {
    if (entry.kind == NodeKind::kMap)
      describe(group_row(), entry, reader);
  }
  auto user = reader.parameter("UserName", FileWords{"list-groups-for-user"});
  Node names;
  const bool all = texts_of(value, "GroupName", kMembership, names, reader);
  if (!user)
    return;
  config::Resource resource = reader.resource(kMembership, user->text, {}, value.span);
  for (const Node& entry : entries_of(value))
    take_account(resource, text_of(entry, "Arn"));
  set_property(resource, "Users", list_of(std::move(*user)));
  set_property(resource, "GroupName", std::move(names));
  if (all)
    set_exclusive(resource, value.span);
  reader.add(std::move(resource));
}

void read_members(const Node& entry, config::Resource& group, AnswerReader& reader) {
  const Node* users = reader.answer().find("Users");
  const Node* own = reader.answer().find("Group");
  if (users == nullptr || own != &entry)
    return;
  Node names;
  texts_of(*users, "UserName", kMembership, names, reader);
  config::Resource resource = reader.resource(kMembership, group.name, {}, users->span);
  resource.partition = group.partition;
  resource.account = group.account;
  set_property(resource, "GroupName", text_node(group.name, group.span));
  set_property(resource, "Users", std::move(names));
  reader.add(std::move(resource));
}

}  // namespace grantproof::sources
