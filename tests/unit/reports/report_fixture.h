// SPDX-License-Identifier: Apache-2.0
//
// One report that every renderer is tested on: an open event bus with everything a finding can say, a
// spelling mistake in a policy on one long line, a suppressed finding, and claims with each verdict.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "reports/report.h"

namespace grantproof::reports {

inline constexpr std::string_view kBusPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "PartnerPut",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "events:PutEvents",
      "Resource": "arn:aws:events:us-east-1:111122223333:event-bus/orders",
      "Condition": { "StringLike": { "events:source": "com.partner.*" } }
    }
  ]
}
)";

// A policy on one line, 5,000 columns and more, with a misspelt element in the middle.
inline std::string minified_policy() {
  std::string resources = R"("arn:aws:s3:::bucket-0/*")";
  for (int index = 1; index < 200; ++index)
    resources += R"(,"arn:aws:s3:::bucket-)" + std::to_string(index) + R"(/*")";
  return R"({"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":[)" +
         resources + R"(],"Conditon":{},"NotAction":"s3:PutObject","Action":[)" + resources + "]}]}";
}

// The first place of `text` in the file. Tests name texts that are there.
inline base::Span span_of(const base::SourceMap& sources, base::FileId file, std::string_view text) {
  const std::size_t begin = sources.text(file).find(text);
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + text.size())};
}

struct Fixture {
  std::unique_ptr<base::SourceMap> sources = std::make_unique<base::SourceMap>();
  base::FileId bus{};
  base::FileId minified{};
  Report report;
};

inline checks::FindingWitness open_bus_witness() {
  checks::FindingWitness witness;
  witness.request.principal = {access::CallerKind::kRole, "arn:aws:iam::999999999999:role/anyone",
                               "999999999999"};
  witness.request.action = "events:PutEvents";
  witness.request.resource = {"arn:aws:events:us-east-1:111122223333:event-bus/orders", "111122223333"};
  witness.request.context["events:source"] = {"events:source", false, {"com.partner.orders"}};
  witness.decision = R"(allowed, decided by statement "PartnerPut")";
  witness.rows = {{"principal", "arn:aws:iam::999999999999:role/anyone"},
                  {"action", "events:PutEvents"},
                  {"resource", "arn:aws:events:us-east-1:111122223333:event-bus/orders"},
                  {"events:source", "com.partner.orders"},
                  {"events:detail-type", "(any)"},
                  {"aws:PrincipalOrgID", "(absent)"}};
  return witness;
}

inline checks::Finding open_bus_finding(const Fixture& fixture) {
  checks::Finding finding;
  finding.rule = "GP2001";
  finding.slug = "putevents-open-to-all";
  finding.message = "any AWS account can put events on this bus";
  finding.primary = {span_of(*fixture.sources, fixture.bus, "\"*\""), "everyone, in every account"};
  finding.secondary = {{span_of(*fixture.sources, fixture.bus, "\"com.partner.*\""),
                        "chosen by the sender; it does not say who the sender is"}};
  finding.witness = open_bus_witness();
  finding.assumed = {"account 999999999999 lets its own role call events:PutEvents"};
  finding.help =
      "name the partner account, or keep \"*\" and require your organization; with this change the claim is "
      "proved:";
  finding.remedy_lines = {
      R"(      "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-exampleorgid" },)",
      R"(                     "StringLike":   { "events:source": "com.partner.*" } })"};
  finding.statement = "PartnerPut";
  finding.fingerprint = "3f9c0123456789abcdef0123456789ab";
  return finding;
}

inline checks::Finding misspelt_finding(const Fixture& fixture) {
  checks::Finding finding;
  finding.rule = "GP1002";
  finding.slug = "unknown-element";
  finding.severity = base::Severity::kWarning;
  finding.message = "\"Conditon\" is no element of a statement";
  finding.primary = {span_of(*fixture.sources, fixture.minified, "\"Conditon\""), ""};
  finding.help = "did you mean \"Condition\"?";
  finding.statement = "Read";
  finding.fingerprint = "00112233445566778899aabbccddeeff";
  return finding;
}

inline checks::Finding suppressed_finding(const Fixture& fixture) {
  checks::Finding finding;
  finding.rule = "GP2003";
  finding.slug = "putevents-any-detail-type";
  finding.severity = base::Severity::kNote;
  finding.message = "events of every detail-type are accepted";
  finding.primary = {span_of(*fixture.sources, fixture.bus, "\"events:PutEvents\""), ""};
  finding.statement = "PartnerPut";
  finding.fingerprint = "ffeeddccbbaa99887766554433221100";
  finding.suppressed = true;
  finding.suppression_reason = "retired in Q1, OPS-812";
  return finding;
}

inline std::vector<RuleText> fixture_rules() {
  RuleText open;
  open.id = "GP2001";
  open.slug = "putevents-open-to-all";
  open.severity = base::Severity::kError;
  open.security_severity = "8.0";
  open.precision = "very-high";
  open.title = "An event bus accepts events from every AWS account";
  open.markdown =
      "## What it proves\n\nEvery request that may put events\non the bus comes from a known account.\n\n## "
      "Why\n";
  open.tags = {"iam", "eventbridge"};
  RuleText unknown_element;
  unknown_element.id = "GP1002";
  unknown_element.slug = "unknown-element";
  unknown_element.title = "An element has a name that IAM does not know";
  return {unknown_element, open};
}

inline std::vector<checks::ClaimResult> fixture_claims(const Fixture& fixture) {
  using checks::VerdictKind;
  const base::Label statement = {span_of(*fixture.sources, fixture.bus, "{\n      \"Sid\""), "PartnerPut"};
  const std::string subject =
      "policies/orders-bus.json (arn:aws:events:us-east-1:111122223333:event-bus/orders)";
  return {
      {"GP2001 putevents-open-to-all", subject, VerdictKind::kRefuted, "", {statement}, open_bus_witness()},
      {"GP2002 putevents-outside", subject, VerdictKind::kProved, "", {statement}, std::nullopt},
      {"GP2003 putevents-any-detail-type", subject, VerdictKind::kRefuted, "", {}, std::nullopt},
      {"GP2004 putevents-any-source",
       subject,
       VerdictKind::kUndecided,
       "budget used up after 2,000,000 steps",
       {},
       std::nullopt},
      {"GP4001 putevents-every-bus", "policies/read.json", VerdictKind::kProved, "", {}, std::nullopt},
  };
}

inline Fixture make_fixture() {
  Fixture fixture;
  fixture.bus = fixture.sources->add("./policies/orders-bus.json", std::string(kBusPolicy));
  fixture.minified = fixture.sources->add("policies/read.json", minified_policy());
  Report& report = fixture.report;
  report.tool_version = "0.1.0";
  report.z3_version = "4.8.12";
  report.reference_date = "2026-08-01";
  report.sources = fixture.sources.get();
  report.rules = fixture_rules();
  report.findings = {open_bus_finding(fixture), suppressed_finding(fixture), misspelt_finding(fixture)};
  report.claims = fixture_claims(fixture);
  report.files = 2;
  report.policies = 2;
  return fixture;
}

}  // namespace grantproof::reports
