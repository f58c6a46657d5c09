// SPDX-License-Identifier: Apache-2.0
#include "cli/gate.h"

#include <gtest/gtest.h>

#include <optional>

namespace grantproof::cli {
namespace {

using base::Severity;
using checks::VerdictKind;

TEST(Gate, ExitCodes) {
  struct Case {
    const char* what = nullptr;
    std::optional<Severity> found;  // a finding of GP2001
    bool suppressed = false;
    std::optional<VerdictKind> verdict;  // of a claim; undecided ones also have their finding GP0006
    std::optional<Severity> fail_on;     // nothing: never
    bool allow_undecided = false;
    int exit_code = 0;
  };
  const Case cases[] = {
      {"nothing", {}, false, VerdictKind::kProved, Severity::kNote, false, 0},
      {"error", Severity::kError, false, {}, Severity::kError, false, 1},
      {"error at warning", Severity::kError, false, {}, Severity::kWarning, false, 1},
      {"warning at error", Severity::kWarning, false, {}, Severity::kError, false, 0},
      {"warning at warning", Severity::kWarning, false, {}, Severity::kWarning, false, 1},
      {"note at warning", Severity::kNote, false, {}, Severity::kWarning, false, 0},
      {"note at note", Severity::kNote, false, {}, Severity::kNote, false, 1},
      {"never", Severity::kError, false, VerdictKind::kUndecided, {}, false, 0},
      {"suppressed", Severity::kError, true, {}, Severity::kNote, false, 0},
      // Undecided fails whatever is asked for, unless it is allowed.
      {"undecided", {}, false, VerdictKind::kUndecided, Severity::kError, false, 1},
      {"undecided, allowed", {}, false, VerdictKind::kUndecided, Severity::kNote, true, 0},
      {"undecided, allowed, and an error", Severity::kError, false, VerdictKind::kUndecided, Severity::kError,
       true, 1},
      // A refuted claim fails by its finding: a rule of severity note is no gate.
      {"refuted", Severity::kNote, false, VerdictKind::kRefuted, Severity::kWarning, false, 0},
  };
  for (const Case& c : cases) {
    std::vector<checks::Finding> findings;
    std::vector<checks::ClaimResult> claims;
    if (c.found) {
      findings.emplace_back();
      findings.back().rule = "GP2001";
      findings.back().severity = *c.found;
      findings.back().suppressed = c.suppressed;
    }
    if (c.verdict) {
      claims.emplace_back();
      claims.back().verdict = *c.verdict;
      if (*c.verdict == VerdictKind::kUndecided) {
        findings.emplace_back();
        findings.back().rule = "GP0006";
        findings.back().severity = Severity::kWarning;
      }
    }
    EXPECT_EQ(gate_exit_code(findings, claims, FailOn{c.fail_on}, c.allow_undecided), c.exit_code) << c.what;
    // Neither the finding nor the verdict alone lets it through.
    if (c.verdict == VerdictKind::kUndecided && c.exit_code == 1) {
      EXPECT_EQ(gate_exit_code(findings, {}, FailOn{c.fail_on}, c.allow_undecided), 1) << c.what;
      EXPECT_EQ(gate_exit_code({}, claims, FailOn{c.fail_on}, c.allow_undecided), c.allow_undecided ? 0 : 1)
          << c.what;
    }
  }
}

}  // namespace
}  // namespace grantproof::cli
