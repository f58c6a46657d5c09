// SPDX-License-Identifier: Apache-2.0
#include "policy/policy_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "policy/document_checks.h"
#include "policy/reader_context.h"
#include "policy/statement_reader.h"

namespace grantproof::policy {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

enum Element { kVersion, kId, kStatement };

const std::vector<std::string_view>& element_names() {
  static const std::vector<std::string_view> kNames = {"Version", "Id", "Statement"};
  return kNames;
}

base::Span first_byte(base::Span span) {
  span.end = std::min(span.end, span.begin + 1);
  return span;
}

// Of what is not known there may be statements of any kind.
void add_unknown_statements(Policy& policy, const Node& node) {
  for (const Effect effect : {Effect::kAllow, Effect::kDeny}) {
    Statement statement;
    statement.effect = effect;
    statement.understood = false;
    statement.span = statement.effect_span = statement.action.span = node.span;
    statement.sid_span = first_byte(node.span);
    policy.statements.push_back(std::move(statement));
  }
}

// `what` begins with "a" or with a name.
void wrong_kind(ReaderContext& context, Policy& policy, std::string_view what, const Node& node,
                std::string help) {
  policy.understood = false;
  const std::string this_one =
      what.starts_with("a ") ? "this" + std::string(what.substr(1)) : std::string(what);
  if (node.kind == NodeKind::kString && context.report_unknown(this_one, node.span, node.text)) {
    if (what != "Id")
      add_unknown_statements(policy, node);
    return;
  }
  context.report(GrammarRuleId::kElementKind, node.span,
                 std::string(what) + " is " + std::string(syntax::describe(node.kind)), std::move(help));
}

void read_version(ReaderContext& context, Policy& policy, const Node& node, const Member* member) {
  if (member == nullptr) {
    context.report(GrammarRuleId::kVersionMissing, first_byte(node.span),
                   "this policy has no Version, so the language of 2008 applies",
                   "add \"Version\": \"2012-10-17\"");
    return;
  }
  const Node& value = member->value;
  if (value.kind == NodeKind::kString && value.text == "2012-10-17") {
    policy.version = Version::k2012;
    return;
  }
  if (value.kind == NodeKind::kString && value.text == "2008-10-17") {
    context.report(GrammarRuleId::kVersionOld, value.span, "this policy is in the language of 2008",
                   "write \"2012-10-17\" unless texts with ${…} are meant literally");
    return;
  }
  policy.understood = false;
  if (context.report_unknown("Version", value.span, value.text))
    return;
  context.report(GrammarRuleId::kVersionInvalid, value.span,
                 quoted(value.text) + " is no Version of the policy language", "write \"2012-10-17\"");
}

// Source: IAM User Guide, "IAM JSON policy elements: Id".
void check_id(ReaderContext& context, const Member& member) {
  if (has_principal(context.type))
    return;
  context.report(GrammarRuleId::kIdInIdentityPolicy, member.key_span, "a policy of this type has no Id",
                 "remove Id");
}

void read_statements(ReaderContext& context, Policy& policy, const Node& node, const Member* member) {
  if (member == nullptr) {
    policy.understood = false;
    context.report(GrammarRuleId::kElementMissing, first_byte(node.span), "this policy has no Statement",
                   "add \"Statement\": [ … ]");
    return;
  }
  const Node& value = member->value;
  if (value.kind == NodeKind::kMap) {
    policy.statements.push_back(read_statement(context, value));
    return;
  }
  if (value.kind != NodeKind::kList) {
    wrong_kind(context, policy, "Statement", value, "write a list of statements");
    return;
  }
  if (value.items.empty()) {
    context.report(GrammarRuleId::kElementEmpty, value.span, "this policy has no statements",
                   "write a statement");
  }
  policy.statements.reserve(value.items.size());
  for (const Node& item : value.items) {
    if (item.kind == NodeKind::kMap) {
      policy.statements.push_back(read_statement(context, item));
    } else {
      wrong_kind(context, policy, "a statement", item, "write an object with Effect, Action and Resource");
    }
  }
}

}  // namespace

Policy read_policy(const Node& node, std::optional<PolicyType> type, const PolicyReaderOptions& options,
                   base::DiagnosticSink& sink) {
  Policy policy;
  policy.span = node.span;
  policy.type = type.has_value() ? *type : guess_policy_type(node);
  ReaderContext context;
  context.type = policy.type;
  context.reference = options.reference;
  context.sink = &sink;
  if (node.kind != NodeKind::kMap) {
    wrong_kind(context, policy, "a policy", node, "write an object with Version and Statement");
    return policy;
  }
  const auto members = find_elements(context, node, element_names(), "a policy", policy.understood);
  read_version(context, policy, node, members[kVersion]);
  context.version = policy.version;
  if (const Member* id = members[kId]) {
    if (id->value.kind == NodeKind::kString) {
      policy.id = id->value.text;
      check_id(context, *id);
    } else {
      wrong_kind(context, policy, "Id", id->value, "write a string");
    }
  }
  read_statements(context, policy, node, members[kStatement]);
  check_characters(context, node);
  check_size(context, node, policy.statements);
  return policy;
}

}  // namespace grantproof::policy
