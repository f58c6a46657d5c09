// SPDX-License-Identifier: Apache-2.0
//
// "grantproof-report/1", the format that other programs and later runs read.
// docs/reference/report.schema.json is its schema; within version 1 fields are only added. It is a record:
// suppressed findings and those below the severity that is shown are in it.
#include <algorithm>

#include "access/request.h"
#include "reports/json_parts.h"
#include "reports/renderer.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"

namespace grantproof::reports {
namespace {

using syntax::list_node;
using syntax::map_node;
using syntax::Node;

constexpr std::string_view kFormat = "grantproof-report/1";

Members location_members(const base::SourceMap& sources, base::Span span) {
  const base::Location location = sources.locate(span);
  Members members;
  members.emplace_back("file", text_node(tidy_path(location.file_name)));
  members.emplace_back("line", count_node(location.begin.line));
  members.emplace_back("column", count_node(location.begin.column));
  members.emplace_back("end_line", count_node(location.end.line));
  members.emplace_back("end_column", count_node(location.end.column));
  return members;
}

// A place, and under `key` what its label says.
Node labelled_place(const base::SourceMap& sources, const base::Label& label, std::string_view key) {
  Members members = location_members(sources, label.span);
  add_text(members, key, label.text);
  return map_node(std::move(members));
}

Node places(const base::SourceMap& sources, const std::vector<base::Label>& labels, std::string_view key) {
  std::vector<Node> items;
  items.reserve(labels.size());
  for (const base::Label& label : labels)
    items.push_back(labelled_place(sources, label, key));
  return list_node(std::move(items));
}

Node witness_node(const checks::FindingWitness& witness) {
  Members members;
  members.emplace_back("request", access::write_request(witness.request));
  members.emplace_back("decision", text_node(witness.decision));
  std::vector<Node> rows;
  for (const auto& [name, value] : witness.rows) {
    Members row;
    row.emplace_back("name", text_node(name));
    row.emplace_back("value", text_node(value));
    rows.push_back(map_node(std::move(row)));
  }
  members.emplace_back("rows", list_node(std::move(rows)));
  return map_node(std::move(members));
}

Node finding_node(const base::SourceMap& sources, const checks::Finding& finding) {
  Members members;
  members.emplace_back("rule", text_node(finding.rule));
  members.emplace_back("slug", text_node(finding.slug));
  members.emplace_back("severity", text_node(base::name(finding.severity)));
  members.emplace_back("message", text_node(finding.message));
  members.emplace_back("location", map_node(location_members(sources, finding.primary.span)));
  add_text(members, "label", finding.primary.text);
  members.emplace_back("related", places(sources, finding.secondary, "message"));
  add_text(members, "statement", finding.statement);
  if (finding.witness)
    members.emplace_back("witness", witness_node(*finding.witness));
  members.emplace_back("assumed", text_list(finding.assumed));
  add_text(members, "help", finding.help);
  if (!finding.remedy_lines.empty())
    members.emplace_back("remedy", text_list(finding.remedy_lines));
  members.emplace_back("fingerprint", text_node(finding.fingerprint));
  if (finding.suppressed) {
    members.emplace_back("suppressed", syntax::bool_node(true));
    members.emplace_back("suppression_reason", text_node(finding.suppression_reason));
  }
  return map_node(std::move(members));
}

Node claim_node(const base::SourceMap& sources, const checks::ClaimResult& claim) {
  Members members;
  members.emplace_back("claim", text_node(claim.claim));
  members.emplace_back("subject", text_node(claim.subject));
  members.emplace_back("verdict", text_node(checks::name(claim.verdict)));
  members.emplace_back("rests_on", places(sources, claim.rests_on, "statement"));
  if (claim.witness)
    members.emplace_back("witness", witness_node(*claim.witness));
  add_text(members, "reason", claim.reason);
  return map_node(std::move(members));
}

Node summary_node(const Report& report) {
  const Counts counts = count(report, RenderOptions{});
  Members members;
  members.emplace_back("files", count_node(report.files));
  members.emplace_back("policies", count_node(report.policies));
  members.emplace_back("errors", count_node(counts.errors));
  members.emplace_back("warnings", count_node(counts.warnings));
  members.emplace_back("notes", count_node(counts.notes));
  members.emplace_back("suppressed", count_node(counts.suppressed));
  members.emplace_back("proved", count_node(counts.proved));
  members.emplace_back("refuted", count_node(counts.refuted));
  members.emplace_back("undecided", count_node(counts.undecided));
  return map_node(std::move(members));
}

// Every request that was found, once: what `simulate` and `replay` take.
Node requests_node(const Report& report) {
  std::vector<std::string> seen;
  std::vector<Node> requests;
  const auto add = [&](const std::optional<checks::FindingWitness>& witness) {
    if (!witness)
      return;
    Node request = access::write_request(witness->request);
    std::string written = syntax::write_json(request);
    const auto place = std::lower_bound(seen.begin(), seen.end(), written);
    if (place != seen.end() && *place == written)
      return;
    seen.insert(place, std::move(written));
    requests.push_back(std::move(request));
  };
  for (const checks::Finding& finding : report.findings)
    add(finding.witness);
  for (const checks::ClaimResult& claim : report.claims)
    add(claim.witness);
  return list_node(std::move(requests));
}

// Which findings are about the input itself (rules GP0, GP1), not about what it grants.
Node diagnostics_node(const Report& report) {
  std::vector<Node> indexes;
  for (std::size_t index = 0; index < report.findings.size(); ++index) {
    const std::string& rule = report.findings[index].rule;
    if (rule.starts_with("GP0") || rule.starts_with("GP1"))
      indexes.push_back(count_node(index));
  }
  return list_node(std::move(indexes));
}

}  // namespace

std::string render_json(const Report& report, const RenderOptions& /*options*/) {
  Members tool;
  tool.emplace_back("version", text_node(report.tool_version));
  tool.emplace_back("z3", text_node(report.z3_version));
  tool.emplace_back("reference_date", text_node(report.reference_date));
  std::vector<Node> findings;
  for (const checks::Finding& finding : report.findings) {
    findings.push_back(finding_node(*report.sources, finding));
  }
  std::vector<Node> claims;
  for (const checks::ClaimResult& claim : report.claims)
    claims.push_back(claim_node(*report.sources, claim));
  Members members;
  members.emplace_back("format", text_node(kFormat));
  members.emplace_back("tool", map_node(std::move(tool)));
  members.emplace_back("summary", summary_node(report));
  members.emplace_back("findings", list_node(std::move(findings)));
  members.emplace_back("claims", list_node(std::move(claims)));
  members.emplace_back("witnesses", requests_node(report));
  members.emplace_back("assumptions", text_list(report.assumptions));
  members.emplace_back("diagnostics", diagnostics_node(report));
  return escape_json_for_terminals(syntax::write_json(map_node(std::move(members)), 2)) + '\n';
}

}  // namespace grantproof::reports
