// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_connector_table.h"

#include <algorithm>
#include <iterator>

namespace grantproof::sources {
namespace {

constexpr std::string_view kApi = "AWS::ApiGateway::RestApi";
constexpr std::string_view kBucket = "AWS::S3::Bucket";
constexpr std::string_view kBus = "AWS::Events::EventBus";
constexpr std::string_view kDataSource = "AWS::AppSync::DataSource";
constexpr std::string_view kFunction = "AWS::Lambda::Function";
constexpr std::string_view kGraphQLApi = "AWS::AppSync::GraphQLApi";
constexpr std::string_view kHttpApi = "AWS::ApiGatewayV2::Api";
constexpr std::string_view kMachine = "AWS::StepFunctions::StateMachine";
constexpr std::string_view kPlaceIndex = "AWS::Location::PlaceIndex";
constexpr std::string_view kQueue = "AWS::SQS::Queue";
constexpr std::string_view kRule = "AWS::Events::Rule";
constexpr std::string_view kTable = "AWS::DynamoDB::Table";
constexpr std::string_view kTopic = "AWS::SNS::Topic";

constexpr std::string_view kReadTable =
    "dynamodb:GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect";
constexpr std::string_view kWriteTable =
    "dynamodb:PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate";
constexpr std::string_view kReadBucket =
    "s3:GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion "
    "GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket "
    "ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts";
constexpr std::string_view kWriteBucket =
    "s3:AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold "
    "PutObjectRetention RestoreObject";
constexpr std::string_view kInvoke = "lambda:InvokeAsync InvokeFunction";

constexpr std::string_view kIt = "${DestinationArn}";
constexpr std::string_view kTableAndIndexes = "${DestinationArn} ${DestinationArn}/index/*";
constexpr std::string_view kBucketAndObjects = "${DestinationArn} ${DestinationArn}/*";
constexpr std::string_view kExecutions =
    "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${DestinationName}:*";
// Step Functions waits for executions with this rule.
constexpr std::string_view kExecutionRule =
    "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/"
    "StepFunctionsGetEventsForStepFunctionsExecutionRule";
constexpr std::string_view kApiRoutes =
    "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SourceResourceId}/"
    "${SourceQualifier}";
constexpr std::string_view kGraphQLRoutes =
    "arn:${AWS::Partition}:appsync:${AWS::Region}:${AWS::AccountId}:apis/${SourceResourceId}";

using enum ConnectorPolicy;
constexpr ConnectorRow kRows[] = {
    {kFunction, kFunction, kSourceRole, "Write", kInvoke, kIt},
    {kFunction, kBucket, kSourceRole, "Read", kReadBucket, kBucketAndObjects},
    {kFunction, kBucket, kSourceRole, "Write", kWriteBucket, kBucketAndObjects},
    {kFunction, kTable, kSourceRole, "Read", kReadTable, kTableAndIndexes},
    {kFunction, kTable, kSourceRole, "Write", kWriteTable, kTableAndIndexes},
    {kFunction, kQueue, kSourceRole, "Read", "sqs:ReceiveMessage GetQueueAttributes", kIt},
    {kFunction, kQueue, kSourceRole, "Write",
     "sqs:DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue", kIt},
    {kFunction, kTopic, kSourceRole, "Write", "sns:Publish", kIt},
    {kFunction, kMachine, kSourceRole, "Write", "states:StartExecution StartSyncExecution", kIt},
    {kFunction, kMachine, kSourceRole, "Write", "states:StopExecution", kExecutions},
    {kFunction, kMachine, kSourceRole, "Read", "states:DescribeStateMachine ListExecutions", kIt},
    {kFunction, kMachine, kSourceRole, "Read",
     "states:DescribeExecution DescribeStateMachineForExecution GetExecutionHistory", kExecutions},
    {kFunction, kBus, kSourceRole, "Write", "events:PutEvents", kIt},
    {kFunction, kPlaceIndex, kSourceRole, "Read",
     "geo:DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions "
     "SearchPlaceIndexForText",
     kIt},

    {kRule, kTopic, kTopicPolicy, "Write", "sns:Publish", "${SourceArn}", "events.amazonaws.com"},
    {kRule, kQueue, kQueuePolicy, "Write", "sqs:SendMessage", "${SourceArn}", "events.amazonaws.com"},
    {kRule, kFunction, kLambdaPermission, "Write", {}, "${SourceArn}", "events.amazonaws.com"},
    {kRule, kBus, kSourceRole, "Write", "events:PutEvents", kIt},
    {kRule, kMachine, kSourceRole, "Write", "states:StartExecution", kIt},

    {kMachine, kFunction, kSourceRole, "Write", kInvoke, kIt},
    {kMachine, kTopic, kSourceRole, "Write", "sns:Publish", kIt},
    {kMachine, kQueue, kSourceRole, "Write", "sqs:SendMessage", kIt},
    {kMachine, kBucket, kSourceRole, "Read", kReadBucket, kBucketAndObjects},
    {kMachine, kBucket, kSourceRole, "Write", kWriteBucket, kBucketAndObjects},
    {kMachine, kTable, kSourceRole, "Read", kReadTable, kTableAndIndexes},
    {kMachine, kTable, kSourceRole, "Write", kWriteTable, kTableAndIndexes},
    {kMachine, kMachine, kSourceRole, "Read", "states:DescribeExecution", kExecutions},
    {kMachine, kMachine, kSourceRole, "Read", "events:DescribeRule", kExecutionRule},
    {kMachine, kMachine, kSourceRole, "Write", "states:StartExecution", kIt},
    {kMachine, kMachine, kSourceRole, "Write", "states:StopExecution", kExecutions},
    {kMachine, kMachine, kSourceRole, "Write", "events:PutTargets PutRule", kExecutionRule},
    {kMachine, kBus, kSourceRole, "Write", "events:PutEvents", kIt},

    {kTopic, kQueue, kQueuePolicy, "Write", "sqs:SendMessage", "${SourceArn}", "sns.amazonaws.com"},
    {kTopic, kFunction, kLambdaPermission, "Write", {}, "${SourceArn}", "sns.amazonaws.com"},
    {kBucket, kFunction, kLambdaPermission, "Write", {}, "${SourceArn}", "s3.amazonaws.com"},
    {kApi, kFunction, kLambdaPermission, "Write", {}, kApiRoutes, "apigateway.amazonaws.com"},
    {kHttpApi, kFunction, kLambdaPermission, "Write", {}, kApiRoutes, "apigateway.amazonaws.com"},
    {kGraphQLApi, kFunction, kLambdaPermission, "Write", {}, kGraphQLRoutes, "appsync.amazonaws.com"},

    {kQueue, kFunction, kDestinationRole, "Read", "sqs:ReceiveMessage GetQueueAttributes", "${SourceArn}"},
    {kQueue, kFunction, kDestinationRole, "Write", "sqs:DeleteMessage", "${SourceArn}"},
    {kTable, kFunction, kDestinationRole, "Read",
     "dynamodb:DescribeStream GetRecords GetShardIterator ListStreams", "${SourceArn}/stream/*"},

    {kDataSource, kTable, kSourceRole, "Read", kReadTable, kTableAndIndexes},
    {kDataSource, kTable, kSourceRole, "Write", kWriteTable, kTableAndIndexes},
    {kDataSource, kFunction, kSourceRole, "Write", kInvoke, "${DestinationArn} ${DestinationArn}:*"},
    {kDataSource, kBus, kSourceRole, "Write", "events:PutEvents", kIt},
};

constexpr ConnectedType kTypes[] = {
    {kApi, "Arn", {}, {}},          {kBucket, "Arn", {}, {}},
    {kBus, "Arn", {}, {}},          {kDataSource, {}, {}, "ServiceRoleArn"},
    {kFunction, "Arn", {}, "Role"}, {kGraphQLApi, {}, "ApiId", {}},
    {kHttpApi, "Arn", {}, {}},      {kMachine, {}, {}, "RoleArn"},
    {kPlaceIndex, "Arn", {}, {}},   {kQueue, "Arn", {}, {}},
    {kRule, "Arn", {}, "RoleArn"},  // of the target that is the destination
    {kTable, "Arn", {}, {}},        {kTopic, {}, {}, {}},
};

struct TypeName {
  std::string_view sam;
  std::string_view cloudformation;
};
constexpr TypeName kTypeNames[] = {
    {"AWS::Serverless::Function", kFunction}, {"AWS::Serverless::StateMachine", kMachine},
    {"AWS::Serverless::Api", kApi},           {"AWS::Serverless::HttpApi", kHttpApi},
    {"AWS::Serverless::SimpleTable", kTable},
};

}  // namespace

std::span<const ConnectorRow> connector_rows() {
  return kRows;
}

const ConnectedType* find_connected_type(std::string_view type) {
  const auto* found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                   [type](const ConnectedType& one) { return one.type == type; });
  return found == std::end(kTypes) ? nullptr : found;
}

std::string_view cloudformation_type(std::string_view type) {
  const auto* found = std::find_if(std::begin(kTypeNames), std::end(kTypeNames),
                                   [type](const TypeName& name) { return name.sam == type; });
  return found == std::end(kTypeNames) ? type : found->cloudformation;
}

}  // namespace grantproof::sources
