// SPDX-License-Identifier: Apache-2.0
#include "policy/condition_reader.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "policy/value_checks.h"

namespace grantproof::policy {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kIfExists = "IfExists";
constexpr std::string_view kForAllValues = "ForAllValues:";
constexpr std::string_view kForAnyValue = "ForAnyValue:";

bool ends_with_ignoring_case(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         base::equals_ignoring_case(text.substr(text.size() - suffix.size()), suffix);
}

std::string with_parts(SetQualifier qualifier, std::string_view op, bool if_exists) {
  std::string result;
  if (qualifier == SetQualifier::kForAllValues)
    result += kForAllValues;
  if (qualifier == SetQualifier::kForAnyValue)
    result += kForAnyValue;
  result += op;
  if (if_exists)
    result += kIfExists;
  return result;
}

// What the author of an unknown operator may have meant: every part is corrected by itself.
std::optional<std::string> nearest_operator(std::string_view name) {
  // Names of other policy languages (EventBridge patterns, Azure).
  if (base::equals_ignoring_case(name, "Exists"))
    return "Null";
  OperatorName meant;
  std::string_view rest = name;
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    const std::optional<std::string_view> qualifier =
        nearest(name.substr(0, colon + 1), {kForAllValues, kForAnyValue, "ForAnyValues:", "ForAllValue:"});
    if (!qualifier.has_value())
      return std::nullopt;
    meant.qualifier =
        qualifier->starts_with("ForAll") ? SetQualifier::kForAllValues : SetQualifier::kForAnyValue;
    rest = name.substr(colon + 1);
  }
  for (const std::string_view suffix :
       {kIfExists, std::string_view("IfExist"), std::string_view("IfExsits")}) {
    if (ends_with_ignoring_case(rest, suffix)) {
      meant.if_exists = true;
      rest.remove_suffix(suffix.size());
      break;
    }
  }
  std::vector<std::string_view> names;
  for (const ConditionOperator& op : condition_operators())
    names.push_back(op.name);
  const std::optional<std::string_view> op = nearest(rest, names);
  if (!op.has_value())
    return std::nullopt;
  return with_parts(meant.qualifier, *op, meant.if_exists);
}

std::vector<const Node*> read_values(ReaderContext& context, const Node& node, Condition& condition,
                                     bool& understood) {
  std::vector<const Node*> nodes;
  const auto take = [&](const Node& item) {
    switch (item.kind) {
      case NodeKind::kString:
      case NodeKind::kNumber:
      case NodeKind::kBool:
        condition.values.push_back(ConditionValue{.text = item.text, .span = item.span});
        nodes.push_back(&item);
        return;
      case NodeKind::kNull:
      case NodeKind::kList:
      case NodeKind::kMap:
        understood = false;
        context.report(GrammarRuleId::kElementKind, item.span,
                       "a condition value is " + std::string(syntax::describe(item.kind)),
                       "write a string, or a list of strings");
    }
  };
  if (node.kind == NodeKind::kList && node.items.empty()) {
    context.report(GrammarRuleId::kElementEmpty, node.span,
                   "the condition key " + quoted(condition.key.name) + " has no values",
                   "write a value; to ask whether the key is there, use Null");
  }
  if (node.kind == NodeKind::kList) {
    for (const Node& item : node.items)
      take(item);
  } else {
    take(node);
  }
  return nodes;
}

void read_operator(ReaderContext& context, const Member& member, std::vector<Condition>& conditions,
                   bool& understood) {
  const std::optional<OperatorName> name = parse_operator(member.key);
  if (!name.has_value()) {
    understood = false;
    if (context.report_unknown("this condition operator", member.key_span, member.key))
      return;
    std::optional<std::string> meant;
    if (context.may_suggest(member.key))
      meant = nearest_operator(member.key);
    context.report(GrammarRuleId::kOperatorUnknown, member.key_span,
                   quoted(member.key) + " is no condition operator",
                   meant.has_value() ? "did you mean " + quoted(*meant) + "?" : std::string());
    return;
  }
  if (member.value.kind != NodeKind::kMap) {
    understood = false;
    const bool text = member.value.kind == NodeKind::kString;
    if (text && context.report_unknown("this part of the Condition", member.value.span, member.value.text))
      return;
    context.report(GrammarRuleId::kElementKind, member.value.span,
                   quoted(member.key) + " holds " + std::string(syntax::describe(member.value.kind)) +
                       " where an object of condition keys is needed",
                   "write {\"condition key\": \"value\"}");
    return;
  }
  if (member.value.members.empty()) {
    context.report(GrammarRuleId::kElementEmpty, member.value.span,
                   quoted(member.key) + " has no condition keys", "remove it, or write a condition key");
  }
  for (const Member& line : member.value.members) {
    Condition condition;
    condition.op = name->op;
    condition.qualifier = name->qualifier;
    condition.if_exists = name->if_exists;
    condition.key = ConditionKey{.name = line.key, .folded = base::fold_case(line.key)};
    condition.operator_span = member.key_span;
    condition.key_span = line.key_span;
    condition.values_span = line.value.span;
    check_values(context, condition, read_values(context, line.value, condition, understood), understood);
    conditions.push_back(std::move(condition));
  }
}

}  // namespace

namespace {

// One operator with one key twice, in different letters. Exact repetitions are reported by the JSON reader.
void check_repeated(ReaderContext& context, const std::vector<Condition>& conditions, bool& understood) {
  std::unordered_map<std::string, const Condition*> seen;
  for (const Condition& condition : conditions) {
    const std::string line = operator_name(condition) + " " + condition.key.folded;
    const auto [first, added] = seen.emplace(line, &condition);
    if (added)
      continue;
    if (first->second->operator_span == condition.operator_span &&
        first->second->key.name == condition.key.name) {
      understood = false;
      continue;
    }
    context.report(GrammarRuleId::kConditionKeyRepeated, condition.key_span,
                   "the condition key " + quoted(condition.key.name) + " stands under " +
                       quoted(operator_name(condition)) + " a second time, and case does not tell keys apart",
                   "keep one of the two",
                   {base::Label{.span = first->second->key_span, .text = "the first is here"}});
  }
}

}  // namespace

std::optional<OperatorName> parse_operator(std::string_view name) {
  OperatorName result;
  if (base::starts_with_ignoring_case(name, kForAllValues)) {
    result.qualifier = SetQualifier::kForAllValues;
    name.remove_prefix(kForAllValues.size());
  } else if (base::starts_with_ignoring_case(name, kForAnyValue)) {
    result.qualifier = SetQualifier::kForAnyValue;
    name.remove_prefix(kForAnyValue.size());
  }
  if (ends_with_ignoring_case(name, kIfExists)) {
    result.if_exists = true;
    name.remove_suffix(kIfExists.size());
  }
  result.op = find_condition_operator(name);
  if (result.op == nullptr)
    return std::nullopt;
  return result;
}

std::string operator_name(const Condition& condition) {
  return with_parts(condition.qualifier, condition.op->name, condition.if_exists);
}

std::vector<Condition> read_conditions(ReaderContext& context, const Node& node, bool& understood) {
  std::vector<Condition> conditions;
  if (node.kind != NodeKind::kMap) {
    understood = false;
    if (node.kind == NodeKind::kString && context.report_unknown("this Condition", node.span, node.text))
      return conditions;
    context.report(
        GrammarRuleId::kElementKind, node.span,
        "Condition holds " + std::string(syntax::describe(node.kind)) + " where an object is needed",
        "write {\"StringEquals\": {\"condition key\": \"value\"}}");
    return conditions;
  }
  if (node.members.empty()) {
    context.report(GrammarRuleId::kElementEmpty, node.span, "this Condition is empty",
                   "remove it, or write a condition");
  }
  std::unordered_set<std::string_view> operators;
  for (const Member& member : node.members) {
    // Reported by the JSON reader.
    if (!operators.insert(member.key).second)
      understood = false;
    read_operator(context, member, conditions, understood);
  }
  check_repeated(context, conditions, understood);
  return conditions;
}

}  // namespace grantproof::policy
