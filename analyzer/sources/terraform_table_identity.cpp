// SPDX-License-Identifier: Apache-2.0
//
// IAM and Organizations: who there is, and their policies.
#include <array>

#include "sources/terraform_table.h"

namespace grantproof::sources::terraform {
namespace {

using Kind = AttributeKind;

constexpr std::string_view kPolicyType = "aws_iam_policy";
constexpr std::string_view kRoleType = "aws_iam_role";
constexpr std::string_view kUserType = "aws_iam_user";
constexpr std::string_view kGroupType = "aws_iam_group";

constexpr std::array<AttributeRow, 2> kInlinePolicy = {{
    {"name", "PolicyName"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};
constexpr std::array<AttributeRow, 7> kRole = {{
    {"name", "RoleName"},
    {"path", "Path"},
    {"assume_role_policy", "AssumeRolePolicyDocument", Kind::kPolicy},
    {"inline_policy", "Policies", Kind::kBlocks, {}, kInlinePolicy, {}, true},
    {"managed_policy_arns", "ManagedPolicyArns", Kind::kReferences, kPolicyType, {}, {}, true},
    {"permissions_boundary", "PermissionsBoundary", Kind::kReference, kPolicyType},
    {"max_session_duration", "MaxSessionDuration", Kind::kValue},
}};
constexpr std::array<AttributeRow, 4> kRoleData = {{
    {"name", "RoleName"},
    {"path", "Path"},
    {"assume_role_policy", "AssumeRolePolicyDocument", Kind::kPolicy},
    {"permissions_boundary", "PermissionsBoundary"},
}};
constexpr std::array<AttributeRow, 3> kUser = {{
    {"name", "UserName"},
    {"path", "Path"},
    {"permissions_boundary", "PermissionsBoundary", Kind::kReference, kPolicyType},
}};
constexpr std::array<AttributeRow, 2> kGroup = {{
    {"name", "GroupName"},
    {"path", "Path"},
}};
constexpr std::array<AttributeRow, 3> kManagedPolicy = {{
    {"name", "ManagedPolicyName"},
    {"path", "Path"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};
constexpr std::array<AttributeRow, 3> kRolePolicy = {{
    {"role", "RoleName", Kind::kReference, kRoleType},
    {"name", "PolicyName"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};
constexpr std::array<AttributeRow, 3> kUserPolicy = {{
    {"user", "UserName", Kind::kReference, kUserType},
    {"name", "PolicyName"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};
constexpr std::array<AttributeRow, 3> kGroupPolicy = {{
    {"group", "GroupName", Kind::kReference, kGroupType},
    {"name", "PolicyName"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 2> kRoleAttachment = {{
    {"policy_arn", "ManagedPolicyArns", Kind::kReferenceInList, kPolicyType},
    {"role", "Roles", Kind::kReferenceInList, kRoleType},
}};
constexpr std::array<AttributeRow, 2> kUserAttachment = {{
    {"policy_arn", "ManagedPolicyArns", Kind::kReferenceInList, kPolicyType},
    {"user", "Users", Kind::kReferenceInList, kUserType},
}};
constexpr std::array<AttributeRow, 2> kGroupAttachment = {{
    {"policy_arn", "ManagedPolicyArns", Kind::kReferenceInList, kPolicyType},
    {"group", "Groups", Kind::kReferenceInList, kGroupType},
}};
constexpr std::array<AttributeRow, 4> kAttachment = {{
    {"policy_arn", "ManagedPolicyArns", Kind::kReferenceInList, kPolicyType},
    {"roles", "Roles", Kind::kReferences, kRoleType},
    {"users", "Users", Kind::kReferences, kUserType},
    {"groups", "Groups", Kind::kReferences, kGroupType},
}};
constexpr std::array<AttributeRow, 2> kRoleAttachments = {{
    {"policy_arns", "ManagedPolicyArns", Kind::kReferences, kPolicyType},
    {"role_name", "Roles", Kind::kReferenceInList, kRoleType},
}};
constexpr std::array<AttributeRow, 2> kUserAttachments = {{
    {"policy_arns", "ManagedPolicyArns", Kind::kReferences, kPolicyType},
    {"user_name", "Users", Kind::kReferenceInList, kUserType},
}};
constexpr std::array<AttributeRow, 2> kGroupAttachments = {{
    {"policy_arns", "ManagedPolicyArns", Kind::kReferences, kPolicyType},
    {"group_name", "Groups", Kind::kReferenceInList, kGroupType},
}};

constexpr std::array<AttributeRow, 2> kGroupMembership = {{
    {"group", "GroupName", Kind::kReference, kGroupType},
    {"users", "Users", Kind::kReferences, kUserType},
}};
constexpr std::array<AttributeRow, 2> kUserGroupMembership = {{
    {"groups", "GroupName", Kind::kReferences, kGroupType},
    {"user", "Users", Kind::kReferenceInList, kUserType},
}};

constexpr std::array<AttributeRow, 4> kOrganization = {{
    {"id", "Id"},
    {"master_account_id", "ManagementAccountId"},
    {"roots[0].id", "RootId"},
    {"feature_set", "FeatureSet"},
}};
constexpr std::array<AttributeRow, 3> kOrganizationalUnit = {{
    {"id", "Id"},
    {"name", "Name"},
    {"parent_id", "ParentId", Kind::kReference, "aws_organizations_organizational_unit"},
}};
constexpr std::array<AttributeRow, 3> kAccount = {{
    {"id", "AccountId"},
    {"name", "AccountName"},
    {"parent_id", "ParentIds", Kind::kReferenceInList, "aws_organizations_organizational_unit", {}, {}, true},
}};
constexpr std::array<AttributeRow, 5> kOrganizationPolicy = {{
    {"id", "Id"},
    {"name", "Name"},
    {"type", "Type", Kind::kText, {}, {}, "SERVICE_CONTROL_POLICY"},
    {"content", "Content", Kind::kPolicy},
    {"target_id", "TargetIds", Kind::kParts, "aws_organizations_policy_attachment"},
}};
constexpr std::array<AttributeRow, 4> kOrganizationPolicyData = {{
    {"id", "Id"},
    {"name", "Name"},
    {"type", "Type"},
    {"content", "Content", Kind::kPolicy},
}};

constexpr std::array<ResourceRow, 24> kRows = {{
    {"aws_iam_group", "AWS::IAM::Group", kGroup},
    {"aws_iam_group_membership", "AWS::IAM::GroupMembership", kGroupMembership},
    {"aws_iam_group_policy", "AWS::IAM::GroupPolicy", kGroupPolicy},
    {"aws_iam_group_policy_attachment", "AWS::IAM::Attachment", kGroupAttachment},
    {"aws_iam_group_policy_attachments_exclusive", "AWS::IAM::Attachment", kGroupAttachments},
    {"aws_iam_policy", "AWS::IAM::ManagedPolicy", kManagedPolicy},
    {"aws_iam_policy_attachment", "AWS::IAM::Attachment", kAttachment},
    {"aws_iam_role", "AWS::IAM::Role", kRole},
    {"aws_iam_role_policy", "AWS::IAM::RolePolicy", kRolePolicy},
    {"aws_iam_role_policy_attachment", "AWS::IAM::Attachment", kRoleAttachment},
    {"aws_iam_role_policy_attachments_exclusive", "AWS::IAM::Attachment", kRoleAttachments},
    {"aws_iam_user", "AWS::IAM::User", kUser},
    {"aws_iam_user_group_membership", "AWS::IAM::GroupMembership", kUserGroupMembership, {}, "GroupName"},
    {"aws_iam_user_policy", "AWS::IAM::UserPolicy", kUserPolicy},
    {"aws_iam_user_policy_attachment", "AWS::IAM::Attachment", kUserAttachment},
    {"aws_iam_user_policy_attachments_exclusive", "AWS::IAM::Attachment", kUserAttachments},
    {"aws_organizations_account", "AWS::Organizations::Account", kAccount},
    {"aws_organizations_organization", "AWS::Organizations::Organization", kOrganization},
    {"aws_organizations_organizational_unit", "AWS::Organizations::OrganizationalUnit", kOrganizationalUnit},
    {"aws_organizations_policy", "AWS::Organizations::Policy", kOrganizationPolicy},
    {"data.aws_iam_policy", "AWS::IAM::ManagedPolicy", kManagedPolicy},
    {"data.aws_iam_role", "AWS::IAM::Role", kRoleData, {}, {}, "Policies ManagedPolicyArns"},
    {"data.aws_organizations_organization", "AWS::Organizations::Organization", kOrganization},
    {"data.aws_organizations_policy",
     "AWS::Organizations::Policy",
     kOrganizationPolicyData,
     {},
     {},
     "TargetIds"},
}};

}  // namespace

std::span<const ResourceRow> identity_rows() {
  return kRows;
}

}  // namespace grantproof::sources::terraform
