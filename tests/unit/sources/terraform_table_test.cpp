// SPDX-License-Identifier: Apache-2.0
//
// Which properties the attributes of the provider become.
#include "sources/terraform_table.h"

#include <gtest/gtest.h>

#include <set>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

struct Case {
  std::string_view address;
  std::string_view after;
  std::string_view lines;  // type and properties of each resource
};

#define POLICY R"("{\"Statement\":[]}")"
#define DOCUMENT R"({"Statement":[]})"

const std::vector<Case>
    kEvents =
        {
            {"aws_cloudwatch_event_bus.x",
             R"({"name":"hub","event_source_name":"aws.partner/x","kms_key_identifier":"","dead_letter_config":[{"arn":"arn:q"}],"log_config":[{"include_detail":"FULL","level":"INFO"}]})",
             R"(AWS::Events::EventBus {"Name":"hub","EventSourceName":"aws.partner/x","DeadLetterConfig":{"Arn":"arn:q"},"LogConfig":{"IncludeDetail":"FULL","Level":"INFO"}})"},
            {"aws_cloudwatch_event_bus_policy.x", R"({"policy":)" POLICY "}",
             R"(AWS::Events::EventBusPolicyDocument {"EventBusName":"default","PolicyDocument":)" DOCUMENT
             "}"},
            {"aws_cloudwatch_event_permission.x",
             R"({"principal":"*","statement_id":"Org","event_bus_name":"hub","condition":[{"type":"StringEquals","key":"aws:PrincipalOrgID","value":"o-1"}]})",
             R"(AWS::Events::EventBusPolicy {"EventBusName":"hub","StatementId":"Org","Action":"events:PutEvents","Principal":"*","Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-1"}})"},
            {"aws_cloudwatch_event_rule.x",
             R"({"name":"r","event_pattern":"{\"source\":[\"a\"]}","state":"ENABLED"})",
             R"(AWS::Events::Rule {"Name":"r","EventBusName":"default","EventPattern":"{\"source\":[\"a\"]}","State":"ENABLED"})"},
            {"aws_cloudwatch_event_rule.x",
             R"({"name":"r","schedule_expression":"every hour","is_enabled":false,"role_arn":"arn:r"})",
             R"(AWS::Events::Rule {"Name":"r","EventBusName":"default","ScheduleExpression":"every hour","RoleArn":"arn:r","State":"DISABLED"})"},
            {"aws_cloudwatch_event_rule.x", R"({"name":"r","is_enabled":true})",
             R"(AWS::Events::Rule {"Name":"r","EventBusName":"default"})"},
            {"aws_cloudwatch_event_target.x",
             R"({"rule":"r","event_bus_name":"hub","target_id":"t","arn":"arn:t","role_arn":"arn:r","input":null,"input_path":"$.detail",
         "input_transformer":[{"input_paths":{"a":"$.b"},"input_template":"<a>"}],"dead_letter_config":[{"arn":"arn:q"}],
         "retry_policy":[{"maximum_event_age_in_seconds":0,"maximum_retry_attempts":0}],
         "ecs_target":[{"task_definition_arn":"arn:td"}],"kinesis_target":[{"partition_key_path":"$.id"}],"sqs_target":[{"message_group_id":"g"}]})",
             R"(AWS::Events::Targets {"Rule":"r","EventBusName":"hub","Targets":[{"Id":"t","Arn":"arn:t","RoleArn":"arn:r","InputPath":"$.detail","InputTransformer":{"InputPathsMap":{"a":"$.b"},"InputTemplate":"<a>"},"DeadLetterConfig":{"Arn":"arn:q"},"RetryPolicy":{"MaximumRetryAttempts":0},"EcsParameters":{"TaskDefinitionArn":"arn:td"},"KinesisParameters":{"PartitionKeyPath":"$.id"},"SqsParameters":{"MessageGroupId":"g"}}]})"},
            {"aws_cloudwatch_event_archive.x",
             R"({"name":"a","event_source_arn":"arn:b","event_pattern":"{}","retention_days":7})",
             R"(AWS::Events::Archive {"ArchiveName":"a","SourceArn":"arn:b","EventPattern":"{}","RetentionDays":7})"},
            {"aws_cloudwatch_event_connection.x", R"({"name":"c","authorization_type":"API_KEY"})",
             R"(AWS::Events::Connection {"Name":"c","AuthorizationType":"API_KEY"})"},
            {"aws_cloudwatch_event_api_destination.x",
             R"({"name":"d","connection_arn":"arn:c","http_method":"POST","invocation_endpoint":"https://x/*","invocation_rate_limit_per_second":300})",
             R"(AWS::Events::ApiDestination {"Name":"d","ConnectionArn":"arn:c","HttpMethod":"POST","InvocationEndpoint":"https://x/*","InvocationRateLimitPerSecond":300})"},
            {"aws_cloudwatch_event_endpoint.x",
             R"({"name":"e","role_arn":"arn:r","event_bus":[{"event_bus_arn":"arn:a"},{"event_bus_arn":"arn:b"}],"replication_config":[{"state":"ENABLED"}]})",
             R"(AWS::Events::Endpoint {"Name":"e","RoleArn":"arn:r","EventBuses":[{"EventBusArn":"arn:a"},{"EventBusArn":"arn:b"}],"ReplicationConfig":{"State":"ENABLED"}})"},
            {"aws_scheduler_schedule.x",
             R"({"name":"s","group_name":"g","state":"DISABLED","schedule_expression":"every hour","kms_key_arn":"",
         "target":[{"arn":"arn:b","role_arn":"arn:r","input":"{}","dead_letter_config":[{"arn":"arn:q"}],
                    "retry_policy":[{"maximum_event_age_in_seconds":60,"maximum_retry_attempts":1}],
                    "eventbridge_parameters":[{"detail_type":"d","source":"s"}]}]})",
             R"(AWS::Scheduler::Schedule {"Name":"s","GroupName":"g","State":"DISABLED","ScheduleExpression":"every hour","Target":{"Arn":"arn:b","RoleArn":"arn:r","Input":"{}","DeadLetterConfig":{"Arn":"arn:q"},"RetryPolicy":{"MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":1},"EventBridgeParameters":{"DetailType":"d","Source":"s"}}})"},
            {"aws_pipes_pipe.x",
             R"({"name":"p","role_arn":"arn:r","source":"arn:s","target":"arn:t","enrichment":"arn:e","desired_state":"RUNNING",
         "source_parameters":[{"filter_criteria":[{"filter":[{"pattern":"{}"}]}],"kinesis_stream_parameters":[{"dead_letter_config":[{"arn":"arn:q"}]}]}],
         "target_parameters":[{"input_template":"<x>","eventbridge_event_bus_parameters":[{"detail_type":"d","source":"s","resources":["r"],"time":"$.t","endpoint_id":"e"}]}]})",
             R"(AWS::Pipes::Pipe {"Name":"p","RoleArn":"arn:r","Source":"arn:s","Target":"arn:t","Enrichment":"arn:e","DesiredState":"RUNNING","SourceParameters":{"FilterCriteria":{"Filters":[{"Pattern":"{}"}]},"KinesisStreamParameters":{"DeadLetterConfig":{"Arn":"arn:q"}}},"TargetParameters":{"InputTemplate":"<x>","EventBridgeEventBusParameters":{"DetailType":"d","EndpointId":"e","Resources":["r"],"Source":"s","Time":"$.t"}}})"},
            {"data.aws_cloudwatch_event_bus.x",
             R"({"name":"hub","arn":"arn:aws:events:eu-west-1:111122223333:event-bus/hub"})",
             R"(AWS::Events::EventBus {"Name":"hub"} not told: Policy)"},
};

const std::vector<Case> kIdentities = {
    {"aws_iam_role.x",
     R"({"name":"r","path":"/p/","assume_role_policy":)" POLICY
     R"(,"inline_policy":[{"name":"i","policy":)" POLICY
     R"(},{}],"managed_policy_arns":["arn:p"],"permissions_boundary":"arn:b","max_session_duration":7200})",
     R"(AWS::IAM::Role {"RoleName":"r","Path":"/p/","AssumeRolePolicyDocument":)" DOCUMENT
     R"(,"Policies":[{"PolicyName":"i","PolicyDocument":)" DOCUMENT
     R"(}],"ManagedPolicyArns":["arn:p"],"PermissionsBoundary":"arn:b","MaxSessionDuration":7200})"},
    {"aws_iam_policy.x", R"({"name":"p","path":"/","policy":)" POLICY "}",
     R"(AWS::IAM::ManagedPolicy {"ManagedPolicyName":"p","Path":"/","PolicyDocument":)" DOCUMENT "}"},
    {"aws_iam_role_policy.x", R"({"name":"p","role":"r","policy":)" POLICY "}",
     R"(AWS::IAM::RolePolicy {"RoleName":"r","PolicyName":"p","PolicyDocument":)" DOCUMENT "}"},
    {"aws_iam_user_policy.x", R"({"name":"p","user":"u","policy":)" POLICY "}",
     R"(AWS::IAM::UserPolicy {"UserName":"u","PolicyName":"p","PolicyDocument":)" DOCUMENT "}"},
    {"aws_iam_group_policy.x", R"({"name":"p","group":"g","policy":)" POLICY "}",
     R"(AWS::IAM::GroupPolicy {"GroupName":"g","PolicyName":"p","PolicyDocument":)" DOCUMENT "}"},
    {"aws_iam_role_policy_attachment.x", R"({"role":"r","policy_arn":"arn:p"})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p"],"Roles":["r"]})"},
    {"aws_iam_user_policy_attachment.x", R"({"user":"u","policy_arn":"arn:p"})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p"],"Users":["u"]})"},
    {"aws_iam_group_policy_attachment.x", R"({"group":"g","policy_arn":"arn:p"})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p"],"Groups":["g"]})"},
    {"aws_iam_policy_attachment.x", R"({"policy_arn":"arn:p","roles":["r","s"],"users":["u"],"groups":null})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p"],"Roles":["r","s"],"Users":["u"]})"},
    {"aws_iam_role_policy_attachments_exclusive.x", R"({"role_name":"r","policy_arns":["arn:p","arn:q"]})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p","arn:q"],"Roles":["r"]})"},
    {"aws_iam_user_policy_attachments_exclusive.x", R"({"user_name":"u","policy_arns":["arn:p"]})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p"],"Users":["u"]})"},
    {"aws_iam_group_policy_attachments_exclusive.x", R"({"group_name":"g","policy_arns":["arn:p"]})",
     R"(AWS::IAM::Attachment {"ManagedPolicyArns":["arn:p"],"Groups":["g"]})"},
    {"aws_iam_user.x", R"({"name":"u","path":"/","permissions_boundary":""})",
     R"(AWS::IAM::User {"UserName":"u","Path":"/"})"},
    {"aws_iam_group.x", R"({"name":"g","path":"/"})", R"(AWS::IAM::Group {"GroupName":"g","Path":"/"})"},
    {"aws_iam_group_membership.x", R"({"name":"m","group":"g","users":["u","v"]})",
     R"(AWS::IAM::GroupMembership {"GroupName":"g","Users":["u","v"]})"},
    {"aws_iam_user_group_membership.x", R"({"user":"u","groups":["g","h"]})",
     R"(AWS::IAM::GroupMembership {"GroupName":"g","Users":["u"]}|AWS::IAM::GroupMembership {"GroupName":"h","Users":["u"]})"},
    {"aws_organizations_account.x", R"({"id":"222222222222","name":"a","parent_id":"ou-1"})",
     R"(AWS::Organizations::Account {"AccountId":"222222222222","AccountName":"a","ParentIds":["ou-1"]})"},
    {"aws_organizations_organization.x",
     R"({"id":"o-1","master_account_id":"111122223333","roots":[{"id":"r-1"}],"feature_set":"ALL"})",
     R"(AWS::Organizations::Organization {"Id":"o-1","ManagementAccountId":"111122223333","RootId":"r-1","FeatureSet":"ALL"})"},
    {"data.aws_organizations_organization.x", R"({"id":"o-1","master_account_id":"111122223333","roots":[]})",
     R"(AWS::Organizations::Organization {"Id":"o-1","ManagementAccountId":"111122223333"})"},
    {"data.aws_iam_policy.x",
     R"({"name":"p","path":"/","arn":"arn:aws:iam::aws:policy/p","policy":)" POLICY "}",
     R"(AWS::IAM::ManagedPolicy {"ManagedPolicyName":"p","Path":"/","PolicyDocument":)" DOCUMENT "}"},
    {"data.aws_iam_role.x", R"({"name":"r","path":"/","assume_role_policy":)" POLICY "}",
     R"(AWS::IAM::Role {"RoleName":"r","Path":"/","AssumeRolePolicyDocument":)" DOCUMENT
     R"(} not told: Policies ManagedPolicyArns)"},
};

const std::vector<Case> kTargets = {
    {"aws_lambda_function.x",
     R"({"function_name":"f","role":"arn:r","kms_key_arn":"","dead_letter_config":[{"target_arn":"arn:q"}]})",
     R"(AWS::Lambda::Function {"FunctionName":"f","Role":"arn:r","DeadLetterConfig":{"TargetArn":"arn:q"}})"},
    {"aws_lambda_alias.x", R"({"function_name":"f","name":"live"})",
     R"(AWS::Lambda::Alias {"FunctionName":"f","Name":"live"})"},
    {"aws_lambda_permission.x",
     R"({"function_name":"f","action":"lambda:InvokeFunction","principal":"events.amazonaws.com","source_arn":"arn:s","source_account":"111122223333","principal_org_id":"o-1","qualifier":"","statement_id":"s"})",
     R"(AWS::Lambda::Permission {"FunctionName":"f","StatementId":"s","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com","SourceArn":"arn:s","SourceAccount":"111122223333","PrincipalOrgID":"o-1"})"},
    {"aws_lambda_permission.x", R"({"function_name":"f","action":"a","principal":"p","qualifier":"live"})",
     R"(AWS::Lambda::Permission {"FunctionName":"f:live","Action":"a","Principal":"p"})"},
    {"aws_sqs_queue.x",
     R"({"name":"q","fifo_queue":true,"kms_master_key_id":"k","redrive_policy":"{}","policy":)" POLICY "}",
     R"(AWS::SQS::Queue {"QueueName":"q","FifoQueue":true,"KmsMasterKeyId":"k","RedrivePolicy":"{}"}|AWS::SQS::QueuePolicy {"Queues":["arn:aws:sqs:eu-west-1:111122223333:q"],"PolicyDocument":)" DOCUMENT
     "}"},
    {"aws_sqs_queue_policy.x",
     R"({"queue_url":"https://sqs.eu-west-1.amazonaws.com/111122223333/q","policy":)" POLICY "}",
     R"(AWS::SQS::QueuePolicy {"Queues":["https://sqs.eu-west-1.amazonaws.com/111122223333/q"],"PolicyDocument":)" DOCUMENT
     "}"},
    {"aws_sns_topic.x", R"({"name":"t","kms_master_key_id":"k","policy":)" POLICY "}",
     R"(AWS::SNS::Topic {"TopicName":"t","KmsMasterKeyId":"k"}|AWS::SNS::TopicPolicy {"Topics":["arn:aws:sns:eu-west-1:111122223333:t"],"PolicyDocument":)" DOCUMENT
     "}"},
    {"aws_sns_topic_policy.x", R"({"arn":"arn:t","policy":)" POLICY "}",
     R"(AWS::SNS::TopicPolicy {"Topics":["arn:t"],"PolicyDocument":)" DOCUMENT "}"},
    {"aws_cloudwatch_log_group.x", R"({"name":"/aws/events/x"})",
     R"(AWS::Logs::LogGroup {"LogGroupName":"/aws/events/x"})"},
    {"aws_cloudwatch_log_resource_policy.x", R"({"policy_name":"p","policy_document":)" POLICY "}",
     R"(AWS::Logs::ResourcePolicy {"PolicyName":"p","PolicyDocument":)" DOCUMENT "}"},
    {"aws_kms_key.x", R"({"key_id":"k","is_enabled":true,"policy":)" POLICY "}",
     R"(AWS::KMS::Key {"KeyPolicy":)" DOCUMENT R"(,"Enabled":true})"},
    {"aws_kms_alias.x", R"({"name":"alias/k","target_key_id":"k"})",
     R"(AWS::KMS::Alias {"AliasName":"alias/k","TargetKeyId":"k"})"},
    {"aws_kinesis_stream.x", R"({"name":"s","kms_key_id":"k"})",
     R"(AWS::Kinesis::Stream {"Name":"s","StreamEncryption":{"KeyId":"k"}})"},
    {"aws_kinesis_stream.x", R"({"name":"s","kms_key_id":null})", R"(AWS::Kinesis::Stream {"Name":"s"})"},
    {"aws_kinesis_resource_policy.x", R"({"resource_arn":"arn:s","policy":)" POLICY "}",
     R"(AWS::Kinesis::ResourcePolicy {"ResourceArn":"arn:s","ResourcePolicy":)" DOCUMENT "}"},
    {"aws_kinesis_firehose_delivery_stream.x", R"({"name":"d"})",
     R"(AWS::KinesisFirehose::DeliveryStream {"DeliveryStreamName":"d"})"},
    {"aws_s3_bucket.x", R"({"bucket":"b","policy":)" POLICY "}",
     R"(AWS::S3::Bucket {"BucketName":"b"}|AWS::S3::BucketPolicy {"Bucket":"b","PolicyDocument":)" DOCUMENT
     "}"},
    {"aws_s3_bucket_policy.x", R"({"bucket":"b","policy":)" POLICY "}",
     R"(AWS::S3::BucketPolicy {"Bucket":"b","PolicyDocument":)" DOCUMENT "}"},
    {"aws_secretsmanager_secret.x", R"({"name":"s","policy":""})",
     R"(AWS::SecretsManager::Secret {"Name":"s"})"},
    {"aws_secretsmanager_secret_policy.x", R"({"secret_arn":"arn:s","policy":)" POLICY "}",
     R"(AWS::SecretsManager::ResourcePolicy {"SecretId":"arn:s","ResourcePolicy":)" DOCUMENT "}"},
    {"aws_sfn_state_machine.x", R"({"name":"m","role_arn":"arn:r","type":"STANDARD"})",
     R"(AWS::StepFunctions::StateMachine {"StateMachineName":"m","RoleArn":"arn:r","StateMachineType":"STANDARD"})"},
    {"aws_instance.x", R"({"ami":"a"})", ""},
};
#undef POLICY
#undef DOCUMENT

void expect_all(const std::vector<Case>& cases) {
  for (const Case& test : cases) {
    const TerraformReading reading(plan_of({created(test.address, test.after)}, {}));
    std::vector<std::string> lines;
    for (const config::Resource& resource : reading.translation.resources) {
      EXPECT_EQ(resource.name, test.address);
      const std::string not_told = joined(resource.not_told, " ");
      lines.push_back(fmt::format("{} {}{}{}", resource.type, syntax::write_json(resource.properties),
                                  not_told.empty() ? "" : " not told: ", not_told));
    }
    EXPECT_EQ(joined(lines, "|"), test.lines) << test.address;
    EXPECT_EQ(reading.sink.errors(), 0u) << test.address;
  }
}

TEST(TerraformTable, Events) {
  expect_all(kEvents);
}
TEST(TerraformTable, Identities) {
  expect_all(kIdentities);
}
TEST(TerraformTable, Targets) {
  expect_all(kTargets);
}

// Every type of the tables has a case here or in terraform_parts_test.cpp.
TEST(TerraformTable, EveryTypeIsTested) {
  std::set<std::string_view> tested = {"aws_kms_key_policy", "aws_organizations_policy",
                                       "aws_organizations_organizational_unit",
                                       "data.aws_organizations_policy"};
  const auto add = [&tested](std::string_view address) {
    tested.insert(address.substr(0, address.rfind('.')));
  };
  for (const Case& test : kEvents)
    add(test.address);
  for (const Case& test : kIdentities)
    add(test.address);
  for (const Case& test : kTargets)
    add(test.address);
  for (const auto rows : {terraform::event_rows(), terraform::identity_rows(), terraform::target_rows()}) {
    for (const terraform::ResourceRow& row : rows)
      EXPECT_TRUE(tested.contains(row.type)) << row.type;
  }
}

}  // namespace
}  // namespace grantproof::sources
