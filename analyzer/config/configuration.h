// SPDX-License-Identifier: Apache-2.0
//
// The Configuration: accounts and their organisation, principals, policies, buses, rules, targets, and the
// resources that targets and dead letters end in. Made by configuration_builder.h from what the sources say,
// and frozen afterwards: everything downstream takes it const. It owns all by value; links are typed ids or
// ARNs, never pointers.
//
// Texts may have unknown parts (base/unknown_text.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/event_bus.h"
#include "config/resource.h"
#include "policy/policy.h"

namespace grantproof::config {

enum class PolicyId : std::uint32_t {};

// One policy document.
struct PolicyDocument {
  policy::Policy policy;
  std::string name;         // of an inline or managed policy; may be empty
  std::string attached_to;  // ARN: role, user, group, managed policy, bus, queue, …; empty: nobody said
  std::string path;         // of the file that has it, as shown
  std::string when;         // Resource::when
  // Of a policy that is put together of statements: more cases in which it is the same.
  std::vector<std::string> also_when = {};
};

struct Principal {
  enum class Kind { kRole, kUser, kGroup };
  Kind kind = Kind::kRole;
  std::string name;
  std::string arn;
  std::string account;
  std::vector<PolicyId> trust;              // of a role; more than one: under different conditions
  std::vector<PolicyId> identity_policies;  // inline and managed ones; those of groups are the groups'
  std::vector<PolicyId> permissions_boundary;
  std::vector<std::string> groups;  // ARNs
  // What has a say and is not there, one clause each: "managed policy arn:… is not there", "its inline
  // policies were not listed". Not empty: what this principal may do is not wholly known.
  std::vector<std::string> absent;
  base::Span span;
  std::string when;
};

// A resource other than an event bus that has a policy, or is a target: queue, topic, function, key, log
// group, state machine, API destination, …
struct TargetResource {
  std::string type;  // "AWS::SQS::Queue"
  std::string name;
  std::string arn;
  std::string account;
  std::string region;
  std::vector<PolicyId> policies;  // parts of one policy where there are several
  bool policy_told = true;         // otherwise there may be a policy of which no source says anything
  std::string kms_key;             // ARN or id; empty: none, or the service's own
  std::string role_arn;            // that it acts as: functions, state machines
  std::string connection_arn;      // of an API destination
  base::Span span;
  std::string when;
};

// A pipe or a schedule: it puts events, or calls a target, as a role.
struct Sender {
  std::string type;  // "AWS::Pipes::Pipe", "AWS::Scheduler::Schedule"
  std::string name;
  std::string arn;
  std::string account;
  std::string role_arn;
  std::string source_arn;  // of a pipe
  std::string target_arn;
  std::string event_source;       // of the events it puts on a bus
  std::string event_detail_type;  // the same
  std::string dead_letter_queue;
  base::Span span;
  std::string when;
};

struct BusPolicies {
  std::string bus_arn;
  std::vector<PolicyId> policies;  // one; more: under different conditions
};

struct OrganizationalUnit {
  std::string id;      // "r-ab12", "ou-…", an account id
  std::string parent;  // id; empty: the root
  std::string name;
  std::vector<PolicyId> service_control_policies;
  std::vector<PolicyId> resource_control_policies;
  base::Span span;
};

struct Organization {
  std::string id;  // "o-exampleorgid"; empty: none is described
  std::string management_account;
  std::vector<OrganizationalUnit> units;  // roots, organisational units and accounts
};

struct Account {
  std::string id;
  std::string name;
};

struct Configuration {
  std::vector<Account> accounts;
  Organization organization;
  std::vector<PolicyDocument> policies;  // by PolicyId
  std::vector<Principal> principals;
  std::vector<EventBus> event_buses;
  std::vector<BusPolicies> bus_policies;
  std::vector<TargetResource> target_resources;
  std::vector<Sender> senders;
  std::vector<Gap> gaps;
  std::vector<std::string> assumptions;

  const PolicyDocument& policy(PolicyId id) const { return policies[static_cast<std::size_t>(id)]; }
};

}  // namespace grantproof::config
