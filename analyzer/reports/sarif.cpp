// SPDX-License-Identifier: Apache-2.0
//
// SARIF 2.1.0, in the shape that GitHub's code scanning asks for ("SARIF support for code scanning"): every
// required value is present and none is empty; only the first location counts, so the others are linked from
// the message; security-severity belongs to the rule. GitHub recomputes `primaryLocationLineHash` and warns
// where ours would differ, so it is left out; our own fingerprint stands beside it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/request.h"
#include "base/text.h"
#include "reports/json_parts.h"
#include "reports/renderer.h"
#include "reports/sarif_message.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "reports/uri.h"

namespace grantproof::reports {
namespace {

using syntax::list_node;
using syntax::map_node;
using syntax::Node;

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";
// GitHub's limits: results in a run, related locations of a result, tags of a rule, characters of a
// description.
constexpr std::size_t kMostResults = 25'000;
constexpr std::size_t kMostTags = 20;
constexpr std::size_t kMostDescription = 1024;

std::string_view level(base::Severity severity) {
  return base::name(severity);  // SARIF's words are "error", "warning" and "note", too
}

std::string_view problem_severity(base::Severity severity) {
  return severity == base::Severity::kNote ? "recommendation" : base::name(severity);
}

Node message_node(std::string_view text) {
  Members members;
  members.emplace_back("text", text_node(text));
  return map_node(std::move(members));
}

Node region_node(const base::Location& location) {
  Members members;
  members.emplace_back("startLine", count_node(location.begin.line));
  members.emplace_back("startColumn", count_node(location.begin.column));
  members.emplace_back("endLine", count_node(location.end.line));
  members.emplace_back("endColumn", count_node(location.end.column));
  return map_node(std::move(members));
}

Members location_members(const base::SourceMap& sources, const base::Label& label) {
  const base::Location location = sources.locate(label.span);
  Members artifact;
  artifact.emplace_back("uri", text_node(artifact_uri(location.file_name)));
  Members physical;
  physical.emplace_back("artifactLocation", map_node(std::move(artifact)));
  physical.emplace_back("region", region_node(location));
  Members members;
  members.emplace_back("physicalLocation", map_node(std::move(physical)));
  if (!label.text.empty())
    members.emplace_back("message", message_node(literal_text(label.text)));
  return members;
}

Node rule_node(const RuleText& rule) {
  const std::string title = !rule.title.empty() ? rule.title : !rule.slug.empty() ? rule.slug : rule.id;
  const std::string paragraph = first_paragraph(rule.markdown);
  Members help;
  help.emplace_back("text", text_node(rule.markdown.empty() ? title : rule.markdown));
  add_text(help, "markdown", rule.markdown);
  Members configuration;
  configuration.emplace_back("level", text_node(level(rule.severity)));

  std::vector<std::string> tags = rule.tags;
  const bool security = !rule.security_severity.empty();
  // GitHub reads security-severity only where the rule is tagged "security".
  if (security && std::find(tags.begin(), tags.end(), "security") == tags.end()) {
    tags.insert(tags.begin(), "security");
  }
  tags.resize(std::min(tags.size(), kMostTags));
  Members properties;
  add_text(properties, "security-severity", rule.security_severity);
  add_text(properties, "precision", rule.precision);
  properties.emplace_back("problem.severity", text_node(problem_severity(rule.severity)));
  properties.emplace_back("tags", text_list(tags));

  Members members;
  members.emplace_back("id", text_node(rule.id));
  add_text(members, "name", rule.slug);
  members.emplace_back("shortDescription", message_node(title));
  members.emplace_back("fullDescription", message_node(first_characters(paragraph.empty() ? title : paragraph,
                                                                        kMostDescription)));
  members.emplace_back("help", map_node(std::move(help)));
  members.emplace_back("defaultConfiguration", map_node(std::move(configuration)));
  members.emplace_back("properties", map_node(std::move(properties)));
  return map_node(std::move(members));
}

// Rows of the witness as they are shown; the whole request where there are none.
Node witness_node(const checks::FindingWitness& witness) {
  if (witness.rows.empty())
    return access::write_request(witness.request);
  std::map<std::string_view, bool> seen;
  Members members;
  for (const auto& [name, value] : witness.rows) {
    if (seen.emplace(name, true).second)
      members.emplace_back(name, text_node(value));
  }
  return map_node(std::move(members));
}

std::string fingerprint(const checks::Finding& finding, std::string_view uri) {
  if (!finding.fingerprint.empty())
    return finding.fingerprint;
  return fmt::format("{}/{}/{}", finding.rule, uri, finding.statement);
}

Node result_node(const base::SourceMap& sources, const checks::Finding& finding, std::size_t rule_index) {
  Members members;
  members.emplace_back("ruleId", text_node(finding.rule));
  members.emplace_back("ruleIndex", count_node(rule_index));
  members.emplace_back("level", text_node(level(finding.severity)));
  members.emplace_back("message", message_node(sarif_message(finding)));
  members.emplace_back("locations", list_node({map_node(location_members(sources, finding.primary))}));

  std::vector<Node> related;
  for (const base::Label& label : linked_labels(finding)) {
    Members location;
    location.emplace_back("id", count_node(related.size() + 1));
    for (auto& member : location_members(sources, label))
      location.push_back(std::move(member));
    related.push_back(map_node(std::move(location)));
  }
  if (!related.empty())
    members.emplace_back("relatedLocations", list_node(std::move(related)));

  const std::string uri = artifact_uri(sources.locate(finding.primary.span).file_name);
  Members fingerprints;
  fingerprints.emplace_back("grantproofFinding/v1", text_node(fingerprint(finding, uri)));
  members.emplace_back("partialFingerprints", map_node(std::move(fingerprints)));
  if (finding.suppressed) {
    Members suppression;
    suppression.emplace_back("kind", text_node("external"));
    add_text(suppression, "justification", finding.suppression_reason);
    members.emplace_back("suppressions", list_node({map_node(std::move(suppression))}));
  }
  Members properties;
  add_text(properties, "statement", finding.statement);
  if (finding.witness)
    properties.emplace_back("witness", witness_node(*finding.witness));
  if (!finding.assumed.empty())
    properties.emplace_back("assumed", text_list(finding.assumed));
  if (!properties.empty())
    members.emplace_back("properties", map_node(std::move(properties)));
  return map_node(std::move(members));
}

Node invocation_node(const RenderOptions& options, std::size_t left_out) {
  Members members;
  members.emplace_back("executionSuccessful", syntax::bool_node(true));
  if (options.exit_code)
    members.emplace_back("exitCode", count_node(*options.exit_code));
  if (left_out > 0) {
    Members notification;
    notification.emplace_back("level", text_node("warning"));
    notification.emplace_back(
        "message",
        message_node(fmt::format("{} left out: code scanning takes {} results; the most severe ones are here",
                                 counted(left_out, "finding"), kMostResults)));
    members.emplace_back("toolExecutionNotifications", list_node({map_node(std::move(notification))}));
  }
  return map_node(std::move(members));
}

std::vector<const checks::Finding*> results(const Report& report, const RenderOptions& options) {
  std::vector<const checks::Finding*> result = shown_findings(report, options);
  if (!options.include_suppressed)
    return result;
  for (const checks::Finding& finding : report.findings) {
    if (finding.suppressed)
      result.push_back(&finding);
  }
  return result;
}

}  // namespace

std::string render_sarif(const Report& report, const RenderOptions& options) {
  std::vector<const checks::Finding*> findings = results(report, options);
  const std::size_t left_out = findings.size() > kMostResults ? findings.size() - kMostResults : 0;
  if (left_out > 0) {
    findings = most_severe_first(std::move(findings));
    findings.resize(kMostResults);
  }

  std::vector<Node> rules;
  std::map<std::string_view, std::size_t> indexes;
  for (const RuleText& rule : report.rules) {
    if (indexes.emplace(rule.id, rules.size()).second)
      rules.push_back(rule_node(rule));
  }
  std::vector<Node> nodes;
  for (const checks::Finding* finding : findings) {
    const auto [rule, added] = indexes.emplace(finding->rule, rules.size());
    if (added) {
      RuleText unlisted;
      unlisted.id = finding->rule;
      unlisted.slug = finding->slug;
      unlisted.severity = finding->severity;
      rules.push_back(rule_node(unlisted));
    }
    nodes.push_back(result_node(*report.sources, *finding, rule->second));
  }

  Members driver;
  driver.emplace_back("name", text_node("grantproof"));
  add_text(driver, "version", report.tool_version);
  driver.emplace_back("rules", list_node(std::move(rules)));
  Members tool;
  tool.emplace_back("driver", map_node(std::move(driver)));
  Members run;
  run.emplace_back("tool", map_node(std::move(tool)));
  if (!options.category.empty()) {
    Members details;
    details.emplace_back("id", text_node(options.category));
    run.emplace_back("automationDetails", map_node(std::move(details)));
  }
  run.emplace_back("invocations", list_node({invocation_node(options, left_out)}));
  run.emplace_back("columnKind", text_node("unicodeCodePoints"));
  run.emplace_back("results", list_node(std::move(nodes)));
  Members log;
  log.emplace_back("$schema", text_node(kSchema));
  log.emplace_back("version", text_node("2.1.0"));
  log.emplace_back("runs", list_node({map_node(std::move(run))}));
  return escape_json_for_terminals(syntax::write_json(map_node(std::move(log)), 2)) + '\n';
}

}  // namespace grantproof::reports
