// SPDX-License-Identifier: Apache-2.0
#include "cli/estate.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace grantproof::cli {
namespace {

using config::PolicyDocument;
using config::PolicyId;
using config::Principal;
using policy::PolicyType;

class EstateMaker {
 public:
  EstateMaker(const config::Configuration& configuration,
              const std::function<std::string(const std::string& path)>& place_of)
      : configuration_(configuration), place_of_(place_of) {}

  checks::Estate make() {
    for (const Principal& principal : configuration_.principals)
      by_arn_[principal.arn].push_back(&principal);
    for (const Principal& principal : configuration_.principals)
      add_principal(principal);
    for (const config::OrganizationalUnit& unit : configuration_.organization.units) {
      add_all(unit.service_control_policies, PolicyType::kServiceControl, unit.id);
      add_all(unit.resource_control_policies, PolicyType::kResourceControl, unit.id);
    }
    for (const config::BusPolicies& bus : configuration_.bus_policies)
      add_all(bus.policies, std::nullopt, bus.bus_arn);
    for (const config::TargetResource& resource : configuration_.target_resources)
      add_all(resource.policies, std::nullopt, resource.arn);
    for (std::size_t i = 0; i < configuration_.policies.size(); ++i) {
      const auto id = static_cast<PolicyId>(i);
      if (placed_.count(id) == 0)
        add(id, configuration_.policy(id).policy.type, configuration_.policy(id).attached_to);
    }
    return std::move(estate_);
  }

 private:
  void add(PolicyId id, PolicyType type, const std::string& holder, const std::string& holder_when = {}) {
    placed_.insert(id);
    const PolicyDocument& document = configuration_.policy(id);
    std::vector<std::string> cases{document.when};
    cases.insert(cases.end(), document.also_when.begin(), document.also_when.end());
    for (std::string& one : cases) {
      checks::HeldPolicy held;
      held.policy = &document.policy;
      held.type = type;
      held.holder = holder;
      held.place = place_of_(document.path);
      held.name = document.name;
      held.span = document.policy.span;
      if (!holder_when.empty() && holder_when != one)
        held.when.push_back(holder_when);
      if (!one.empty())
        held.when.push_back(std::move(one));
      estate_.policies.push_back(std::move(held));
    }
  }

  void add_all(const std::vector<PolicyId>& ids, std::optional<PolicyType> type, const std::string& holder,
               const std::string& holder_when = {}) {
    for (const PolicyId id : ids)
      add(id, type.value_or(configuration_.policy(id).policy.type), holder, holder_when);
  }

  void add_principal(const Principal& principal) {
    estate_.principals.insert(principal.arn);
    add_all(principal.trust, PolicyType::kTrust, principal.arn, principal.when);
    add_identity(principal, principal);
    for (const std::string& group : principal.groups) {
      if (const auto found = by_arn_.find(group); found != by_arn_.end()) {
        for (const Principal* one : found->second)
          add_identity(*one, principal);
      }
    }
    add_all(principal.permissions_boundary, PolicyType::kPermissionsBoundary, principal.arn, principal.when);
  }

  // What `of` has, as `holder`, a member of it or it itself, holds it.
  void add_identity(const Principal& of, const Principal& holder) {
    const std::string& when = holder.when.empty() ? of.when : holder.when;
    add_all(of.identity_policies, PolicyType::kIdentity, holder.arn, when);
    for (const std::string& clause : of.absent) {
      checks::HeldPolicy held;
      held.type = clause.starts_with("permissions boundary") ? PolicyType::kPermissionsBoundary
                                                             : PolicyType::kIdentity;
      held.holder = holder.arn;
      held.span = of.span;
      held.absent = clause;
      held.absent_is_named = !clause.ends_with("were not listed");
      if (!when.empty())
        held.when.push_back(when);
      estate_.policies.push_back(std::move(held));
    }
  }

  const config::Configuration& configuration_;
  const std::function<std::string(const std::string& path)>& place_of_;
  std::map<std::string, std::vector<const Principal*>> by_arn_;
  std::set<PolicyId> placed_;
  checks::Estate estate_;
};

}  // namespace

checks::Estate estate_of(const config::Configuration& configuration,
                         const std::function<std::string(const std::string& path)>& place_of) {
  return EstateMaker(configuration, place_of).make();
}

}  // namespace grantproof::cli
