// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "config/link.h"
#include "policy/policy_writer.h"

namespace grantproof::config {
namespace {

// An ARN of a principal without its path: names are unique in an account, and others may know only the name.
std::string without_path(std::string_view arn) {
  const auto parts = aws::parse_arn(arn);
  if (!parts)
    return std::string(arn);
  const std::size_t first = parts->resource.find('/');
  const std::size_t last = parts->resource.rfind('/');
  if (first == std::string_view::npos || first == last)
    return std::string(arn);
  std::string text(arn.substr(0, arn.size() - parts->resource.size() + first));
  return text.append(parts->resource.substr(last));
}

class PrincipalLinker {
 public:
  explicit PrincipalLinker(Gathering& gathering)
      : gathering_(gathering), principals_(gathering.configuration.principals) {}

  void link() {
    join_descriptions();
    for (std::size_t i = 0; i < principals_.size(); ++i)
      by_name_[without_path(principals_[i].arn)].push_back(i);
    for (const Attachment& attachment : gathering_.attachments)
      attach(attachment);
    find_inline_policies();
    for (std::size_t i = 0; i < principals_.size(); ++i) {
      for (const Text& arn : gathering_.managed_policy_arns[i])
        add_managed_policy(principals_[i], arn);
      set_boundary(principals_[i], gathering_.permissions_boundaries[i]);
      find_groups(principals_[i]);
    }
    read_boundaries_as_boundaries();
    tell_absent();
  }

 private:
  // Several documents may describe one principal (get-role and get-account-authorization-details): it is one,
  // and what one of them does not tell the other may.
  void join_descriptions() {
    std::map<std::pair<std::string, std::string>, std::size_t> places;  // by ARN and condition
    std::vector<Principal> joined;
    std::vector<std::vector<Text>> arns;
    std::vector<Text> boundaries;
    for (std::size_t i = 0; i < principals_.size(); ++i) {
      Principal& principal = principals_[i];
      const auto [at, fresh] = places.emplace(std::make_pair(principal.arn, principal.when), joined.size());
      if (fresh) {
        joined.push_back(std::move(principal));
        arns.push_back(std::move(gathering_.managed_policy_arns[i]));
        boundaries.push_back(std::move(gathering_.permissions_boundaries[i]));
        continue;
      }
      Principal& first = joined[at->second];
      add_new(first.trust, principal.trust);
      add_new(first.identity_policies, principal.identity_policies);
      std::erase_if(first.absent, [&](const std::string& clause) {
        return std::find(principal.absent.begin(), principal.absent.end(), clause) == principal.absent.end();
      });
      auto& list = arns[at->second];
      list.insert(list.end(), gathering_.managed_policy_arns[i].begin(),
                  gathering_.managed_policy_arns[i].end());
      if (boundaries[at->second].text.empty())
        boundaries[at->second] = std::move(gathering_.permissions_boundaries[i]);
      first.groups.insert(first.groups.end(), principal.groups.begin(), principal.groups.end());
    }
    principals_ = std::move(joined);
    gathering_.managed_policy_arns = std::move(arns);
    gathering_.permissions_boundaries = std::move(boundaries);
  }

  // Those of another description that say something else.
  void add_new(std::vector<PolicyId>& policies, const std::vector<PolicyId>& more) {
    const auto text = [this](PolicyId id) {
      return policy::write_policy(gathering_.configuration.policy(id).policy, -1);
    };
    for (const PolicyId id : more) {
      const bool there = std::any_of(policies.begin(), policies.end(),
                                     [&](PolicyId other) { return text(other) == text(id); });
      if (!there)
        policies.push_back(id);
    }
  }

  void attach(const Attachment& attachment) {
    auto found = by_name_.find(without_path(attachment.principal_arn));
    if (found == by_name_.end()) {
      // A principal that no source describes: what it holds is known in part.
      Principal principal;
      principal.kind = attachment.kind;
      principal.arn = attachment.principal_arn;
      principal.name = principal.arn.substr(principal.arn.rfind('/') + 1);
      if (const auto arn = aws::parse_arn(principal.arn))
        principal.account = arn->account;
      principal.span = attachment.span;
      principal.absent.emplace_back("it is not described itself");
      found =
          by_name_.emplace(without_path(principal.arn), std::vector<std::size_t>{principals_.size()}).first;
      principals_.push_back(std::move(principal));
      gathering_.managed_policy_arns.emplace_back();
      gathering_.permissions_boundaries.emplace_back();
    }
    for (const std::size_t index : found->second) {
      Principal& principal = principals_[index];
      for (const PolicyId id : attachment.policies) {
        if (std::find(principal.identity_policies.begin(), principal.identity_policies.end(), id) ==
            principal.identity_policies.end())
          principal.identity_policies.push_back(id);
      }
      tell_all(principal, attachment);
      auto& arns = gathering_.managed_policy_arns[index];
      arns.insert(arns.end(), attachment.managed_policy_arns.begin(), attachment.managed_policy_arns.end());
      if (!attachment.group_arn.empty() && std::find(principal.groups.begin(), principal.groups.end(),
                                                     attachment.group_arn) == principal.groups.end())
        principal.groups.push_back(attachment.group_arn);
    }
  }

  // A list that is complete answers what another source did not tell.
  void tell_all(Principal& principal, const Attachment& attachment) {
    const auto told = [&](std::string_view clause) {
      std::erase_if(principal.absent, [&](const std::string& one) { return one == clause; });
    };
    if (attachment.all_managed)
      told(kManagedNotListed);
    if (attachment.all_groups)
      told(kGroupsNotListed);
    if (attachment.all_inline)
      told(kInlineNotListed);
    for (const std::string& name : attachment.policy_names)
      inline_names_.emplace_back(&principal - principals_.data(), name);
  }

  // Inline policies that were listed by name have to be there.
  void find_inline_policies() {
    for (const auto& [index, name] : inline_names_) {
      Principal& principal = principals_[static_cast<std::size_t>(index)];
      const bool there = std::any_of(principal.identity_policies.begin(), principal.identity_policies.end(),
                                     [&, wanted = std::string_view(name)](PolicyId id) {
                                       return gathering_.configuration.policy(id).name == wanted;
                                     });
      if (!there)
        principal.absent.push_back(fmt::format("inline policy {} is not there", name));
    }
  }

  void add_managed_policy(Principal& principal, const Text& arn) {
    const auto found = gathering_.managed_policies.find(arn.text);
    if (found == gathering_.managed_policies.end()) {
      absent(principal, arn, "managed policy");
      return;
    }
    for (const PolicyId id : found->second) {
      attached_.insert(id);
      if (std::find(principal.identity_policies.begin(), principal.identity_policies.end(), id) ==
          principal.identity_policies.end())
        principal.identity_policies.push_back(id);
    }
  }

  void set_boundary(Principal& principal, const Text& arn) {
    if (arn.text.empty())
      return;
    const auto found = gathering_.managed_policies.find(arn.text);
    if (found == gathering_.managed_policies.end()) {
      absent(principal, arn, "permissions boundary");
      return;
    }
    principal.permissions_boundary = found->second;
    boundaries_.insert(found->second.begin(), found->second.end());
  }

  // A policy that is nobody's permissions is read as what it is.
  void read_boundaries_as_boundaries() {
    for (const PolicyId id : boundaries_) {
      if (attached_.find(id) == attached_.end())
        gathering_.configuration.policies[static_cast<std::size_t>(id)].policy.type =
            policy::PolicyType::kPermissionsBoundary;
    }
  }

  void find_groups(Principal& principal) {
    for (std::string& group : principal.groups) {
      const auto found = by_name_.find(without_path(group));
      if (found == by_name_.end())
        absent(principal, {group, principal.span}, "group");
      else
        group = principals_[found->second.front()].arn;
    }
  }

  void absent(Principal& principal, const Text& arn, std::string_view what) {
    principal.absent.push_back(fmt::format("{} {} is not there", what, arn.text));
    missing_.emplace(arn.text, std::make_pair(std::string(what), arn.span));
  }

  // Once for each document, however many refer to it.
  void tell_absent() {
    for (const auto& [arn, said] : missing_) {
      const bool aws_managed = arn.find(":iam::aws:policy/") != std::string::npos;
      gathering_.sink.report(
          {.rule = "GP0303",
           .severity = base::Severity::kNote,
           .message = fmt::format("{} {} is not there", said.first, arn),
           .primary = {.span = said.second, .text = {}},
           .secondary = {},
           .help = aws_managed
                       ? "get-account-authorization-details --filter AWSManagedPolicy says what it allows"
                       : "add a file that describes it"});
    }
  }

  Gathering& gathering_;
  std::vector<Principal>& principals_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
  std::map<std::string, std::pair<std::string, base::Span>> missing_;
  std::vector<std::pair<std::ptrdiff_t, std::string>> inline_names_;  // index of the principal, name
  std::set<PolicyId> attached_;
  std::set<PolicyId> boundaries_;
};

}  // namespace

void link_principals(Gathering& gathering) {
  PrincipalLinker(gathering).link();
}

}  // namespace grantproof::config
