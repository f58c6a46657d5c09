// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDumpOrganizations, OrganizationAccountsAndUnits) {
  const DumpCase kCases[] = {
      {R"({"Organization": {"Id": "o-exampleorgid", "Arn": "arn:aws:organizations::111122223333:organization/o-exampleorgid", "FeatureSet": "ALL", "MasterAccountId": "111122223333"}})",
       R"(AWS::Organizations::Organization o-exampleorgid 111122223333 arn:aws:organizations::111122223333:organization/o-exampleorgid {"Id":"o-exampleorgid","MasterAccountId":"111122223333","FeatureSet":"ALL"}
)"},
      {R"({"Accounts": [{"Id": "444455556666", "Arn": "arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666", "Name": "orders", "Status": "ACTIVE"}]})",
       R"(AWS::Organizations::Account 444455556666 111122223333 arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666 {"Id":"444455556666","AccountName":"orders"} without ParentIds
)"},
      {R"({"Account": {"Id": "444455556666"}})",
       "AWS::Organizations::Account 444455556666 {\"Id\":\"444455556666\"} without AccountName, ParentIds\n"},
      {R"({"ParentId": "ou-ab12-11111111", "Accounts": [{"Id": "444455556666", "Name": "orders"}]})",
       "AWS::Organizations::Account 444455556666 "
       "{\"Id\":\"444455556666\",\"AccountName\":\"orders\",\"ParentIds\":\"ou-ab12-11111111\"}\n"},
      {R"({"Accounts": [{"Id": "444455556666", "Name": "orders"}]})",
       "AWS::Organizations::Account 444455556666 "
       "{\"Id\":\"444455556666\",\"AccountName\":\"orders\",\"ParentIds\":\"r-ab12\"}\n",
       "", "", "list-accounts-for-parent.r-ab12.json"},
      {R"({"Roots": [{"Id": "r-ab12", "Name": "Root", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]})",
       "AWS::Organizations::OrganizationalUnit r-ab12 "
       "{\"Id\":\"r-ab12\",\"Name\":\"Root\",\"PolicyTypes\":[{\"Type\":"
       "\"SERVICE_CONTROL_POLICY\",\"Status\":\"ENABLED\"}]}\n"},
      {R"({"OrganizationalUnits": [{"Id": "ou-ab12-11111111", "Name": "shop"}]})",
       "AWS::Organizations::OrganizationalUnit ou-ab12-11111111 "
       "{\"Id\":\"ou-ab12-11111111\",\"Name\":\"shop\"} without "
       "ParentId\n"},
      {R"({"OrganizationalUnits": [{"Id": "ou-ab12-11111111", "Name": "shop"}]})",
       "AWS::Organizations::OrganizationalUnit ou-ab12-11111111 "
       "{\"Id\":\"ou-ab12-11111111\",\"Name\":\"shop\",\"ParentId\":\"r-ab12\"}\n",
       "", "", "list-organizational-units-for-parent.r-ab12.json"},
      {R"({"ChildId": "444455556666", "Parents": [{"Id": "ou-ab12-11111111", "Type": "ORGANIZATIONAL_UNIT"}]})",
       "AWS::Organizations::Account 444455556666 "
       "{\"Id\":\"444455556666\",\"ParentIds\":\"ou-ab12-11111111\"} without "
       "AccountName\n"},
      {R"({"ParentId": "r-ab12", "Children": [{"Id": "ou-ab12-11111111", "Type": "ORGANIZATIONAL_UNIT"}, {"Type": "ACCOUNT"}]})",
       "AWS::Organizations::OrganizationalUnit ou-ab12-11111111 "
       "{\"Id\":\"ou-ab12-11111111\",\"ParentId\":\"r-ab12\"} without Name\n",
       "1:96 GP0301 an object without Id among children\n",
       "1:96 AWS::Organizations::OrganizationalUnit children are missing, as this could not be read\n"},
      {R"({"Parents": [{"Id": "r-ab12", "Type": "ROOT"}]})", "",
       "1:13 GP0301 nothing says whose parents these are | put \"ChildId\" beside them, or name the file "
       "list-parents.ID.json\n",
       "1:13 AWS::Organizations::OrganizationalUnit parents are missing, as this could not be read\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpOrganizations, Policies) {
  const DumpCase kCases[] = {
      {R"({"Policy": {"PolicySummary": {"Id": "p-1", "Arn": "arn:aws:organizations::111122223333:policy/o-x/service_control_policy/p-1", "Name": "deny", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}, "Content": "{\"Statement\":[]}"}})",
       R"(AWS::Organizations::Policy p-1 111122223333 arn:aws:organizations::111122223333:policy/o-x/service_control_policy/p-1 {"Id":"p-1","Name":"deny","Type":"SERVICE_CONTROL_POLICY","Content":{"Statement":[]}} without TargetIds
)"},
      {R"({"Policy": {"PolicySummary": {"Id": "p-1", "Name": "deny", "Type": "RESOURCE_CONTROL_POLICY"}, "Content": "{}"}, "TargetIds": ["r-ab12"]})",
       R"(AWS::Organizations::Policy p-1 {"Id":"p-1","Name":"deny","Type":"RESOURCE_CONTROL_POLICY","Content":{},"TargetIds":["r-ab12"]}
)"},
      {R"({"Policies": [{"Id": "p-FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "Name": "FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true}]})",
       R"(AWS::Organizations::Policy p-FullAWSAccess arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess {"Id":"p-FullAWSAccess","Name":"FullAWSAccess","Type":"SERVICE_CONTROL_POLICY"} without Content, TargetIds
)"},
      // one target of each is known; it may have others
      {R"({"TargetId": "r-ab12", "Policies": [{"Id": "p-1", "Name": "deny", "Type": "SERVICE_CONTROL_POLICY"}]})",
       R"(AWS::Organizations::Policy p-1 {"Id":"p-1","Name":"deny","Type":"SERVICE_CONTROL_POLICY","TargetIds":["r-ab12"]} without Content, TargetIds
)"},
      {R"({"Targets": [{"TargetId": "r-ab12", "Name": "Root", "Type": "ROOT"}, {"TargetId": 444455556666}]})",
       R"(AWS::Organizations::Policy p-1 {"Id":"p-1","TargetIds":["r-ab12","444455556666"]} without Name, Type, Content
)",
       "", "", "list-targets-for-policy.p-1.json"},
      {R"({"PolicyId": "p-1", "Targets": []})",
       R"(AWS::Organizations::Policy p-1 {"Id":"p-1","TargetIds":[]} without Name, Type, Content
)"},
      {R"({"Targets": [{"TargetId": "r-ab12"}]})", "",
       "1:13 GP0301 nothing says of which policy these are the targets | put \"PolicyId\" beside them, or "
       "name the file "
       "list-targets-for-policy.ID.json\n",
       "1:13 AWS::Organizations::Policy targets of policies of the organization are missing, as this could "
       "not be read\n"},
      {R"({"Policy": {"PolicySummary": {"Id": "p-1", "Name": "n", "Type": "SERVICE_CONTROL_POLICY"}, "Content": "{"}})",
       R"(AWS::Organizations::Policy p-1 {"Id":"p-1","Name":"n","Type":"SERVICE_CONTROL_POLICY","Content":"{"} without TargetIds
)",
       "1:105 GP0301 Content of policy of the organization p-1 is not JSON: found the end of the text, "
       "expected a key in double "
       "quotes or '}' | AWS prints it as a JSON object, or as the text of one in a string\n"},
  };
  expect_dumps(kCases);
}

TEST(AwsDumpOrganizations, OneObjectWithEverything) {
  const DumpCase kCases[] = {
      {R"({"Organization": {"Id": "o-x", "MasterAccountId": "111122223333"}, "Roots": [{"Id": "r-ab12", "Name": "Root"}],
           "OrganizationalUnits": [{"Id": "ou-1", "ParentId": "r-ab12", "Name": "shop"}],
           "Accounts": [{"Id": "444455556666", "Name": "orders", "ParentId": "ou-1"}, {"Id": 5}],
           "Policies": [{"PolicySummary": {"Id": "p-1", "Name": "deny", "Type": "SERVICE_CONTROL_POLICY"}, "Content": {"Statement": []}, "TargetIds": ["ou-1"]}, 7]})",
       R"(AWS::Organizations::Organization o-x {"Id":"o-x","MasterAccountId":"111122223333"}
AWS::Organizations::OrganizationalUnit r-ab12 {"Id":"r-ab12","Name":"Root"}
AWS::Organizations::OrganizationalUnit ou-1 {"Id":"ou-1","Name":"shop","ParentId":"r-ab12"}
AWS::Organizations::Account 444455556666 {"Id":"444455556666","AccountName":"orders","ParentIds":"ou-1"}
AWS::Organizations::Policy p-1 {"Id":"p-1","Name":"deny","Type":"SERVICE_CONTROL_POLICY","Content":{"Statement":[]},"TargetIds":["ou-1"]}
)",
       "3:87 GP0301 this is no account as AWS describes it\n"
       "4:162 GP0301 a number among policies, expected an object\n",
       "3:87 AWS::Organizations::Account accounts are missing, as this could not be read\n"
       "4:162 AWS::Organizations::Policy policies of the organization are missing, as this could not be "
       "read\n"},
  };
  expect_dumps(kCases);
}

}  // namespace
}  // namespace grantproof::sources
