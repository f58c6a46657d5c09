// SPDX-License-Identifier: Apache-2.0
//
// Answers that the AWS CLI printed (formats/cli, against a simulated AWS), file by file.
#include <gtest/gtest.h>

#include <string>

#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

struct Format {
  std::string file;
  std::string resources;
  std::string said = {};
  std::string gaps = {};
};

const Format kFormats[] = {
    {"describe-archive.json",
     R"(AWS::Events::Archive a1 123456789012 us-east-1 arn:aws:events:us-east-1:123456789012:archive/a1 {"ArchiveName":"a1","SourceArn":"arn:aws:events:us-east-1:123456789012:event-bus/orders","RetentionDays":0}
)"},
    {"describe-event-bus.json",
     R"(AWS::Events::EventBus orders 123456789012 us-east-1 arn:aws:events:us-east-1:123456789012:event-bus/orders {"Name":"orders","Description":"orders bus"}
AWS::Events::EventBusPolicyDocument orders 123456789012 us-east-1 {"EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/orders","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"AllowB","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:123456789012:event-bus/orders"}]}}
)"},
    {"describe-rule.json",
     R"(AWS::Events::Rule to-sqs 123456789012 us-east-1 arn:aws:events:us-east-1:123456789012:rule/orders/to-sqs {"Name":"to-sqs","EventBusName":"orders","EventPattern":"{\"source\":[\"com.acme.orders\"],\"account\":[\"222222222222\"]}","State":"ENABLED"} without Targets
)"},
    {"get-account-authorization-details.json",
     R"(AWS::IAM::User alice 123456789012 arn:aws:iam::123456789012:user/alice {"UserName":"alice","Path":"/","Groups":["devs"],"Policies":[],"ManagedPolicyArns":["arn:aws:iam::123456789012:policy/pub"]}
AWS::IAM::Group devs 123456789012 arn:aws:iam::123456789012:group/devs {"GroupName":"devs","Path":"/","Policies":[{"PolicyName":"gp","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"events:PutPermission","Resource":"*"}]}}],"ManagedPolicyArns":[]}
AWS::IAM::Role fwd 123456789012 arn:aws:iam::123456789012:role/fwd {"RoleName":"fwd","Path":"/","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}]},"Policies":[{"PolicyName":"put","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:333333333333:event-bus/audit"}}}],"ManagedPolicyArns":[],"Tags":[]}
AWS::IAM::ManagedPolicy pub 123456789012 arn:aws:iam::123456789012:policy/pub {"ManagedPolicyName":"pub","Path":"/","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"events:PutEvents","Resource":"*"}]}}
)"},
    {"get-policy-version.json",
     R"(AWS::IAM::ManagedPolicy get-policy-version {"ManagedPolicyName":"‹managed policy of get-policy-version.json›","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"events:PutEvents","Resource":"*"}]}}
)",
     "", "2:22 AWS::IAM::ManagedPolicy nothing says which managed policy this is a version of\n"},
    {"get-queue-attributes.json",
     R"(AWS::SQS::Queue dlq 123456789012 us-east-1 arn:aws:sqs:us-east-1:123456789012:dlq {"QueueName":"dlq","SqsManagedSseEnabled":"true"}
AWS::SQS::QueuePolicy dlq 123456789012 us-east-1 {"Queues":["arn:aws:sqs:us-east-1:123456789012:dlq"],"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"eb","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:dlq","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:events:us-east-1:123456789012:rule/orders/to-sqs"}}}]}}
)"},
    {"get-role-policy.json",
     R"(AWS::IAM::RolePolicy put {"PolicyName":"put","RoleName":"fwd","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:333333333333:event-bus/audit"}}}
)"},
    {"get-role.json",
     R"(AWS::IAM::Role fwd 123456789012 arn:aws:iam::123456789012:role/fwd {"RoleName":"fwd","Path":"/","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}} without Policies, ManagedPolicyArns
)"},
    {"get-topic-attributes.json",
     R"(AWS::SNS::Topic alerts 123456789012 us-east-1 arn:aws:sns:us-east-1:123456789012:alerts {"TopicName":"alerts"}
AWS::SNS::TopicPolicy alerts 123456789012 us-east-1 {"Topics":["arn:aws:sns:us-east-1:123456789012:alerts"],"PolicyDocument":{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Effect":"Allow","Sid":"__default_statement_ID","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"arn:aws:sns:us-east-1:123456789012:alerts","Condition":{"StringEquals":{"AWS:SourceOwner":"123456789012"}}}]}}
)"},
    {"kms-get-key-policy.json",
     R"(AWS::KMS::Key ‹key of kms-get-key-policy.json› arn:aws:kms:‹region›:‹account›:key/‹key of kms-get-key-policy.json› {"KeyId":"‹key of kms-get-key-policy.json›","KeyPolicy":{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}}
)",
     "", "2:16 AWS::KMS::Key nothing says which key has this policy\n"},
    {"lambda-get-policy.json",
     R"(AWS::Lambda::FunctionPolicy fn 123456789012 us-east-1 {"FunctionName":"arn:aws:lambda:us-east-1:123456789012:function:fn","PolicyDocument":{"Version":"2012-10-17","Id":"default","Statement":[{"Action":"lambda:InvokeFunction","Principal":{"Service":"events.amazonaws.com"},"Effect":"Allow","Resource":"arn:aws:lambda:us-east-1:123456789012:function:fn","Sid":"eb","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:events:us-east-1:123456789012:rule/orders/to-sqs"}}}]}}
)"},
    {"list-attached-role-policies.json", "",
     "2:25 GP0301 nothing says whose attached policies these are | put the parameter of the call beside "
     "them, "
     "{\"RoleName\": …, \"AttachedPolicies\": […]}, or name the file list-attached-role-policies.ROLE.json\n",
     "2:25 AWS::IAM::Attachment attached policies are missing, as this could not be read\n"},
    {"list-event-buses.json",
     R"(AWS::Events::EventBus default 123456789012 us-east-1 arn:aws:events:us-east-1:123456789012:event-bus/default {"Name":"default"} without KmsKeyIdentifier, DeadLetterConfig, LogConfig
AWS::Events::EventBus orders 123456789012 us-east-1 arn:aws:events:us-east-1:123456789012:event-bus/orders {"Name":"orders"} without KmsKeyIdentifier, DeadLetterConfig, LogConfig
AWS::Events::EventBusPolicyDocument orders 123456789012 us-east-1 {"EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/orders","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"AllowB","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:123456789012:event-bus/orders"}]}}
)"},
    {"list-rules.json",
     R"(AWS::Events::Rule to-sqs 123456789012 us-east-1 arn:aws:events:us-east-1:123456789012:rule/orders/to-sqs {"Name":"to-sqs","EventBusName":"orders","EventPattern":"{\"source\":[\"com.acme.orders\"],\"account\":[\"222222222222\"]}","State":"ENABLED"} without Targets
)"},
    {"list-targets-by-rule.json", "",
     "2:16 GP0301 nothing says whose targets these are: list-targets-by-rule does not name the rule | put "
     "the "
     "parameters of the call beside them, {\"EventBusName\": …, \"Rule\": …, \"Targets\": […]}, or name the "
     "file list-targets-by-rule.BUS.RULE.json\n",
     "2:16 AWS::Events::Targets targets are missing, as this could not be read\n"},
    {"logs-describe-resource-policies.json",
     R"(AWS::Logs::ResourcePolicy eb 123456789012 us-east-1 {"PolicyName":"eb","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"eb","Effect":"Allow","Principal":{"Service":["events.amazonaws.com","delivery.logs.amazonaws.com"]},"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/*:*"}]}}
)"},
    {"put-events.json", ""},
};

TEST(AwsDumpFormats, EveryFileIsRead) {
  for (const Format& format : kFormats) {
    SCOPED_TRACE(format.file);
    const ReadDump dump(format_file(format.file), {.path = format.file, .account = {}, .region = {}});
    EXPECT_TRUE(dump.recognised);
    EXPECT_EQ(dump.resources(), format.resources);
    EXPECT_EQ(dump.said(), format.said);
    EXPECT_EQ(dump.gaps(), format.gaps);
  }
}

// The answers that name nothing, in files that do.
TEST(AwsDumpFormats, FileNamesSayWhatAnswersDoNot) {
  const struct {
    std::string file;
    std::string path;
    std::string begins;
  } rows[] = {
      {"list-targets-by-rule.json", "dumps/list-targets-by-rule.orders.to-sqs.json",
       R"(AWS::Events::Targets to-sqs 123456789012 eu-west-1 {"Rule":"to-sqs","EventBusName":"orders","Targets":[{"Id":"q",)"},
      {"list-attached-role-policies.json", "list-attached-role-policies.fwd.json",
       R"(AWS::IAM::Attachment fwd 123456789012 eu-west-1 {"Roles":["fwd"],"ManagedPolicyArns":[],"Exclusive":true})"},
      {"get-policy-version.json", "policies/OrdersPolicy.json",
       R"(AWS::IAM::ManagedPolicy OrdersPolicy 123456789012 eu-west-1 {"ManagedPolicyName":"OrdersPolicy","PolicyDocument":{)"},
      {"get-policy-version.json", "policy-OrdersPolicy.json",
       R"(AWS::IAM::ManagedPolicy OrdersPolicy 123456789012 eu-west-1 {"ManagedPolicyName":"OrdersPolicy","PolicyDocument":{)"},
      {"kms-get-key-policy.json", "kms-get-key-policy.1234abcd.json",
       R"(AWS::KMS::Key 1234abcd 123456789012 eu-west-1 arn:aws:kms:eu-west-1:123456789012:key/1234abcd {"KeyId":"1234abcd","KeyPolicy":{)"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.path);
    const ReadDump dump(format_file(row.file),
                        {.path = row.path, .account = "123456789012", .region = "eu-west-1"});
    EXPECT_EQ(dump.resources().substr(0, row.begins.size()), row.begins);
    EXPECT_EQ(dump.said(), "");
    EXPECT_EQ(dump.gaps(), "");
  }
}

}  // namespace
}  // namespace grantproof::sources
