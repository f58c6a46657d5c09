// SPDX-License-Identifier: Apache-2.0
#include "cli/diagnostic_text.h"

#include <fmt/format.h>

#include "reports/summary.h"
#include "reports/terminal_text.h"

namespace grantproof::cli {

std::string diagnostic_text(const base::SourceMap& sources, const base::Diagnostic& diagnostic) {
  const base::Location location = sources.locate(diagnostic.primary.span);
  std::string text =
      fmt::format("{}:{}:{}: {}: {}{}", reports::printable(reports::tidy_path(location.file_name), false),
                  location.begin.line, location.begin.column, base::name(diagnostic.severity),
                  reports::printable(diagnostic.message, false),
                  diagnostic.rule.empty() ? "" : fmt::format(" [{}]", diagnostic.rule));
  if (!diagnostic.help.empty())
    text += fmt::format("\n  {}", reports::printable(diagnostic.help, false));
  return text;
}

std::string error_text(const base::SourceMap& sources, const base::DiagnosticSink& sink) {
  // A file of nothing but mistakes has thousands; the first ones are those that help.
  constexpr std::size_t kMost = 10;
  std::string text;
  std::size_t errors = 0;
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity != base::Severity::kError)
      continue;
    if (++errors > kMost)
      continue;
    text += fmt::format("{}{}", text.empty() ? "" : "\n", diagnostic_text(sources, diagnostic));
  }
  if (errors > kMost)
    text += fmt::format("\n  … and {} more", errors - kMost);
  return text;
}

}  // namespace grantproof::cli
