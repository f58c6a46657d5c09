// SPDX-License-Identifier: Apache-2.0
//
// Answers of aws iam that need more than a table: versions of managed policies, members of groups, and the
// lists that do not say whose they are. Such a list is all there is, which the resource that is made of it
// says with Exclusive: true.
#pragma once

#include "sources/aws_dump_answer.h"
#include "syntax/node.h"

namespace grantproof::sources {

extern const Description kManagedPolicy;
const Row& group_row();  // an entry of Groups

// get-policy-version
void read_policy_version(const syntax::Node& value, AnswerReader& reader);
// list-attached-role-policies, …: AWS::IAM::Attachment {Roles, ManagedPolicyArns, Exclusive}
void read_attached_policies(const syntax::Node& value, AnswerReader& reader);
// list-role-policies, …: AWS::IAM::Attachment {Roles, PolicyNames, Exclusive}
void read_policy_names(const syntax::Node& value, AnswerReader& reader);
// list-groups: the groups. list-groups-for-user: also AWS::IAM::GroupMembership {Users, GroupName, Exclusive}
void read_groups(const syntax::Node& value, AnswerReader& reader);
// get-group: AWS::IAM::GroupMembership {GroupName, Users}
void read_members(const syntax::Node& entry, config::Resource& group, AnswerReader& reader);

}  // namespace grantproof::sources
