// SPDX-License-Identifier: Apache-2.0
#include "cli/report_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checks/rule.h"
#include "cli/version.h"
#include "prover/z3_session.h"

namespace grantproof::cli {

std::vector<std::string_view> all_formats() {
  std::vector<std::string_view> names;
  for (const reports::Renderer& renderer : reports::renderers())
    names.push_back(renderer.name);
  return names;
}

reports::Report make_report(const Inputs& inputs, checks::CheckResult result) {
  reports::Report report;
  report.tool_version = kVersion;
  report.z3_version = prover::Z3Session::version();
  report.reference_date = inputs.reference().date();
  report.sources = &inputs.sources;
  for (const checks::Rule& rule : checks::rules()) {
    report.rules.push_back(reports::RuleText{.id = rule.id,
                                             .slug = rule.slug,
                                             .severity = rule.severity,
                                             .security_severity = rule.security_severity,
                                             .precision = rule.precision,
                                             .title = rule.title,
                                             .markdown = rule.markdown,
                                             .tags = rule.tags});
  }
  report.findings = std::move(result.findings);
  report.claims = std::move(result.claims);
  report.assumptions = std::move(result.assumptions);
  report.files = inputs.documents;
  report.policies = inputs.configuration.policies.size();
  return report;
}

void add_step_summary(const std::vector<ReportRequest>& requests, const reports::Report& report,
                      const reports::RenderOptions& options, const Machine& machine) {
  const bool github = std::any_of(requests.begin(), requests.end(),
                                  [](const ReportRequest& request) { return request.format == "github"; });
  const auto file = machine.environment("GITHUB_STEP_SUMMARY");
  if (!github || !file || file->empty())
    return;
  // Other steps of the same job may have written before.
  std::string text = machine.files->read_file(*file).value_or("");
  text += reports::render_github_step_summary(report, options);
  if (const auto written = machine.files->write_file(*file, text); !written)
    machine.errors(fmt::format("grantproof: warning: {}\n", written.error().message));
}

}  // namespace grantproof::cli
