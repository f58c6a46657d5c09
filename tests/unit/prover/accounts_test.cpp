// SPDX-License-Identifier: Apache-2.0
//
// All layers together, through encode_authorization: who must allow what inside of an account and across two,
// and what boundaries, session policies and organisations take away.
//
// Source: IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic".
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

using policy::PolicyType;

constexpr Answer kProved = Answer::kProved;
constexpr Answer kRefuted = Answer::kRefuted;

constexpr std::string_view kQueue = "arn:aws:sqs:us-east-1:111122223333:orders";
constexpr std::string_view kAllowAll =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
constexpr std::string_view kDenyAll =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})";
constexpr std::string_view kAllowNothing =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})";

std::string queue_policy(std::string_view principal) {
  return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":)" + std::string(principal) +
         R"(,"Action":"sqs:SendMessage","Resource":")" + std::string(kQueue) + R"("}})";
}
// Requests of these callers to send to the queue.
std::string sent_by(std::string_view principal) {
  return queue_policy(principal);
}

struct AccountCase {
  std::string_view name;
  std::string_view identity;
  std::string resource;  // empty: none
  std::string callers;
  Answer expected;
  std::string_view boundary = "";
  std::string_view session = "";
  std::string_view service_control = "";
};

void check_accounts(const std::vector<AccountCase>& cases, PolicyType resource_type = PolicyType::kResource) {
  Asker asker;
  for (const AccountCase& each : cases) {
    std::vector<std::unique_ptr<TestPolicy>> owned;
    const auto read = [&](std::string_view json, PolicyType type) -> const policy::Policy* {
      owned.push_back(std::make_unique<TestPolicy>(read_policy_text(json, type)));
      return &owned.back()->policy;
    };
    access::PolicySet set;
    if (!each.identity.empty())
      set.identity.push_back(read(each.identity, PolicyType::kIdentity));
    if (!each.resource.empty())
      set.resource = read(each.resource, resource_type);
    if (!each.boundary.empty())
      set.permissions_boundaries.push_back(read(each.boundary, PolicyType::kPermissionsBoundary));
    if (!each.session.empty())
      set.session.push_back(read(each.session, PolicyType::kSession));
    if (!each.service_control.empty())
      set.service_control.push_back({"r-ab12", {read(each.service_control, PolicyType::kServiceControl)}});
    const policy::Policy* region = read(each.callers, PolicyType::kResource);
    const Answered answered = checked(asker.ask(both(allowed_by(set), allowed_by(*region))), each.name);
    EXPECT_EQ(answered.answer, each.expected) << each.name << "\n" << told(answered);
  }
}

const std::string kAlice = R"({"AWS":"arn:aws:iam::111122223333:user/alice"})";
const std::string kApp = R"({"AWS":"arn:aws:iam::111122223333:role/app"})";
const std::string kAppSession = R"({"AWS":"arn:aws:sts::111122223333:assumed-role/app/cli"})";
const std::string kForeignRole = R"({"AWS":"arn:aws:iam::444455556666:role/app"})";
const std::string kForeignAccount = R"({"AWS":"444455556666"})";
const std::string kOwnAccount = R"({"AWS":"111122223333"})";

TEST(Accounts, InsideOfOne) {
  check_accounts({
      {"identity alone", kAllowAll, "", sent_by(kAlice), kRefuted},
      {"nobody", "", "", sent_by(kAlice), kProved},
      {"nobody but the root user", "", "", sent_by(R"({"AWS":"arn:aws:iam::111122223333:root"})"), kRefuted},
      {"the user by name", "", queue_policy(kAlice), sent_by(kAlice), kRefuted},
      {"another user by name", "", queue_policy(kAlice),
       sent_by(R"({"AWS":"arn:aws:iam::111122223333:user/bob"})"), kProved},
      {"everyone", "", queue_policy(R"("*")"), sent_by(kAlice), kRefuted},
      // The account only delegates.
      {"the account", "", queue_policy(kOwnAccount), sent_by(kAlice), kProved},
      {"the account and identity", kAllowAll, queue_policy(kOwnAccount), sent_by(kAlice), kRefuted},
      {"a denial", kDenyAll, queue_policy(kAlice), sent_by(kAlice), kProved},
  });
}

TEST(Accounts, AcrossTwo) {
  check_accounts({
      {"identity alone", kAllowAll, "", sent_by(kForeignRole), kProved},
      {"resource alone", "", queue_policy(kForeignRole), sent_by(kForeignRole), kProved},
      {"both", kAllowAll, queue_policy(kForeignRole), sent_by(kForeignRole), kRefuted},
      {"the account and identity", kAllowAll, queue_policy(kForeignAccount), sent_by(kForeignRole), kRefuted},
      {"everyone and identity", kAllowAll, queue_policy(R"("*")"), sent_by(kForeignRole), kRefuted},
      {"everyone without identity", "", queue_policy(R"("*")"), sent_by(kForeignRole), kProved},
      {"another account", kAllowAll, queue_policy(R"({"AWS":"777788889999"})"), sent_by(kForeignRole),
       kProved},
      {"an identity policy of something else", kAllowNothing, queue_policy(kForeignRole),
       sent_by(kForeignRole), kProved},
  });
}

TEST(Accounts, CallersWithoutPolicies) {
  const std::string service = R"({"Service":"events.amazonaws.com"})";
  check_accounts({
      {"a service by name", "", queue_policy(service), sent_by(service), kRefuted},
      {"another service", "", queue_policy(service), sent_by(R"({"Service":"sns.amazonaws.com"})"), kProved},
      {"a service is no one's user", kAllowAll, "", sent_by(service), kProved},
      {"everyone includes services", "", queue_policy(R"("*")"), sent_by(service), kRefuted},
      {"the account does not", "", queue_policy(kOwnAccount), sent_by(service), kProved},
      {"organisations do not reach services", "", queue_policy(service), sent_by(service), kRefuted, "", "",
       kDenyAll},
  });
}

TEST(Accounts, BoundariesAndSessions) {
  check_accounts({
      // A role in a resource policy is limited by boundary and session policy, a session or user is not.
      {"role, boundary", "", queue_policy(kApp), sent_by(kApp), kProved, kAllowNothing},
      {"role, no boundary", "", queue_policy(kApp), sent_by(kApp), kRefuted},
      {"session, boundary", "", queue_policy(kAppSession), sent_by(kApp), kRefuted, kAllowNothing},
      {"session, session policy", "", queue_policy(kAppSession), sent_by(kApp), kRefuted, "", kAllowNothing},
      {"role, session policy", "", queue_policy(kApp), sent_by(kApp), kProved, "", kAllowNothing},
      {"user, boundary", "", queue_policy(kAlice), sent_by(kAlice), kRefuted, kAllowNothing},
      {"another session", "", queue_policy(kAppSession),
       sent_by(R"({"AWS":"arn:aws:sts::111122223333:assumed-role/app/other"})"), kProved},
      {"identity, boundary", kAllowAll, "", sent_by(kAlice), kProved, kAllowNothing},
      {"identity, boundary of everything", kAllowAll, "", sent_by(kAlice), kRefuted, kAllowAll},
      {"a boundary that denies", "", queue_policy(kAlice), sent_by(kAlice), kProved, kDenyAll},
      // Across accounts nothing escapes the boundary.
      {"across, session by name", kAllowAll,
       queue_policy(R"({"AWS":"arn:aws:sts::444455556666:assumed-role/app/cli"})"), sent_by(kForeignRole),
       kProved, kAllowNothing},
  });
}

TEST(Accounts, Organizations) {
  const std::string linked =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage",
          "Resource":"*","Condition":{"ArnLike":{
          "aws:PrincipalArn":"arn:aws:iam::111122223333:role/aws-service-role/*"}}}})";
  const std::string not_linked =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage",
          "Resource":"*","Condition":{"ArnNotLike":{
          "aws:PrincipalArn":"arn:aws:iam::*:role/aws-service-role/*"}}}})";
  check_accounts({
      {"denied", kAllowAll, "", sent_by(kAlice), kProved, "", "", kDenyAll},
      {"not allowed", kAllowAll, "", sent_by(kAlice), kProved, "", "", kAllowNothing},
      {"allowed", kAllowAll, "", sent_by(kAlice), kRefuted, "", "", kAllowAll},
      // Service-linked roles are exempt, whatever else the question says.
      {"service-linked role", kAllowAll, "", linked, kRefuted, "", "", kDenyAll},
      {"no service-linked role", kAllowAll, "", not_linked, kRefuted, "", "", kAllowAll},
      {"by name only", kAllowAll, "", sent_by(kApp), kRefuted, "", "", kDenyAll},
      {"a user", kAllowAll, queue_policy(kAlice), sent_by(kAlice), kProved, "", "", kAllowNothing},
  });
}

TEST(Accounts, AnyRequestThatEscapesTheOrganization) {
  // Only a service-linked role does, and the witness must show it.
  const TestPolicy identity = read_policy_text(kAllowAll, PolicyType::kIdentity);
  const TestPolicy organization = read_policy_text(kDenyAll, PolicyType::kServiceControl);
  access::PolicySet set;
  set.identity.push_back(&identity.policy);
  set.service_control.push_back({"r-ab12", {&organization.policy}});
  Asker asker;
  const TestPolicy region = read_policy_text(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}})",
      PolicyType::kIdentity);
  const Answered answered = asker.ask(both(allowed_by(set), allowed_by(region.policy)));
  ASSERT_EQ(answered.answer, kRefuted) << told(answered);
  EXPECT_NE(shown(*answered.witness).find(":role/aws-service-role/"), std::string::npos)
      << shown(*answered.witness);
}

TEST(Accounts, ResourceControlOfActionsNewerThanTheReference) {
  const TestPolicy identity = read_policy_text(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:BrandNew","Resource":"*"}})",
      PolicyType::kIdentity);
  const TestPolicy control = read_policy_text(
      R"({"Version":"2012-10-17","Statement":[
          {"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}]})",
      PolicyType::kResourceControl);
  const TestPolicy everything = read_policy_text(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})",
      PolicyType::kResourceControl);
  access::PolicySet set;
  set.identity.push_back(&identity.policy);
  set.resource_control.push_back({"r-ab12", {&everything.policy, &control.policy}});
  const TestPolicy region = read_policy_text(sent_by(kAlice), PolicyType::kResource);
  policy::Policy alice = region.policy;
  alice.statements.front().action.patterns = {{"sqs:*", {}}};
  Asker asker;
  const Answered answered = asker.ask(both(allowed_by(set), allowed_by(alice)));
  EXPECT_EQ(answered.answer, kProved) << told(answered);
}

TEST(Accounts, TrustPolicies) {
  const auto trust = [](std::string_view principal) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":)" + std::string(principal) +
           R"(,"Action":"sts:AssumeRole"}})";
  };
  const auto assumes = [](std::string_view principal) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":)" + std::string(principal) +
           R"(,"Action":"sts:AssumeRole","Resource":"arn:aws:iam::111122223333:role/target"}})";
  };
  check_accounts(
      {
          {"the user by name needs no more", "", trust(kAlice), assumes(kAlice), kRefuted},
          {"the account needs identity", "", trust(kOwnAccount), assumes(kAlice), kProved},
          {"the account and identity", kAllowAll, trust(kOwnAccount), assumes(kAlice), kRefuted},
          {"identity alone is not enough", kAllowAll, trust(R"({"AWS":"777788889999"})"), assumes(kAlice),
           kProved},
          {"across, by name", "", trust(kForeignRole), assumes(kForeignRole), kProved},
          {"across, by name and identity", kAllowAll, trust(kForeignRole), assumes(kForeignRole), kRefuted},
      },
      PolicyType::kTrust);
}

}  // namespace
}  // namespace grantproof::tests
