// SPDX-License-Identifier: Apache-2.0
//
// What several formats say in the same words: places, names of statements, witnesses on one line, and the
// counts.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/render_options.h"
#include "reports/report.h"

namespace grantproof::reports {

// The rule that says that a question was not answered. It has a severity of its own in machine formats.
inline constexpr std::string_view kUndecidedRule = "GP0006";

struct Counts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;
  std::size_t suppressed = 0;
  std::size_t hidden = 0;  // below RenderOptions::lowest_severity; they are in errors, warnings, notes, too
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
};
Counts count(const Report& report, const RenderOptions& options);

// The findings to print, in the report's order: not suppressed, and not below the severity that is asked for.
std::vector<const checks::Finding*> shown_findings(const Report& report, const RenderOptions& options);
// The same, most severe first: for readers that stop early.
std::vector<const checks::Finding*> most_severe_first(std::vector<const checks::Finding*> findings);

// "1 error", "2 errors"
std::string counted(std::size_t number, std::string_view noun);

// "PartnerPut" in quotes for a Sid; "statement 3" as it is. Quoted text and "statement …" are left alone.
std::string quoted_statement(std::string_view statement);

// ClaimResult::subject is a path, with what the policy is attached to in parentheses where that is known:
// "policies/orders-bus.json (event-bus/orders)".
struct Subject {
  std::string_view path;
  std::string_view attached_to;  // empty where not known
};
Subject split_subject(std::string_view subject);

// "policies/orders-bus.json: 2 claims proved, 1 refuted, 0 undecided", one line a document; documents for
// which everything is proved only where they are asked for.
std::vector<std::string> claim_count_lines(const Report& report, const RenderOptions& options);
// "checked 14 files, 17 policies, 63 claims: 1 error, 0 warnings (2 suppressed)"
std::string count_line(const Report& report, const RenderOptions& options);

// A path as a reader of the repository writes it: no "./" before it.
std::string_view tidy_path(std::string_view path);

// The witness in a few words: "arn:aws:iam::999999999999:role/anyone", "events:source = com.partner.orders",
// …
std::vector<std::string> witness_words(const checks::FindingWitness& witness);

}  // namespace grantproof::reports
