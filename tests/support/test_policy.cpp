// SPDX-License-Identifier: Apache-2.0
#include "support/test_policy.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "syntax/json_reader.h"

namespace grantproof::tests {
namespace {

[[noreturn]] void refuse(const char* what, const base::SourceMap& sources, const base::DiagnosticSink& sink,
                         std::string_view text) {
  std::string message = what;
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    const base::Location place = sources.locate(diagnostic.primary.span);
    message += "\n  " + std::to_string(place.begin.line) + ":" + std::to_string(place.begin.column) + ": " +
               diagnostic.message;
  }
  throw std::invalid_argument(message + "\n  in: " + std::string(text));
}

}  // namespace

TestPolicy read_policy_text(std::string_view json, std::optional<policy::PolicyType> type,
                            const policy::PolicyReaderOptions& options) {
  TestPolicy result;
  const base::FileId file = result.sources.add("policy.json", std::string(json));
  const std::optional<syntax::Node> node = syntax::read_json(result.sources, file, result.sink);
  if (!node)
    refuse("the policy is no JSON document", result.sources, result.sink, json);
  result.policy = policy::read_policy(*node, type, options, result.sink);
  return result;
}

access::Request read_request_text(std::string_view json) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("request.json", std::string(json));
  const std::optional<syntax::Node> node = syntax::read_json(sources, file, sink);
  if (!node)
    refuse("the request is no JSON document", sources, sink, json);
  std::optional<access::Request> request = access::read_request(*node, sink);
  if (!request)
    refuse("this is no request", sources, sink, json);
  return std::move(*request);
}

}  // namespace grantproof::tests
