// SPDX-License-Identifier: Apache-2.0
#include "sources/aws_dump_policy_home.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "syntax/json_reader.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

struct PolicyHome {
  Home home;
  Description description;    // of the resource that carries the policy
  std::string_view document;  // property with the policy
  std::string_view property;  // names what the policy belongs to
  bool list;                  // the property is a list
  // ARNs of such resources: the service, how the resource part begins, what ends it.
  std::string_view service;
  std::string_view begins;
  std::string_view ends;
  std::string_view parameter;  // of the call
  FileWords words;
};

// Source: CloudFormation resource reference; AWS CLI reference for the parameters.
constexpr std::array<PolicyHome, 8> kHomes = {{
    {Home::kEventBus,
     {"AWS::Events::EventBusPolicyDocument", "event bus", "policies of event buses", {}},
     "PolicyDocument",
     "EventBusName",
     false,
     "events",
     "event-bus/",
     {},
     "EventBusName",
     {"describe-event-bus"}},
    {Home::kFunction,
     {"AWS::Lambda::FunctionPolicy", "function", "policies of functions", {}},
     "PolicyDocument",
     "FunctionName",
     false,
     "lambda",
     "function:",
     {},
     "FunctionName",
     {"get-policy", "function"}},
    {Home::kQueue,
     {"AWS::SQS::QueuePolicy", "queue", "policies of queues", {}},
     "PolicyDocument",
     "Queues",
     true,
     "sqs",
     {},
     {},
     "QueueUrl",
     {"get-queue-attributes", "queue"}},
    {Home::kTopic,
     {"AWS::SNS::TopicPolicy", "topic", "policies of topics", {}},
     "PolicyDocument",
     "Topics",
     true,
     "sns",
     {},
     ":",
     "TopicArn",
     {"get-topic-attributes", "topic"}},
    {Home::kKey,
     {"AWS::KMS::Key", "key", "key policies", {}},
     "KeyPolicy",
     "KeyId",
     false,
     "kms",
     "key/",
     {},
     "KeyId",
     {"get-key-policy", "key"}},
    {Home::kBucket,
     {"AWS::S3::BucketPolicy", "bucket", "policies of buckets", {}},
     "PolicyDocument",
     "Bucket",
     false,
     "s3",
     {},
     "/",
     "Bucket",
     {"get-bucket-policy", "bucket"}},
    {Home::kSecret,
     {"AWS::SecretsManager::ResourcePolicy", "secret", "policies of secrets", {}},
     "ResourcePolicy",
     "SecretId",
     false,
     "secretsmanager",
     "secret:",
     {},
     "SecretId",
     {"get-resource-policy", "secret"}},
    {Home::kStream,
     {"AWS::Kinesis::ResourcePolicy", "stream", "policies of streams", {}},
     "ResourcePolicy",
     "ResourceArn",
     false,
     "kinesis",
     "stream/",
     "/",
     "ResourceARN",
     {"get-resource-policy", "stream"}},
}};

const PolicyHome& row_of(Home home) {
  return *std::find_if(kHomes.begin(), kHomes.end(),
                       [home](const PolicyHome& row) { return row.home == home; });
}

// ---- what the statements say

struct Statements {
  bool principal = false;
  std::set<std::string, std::less<>> resources;
  std::set<std::string, std::less<>> services;  // of the actions
};

void collect_texts(const Node* value, std::set<std::string, std::less<>>& into) {
  if (value == nullptr)
    return;
  for (const Node& item : entries_of(*value)) {
    if (item.kind == NodeKind::kString)
      into.insert(item.text);
  }
}

Statements statements_of(const Node& policy) {
  Statements found;
  const Node* list = find_member(policy, "Statement");
  if (list == nullptr)
    return found;
  std::set<std::string, std::less<>> actions;
  for (const Node& statement : entries_of(*list)) {
    found.principal = found.principal || find_member(statement, "Principal") != nullptr ||
                      find_member(statement, "NotPrincipal") != nullptr;
    collect_texts(find_member(statement, "Resource"), found.resources);
    collect_texts(find_member(statement, "Action"), actions);
  }
  for (const std::string& action : actions)
    found.services.insert(base::fold_case(std::string_view(action).substr(0, action.find(':'))));
  return found;
}

// The one resource of this kind that the statements name; empty where it is none, or several.
std::string resource_in(const Statements& statements, const PolicyHome& row) {
  std::string only;
  for (const std::string& text : statements.resources) {
    const auto arn = aws::parse_arn(text);
    if (!arn || arn->service != row.service || !arn->resource.starts_with(row.begins))
      continue;
    const std::size_t front = text.size() - arn->resource.size() + row.begins.size();
    const std::size_t end = row.ends.empty() ? std::string::npos : text.find(row.ends, front);
    std::string cut = text.substr(0, end);
    if (cut.find_first_of("*?$") != std::string::npos)
      continue;
    if (!only.empty() && only != cut)
      return {};
    only = std::move(cut);
  }
  return only;
}

// By what the statements name, or else by what all of them are about.
const PolicyHome* home_in(const Statements& statements) {
  const PolicyHome* only = nullptr;
  for (const PolicyHome& row : kHomes) {
    if (!statements.principal || resource_in(statements, row).empty())
      continue;
    if (only != nullptr)
      return nullptr;
    only = &row;
  }
  if (only != nullptr || !statements.principal || statements.services.size() != 1)
    return only;
  const auto about = std::find_if(kHomes.begin(), kHomes.end(), [&](const PolicyHome& row) {
    return row.service == *statements.services.begin();
  });
  return about == kHomes.end() ? nullptr : &*about;
}

// RevisionId is printed by lambda get-policy alone.
const PolicyHome* home_beside(const Node& answer) {
  for (const PolicyHome& row : kHomes) {
    const Node* parameter = answer.find(row.parameter);
    if (parameter != nullptr && is_text(*parameter))
      return &row;
  }
  return answer.find("RevisionId") != nullptr ? &row_of(Home::kFunction) : nullptr;
}

// ---- out

std::string key_arn(const config::Resource& resource, const std::string& key) {
  return fmt::format("arn:{}:kms:{}:{}:{}{}", resource.partition,
                     resource.region.empty() ? base::unknown_text("region") : resource.region,
                     resource.account.empty() ? base::unknown_text("account") : resource.account,
                     key.starts_with("alias/") ? "" : "key/", key);
}

void emit(const PolicyHome& row, const Node& owner, Node document, AnswerReader& reader) {
  const std::string name(name_in_arn(owner.text));
  config::Resource resource =
      reader.resource(row.description, name.empty() ? owner.text : name, owner.text, document.span);
  if (row.home != Home::kKey)
    resource.arn.clear();  // it is the owner's
  else if (resource.arn.empty())
    resource.arn = key_arn(resource, owner.text);
  Node names = owner;
  if (row.list) {
    names = Node();
    names.kind = NodeKind::kList;
    names.span = owner.span;
    names.items.push_back(owner);
  }
  set_property(resource, row.property, std::move(names));
  set_property(resource, row.document, std::move(document));
  reader.add(std::move(resource));
}

void read_policy(const PolicyHome& row, const Statements& statements, Node document, AnswerReader& reader) {
  auto owner = reader.parameter(row.parameter);
  const bool is_arn = owner && aws::parse_arn(owner->text);
  if (!is_arn) {
    if (std::string named = resource_in(statements, row); !named.empty())
      owner = text_node(std::move(named), document.span);
    else if (!owner)
      owner = reader.parameter(row.parameter, row.words);
  }
  if (!owner) {
    reader.gap(document.span, fmt::format("nothing says which {} has this policy", row.description.one),
               fmt::format("add \"{}\" beside \"Policy\", or name the file {}.{}.json", row.parameter,
                           row.words.command, base::fold_case(row.description.one)),
               std::string(row.description.type));
    owner = text_node(base::unknown_text(fmt::format("{} of {}", row.description.one, reader.file_name())),
                      document.span);
  }
  emit(row, *owner, std::move(document), reader);
}

}  // namespace

config::Resource policy_resource(Home home, const config::Resource& of, Node document) {
  const PolicyHome& row = row_of(home);
  config::Resource resource;
  resource.type = row.description.type;
  resource.name = of.name;
  resource.partition = of.partition;
  resource.account = of.account;
  resource.region = of.region;
  resource.span = document.span;
  resource.properties.kind = NodeKind::kMap;
  resource.properties.span = document.span;
  Node owner = text_node(of.arn.empty() ? of.name : of.arn, document.span);
  if (row.list) {
    Node list;
    list.kind = NodeKind::kList;
    list.span = owner.span;
    list.items.push_back(std::move(owner));
    owner = std::move(list);
  }
  set_property(resource, row.property, std::move(owner));
  set_property(resource, row.document, std::move(document));
  return resource;
}

bool is_policy_answer(const Node& answer) {
  const Node* policy = answer.find("Policy");
  if (policy == nullptr)
    return false;
  if (policy->kind == NodeKind::kMap)
    return find_member(*policy, "Statement") != nullptr &&
           (home_beside(answer) != nullptr || home_in(statements_of(*policy)) != nullptr);
  if (policy->kind != NodeKind::kString)
    return false;
  if (home_beside(answer) != nullptr)
    return true;
  // Looked into apart from the sources: the spans of what is read here are not kept.
  base::SourceMap sources;
  base::DiagnosticSink sink;
  Translation translation{sources, sink, {}, {}, {}};
  AnswerReader reader({}, translation);
  const Node text = text_node(policy->text, {sources.add({}, {}), 0, 0});
  const auto read = reader.embedded(text, {});
  return read && home_in(statements_of(*read)) != nullptr;
}

void read_policy_answer(AnswerReader& reader) {
  const Node& answer = reader.answer();
  Node document = reader.document(*answer.find("Policy"), "Policy");
  const Statements statements = statements_of(document);
  const PolicyHome* row = home_beside(answer);
  if (row == nullptr)
    row = home_in(statements);
  for (const PolicyHome& named : kHomes) {
    if (row == nullptr && !reader.file_arguments(named.words, 1).empty())
      row = &named;
  }
  if (row != nullptr) {
    read_policy(*row, statements, std::move(document), reader);
    return;
  }
  reader.mistake(document.span, "nothing says what this policy belongs to",
                 "add a parameter of the call beside \"Policy\": FunctionName, KeyId, QueueUrl, TopicArn, "
                 "Bucket, SecretId, ResourceARN or EventBusName");
  reader.gap(document.span, "a policy is not used, as nothing says what it belongs to", {}, {});
}

void read_policy_of(Home home, const Node& policy, AnswerReader& reader) {
  Node document = reader.document(policy, fmt::format("the policy of a {}", row_of(home).description.one));
  const Statements statements = statements_of(document);
  read_policy(row_of(home), statements, std::move(document), reader);
}

}  // namespace grantproof::sources
