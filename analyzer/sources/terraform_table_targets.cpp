// SPDX-License-Identifier: Apache-2.0
//
// What targets and dead letters end in, and the policies of those resources.
#include <array>

#include "sources/terraform_table.h"

namespace grantproof::sources::terraform {
namespace {

using Kind = AttributeKind;

constexpr std::string_view kFunctionType = "aws_lambda_function";
constexpr std::string_view kKeyType = "aws_kms_key";
constexpr std::string_view kRoleType = "aws_iam_role";
constexpr std::string_view kQueueType = "aws_sqs_queue";

constexpr std::array<AttributeRow, 1> kFunctionDeadLetter = {{
    {"target_arn", "TargetArn", Kind::kReference, kQueueType},
}};
constexpr std::array<AttributeRow, 4> kFunction = {{
    {"function_name", "FunctionName"},
    {"role", "Role", Kind::kReference, kRoleType},
    {"kms_key_arn", "KmsKeyArn", Kind::kReference, kKeyType},
    {"dead_letter_config", "DeadLetterConfig", Kind::kBlock, {}, kFunctionDeadLetter},
}};
constexpr std::array<AttributeRow, 2> kAlias = {{
    {"function_name", "FunctionName", Kind::kReference, kFunctionType},
    {"name", "Name"},
}};
constexpr std::array<AttributeRow, 10> kPermission = {{
    {"function_name", "FunctionName", Kind::kReference, kFunctionType},
    {"statement_id", "StatementId", Kind::kText, {}, {}, {}, true},
    {"action", "Action"},
    {"principal", "Principal"},
    {"source_arn", "SourceArn", Kind::kPattern},
    {"source_account", "SourceAccount"},
    {"principal_org_id", "PrincipalOrgID", Kind::kReference, "aws_organizations_organization"},
    {"event_source_token", "EventSourceToken"},
    {"function_url_auth_type", "FunctionUrlAuthType"},
    {"invoked_via_function_url", "InvokedViaFunctionUrl", Kind::kValue},
}};

constexpr std::array<AttributeRow, 5> kQueue = {{
    {"name", "QueueName"},
    {"fifo_queue", "FifoQueue", Kind::kValue},
    {"kms_master_key_id", "KmsMasterKeyId", Kind::kReference, kKeyType},
    {"sqs_managed_sse_enabled", "SqsManagedSseEnabled", Kind::kValue, {}, {}, {}, true},
    {"redrive_policy", "RedrivePolicy", Kind::kText, {}, {}, {}, true},
}};
constexpr std::array<AttributeRow, 2> kQueueWithPolicy = {{
    {{}, "Queues", Kind::kOwnArnInList},
    {"policy", "PolicyDocument", Kind::kPolicy, {}, {}, {}, true},
}};
constexpr std::array<AttributeRow, 2> kQueuePolicy = {{
    {"queue_url", "Queues", Kind::kReferenceInList, kQueueType},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 3> kTopic = {{
    {"name", "TopicName"},
    {"fifo_topic", "FifoTopic", Kind::kValue},
    {"kms_master_key_id", "KmsMasterKeyId", Kind::kReference, kKeyType},
}};
constexpr std::array<AttributeRow, 2> kTopicWithPolicy = {{
    {{}, "Topics", Kind::kOwnArnInList},
    {"policy", "PolicyDocument", Kind::kPolicy, {}, {}, {}, true},
}};
constexpr std::array<AttributeRow, 2> kTopicPolicy = {{
    {"arn", "Topics", Kind::kReferenceInList, "aws_sns_topic"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 2> kLogGroup = {{
    {"name", "LogGroupName"},
    {"kms_key_id", "KmsKeyId", Kind::kReference, kKeyType},
}};
constexpr std::array<AttributeRow, 2> kLogResourcePolicy = {{
    {"policy_name", "PolicyName"},
    {"policy_document", "PolicyDocument", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 2> kKey = {{
    {"policy", "KeyPolicy", Kind::kPolicy, "aws_kms_key_policy", {}, {}, true},
    {"is_enabled", "Enabled", Kind::kValue},
}};
constexpr std::array<AttributeRow, 1> kKeyPolicy = {{
    {"policy", "KeyPolicy", Kind::kPolicy},
}};
constexpr std::array<AttributeRow, 2> kKeyAlias = {{
    {"name", "AliasName"},
    {"target_key_id", "TargetKeyId", Kind::kReference, kKeyType},
}};

constexpr std::array<AttributeRow, 1> kStreamEncryption = {{
    {"kms_key_id", "KeyId", Kind::kReference, kKeyType},
}};
constexpr std::array<AttributeRow, 2> kStream = {{
    {"name", "Name"},
    {{}, "StreamEncryption", Kind::kSelf, {}, kStreamEncryption},
}};
constexpr std::array<AttributeRow, 2> kStreamPolicy = {{
    {"resource_arn", "ResourceArn", Kind::kReference, "aws_kinesis_stream"},
    {"policy", "ResourcePolicy", Kind::kPolicy},
}};
constexpr std::array<AttributeRow, 1> kDeliveryStream = {{
    {"name", "DeliveryStreamName"},
}};

constexpr std::array<AttributeRow, 1> kBucket = {{
    {"bucket", "BucketName"},
}};
constexpr std::array<AttributeRow, 2> kBucketWithPolicy = {{
    {{}, "Bucket", Kind::kOwnName},
    {"policy", "PolicyDocument", Kind::kPolicy, {}, {}, {}, true},
}};
constexpr std::array<AttributeRow, 2> kBucketPolicy = {{
    {"bucket", "Bucket", Kind::kReference, "aws_s3_bucket"},
    {"policy", "PolicyDocument", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 2> kSecret = {{
    {"name", "Name"},
    {"kms_key_id", "KmsKeyId", Kind::kReference, kKeyType},
}};
constexpr std::array<AttributeRow, 2> kSecretWithPolicy = {{
    {{}, "SecretId", Kind::kOwnName},
    {"policy", "ResourcePolicy", Kind::kPolicy, {}, {}, {}, true},
}};
constexpr std::array<AttributeRow, 2> kSecretPolicy = {{
    {"secret_arn", "SecretId", Kind::kReference, "aws_secretsmanager_secret"},
    {"policy", "ResourcePolicy", Kind::kPolicy},
}};

constexpr std::array<AttributeRow, 3> kStateMachine = {{
    {"name", "StateMachineName"},
    {"role_arn", "RoleArn", Kind::kReference, kRoleType},
    {"type", "StateMachineType"},
}};

constexpr std::array<ResourceRow, 24> kRows = {{
    {"aws_cloudwatch_log_group", "AWS::Logs::LogGroup", kLogGroup},
    {"aws_cloudwatch_log_resource_policy", "AWS::Logs::ResourcePolicy", kLogResourcePolicy},
    {"aws_kinesis_firehose_delivery_stream", "AWS::KinesisFirehose::DeliveryStream", kDeliveryStream},
    {"aws_kinesis_resource_policy", "AWS::Kinesis::ResourcePolicy", kStreamPolicy},
    {"aws_kinesis_stream", "AWS::Kinesis::Stream", kStream},
    {"aws_kms_alias", "AWS::KMS::Alias", kKeyAlias},
    {"aws_kms_key", "AWS::KMS::Key", kKey},
    {"aws_kms_key_policy", "AWS::KMS::Key", kKeyPolicy},
    {"aws_lambda_alias", "AWS::Lambda::Alias", kAlias},
    {"aws_lambda_function", "AWS::Lambda::Function", kFunction},
    {"aws_lambda_permission", "AWS::Lambda::Permission", kPermission},
    {"aws_s3_bucket", "AWS::S3::Bucket", kBucket},
    {"aws_s3_bucket", "AWS::S3::BucketPolicy", kBucketWithPolicy, "PolicyDocument"},
    {"aws_s3_bucket_policy", "AWS::S3::BucketPolicy", kBucketPolicy},
    {"aws_secretsmanager_secret", "AWS::SecretsManager::Secret", kSecret},
    {"aws_secretsmanager_secret", "AWS::SecretsManager::ResourcePolicy", kSecretWithPolicy, "ResourcePolicy"},
    {"aws_secretsmanager_secret_policy", "AWS::SecretsManager::ResourcePolicy", kSecretPolicy},
    {"aws_sfn_state_machine", "AWS::StepFunctions::StateMachine", kStateMachine},
    {"aws_sns_topic", "AWS::SNS::Topic", kTopic},
    {"aws_sns_topic", "AWS::SNS::TopicPolicy", kTopicWithPolicy, "PolicyDocument"},
    {"aws_sns_topic_policy", "AWS::SNS::TopicPolicy", kTopicPolicy},
    {"aws_sqs_queue", "AWS::SQS::Queue", kQueue},
    {"aws_sqs_queue", "AWS::SQS::QueuePolicy", kQueueWithPolicy, "PolicyDocument"},
    {"aws_sqs_queue_policy", "AWS::SQS::QueuePolicy", kQueuePolicy},
}};

}  // namespace

std::span<const ResourceRow> target_rows() {
  return kRows;
}

}  // namespace grantproof::sources::terraform
