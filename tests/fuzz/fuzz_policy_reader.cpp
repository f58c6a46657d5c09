// SPDX-License-Identifier: Apache-2.0
//
// Any bytes, read as JSON and then as a policy of each type: no crash, every span inside its source, and what
// was read without an error is written and read again unchanged.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "aws/reference.h"
#include "policy/policy_reader.h"
#include "policy/policy_writer.h"
#include "syntax/json_reader.h"

namespace {

using namespace grantproof;

[[noreturn]] void fail(const char* what, const std::string& detail) {
  std::fprintf(stderr, "%s: %s\n", what, detail.c_str());
  std::abort();
}

void check_span(const base::SourceMap& sources, base::Span span, const char* what) {
  if (span.begin > span.end || span.end > sources.text(span.file).size())
    fail("a span outside of its source", what);
  sources.locate(span);
}

void check_spans(const base::SourceMap& sources, const policy::Policy& policy) {
  check_span(sources, policy.span, "policy");
  for (const policy::Statement& statement : policy.statements) {
    check_span(sources, statement.span, "statement");
    check_span(sources, statement.effect_span, "effect");
    check_span(sources, statement.action.span, "action");
    for (const policy::Text& text : statement.action.patterns)
      check_span(sources, text.span, "action pattern");
    if (statement.resource.has_value()) {
      check_span(sources, statement.resource->span, "resource");
      for (const policy::Text& text : statement.resource->patterns)
        check_span(sources, text.span, "resource pattern");
    }
    if (statement.principal.has_value()) {
      check_span(sources, statement.principal->span, "principal");
      for (const policy::Principal& entry : statement.principal->principals)
        check_span(sources, entry.span, "entry");
    }
    for (const policy::Condition& condition : statement.conditions) {
      if (condition.op == nullptr)
        fail("a condition without an operator", condition.key.name);
      check_span(sources, condition.operator_span, "operator");
      check_span(sources, condition.key_span, "key");
      check_span(sources, condition.values_span, "values");
      for (const policy::ConditionValue& value : condition.values)
        check_span(sources, value.span, "value");
    }
  }
}

bool is_understood(const policy::Policy& policy) {
  for (const policy::Statement& statement : policy.statements) {
    if (!statement.understood)
      return false;
  }
  return policy.understood;
}

void check_round_trip(const policy::Policy& policy) {
  const std::string written = policy::write_policy(policy, -1);
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("written.json", written);
  const std::optional<syntax::Node> node = syntax::read_json(sources, file, sink);
  if (!node.has_value())
    fail("what was written is no JSON", written);
  const policy::Policy again = policy::read_policy(*node, policy.type, {}, sink);
  if (sink.errors() != 0 || !is_understood(again))
    fail("what was written has an error", written);
  const std::string twice = policy::write_policy(again, -1);
  if (twice != written)
    fail("what was written reads differently", written + "\n" + twice);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::SourceMap sources;
  base::DiagnosticSink json;
  const base::FileId file = sources.add("input.json", std::string(data, data + size));
  const std::optional<syntax::Node> node = syntax::read_json(sources, file, json);
  if (!node.has_value())
    return 0;

  const policy::PolicyReaderOptions options{.reference = &aws::Reference::embedded()};
  for (int type = 0; type <= static_cast<int>(policy::PolicyType::kVpcEndpoint); ++type) {
    base::DiagnosticSink sink;
    const policy::Policy policy =
        policy::read_policy(*node, static_cast<policy::PolicyType>(type), options, sink);
    check_spans(sources, policy);
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      check_span(sources, diagnostic.primary.span, diagnostic.rule.c_str());
      for (const base::Label& label : diagnostic.secondary)
        check_span(sources, label.span, diagnostic.rule.c_str());
    }
    // A duplicate JSON key is the JSON reader's error; what it makes ambiguous the policy reader marks.
    if (sink.errors() == 0 && is_understood(policy))
      check_round_trip(policy);
  }
  return 0;
}
