// SPDX-License-Identifier: Apache-2.0
//
// Start reading here: check() is the whole way of a policy through the program, one step a line. Each step is
// a function of the room that its name says.
#include "cli/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "checks/check_engine.h"
#include "checks/rule.h"
#include "cli/gate.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report_maker.h"
#include "cli/rule_choice.h"
#include "cli/suppression.h"
#include "reports/renderer.h"

namespace grantproof::cli {
namespace {

bool chosen(const checks::CheckSelection& selection, std::string_view rule) {
  const auto has = [rule](const std::vector<std::string>& list) {
    return std::any_of(list.begin(), list.end(),
                       [rule](const std::string& prefix) { return rule.starts_with(prefix); });
  };
  return (selection.select.empty() || has(selection.select)) && !has(selection.ignore);
}

// Flags and settings to the rules that are asked.
base::Expected<checks::CheckSelection> choose(const Inputs& inputs, const Options& options) {
  auto selection = choose_rules(inputs.settings.select, inputs.settings.ignore);
  if (!selection)
    return selection;
  for (const RuleSetting& setting : inputs.settings.rules) {
    if (setting.off)
      selection->ignore.push_back(setting.rule);
  }
  selection->rests_on = options.show_proved;
  return selection;
}

void set_severities(const Settings& settings, std::vector<checks::Finding>& findings) {
  for (checks::Finding& finding : findings) {
    for (const RuleSetting& setting : settings.rules) {
      if (setting.rule == finding.rule && setting.severity)
        finding.severity = *setting.severity;
    }
  }
}

// Suppressions, and findings about suppressions.
void suppress(const Inputs& inputs, const checks::CheckSelection& selection, const Options& options,
              const Machine& machine, std::vector<checks::Finding>& findings) {
  const std::string& today = options.today.empty() ? machine.today : options.today;
  const std::vector<bool> used =
      apply_suppressions(inputs.settings, today, machine, inputs.sources, findings);
  if (!chosen(selection, "GP0010"))
    return;
  Settings asked = inputs.settings;  // a suppression of a rule that was not asked is not unused
  std::vector<bool> asked_used = used;
  for (std::size_t i = asked.suppressions.size(); i-- > 0;) {
    if (chosen(selection, asked.suppressions[i].rule))
      continue;
    asked.suppressions.erase(asked.suppressions.begin() + static_cast<std::ptrdiff_t>(i));
    asked_used.erase(asked_used.begin() + static_cast<std::ptrdiff_t>(i));
  }
  std::vector<checks::Finding> unused = unused_suppressions(asked, asked_used, inputs.files, machine);
  std::move(unused.begin(), unused.end(), std::back_inserter(findings));
}

void sort(const base::SourceMap& sources, std::vector<checks::Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [&sources](const auto& left, const auto& right) {
    const base::Location l = sources.locate(left.primary.span);
    const base::Location r = sources.locate(right.primary.span);
    return std::tie(l.file_name, l.begin, left.rule) < std::tie(r.file_name, r.begin, right.rule);
  });
}

}  // namespace

base::Expected<int> check(const Options& options, const Machine& machine) {
  const auto requests = requested_reports(options, all_formats());
  if (!requests)
    return tl::unexpected<base::Error>(requests.error());

  // Settings, files, documents, policies.
  const auto read = read_inputs(options.arguments, options, machine);
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  const Inputs& inputs = **read;
  const auto selection = choose(inputs, options);
  if (!selection)
    return tl::unexpected<base::Error>(selection.error());

  // Questions to the prover; answers that were replayed.
  ProgressLine progress(machine, machine.errors_is_terminal && options.quiet == 0);
  checks::World world = cli::world(inputs, options);
  world.progress = [&progress](std::size_t done, std::size_t total) {
    progress.update_policies(done, total);
  };
  checks::CheckResult result =
      checks::check_policies(subjects(inputs), inputs.diagnostics, world, *selection);
  progress.clear();

  result.assumptions.insert(result.assumptions.end(), inputs.configuration.assumptions.begin(),
                            inputs.configuration.assumptions.end());

  // What the organisation says about its findings.
  set_severities(inputs.settings, result.findings);
  suppress(inputs, *selection, options, machine, result.findings);
  sort(inputs.sources, result.findings);
  const int code = gate_exit_code(result.findings, result.claims, inputs.settings.fail_on.value_or(FailOn{}),
                                  options.allow_undecided);

  // Reports.
  const reports::Report report = make_report(inputs, std::move(result));
  reports::RenderOptions render = render_options(options, machine);
  render.exit_code = code;
  const auto delivered = deliver(
      *requests,
      [&](const ReportRequest& request) {
        reports::RenderOptions own = render;
        own.colour = own.colour && request.file.empty();
        return reports::find_renderer(request.format)->render(report, own);
      },
      options, machine);
  if (!delivered)
    return tl::unexpected<base::Error>(delivered.error());
  add_step_summary(*requests, report, render, machine);
  return code;
}

}  // namespace grantproof::cli
