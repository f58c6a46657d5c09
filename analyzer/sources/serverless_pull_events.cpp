// SPDX-License-Identifier: Apache-2.0
//
// Events that the function's role reads from queues and streams, through AWS::Lambda::EventSourceMapping.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/unknown_text.h"
#include "sources/serverless_events.h"

namespace grantproof::sources {

using syntax::Node;

namespace {

struct PullEvent {
  std::string_view type;
  std::string_view source;          // the property with the ARN of what is read; empty: it has none
  std::string_view managed_policy;  // for the function's role; empty: statements instead
};
constexpr PullEvent kPullEvents[] = {
    {"SQS", "Queue", "AWSLambdaSQSQueueExecutionRole"},
    {"Kinesis", "Stream", "AWSLambdaKinesisExecutionRole"},
    {"DynamoDB", "Stream", "AWSLambdaDynamoDBExecutionRole"},
    {"MSK", "Stream", "AWSLambdaMSKExecutionRole"},
    {"MQ", "Broker", ""},
    {"SelfManagedKafka", "", ""},
    {"DocumentDB", "Cluster", ""},
};

constexpr std::string_view kNetworkActions =
    "ec2:CreateNetworkInterface DescribeNetworkInterfaces DeleteNetworkInterface DescribeVpcs "
    "DescribeSubnets "
    "DescribeSecurityGroups";

// What the function's role may do so that it can read.
class SourceStatements {
 public:
  SourceStatements(const Event& event, ServerlessExpansion& expansion)
      : event_(event), expansion_(expansion), make_(event.maker.span) {}

  std::vector<Node> statements() {
    add_secrets();
    if (event_.type == "MQ")
      add("mq:DescribeBroker", required(event_, "Broker", expansion_));
    if (event_.type == "DocumentDB") {
      add("rds:DescribeDBClusterParameters", own_arn("rds", "cluster-pg:*"));
      add("rds:DescribeDBSubnetGroups", own_arn("rds", "subgrp:*"));
      add("rds:DescribeDBClusters", required(event_, "Cluster", expansion_));
      add(kNetworkActions, make_.text("*"));
    }
    if (event_.type == "SelfManagedKafka" && in_vpc_)
      add(kNetworkActions, make_.text("*"));
    if (const Node* key = event_.properties.find("SecretsManagerKmsKeyId"); !is_null(key)) {
      Members variables;
      variables.emplace_back("KeyId", expansion_.copy(*key));
      add("kms:Decrypt", make_.sub("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}",
                                   std::move(variables)));
    }
    if (const Node* registry = event_.properties.find("SchemaRegistryConfig"); !is_null(registry)) {
      // Which statements SAM writes depends on what kind of registry its URI names.
      add("glue:GetRegistry GetSchemaVersion",
          make_.text(base::unknown_text("schema registry of " + event_.logical_id)));
      if (const Node* configurations = registry->find("AccessConfigs")) {
        for (const Node& configuration : configurations->items)
          add_secret(configuration);
      }
    }
    return std::move(statements_);
  }

 private:
  void add(std::string_view actions, Node resource) {
    if (expansion_.has_room(1, make_.span()))
      statements_.push_back(statement_node(actions, std::move(resource), make_));
  }

  Node own_arn(std::string_view service, std::string_view resource) const {
    return make_.sub(
        fmt::format("arn:${{AWS::Partition}}:{}:${{AWS::Region}}:${{AWS::AccountId}}:{}", service, resource));
  }

  void add_secrets() {
    const Node* configurations = event_.properties.find("SourceAccessConfigurations");
    if (configurations == nullptr)
      return;
    for (const Node& configuration : configurations->items) {
      const Node* type = configuration.find("Type");
      const std::string_view name = type != nullptr ? std::string_view(type->text) : std::string_view();
      if (name.starts_with("VPC_"))
        in_vpc_ = true;
      else if (name != "VIRTUAL_HOST" && (event_.type != "MSK" || name == "CLIENT_CERTIFICATE_TLS_AUTH"))
        add_secret(configuration);
    }
  }

  void add_secret(const Node& configuration) {
    if (const Node* secret = configuration.find("URI"); !is_null(secret))
      add("secretsmanager:GetSecretValue", expansion_.copy(*secret));
  }

  const Event& event_;
  ServerlessExpansion& expansion_;
  NodeBuilder make_;
  std::vector<Node> statements_;
  bool in_vpc_ = false;
};

// DestinationConfig.OnFailure: its Type makes SAM add the permission; AWS knows no such property.
void add_failure_destination(const Event& event, Node& mapping, ServerlessExpansion& expansion) {
  const Node* given = event.properties.find("DestinationConfig");
  if (is_null(given))
    return;
  const NodeBuilder make(given->span);
  Node config = expansion.copy(*given);
  const Node* on_failure = given->find("OnFailure");
  const Node* type = on_failure != nullptr ? on_failure->find("Type") : nullptr;
  const Node* destination = on_failure != nullptr ? on_failure->find("Destination") : nullptr;
  if (type != nullptr) {
    Node rest = expansion.copy(*on_failure);
    take(rest, "Type");
    set(config, "OnFailure", std::move(rest));
  }
  set(mapping, "DestinationConfig", std::move(config));
  if (type == nullptr || destination == nullptr || event.target.role == nullptr)
    return;
  add_destination_policy(type->text, *destination, event.logical_id, make, expansion, *event.target.role);
}

}  // namespace

void add_queue_mapping(const Event& event, std::string logical_id, Node queue_arn,
                       ServerlessExpansion& expansion) {
  const NodeBuilder make(event.maker.span);
  Node mapping = make.map({{"FunctionName", event.target.function_name(make)}});
  set(mapping, "EventSourceArn", std::move(queue_arn));
  expansion.add(std::move(logical_id), "AWS::Lambda::EventSourceMapping", std::move(mapping), event.maker);
  if (event.target.role != nullptr)
    event.target.role->add_managed("AWSLambdaSQSQueueExecutionRole", make);
}

void add_pull_event(const Event& event, ServerlessExpansion& expansion) {
  const auto* pull = std::find_if(std::begin(kPullEvents), std::end(kPullEvents),
                                  [&](const PullEvent& one) { return one.type == event.type; });
  const NodeBuilder make(event.maker.span);
  Node mapping = make.map({{"FunctionName", event.target.function_name(make)}});
  if (!pull->source.empty())
    set(mapping, "EventSourceArn", required(event, pull->source, expansion));
  for (const std::string_view property : {"Enabled", "FilterCriteria", "KmsKeyArn"}) {
    if (const Node* value = event.properties.find(property))
      set(mapping, property, expansion.copy(*value));
  }
  add_failure_destination(event, mapping, expansion);
  expansion.add(event.logical_id, "AWS::Lambda::EventSourceMapping", std::move(mapping), event.maker);

  RolePolicies* role = event.target.role;
  if (role == nullptr)
    return;
  if (!pull->managed_policy.empty())
    role->add_managed(pull->managed_policy, make);
  std::vector<Node> statements = SourceStatements(event, expansion).statements();
  if (!statements.empty())
    role->add_inline(event.logical_id + "Policy", document_node(std::move(statements), make), make);
}

}  // namespace grantproof::sources
