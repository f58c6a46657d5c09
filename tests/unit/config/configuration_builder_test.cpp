// SPDX-License-Identifier: Apache-2.0
#include "config/configuration_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "config/gathering.h"
#include "policy/policy_writer.h"
#include "syntax/json_reader.h"

namespace grantproof::config {
namespace {

struct Described {
  std::string type;
  std::string properties;
  std::string arn = {};
  std::string when = {};
  std::vector<std::string> not_told = {};
  std::string account = "111122223333";
};

// A Configuration of resources of one account in eu-west-1.
struct Built {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  Configuration configuration;

  explicit Built(const std::vector<Described>& resources) {
    ConfigurationBuilder builder(sources, sink, nullptr);
    for (const Described& described : resources) {
      const base::FileId file = sources.add("x.json", described.properties);
      Resource resource;
      resource.type = described.type;
      resource.account = described.account;
      resource.region = "eu-west-1";
      resource.arn = described.arn;
      resource.when = described.when;
      resource.not_told = described.not_told;
      resource.properties = *syntax::read_json(sources, file, sink);
      resource.span = resource.properties.span;
      builder.add(resource);
    }
    configuration = std::move(builder).finish();
  }

  // "GP0302: …" of every diagnostic
  std::vector<std::string> said() const {
    std::vector<std::string> lines;
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      if (!diagnostic.rule.starts_with("GP1"))
        lines.push_back(diagnostic.rule + ": " + diagnostic.message);
    }
    return lines;
  }
  std::string document(PolicyId id) const {
    return policy::write_policy(configuration.policy(id).policy, -1);
  }
};

using Lines = std::vector<std::string>;

constexpr std::string_view kPut =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"events:PutEvents","Resource":"*"}]})";

std::string quoted_put() {
  return R"("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",)"
         R"(\"Principal\":\"*\",\"Resource\":\"*\"}]}")";
}

// ---- bus policies

TEST(ConfigurationBuilder, StatementsOfABusAreOnePolicy) {
  const Built built({
      {"AWS::Events::EventBus", R"({"Name": "orders"})"},
      {"AWS::Events::EventBusPolicy",
       R"({"EventBusName": "orders", "StatementId": "Org", "Statement": {"Effect": "Allow", "Principal": "*",
           "Action": "events:PutEvents", "Resource": "*"}})"},
      {"AWS::Events::EventBusPolicy",
       R"({"EventBusName": "orders", "StatementId": "Peer", "Action": "events:PutEvents", "Principal": "444455556666",
           "Condition": {"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": "o-exampleorgid"}})"},
  });
  EXPECT_EQ(built.said(), Lines());
  ASSERT_EQ(built.configuration.bus_policies.size(), 1U);
  const BusPolicies& policies = built.configuration.bus_policies[0];
  EXPECT_EQ(policies.bus_arn, "arn:aws:events:eu-west-1:111122223333:event-bus/orders");
  ASSERT_EQ(policies.policies.size(), 1U);
  EXPECT_EQ(
      built.document(policies.policies[0]),
      R"({"Version":"2012-10-17","Statement":[{"Sid":"Org","Effect":"Allow","Principal":"*","Action":"events:PutEvents",)"
      R"("Resource":"*"},{"Sid":"Peer","Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"events:PutEvents",)"
      R"("Resource":"arn:aws:events:eu-west-1:111122223333:event-bus/orders","Condition":{"StringEquals":)"
      R"({"aws:PrincipalOrgID":"o-exampleorgid"}}}]})");
}

TEST(ConfigurationBuilder, UnderConditionsThereIsAPolicyForEachCase) {
  const auto statement = [](const std::string& sid, std::string when) {
    return Described{
        "AWS::Events::EventBusPolicy",
        R"({"EventBusName": "orders", "Principal": "444455556666", "StatementId": ")" + sid + "\"}",
        {},
        std::move(when)};
  };
  const Built built({{"AWS::Events::EventBus", R"({"Name": "orders"})"},
                     statement("Always", ""),
                     statement("Prod", "IsProd"),
                     statement("Test", "not IsProd and UseHub")});
  std::vector<std::pair<std::string, std::size_t>> cases;
  for (const PolicyId id : built.configuration.bus_policies.at(0).policies)
    cases.emplace_back(built.configuration.policy(id).when,
                       built.configuration.policy(id).policy.statements.size());
  const std::vector<std::pair<std::string, std::size_t>> expected = {
      {"IsProd and UseHub", 2}, {"not IsProd and UseHub", 2}, {"not IsProd and not UseHub", 1}};
  EXPECT_EQ(cases, expected);
}

TEST(ConfigurationBuilder, UnderManyConditionsEachStatementSaysItsOwn) {
  std::vector<Described> resources = {{"AWS::Events::EventBus", R"({"Name": "orders"})"}};
  for (const char* condition : {"A", "B", "C", "D", "E", "F"})
    resources.push_back({"AWS::Events::EventBusPolicy",
                         R"({"EventBusName": "orders", "Principal": "444455556666"})",
                         {},
                         condition});
  const Built built(resources);
  ASSERT_EQ(built.configuration.bus_policies.at(0).policies.size(), 1U);
  const policy::Policy& policy =
      built.configuration.policy(built.configuration.bus_policies[0].policies[0]).policy;
  ASSERT_EQ(policy.statements.size(), 6U);
  EXPECT_EQ(policy.statements[0].when, "A");
  EXPECT_EQ(policy.statements[5].when, "F");
}

TEST(ConfigurationBuilder, TheSamePolicyFromTwoSourcesIsKeptOnce) {
  const std::string whole = R"({"EventBusName": "orders", "PolicyDocument": )" + quoted_put() + "}";
  const Built built({{"AWS::Events::EventBusPolicyDocument", whole},
                     {"AWS::Events::EventBusPolicyDocument", whole},
                     {"AWS::Events::EventBus", R"({"Name": "orders"})"}});
  EXPECT_EQ(built.configuration.policies.size(), 1U);
  EXPECT_EQ(built.configuration.bus_policies.at(0).policies.size(), 1U);
}

// ---- rules and targets

TEST(ConfigurationBuilder, TargetsFindTheirRules) {
  const Built built({
      {"AWS::Events::Targets",
       R"({"Rule": "r", "EventBusName": "orders", "Targets": [{"Id": "q", "Arn": "arn:aws:sqs:eu-west-1:111122223333:q"}]})"},
      {"AWS::Events::Rule",
       R"({"Name": "r", "EventBusName": "orders", "EventPattern": {"source": ["a"]}})",
       {},
       {},
       {"Targets"}},
      {"AWS::Events::EventBus", R"({"Name": "orders"})"},
  });
  EXPECT_EQ(built.said(), Lines());
  ASSERT_EQ(built.configuration.event_buses.size(), 1U);
  const EventBus& bus = built.configuration.event_buses[0];
  EXPECT_TRUE(bus.described);
  ASSERT_EQ(bus.rules.size(), 1U);
  EXPECT_EQ(bus.rules[0].arn, "arn:aws:events:eu-west-1:111122223333:rule/orders/r");
  ASSERT_EQ(bus.rules[0].targets.size(), 1U);
  EXPECT_EQ(bus.rules[0].targets[0].id, "q");
}

TEST(ConfigurationBuilder, WhatIsMissingOfRoutesIsTold) {
  struct Row {
    std::vector<Described> resources;
    Lines said;
  };
  const Described rule = {
      "AWS::Events::Rule", R"({"Name": "r", "EventPattern": {"source": ["a"]}})", {}, {}, {"Targets"}};
  const Row rows[] = {
      {{rule}, {"GP0302: the targets of rule arn:aws:events:eu-west-1:111122223333:rule/r were not listed"}},
      // Told to have none.
      {{rule, {"AWS::Events::Targets", R"({"Rule": "r", "Targets": []})"}}, {}},
      // The bus was not told, and one rule has the name.
      {{rule, {"AWS::Events::Targets", R"({"Rule": "r", "Targets": []})", {}, {}, {"EventBusName"}}}, {}},
      {{{"AWS::Events::Targets", R"({"Rule": "s", "Targets": []})"}},
       {"GP0302: these are targets of rule s, which is not described"}},
      {{{"AWS::Events::Rule", R"({"Name": "r", "EventBusName": "hub", "EventPattern": {"source": ["a"]}})"}},
       {"GP0302: event bus arn:aws:events:eu-west-1:111122223333:event-bus/hub is not described"}},
      {{{"AWS::Events::Rule",
         R"({"Name": "r", "EventPattern": {"source": ["a"]}, "Targets": "‹parameter T›"})"}},
       {"GP0302: Targets is not known: parameter T"}},
      {{{"AWS::Events::Rule", R"({"Name": "r", "EventPattern": {"source": "a"}})"}}, {}},
  };
  for (const Row& row : rows)
    EXPECT_EQ(Built(row.resources).said(), row.said) << row.resources[0].properties;
}

TEST(ConfigurationBuilder, AnUnknownPartOfAPatternIsTold) {
  const Built built(
      {{"AWS::Events::Rule",
        R"({"Name": "r", "EventPattern": {"source": ["‹parameter S›"], "account": ["1"]}})"},
       {"AWS::Events::Rule", R"({"Name": "s", "EventPattern": "‹parameter P›", "State": "‹parameter T›"})"}});
  EXPECT_EQ(built.said(), Lines());
  const std::vector<Rule>& rules = built.configuration.event_buses.at(0).rules;
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].unknown, "parameter S");
  EXPECT_TRUE(rules[0].event_pattern);
  EXPECT_EQ(rules[1].unknown, "parameter P, parameter T");
  EXPECT_FALSE(rules[1].event_pattern);
}

// ---- principals

const Principal* find(const Built& built, std::string_view name) {
  for (const Principal& principal : built.configuration.principals) {
    if (principal.name == name)
      return &principal;
  }
  return nullptr;
}

TEST(ConfigurationBuilder, PoliciesFindTheirHolders) {
  const std::string put(kPut);
  const Built built({
      {"AWS::IAM::Role", R"({"RoleName": "r", "Path": "/app/"})"},
      {"AWS::IAM::User", R"({"UserName": "u", "Groups": ["g"]})"},
      {"AWS::IAM::Group", R"({"GroupName": "g"})"},
      {"AWS::IAM::Policy",
       R"({"PolicyName": "p", "Roles": ["r"], "Groups": ["g"], "PolicyDocument": )" + put + "}"},
      {"AWS::IAM::ManagedPolicy",
       R"({"ManagedPolicyName": "m", "Users": ["u"], "PolicyDocument": )" + put + "}"},
      {"AWS::IAM::ManagedPolicy", R"({"ManagedPolicyName": "b", "PolicyDocument": )" + put + "}"},
      {"AWS::IAM::Attachment",
       R"({"Roles": ["r"], "ManagedPolicyArns": ["arn:aws:iam::111122223333:policy/m", "arn:aws:iam::aws:policy/X"]})"},
      {"AWS::IAM::Role",
       R"({"RoleName": "limited", "PermissionsBoundary": "arn:aws:iam::111122223333:policy/b"})"},
  });
  EXPECT_EQ(built.said(), Lines({"GP0303: managed policy arn:aws:iam::aws:policy/X is not there"}));
  const auto* role = find(built, "r");
  ASSERT_NE(role, nullptr);
  EXPECT_EQ(role->arn, "arn:aws:iam::111122223333:role/app/r");
  EXPECT_EQ(role->identity_policies.size(), 2U);
  EXPECT_EQ(role->absent, Lines({"managed policy arn:aws:iam::aws:policy/X is not there"}));
  EXPECT_EQ(find(built, "g")->identity_policies.size(), 1U);
  EXPECT_EQ(find(built, "u")->identity_policies.size(), 1U);
  EXPECT_EQ(find(built, "u")->groups, Lines({"arn:aws:iam::111122223333:group/g"}));
  const auto* limited = find(built, "limited");
  ASSERT_EQ(limited->permissions_boundary.size(), 1U);
  EXPECT_EQ(built.configuration.policy(limited->permissions_boundary[0]).policy.type,
            policy::PolicyType::kPermissionsBoundary);
}

TEST(ConfigurationBuilder, DescriptionsOfOnePrincipalAreJoined) {
  const std::string arn = "arn:aws:iam::111122223333:role/r";
  const std::string trust = R"("AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []})";
  struct Row {
    std::vector<Described> more;
    Lines absent;
  };
  const Described described = {
      "AWS::IAM::Role", R"({"RoleName": "r", )" + trust + "}", arn, {}, {"Policies", "ManagedPolicyArns"}};
  const Row rows[] = {
      {{}, {"its inline policies were not listed", "its managed policies were not listed"}},
      {{{"AWS::IAM::Role", R"({"RoleName": "r", )" + trust + R"(, "Policies": []})", arn}}, {}},
      {{{"AWS::IAM::Attachment", R"({"Roles": ["r"], "ManagedPolicyArns": [], "Exclusive": true})"}},
       {"its inline policies were not listed"}},
      {{{"AWS::IAM::Attachment", R"({"Roles": ["r"], "PolicyNames": ["p"], "Exclusive": true})"}},
       {"its managed policies were not listed", "inline policy p is not there"}},
  };
  for (const Row& row : rows) {
    std::vector<Described> resources = {described};
    resources.insert(resources.end(), row.more.begin(), row.more.end());
    const Built built(resources);
    ASSERT_EQ(built.configuration.principals.size(), 1U);
    EXPECT_EQ(built.configuration.principals[0].absent, row.absent);
    EXPECT_EQ(built.configuration.principals[0].trust.size(), 1U);
  }
}

TEST(ConfigurationBuilder, WhatHoldsAPolicyAndIsNotDescribedIsKnownInPart) {
  const Built built({{"AWS::IAM::RolePolicy", R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": )" +
                                                  std::string(kPut) + "}"}});
  ASSERT_EQ(built.configuration.principals.size(), 1U);
  EXPECT_EQ(built.configuration.principals[0].absent, Lines({"it is not described itself"}));
}

TEST(ConfigurationBuilder, APolicyThatIsNotKnownIsNotUnderstood) {
  for (const char* document : {R"("‹aws_iam_role_policy.p.policy›")", R"("not JSON")", "7"}) {
    const Built built({{"AWS::IAM::RolePolicy", R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": )" +
                                                    std::string(document) + "}"}});
    ASSERT_EQ(built.configuration.policies.size(), 1U) << document;
    EXPECT_FALSE(built.configuration.policies[0].policy.understood) << document;
  }
}

// ---- other resources

TEST(ConfigurationBuilder, ResourcePoliciesFindTheirResources) {
  const Built built({
      {"AWS::SQS::Queue", R"({"QueueName": "q", "KmsMasterKeyId": "alias/k"})"},
      {"AWS::SQS::QueuePolicy",
       R"({"Queues": ["https://sqs.eu-west-1.amazonaws.com/111122223333/q"], "PolicyDocument": )" +
           quoted_put() + "}"},
      {"AWS::Lambda::Function", R"({"FunctionName": "f", "Role": "arn:aws:iam::111122223333:role/r"})"},
      {"AWS::Lambda::Permission",
       R"({"FunctionName": "f", "Action": "lambda:InvokeFunction", "Principal": "events.amazonaws.com",
           "SourceArn": "arn:aws:events:eu-west-1:111122223333:rule/r", "SourceAccount": "111122223333"})"},
  });
  EXPECT_EQ(built.said(), Lines());
  ASSERT_EQ(built.configuration.target_resources.size(), 2U);
  const TargetResource& queue = built.configuration.target_resources[0];
  EXPECT_EQ(queue.arn, "arn:aws:sqs:eu-west-1:111122223333:q");
  EXPECT_EQ(queue.kms_key, "arn:aws:kms:eu-west-1:111122223333:alias/k");
  EXPECT_EQ(queue.policies.size(), 1U);
  const TargetResource& function = built.configuration.target_resources[1];
  ASSERT_EQ(function.policies.size(), 1U);
  EXPECT_EQ(
      built.document(function.policies[0]),
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},)"
      R"("Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-west-1:111122223333:function:f",)"
      R"("Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:events:eu-west-1:111122223333:rule/r"},)"
      R"("StringEquals":{"AWS:SourceAccount":"111122223333"}}}]})");
}

TEST(ConfigurationBuilder, TheOrganisationIsJoinedFromItsAnswers) {
  const Built built({
      {"AWS::Organizations::Organization", R"({"Id": "o-exampleorgid", "MasterAccountId": "999999999999"})"},
      {"AWS::Organizations::Account", R"({"Id": "111122223333", "AccountName": "shop"})"},
      {"AWS::Organizations::Account", R"({"Id": "111122223333", "ParentId": "ou-ab12-1"})"},
      {"AWS::Organizations::OrganizationalUnit",
       R"({"Id": "ou-ab12-1", "Name": "apps", "ParentId": "r-ab12"})"},
      {"AWS::Organizations::Policy",
       R"({"Id": "p-1", "Name": "deny", "Type": "SERVICE_CONTROL_POLICY", "Content": )" + std::string(kPut) +
           "}"},
      {"AWS::Organizations::Policy", R"({"Id": "p-1", "TargetIds": ["ou-ab12-1"]})"},
      {"AWS::Organizations::Policy",
       R"({"Id": "p-2", "Type": "SERVICE_CONTROL_POLICY", "TargetIds": ["111122223333"]})"},
      {"AWS::Organizations::Policy",
       R"({"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "TargetIds": ["r-ab12"]})"},
  });
  EXPECT_EQ(built.said(), Lines({"GP0007: this policy is not known: it depends on policy p-2",
                                 "GP0302: the text of policy p-2 is not there"}));
  const Organization& organization = built.configuration.organization;
  EXPECT_EQ(organization.id, "o-exampleorgid");
  ASSERT_EQ(organization.units.size(), 2U);
  EXPECT_EQ(organization.units[0].parent, "ou-ab12-1");
  EXPECT_EQ(organization.units[0].name, "shop");
  ASSERT_EQ(organization.units[0].service_control_policies.size(), 1U);
  EXPECT_FALSE(
      built.configuration.policy(organization.units[0].service_control_policies[0]).policy.understood);
  ASSERT_EQ(organization.units[1].service_control_policies.size(), 1U);
  ASSERT_EQ(built.configuration.accounts.size(), 1U);
  EXPECT_EQ(built.configuration.accounts[0].name, "shop");
}

// ---- names

TEST(ArnNames, NamesBecomeArns) {
  Resource place;
  place.account = "111122223333";
  place.region = "eu-west-1";
  EXPECT_EQ(queue_arn(place, "https://queue.amazonaws.com/111122223333/q"),
            "arn:aws:sqs:eu-west-1:111122223333:q");
  EXPECT_EQ(queue_arn(place, "https://sqs.us-east-1.amazonaws.com/444455556666/q"),
            "arn:aws:sqs:us-east-1:444455556666:q");
  EXPECT_EQ(queue_arn(place, "https://us-east-2.queue.amazonaws.com/444455556666/q"),
            "arn:aws:sqs:us-east-2:444455556666:q");
  EXPECT_EQ(queue_arn(place, "q"), "arn:aws:sqs:eu-west-1:111122223333:q");
  for (const char* function : {"f", "f:live", "111122223333:function:f", "111122223333:function:f:live",
                               "arn:aws:lambda:eu-west-1:111122223333:function:f",
                               "arn:aws:lambda:eu-west-1:111122223333:function:f:live"})
    EXPECT_EQ(function_arn(place, function), "arn:aws:lambda:eu-west-1:111122223333:function:f") << function;
  EXPECT_EQ(bus_arn(place, ""), "arn:aws:events:eu-west-1:111122223333:event-bus/default");
  EXPECT_EQ(bus_arn(place, "arn:aws:events:eu-west-1:444455556666:event-bus/hub"),
            "arn:aws:events:eu-west-1:444455556666:event-bus/hub");
  EXPECT_EQ(rule_arn("arn:aws:events:eu-west-1:1:event-bus/default", "r"),
            "arn:aws:events:eu-west-1:1:rule/r");
  EXPECT_EQ(rule_arn("arn:aws:events:eu-west-1:1:event-bus/hub", "r"),
            "arn:aws:events:eu-west-1:1:rule/hub/r");
  EXPECT_EQ(principal_arn(place, Principal::Kind::kRole, "r", "/a"), "arn:aws:iam::111122223333:role/a/r");
  EXPECT_EQ(bucket_arn(place, "b"), "arn:aws:s3:::b");
  EXPECT_EQ(key_arn(place, ""), "");
  EXPECT_EQ(key_arn(place, "alias/k"), "arn:aws:kms:eu-west-1:111122223333:alias/k");
}

}  // namespace
}  // namespace grantproof::config
