// SPDX-License-Identifier: Apache-2.0
//
// The short forms in which `prove`, `can` and `diff` answer:
//
//   proved     only-billing-assumes-export   rests on trust/export.json:4 "BillingOnly"
//   refuted    orders-bus-internal           witness above (policies/orders-bus.json:7)
//   undecided  audit-bus-internal            budget used up after 2,000,000 steps; try --budget 10x
//
// An answer that is not known is never printed as a "no" or a "nothing". Labels of `rests_on` carry the
// statement's name (its Sid, or "statement 3") as text.
#pragma once

#include <span>
#include <string>

#include "checks/difference.h"
#include "checks/estate_difference.h"
#include "checks/finding.h"
#include "checks/who_can.h"
#include "reports/render_options.h"

namespace grantproof::reports {

// `prove`: one line a claim. A refuted claim's witness is printed before the lines, by witness_text().
std::string verdict_lines(std::span<const checks::ClaimResult> claims, const base::SourceMap& sources,
                          const RenderOptions& options);

// `prove`, the whole answer: the witnesses of refuted claims, then the lines.
std::string proof_text(std::span<const checks::ClaimResult> claims, const base::SourceMap& sources,
                       const RenderOptions& options);

// `can`: a YES for each way, with the statement that opens it and an example; or NO, or UNKNOWN, with the
// reason.
std::string can_lines(const checks::CanAnswer& answer, const base::SourceMap& sources,
                      const RenderOptions& options);

// `diff`: what was added, then what was taken away, each with the statement to blame and a witness.
std::string diff_lines(const checks::Difference& difference, const base::SourceMap& sources,
                       const RenderOptions& options);

// `diff` of several policies: each that changed as above, what is not known, and the counts.
std::string diff_lines(const checks::EstateDifference& difference, const base::SourceMap& sources,
                       const RenderOptions& options);

}  // namespace grantproof::reports
