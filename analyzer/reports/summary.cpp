// SPDX-License-Identifier: Apache-2.0
#include "reports/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/terminal_text.h"

namespace grantproof::reports {
namespace {

bool below(base::Severity severity, base::Severity lowest) {
  return static_cast<int>(severity) > static_cast<int>(lowest);  // kError is the first enumerator
}

void count_verdict(checks::VerdictKind verdict, Counts& counts) {
  switch (verdict) {
    case checks::VerdictKind::kProved:
      ++counts.proved;
      break;
    case checks::VerdictKind::kRefuted:
      ++counts.refuted;
      break;
    case checks::VerdictKind::kUndecided:
      ++counts.undecided;
      break;
  }
}

void count_severity(base::Severity severity, Counts& counts) {
  switch (severity) {
    case base::Severity::kError:
      ++counts.errors;
      break;
    case base::Severity::kWarning:
      ++counts.warnings;
      break;
    case base::Severity::kNote:
      ++counts.notes;
      break;
  }
}

}  // namespace

Counts count(const Report& report, const RenderOptions& options) {
  Counts counts;
  for (const checks::Finding& finding : report.findings) {
    if (finding.suppressed) {
      ++counts.suppressed;
      continue;
    }
    count_severity(finding.severity, counts);
    if (below(finding.severity, options.lowest_severity))
      ++counts.hidden;
  }
  for (const checks::ClaimResult& claim : report.claims)
    count_verdict(claim.verdict, counts);
  return counts;
}

std::vector<const checks::Finding*> shown_findings(const Report& report, const RenderOptions& options) {
  std::vector<const checks::Finding*> result;
  for (const checks::Finding& finding : report.findings) {
    if (!finding.suppressed && !below(finding.severity, options.lowest_severity))
      result.push_back(&finding);
  }
  return result;
}

std::vector<const checks::Finding*> most_severe_first(std::vector<const checks::Finding*> findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto* left, const auto* right) { return left->severity < right->severity; });
  return findings;
}

std::string counted(std::size_t number, std::string_view noun) {
  if (number == 1)
    return fmt::format("1 {}", noun);
  if (noun.ends_with('y'))
    return fmt::format("{} {}ies", number, noun.substr(0, noun.size() - 1));
  return fmt::format("{} {}s", number, noun);
}

std::string quoted_statement(std::string_view statement) {
  if (statement.empty() || statement.starts_with("statement ") || statement.starts_with('"')) {
    return std::string(statement);
  }
  return fmt::format("\"{}\"", statement);
}

Subject split_subject(std::string_view subject) {
  const std::size_t open = subject.rfind(" (");
  if (open == std::string_view::npos || !subject.ends_with(')'))
    return {subject, {}};
  return {subject.substr(0, open), subject.substr(open + 2, subject.size() - open - 3)};
}

std::vector<std::string> claim_count_lines(const Report& report, const RenderOptions& options) {
  std::map<std::string_view, Counts> documents;
  for (const checks::ClaimResult& claim : report.claims) {
    count_verdict(claim.verdict, documents[split_subject(claim.subject).path]);
  }
  std::vector<std::string> lines;
  for (const auto& [path, counts] : documents) {
    if (counts.refuted + counts.undecided == 0 && !options.show_proved)
      continue;
    lines.push_back(fmt::format("{}: {} proved, {} refuted, {} undecided", printable(path, options.ascii),
                                counted(counts.proved, "claim"), counts.refuted, counts.undecided));
  }
  return lines;
}

std::string count_line(const Report& report, const RenderOptions& options) {
  const Counts counts = count(report, options);
  std::string line = fmt::format("checked {}, {}, {}: {}, {}", counted(report.files, "file"),
                                 counted(report.policies, "policy"), counted(report.claims.size(), "claim"),
                                 counted(counts.errors, "error"), counted(counts.warnings, "warning"));
  if (counts.notes > 0)
    line += ", " + counted(counts.notes, "note");
  if (counts.undecided > 0)
    line += fmt::format(", {} undecided", counts.undecided);
  if (counts.suppressed > 0 && counts.hidden > 0) {
    line += fmt::format(" ({} suppressed, {} not shown)", counts.suppressed, counts.hidden);
  } else if (counts.suppressed > 0) {
    line += fmt::format(" ({} suppressed)", counts.suppressed);
  } else if (counts.hidden > 0) {
    line += fmt::format(" ({} not shown)", counts.hidden);
  }
  return line;
}

std::string_view tidy_path(std::string_view path) {
  while (path.starts_with("./") && path.size() > 2) {
    path.remove_prefix(2);
    while (path.starts_with('/') && path.size() > 1)
      path.remove_prefix(1);
  }
  return path;
}

std::vector<std::string> witness_words(const checks::FindingWitness& witness) {
  std::vector<std::string> words;
  const access::Caller& caller = witness.request.principal;
  words.push_back(caller.id.empty() ? std::string(access::name(caller.kind)) : caller.id);
  if (!witness.rows.empty()) {
    for (const auto& [name, value] : witness.rows) {
      // As the rows have it: a session may be shown as the role that people know.
      if (name == "principal")
        words.front() = value;
      const bool said = name == "principal" || name == "action" || name == "resource";
      if (!said && value != "(absent)" && value != "(any)")
        words.push_back(fmt::format("{} = {}", name, value));
    }
    return words;
  }
  for (const auto& [folded, value] : witness.request.context) {
    words.push_back(fmt::format("{} = {}", value.key, fmt::join(value.values, ", ")));
  }
  return words;
}

}  // namespace grantproof::reports
