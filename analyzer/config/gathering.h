// SPDX-License-Identifier: Apache-2.0
//
// What ConfigurationBuilder::add has read so far, and the readers of each kind of resource: one table of
// types a file. What belongs to something that another resource describes (a statement of a bus policy,
// targets, an attachment) is kept here until link.h puts it there.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "config/configuration.h"
#include "config/properties.h"
#include "config/resource.h"

namespace grantproof::config {

// One policy, or a statement of one, for a resource that is known by its ARN.
struct PolicyPart {
  std::string of;      // ARN
  bool whole = false;  // a policy document; otherwise a statement
  syntax::Node node;
  std::string path;
  std::string when;
};

// Rules and targets wait for the name of their bus.
struct WaitingRule {
  std::string bus_arn;
  Rule rule;
  std::string when;
  bool targets_told = true;
};
struct WaitingTargets {
  std::string rule_arn;  // empty: a rule of this name, on whatever bus of the account and region
  std::string rule_name;
  std::string account;
  std::string region;
  std::vector<Target> targets;  // also none: then the rule is told to have none
  std::string when;
  base::Span span;
};
struct WaitingArchive {
  std::string bus_arn;
  Archive archive;
};

// Clauses of Principal::absent that a complete list elsewhere can answer.
inline constexpr std::string_view kInlineNotListed = "its inline policies were not listed";
inline constexpr std::string_view kManagedNotListed = "its managed policies were not listed";
inline constexpr std::string_view kGroupsNotListed = "its groups were not listed";

// Principals as others name them: by name in the same account, or by ARN.
struct Attachment {
  Principal::Kind kind = Principal::Kind::kRole;
  std::string principal_arn;  // names become ARNs without a path; link.h finds the one with a path
  std::vector<PolicyId> policies;
  std::vector<Text> managed_policy_arns;
  std::vector<std::string> policy_names;  // inline policies that it has, as list-role-policies says
  // These are all: of its managed policies, inline policies or groups.
  bool all_managed = false;
  bool all_inline = false;
  bool all_groups = false;
  std::string group_arn;  // the principal is a member of it
  base::Span span;
};

struct Gathering {
  // All borrowed.
  Gathering(base::SourceMap& map, base::DiagnosticSink& mistakes, const aws::Reference* service_reference)
      : sources(map), sink(mistakes), reference(service_reference) {}

  base::SourceMap& sources;
  base::DiagnosticSink& sink;
  const aws::Reference* reference = nullptr;

  Configuration configuration;
  std::map<std::string, std::vector<PolicyId>> managed_policies;  // by ARN
  std::vector<PolicyPart> policy_parts;
  std::vector<std::pair<std::string, PolicyId>> owned_policies;  // ARN of the resource, its policy
  struct UnitPolicy {
    std::string unit;  // id
    PolicyId policy{};
    bool resource_control = false;
  };
  std::vector<UnitPolicy> unit_policies;
  std::vector<Resource> control_policies;  // several answers may tell one: joined by Id
  std::vector<WaitingRule> rules;
  std::vector<WaitingTargets> targets;
  std::vector<WaitingArchive> archives;
  std::vector<Attachment> attachments;
  // By index of configuration.principals.
  std::vector<std::vector<Text>> managed_policy_arns;
  std::vector<Text> permissions_boundaries;

  Properties properties_of(const Resource& resource) const { return {resource.properties, sink}; }
  // Reads a policy document: an object, or its JSON text. A text that is not known, or not JSON, becomes a
  // policy that was not understood.
  PolicyId add_policy(const syntax::Node& node, policy::PolicyType type, const Resource& resource,
                      std::string name, std::string attached_to);
  policy::Policy read_document(const syntax::Node& node, policy::PolicyType type) const;
};

// A type, and what is made of a resource of it.
struct ResourceType {
  std::string_view type;
  void (*read)(const Resource& resource, Gathering& gathering);
};
std::span<const ResourceType> iam_types();
std::span<const ResourceType> event_types();
std::span<const ResourceType> organization_types();

// AWS::Lambda::Permission
void read_permission(const Resource& resource, Gathering& gathering);
// Resource types with a policy among their properties, and types of targets: both as data. False where the
// resource is none of them.
bool read_resource_policy(const Resource& resource, Gathering& gathering);
bool read_target_resource(const Resource& resource, Gathering& gathering);

// ---- statements of policies that are resources of their own

// Nothing, and a diagnostic, where there is no principal.
std::optional<syntax::Node> event_bus_statement(const Resource& resource, const std::string& bus,
                                                const Gathering& gathering);
syntax::Node permission_statement(const Resource& resource, const std::string& function,
                                  const Gathering& gathering);

// Does the source tell this property? get-role does not tell "Policies".
bool is_told(const Resource& resource, std::string_view property);

// ---- ARNs

// Of the resource's partition, region and account.
std::string arn_of(const Resource& resource, std::string_view service, std::string_view rest);
// An account's part only: no region.
std::string global_arn_of(const Resource& resource, std::string_view service, std::string_view rest);
// An ARN as it is; a queue URL, a name or an id as the ARN that it means.
std::string queue_arn(const Resource& resource, const std::string& written);
std::string topic_arn(const Resource& resource, const std::string& written);
std::string function_arn(const Resource& resource, const std::string& written);
std::string bus_arn(const Resource& resource, const std::string& written);  // empty: the default bus
std::string key_arn(const Resource& resource, const std::string& written);
std::string bucket_arn(const Resource& resource, const std::string& written);
std::string principal_arn(const Resource& resource, Principal::Kind kind, const std::string& written,
                          std::string_view path = "/");
// The ARN of a rule by its bus's.
std::string rule_arn(std::string_view bus_arn, std::string_view rule);

// The path of the file in which the resource stands, as shown.
std::string path_of(const Resource& resource, const Gathering& gathering);

}  // namespace grantproof::config
