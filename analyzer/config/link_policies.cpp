// SPDX-License-Identifier: Apache-2.0
//
// Statements that are resources of their own become one policy document for each bus or function. Under
// conditions that nobody could decide there is one document for each case, as far as the cases are few.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "config/link.h"
#include "policy/policy_writer.h"
#include "policy/when.h"
#include "syntax/json_writer.h"

namespace grantproof::config {
namespace {

using syntax::Node;

// A policy of these statements; its places are theirs.
Node document_of(const std::vector<const PolicyPart*>& parts) {
  Node list = syntax::list_node();
  for (const PolicyPart* part : parts)
    list.items.push_back(part->node);
  std::vector<std::pair<std::string, Node>> members;
  members.emplace_back("Version", syntax::string_node("2012-10-17"));
  members.emplace_back("Statement", std::move(list));
  Node document = syntax::map_node(std::move(members));
  document.span = parts.front()->node.span;
  for (syntax::Member& member : document.members) {
    member.key_span = document.span;
    member.value.span = document.span;
  }
  return document;
}

class PolicyLinker {
 public:
  explicit PolicyLinker(Gathering& gathering)
      : gathering_(gathering), configuration_(gathering.configuration) {
    for (std::size_t i = 0; i < configuration_.target_resources.size(); ++i)
      resources_.emplace(configuration_.target_resources[i].arn, i);
    for (std::size_t i = 0; i < configuration_.event_buses.size(); ++i)
      buses_.emplace(configuration_.event_buses[i].arn, i);
  }

  void link() {
    std::map<std::string, std::vector<const PolicyPart*>> parts;
    for (const PolicyPart& part : gathering_.policy_parts)
      parts[part.of].push_back(&part);
    for (const auto& [arn, list] : parts)
      combine(arn, list);
    for (const auto& [arn, id] : gathering_.owned_policies)
      own(arn, id);
    for (auto& [arn, ids] : bus_policies_)
      configuration_.bus_policies.push_back({arn, std::move(ids)});
  }

 private:
  void combine(const std::string& arn, const std::vector<const PolicyPart*>& parts) {
    std::vector<const PolicyPart*> statements;
    for (const PolicyPart* part : parts) {
      if (part->whole)
        add(arn, part->node, *part, part->when);
      else
        statements.push_back(part);
    }
    if (statements.empty())
      return;
    std::set<std::string> conditions;
    for (const PolicyPart* part : statements)
      policy::add_conditions(part->when, conditions);
    if (conditions.size() > policy::kMostConditions) {
      const PolicyId id = add(arn, document_of(statements), *statements.front(), {});
      auto& read = configuration_.policies[static_cast<std::size_t>(id)].policy.statements;
      for (std::size_t i = 0; i < read.size() && i < statements.size(); ++i)
        read[i].when = statements[i]->when;
      return;
    }
    std::map<std::vector<const PolicyPart*>, PolicyId> made;
    for (const policy::Case& assumed : policy::cases_of(conditions)) {
      std::vector<const PolicyPart*> present;
      for (const PolicyPart* part : statements) {
        if (policy::holds(part->when, assumed))
          present.push_back(part);
      }
      if (present.empty())
        continue;
      const std::string when = policy::describe(assumed);
      if (const auto same = made.find(present); same != made.end())
        configuration_.policies[static_cast<std::size_t>(same->second)].also_when.push_back(when);
      else
        made.emplace(present, add(arn, document_of(present), *present.front(), when));
    }
  }

  // Two sources may say the same policy of one resource: it is kept once.
  PolicyId add(const std::string& arn, const Node& node, const PolicyPart& part, const std::string& when) {
    PolicyDocument document;
    document.policy = gathering_.read_document(node, policy::PolicyType::kResource);
    document.attached_to = arn;
    document.path = part.path;
    document.when = when;
    const std::string written = document.when + "\n" + policy::write_policy(document.policy, -1);
    const auto [at, fresh] = written_.emplace(arn + "\n" + written, PolicyId{});
    if (!fresh && document.policy.understood)
      return at->second;
    configuration_.policies.push_back(std::move(document));
    at->second = static_cast<PolicyId>(configuration_.policies.size() - 1);
    own(arn, at->second);
    return at->second;
  }

  void own(const std::string& arn, PolicyId id) {
    if (arn.empty())
      return;  // of an account as a whole: logs
    if (buses_.find(arn) != buses_.end() || parse_bus_arn(arn)) {
      bus_policies_[arn].push_back(id);
      return;
    }
    const auto [at, fresh] = resources_.emplace(arn, configuration_.target_resources.size());
    if (fresh) {
      TargetResource resource;
      resource.arn = arn;
      if (const auto parts = aws::parse_arn(arn)) {
        resource.account = parts->account;
        resource.region = parts->region;
        resource.name = parts->resource;
      }
      resource.span = configuration_.policy(id).policy.span;
      configuration_.target_resources.push_back(std::move(resource));
    }
    TargetResource& owner = configuration_.target_resources[at->second];
    owner.policies.push_back(id);
    owner.policy_told = true;
  }

  Gathering& gathering_;
  Configuration& configuration_;
  std::map<std::string, std::size_t> resources_;
  std::map<std::string, std::size_t> buses_;
  std::map<std::string, std::vector<PolicyId>> bus_policies_;
  std::map<std::string, PolicyId> written_;
};

}  // namespace

void link_policy_parts(Gathering& gathering) {
  PolicyLinker(gathering).link();
}

}  // namespace grantproof::config
