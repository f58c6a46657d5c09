// SPDX-License-Identifier: Apache-2.0
//
// What rules, pipes and schedules deliver to, as data: which properties say its ARN, its key and its role.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "config/gathering.h"

namespace grantproof::config {
namespace {

struct TargetType {
  std::string_view type;
  std::string_view service;
  std::string_view name;    // property; empty: the source gives the ARN
  std::string_view prefix;  // of the name in the ARN
  std::string_view key;     // property
  std::string_view role;    // property
};

// Source: CloudFormation resource reference; Service Authorization Reference for the ARNs.
constexpr std::array<TargetType, 15> kTargets = {{
    {"AWS::SQS::Queue", "sqs", "QueueName", "", "KmsMasterKeyId", ""},
    {"AWS::SNS::Topic", "sns", "TopicName", "", "KmsMasterKeyId", ""},
    {"AWS::Lambda::Function", "lambda", "FunctionName", "function:", "KmsKeyArn", "Role"},
    {"AWS::StepFunctions::StateMachine", "states", "StateMachineName", "stateMachine:", "", "RoleArn"},
    {"AWS::Logs::LogGroup", "logs", "LogGroupName", "log-group:", "KmsKeyId", ""},
    {"AWS::Kinesis::Stream", "kinesis", "Name", "stream/", "", ""},
    {"AWS::KinesisFirehose::DeliveryStream", "firehose", "DeliveryStreamName", "deliverystream/", "", ""},
    {"AWS::KMS::Key", "kms", "", "key/", "", ""},
    {"AWS::Events::ApiDestination", "events", "Name", "api-destination/", "", ""},
    {"AWS::Events::Connection", "events", "Name", "connection/", "KmsKeyIdentifier", ""},
    {"AWS::Events::Endpoint", "events", "Name", "endpoint/", "", "RoleArn"},
    {"AWS::ECS::Cluster", "ecs", "ClusterName", "cluster/", "", ""},
    {"AWS::Batch::JobQueue", "batch", "JobQueueName", "job-queue/", "", ""},
    {"AWS::CodeBuild::Project", "codebuild", "Name", "project/", "EncryptionKey", "ServiceRole"},
    {"AWS::CodePipeline::Pipeline", "codepipeline", "Name", "", "", "RoleArn"},
}};

}  // namespace

bool read_target_resource(const Resource& resource, Gathering& gathering) {
  for (const TargetType& row : kTargets) {
    if (row.type != resource.type)
      continue;
    const Properties properties = gathering.properties_of(resource);
    TargetResource target;
    target.type = resource.type;
    target.name = row.name.empty() ? resource.name : properties.text(row.name);
    target.arn = !resource.arn.empty()
                     ? resource.arn
                     : arn_of(resource, row.service, fmt::format("{}{}", row.prefix, target.name));
    target.account = resource.account;
    target.region = resource.region;
    if (!row.key.empty())
      target.kms_key = key_arn(resource, properties.text(row.key));
    if (!row.role.empty()) {
      const std::string role = properties.text(row.role);
      target.role_arn = role.empty() ? role : principal_arn(resource, Principal::Kind::kRole, role);
    }
    if (row.type == "AWS::Events::ApiDestination")
      target.connection_arn = properties.text("ConnectionArn");
    target.policy_told = is_told(resource, "Policy") && is_told(resource, "KeyPolicy");
    target.span = resource.span;
    target.when = resource.when;
    gathering.configuration.target_resources.push_back(std::move(target));
    return true;
  }
  return false;
}

void read_permission(const Resource& resource, Gathering& gathering) {
  const Properties properties = gathering.properties_of(resource);
  PolicyPart part;
  const std::string written = properties.text("FunctionName");
  part.of = function_arn(resource, written);
  const std::string qualifier = properties.text("Qualifier");
  part.node = permission_statement(resource,
                                   qualifier.empty() ? (written.starts_with("arn:") ? written : part.of)
                                                     : fmt::format("{}:{}", part.of, qualifier),
                                   gathering);
  part.path = path_of(resource, gathering);
  part.when = resource.when;
  gathering.policy_parts.push_back(std::move(part));
}

}  // namespace grantproof::config
