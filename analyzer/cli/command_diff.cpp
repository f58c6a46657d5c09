// SPDX-License-Identifier: Apache-2.0
//
// grantproof diff OLD NEW: what the new version of a policy, or of everything that a template, a plan, a dump
// or a folder describes, allows that the old one did not, and the reverse.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "checks/difference.h"
#include "checks/estate_difference.h"
#include "cli/answer_json.h"
#include "cli/commands.h"
#include "cli/estate.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "reports/summary.h"
#include "reports/verdict_lines.h"

namespace grantproof::cli {
namespace {

using Gaps = std::vector<checks::EstateDifference::Gap>;

// One of the two.
struct Version {
  std::string path;
  bool folder = false;
  config::Configuration configuration;
  logic::Facts facts;
  Gaps gaps;
};

// Where a document stands in its version: below its folder, or nowhere in particular.
std::string place_in(const Version& version, const std::string& path) {
  if (!version.folder)
    return {};
  std::string_view root = reports::tidy_path(version.path);
  while (root.ends_with('/'))
    root.remove_suffix(1);
  std::string_view below = reports::tidy_path(path);
  if (below.starts_with(root) && below.substr(root.size()).starts_with('/'))
    below.remove_prefix(root.size() + 1);
  return std::string(below);
}

// Rules, archives and targets that are missing allow nobody anything, and neither do the resources of others.
bool may_hide_policies(const config::Gap& gap) {
  constexpr std::array<std::string_view, 3> kWithoutPolicies = {"AWS::Events::Rule", "AWS::Events::Targets",
                                                                "AWS::Events::Archive"};
  return std::ranges::find(kWithoutPolicies, gap.about) == kWithoutPolicies.end() &&
         !gap.about.starts_with("arn:");
}

// What is missing, and what could not be read of the sources. A policy that was not understood is compared as
// such, and a document that somebody names and that is not there is a policy that nobody knows.
Gaps gaps_of(const config::Configuration& configuration, std::span<const base::Diagnostic> diagnostics,
             bool of_new) {
  Gaps gaps;
  gaps.reserve(configuration.gaps.size());
  for (const config::Gap& gap : configuration.gaps)
    gaps.push_back({of_new, gap.message, gap.span, may_hide_policies(gap)});
  for (const base::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.rule.starts_with("GP03") && diagnostic.severity == base::Severity::kError)
      gaps.push_back({of_new, diagnostic.message, diagnostic.primary.span, true});
  }
  return gaps;
}

base::Expected<void> read(Version& version, bool is_new, const Options& options, const Machine& machine,
                          Inputs& inputs) {
  // Parts of texts that nobody knows are named after the document: one that has another name in the other
  // version is called like it.
  inputs.called = [&version, &options](const std::string& path) {
    return version.folder ? place_in(version, path) : options.arguments[1];
  };
  const std::size_t documents = inputs.documents;
  const std::size_t said = inputs.diagnostics.diagnostics().size();
  if (auto done = read_version(version.path, options, machine, inputs); !done)
    return done;
  if (auto readable = require_readable(inputs); !readable)
    return readable;
  if (inputs.documents == documents)
    return base::error(fmt::format("there is no policy in {}", version.path));
  version.facts = world(inputs, options).facts;
  version.configuration = std::move(inputs.configuration);
  version.gaps =
      gaps_of(version.configuration, std::span(inputs.diagnostics.diagnostics()).subspan(said), is_new);
  inputs.configuration = {};
  return {};
}

// What the sources of both say; what only one of them says is not known of the other.
logic::Facts common(const logic::Facts& before, const logic::Facts& after) {
  logic::Facts both = after;
  if (before.organization != after.organization)
    both.organization.clear();
  std::erase_if(both.accounts, [&before](const std::string& account) {
    return std::ranges::find(before.accounts, account) == before.accounts.end();
  });
  return both;
}

std::string with_article(policy::PolicyType type) {
  const std::string_view name = policy::name(type);
  const bool vowel = name.front() == 'i';  // "an identity policy"
  return fmt::format("{} {}", vowel ? "an" : "a", name);
}

// A policy without statements has no shape: it is what the other one is.
base::Expected<void> make_types_agree(config::PolicyDocument& older, config::PolicyDocument& newer) {
  if (older.policy.type == newer.policy.type)
    return {};
  const bool older_is_empty = older.policy.statements.empty();
  if (!older_is_empty && !newer.policy.statements.empty())
    return base::error(fmt::format(
        "{} reads like {} policy, {} like {} policy\n  say which type both are with --as", older.path,
        with_article(older.policy.type), newer.path, with_article(newer.policy.type)));
  (older_is_empty ? older : newer).policy.type = (older_is_empty ? newer : older).policy.type;
  return {};
}

// One policy in each version, and nothing but it: they are compared whatever they are called.
bool is_one_policy(const Version& version) {
  return version.configuration.policies.size() == 1 && version.configuration.policies.front().when.empty() &&
         version.gaps.empty() &&
         std::ranges::all_of(version.configuration.principals,
                             [](const config::Principal& principal) { return principal.absent.empty(); });
}

// Policies of an organisation stand beside others, which allow.
checks::Beside beside(policy::PolicyType type) {
  return type == policy::PolicyType::kServiceControl || type == policy::PolicyType::kResourceControl
             ? checks::Beside::kOthers
             : checks::Beside::kNothing;
}

std::string smt2(const checks::Subject& before, const checks::Subject& after, const checks::World& world,
                 checks::Beside beside) {
  return checks::difference_smt2(before, after, world, true, beside) + "\n(reset)\n" +
         checks::difference_smt2(before, after, world, false, beside);
}

template <typename Difference>
base::Expected<void> tell(const Difference& difference, const std::vector<ReportRequest>& requests,
                          const Inputs& inputs, const Options& options, const Machine& machine) {
  const auto render = render_options(options, machine);
  return deliver(
      requests,
      [&](const ReportRequest& request) {
        return request.format == "json" ? difference_json(difference, inputs.sources)
                                        : reports::diff_lines(difference, inputs.sources, render);
      },
      options, machine);
}

base::Expected<int> compare_one(const std::array<Version, 2>& versions, const checks::World& world,
                                const std::vector<ReportRequest>& requests, Inputs& inputs,
                                const Options& options, const Machine& machine) {
  for (const Version& version : versions)
    inputs.configuration.policies.push_back(version.configuration.policies.front());
  auto& policies = inputs.configuration.policies;
  if (auto agree = make_types_agree(policies[0], policies[1]); !agree)
    return tl::unexpected<base::Error>(agree.error());
  const std::vector<checks::Subject> sides = subjects(inputs);
  if (options.dump) {
    machine.output(smt2(sides[0], sides[1], world, beside(policies[0].policy.type)));
    return kNothingFound;
  }
  const checks::Difference difference =
      checks::compare(sides[0], sides[1], world, beside(policies[0].policy.type));
  if (auto told = tell(difference, requests, inputs, options, machine); !told)
    return tl::unexpected<base::Error>(told.error());
  return difference.added.verdict == checks::VerdictKind::kProved ? kNothingFound : kFound;
}

base::Expected<int> compare_all(const std::array<Version, 2>& versions, const checks::World& world,
                                const std::vector<ReportRequest>& requests, const Inputs& inputs,
                                const Options& options, const Machine& machine) {
  const auto estate = [](const Version& version) {
    return estate_of(version.configuration,
                     [&version](const std::string& path) { return place_in(version, path); });
  };
  const checks::Estate before = estate(versions[0]), after = estate(versions[1]);
  if (options.dump) {
    std::string_view between;
    for (const checks::PolicyPair& pair : checks::pair_policies(before, after)) {
      if (pair.same)
        continue;
      machine.output(between);
      machine.output(smt2(subject_of(pair, pair.before), subject_of(pair, pair.after), world, pair.beside));
      between = "\n(reset)\n";
    }
    return kNothingFound;
  }
  checks::EstateDifference difference = checks::compare(before, after, world);
  for (const Version& version : versions) {
    std::ranges::copy(version.gaps, std::back_inserter(difference.gaps));
    for (const std::string& clause : version.configuration.assumptions) {
      if (std::ranges::find(difference.assumptions, clause) == difference.assumptions.end())
        difference.assumptions.push_back(clause);
    }
  }
  if (auto told = tell(difference, requests, inputs, options, machine); !told)
    return tl::unexpected<base::Error>(told.error());
  return checks::allows_nothing_more(difference) ? kNothingFound : kFound;
}

}  // namespace

base::Expected<int> command_diff(const Options& options, const Machine& machine) {
  const auto requests = requested_reports(options, {"text", "json"});
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());
  auto begun = begin_inputs(options, machine);
  if (!begun)
    return tl::unexpected<base::Error>(begun.error());
  Inputs& inputs = **begun;
  inputs.other_version.emplace();
  std::array<Version, 2> versions;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    versions[i].path = options.arguments[i];
    versions[i].folder = machine.files->is_directory(options.arguments[i]);
    if (auto done = read(versions[i], i == 1, options, machine, inputs); !done)
      return tl::unexpected<base::Error>(done.error());
  }
  const auto says_nothing = [](const Version& version) {
    return version.configuration.policies.empty() && version.gaps.empty();
  };
  if (std::ranges::all_of(versions, says_nothing))
    return base::error(
        fmt::format("there is no policy in {} and none in {}", versions[0].path, versions[1].path));
  say_mistakes(inputs.sources, inputs.diagnostics, options, machine);
  checks::World world = cli::world(inputs, options);
  world.facts = common(versions[0].facts, versions[1].facts);
  const bool one = std::ranges::all_of(versions, is_one_policy);
  return one ? compare_one(versions, world, *requests, inputs, options, machine)
             : compare_all(versions, world, *requests, inputs, options, machine);
}

}  // namespace grantproof::cli
