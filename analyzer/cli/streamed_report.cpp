// SPDX-License-Identifier: Apache-2.0
#include "cli/streamed_report.h"

#include <fmt/format.h>

#include <utility>

namespace grantproof::cli {

StreamedReport::StreamedReport(ReportRequest request, std::string_view name, const Options& options,
                               const Machine& machine)
    : request_(std::move(request)),
      begin_(fmt::format(R"({{"format":"{}","events":[)", name)),
      silent_(options.quiet >= 2),
      machine_(machine) {}

void StreamedReport::event(std::string_view object) {
  if (request_.format == "ndjson")
    text(fmt::format("{}\n", object));
  else
    text(fmt::format("{}\n{}", std::exchange(first_, false) ? begin_ : ",", object));
}

void StreamedReport::summary(std::string_view object) {
  if (request_.format == "ndjson")
    text(fmt::format("{{\"summary\":{}}}\n", object));
  else
    text(fmt::format("{}],\n\"summary\":{}}}\n", first_ ? begin_ : "", object));
}

void StreamedReport::text(std::string_view text) {
  if (!request_.file.empty())
    kept_ += text;
  else if (!silent_)
    machine_.output(text);
}

base::Expected<void> StreamedReport::finish() {
  return request_.file.empty() ? base::Expected<void>() : machine_.files->write_file(request_.file, kept_);
}

std::vector<StreamedReport> streamed_reports(const std::vector<ReportRequest>& requests,
                                             std::string_view name, const Options& options,
                                             const Machine& machine) {
  std::vector<StreamedReport> reports;
  reports.reserve(requests.size());
  for (const ReportRequest& request : requests)
    reports.emplace_back(request, name, options, machine);
  return reports;
}

}  // namespace grantproof::cli
