// SPDX-License-Identifier: Apache-2.0
#include "policy/condition_checks.h"

#include <string>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "base/unknown_text.h"
#include "policy/condition_reader.h"
#include "policy/matching.h"

namespace grantproof::policy {
namespace {

std::string_view type_name(aws::KeyType type) {
  switch (type) {
    case aws::KeyType::kString:
      return "a string";
    case aws::KeyType::kNumeric:
      return "a number";
    case aws::KeyType::kDate:
      return "a date";
    case aws::KeyType::kBool:
      return "a Boolean";
    case aws::KeyType::kAddress:
      return "an IP address";
    case aws::KeyType::kArn:
      return "an ARN";
    case aws::KeyType::kBinary:
      return "binary";
  }
  return {};
}

std::string_view operators_for(aws::KeyType type) {
  switch (type) {
    case aws::KeyType::kString:
      return "StringEquals or StringLike";
    case aws::KeyType::kNumeric:
      return "a Numeric operator";
    case aws::KeyType::kDate:
      return "a Date operator";
    case aws::KeyType::kBool:
      return "Bool";
    case aws::KeyType::kAddress:
      return "IpAddress or NotIpAddress";
    case aws::KeyType::kArn:
      return "ArnLike or ArnEquals";
    case aws::KeyType::kBinary:
      return "BinaryEquals";
  }
  return {};
}

// Does the comparison read values of this type as they are? Texts of numbers, Booleans and ARNs are also
// compared as text without harm; addresses and dates have many spellings, so comparing their text misses.
bool fits(Comparison comparison, aws::KeyType type) {
  switch (comparison) {
    case Comparison::kNull:
      return true;
    case Comparison::kText:
      return type != aws::KeyType::kAddress && type != aws::KeyType::kDate && type != aws::KeyType::kBinary;
    case Comparison::kNumber:
      // aws:EpochTime is a date in the form of a number.
      return type == aws::KeyType::kNumeric || type == aws::KeyType::kDate;
    case Comparison::kDate:
      return type == aws::KeyType::kDate;
    case Comparison::kBool:
      // Some Boolean keys are listed as strings (events:eventBusInvocation).
      return type == aws::KeyType::kBool || type == aws::KeyType::kString;
    case Comparison::kBinary:
      return type == aws::KeyType::kBinary;
    case Comparison::kAddress:
      return type == aws::KeyType::kAddress;
    case Comparison::kArn:
      // Tags and encryption contexts are strings and often hold ARNs.
      return type == aws::KeyType::kArn || type == aws::KeyType::kString;
  }
  return true;
}

// Keys of identity providers (accounts.google.com:aud, oidc.eks.…/id/ABC:sub) belong to no reference.
bool is_provider_key(std::string_view name) {
  const std::string_view prefix = name.substr(0, name.rfind(':'));
  return prefix.find_first_of("./") != std::string_view::npos;
}

// Keys that some line of the statement asks to be present.
std::unordered_set<std::string_view> keys_asked_for(const std::vector<Condition>& conditions) {
  std::unordered_set<std::string_view> keys;
  for (const Condition& condition : conditions) {
    // A positive line without ForAllValues and IfExists fails where the key is missing.
    const bool asks = condition.op->comparison == Comparison::kNull
                          ? condition.values.size() == 1 && bool_value(condition.values.front().text) == false
                          : condition.qualifier != SetQualifier::kForAllValues && !condition.if_exists &&
                                !condition.op->negated;
    if (asks)
      keys.insert(condition.key.folded);
  }
  return keys;
}

struct Lines {
  ReaderContext& context;
  std::unordered_set<std::string_view> asked_for;
  Effect effect;
  bool& understood;
};

// True: the key is well formed and known; `info` is what the reference says.
bool check_key(const Lines& lines, const Condition& condition, std::optional<aws::KeyInfo>& info) {
  ReaderContext& context = lines.context;
  const std::string& name = condition.key.name;
  if (base::has_unknown(name))
    return false;
  const std::size_t colon = name.find(':');
  const bool spaced = !name.empty() && (name.front() == ' ' || name.back() == ' ');
  if (colon == std::string::npos || colon == 0 || colon + 1 == name.size() || spaced) {
    lines.understood = false;
    std::optional<std::string_view> near;
    if (context.reference != nullptr && context.may_suggest(name))
      near = context.reference->nearest_key(name);
    context.report(
        GrammarRuleId::kConditionKeyFormat, condition.key_span,
        quoted(name) + " is no condition key: keys are written service:key",
        near.has_value() ? "did you mean " + quoted(*near) + "?" : "write service:key, as in aws:SourceArn");
    return false;
  }
  if (context.reference == nullptr)
    return false;
  info = context.reference->find_key(name);
  const bool tag_missing =
      name.ends_with('/') || (!info.has_value() && context.reference->find_key(name + "/tag").has_value());
  if (tag_missing && !is_provider_key(name.substr(0, name.size() - 1))) {
    const std::string with_slash = name.ends_with('/') ? name : name + "/";
    context.report(GrammarRuleId::kConditionKeyTag, condition.key_span,
                   quoted(name) + " names no tag, so no request has this key",
                   "write " + quoted(with_slash + "TAG"));
    return false;
  }
  if (info.has_value())
    return true;
  if (is_provider_key(name))
    return false;
  std::optional<std::string_view> near;
  if (context.may_suggest(name))
    near = context.reference->nearest_key(name);
  context.report(GrammarRuleId::kConditionKeyUnknown, condition.key_span,
                 "the condition key " + quoted(name) + " is not in the service reference of " +
                     std::string(context.reference->date()),
                 near.has_value() ? "did you mean " + quoted(*near) + "?" : std::string());
  return false;
}

void check_operator(const Lines& lines, const Condition& condition) {
  if (condition.op->comparison != Comparison::kNull)
    return;
  if (condition.if_exists) {
    lines.understood = false;
    lines.context.report(GrammarRuleId::kNullIfExists, condition.operator_span,
                         quoted(operator_name(condition)) + " asks whether a key exists if it exists",
                         "write `Null`");
  }
  if (condition.qualifier != SetQualifier::kNone) {
    lines.understood = false;
    const bool all = condition.qualifier == SetQualifier::kForAllValues;
    lines.context.report(GrammarRuleId::kNullQualifier, condition.operator_span,
                         quoted(operator_name(condition)) + (all ? " always holds" : " never holds") +
                             ", whatever the request",
                         "write `Null`");
  }
}

void check_type(const Lines& lines, const Condition& condition, const aws::KeyInfo& info) {
  if (fits(condition.op->comparison, info.type))
    return;
  lines.context.report(GrammarRuleId::kOperatorTypeMismatch, condition.operator_span,
                       quoted(condition.op->name) + " is used with " + quoted(condition.key.name) +
                           ", which is " + std::string(type_name(info.type)),
                       "use " + std::string(operators_for(info.type)),
                       {base::Label{.span = condition.key_span, .text = {}}});
}

void check_set_operator(const Lines& lines, const Condition& condition, const aws::KeyInfo& info) {
  ReaderContext& context = lines.context;
  const std::string key = quoted(condition.key.name);
  if (condition.op->comparison == Comparison::kNull)
    return;
  if (condition.qualifier == SetQualifier::kNone) {
    if (!info.multivalued || single_when_one(condition.key.folded))
      return;
    context.report(
        GrammarRuleId::kSetOperatorMissing, condition.operator_span,
        key + " can have several values, and " + quoted(operator_name(condition)) +
            " never matches such a key when it is present",
        "write ForAnyValue:" + operator_name(condition) + " or ForAllValues:" + operator_name(condition));
    return;
  }
  const bool vacuous = condition.qualifier == SetQualifier::kForAllValues && lines.effect == Effect::kAllow &&
                       !lines.asked_for.contains(condition.key.folded);
  if (!vacuous)
    return;
  // Of service keys the reference does not always know that they take several values.
  if (!info.multivalued && base::starts_with_ignoring_case(condition.key.folded, "aws:")) {
    context.report(GrammarRuleId::kForAllValuesSingle, condition.operator_span,
                   key + " has one value at most, and ForAllValues also holds for requests without it",
                   "write " + quoted(std::string(condition.op->name)) + " without ForAllValues");
    return;
  }
  context.report(GrammarRuleId::kForAllValuesVacuous, condition.operator_span,
                 "this line also holds for requests without " + key,
                 "if the key must be there, add \"Null\": {\"" + condition.key.name + "\": \"false\"}");
}

}  // namespace

void check_conditions(ReaderContext& context, const std::vector<Condition>& conditions, Effect effect,
                      bool& understood) {
  const Lines lines{.context = context,
                    .asked_for = keys_asked_for(conditions),
                    .effect = effect,
                    .understood = understood};
  for (const Condition& condition : conditions) {
    check_operator(lines, condition);
    std::optional<aws::KeyInfo> info;
    if (!check_key(lines, condition, info) || !info.has_value())
      continue;
    check_type(lines, condition, *info);
    check_set_operator(lines, condition, *info);
  }
}

}  // namespace grantproof::policy
