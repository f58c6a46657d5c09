// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDumpIam, AuthorizationDetails) {
  const DumpCase kCases[] = {
      // URL-encoded, as the API gives it; JSON text; a group's policies as an object, as the documentation
      // has it
      {R"({"RoleDetailList": [{"RoleName": "r", "Path": "/service/", "Arn": "arn:aws:iam::111122223333:role/service/r",
           "AssumeRolePolicyDocument": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D",
           "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": "{\"Statement\": []}"}],
           "AttachedManagedPolicies": {"PolicyName": "m", "PolicyArn": "arn:aws:iam::aws:policy/m"},
           "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/b"},
           "Tags": [{"Key": "team", "Value": "shop"}]}]})",
       R"(AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/service/r {"RoleName":"r","Path":"/service/","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[]},"Policies":[{"PolicyName":"p","PolicyDocument":{"Statement":[]}}],"ManagedPolicyArns":["arn:aws:iam::aws:policy/m"],"PermissionsBoundary":"arn:aws:iam::111122223333:policy/b","Tags":[{"Key":"team","Value":"shop"}]}
)"},
      // what a query left out is not told
      {R"({"RoleDetailList": [{"RoleName": "r"}], "UserDetailList": [{"UserName": "u"}], "GroupDetailList": [{"GroupName": "g"}]})",
       R"(AWS::IAM::Role r {"RoleName":"r"} without AssumeRolePolicyDocument, Policies, ManagedPolicyArns
AWS::IAM::User u {"UserName":"u"} without Groups, Policies, ManagedPolicyArns
AWS::IAM::Group g {"GroupName":"g"} without Policies, ManagedPolicyArns
)"},
      // only the default version is in force; policies of AWS are of no account
      {R"({"Policies": [{"PolicyName": "p", "Arn": "arn:aws:iam::aws:policy/service-role/p", "DefaultVersionId": "v2", "PolicyVersionList": [
           {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Statement": 1}},
           {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Statement": 2}},
           {"VersionId": "v3", "IsDefaultVersion": false, "Document": {"Statement": 3}}]}]})",
       R"(AWS::IAM::ManagedPolicy p arn:aws:iam::aws:policy/service-role/p {"ManagedPolicyName":"p","PolicyDocument":{"Statement":2}}
)"},
      {R"({"Policies": [{"PolicyName": "p", "DefaultVersionId": "v2", "PolicyVersionList": [{"VersionId": "v2", "Document": "{\"Statement\": 2}"}]}]})",
       "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"p\",\"PolicyDocument\":{\"Statement\":2}}\n"},
      {R"({"Policies": [{"PolicyName": "p", "DefaultVersionId": "v2", "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": false, "Document": {}}]},
                        {"PolicyName": "q", "PolicyVersionList": []}]})",
       "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"p\"} without PolicyDocument\n"
       "AWS::IAM::ManagedPolicy q {\"ManagedPolicyName\":\"q\"} without PolicyDocument\n"},
      {R"({"Policies": [{"PolicyName": "p", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": {}}, {"IsDefaultVersion": "true", "Document": {}}]}]})",
       "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"p\"} without PolicyDocument\n",
       "1:101 GP0301 managed policy p has two default versions\n"},
      // wrong kinds: what can be read is, the rest is not told
      {R"({"RoleDetailList": [{"RoleName": "r", "AssumeRolePolicyDocument": "%7B%22", "RolePolicyList": [7, {"PolicyName": "p"}, {"PolicyName": "q", "PolicyDocument": "x"}],
           "AttachedManagedPolicies": [{"PolicyName": "m"}, "arn:aws:iam::aws:policy/m", 5], "PermissionsBoundary": []}, "r2"]})",
       R"(AWS::IAM::Role r {"RoleName":"r","AssumeRolePolicyDocument":"%7B%22","Policies":[{"PolicyName":"q","PolicyDocument":"x"}],"ManagedPolicyArns":["arn:aws:iam::aws:policy/m"]} without Policies, ManagedPolicyArns, PermissionsBoundary
)",
       "1:74 GP0301 AssumeRolePolicyDocument of role r is not JSON: found the end of the text inside a "
       "string, expected '\"' | AWS prints it as a JSON object, or as the text of one in a string\n"
       "1:96 GP0301 RolePolicyList of role r is a number, expected objects with PolicyName and "
       "PolicyDocument\n"
       "1:99 GP0301 inline policy p of role r has no PolicyDocument\n"
       "1:158 GP0301 inline policy q of role r is not JSON: found another text, expected a string with JSON "
       "or URL-encoded JSON | AWS prints it as a JSON object, or as the text of one in a string\n"
       "2:40 GP0301 AttachedManagedPolicies of role r is an object, expected objects with PolicyArn\n"
       "2:90 GP0301 AttachedManagedPolicies of role r is a number, expected objects with PolicyArn\n"
       "2:117 GP0301 PermissionsBoundary of role r is a list, expected an object with "
       "PermissionsBoundaryArn\n"
       "2:122 GP0301 a string in RoleDetailList, expected an object\n",
       "2:122 AWS::IAM::Role roles are missing, as this could not be read\n"},
      {R"({"UserDetailList": null, "RoleDetailList": {"RoleName": ""}})", "",
       "1:44 GP0301 this role has no name | AWS prints it as RoleName\n",
       "1:44 AWS::IAM::Role roles are missing, as this could not be read\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpIam, OnePrincipal) {
  const DumpCase kCases[] = {
      // list-roles prints neither permissions boundaries nor tags
      {R"({"Roles": [{"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "AssumeRolePolicyDocument": {}}]})",
       "AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/r "
       "{\"RoleName\":\"r\",\"AssumeRolePolicyDocument\":{}} "
       "without Policies, ManagedPolicyArns, PermissionsBoundary, Tags\n"},
      {R"({"User": {"UserName": "u", "Arn": "arn:aws:iam::111122223333:user/u"}})",
       "AWS::IAM::User u 111122223333 arn:aws:iam::111122223333:user/u {\"UserName\":\"u\"} without Groups, "
       "Policies, "
       "ManagedPolicyArns\n"},
      {R"({"Users": [{"UserName": "u", "Arn": "arn:aws:iam::111122223333:user/u"}]})",
       "AWS::IAM::User u 111122223333 arn:aws:iam::111122223333:user/u {\"UserName\":\"u\"} without Groups, "
       "Policies, "
       "ManagedPolicyArns, PermissionsBoundary, Tags\n"},
      {R"([{"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "AssumeRolePolicyDocument": {}}])",
       "AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/r "
       "{\"RoleName\":\"r\",\"AssumeRolePolicyDocument\":{}} "
       "without Policies, ManagedPolicyArns, PermissionsBoundary, Tags\n"},
      {R"({"UserName": "u", "PolicyName": "p", "PolicyDocument": "{\"Statement\":[]}"})",
       "AWS::IAM::UserPolicy p "
       "{\"PolicyName\":\"p\",\"UserName\":\"u\",\"PolicyDocument\":{\"Statement\":[]}}\n"},
      {R"({"GroupName": "g", "PolicyName": "p", "PolicyDocument": {}})",
       "AWS::IAM::GroupPolicy p {\"PolicyName\":\"p\",\"GroupName\":\"g\",\"PolicyDocument\":{}}\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpIam, ManagedPolicies) {
  const DumpCase kCases[] = {
      {R"({"Policy": {"PolicyName": "p", "Arn": "arn:aws:iam::111122223333:policy/p", "DefaultVersionId": "v3"}})",
       "AWS::IAM::ManagedPolicy p 111122223333 arn:aws:iam::111122223333:policy/p "
       "{\"ManagedPolicyName\":\"p\"} without "
       "PolicyDocument\n"},
      {R"({"Policies": [{"PolicyName": "p", "Arn": "arn:aws:iam::111122223333:policy/team/p", "Path": "/team/"}]})",
       "AWS::IAM::ManagedPolicy p 111122223333 arn:aws:iam::111122223333:policy/team/p "
       "{\"ManagedPolicyName\":\"p\",\"Path\":\"/team/\"} without PolicyDocument\n"},
      {R"({"PolicyArn": "arn:aws:iam::111122223333:policy/team/p", "PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Statement": []}}})",
       "AWS::IAM::ManagedPolicy p 111122223333 arn:aws:iam::111122223333:policy/team/p "
       "{\"ManagedPolicyName\":\"p\",\"PolicyDocument\":{\"Statement\":[]}}\n"},
      // another version than the default one says nothing of what is in force
      {R"({"PolicyName": "p", "PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Statement": []}}})",
       "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"p\"} without PolicyDocument\n"},
      {R"({"PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "Document": "%7B%7D"}})",
       "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"p\",\"PolicyDocument\":{}}\n", "", "",
       "iam-get-policy-version.p.json"},
      {R"({"PolicyVersion": "v1"})", "", "1:19 GP0301 PolicyVersion is a string, expected an object\n",
       "1:19 AWS::IAM::ManagedPolicy managed policies are missing, as this could not be read\n"},
      // two in one file: its name is that of neither
      {R"([{"PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "Document": {}}}, {"PolicyName": "q", "PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "Document": {}}}])",
       "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"‹managed policy of "
       "p.json›\",\"PolicyDocument\":{}}\n"
       "AWS::IAM::ManagedPolicy q {\"ManagedPolicyName\":\"q\",\"PolicyDocument\":{}}\n",
       "", "1:20 AWS::IAM::ManagedPolicy nothing says which managed policy this is a version of\n", "p.json"},
  };
  expect_dumps(kCases);
  const ReadDump dump(R"({"PolicyName": "p", "PolicyVersion": {"VersionId": "v1", "Document": {}}})");
  EXPECT_EQ(dump.resources(),
            "AWS::IAM::ManagedPolicy p {\"ManagedPolicyName\":\"p\",\"PolicyDocument\":{}}\n");
  EXPECT_EQ(dump.translation.assumptions,
            (std::vector<std::string>{"the version of p in answer.json is the default one"}));
}

TEST(AwsDumpIam, ListsOfOnePrincipal) {
  const DumpCase kCases[] = {
      {R"({"RoleName": "r", "AttachedPolicies": [{"PolicyName": "a", "PolicyArn": "arn:aws:iam::aws:policy/a"}, {"PolicyName": "p", "PolicyArn": "arn:aws:iam::111122223333:policy/p"}]})",
       "AWS::IAM::Attachment r 111122223333 "
       "{\"Roles\":[\"r\"],\"ManagedPolicyArns\":[\"arn:aws:iam::aws:policy/a\","
       "\"arn:aws:iam::111122223333:policy/p\"],\"Exclusive\":true}\n"},
      {R"({"UserName": "u", "AttachedPolicies": [{"PolicyArn": "a"}, {}]})",
       "AWS::IAM::Attachment u {\"Users\":[\"u\"],\"ManagedPolicyArns\":[\"a\"]}\n",
       "1:60 GP0301 an object among the attached policies, expected PolicyArn\n",
       "1:60 AWS::IAM::Attachment attached policies are missing, as this could not be read\n"},
      {R"({"PolicyNames": ["p", "q"]})",
       "AWS::IAM::Attachment g {\"Groups\":[\"g\"],\"PolicyNames\":[\"p\",\"q\"],\"Exclusive\":true}\n", "",
       "", "list-group-policies.g.json"},
      {R"({"PolicyNames": ["p"]})", "",
       "1:17 GP0301 nothing says whose inline policies these are | put the parameter of the call beside "
       "them, "
       "{\"RoleName\": …, \"PolicyNames\": […]}, or name the file list-role-policies.ROLE.json\n",
       "1:17 AWS::IAM::Attachment inline policies are missing, as this could not be read\n"},
      // get-role and a list of its policies in one object
      {R"({"Role": {"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "AssumeRolePolicyDocument": {}}, "PolicyNames": []})",
       "AWS::IAM::Role r 111122223333 arn:aws:iam::111122223333:role/r "
       "{\"RoleName\":\"r\",\"AssumeRolePolicyDocument\":{}} without Policies, ManagedPolicyArns\n"
       "AWS::IAM::Attachment r 111122223333 {\"Roles\":[\"r\"],\"PolicyNames\":[],\"Exclusive\":true}\n"},
      // kms list-key-policies
      {R"({"PolicyNames": ["default"]})", ""},
      {R"({"Groups": [{"GroupName": "g", "Arn": "arn:aws:iam::111122223333:group/g"}]})",
       "AWS::IAM::Group g 111122223333 arn:aws:iam::111122223333:group/g {\"GroupName\":\"g\"} without "
       "Policies, "
       "ManagedPolicyArns\n"},
      {R"({"UserName": "u", "Groups": [{"GroupName": "g", "Arn": "arn:aws:iam::111122223333:group/g"}]})",
       "AWS::IAM::Group g 111122223333 arn:aws:iam::111122223333:group/g {\"GroupName\":\"g\"} without "
       "Policies, "
       "ManagedPolicyArns\n"
       "AWS::IAM::GroupMembership u 111122223333 "
       "{\"Users\":[\"u\"],\"GroupName\":[\"g\"],\"Exclusive\":true}\n"},
      {R"({"Groups": []})",
       "AWS::IAM::GroupMembership u {\"Users\":[\"u\"],\"GroupName\":[],\"Exclusive\":true}\n", "", "",
       "list-groups-for-user.u.json"},
      // get-group
      {R"({"Group": {"GroupName": "g", "Arn": "arn:aws:iam::111122223333:group/g"}, "Users": [{"UserName": "u", "Arn": "arn:aws:iam::111122223333:user/u"}]})",
       "AWS::IAM::GroupMembership g 111122223333 {\"GroupName\":\"g\",\"Users\":[\"u\"]}\n"
       "AWS::IAM::Group g 111122223333 arn:aws:iam::111122223333:group/g {\"GroupName\":\"g\"} without "
       "Policies, "
       "ManagedPolicyArns\n"
       "AWS::IAM::User u 111122223333 arn:aws:iam::111122223333:user/u {\"UserName\":\"u\"} without Groups, "
       "Policies, "
       "ManagedPolicyArns, PermissionsBoundary, Tags\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpIam, SpansLeadIntoUrlEncodedPolicies) {
  const ReadDump dump(
      "{\"RoleName\": \"r\", \"PolicyName\": \"p\",\n"
      "\"PolicyDocument\": \"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Deny%22%7D%5D%7D\"}");
  const syntax::Node* statements = dump.property(0, "PolicyDocument").find("Statement");
  ASSERT_NE(statements, nullptr);
  const syntax::Node& effect = statements->items.at(0).members.at(0).value;
  EXPECT_EQ(dump.written(effect), "%22Deny%22");
  EXPECT_EQ(dump.place(effect.span), "2:62");
}

}  // namespace
}  // namespace grantproof::sources
