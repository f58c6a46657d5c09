// SPDX-License-Identifier: Apache-2.0
#include "sources/bundle_table.h"

#include <algorithm>
#include <array>

namespace grantproof::sources {
namespace {

constexpr std::array<BundleList, 14> kLists = {{
    {"EventBuses", "AWS::Events::EventBus", "Name", "AWS::Events::EventBusPolicyDocument", "EventBusName",
     " Name Arn Account Region Policy Rules Archives Description KmsKeyIdentifier DeadLetterConfig LogConfig "
     "Tags CreationTime LastModifiedTime "},
    {"Roles", "AWS::IAM::Role", "RoleName", "", "",
     " RoleName Arn Path AssumeRolePolicyDocument Policies ManagedPolicyArns PermissionsBoundary Description "
     "MaxSessionDuration Tags "},
    {"Users", "AWS::IAM::User", "UserName", "", "",
     " UserName Arn Path Policies ManagedPolicyArns PermissionsBoundary Groups Tags "},
    {"Groups", "AWS::IAM::Group", "GroupName", "", "", " GroupName Arn Path Policies ManagedPolicyArns "},
    {"ManagedPolicies", "AWS::IAM::ManagedPolicy", "ManagedPolicyName", "", "",
     " ManagedPolicyName Arn Path PolicyDocument Roles Users Groups Description "},
    {"Queues", "AWS::SQS::Queue", "QueueName", "AWS::SQS::QueuePolicy", "Queues",
     " QueueName Arn Policy KmsMasterKeyId FifoQueue SqsManagedSseEnabled RedrivePolicy Tags "},
    {"Topics", "AWS::SNS::Topic", "TopicName", "AWS::SNS::TopicPolicy", "Topics",
     " TopicName Arn Policy KmsMasterKeyId FifoTopic Tags "},
    {"Functions", "AWS::Lambda::Function", "FunctionName", "AWS::Lambda::FunctionPolicy", "FunctionName",
     " FunctionName Arn Policy Role KmsKeyArn DeadLetterConfig Tags "},
    {"Keys", "AWS::KMS::Key", "KeyId", "AWS::KMS::KeyPolicy", "KeyId", " KeyId Arn Policy Description Tags "},
    {"StateMachines", "AWS::StepFunctions::StateMachine", "StateMachineName", "", "",
     " StateMachineName Arn RoleArn Tags "},
    {"LogGroups", "AWS::Logs::LogGroup", "LogGroupName", "", "", " LogGroupName Arn KmsKeyId Tags "},
    {"ApiDestinations", "AWS::Events::ApiDestination", "Name", "", "",
     " Name Arn ConnectionArn HttpMethod InvocationEndpoint InvocationRateLimitPerSecond Description "},
    {"Pipes", "AWS::Pipes::Pipe", "Name", "", "",
     " Name Arn RoleArn Source Target TargetParameters SourceParameters Enrichment DesiredState Tags "},
    {"Schedules", "AWS::Scheduler::Schedule", "Name", "", "",
     " Name Arn GroupName Target ScheduleExpression FlexibleTimeWindow State "},
}};

}  // namespace

std::span<const BundleList> bundle_lists() {
  return kLists;
}

const BundleList* find_bundle_list(std::string_view name) {
  const auto* found =
      std::find_if(kLists.begin(), kLists.end(), [&](const BundleList& row) { return row.name == name; });
  return found == kLists.end() ? nullptr : found;
}

}  // namespace grantproof::sources
