// SPDX-License-Identifier: Apache-2.0
#include "policy/resource_checks.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "base/unknown_text.h"
#include "policy/arn_checks.h"
#include "policy/variable_checks.h"

namespace grantproof::policy {
namespace {

using syntax::Node;

// ${AWS::AccountId}, ${Account}: left by a template; a condition key has one colon.
bool is_template_variable(std::string_view inside) {
  return inside.find("::") != std::string_view::npos || inside.find(':') == std::string_view::npos;
}

// A variable before the fifth colon. AWS documents variables for the resource part only. True: something was
// said.
bool check_early_variable(ReaderContext& context, const Node& node, const std::vector<ArnField>& fields,
                          bool& understood) {
  for (std::size_t i = 0; i < fields.size() && i < 5; ++i) {
    if (base::has_unknown(fields[i].text))
      return false;  // behind it may already be the resource part
    const std::size_t open = fields[i].text.find("${");
    if (open == std::string_view::npos)
      continue;
    const std::size_t close = fields[i].text.find('}', open);
    const std::size_t end = close == std::string_view::npos ? fields[i].text.size() : close + 1;
    const std::string_view variable = fields[i].text.substr(open, end - open);
    const base::Span span = part_of(node, fields[i].begin + open, fields[i].begin + end);
    if (is_template_variable(variable)) {
      context.report(GrammarRuleId::kArnPlaceholder, span,
                     quoted(variable) + " is a placeholder of a template" + std::string(kMatchesNothing),
                     "fill it in before the policy is used");
    } else {
      understood = false;
      context.report(
          GrammarRuleId::kVariableNotAllowed, span,
          quoted(variable) + " stands before the resource part of the ARN, where AWS documents no variables",
          "use variables only after the fifth colon of an ARN, and limit the account by a condition");
    }
    return true;
  }
  return false;
}

void check_short(ReaderContext& context, const Node& node, std::size_t fields) {
  const std::string message =
      quoted(node.text) + " has " + std::to_string(fields) + " of the six fields of an ARN";
  const std::string help = "write arn:partition:service:region:account:resource";
  switch (context.type) {
    case PolicyType::kIdentity:
    case PolicyType::kPermissionsBoundary:
    case PolicyType::kSession:
      if (node.text.ends_with('*'))
        return;
      context.report(GrammarRuleId::kArnShort, node.span,
                     message + " and stands for everything that begins with it", help);
      return;
    case PolicyType::kServiceControl:
      if (node.text.ends_with('*'))
        return;
      context.report(GrammarRuleId::kArnFormat, node.span, message + ", which AWS refuses in an SCP", help);
      return;
    case PolicyType::kResourceControl:
      context.report(GrammarRuleId::kArnFormat, node.span, message + ", which AWS refuses in an RCP", help);
      return;
    case PolicyType::kResource:
    case PolicyType::kTrust:
    case PolicyType::kKey:
    case PolicyType::kVpcEndpoint:
      if (has_wildcard(node.text))
        return;
      context.report(GrammarRuleId::kArnFormat, node.span, message + std::string(kMatchesNothing), help);
      return;
  }
}

// A text that does not begin with "arn:".
void check_no_arn(ReaderContext& context, const Node& node, bool& understood) {
  const std::string_view text = node.text;
  if (text.starts_with("execute-api:/") && context.type == PolicyType::kResource) {
    // Source: API Gateway Developer Guide, "API Gateway resource policy examples".
    understood = false;
    context.report(
        GrammarRuleId::kArnShort, node.span,
        quoted(text) +
            " is short for an ARN of the API that this policy is attached to, which is not known here",
        "write the whole ARN: arn:aws:execute-api:REGION:ACCOUNT:API/…");
    return;
  }
  if (is_placeholder(text)) {
    context.placeholders.insert(node.span.begin);
    context.report(GrammarRuleId::kArnPlaceholder, node.span,
                   quoted(text) + " is a placeholder" + std::string(kMatchesNothing),
                   "write the ARN of the resource");
    return;
  }
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  std::string help = "write an ARN, or \"*\"";
  if (begin != std::string_view::npos && begin != 0 && text.substr(begin).starts_with("arn:")) {
    help = "remove the space before the ARN";
  } else if (base::starts_with_ignoring_case(text, "arn:")) {
    help = "write \"arn\" in small letters";
  }
  context.report(GrammarRuleId::kArnFormat, node.span,
                 quoted(text) + " is no ARN" + std::string(kMatchesNothing), std::move(help));
}

}  // namespace

void check_resource(ReaderContext& context, const Node& node, bool& understood) {
  const std::string_view text = node.text;
  if (!text.empty() && text.find_first_not_of('*') == std::string_view::npos)
    return;
  if (!text.starts_with("arn:")) {
    if (base::has_unknown(text))
      return;
    check_no_arn(context, node, understood);
    return;
  }
  for (const std::string_view separator : {",arn:", ", arn:", " arn:"}) {
    if (text.find(separator) == std::string_view::npos)
      continue;
    context.report(GrammarRuleId::kArnFormat, node.span,
                   quoted(text) + " has several ARNs in one string" + std::string(kMatchesNothing),
                   "write a list of strings");
    return;
  }
  const std::vector<ArnField> fields = arn_fields(text);
  if (check_early_variable(context, node, fields, understood))
    return;
  if (check_arn_fields(context, node, fields))
    return;
  if (fields.size() < 6 && !base::has_unknown(text))
    check_short(context, node, fields.size());
  check_variables(context, node, VariablePlace::kResource, understood);
}

}  // namespace grantproof::policy
