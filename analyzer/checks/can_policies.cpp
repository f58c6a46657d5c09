// SPDX-License-Identifier: Apache-2.0
#include "checks/can_policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/document.h"
#include "access/layers.h"
#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "checks/words.h"
#include "logic/encode_statement.h"
#include "logic/encode_unknown.h"
#include "patterns/glob.h"

namespace grantproof::checks {
namespace {

using logic::Formula;
using logic::SymbolicRequest;
using patterns::has_wildcard;
using policy::PolicyType;

std::string_view literal_beginning(std::string_view pattern) {
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(pattern);
  if (segments.empty() || segments.front().unknown)
    return {};
  return segments.front().text.substr(0, segments.front().text.find_first_of("*?$"));
}

// Could one text be in both patterns? Compared up to the first wildcard of either: too often yes, never
// wrongly no.
bool may_meet(std::string_view a, std::string_view b) {
  a = literal_beginning(a);
  b = literal_beginning(b);
  const std::size_t common = std::min(a.size(), b.size());
  return base::equals_ignoring_case(a.substr(0, common), b.substr(0, common));
}

// Could the ARN that is asked about be of the thing that has this ARN, or of a part of it?
bool may_be_part_of(std::string_view asked, std::string_view whole) {
  if (!base::has_unknown(asked) && !base::has_unknown(whole))
    return false;
  if (access::same_text(whole, asked).possibly())
    return true;
  patterns::Glob parts;
  for (const base::TextSegment& segment : base::cut_at_unknowns(whole)) {
    if (segment.unknown)
      parts.run(patterns::UnitClass::kAny);
    else
      parts.literal(segment.text);
  }
  return access::possibly_matches(parts.literal("/").run(patterns::UnitClass::kAny), asked);
}

// Depending on texts that outlive the answer.
access::Truth lasting(const access::Truth& truth, const std::string& arn, const access::Request& request) {
  if (!truth.unknown())
    return truth;
  return access::Truth::depends_on(base::has_unknown(arn) ? arn : request.principal.id);
}

bool may_be_of_service(std::string_view arn_text, std::string_view service) {
  const auto arn = aws::parse_arn(arn_text);
  return !arn || has_wildcard(arn->service) || arn->service == service;
}

bool has_allow(const std::vector<const policy::Policy*>& policies) {
  return std::ranges::any_of(policies, [](const policy::Policy* policy) {
    return !policy->understood ||
           std::ranges::any_of(policy->statements, [](const policy::Statement& statement) {
             return statement.effect == policy::Effect::kAllow;
           });
  });
}

}  // namespace

CanPolicies::CanPolicies(std::span<const Subject> subjects, const CanQuestion& question,
                         const CallerChoice* by)
    : subjects_(subjects), question_(question), by_(by), everything_(std::make_unique<policy::Policy>()) {
  everything_->type = PolicyType::kIdentity;
  everything_->version = policy::Version::k2012;
  policy::Statement allow;
  allow.action.patterns = {{"*", {}}};
  allow.resource = policy::ResourceElement{false, {{"*", {}}}, {}};
  everything_->statements.push_back(std::move(allow));

  access::PolicySet common;
  access::OrganizationLevel service_control{"organization", {}}, resource_control{"organization", {}};
  for (const Subject& subject : subjects) {
    if (!subject.accounts.empty()) {
      of_organization_.push_back(&subject);
      continue;
    }
    switch (subject.policy->type) {
      case PolicyType::kPermissionsBoundary:
        if (!subject.attached_to.empty()) {
          boundaries_[subject.attached_to].push_back(subject.policy);
          break;
        }
        common.permissions_boundaries.push_back(subject.policy);
        break;
      case PolicyType::kSession:
        common.session.push_back(subject.policy);
        break;
      case PolicyType::kServiceControl:
        service_control.policies.push_back(subject.policy);
        break;
      case PolicyType::kResourceControl:
        resource_control.policies.push_back(subject.policy);
        break;
      case PolicyType::kVpcEndpoint:
        // Of an endpoint that is known: other requests do not pass it.
        if (!subject.attached_to.empty())
          break;
        common.vpc_endpoint.push_back(subject.policy);
        break;
      case PolicyType::kIdentity:
      case PolicyType::kResource:
      case PolicyType::kTrust:
      case PolicyType::kKey:
        break;
    }
  }
  if (!service_control.policies.empty()) {
    // Which level each stands on is not in the documents. An SCP that only denies stands beside
    // FullAWSAccess.
    if (!has_allow(service_control.policies)) {
      service_control.policies.push_back(everything_.get());
      assumptions_.emplace_back(
          "FullAWSAccess is attached beside the service control policies, which only deny");
    } else if (service_control.policies.size() > 1) {
      assumptions_.emplace_back("the service control policies are attached to one account or unit");
    }
    common.service_control.push_back(std::move(service_control));
  }
  if (!resource_control.policies.empty())
    common.resource_control.push_back(std::move(resource_control));
  if (const auto arn = aws::parse_arn(question.resource)) {
    for (access::OrganizationLevel& level : levels_of(arn->account, PolicyType::kResourceControl))
      common.resource_control.push_back(std::move(level));
  }
  add_lineups(common);
}

std::vector<access::OrganizationLevel> CanPolicies::levels_of(std::string_view account,
                                                              PolicyType type) const {
  std::vector<const Subject*> found;
  for (const Subject* subject : of_organization_) {
    if (subject->policy->type == type &&
        std::ranges::find(subject->accounts, account) != subject->accounts.end())
      found.push_back(subject);
  }
  std::ranges::stable_sort(found, {}, &Subject::depth);
  std::vector<access::OrganizationLevel> levels;
  for (const Subject* subject : found) {
    if (levels.empty() || levels.back().entity != subject->entity)
      levels.push_back({subject->entity, {}});
    levels.back().policies.push_back(subject->policy);
  }
  // Where nothing that is described allows, FullAWSAccess is: without it nobody could do anything.
  for (access::OrganizationLevel& level : levels) {
    if (type == PolicyType::kServiceControl && !has_allow(level.policies))
      level.policies.push_back(everything_.get());
  }
  return levels;
}

void CanPolicies::add_limits_of(const std::string& holder, access::PolicySet& policies) const {
  if (const auto found = boundaries_.find(holder); found != boundaries_.end()) {
    policies.permissions_boundaries.insert(policies.permissions_boundaries.end(), found->second.begin(),
                                           found->second.end());
  }
  if (const auto arn = aws::parse_arn(holder)) {
    for (access::OrganizationLevel& level : levels_of(arn->account, PolicyType::kServiceControl))
      policies.service_control.push_back(std::move(level));
  }
}

CanPolicies::Concern CanPolicies::concerns_resource(const Subject& subject) const {
  const std::string_view asked = question_.resource;
  const auto surely = [](bool concerns) { return concerns ? Concern::kSurely : Concern::kNone; };
  if (!subject.attached_to.empty()) {
    if (!may_meet(asked, subject.attached_to))
      return Concern::kNone;
    // A bucket's policy is also that of its objects.
    if (has_wildcard(asked) || asked == subject.attached_to || asked.starts_with(subject.attached_to + "/"))
      return Concern::kSurely;
    return may_be_part_of(asked, subject.attached_to) ? Concern::kPerhaps : Concern::kNone;
  }
  switch (subject.policy->type) {
    case PolicyType::kTrust:
      return surely(may_be_of_service(asked, "iam"));
    case PolicyType::kKey:
      return surely(may_be_of_service(asked, "kms"));
    case PolicyType::kResource:
      return surely(std::ranges::any_of(subject.policy->statements, [&](const policy::Statement& statement) {
        return !statement.understood || !statement.resource || statement.resource->negated ||
               std::ranges::any_of(statement.resource->patterns, [&](const policy::Text& pattern) {
                 return may_meet(asked, pattern.text);
               });
      }));
    case PolicyType::kIdentity:
    case PolicyType::kPermissionsBoundary:
    case PolicyType::kSession:
    case PolicyType::kServiceControl:
    case PolicyType::kResourceControl:
    case PolicyType::kVpcEndpoint:
      break;
  }
  return Concern::kNone;
}

void CanPolicies::add_lineups(const access::PolicySet& common) {
  // By what they are attached to; those of which nobody said are everyone's.
  std::map<std::string, std::vector<const Subject*>> held;
  std::vector<const Subject*> unattached;
  std::vector<const Subject*> of_resource;
  std::vector<std::string> perhaps;  // ARNs of such subjects
  for (const Subject& subject : subjects_) {
    if (subject.policy->type == PolicyType::kIdentity) {
      if (subject.attached_to.empty())
        unattached.push_back(&subject);
      else if (by_ == nullptr || by_->may_hold(subject.attached_to))
        held[subject.attached_to].push_back(&subject);
    } else if (const Concern concern = concerns_resource(subject); concern != Concern::kNone) {
      of_resource.push_back(&subject);
      if (concern == Concern::kPerhaps)
        perhaps.push_back(subject.attached_to);
    }
  }
  for (const Subject* subject : of_resource) {
    if (subject->attached_to.empty() && subject->policy->type != PolicyType::kResource) {
      assumptions_.push_back(
          fmt::format("{} is the policy of {}", subject->path, short_resource(question_.resource)));
    }
  }
  if (std::ranges::any_of(of_organization_, [](const Subject* subject) {
        return subject->policy->type == PolicyType::kServiceControl;
      })) {
    assumptions_.emplace_back(
        "no service control policy stops callers of whom no identity policy is at hand");
  }
  // Resources that no policy at hand belongs to.
  if (of_resource.size() == perhaps.size() || has_wildcard(question_.resource))
    of_resource.push_back(nullptr);

  for (const Subject* resource : of_resource) {
    Lineup start;
    start.policies = common;
    start.resource = resource;
    start.policies.resource = resource == nullptr ? nullptr : resource->policy;
    for (const std::string& arn : perhaps) {
      const bool this_one = resource != nullptr && arn == resource->attached_to;
      (this_one ? start.is_resource : start.is_not_resource).push_back(arn);
    }
    for (const auto& [holder, subjects] : held) {
      Lineup lineup = start;
      lineup.holder = holder;
      add_limits_of(holder, lineup.policies);
      lineup.identity = subjects;
      lineup.identity.insert(lineup.identity.end(), unattached.begin(), unattached.end());
      lineups_.push_back(std::move(lineup));
    }
    if (held.empty() && !unattached.empty()) {
      Lineup lineup = start;
      lineup.identity = unattached;
      lineups_.push_back(std::move(lineup));
    }
    // Callers of whom no identity policy is at hand; a caller that was named holds those that there are.
    if (by_ != nullptr && (!held.empty() || !unattached.empty()))
      continue;
    for (const Assumed assumed : {Assumed::kOtherAccounts, Assumed::kNothing, Assumed::kDelegated}) {
      // Without a policy of the resource nobody else is let in, and nothing is delegated.
      if (resource == nullptr && assumed != Assumed::kNothing)
        continue;
      Lineup lineup = start;
      lineup.assumed = assumed;
      for (const auto& [holder, subjects] : held)
        lineup.not_holders.push_back(holder);
      if (assumed != Assumed::kNothing)
        lineup.policies.identity.push_back(everything_.get());
      lineups_.push_back(std::move(lineup));
    }
  }
  for (Lineup& lineup : lineups_) {
    for (const Subject* subject : lineup.identity)
      lineup.policies.identity.push_back(subject->policy);
  }
}

Formula encode_lineup(SymbolicRequest& request, const Lineup& lineup) {
  logic::FormulaStore& formulas = request.formulas();
  std::vector<Formula> all;
  if (!lineup.holder.empty()) {
    if (const auto holder = CallerChoice::read(lineup.holder))
      all.push_back(holder->encode(request));
  }
  for (const std::string& arn : lineup.not_holders) {
    if (const auto holder = CallerChoice::read(arn))
      all.push_back(formulas.not_(holder->encode(request)));
  }
  for (const std::string& arn : lineup.is_resource)
    all.push_back(logic::depends_on(request, "is the resource " + arn, arn));
  for (const std::string& arn : lineup.is_not_resource)
    all.push_back(formulas.not_(logic::depends_on(request, "is the resource " + arn, arn)));
  if (lineup.assumed == Assumed::kOtherAccounts)
    all.push_back(formulas.both(request.account_principal(), formulas.not_(encode_own_account(request))));
  if (lineup.assumed == Assumed::kDelegated) {
    all.push_back(formulas.all_of({request.account_principal(), encode_own_account(request),
                                   logic::encode_document(request, *lineup.policies.resource)}));
  }
  return formulas.all_of(all);
}

access::Truth lineup_holds(const Lineup& lineup, const access::Request& request) {
  access::Truth holds = true;
  for (const std::vector<std::string>* arns : {&lineup.is_resource, &lineup.is_not_resource}) {
    for (const std::string& arn : *arns)
      holds = holds && access::Truth::depends_on(arn);
  }
  if (const auto holder = CallerChoice::read(lineup.holder))
    holds = holds && lasting(holder->holds(request.principal), lineup.holder, request);
  for (const std::string& arn : lineup.not_holders) {
    if (const auto choice = CallerChoice::read(arn))
      holds = holds && !lasting(choice->holds(request.principal), arn, request);
  }
  const bool signed_by_account = !request.principal.account.empty();
  switch (lineup.assumed) {
    case Assumed::kNothing:
      return holds;
    case Assumed::kOtherAccounts:
      return holds && signed_by_account && !access::same_account(request);
    case Assumed::kDelegated:
      break;
  }
  return holds && signed_by_account && access::same_account(request) &&
         access::decide_document(request, *lineup.policies.resource).allowed;
}

}  // namespace grantproof::checks
