// SPDX-License-Identifier: Apache-2.0
#include "support/random_condition.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.h"
#include "policy/condition_operators.h"
#include "support/random_request.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

using aws::KeyType;
using policy::Comparison;
using policy::ConditionOperator;

Comparison natural_comparison(KeyType type) {
  switch (type) {
    case KeyType::kNumeric:
      return Comparison::kNumber;
    case KeyType::kDate:
      return Comparison::kDate;
    case KeyType::kBool:
      return Comparison::kBool;
    case KeyType::kAddress:
      return Comparison::kAddress;
    case KeyType::kArn:
      return Comparison::kArn;
    case KeyType::kBinary:
      return Comparison::kBinary;
    case KeyType::kString:
      return Comparison::kText;
  }
  return Comparison::kText;
}

// Most lines use an operator that fits the key; every operator meets every key now and then.
const ConditionOperator& choose_operator(Random& random, const SmallKey& key) {
  const auto operators = policy::condition_operators();
  if (random.chance(8))
    return *policy::find_condition_operator("Null");
  if (random.chance(15))
    return random.pick(operators);
  const Comparison natural =
      key.name == "aws:PrincipalTag/blob" ? Comparison::kBinary : natural_comparison(key.type);
  std::vector<const ConditionOperator*> fitting;
  for (const ConditionOperator& op : operators) {
    if (op.comparison == natural)
      fitting.push_back(&op);
  }
  return *random.pick(fitting);
}

std::string with_other_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(byte) != 0 ? std::tolower(byte) : std::toupper(byte));
  }
  return result;
}

std::string text_value(Random& random, const ConditionOperator& op, std::string text, bool variables) {
  if (op.ignore_case && random.chance(40))
    text = with_other_case(text);
  if (op.wildcards && random.chance(50))
    text = widened(random, text);
  // A wildcard that is none: the operator takes it literally.
  if (!op.wildcards && random.chance(5))
    text += "*";
  if (variables && random.chance(15)) {
    switch (random.below(3)) {
      case 0:
        return random_variable(random);
      case 1:
        return random_variable(random) + (op.wildcards ? "*" : "");
      default:
        return text.substr(0, random.below(text.size() + 1)) + random_variable(random);
    }
  }
  return text;
}

// An ARN with one of its fields widened; a variable only in its last field.
std::string arn_value(Random& random, const std::string& value, bool variables) {
  std::string text = value;
  // A key that holds no ARN may still be compared with one.
  if (!value.starts_with("arn:"))
    text = "arn:aws:sqs:us-east-1:111122223333:" + (value.empty() ? "orders" : value);
  if (random.chance(50)) {
    std::vector<std::size_t> starts = {0};
    for (std::size_t i = 0; i < text.size() && starts.size() < 6; ++i) {
      if (text[i] == ':')
        starts.push_back(i + 1);
    }
    // Not the partition.
    const std::size_t field = 2 + random.below(starts.size() - 2);
    const std::size_t end = field + 1 < starts.size() ? starts[field + 1] - 1 : text.size();
    const std::string part = text.substr(starts[field], end - starts[field]);
    // An account can only be widened as a whole.
    const std::string wide = field == 4 || part.empty() ? "*" : widened(random, part);
    text.replace(starts[field], end - starts[field], wide);
  }
  if (variables && random.chance(10))
    text += random_variable(random);
  return text;
}

// A value of the form that the operator reads, often one that the request has.
std::string random_value(Random& random, const ConditionOperator& op, const SmallKey& key,
                         const access::ContextValue* present, bool variables) {
  constexpr std::string_view kNumbers[] = {"0", "10", "+10", "300", "3600", "-5", "10.0", "1e1"};
  constexpr std::string_view kDates[] = {"2025-01-01T00:00:00Z", "2025-06-30T12:00:00Z", "2025-06-30",
                                         "1735689600", "2025-06-30T12:00:00.001Z"};
  constexpr std::string_view kRanges[] = {"203.0.113.0/24",  "203.0.113.10",   "203.0.113.0/28",
                                          "198.51.100.0/24", "10.0.0.0/8",     "0.0.0.0/0",
                                          "2001:db8::/32",   "2001:db8::1/128"};
  constexpr std::string_view kBytes[] = {"YWJj", "YQ==", ""};
  std::string text(random.pick(key.values));
  const bool has_value = present != nullptr && !present->values.empty();
  if (has_value && random.chance(60))
    text = random.pick(present->values);
  const bool natural = natural_comparison(key.type) == op.comparison;
  switch (op.comparison) {
    case Comparison::kText:
      return text_value(random, op, std::move(text), variables);
    case Comparison::kArn:
      return arn_value(random, text, variables);
    case Comparison::kNumber:
      return natural && random.chance(50) ? text : std::string(random.pick(kNumbers));
    case Comparison::kDate:
      return natural && random.chance(50) ? text : std::string(random.pick(kDates));
    case Comparison::kBool:
    case Comparison::kNull:
      return random.chance(50) ? "true" : "false";
    case Comparison::kAddress:
      return natural && random.chance(30) ? text : std::string(random.pick(kRanges));
    case Comparison::kBinary:
      return std::string(random.pick(kBytes));
  }
  return text;
}

syntax::Node value_node(Random& random, const ConditionOperator& op, const std::string& text) {
  // Policies write Booleans and numbers with and without quotes.
  const bool is_bool = op.comparison == Comparison::kBool || op.comparison == Comparison::kNull;
  if (is_bool && random.chance(30))
    return syntax::bool_node(text == "true");
  return syntax::string_node(text);
}

struct Line {
  std::string op;   // as written, with qualifier and IfExists
  std::string key;  // as written
  syntax::Node values;
};

Line random_line(Random& random, const access::Request& request, bool variables) {
  const SmallKey* key = &random.pick(small_keys());
  // Mostly a key that the request has.
  if (!request.context.empty() && random.chance(70)) {
    auto at = request.context.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random.below(request.context.size())));
    if (const SmallKey* known = find_small_key(at->first))
      key = known;
  }
  const auto at = request.context.find(base::fold_case(key->name));
  const access::ContextValue* present = at == request.context.end() ? nullptr : &at->second;
  const ConditionOperator& op = choose_operator(random, *key);
  const bool null = op.comparison == Comparison::kNull;

  Line line;
  const bool multivalued = present != nullptr ? present->multivalued : key->multivalued;
  if (!null && random.chance(multivalued ? 85 : 10))
    line.op = random.chance(50) ? "ForAllValues:" : "ForAnyValue:";
  line.op += op.name;
  if (!null && random.chance(20))
    line.op += "IfExists";
  line.key = random.chance(10) ? with_other_case(key->name) : std::string(key->name);

  // An empty list never matches; it is rare in policies, and rarer here.
  const std::size_t count = random.chance(2) ? 0 : random.chance(60) ? 1 : 2 + random.below(2);
  std::vector<syntax::Node> values;
  for (std::size_t i = 0; i < count; ++i) {
    values.push_back(value_node(random, op, random_value(random, op, *key, present, variables)));
  }
  line.values =
      values.size() == 1 && random.chance(50) ? std::move(values.front()) : syntax::list_node(values);
  return line;
}

}  // namespace

std::string widened(Random& random, std::string_view text) {
  if (text.empty())
    return "*";
  const std::size_t at = random.below(text.size());
  std::string result(text);
  switch (random.below(6)) {
    case 0:
      return "*";
    case 1:
      return result.substr(0, at) + "*";
    case 2:
      return "*" + result.substr(at);
    case 3:
      result[at] = '?';
      return result;
    case 4:
      return result.substr(0, at) + "*" + result.substr(at + random.below(text.size() - at));
    default:
      return result;
  }
}

std::string random_variable(Random& random) {
  constexpr std::string_view kVariables[] = {"${aws:username}",
                                             "${aws:PrincipalTag/team}",
                                             "${aws:PrincipalTag/team, 'red'}",
                                             "${aws:username, 'app'}",
                                             "${AWS:UserName}",
                                             "${aws:PrincipalAccount}",
                                             "${aws:TagKeys, 'team'}",
                                             "${aws:SourceAccount}",
                                             "${*}",
                                             "${?}",
                                             "${$}"};
  return std::string(random.pick(kVariables));
}

syntax::Node text_or_list(Random& random, std::vector<std::string> texts) {
  if (texts.size() == 1 && random.chance(60))
    return syntax::string_node(std::move(texts.front()));
  std::vector<syntax::Node> items;
  items.reserve(texts.size());
  for (std::string& text : texts)
    items.push_back(syntax::string_node(std::move(text)));
  return syntax::list_node(std::move(items));
}

syntax::Node random_condition(Random& random, const access::Request& request, bool variables) {
  std::vector<std::pair<std::string, syntax::Node>> operators;
  const std::size_t count = 1 + random.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    Line line = random_line(random, request, variables);
    const auto same = std::find_if(operators.begin(), operators.end(), [&](const auto& known) {
      return base::equals_ignoring_case(known.first, line.op);
    });
    if (same == operators.end()) {
      operators.emplace_back(line.op, syntax::map_node({{line.key, std::move(line.values)}}));
      continue;
    }
    // One key stands once under an operator, in whatever letters.
    std::vector<syntax::Member>& members = same->second.members;
    const bool repeated = std::any_of(members.begin(), members.end(), [&](const syntax::Member& member) {
      return base::equals_ignoring_case(member.key, line.key);
    });
    if (!repeated)
      members.push_back({line.key, {}, std::move(line.values)});
  }
  return syntax::map_node(std::move(operators));
}

}  // namespace grantproof::tests
