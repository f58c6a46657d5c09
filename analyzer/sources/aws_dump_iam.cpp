// SPDX-License-Identifier: Apache-2.0
//
// Answers of aws iam.
#include <array>

#include "sources/aws_dump_answer.h"
#include "sources/aws_dump_iam_policies.h"

namespace grantproof::sources {
namespace {

constexpr std::array<Property, 7> kRoleProperties = {{
    {"RoleName", "RoleName", Form::kName},
    {"Path", "Path"},
    {"AssumeRolePolicyDocument", "AssumeRolePolicyDocument", Form::kDocument, true},
    {"RolePolicyList", "Policies", Form::kInlinePolicies, true},
    {"AttachedManagedPolicies", "ManagedPolicyArns", Form::kManagedPolicyArns, true},
    {"PermissionsBoundary", "PermissionsBoundary", Form::kBoundary},
    {"Tags", "Tags", Form::kList},
}};
constexpr Description kRole = {
    .type = "AWS::IAM::Role", .one = "role", .many = "roles", .arn = "Arn", .properties = kRoleProperties};

constexpr std::array<Property, 7> kUserProperties = {{
    {"UserName", "UserName", Form::kName},
    {"Path", "Path"},
    {"GroupList", "Groups", Form::kNames, true},
    {"UserPolicyList", "Policies", Form::kInlinePolicies, true},
    {"AttachedManagedPolicies", "ManagedPolicyArns", Form::kManagedPolicyArns, true},
    {"PermissionsBoundary", "PermissionsBoundary", Form::kBoundary},
    {"Tags", "Tags", Form::kList},
}};
constexpr Description kUser = {
    .type = "AWS::IAM::User", .one = "user", .many = "users", .arn = "Arn", .properties = kUserProperties};

constexpr std::array<Property, 4> kGroupProperties = {{
    {"GroupName", "GroupName", Form::kName},
    {"Path", "Path"},
    {"GroupPolicyList", "Policies", Form::kInlinePolicies, true},
    {"AttachedManagedPolicies", "ManagedPolicyArns", Form::kManagedPolicyArns, true},
}};
constexpr Description kGroup = {.type = "AWS::IAM::Group",
                                .one = "group",
                                .many = "groups",
                                .arn = "Arn",
                                .properties = kGroupProperties,
                                .complete = read_members};

// ---- get-role-policy and the like: one inline policy

constexpr std::array<Property, 3> kRolePolicyProperties = {{
    {"PolicyName", "PolicyName", Form::kName},
    {"RoleName", "RoleName"},
    {"PolicyDocument", "PolicyDocument", Form::kDocument},
}};
constexpr Description kRolePolicy = {.type = "AWS::IAM::RolePolicy",
                                     .one = "inline policy",
                                     .many = "inline policies",
                                     .arn = {},
                                     .properties = kRolePolicyProperties};
constexpr std::array<Property, 3> kUserPolicyProperties = {{
    {"PolicyName", "PolicyName", Form::kName},
    {"UserName", "UserName"},
    {"PolicyDocument", "PolicyDocument", Form::kDocument},
}};
constexpr Description kUserPolicy = {.type = "AWS::IAM::UserPolicy",
                                     .one = "inline policy",
                                     .many = "inline policies",
                                     .arn = {},
                                     .properties = kUserPolicyProperties};
constexpr std::array<Property, 3> kGroupPolicyProperties = {{
    {"PolicyName", "PolicyName", Form::kName},
    {"GroupName", "GroupName"},
    {"PolicyDocument", "PolicyDocument", Form::kDocument},
}};
constexpr Description kGroupPolicy = {.type = "AWS::IAM::GroupPolicy",
                                      .one = "inline policy",
                                      .many = "inline policies",
                                      .arn = {},
                                      .properties = kGroupPolicyProperties};

// ---- rows

constexpr Description kAttachedPolicies = {.type = "AWS::IAM::Attachment",
                                           .one = "attached policy",
                                           .many = "attached policies",
                                           .arn = {},
                                           .read = read_attached_policies};
constexpr Description kPolicyNames = {.type = "AWS::IAM::Attachment",
                                      .one = "inline policy",
                                      .many = "inline policies",
                                      .arn = {},
                                      .read = read_policy_names};
constexpr Description kPolicyVersion = {.type = "AWS::IAM::ManagedPolicy",
                                        .one = "managed policy",
                                        .many = "managed policies",
                                        .arn = {},
                                        .read = read_policy_version};
constexpr Description kGroupsOfUser = {
    .type = "AWS::IAM::GroupMembership", .one = "group", .many = "groups", .arn = {}, .read = read_groups};

// Operations that list print neither permissions boundaries nor tags.
constexpr std::array<std::string_view, 3> kListed = {"PermissionsBoundary", "Tags"};

constexpr std::array<Row, 22> kRows = {{
    {"RoleDetailList", &kRole, {{{"RoleName"}}}, {}, {}, true},
    {"UserDetailList", &kUser, {{{"UserName"}}}, {}, {}, true},
    {"GroupDetailList", &kGroup, {{{"GroupName"}}}, {}, {}, true},
    {"Policies", &kManagedPolicy, {{{"PolicyVersionList"}}}},
    {"Policies", &kManagedPolicy, {{{"Arn", "iam:policy/"}}}},
    {"Policy", &kManagedPolicy, {{{"Arn", "iam:policy/"}}}},
    {"PolicyVersion", &kPolicyVersion, {{{"VersionId"}}}, {}, {}, true},
    {"Role", &kRole, {{{"RoleName"}, {"Arn", "iam:role/"}}}},
    {"Roles", &kRole, {{{"RoleName"}, {"Arn", "iam:role/"}}}, kListed},
    {"User", &kUser, {{{"UserName"}, {"Arn", "iam:user/"}}}},
    {"Users", &kUser, {{{"UserName"}, {"Arn", "iam:user/"}}}, kListed},
    {"Group", &kGroup, {{{"GroupName"}, {"Arn", "iam:group/"}}}},
    {"Groups", &kGroupsOfUser, {{{"GroupName"}, {"Arn", "iam:group/"}}}, {}, "UserName"},
    {"", &kRolePolicy, {{{"RoleName"}, {"PolicyDocument"}}}},
    {"", &kUserPolicy, {{{"UserName"}, {"PolicyDocument"}}}},
    {"", &kGroupPolicy, {{{"GroupName"}, {"PolicyDocument"}}}},
    {"AttachedPolicies", &kAttachedPolicies, {{{"PolicyArn"}}}, {}, {}, true},
    {"PolicyNames", &kPolicyNames, {}, {}, {}, true},
    // `--query Roles` and the like leave bare entries; whether of a list nobody can tell.
    {"", &kRole, {{{"RoleName"}, {"Arn", "iam:role/"}}}, kListed},
    {"", &kUser, {{{"UserName"}, {"Arn", "iam:user/"}}}, kListed},
    {"", &kGroup, {{{"GroupName"}, {"Arn", "iam:group/"}}}},
    {"", &kManagedPolicy, {{{"Arn", "iam:policy/"}}}},
}};

}  // namespace

std::span<const Row> iam_rows() {
  return kRows;
}

const Row& group_row() {
  static constexpr Row kGroupRow = {"Groups", &kGroup};
  return kGroupRow;
}

}  // namespace grantproof::sources
