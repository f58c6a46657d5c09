// SPDX-License-Identifier: Apache-2.0
//
// Answers of aws organizations, each by itself or several put together in one object:
//
//   { "Organization": {…}, "Roots": […], "OrganizationalUnits": [{Id, ParentId, Name}],
//     "Accounts": [{Id, Name, ParentId}], "Policies": [{PolicySummary, Content, TargetIds}] }
#include <fmt/format.h>

#include <array>
#include <utility>

#include "aws/arn.h"
#include "sources/aws_dump_answer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::array<Property, 3> kOrganizationProperties = {{
    {"Id", "Id", Form::kName},
    {"MasterAccountId", "MasterAccountId", Form::kText, true},
    {"FeatureSet", "FeatureSet"},
}};
constexpr Description kOrganization = {.type = "AWS::Organizations::Organization",
                                       .one = "organization",
                                       .many = "organizations",
                                       .arn = "Arn",
                                       .properties = kOrganizationProperties};

// ---- where accounts and units stand

constexpr FileWords kAccountsWords = {"list-accounts-for-parent"};
constexpr FileWords kUnitsWords = {"list-organizational-units-for-parent"};

// In the entry, beside the list, or in the name of the file.
void set_parent(const Node& entry, std::string_view property, const FileWords& words,
                config::Resource& resource, AnswerReader& reader) {
  if (const std::string parent = reader.text(entry, "ParentId"); !parent.empty())
    set_property(resource, property, text_node(parent, find_member(entry, "ParentId")->span));
  else if (auto said = reader.parameter("ParentId", words))
    set_property(resource, property, std::move(*said));
  else
    not_told(resource, property);
}

void complete_account(const Node& entry, config::Resource& resource, AnswerReader& reader) {
  set_parent(entry, "ParentIds", kAccountsWords, resource, reader);
}
void complete_unit(const Node& entry, config::Resource& resource, AnswerReader& reader) {
  set_parent(entry, "ParentId", kUnitsWords, resource, reader);
}

constexpr std::array<Property, 2> kAccountProperties = {{
    {"Id", "Id", Form::kName},
    {"Name", "AccountName", Form::kText, true},
}};
constexpr Description kAccount = {.type = "AWS::Organizations::Account",
                                  .one = "account",
                                  .many = "accounts",
                                  .arn = "Arn",
                                  .properties = kAccountProperties,
                                  .complete = complete_account};

constexpr std::array<Property, 2> kUnitProperties = {{
    {"Id", "Id", Form::kName},
    {"Name", "Name", Form::kText, true},
}};
constexpr Description kUnit = {.type = "AWS::Organizations::OrganizationalUnit",
                               .one = "organizational unit",
                               .many = "organizational units",
                               .arn = "Arn",
                               .properties = kUnitProperties,
                               .complete = complete_unit};
// A root has no parent.
constexpr std::array<Property, 3> kRootProperties = {{
    {"Id", "Id", Form::kName},
    {"Name", "Name"},
    {"PolicyTypes", "PolicyTypes", Form::kList},
}};
constexpr Description kRoot = {.type = "AWS::Organizations::OrganizationalUnit",
                               .one = "root",
                               .many = "roots",
                               .arn = "Arn",
                               .properties = kRootProperties};

// ---- list-parents, list-children: {Id, Type} of the one or the other

void read_parents(const Node& value, AnswerReader& reader);
void read_children(const Node& value, AnswerReader& reader);
constexpr Description kParents = {.type = "AWS::Organizations::OrganizationalUnit",
                                  .one = "parent",
                                  .many = "parents",
                                  .arn = {},
                                  .read = read_parents};
constexpr Description kChildren = {.type = "AWS::Organizations::OrganizationalUnit",
                                   .one = "child",
                                   .many = "children",
                                   .arn = {},
                                   .read = read_children};

void add_child(Node child, Node parent, AnswerReader& reader) {
  const bool account = aws::is_account_id(child.text);
  config::Resource resource = reader.resource(account ? kAccount : kUnit, child.text, {}, child.span);
  set_property(resource, "Id", std::move(child));
  not_told(resource, account ? "AccountName" : "Name");
  set_property(resource, account ? "ParentIds" : "ParentId", std::move(parent));
  reader.add(std::move(resource));
}

// The ids of {Id, Type} entries with the one they belong to.
void read_family(const Node& value, const Description& description, std::optional<Node> known,
                 bool known_is_child, std::string_view parameter, std::string_view command,
                 AnswerReader& reader) {
  if (!known) {
    reader.unreadable(value.span, description,
                      fmt::format("nothing says whose {} these are", description.many),
                      fmt::format("put \"{}\" beside them, or name the file {}.ID.json", parameter, command));
    return;
  }
  for (const Node& entry : entries_of(value)) {
    const std::string id(entry.kind == NodeKind::kMap ? text_of(entry, "Id") : std::string_view());
    if (id.empty()) {
      reader.unreadable(
          entry.span, description,
          fmt::format("{} without Id among {}", syntax::describe(entry.kind), description.many));
      continue;
    }
    Node other = text_node(id, entry.span);
    if (known_is_child)
      add_child(*known, std::move(other), reader);
    else
      add_child(std::move(other), *known, reader);
  }
}

void read_parents(const Node& value, AnswerReader& reader) {
  read_family(value, kParents, reader.parameter("ChildId", FileWords{"list-parents"}), true, "ChildId",
              "list-parents", reader);
}

void read_children(const Node& value, AnswerReader& reader) {
  read_family(value, kChildren, reader.parameter("ParentId", FileWords{"list-children"}), false, "ParentId",
              "list-children", reader);
}

// ---- policies

constexpr std::array<Property, 5> kPolicyProperties = {{
    {"Id", "Id", Form::kName},
    {"Name", "Name", Form::kText, true},
    {"Type", "Type", Form::kText, true},
    {"Content", "Content", Form::kDocument, true},
    {"TargetIds", "TargetIds", Form::kNames, true},
}};

// list-policies-for-target names one target of each policy; it may have others.
void complete_policy(const Node&, config::Resource& resource, AnswerReader& reader) {
  if (resource.properties.find("TargetIds") != nullptr || reader.answer().find("Policies") == nullptr)
    return;
  if (auto target = reader.parameter("TargetId", FileWords{"list-policies-for-target"})) {
    Node list;
    list.kind = NodeKind::kList;
    list.span = target->span;
    list.items.push_back(std::move(*target));
    set_property(resource, "TargetIds", std::move(list));
  }
}

constexpr Description kPolicy = {.type = "AWS::Organizations::Policy",
                                 .one = "policy of the organization",
                                 .many = "policies of the organization",
                                 .arn = "Arn",
                                 .properties = kPolicyProperties,
                                 .complete = complete_policy};

// {PolicySummary: {Id, Arn, Name, Type}, Content}, with TargetIds beside them or not.
void read_policy_with_summary(const Node& value, AnswerReader& reader);
constexpr Description kPolicyWithSummary = {.type = "AWS::Organizations::Policy",
                                            .one = "policy of the organization",
                                            .many = "policies of the organization",
                                            .arn = {},
                                            .read = read_policy_with_summary};
constexpr Row kPolicyRow = {"Policies", &kPolicy};

void read_policy_with_summary(const Node& value, AnswerReader& reader) {
  for (const Node& entry : entries_of(value)) {
    const Node* summary = entry.kind == NodeKind::kMap ? find_member(entry, "PolicySummary") : nullptr;
    const Node& said = summary != nullptr && summary->kind == NodeKind::kMap ? *summary : entry;
    if (said.kind != NodeKind::kMap) {
      reader.unreadable(entry.span, kPolicy,
                        fmt::format("{} among policies, expected an object", syntax::describe(entry.kind)));
      continue;
    }
    Node whole = said;
    for (const std::string_view name : {"Content", "TargetIds"}) {
      const Node* member = find_member(entry, name);
      if (member == nullptr)
        member = reader.answer().find(name);  // beside "Policy"
      if (member != nullptr && whole.find(name) == nullptr)
        whole.members.push_back({std::string(name), member->span, *member});
    }
    whole.span = entry.span;
    describe(kPolicyRow, whole, reader);
  }
}

// list-targets-for-policy
void read_policy_targets(const Node& value, AnswerReader& reader);
constexpr Description kPolicyTargets = {.type = "AWS::Organizations::Policy",
                                        .one = "target",
                                        .many = "targets of policies of the organization",
                                        .arn = {},
                                        .read = read_policy_targets};

void read_policy_targets(const Node& value, AnswerReader& reader) {
  auto policy = reader.parameter("PolicyId", FileWords{"list-targets-for-policy"});
  if (!policy) {
    reader.unreadable(value.span, kPolicyTargets, "nothing says of which policy these are the targets",
                      "put \"PolicyId\" beside them, or name the file list-targets-for-policy.ID.json");
    return;
  }
  config::Resource resource = reader.resource(kPolicyTargets, policy->text, {}, value.span);
  set_property(resource, "Id", std::move(*policy));
  Node ids;
  ids.kind = NodeKind::kList;
  ids.span = value.span;
  for (const Node& entry : entries_of(value)) {
    const std::string id(entry.kind == NodeKind::kMap ? text_of(entry, "TargetId") : std::string_view());
    if (!id.empty()) {
      ids.items.push_back(text_node(id, entry.span));
      continue;
    }
    not_told(resource, "TargetIds");
    reader.mistake(entry.span, fmt::format("{} among Targets, expected an object with TargetId",
                                           syntax::describe(entry.kind)));
  }
  set_property(resource, "TargetIds", std::move(ids));
  for (const std::string_view property : {"Name", "Type", "Content"})
    not_told(resource, property);
  reader.add(std::move(resource));
}

constexpr std::array<Row, 14> kRows = {{
    {"Organization", &kOrganization, {{{"Id", "o-"}}}},
    {"Account", &kAccount, {{{"Id", "############"}}}},
    {"Accounts", &kAccount, {{{"Id", "############"}}}},
    {"Roots", &kRoot, {{{"Id", "r-"}}}},
    {"OrganizationalUnit", &kUnit, {{{"Id", "ou-"}}}},
    {"OrganizationalUnits", &kUnit, {{{"Id", "ou-"}}}, {}, {}, true},
    {"Parents", &kParents, {{{"Id"}, {"Type"}}}, {}, "ChildId"},
    {"Children", &kChildren, {{{"Id"}, {"Type"}}}, {}, "ParentId"},
    {"Policy", &kPolicyWithSummary, {{{"PolicySummary"}}}},
    {"PolicySummary", &kPolicy, {{{"Id", "p-"}}}},
    {"Policies", &kPolicyWithSummary, {{{"PolicySummary"}}}},
    {"Policies", &kPolicyWithSummary, {{{"Id", "p-"}}}},
    {"Targets", &kPolicyTargets, {{{"TargetId"}}}, {}, "PolicyId"},
    {"", &kAccount, {{{"Arn", "organizations:account/"}, {"Id", "############"}}}},
}};

}  // namespace

std::span<const Row> organization_rows() {
  return kRows;
}

}  // namespace grantproof::sources
