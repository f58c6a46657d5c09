// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/diagnostic_text.h"

namespace grantproof::cli {

base::Expected<std::vector<ReportRequest>> requested_reports(const Options& options,
                                                             const std::vector<std::string_view>& formats) {
  if (options.reports.empty())
    return std::vector<ReportRequest>{ReportRequest{"text", ""}};
  for (const ReportRequest& request : options.reports) {
    if (std::find(formats.begin(), formats.end(), request.format) == formats.end()) {
      std::string all;
      for (const std::string_view format : formats)
        all += fmt::format("{}{}", all.empty() ? "" : ", ", format);
      return base::error(fmt::format("--report: this command has no '{}'; it has {}", request.format, all));
    }
  }
  return options.reports;
}

base::Expected<void> deliver(const std::vector<ReportRequest>& requests, const RenderReport& render,
                             const Options& options, const Machine& machine) {
  constexpr unsigned kSilent = 2;
  for (const ReportRequest& request : requests) {
    if (request.file.empty()) {
      if (options.quiet < kSilent)
        machine.output(render(request));
      continue;
    }
    if (auto written = machine.files->write_file(request.file, render(request)); !written)
      return written;
  }
  return {};
}

void say_mistakes(const base::SourceMap& sources, const base::DiagnosticSink& sink, const Options& options,
                  const Machine& machine) {
  if (options.quiet > 0)
    return;
  if (const std::string text = error_text(sources, sink); !text.empty())
    machine.errors(text + "\n");
}

}  // namespace grantproof::cli
