// SPDX-License-Identifier: Apache-2.0
//
// A world of policies from JSON text, as tests of checks/ write them, and findings as one line each.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check_engine.h"
#include "checks/subject.h"
#include "policy/policy_reader.h"
#include "syntax/json_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::checks {

struct Policies {
  Policies() {
    world.sources = &sources;
    world.reference = &aws::Reference::embedded();
  }
  Policies(const Policies&) = delete;
  Policies& operator=(const Policies&) = delete;

  Policies& add(std::string_view json, std::optional<policy::PolicyType> type = std::nullopt,
                std::string attached_to = {}, std::string path = "policy.json") {
    const base::FileId file = sources.add(path, std::string(json));
    const std::optional<syntax::Node> node = syntax::read_json(sources, file, sink);
    if (!node)
      throw std::invalid_argument("no JSON: " + std::string(json));
    policy::PolicyReaderOptions options;
    options.reference = world.reference;
    owned.push_back(policy::read_policy(*node, type, options, sink));
    subjects.push_back({&owned.back(), std::move(path), std::move(attached_to)});
    return *this;
  }
  // One statement.
  Policies& add_statement(std::string_view json, std::optional<policy::PolicyType> type = std::nullopt,
                          std::string attached_to = {}) {
    return add(fmt::format(R"({{"Version": "2012-10-17", "Statement": [{}]}})", json), type,
               std::move(attached_to));
  }
  Policies& know_facts() {
    world.facts = {"o-exampleorgid", {"111122223333", "444455556666"}, {"555566667777"}};
    return *this;
  }
  CheckResult check(const CheckSelection& selection = {}) const {
    return check_policies(subjects, sink, world, selection);
  }
  // "GP2001@3 GP2003@3": rule and line of each finding.
  std::string findings(const CheckSelection& selection = {}) const {
    std::string text;
    for (const Finding& finding : check(selection).findings) {
      text += fmt::format("{}{}@{}", text.empty() ? "" : " ", finding.rule,
                          sources.locate(finding.primary.span).begin.line);
    }
    return text;
  }
  std::string text_at(base::Span span) const { return std::string(sources.text(span)); }

  base::SourceMap sources;
  base::DiagnosticSink sink;
  std::deque<policy::Policy> owned;
  std::vector<Subject> subjects;
  World world;
};

inline const Finding* find(const CheckResult& result, std::string_view rule) {
  for (const Finding& finding : result.findings) {
    if (finding.rule == rule)
      return &finding;
  }
  return nullptr;
}

inline const ClaimResult* find_claim(const CheckResult& result, std::string_view rule) {
  for (const ClaimResult& claim : result.claims) {
    if (claim.claim.starts_with(rule))
      return &claim;
  }
  return nullptr;
}

// The value in a row of a witness; nothing where there is no such row.
inline std::optional<std::string> row(const FindingWitness& witness, std::string_view name) {
  for (const auto& [key, value] : witness.rows) {
    if (key == name)
      return value;
  }
  return std::nullopt;
}

inline std::vector<Claim> claims_of(std::string_view yaml, base::DiagnosticSink& sink) {
  base::SourceMap sources;
  const base::FileId file = sources.add("claims.yaml", std::string(yaml));
  const std::optional<syntax::Node> node = syntax::read_yaml(sources, file, sink);
  return node ? read_claims(*node, sink) : std::vector<Claim>();
}

inline Claim claim_of(std::string_view yaml) {
  base::DiagnosticSink sink;
  const std::string text = "claims:\n  - name: claim\n" + std::string(yaml);
  std::vector<Claim> claims = claims_of(text, sink);
  if (claims.size() != 1)
    throw std::invalid_argument(sink.diagnostics().empty() ? text : sink.diagnostics().front().message);
  return std::move(claims.front());
}

// What a bus policy mostly looks like: `principal` and further elements, on the bus "orders" of 111122223333.
inline std::string bus_statement(std::string_view principal, std::string_view more = {},
                                 std::string_view sid = "Put", std::string_view effect = "Allow") {
  return fmt::format(
      R"({{"Sid": "{}", "Effect": "{}", "Principal": {}, "Action": "events:PutEvents",
          "Resource": "arn:aws:events:eu-west-1:111122223333:event-bus/orders"{}{}}})",
      sid, effect, principal, more.empty() ? "" : ", ", more);
}

}  // namespace grantproof::checks
