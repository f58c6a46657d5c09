// SPDX-License-Identifier: Apache-2.0
//
// Reads a policy's text and says what the reader said, for tables: "error GP1030 "s3:Get "" is severity, rule
// and the text under the caret, so that a row asserts the place as well.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "policy/policy_reader.h"
#include "syntax/json_reader.h"

namespace grantproof::policy::tests {

struct ReadText {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  Policy policy;

  std::string describe(const base::Diagnostic& diagnostic) const {
    return std::string(base::name(diagnostic.severity)) + " " + diagnostic.rule + " " +
           std::string(sources.text(diagnostic.primary.span));
  }
  std::vector<std::string> said() const {
    std::vector<std::string> lines;
    for (const base::Diagnostic& diagnostic : sink.diagnostics())
      lines.push_back(describe(diagnostic));
    return lines;
  }
  // "line:column severity rule", in the outermost file.
  std::vector<std::string> places() const {
    std::vector<std::string> lines;
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      const base::LineColumn begin = sources.locate(diagnostic.primary.span).begin;
      lines.push_back(std::to_string(begin.line) + ":" + std::to_string(begin.column) + " " +
                      std::string(base::name(diagnostic.severity)) + " " + diagnostic.rule);
    }
    return lines;
  }
  bool understood() const {
    bool all = policy.understood;
    for (const Statement& statement : policy.statements)
      all = all && statement.understood;
    return all;
  }
};

inline ReadText read_text(std::string_view text, std::optional<PolicyType> type = std::nullopt,
                          const aws::Reference* reference = &aws::Reference::embedded()) {
  ReadText result;
  const base::FileId file = result.sources.add("policy.json", std::string(text));
  const std::optional<syntax::Node> node = syntax::read_json(result.sources, file, result.sink);
  if (!node.has_value())
    throw std::invalid_argument("no JSON: " + std::string(text));
  result.policy = read_policy(*node, type, PolicyReaderOptions{.reference = reference}, result.sink);
  return result;
}

// A policy of one statement.
inline std::string with_statement(std::string_view statement) {
  return R"({"Version":"2012-10-17","Statement":[)" + std::string(statement) + "]}";
}

}  // namespace grantproof::policy::tests
