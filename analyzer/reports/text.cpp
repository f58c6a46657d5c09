// SPDX-License-Identifier: Apache-2.0
//
// For people, and for problem matchers that read the header line. Everything that comes from a document goes
// through printable(): a policy must not be able to speak to the terminal.
#include "reports/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/excerpt.h"
#include "reports/renderer.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "reports/verdict_lines.h"

namespace grantproof::reports {
namespace {

constexpr std::size_t kTextColumn = 12;        // where the text after "  witness   " begins
constexpr std::size_t kWitnessNameWidth = 22;  // names in witnesses are seldom longer

std::string shown_path(std::string_view path, const RenderOptions& options) {
  return printable(tidy_path(path), options.ascii);
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

// "  help      first line", the others under it.
void add_row(std::string_view name, std::string_view text, const RenderOptions& options, std::string& out) {
  std::string head = "  " + paint(padded(std::string(name), kTextColumn - 2), Ink::kStrong, options.colour);
  for (const std::string_view line : split_lines(text)) {
    out += head + printable(line, options.ascii) + '\n';
    head.assign(kTextColumn, ' ');
  }
}

std::string place(const base::SourceMap& sources, base::Span span, const RenderOptions& options) {
  const base::Location location = sources.locate(span);
  return fmt::format("{}:{}:{}", shown_path(location.file_name, options), location.begin.line,
                     location.begin.column);
}

void add_excerpt(const base::SourceMap& sources, const checks::Finding& finding, const RenderOptions& options,
                 std::string& out) {
  const Excerpt lines = excerpt(sources, finding.severity, finding.primary, finding.secondary, options);
  out += lines.text;
  // On one long line a column says little: the statement is named unless its name can be read in the excerpt.
  const std::string name = quoted_statement(finding.statement);
  if (!name.empty() && lines.text.find(name) == std::string::npos) {
    add_row("statement", finding.statement.starts_with("statement ") ? name.substr(10) : name, options, out);
  }
  for (const base::Label& label : lines.left_over) {
    add_row("also", fmt::format("{}: {}", place(sources, label.span, options), label.text), options, out);
  }
}

void add_assumptions(const std::vector<std::string>& assumed, const RenderOptions& options,
                     std::string& out) {
  std::string_view name = "assumed";
  for (const std::string& clause : assumed) {
    add_row(name, clause, options, out);
    name = "";
  }
}

void add_remedy(const std::vector<std::string>& lines, const RenderOptions& options, std::string& out) {
  for (const std::string& text : lines) {
    for (const std::string_view line : split_lines(text)) {
      std::string content;
      for (const Cell& cell : lay_out(line, options.ascii))
        content += cell.text;
      out += std::string(kTextColumn, ' ') + paint("+ " + content, Ink::kGood, options.colour) + '\n';
    }
  }
}

}  // namespace

std::string header_line(const base::SourceMap& sources, const checks::Finding& finding,
                        const RenderOptions& options) {
  const std::string severity(base::name(finding.severity));
  const std::string_view space = finding.slug.empty() ? "" : " ";
  return fmt::format("{}: {} {} [{}{}{}]",
                     paint(place(sources, finding.primary.span, options), Ink::kStrong, options.colour),
                     paint(severity + ':', ink(finding.severity), options.colour),
                     paint(printable(finding.message, options.ascii), Ink::kStrong, options.colour),
                     finding.rule, space, finding.slug);
}

std::string witness_text(const checks::FindingWitness& witness, const RenderOptions& options) {
  const std::string_view what =
      witness.decision.starts_with("allow") ? "a request this policy allows" : "a request";
  std::string out;
  add_row(
      "witness",
      witness.decision.empty() ? std::string(what) : fmt::format("{}, replayed: {}", what, witness.decision),
      options, out);
  std::size_t width = kWitnessNameWidth;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& [name, value] : witness.rows) {
    rows.emplace_back(printable(name, options.ascii), printable(value, options.ascii));
    width = std::max(width, columns(rows.back().first) + 2);
  }
  for (const auto& [name, value] : rows) {
    out += std::string(kTextColumn, ' ') + padded(name, width) + value + '\n';
  }
  return out;
}

std::string finding_text(const base::SourceMap& sources, const checks::Finding& finding,
                         const RenderOptions& options) {
  std::string out = header_line(sources, finding, options) + '\n';
  add_excerpt(sources, finding, options, out);
  if (finding.witness)
    out += witness_text(*finding.witness, options);
  add_assumptions(finding.assumed, options, out);
  add_row("help", finding.help, options, out);
  add_remedy(finding.remedy_lines, options, out);
  add_row("more", "grantproof explain " + finding.rule, options, out);
  return out;
}

std::string render_text(const Report& report, const RenderOptions& options) {
  std::string out;
  for (const checks::Finding* finding : shown_findings(report, options)) {
    out += finding_text(*report.sources, *finding, options) + '\n';
  }
  if (options.show_proved && !report.claims.empty()) {
    std::vector<checks::ClaimResult> proved;
    std::copy_if(report.claims.begin(), report.claims.end(), std::back_inserter(proved),
                 [](const auto& claim) { return claim.verdict == checks::VerdictKind::kProved; });
    out += verdict_lines(proved, *report.sources, options);
    if (!proved.empty())
      out += '\n';
  }
  if (!report.assumptions.empty()) {
    add_assumptions(report.assumptions, options, out);
    out += '\n';
  }
  for (const std::string& line : claim_count_lines(report, options))
    out += line + '\n';
  out += count_line(report, options) + '\n';
  return out;
}

}  // namespace grantproof::reports
