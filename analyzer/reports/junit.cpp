// SPDX-License-Identifier: Apache-2.0
//
// Proofs as a test report: one suite a document, one test case a claim. passed = proved, failure = refuted,
// error = undecided, skipped = suppressed. Findings that no claim stands for (mistakes of grammar) are
// failing cases of their own. Severities that are not shown elsewhere are still here: a refuted claim never
// looks like a proved one.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "access/request.h"
#include "reports/renderer.h"
#include "reports/summary.h"
#include "reports/text.h"
#include "reports/xml.h"
#include "syntax/json_writer.h"

namespace grantproof::reports {
namespace {

using checks::ClaimResult;
using checks::Finding;
using checks::VerdictKind;

enum class Result { kPassed, kFailure, kError, kSkipped };

struct TestCase {
  std::string name;
  std::optional<std::uint32_t> line;
  Result result = Result::kPassed;
  std::string message;  // not for kPassed
  std::string body;     // kPassed: what goes to system-out
};

struct Suite {
  std::vector<TestCase> cases;
  std::vector<const ClaimResult*> claims;
  std::vector<const Finding*> findings;
};

std::string_view file_of(const base::SourceMap& sources, const base::Label& label) {
  return tidy_path(sources.locate(label.span).file_name);
}

// "GP2001" of "GP2001 putevents-open-to-all"; nothing where the claim has a name of its own.
std::string_view rule_of(std::string_view claim) {
  const std::string_view word = claim.substr(0, claim.find(' '));
  const bool rule = word.starts_with("GP") && word.size() > 2 &&
                    std::all_of(word.begin() + 2, word.end(), [](char c) { return '0' <= c && c <= '9'; });
  return rule ? word : std::string_view{};
}

// "event-bus/orders" of "arn:aws:events:us-east-1:111122223333:event-bus/orders"
std::string_view resource_of(std::string_view attached_to) {
  if (!attached_to.starts_with("arn:"))
    return attached_to;
  std::string_view rest = attached_to;
  for (int part = 0; part < 5; ++part) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos)
      return attached_to;
    rest.remove_prefix(colon + 1);
  }
  return rest;
}

// "GP2001 event-bus/orders"
std::string case_name(const ClaimResult& claim) {
  const std::string_view attached_to = resource_of(split_subject(claim.subject).attached_to);
  if (attached_to.empty())
    return claim.claim;
  const std::string_view rule = rule_of(claim.claim);
  return fmt::format("{} {}", rule.empty() ? std::string_view(claim.claim) : rule, attached_to);
}

bool same_request(const std::optional<checks::FindingWitness>& left,
                  const std::optional<checks::FindingWitness>& right) {
  return left && right &&
         syntax::write_json(access::write_request(left->request)) ==
             syntax::write_json(access::write_request(right->request));
}

// The findings that say what the claim's verdict says: of the same rule and, where one has it, the same
// request.
std::vector<const Finding*> findings_of(const ClaimResult& claim,
                                        const std::vector<const Finding*>& findings) {
  std::vector<const Finding*> result;
  const std::string_view rule =
      claim.verdict == VerdictKind::kUndecided ? kUndecidedRule : rule_of(claim.claim);
  if (claim.verdict == VerdictKind::kProved || rule.empty())
    return result;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(result),
               [&](const Finding* finding) { return finding->rule == rule; });
  std::vector<const Finding*> exact;
  std::copy_if(result.begin(), result.end(), std::back_inserter(exact),
               [&](const Finding* finding) { return same_request(finding->witness, claim.witness); });
  return exact.empty() ? result : exact;
}

TestCase finding_case(const base::SourceMap& sources, const Finding& finding) {
  TestCase result;
  result.name = finding.slug.empty() ? finding.rule : finding.rule + ' ' + finding.slug;
  result.line = sources.locate(finding.primary.span).begin.line;
  result.message = finding.message;
  result.body = finding_text(sources, finding, RenderOptions{});
  if (finding.suppressed) {
    result.result = Result::kSkipped;
    result.message = finding.suppression_reason;
  } else if (finding.rule == kUndecidedRule) {
    result.result = Result::kError;
  } else {
    result.result = finding.severity == base::Severity::kNote ? Result::kPassed : Result::kFailure;
  }
  return result;
}

// The worst of what is said about a refuted claim; a refuted claim without a finding is a failure, too.
TestCase refuted_case(const base::SourceMap& sources, const ClaimResult& claim,
                      const std::vector<const Finding*>& findings) {
  TestCase worst;
  bool first = true;
  std::string body;
  for (const Finding* finding : findings) {
    TestCase one = finding_case(sources, *finding);
    if (!finding->suppressed)
      body += one.body;
    const auto rank = [](Result result) {
      return result == Result::kFailure ? 0 : result == Result::kPassed ? 1 : 2;
    };
    if (first || rank(one.result) < rank(worst.result))
      worst = std::move(one);
    first = false;
  }
  if (first) {
    worst.result = Result::kFailure;
    worst.message = "refuted";
    if (claim.witness)
      body = witness_text(*claim.witness, RenderOptions{});
  }
  worst.body = std::move(body);
  return worst;
}

TestCase claim_case(const base::SourceMap& sources, const ClaimResult& claim,
                    const std::vector<const Finding*>& findings) {
  TestCase result;
  if (claim.verdict == VerdictKind::kRefuted) {
    result = refuted_case(sources, claim, findings);
  } else if (claim.verdict == VerdictKind::kUndecided) {
    result.result = Result::kError;
    result.message = claim.reason.empty() ? "no reason was given" : claim.reason;
  }
  result.name = case_name(claim);
  if (!result.line && !claim.rests_on.empty()) {
    result.line = sources.locate(claim.rests_on.front().span).begin.line;
  }
  return result;
}

void fill(const base::SourceMap& sources, Suite& suite) {
  std::vector<const Finding*> said;
  for (const ClaimResult* claim : suite.claims) {
    const std::vector<const Finding*> findings = findings_of(*claim, suite.findings);
    said.insert(said.end(), findings.begin(), findings.end());
    suite.cases.push_back(claim_case(sources, *claim, findings));
  }
  for (const Finding* finding : suite.findings) {
    if (std::find(said.begin(), said.end(), finding) == said.end()) {
      suite.cases.push_back(finding_case(sources, *finding));
    }
  }
}

// "policies/orders-bus" of "policies/orders-bus.json"
std::string_view without_extension(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::size_t slash = path.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return dot == std::string_view::npos || dot <= name ? path : path.substr(0, dot);
}

std::string counts(const std::vector<TestCase>& cases) {
  const auto number = [&](Result result) {
    return std::count_if(cases.begin(), cases.end(),
                         [&](const TestCase& one) { return one.result == result; });
  };
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", cases.size(),
                     number(Result::kFailure), number(Result::kError), number(Result::kSkipped));
}

void write_case(std::string_view path, const TestCase& one, std::string& out) {
  out += fmt::format(R"(    <testcase name="{}" classname="{}" file="{}")", xml_attribute(one.name),
                     xml_attribute(without_extension(path)), xml_attribute(path));
  if (one.line)
    out += fmt::format(R"( line="{}")", *one.line);
  const std::string message = xml_attribute(one.message);
  switch (one.result) {
    case Result::kPassed:
      if (one.body.empty()) {
        out += "/>\n";
        return;
      }
      out += fmt::format(">\n      <system-out>{}</system-out>\n", xml_text(one.body));
      break;
    case Result::kFailure:
      out += fmt::format(">\n      <failure type=\"refuted\" message=\"{}\">{}</failure>\n", message,
                         xml_text(one.body));
      break;
    case Result::kError:
      out += fmt::format(">\n      <error type=\"undecided\" message=\"{}\">{}</error>\n", message,
                         xml_text(one.body));
      break;
    case Result::kSkipped:
      out += fmt::format(">\n      <skipped message=\"{}\"/>\n", message);
      break;
  }
  out += "    </testcase>\n";
}

}  // namespace

std::string render_junit(const Report& report, const RenderOptions& /*options*/) {
  std::map<std::string_view, Suite> suites;
  for (const ClaimResult& claim : report.claims) {
    suites[tidy_path(split_subject(claim.subject).path)].claims.push_back(&claim);
  }
  for (const Finding& finding : report.findings) {
    suites[file_of(*report.sources, finding.primary)].findings.push_back(&finding);
  }
  // A report without a test case looks as if the tool had not run.
  if (suites.empty())
    suites["grantproof"].cases.push_back({"nothing to check", {}, Result::kPassed, "", ""});

  std::vector<TestCase> all;
  std::string body;
  for (auto& [path, suite] : suites) {
    if (report.sources != nullptr)
      fill(*report.sources, suite);
    body += fmt::format("  <testsuite name=\"{}\" {}>\n", xml_attribute(path), counts(suite.cases));
    for (const TestCase& one : suite.cases)
      write_case(path, one, body);
    body += "  </testsuite>\n";
    all.insert(all.end(), suite.cases.begin(), suite.cases.end());
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"grantproof\" {}>\n{}</testsuites>\n",
      counts(all), body);
}

}  // namespace grantproof::reports
