// SPDX-License-Identifier: Apache-2.0
//
// Everything one run found, ready to be printed in any format. Made by cli/pipeline; the renderers only read
// it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/source.h"
#include "checks/finding.h"

namespace grantproof::reports {

struct RuleText {  // from the rule's page, for SARIF and explain
  std::string id;
  std::string slug;
  base::Severity severity = base::Severity::kWarning;
  std::string security_severity;  // "8.0"; empty where there is none
  std::string precision;
  std::string title;     // one sentence
  std::string markdown;  // the page's body
  std::vector<std::string> tags;
};

struct Report {
  std::string tool_version;
  std::string z3_version;
  std::string reference_date;
  const base::SourceMap* sources = nullptr;  // borrowed; outlives the report
  std::vector<RuleText> rules;               // every rule that exists, by id
  std::vector<checks::Finding> findings;     // sorted by file, line, column, rule
  std::vector<checks::ClaimResult> claims;   // sorted by subject, claim
  std::vector<std::string> assumptions;      // of the whole run
  std::size_t files = 0;
  std::size_t policies = 0;
};

}  // namespace grantproof::reports
