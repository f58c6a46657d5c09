// SPDX-License-Identifier: Apache-2.0
#include "policy/value_checks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "base/unknown_text.h"
#include "policy/arn_checks.h"
#include "policy/condition_reader.h"
#include "policy/matching.h"
#include "policy/variable_checks.h"

namespace grantproof::policy {
namespace {

using syntax::Node;

struct Form {
  Comparison comparison;
  std::string_view what;
  std::string_view help;
};

// What a value must be, for the comparisons that cannot take any text.
constexpr std::array<Form, 6> kForms = {{
    {Comparison::kNumber, "no number", "write a decimal number, as in 3600"},
    {Comparison::kDate, "no date", "write a date such as 2026-01-31T12:00:00Z, or seconds since 1970"},
    {Comparison::kBool, "neither true nor false", "write \"true\" or \"false\""},
    {Comparison::kNull, "neither true nor false",
     "write \"true\" (the key is absent) or \"false\" (it is present)"},
    {Comparison::kBinary, "no base64 text", "write the bytes in base64"},
    {Comparison::kAddress, "no IP address or range",
     "write an address or a range, as in 203.0.113.0/24 or 2001:db8::/32"},
}};

const Form* form_of(Comparison comparison) {
  for (const Form& form : kForms) {
    if (form.comparison == comparison)
      return &form;
  }
  return nullptr;
}

bool readable(const ConditionOperator& op, std::string_view text) {
  if (op.comparison == Comparison::kNull)
    return bool_value(text).has_value();
  const Substitution any{.lookup = {}, .any = true};
  return value_test(op, parse_variables(text, Version::k2008), any).has_value();
}

// An IPv6 range with bits after its prefix reads as an address and a length, yet matches nothing.
bool has_ipv6_host_bits(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.find(':') == std::string_view::npos)
    return false;
  return parse_address_range(text.substr(0, slash)).has_value() &&
         parse_address_range("::" + std::string(text.substr(slash))).has_value();
}

void check_form(ReaderContext& context, const Condition& condition, const Form& form, const Node& node,
                bool& understood) {
  if (base::has_unknown(node.text) || readable(*condition.op, node.text))
    return;
  const std::string op = quoted(condition.op->name);
  if (condition.op->comparison == Comparison::kAddress && has_ipv6_host_bits(node.text)) {
    // Captured: unlike those of IPv4, such bits are not ignored.
    context.report(
        GrammarRuleId::kValueFormat, node.span,
        "the IPv6 range " + quoted(node.text) + " has bits after its prefix, so it matches no address",
        "write the first address of the range");
    return;
  }
  understood = false;
  if (node.text.find("${") != std::string::npos) {
    context.report(GrammarRuleId::kVariableNotAllowed, node.span,
                   quoted(node.text) + " has a policy variable, and under " + op + " none is replaced",
                   "variables are replaced under String and ARN operators only");
    return;
  }
  context.report(GrammarRuleId::kValueFormat, node.span,
                 quoted(node.text) + " is " + std::string(form.what) + ", which " + op + " needs",
                 std::string(form.help));
}

// ---- addresses

struct Block {
  std::uint32_t first;
  std::uint32_t last;
};

// Addresses that no request over the internet has. Source: RFC 1918, RFC 3927, RFC 1122.
constexpr std::array<Block, 5> kPrivate = {{
    {0x0A000000, 0x0AFFFFFF},
    {0xAC100000, 0xAC1FFFFF},
    {0xC0A80000, 0xC0A8FFFF},
    {0xA9FE0000, 0xA9FEFFFF},
    {0x7F000000, 0x7FFFFFFF},
}};

bool is_private(const AddressTest& range) {
  if (range.first.v6)
    return range.first.high >> 57 == 0x7E;  // fc00::/7, RFC 4193
  return std::any_of(kPrivate.begin(), kPrivate.end(), [&](const Block& block) {
    return block.first <= range.first.low && range.last.low <= block.last;
  });
}

std::string dotted(std::uint64_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += std::to_string(address >> shift & 0xFF);
    if (shift != 0)
      text += '.';
  }
  return text;
}

void check_address(ReaderContext& context, const Condition& condition, const Node& node) {
  const std::optional<AddressTest> range = parse_address_range(node.text);
  if (!range.has_value())
    return;
  // aws:VpcSourceIp is the key for private addresses.
  if (condition.key.folded == "aws:sourceip" && is_private(*range)) {
    context.report(GrammarRuleId::kAddressPrivate, node.span,
                   quoted(node.text) + " is private, and aws:SourceIp only ever holds public addresses",
                   "use aws:VpcSourceIp for addresses inside a VPC");
    return;
  }
  const std::size_t slash = node.text.find('/');
  if (range->first.v6 || slash == std::string::npos)
    return;
  const std::optional<Address> written = parse_address(std::string_view(node.text).substr(0, slash));
  if (written.has_value() && *written != range->first) {
    context.report(GrammarRuleId::kAddressHostBits, node.span,
                   "the range " + quoted(node.text) + " has bits after its prefix, which are ignored",
                   "write " + quoted(dotted(range->first.low) + node.text.substr(slash)));
  }
}

// ---- text and ARNs

void check_arn(ReaderContext& context, const Condition& condition, const Node& node) {
  const Substitution any{.lookup = {}, .any = true};
  if (value_test(*condition.op, value_text(*condition.op, node.text, context.version), any).has_value()) {
    check_arn_value(context, node);
    return;
  }
  context.report(GrammarRuleId::kValueFormat, node.span,
                 quoted(node.text) + " has fewer than the six fields of an ARN, so " +
                     quoted(condition.op->name) + " matches nothing with it",
                 "write arn:partition:service:region:account:resource; each field may be *");
}

void check_wildcards(ReaderContext& context, const Condition& condition, const Node& node) {
  const TextWithVariables text = value_text(*condition.op, node.text, context.version);
  const bool any = std::any_of(text.parts.begin(), text.parts.end(), [](const TextPart& part) {
    return part.kind == TextPart::Kind::kPattern && has_wildcard(part.text);
  });
  if (!any)
    return;
  const std::string_view like = condition.op->negated ? "StringNotLike" : "StringLike";
  context.report(
      GrammarRuleId::kWildcardWithoutLike, node.span,
      quoted(node.text) + " has a wildcard, which " + quoted(condition.op->name) + " takes literally",
      "write " + std::string(like) + ", or ${*} and ${?} for the characters themselves");
}

void check_both(ReaderContext& context, const Condition& condition) {
  if (condition.op->comparison != Comparison::kBool && condition.op->comparison != Comparison::kNull)
    return;
  const auto says = [&](bool wanted) {
    return std::any_of(condition.values.begin(), condition.values.end(),
                       [wanted](const ConditionValue& value) { return bool_value(value.text) == wanted; });
  };
  if (says(true) && says(false)) {
    context.report(GrammarRuleId::kBoolBoth, condition.values_span,
                   quoted(condition.key.name) + " is compared with both true and false",
                   "keep one of the two");
  }
}

// A wildcard of a text crosses colons: behind it nobody knows which field a text stands in.
bool has_wildcard_before_resource(const Node& node) {
  const std::vector<ArnField> fields = arn_fields(node.text);
  return std::any_of(fields.begin(), fields.end() - 1,
                     [](const ArnField& field) { return has_wildcard(field.text); });
}

bool is_arn_key(const ReaderContext& context, const Condition& condition) {
  if (context.reference == nullptr)
    return false;
  const std::optional<aws::KeyInfo> info = context.reference->find_key(condition.key.name);
  return info.has_value() && info->type == aws::KeyType::kArn;
}

}  // namespace

void check_values(ReaderContext& context, const Condition& condition, const std::vector<const Node*>& nodes,
                  bool& understood) {
  check_both(context, condition);
  for (const Node* node : nodes) {
    if (const Form* form = form_of(condition.op->comparison))
      check_form(context, condition, *form, *node, understood);
    if (has_variables(*condition.op))
      check_variables(context, *node, VariablePlace::kValue, understood);
    if (condition.op->comparison == Comparison::kAddress)
      check_address(context, condition, *node);
    if (condition.op->comparison == Comparison::kArn)
      check_arn(context, condition, *node);
    if (condition.op->comparison != Comparison::kText)
      continue;
    if (!condition.op->wildcards)
      check_wildcards(context, condition, *node);
    if (is_arn_key(context, condition) && !(condition.op->wildcards && has_wildcard_before_resource(*node)))
      check_arn_value(context, *node);
  }
}

}  // namespace grantproof::policy
