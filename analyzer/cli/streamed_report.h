// SPDX-License-Identifier: Apache-2.0
//
// A report of match or replay, written while events come: text, one JSON document ("json"), or JSON lines
// ("ndjson"). To standard output piece by piece; a file has the whole report or the old one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "cli/machine.h"
#include "cli/options.h"

namespace grantproof::cli {

class StreamedReport {
 public:
  // `name` of the JSON document: "grantproof-match/1"
  StreamedReport(ReportRequest request, std::string_view name, const Options& options,
                 const Machine& machine);

  const std::string& format() const { return request_.format; }
  // Takes objects, on one line each; else text.
  bool is_json() const { return request_.format == "json" || request_.format == "ndjson"; }

  void event(std::string_view object);
  void summary(std::string_view object);
  void text(std::string_view text);
  // Behind the last of these.
  base::Expected<void> finish();

 private:
  ReportRequest request_;
  std::string begin_;  // of the JSON document
  bool silent_ = false;
  const Machine& machine_;
  bool first_ = true;
  std::string kept_;
};

std::vector<StreamedReport> streamed_reports(const std::vector<ReportRequest>& requests,
                                             std::string_view name, const Options& options,
                                             const Machine& machine);

}  // namespace grantproof::cli
