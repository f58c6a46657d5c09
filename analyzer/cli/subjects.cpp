// SPDX-License-Identifier: Apache-2.0
//
// The policies of a Configuration as checks/ is given them.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cli/inputs.h"

namespace grantproof::cli {
namespace {

using config::PolicyId;

checks::Subject subject_of(const config::PolicyDocument& document) {
  checks::Subject subject;
  subject.policy = &document.policy;
  subject.path = document.path;
  subject.attached_to = document.attached_to;
  subject.name = document.name;
  subject.when = document.when;
  return subject;
}

class HolderSubjects {
 public:
  explicit HolderSubjects(Inputs& inputs) : inputs_(inputs), configuration_(inputs.configuration) {}

  std::vector<checks::Subject> make() {
    for (const config::Principal& principal : configuration_.principals)
      by_arn_[principal.arn].push_back(&principal);
    for (const config::Principal& principal : configuration_.principals) {
      if (principal.kind != config::Principal::Kind::kGroup)
        add_principal(principal);
      else
        placed_.insert(principal.identity_policies.begin(), principal.identity_policies.end());
    }
    add_units();
    for (std::size_t i = 0; i < configuration_.policies.size(); ++i) {
      const config::PolicyDocument& document = configuration_.policies[i];
      // A managed policy that nobody holds grants nothing to anybody.
      const bool of_nobody = managed(document) && document.attached_to.empty();
      if (placed_.find(static_cast<PolicyId>(i)) == placed_.end() && !of_nobody)
        add(static_cast<PolicyId>(i), document.attached_to);
    }
    return std::move(subjects_);
  }

 private:
  // Loose policies have no name, managed ones do.
  static bool managed(const config::PolicyDocument& document) {
    return !document.name.empty() && (document.policy.type == policy::PolicyType::kIdentity ||
                                      document.policy.type == policy::PolicyType::kPermissionsBoundary);
  }

  void add_principal(const config::Principal& principal) {
    for (const PolicyId id : principal.identity_policies)
      add(id, principal.arn);
    for (const std::string& group : principal.groups) {
      const auto found = by_arn_.find(group);
      if (found == by_arn_.end())
        continue;
      for (const config::Principal* one : found->second) {
        for (const PolicyId id : one->identity_policies)
          add(id, principal.arn);
        if (!one->absent.empty())
          add_unknown(policy::PolicyType::kIdentity, *one, principal.arn);
      }
    }
    for (const PolicyId id : principal.permissions_boundary) {
      checks::Subject& boundary = add(id, principal.arn);
      if (boundary.policy->type == policy::PolicyType::kPermissionsBoundary)
        continue;
      policy::Policy& copy = inputs_.stand_ins.emplace_back(*boundary.policy);
      copy.type = policy::PolicyType::kPermissionsBoundary;
      boundary.policy = &copy;
    }
    if (principal.absent.empty())
      return;
    const bool boundary = std::ranges::any_of(principal.absent, [](const std::string& clause) {
      return clause.starts_with("permissions boundary");
    });
    const bool others = std::ranges::any_of(principal.absent, [](const std::string& clause) {
      return !clause.starts_with("permissions boundary");
    });
    if (others)
      add_unknown(policy::PolicyType::kIdentity, principal, principal.arn);
    if (boundary)
      add_unknown(policy::PolicyType::kPermissionsBoundary, principal, principal.arn);
  }

  // What is not there may allow anything, or nothing.
  void add_unknown(policy::PolicyType type, const config::Principal& of, const std::string& holder) {
    policy::Policy& unknown = inputs_.stand_ins.emplace_back();
    unknown.type = type;
    unknown.understood = false;
    unknown.span = of.span;
    checks::Subject subject;
    subject.policy = &unknown;
    subject.path = inputs_.sources.name(of.span.file);
    subject.attached_to = holder;
    subject.name = of.absent.front();
    subjects_.push_back(std::move(subject));
  }

  checks::Subject& add(PolicyId id, const std::string& holder) {
    placed_.insert(id);
    checks::Subject subject = subject_of(configuration_.policy(id));
    subject.attached_to = holder;
    if (!subject.when.empty()) {
      policy::Policy& copy = inputs_.stand_ins.emplace_back(*subject.policy);
      for (policy::Statement& statement : copy.statements)
        statement.when = subject.when;
      subject.policy = &copy;
    }
    subjects_.push_back(std::move(subject));
    return subjects_.back();
  }

  // Policies of roots, units and accounts, with the accounts below them.
  void add_units() {
    const std::vector<config::OrganizationalUnit>& units = configuration_.organization.units;
    std::map<std::string, const config::OrganizationalUnit*> by_id;
    for (const config::OrganizationalUnit& unit : units)
      by_id.emplace(unit.id, &unit);
    const auto path_of = [&](const config::OrganizationalUnit& unit) {
      std::vector<std::string> path{unit.id};
      const config::OrganizationalUnit* at = &unit;
      // No longer than there are units: parents may stand in a circle.
      while (!at->parent.empty() && path.size() <= units.size()) {
        path.push_back(at->parent);
        const auto parent = by_id.find(at->parent);
        if (parent == by_id.end())
          break;
        at = parent->second;
      }
      return path;
    };
    std::map<std::string, std::vector<std::string>> accounts;  // below each unit
    for (const config::OrganizationalUnit& unit : units) {
      if (unit.id.size() != 12 || unit.id.find_first_not_of("0123456789") != std::string::npos)
        continue;
      for (const std::string& above : path_of(unit))
        accounts[above].push_back(unit.id);
    }
    for (const config::OrganizationalUnit& unit : units) {
      for (const auto* list : {&unit.service_control_policies, &unit.resource_control_policies}) {
        for (const PolicyId id : *list) {
          placed_.insert(id);
          const auto below = accounts.find(unit.id);
          if (below == accounts.end())
            continue;  // of no account that is described
          checks::Subject subject = subject_of(configuration_.policy(id));
          subject.entity = unit.id;
          subject.depth = path_of(unit).size();
          subject.accounts = below->second;
          // Service control policies do not reach the management account.
          if (list == &unit.service_control_policies)
            std::erase(subject.accounts, configuration_.organization.management_account);
          if (!subject.accounts.empty())
            subjects_.push_back(std::move(subject));
        }
      }
    }
  }

  Inputs& inputs_;
  const config::Configuration& configuration_;
  std::map<std::string, std::vector<const config::Principal*>> by_arn_;
  std::set<PolicyId> placed_;
  std::vector<checks::Subject> subjects_;
};

}  // namespace

std::vector<checks::Subject> subjects(const Inputs& inputs) {
  std::vector<checks::Subject> list;
  list.reserve(inputs.configuration.policies.size());
  for (const config::PolicyDocument& document : inputs.configuration.policies)
    list.push_back(subject_of(document));
  return list;
}

std::vector<checks::Subject> subjects_by_holder(Inputs& inputs) {
  return HolderSubjects(inputs).make();
}

}  // namespace grantproof::cli
