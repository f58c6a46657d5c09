// SPDX-License-Identifier: Apache-2.0
#include "cli/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "access/layers.h"
#include "checks/caller_choice.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "syntax/json_writer.h"

namespace grantproof::cli {
namespace {

using policy::PolicyType;

bool of_resource(PolicyType type) {
  return type == PolicyType::kResource || type == PolicyType::kTrust || type == PolicyType::kKey;
}

// Everything, for a caller whose own policies nobody gave.
policy::Policy allow_everything() {
  policy::Policy policy;
  policy.version = policy::Version::k2012;
  policy::Statement statement;
  statement.action.patterns = {{"*", {}}};
  statement.resource = policy::ResourceElement{.negated = false, .patterns = {{"*", {}}}, .span = {}};
  policy.statements = {std::move(statement)};
  return policy;
}

constexpr std::string_view kGiven = "given";

bool may_allow(const policy::Policy* policy) {
  return !policy->understood ||
         std::ranges::any_of(policy->statements, [](const policy::Statement& statement) {
           return statement.effect == policy::Effect::kAllow;
         });
}

// Policies of an organisation form a level for each entity; where nobody said which entity has which, one.
void add_level(std::vector<access::OrganizationLevel>& levels, const std::string& entity,
               const policy::Policy* policy) {
  const std::string name = entity.empty() ? std::string(kGiven) : entity;
  if (levels.empty() || levels.back().entity != name)
    levels.push_back(access::OrganizationLevel{name, {}});
  levels.back().policies.push_back(policy);
}

// Is it the caller's, as far as somebody said whose it is? A policy of an organisation is of the accounts
// below its entity: of the caller's, or (of resources) of the resource's.
bool concerns_caller(const checks::Subject& subject, const std::optional<checks::CallerChoice>& caller,
                     const access::Request& request) {
  if (!subject.accounts.empty()) {
    const std::string& account = subject.policy->type == PolicyType::kResourceControl
                                     ? request.resource.account
                                     : request.principal.account;
    return std::ranges::find(subject.accounts, account) != subject.accounts.end();
  }
  return subject.attached_to.empty() || !caller || caller->may_hold(subject.attached_to);
}

std::string statement_name(const policy::Statement& statement, std::size_t index) {
  return statement.sid && !statement.sid->empty() ? *statement.sid : fmt::format("statement {}", index + 1);
}

// What a statement of the decision is called, and where it stands.
struct Place {
  base::Location location;
  std::string name;
  access::PolicyLayer layer;
  policy::Effect effect;
};

std::vector<Place> places(const std::vector<access::StatementRef>& refs, const access::Case& of,
                          const base::SourceMap& sources) {
  std::vector<Place> list;
  for (const access::StatementRef& ref : refs) {
    const policy::Statement& statement = access::find_statement(of.policies, ref);
    if (statement.span == base::Span{})  // the assumed policy
      continue;
    list.push_back(Place{sources.locate(statement.span), statement_name(statement, ref.statement), ref.layer,
                         statement.effect});
  }
  return list;
}

}  // namespace

base::Expected<void> add_policies(std::span<const checks::Subject> subjects, access::Case& to) {
  const auto caller = checks::CallerChoice::read(to.request.principal.id);
  const checks::Subject* of_the_resource = nullptr;
  policy::Policy* resource_policy = nullptr;
  for (const checks::Subject& subject : subjects) {
    auto copy = std::make_unique<policy::Policy>(*subject.policy);
    policy::Policy* policy = copy.get();
    access::PolicySet& set = to.policies;
    if (of_resource(copy->type)) {
      const bool elsewhere = !subject.attached_to.empty() && subject.attached_to != to.request.resource.arn;
      if (elsewhere)
        continue;
      if (resource_policy != nullptr && !subject.attached_to.empty() &&
          of_the_resource->attached_to == subject.attached_to) {
        // Another part of the same policy.
        std::ranges::move(policy->statements, std::back_inserter(resource_policy->statements));
        resource_policy->understood &= policy->understood;
        continue;
      }
      if (set.resource != nullptr)
        return base::error(fmt::format(
            "{}: a request has one resource, and {} has its policy already\n  give the policy of {} only",
            subject.path, of_the_resource != nullptr ? of_the_resource->path : "the case",
            to.request.resource.arn));
      // "trust" and "event-bus" are guessed from the shape; what is asked for decides.
      copy->type = access::resource_policy_type(to.request);
      set.resource = policy;
      resource_policy = policy;
      of_the_resource = &subject;
    } else {
      if (!concerns_caller(subject, caller, to.request))
        continue;
      switch (copy->type) {
        case PolicyType::kPermissionsBoundary:
          set.permissions_boundaries.push_back(policy);
          break;
        case PolicyType::kSession:
          set.session.push_back(policy);
          break;
        case PolicyType::kServiceControl:
          add_level(set.service_control, subject.entity, policy);
          break;
        case PolicyType::kResourceControl:
          add_level(set.resource_control, subject.entity, policy);
          break;
        case PolicyType::kVpcEndpoint:
          set.vpc_endpoint.push_back(policy);
          break;
        default:
          set.identity.push_back(policy);
      }
    }
    to.owned.push_back(std::move(copy));
  }
  // Where nothing that an entity has allows, FullAWSAccess is not described: without it nobody could do
  // anything.
  for (access::OrganizationLevel& level : to.policies.service_control) {
    if (level.entity == kGiven || std::ranges::any_of(level.policies, may_allow))
      continue;
    to.owned.push_back(std::make_unique<policy::Policy>(allow_everything()));
    level.policies.push_back(to.owned.back().get());
  }
  return {};
}

Simulation simulate(access::Case& of) {
  Simulation simulation;
  simulation.decision = access::decide(of.request, of.policies);
  const bool own_policies_missing = simulation.decision.outcome == access::Outcome::kImplicitlyDenied &&
                                    of.policies.identity.empty() && of.policies.resource != nullptr &&
                                    access::reach_of(of.request).identity &&
                                    !access::same_account(of.request).possibly();
  if (!own_policies_missing)
    return simulation;
  of.owned.push_back(std::make_unique<const policy::Policy>(allow_everything()));
  of.policies.identity.push_back(of.owned.back().get());
  const access::Decision assumed = access::decide(of.request, of.policies);
  if (assumed.outcome == simulation.decision.outcome && assumed.allowed == simulation.decision.allowed) {
    of.policies.identity.pop_back();
    return simulation;
  }
  simulation.decision = assumed;
  simulation.assumed.push_back(
      fmt::format("account {} lets its own principal call {}: no identity policy was given",
                  of.request.principal.account, of.request.action));
  return simulation;
}

std::string_view verdict(const Simulation& simulation) {
  if (!simulation.relied_on())
    return "undecided";
  switch (simulation.decision.outcome) {
    case access::Outcome::kAllowed:
      return "allowed";
    case access::Outcome::kImplicitlyDenied:
      return "implicitly denied";
    case access::Outcome::kExplicitlyDenied:
      return "explicitly denied";
  }
  return "undecided";
}

std::string simulation_text(const Simulation& simulation, const access::Case& of,
                            const base::SourceMap& sources, const reports::RenderOptions& options) {
  constexpr std::size_t kLabelWidth = 12;
  const access::Decision& decision = simulation.decision;
  const auto shown = [&options](std::string_view text) { return reports::printable(text, options.ascii); };
  const bool allowed = simulation.relied_on() && decision.outcome == access::Outcome::kAllowed;
  std::string text = reports::paint(verdict(simulation),
                                    !simulation.relied_on() ? reports::Ink::kWarning
                                    : allowed               ? reports::Ink::kGood
                                                            : reports::Ink::kError,
                                    options.colour);
  text += fmt::format("  {} on {}\n", shown(of.request.action), shown(of.request.resource.arn));
  const auto row = [&](std::string_view label, const std::string& value) {
    text += "  " + reports::padded(std::string(label), kLabelWidth) + value + "\n";
  };
  const access::Caller& caller = of.request.principal;
  row("by", caller.id.empty() ? std::string(access::name(caller.kind)) : shown(caller.id));
  if (!decision.reason.empty())
    row("because", shown(decision.reason));
  if (decision.stopped_by)
    row("stopped by", std::string(access::name(*decision.stopped_by)));
  for (const Place& place : places(decision.determining, of, sources)) {
    const bool not_enough = decision.outcome == access::Outcome::kImplicitlyDenied;
    row(not_enough ? "not enough" : "decided by",
        fmt::format("{}:{}:{}  {} ({})", shown(reports::tidy_path(place.location.file_name)),
                    place.location.begin.line, place.location.begin.column,
                    shown(reports::quoted_statement(place.name)), access::name(place.layer)));
  }
  for (const Place& place : places(decision.not_understood, of, sources)) {
    row("unknown", fmt::format("{}:{}:{}  {} was not understood, and could decide",
                               shown(reports::tidy_path(place.location.file_name)), place.location.begin.line,
                               place.location.begin.column, shown(reports::quoted_statement(place.name))));
  }
  if (!decision.policies_understood)
    row("unknown", "a policy was not understood, and could decide");
  if (decision.allowed.unknown())
    row("unknown", shown(access::dependence(decision.allowed)));
  for (const Place& place : places(decision.open, of, sources)) {
    row("perhaps by", fmt::format("{}:{}:{}  {} ({})", shown(reports::tidy_path(place.location.file_name)),
                                  place.location.begin.line, place.location.begin.column,
                                  shown(reports::quoted_statement(place.name)), access::name(place.layer)));
  }
  for (const std::string& clause : simulation.assumed)
    row("assumed", shown(clause));
  return text;
}

std::string simulation_json(const Simulation& simulation, const access::Case& of,
                            const base::SourceMap& sources) {
  using syntax::string_node;
  const access::Decision& decision = simulation.decision;
  std::vector<syntax::Node> statements;
  for (const Place& place : places(decision.determining, of, sources)) {
    statements.push_back(
        syntax::map_node({{"statement", string_node(place.name)},
                          {"effect", string_node(place.effect == policy::Effect::kAllow ? "Allow" : "Deny")},
                          {"layer", string_node(std::string(access::name(place.layer)))},
                          {"file", string_node(std::string(reports::tidy_path(place.location.file_name)))},
                          {"line", syntax::number_node(place.location.begin.line)},
                          {"column", syntax::number_node(place.location.begin.column)}}));
  }
  std::vector<syntax::Node> assumed;
  for (const std::string& clause : simulation.assumed)
    assumed.push_back(string_node(clause));
  std::vector<std::pair<std::string, syntax::Node>> members;
  if (!of.id.empty())
    members.emplace_back("id", string_node(of.id));
  members.emplace_back("result", string_node(std::string(access::name(decision.outcome))));
  members.emplace_back("understood", syntax::bool_node(simulation.relied_on()));
  members.emplace_back("reason", string_node(decision.reason));
  if (decision.allowed.unknown())
    members.emplace_back("unknown", string_node(access::dependence(decision.allowed)));
  if (decision.stopped_by)
    members.emplace_back("stopped_by", string_node(std::string(access::name(*decision.stopped_by))));
  members.emplace_back("statements", syntax::list_node(std::move(statements)));
  members.emplace_back("assumptions", syntax::list_node(std::move(assumed)));
  members.emplace_back("request", access::write_request(of.request));
  return syntax::write_json(syntax::map_node(std::move(members)), 2) + "\n";
}

}  // namespace grantproof::cli
