// SPDX-License-Identifier: Apache-2.0
//
// Resource policies, as data: which property of which type is a policy, and whose.
#include <array>
#include <utility>

#include "base/unknown_text.h"
#include "config/gathering.h"
#include "policy/policy_reader.h"
#include "syntax/json_reader.h"

namespace grantproof::config {
namespace {

using policy::PolicyType;
using syntax::Node;
using syntax::NodeKind;

using ArnOf = std::string (*)(const Resource&, const std::string&);

struct PolicyProperty {
  std::string_view type;
  std::string_view property;  // the policy
  std::string_view of;        // property that names the resources it belongs to; empty: this one itself
  ArnOf arn;                  // of what `of` names; null: ARNs
  PolicyType policy_type = PolicyType::kResource;
  std::string_view inside = {};  // the policy is this property of `property`
};

// Source: CloudFormation resource reference, one page a type.
constexpr std::array<PolicyProperty, 25> kPolicies = {{
    {"AWS::SQS::QueuePolicy", "PolicyDocument", "Queues", queue_arn},
    {"AWS::SQS::QueueInlinePolicy", "PolicyDocument", "Queue", queue_arn},
    {"AWS::SNS::TopicPolicy", "PolicyDocument", "Topics", topic_arn},
    {"AWS::SNS::TopicInlinePolicy", "PolicyDocument", "TopicArn", topic_arn},
    {"AWS::Lambda::FunctionPolicy", "PolicyDocument", "FunctionName", function_arn},
    {"AWS::KMS::Key", "KeyPolicy", "", nullptr, PolicyType::kKey},
    {"AWS::KMS::ReplicaKey", "KeyPolicy", "", nullptr, PolicyType::kKey},
    {"AWS::KMS::KeyPolicy", "PolicyDocument", "KeyId", key_arn, PolicyType::kKey},
    {"AWS::Logs::ResourcePolicy", "PolicyDocument", "", nullptr},
    {"AWS::S3::BucketPolicy", "PolicyDocument", "Bucket", bucket_arn},
    {"AWS::S3::AccessPoint", "Policy", "", nullptr},
    {"AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", "SecretId", nullptr},
    {"AWS::Kinesis::ResourcePolicy", "ResourcePolicy", "ResourceArn", nullptr},
    {"AWS::DynamoDB::Table", "ResourcePolicy", "", nullptr, PolicyType::kResource, "PolicyDocument"},
    {"AWS::Kinesis::Stream", "ResourcePolicy", "", nullptr},
    {"AWS::ECR::Repository", "RepositoryPolicyText", "", nullptr},
    {"AWS::ApiGateway::RestApi", "Policy", "", nullptr},
    {"AWS::EC2::VPCEndpoint", "PolicyDocument", "", nullptr, PolicyType::kVpcEndpoint},
    {"AWS::EFS::FileSystem", "FileSystemPolicy", "", nullptr},
    {"AWS::OpenSearchService::Domain", "AccessPolicies", "", nullptr},
    {"AWS::Elasticsearch::Domain", "AccessPolicies", "", nullptr},
    {"AWS::Backup::BackupVault", "AccessPolicy", "", nullptr},
    {"AWS::MediaStore::Container", "Policy", "", nullptr},
    {"AWS::EventSchemas::RegistryPolicy", "Policy", "", nullptr},
    {"AWS::Lambda::LayerVersionPolicy", "PolicyDocument", "LayerVersionArn", nullptr},
}};

}  // namespace

policy::Policy Gathering::read_document(const Node& node, PolicyType type) const {
  const policy::PolicyReaderOptions options{.reference = reference};
  if (node.kind == NodeKind::kString && !(base::has_unknown(node.text) && !node.text.starts_with('{'))) {
    if (const auto embedded = syntax::read_embedded_json(sources, node, sink))
      return policy::read_policy(*embedded, type, options, sink);
    // Said already; what the policy allows is not known.
    policy::Policy policy;
    policy.type = type;
    policy.understood = false;
    policy.span = node.span;
    return policy;
  }
  return policy::read_policy(node, type, options, sink);
}

PolicyId Gathering::add_policy(const Node& node, PolicyType type, const Resource& resource, std::string name,
                               std::string attached_to) {
  PolicyDocument document;
  document.policy = read_document(node, type);
  document.name = std::move(name);
  document.attached_to = std::move(attached_to);
  document.path = path_of(resource, *this);
  document.when = resource.when;
  configuration.policies.push_back(std::move(document));
  return static_cast<PolicyId>(configuration.policies.size() - 1);
}

bool read_resource_policy(const Resource& resource, Gathering& gathering) {
  for (const PolicyProperty& row : kPolicies) {
    if (row.type != resource.type)
      continue;
    const Properties properties = gathering.properties_of(resource);
    const Node* document = properties.find(row.property);
    if (document != nullptr && !row.inside.empty())
      document = properties.object(row.property).find(row.inside);
    if (document == nullptr)
      return true;
    std::vector<std::string> owners;
    if (row.of.empty()) {
      owners.push_back(resource.arn);
    } else {
      for (const Text& text : properties.texts(row.of))
        owners.push_back(row.arn == nullptr ? text.text : row.arn(resource, text.text));
    }
    // One document for several queues is read once; it stands at the first.
    const PolicyId id =
        gathering.add_policy(*document, row.policy_type, resource, properties.text("PolicyName"),
                             owners.empty() ? std::string() : owners.front());
    for (std::string& owner : owners)
      gathering.owned_policies.emplace_back(std::move(owner), id);
    return true;
  }
  return false;
}

}  // namespace grantproof::config
