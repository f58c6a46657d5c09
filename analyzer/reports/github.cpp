// SPDX-License-Identifier: Apache-2.0
//
// Annotations of GitHub Actions, as workflow commands on stdout. GitHub shows ten errors and ten warnings of
// a step, so the most severe come first; a plain line with the counts ends the output.
#include <fmt/format.h>

#include <array>
#include <string_view>

#include "reports/renderer.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"

namespace grantproof::reports {
namespace {

struct Escape {
  char character;
  std::string_view written;
  bool only_in_properties;
};

// actions/toolkit, packages/core/src/command.ts: escapeData and escapeProperty.
constexpr auto kEscapes = std::to_array<Escape>({
    {'%', "%25", false},
    {'\r', "%0D", false},
    {'\n', "%0A", false},
    {':', "%3A", true},
    {',', "%2C", true},
});

std::string escaped(std::string_view text, bool property) {
  std::string result;
  for (const char character : text) {
    std::string_view written(&character, 1);
    for (const Escape& escape : kEscapes) {
      if (escape.character == character && (property || !escape.only_in_properties))
        written = escape.written;
    }
    result += written;
  }
  return result;
}

std::string_view command(base::Severity severity) {
  return severity == base::Severity::kNote ? "notice" : base::name(severity);
}

std::string annotation(const base::SourceMap& sources, const checks::Finding& finding) {
  const base::Location location = sources.locate(finding.primary.span);
  const std::string file = printable(tidy_path(location.file_name), false);
  std::string line = fmt::format("::{} title=grantproof ({}),file={},line={}", command(finding.severity),
                                 escaped(finding.rule, true), escaped(file, true), location.begin.line);
  // GitHub drops annotations that have columns over several lines (found in ruff, issue 22074).
  if (location.begin.line == location.end.line) {
    line += fmt::format(",col={},endLine={},endColumn={}", location.begin.column, location.end.line,
                        location.end.column);
  } else {
    line += fmt::format(",endLine={}", location.end.line);
  }
  std::string message = printable(finding.message, false);
  if (!finding.statement.empty()) {
    message += fmt::format("\nstatement: {}", printable(finding.statement, false));
  }
  if (finding.witness) {
    message += "\nwitness: ";
    std::string_view separator;
    for (const std::string& word : witness_words(*finding.witness)) {
      message += separator;
      message += printable(word, false);
      separator = ", ";
    }
  }
  if (!finding.help.empty())
    message += "\nhelp: " + printable(finding.help, false);
  for (const std::string& text : finding.remedy_lines)
    message += "\n+ " + printable(text, false);
  return line + "::" + escaped(message, false);
}

// Text of a document in a Markdown table: no markup, no HTML, no end of cell.
std::string markdown_cell(std::string_view text) {
  std::string result;
  for (const char character : printable(text, false)) {
    if (std::string_view("\\`*_{}[]<>()#+-.!|~&@:").find(character) != std::string_view::npos)
      result += '\\';
    result += character;
  }
  return result;
}

}  // namespace

std::string render_github(const Report& report, const RenderOptions& options) {
  std::string out;
  for (const checks::Finding* finding : most_severe_first(shown_findings(report, options))) {
    out += annotation(*report.sources, *finding) + '\n';
  }
  return out + count_line(report, options) + '\n';
}

std::string render_github_step_summary(const Report& report, const RenderOptions& options) {
  std::string out = "### grantproof\n\n";
  const auto findings = most_severe_first(shown_findings(report, options));
  if (!findings.empty())
    out += "| severity | rule | place | finding |\n| --- | --- | --- | --- |\n";
  for (const checks::Finding* finding : findings) {
    const base::Location location = report.sources->locate(finding->primary.span);
    out += fmt::format("| {} | {} {} | {}:{} | {} |\n", base::name(finding->severity),
                       markdown_cell(finding->rule), markdown_cell(finding->slug),
                       markdown_cell(tidy_path(location.file_name)), location.begin.line,
                       markdown_cell(finding->message));
  }
  if (!findings.empty())
    out += '\n';
  return out + count_line(report, options) + '\n';
}

}  // namespace grantproof::reports
