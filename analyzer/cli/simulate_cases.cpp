// SPDX-License-Identifier: Apache-2.0
#include "cli/simulate_cases.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "access/case_file.h"
#include "cli/case_lines.h"
#include "cli/commands.h"
#include "cli/diagnostic_text.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "syntax/json_writer.h"

namespace grantproof::cli {
namespace {

class CaseRun {
 public:
  CaseRun(CaseLines& lines, const Machine& machine) : lines_(lines), machine_(machine) {}

  void line(std::string_view text) {
    // A map for each line: what was decided is forgotten.
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const auto read = access::read_case_line(sources, lines_.shown_path(), std::string(text), sink);
    if (!read) {
      unreadable(sources, sink);
      return;
    }
    const access::Decision decision = access::decide(read->request, read->policies);
    const bool relied_on = access::is_relied_on(decision);
    machine_.output(fmt::format("{{\"id\":{},\"result\":\"{}\"{}}}\n", syntax::json_quoted(read->id),
                                access::name(decision.outcome), relied_on ? "" : ",\"understood\":false"));
    if (!relied_on)
      not_understood(read->id, decision, sources, sink);
    if (read->expected)
      compare(read->id, *read->expected, decision.outcome);
  }

  int exit_code() const {
    if (unreadable_ > 0)
      return kWrongUse;
    return mismatches_ > 0 || not_understood_ > 0 ? kFound : kNothingFound;
  }

  std::string summary() const {
    std::string text =
        fmt::format("{}, {} with an expected result: {} agree", reports::counted(lines_.count(), "case"),
                    expected_, expected_ - mismatches_);
    const std::pair<std::size_t, std::string_view> kinds[] = {
        {mismatches_, "differ"}, {not_understood_, "not understood"}, {unreadable_, "unreadable"}};
    for (const auto& [number, what] : kinds) {
      if (number > 0)
        text += fmt::format(", {} {}", number, what);
    }
    return text + "\n";
  }

 private:
  // The line is line 1 of its own source; what people need is its number in the file.
  std::string first_mistake(const base::SourceMap& sources, const base::DiagnosticSink& sink) const {
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      if (diagnostic.severity != base::Severity::kError)
        continue;
      const std::string help = diagnostic.help.empty() ? "" : "; " + diagnostic.help;
      return fmt::format("column {}: {}{}", sources.locate(diagnostic.primary.span).begin.column,
                         diagnostic.message, help);
    }
    return "not understood";
  }

  void unreadable(const base::SourceMap& sources, const base::DiagnosticSink& sink) {
    ++unreadable_;
    machine_.output(fmt::format("{{\"id\":null,\"line\":{},\"result\":null}}\n", lines_.line()));
    lines_.complain("", first_mistake(sources, sink));
  }

  void not_understood(std::string_view id, const access::Decision& decision, const base::SourceMap& sources,
                      const base::DiagnosticSink& sink) {
    ++not_understood_;
    if (decision.allowed.unknown()) {
      lines_.complain(id, access::dependence(decision.allowed));
      return;
    }
    lines_.complain(
        id, "a part of its policies that matters was not understood: " + first_mistake(sources, sink));
  }

  void compare(std::string_view id, access::Outcome expected, access::Outcome result) {
    ++expected_;
    if (expected == result)
      return;
    ++mismatches_;
    lines_.complain(id, fmt::format("expected {}, got {}", access::name(expected), access::name(result)));
  }

  CaseLines& lines_;
  const Machine& machine_;
  std::size_t expected_ = 0;
  std::size_t mismatches_ = 0;
  std::size_t not_understood_ = 0;
  std::size_t unreadable_ = 0;
};

}  // namespace

base::Expected<int> simulate_cases(const std::string& path, bool quiet, const Machine& machine) {
  return run_cases<CaseRun>(path, quiet, machine);
}

}  // namespace grantproof::cli
