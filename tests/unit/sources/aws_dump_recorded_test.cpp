// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDumpRecorded, ConfigurationItems) {
  const DumpCase kCases[] = {
      // a snapshot: lower camel case, documents URL-encoded, the configuration an object
      {R"({"fileVersion": "1.0", "configurationItems": [
           {"resourceType": "AWS::IAM::Role", "resourceName": "r", "awsAccountId": "x", "accountId": "111122223333", "awsRegion": "global", "arn": "arn:aws:iam::111122223333:role/r",
            "configuration": {"path": "/", "roleName": "r", "assumeRolePolicyDocument": "%7B%22Statement%22%3A%5B%5D%7D",
             "rolePolicyList": [{"policyName": "p", "policyDocument": "%7B%7D"}], "attachedManagedPolicies": [{"policyName": "m", "policyArn": "arn:aws:iam::aws:policy/m"}],
             "permissionsBoundary": {"permissionsBoundaryType": "PermissionsBoundaryPolicy", "permissionsBoundaryArn": "arn:aws:iam::111122223333:policy/b"}}},
           {"resourceType": "AWS::EC2::Instance", "configuration": {}},
           {"resourceType": "AWS::IAM::User", "configurationItemStatus": "ResourceDeleted", "arn": "arn:aws:iam::111122223333:user/u", "configuration": {}}]})",
       R"(AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/r {"RoleName":"r","Path":"/","AssumeRolePolicyDocument":{"Statement":[]},"Policies":[{"PolicyName":"p","PolicyDocument":{}}],"ManagedPolicyArns":["arn:aws:iam::aws:policy/m"],"PermissionsBoundary":"arn:aws:iam::111122223333:policy/b"}
)"},
      // batch-get-resource-config: the configuration as text
      {R"({"baseConfigurationItems": [
           {"resourceType": "AWS::SQS::Queue", "arn": "arn:aws:sqs:us-east-1:111122223333:q", "configuration": "{\"VisibilityTimeout\":\"30\",\"Policy\":\"{\\\"Statement\\\":[]}\"}"},
           {"resourceType": "AWS::Events::EventBus", "accountId": "111122223333", "awsRegion": "us-east-1", "configuration": "{\"Name\":\"hub\",\"Policy\":{\"Statement\":[]}}"},
           {"resourceType": "AWS::IAM::Policy", "arn": "arn:aws:iam::111122223333:policy/p", "configuration": "{\"policyName\":\"p\",\"policyVersionList\":[{\"versionId\":\"v1\",\"isDefaultVersion\":true,\"document\":\"%7B%7D\"}]}"}]})",
       R"(AWS::SQS::Queue q 111122223333 us-east-1 arn:aws:sqs:us-east-1:111122223333:q {"QueueName":"q"}
AWS::SQS::QueuePolicy q 111122223333 us-east-1 {"Queues":["arn:aws:sqs:us-east-1:111122223333:q"],"PolicyDocument":{"Statement":[]}}
AWS::Events::EventBus hub 111122223333 us-east-1 {"Name":"hub"}
AWS::Events::EventBusPolicyDocument hub 111122223333 us-east-1 {"EventBusName":"hub","PolicyDocument":{"Statement":[]}}
AWS::IAM::ManagedPolicy p 111122223333 arn:aws:iam::111122223333:policy/p {"ManagedPolicyName":"p","PolicyDocument":{}}
)"},
      // the policy of a function or a key stands apart
      {R"({"configurationItem": {"resourceType": "AWS::Lambda::Function", "arn": "arn:aws:lambda:us-east-1:111122223333:function:fn",
           "configuration": {"functionName": "fn", "role": "arn:aws:iam::111122223333:role/r"}, "supplementaryConfiguration": {"Policy": "\"{\\\"Statement\\\":[]}\""}}})",
       R"(AWS::Lambda::Function fn 111122223333 us-east-1 arn:aws:lambda:us-east-1:111122223333:function:fn {"FunctionName":"fn","Role":"arn:aws:iam::111122223333:role/r"}
AWS::Lambda::FunctionPolicy fn 111122223333 us-east-1 {"FunctionName":"arn:aws:lambda:us-east-1:111122223333:function:fn","PolicyDocument":{"Statement":[]}}
)"},
      {R"([{"resourceType": "AWS::KMS::Key", "arn": "arn:aws:kms:us-east-1:111122223333:key/1", "configuration": {"keyId": "1"}, "supplementaryConfiguration": {}},
           {"resourceType": "AWS::Lambda::Function", "arn": "arn:aws:lambda:us-east-1:111122223333:function:fn", "configuration": {"functionName": "fn", "role": "r"}}])",
       R"(AWS::KMS::Key 1 111122223333 us-east-1 arn:aws:kms:us-east-1:111122223333:key/1 {"KeyId":"1"} without KeyPolicy
AWS::Lambda::Function fn 111122223333 us-east-1 arn:aws:lambda:us-east-1:111122223333:function:fn {"FunctionName":"fn","Role":"r"} without Policy
)"},
      // a history: only the last of a resource; where nobody says which is, all
      {R"({"configurationItems": [
           {"resourceType": "AWS::IAM::Group", "arn": "arn:aws:iam::111122223333:group/g", "configurationItemCaptureTime": "2025-01-01T00:00:00Z", "configuration": {"groupPolicyList": [], "attachedManagedPolicies": ["arn:aws:iam::aws:policy/old"]}},
           {"resourceType": "AWS::IAM::Group", "arn": "arn:aws:iam::111122223333:group/g", "configurationItemCaptureTime": "2026-01-01T00:00:00Z", "configuration": {"groupPolicyList": [], "attachedManagedPolicies": ["arn:aws:iam::aws:policy/new"]}},
           {"resourceType": "AWS::IAM::Group", "arn": "arn:aws:iam::111122223333:group/h", "configurationItemCaptureTime": 1000000000.5, "configuration": {"groupPolicyList": [], "attachedManagedPolicies": ["arn:aws:iam::aws:policy/new"]}},
           {"resourceType": "AWS::IAM::Group", "arn": "arn:aws:iam::111122223333:group/h", "configurationItemCaptureTime": 999999999, "configuration": {"groupPolicyList": [], "attachedManagedPolicies": ["arn:aws:iam::aws:policy/old"]}},
           {"resourceType": "AWS::IAM::Group", "arn": "arn:aws:iam::111122223333:group/i", "configuration": {"groupPolicyList": [], "attachedManagedPolicies": []}},
           {"resourceType": "AWS::IAM::Group", "arn": "arn:aws:iam::111122223333:group/i", "configuration": {"groupPolicyList": [], "attachedManagedPolicies": []}}]})",
       R"(AWS::IAM::Group g 111122223333 arn:aws:iam::111122223333:group/g {"GroupName":"g","Policies":[],"ManagedPolicyArns":["arn:aws:iam::aws:policy/new"]}
AWS::IAM::Group h 111122223333 arn:aws:iam::111122223333:group/h {"GroupName":"h","Policies":[],"ManagedPolicyArns":["arn:aws:iam::aws:policy/new"]}
AWS::IAM::Group i 111122223333 arn:aws:iam::111122223333:group/i {"GroupName":"i","Policies":[],"ManagedPolicyArns":[]}
AWS::IAM::Group i 111122223333 arn:aws:iam::111122223333:group/i {"GroupName":"i","Policies":[],"ManagedPolicyArns":[]}
)"},
      // a query tells what it chose, and nothing else
      {R"({"Results": ["{\"resourceType\":\"AWS::IAM::Role\",\"arn\":\"arn:aws:iam::111122223333:role/r\",\"configuration\":{\"assumeRolePolicyDocument\":\"%7B%7D\"}}",
           "{\"resourceType\":\"AWS::SQS::Queue\",\"arn\":\"arn:aws:sqs:us-east-1:111122223333:q\"}", "{", 5], "QueryInfo": {"SelectFields": []}})",
       R"(AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/r {"RoleName":"r","AssumeRolePolicyDocument":{}} without Path, Policies, ManagedPolicyArns, PermissionsBoundary, Tags
AWS::SQS::Queue q 111122223333 us-east-1 arn:aws:sqs:us-east-1:111122223333:q {"QueueName":"q"} without KmsMasterKeyId, FifoQueue, SqsManagedSseEnabled, Policy
)",
       "2:105 GP0301 a result of select-resource-config is not JSON: found the end of the text, expected a "
       "key in double quotes "
       "or '}' | AWS prints it as a JSON object, or as the text of one in a string\n"
       "2:108 GP0301 a number among Results, expected text\n",
       "2:103 - configuration items are missing, as this could not be read\n"
       "2:108 - configuration items are missing, as this could not be read\n"},
      // a configuration that cannot be read tells nothing
      {R"({"configurationItems": [{"resourceType": "AWS::IAM::Role", "arn": "arn:aws:iam::111122223333:role/r", "configuration": "{x"}, 7]})",
       R"(AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/r {"RoleName":"r"} without Path, AssumeRolePolicyDocument, Policies, ManagedPolicyArns, PermissionsBoundary, Tags
)",
       "1:127 GP0301 a number among configuration items, expected an object\n"
       "1:122 GP0301 the configuration of arn:aws:iam::111122223333:role/r is not JSON: found x, expected a "
       "key in double quotes "
       "or '}' | put it in double quotes: \"x\"\n",
       "1:127 - configuration items are missing, as this could not be read\n"},
  };
  expect_dumps(kCases);
}

}  // namespace
}  // namespace grantproof::sources
