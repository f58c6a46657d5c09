// SPDX-License-Identifier: Apache-2.0
//
// EventBridge: buses, rules, targets, archives, schedules and pipes.
#include <array>

#include "sources/terraform_table.h"

namespace grantproof::sources::terraform {
namespace {

using Kind = AttributeKind;

constexpr std::string_view kBus = "aws_cloudwatch_event_bus";
constexpr std::string_view kKey = "aws_kms_key";
constexpr std::string_view kRole = "aws_iam_role";

constexpr std::array<AttributeRow, 1> kDeadLetterConfig = {{
    {"arn", "Arn", Kind::kReference, "aws_sqs_queue"},
}};
constexpr std::array<AttributeRow, 2> kRetryPolicy = {{
    {"maximum_event_age_in_seconds", "MaximumEventAgeInSeconds", Kind::kPositive},
    {"maximum_retry_attempts", "MaximumRetryAttempts", Kind::kValue},
}};

constexpr std::array<AttributeRow, 2> kLogConfig = {{
    {"include_detail", "IncludeDetail"},
    {"level", "Level"},
}};
constexpr std::array<AttributeRow, 5> kEventBus = {{
    {"name", "Name"},
    {"event_source_name", "EventSourceName"},
    {"kms_key_identifier", "KmsKeyIdentifier", Kind::kReference, kKey},
    {"dead_letter_config", "DeadLetterConfig", Kind::kBlock, {}, kDeadLetterConfig},
    {"log_config", "LogConfig", Kind::kBlock, {}, kLogConfig},
}};
constexpr std::array<AttributeRow, 1> kEventBusData = {{
    {"name", "Name"},
}};
constexpr std::array<AttributeRow, 2> kEventBusPolicy = {{
    {"event_bus_name", "EventBusName", Kind::kReference, kBus, {}, "default"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 3> kPermissionCondition = {{
    {"type", "Type"},
    {"key", "Key"},
    {"value", "Value", Kind::kReference, "aws_organizations_organization"},
}};
constexpr std::array<AttributeRow, 5> kPermission = {{
    {"event_bus_name", "EventBusName", Kind::kReference, kBus, {}, "default"},
    {"statement_id", "StatementId"},
    {"action", "Action", Kind::kText, {}, {}, "events:PutEvents"},
    {"principal", "Principal", Kind::kReference, "aws_organizations_account"},
    {"condition", "Condition", Kind::kBlock, {}, kPermissionCondition},
}};

constexpr std::array<AttributeRow, 6> kRule = {{
    {"name", "Name"},
    {"event_bus_name", "EventBusName", Kind::kReference, kBus, {}, "default"},
    {"event_pattern", "EventPattern"},
    {"schedule_expression", "ScheduleExpression"},
    {"role_arn", "RoleArn", Kind::kReference, kRole},
    {"state", "State", Kind::kText, {}, {}, {}, true},
}};

constexpr std::array<AttributeRow, 2> kInputTransformer = {{
    {"input_paths", "InputPathsMap", Kind::kValue},
    {"input_template", "InputTemplate"},
}};
constexpr std::array<AttributeRow, 1> kEcsTarget = {{
    {"task_definition_arn", "TaskDefinitionArn", Kind::kReference},
}};
constexpr std::array<AttributeRow, 1> kKinesisTarget = {{
    {"partition_key_path", "PartitionKeyPath"},
}};
constexpr std::array<AttributeRow, 1> kSqsTarget = {{
    {"message_group_id", "MessageGroupId"},
}};
constexpr std::array<AttributeRow, 11> kTarget = {{
    {"target_id", "Id"},
    {"arn", "Arn", Kind::kReference},
    {"role_arn", "RoleArn", Kind::kReference, kRole},
    {"input", "Input"},
    {"input_path", "InputPath"},
    {"input_transformer", "InputTransformer", Kind::kBlock, {}, kInputTransformer},
    {"dead_letter_config", "DeadLetterConfig", Kind::kBlock, {}, kDeadLetterConfig},
    {"retry_policy", "RetryPolicy", Kind::kBlock, {}, kRetryPolicy},
    {"ecs_target", "EcsParameters", Kind::kBlock, {}, kEcsTarget},
    {"kinesis_target", "KinesisParameters", Kind::kBlock, {}, kKinesisTarget},
    {"sqs_target", "SqsParameters", Kind::kBlock, {}, kSqsTarget},
}};
constexpr std::array<AttributeRow, 3> kTargets = {{
    {"rule", "Rule", Kind::kReference, "aws_cloudwatch_event_rule"},
    {"event_bus_name", "EventBusName", Kind::kReference, kBus, {}, "default"},
    {{}, "Targets", Kind::kSelfInList, {}, kTarget},
}};

constexpr std::array<AttributeRow, 5> kArchive = {{
    {"name", "ArchiveName"},
    {"event_source_arn", "SourceArn", Kind::kReference, kBus},
    {"event_pattern", "EventPattern"},
    {"retention_days", "RetentionDays", Kind::kValue},
    {"kms_key_identifier", "KmsKeyIdentifier", Kind::kReference, kKey},
}};
constexpr std::array<AttributeRow, 3> kConnection = {{
    {"name", "Name"},
    {"authorization_type", "AuthorizationType"},
    {"kms_key_identifier", "KmsKeyIdentifier", Kind::kReference, kKey},
}};
constexpr std::array<AttributeRow, 5> kApiDestination = {{
    {"name", "Name"},
    {"connection_arn", "ConnectionArn", Kind::kReference, "aws_cloudwatch_event_connection"},
    {"http_method", "HttpMethod"},
    {"invocation_endpoint", "InvocationEndpoint"},
    {"invocation_rate_limit_per_second", "InvocationRateLimitPerSecond", Kind::kValue},
}};
constexpr std::array<AttributeRow, 1> kEndpointBus = {{
    {"event_bus_arn", "EventBusArn", Kind::kReference, kBus},
}};
constexpr std::array<AttributeRow, 1> kReplicationConfig = {{
    {"state", "State"},
}};
constexpr std::array<AttributeRow, 4> kEndpoint = {{
    {"name", "Name"},
    {"role_arn", "RoleArn", Kind::kReference, kRole},
    {"event_bus", "EventBuses", Kind::kBlocks, {}, kEndpointBus},
    {"replication_config", "ReplicationConfig", Kind::kBlock, {}, kReplicationConfig},
}};

constexpr std::array<AttributeRow, 2> kScheduleEvent = {{
    {"detail_type", "DetailType"},
    {"source", "Source"},
}};
constexpr std::array<AttributeRow, 6> kScheduleTarget = {{
    {"arn", "Arn", Kind::kReference},
    {"role_arn", "RoleArn", Kind::kReference, kRole},
    {"input", "Input"},
    {"dead_letter_config", "DeadLetterConfig", Kind::kBlock, {}, kDeadLetterConfig},
    {"retry_policy", "RetryPolicy", Kind::kBlock, {}, kRetryPolicy},
    {"eventbridge_parameters", "EventBridgeParameters", Kind::kBlock, {}, kScheduleEvent},
}};
constexpr std::array<AttributeRow, 6> kSchedule = {{
    {"name", "Name"},
    {"group_name", "GroupName", Kind::kReference, {}, {}, "default", true},
    {"state", "State"},
    {"schedule_expression", "ScheduleExpression"},
    {"kms_key_arn", "KmsKeyArn", Kind::kReference, kKey},
    {"target", "Target", Kind::kBlock, {}, kScheduleTarget},
}};

constexpr std::array<AttributeRow, 1> kFilter = {{
    {"pattern", "Pattern"},
}};
constexpr std::array<AttributeRow, 1> kFilterCriteria = {{
    {"filter", "Filters", Kind::kBlocks, {}, kFilter},
}};
constexpr std::array<AttributeRow, 1> kStreamSource = {{
    {"dead_letter_config", "DeadLetterConfig", Kind::kBlock, {}, kDeadLetterConfig},
}};
constexpr std::array<AttributeRow, 3> kPipeSource = {{
    {"filter_criteria", "FilterCriteria", Kind::kBlock, {}, kFilterCriteria},
    {"dynamodb_stream_parameters", "DynamoDBStreamParameters", Kind::kBlock, {}, kStreamSource},
    {"kinesis_stream_parameters", "KinesisStreamParameters", Kind::kBlock, {}, kStreamSource},
}};
constexpr std::array<AttributeRow, 5> kPipeEvent = {{
    {"detail_type", "DetailType"},
    {"endpoint_id", "EndpointId"},
    {"resources", "Resources", Kind::kTexts},
    {"source", "Source"},
    {"time", "Time"},
}};
constexpr std::array<AttributeRow, 2> kPipeTarget = {{
    {"input_template", "InputTemplate"},
    {"eventbridge_event_bus_parameters", "EventBridgeEventBusParameters", Kind::kBlock, {}, kPipeEvent},
}};
constexpr std::array<AttributeRow, 9> kPipe = {{
    {"name", "Name"},
    {"role_arn", "RoleArn", Kind::kReference, kRole},
    {"source", "Source", Kind::kReference},
    {"target", "Target", Kind::kReference},
    {"enrichment", "Enrichment", Kind::kReference},
    {"desired_state", "DesiredState"},
    {"kms_key_identifier", "KmsKeyIdentifier", Kind::kReference, kKey},
    {"source_parameters", "SourceParameters", Kind::kBlock, {}, kPipeSource, {}, true},
    {"target_parameters", "TargetParameters", Kind::kBlock, {}, kPipeTarget},
}};

constexpr std::array<ResourceRow, 12> kRows = {{
    {"aws_cloudwatch_event_api_destination", "AWS::Events::ApiDestination", kApiDestination},
    {"aws_cloudwatch_event_archive", "AWS::Events::Archive", kArchive},
    {"aws_cloudwatch_event_bus", "AWS::Events::EventBus", kEventBus},
    {"aws_cloudwatch_event_bus_policy", "AWS::Events::EventBusPolicyDocument", kEventBusPolicy},
    {"aws_cloudwatch_event_connection", "AWS::Events::Connection", kConnection},
    {"aws_cloudwatch_event_endpoint", "AWS::Events::Endpoint", kEndpoint},
    {"aws_cloudwatch_event_permission", "AWS::Events::EventBusPolicy", kPermission},
    {"aws_cloudwatch_event_rule", "AWS::Events::Rule", kRule},
    {"aws_cloudwatch_event_target", "AWS::Events::Targets", kTargets},
    {"aws_pipes_pipe", "AWS::Pipes::Pipe", kPipe},
    {"aws_scheduler_schedule", "AWS::Scheduler::Schedule", kSchedule},
    {"data.aws_cloudwatch_event_bus", "AWS::Events::EventBus", kEventBusData, {}, {}, "Policy"},
}};

}  // namespace

std::span<const ResourceRow> event_rows() {
  return kRows;
}

}  // namespace grantproof::sources::terraform
