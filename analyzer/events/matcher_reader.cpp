// SPDX-License-Identifier: Apache-2.0
#include "events/matcher_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "events/address.h"
#include "events/comparable_number.h"
#include "events/event_pattern_limits.h"
#include "events/matcher_numeric.h"
#include "events/wildcard.h"

namespace grantproof::events {
namespace {

using syntax::Node;
using syntax::NodeKind;
using enum EventPatternRuleId;

// A matcher and where it stands: {"prefix": …} in the list of detail.state.
struct Place {
  const EventPatternContext& context;
  std::string_view name;
  std::string_view path;
};

std::string beginning(const Place& place) {
  return "the matcher " + quoted(place.name) + " of " + quoted(place.path) + " ";
}

std::optional<Matcher> refuse(const Place& place, EventPatternRuleId rule, const Node& node,
                              std::string message, std::string help) {
  place.context.report(rule, node.span, beginning(place) + std::move(message), std::move(help));
  return std::nullopt;
}

Matcher with_text(MatcherKind kind, const Node& node) {
  Matcher matcher;
  matcher.kind = kind;
  matcher.texts.push_back(node.text);
  return matcher;
}

std::optional<Matcher> read_string(const Place& place, const Node& operand, MatcherKind kind) {
  if (operand.kind == NodeKind::kString)
    return with_text(kind, operand);
  std::string help = "write {\"" + std::string(place.name) + "\": \"text\"}";
  if (operand.kind == NodeKind::kList)
    help += "; for several texts, several such matchers in the field's list";
  return refuse(place, kMatcherOperand, operand,
                "takes a string, and has " + std::string(describe(operand.kind)), std::move(help));
}

// "prefix" and "suffix": a string, or {"equals-ignore-case": a string}.
std::optional<Matcher> read_affix(const Place& place, const Node& operand, MatcherKind kind,
                                  MatcherKind kind_ignoring_case) {
  if (operand.kind != NodeKind::kMap)
    return read_string(place, operand, kind);
  if (operand.members.size() != 1 || operand.members[0].key != "equals-ignore-case") {
    return refuse(place, kMatcherOperand, operand, "has an object that is not {\"equals-ignore-case\": …}",
                  "write a string, or {\"equals-ignore-case\": \"text\"}");
  }
  return read_string(Place{place.context, "equals-ignore-case", place.path}, operand.members[0].value,
                     kind_ignoring_case);
}

bool check_wildcard(const Place& place, const Node& node) {
  if (const std::optional<WildcardMistake> mistake = find_wildcard_mistake(node.text)) {
    const bool stars = mistake->kind == WildcardMistake::Kind::kTwoStars;
    refuse(place, kMatcherWildcard, node,
           stars ? "has two stars in a row in " + quoted(node.text)
                 : "has a backslash before something that is neither '*' nor a backslash in " +
                       quoted(node.text),
           stars ? "write one star, which stands for any text; for the character write \\\\*"
                 : "write \\\\\\\\ for a backslash and \\\\* for a star, as JSON strings");
    return false;
  }
  warn_of_complexity(place.context, node, place.path);
  return true;
}

std::optional<Matcher> read_wildcard(const Place& place, const Node& operand) {
  std::optional<Matcher> matcher = read_string(place, operand, MatcherKind::kWildcard);
  if (!matcher.has_value() || !check_wildcard(place, operand))
    return std::nullopt;
  return matcher;
}

std::string_view describe(NetworkMistake mistake) {
  switch (mistake) {
    case NetworkMistake::kSlash:
      return "has not the form of an address, '/' and a number of bits";
    case NetworkMistake::kAddress:
      return "has no IP address before the '/'";
    case NetworkMistake::kPrefixLength:
      return "has no number of bits behind the '/'";
    case NetworkMistake::kPrefixTooLong:
      return "has all bits of the address or more, and the service takes fewer: at most /31, and /127 for "
             "IPv6";
    case NetworkMistake::kPrefixNegative:
      return "has a negative number of bits";
  }
  return {};
}

std::optional<Matcher> read_cidr(const Place& place, const Node& operand) {
  std::optional<Matcher> matcher = read_string(place, operand, MatcherKind::kCidr);
  if (!matcher.has_value())
    return std::nullopt;
  const std::variant<Network, NetworkMistake> network = parse_network(operand.text);
  if (const auto* mistake = std::get_if<NetworkMistake>(&network)) {
    return refuse(place, kMatcherCidr, operand, std::string(describe(*mistake)) + ": " + quoted(operand.text),
                  *mistake == NetworkMistake::kPrefixTooLong || *mistake == NetworkMistake::kSlash
                      ? "write a network, {\"cidr\": \"10.0.0.0/24\"}; for one address write it as a string, "
                        "without a matcher"
                      : "write a network, {\"cidr\": \"10.0.0.0/24\"}");
  }
  matcher->network = std::get<Network>(network);
  return matcher;
}

std::optional<Matcher> read_exists(const Place& place, const Node& operand) {
  if (operand.kind != NodeKind::kBool) {
    return refuse(place, kMatcherOperand, operand,
                  "takes true or false, and has " + std::string(syntax::describe(operand.kind)),
                  "write {\"exists\": true} or {\"exists\": false}, without quotes");
  }
  Matcher matcher;
  matcher.kind = operand.boolean ? MatcherKind::kExists : MatcherKind::kDoesNotExist;
  return matcher;
}

std::optional<Matcher> read_numeric(const Place& place, const Node& operand) {
  std::optional<NumericRange> range = read_numeric_range(place.context, operand, place.path);
  if (!range.has_value())
    return std::nullopt;
  Matcher matcher;
  matcher.kind = MatcherKind::kNumeric;
  matcher.range = *range;
  return matcher;
}

// ---- anything-but

// A value as one of a list of values.
std::vector<const Node*> values_of(const Node& operand) {
  std::vector<const Node*> values;
  if (operand.kind == NodeKind::kList) {
    for (const Node& item : operand.items)
      values.push_back(&item);
  } else {
    values.push_back(&operand);
  }
  return values;
}

std::optional<Matcher> read_anything_but_values(const Place& place, const Node& operand) {
  const std::vector<const Node*> values = values_of(operand);
  if (values.empty()) {
    return refuse(place, kMatcherOperand, operand, "has an empty list",
                  "write the values that are excluded; for every value write {\"exists\": true}");
  }
  const NodeKind kind = values[0]->kind;
  Matcher matcher;
  matcher.kind =
      kind == NodeKind::kNumber ? MatcherKind::kAnythingButNumbers : MatcherKind::kAnythingButStrings;
  for (const Node* value : values) {
    if (value->kind == NodeKind::kMap) {
      return refuse(
          place, kMatcherOperand, *value, "has a matcher in its list",
          "write one matcher without the list, {\"anything-but\": {\"prefix\": [\"a\", \"b\"]}}: it "
          "takes prefix, suffix, wildcard or equals-ignore-case, and a list inside of that");
    }
    if (value->kind != NodeKind::kString && value->kind != NodeKind::kNumber) {
      return refuse(place, kMatcherOperand, *value,
                    "takes strings or numbers, and has " + std::string(syntax::describe(value->kind)),
                    "list the values that the field may have instead, as in [true, null]");
    }
    if (value->kind != kind) {
      return refuse(place, kMatcherOperand, *value, "has strings and numbers in one list",
                    "all of the list must be strings, or all of it numbers");
    }
    if (kind == NodeKind::kString) {
      matcher.texts.push_back(value->text);
      continue;
    }
    const std::optional<double> number = comparable_number(value->text);
    if (!number.has_value()) {
      return refuse(place, kMatcherOperand, *value,
                    "has the number " + quoted(value->text) + ", which has more digits than can be compared",
                    "write a number that a 64-bit floating point number keeps");
    }
    matcher.numbers.push_back(*number);
  }
  return matcher;
}

struct ExcludedForm {
  std::string_view name;
  MatcherKind kind;
  bool may_be_empty;
  // In the older language, see EventPatternContext.
  bool old;
  bool old_list;
};
constexpr std::array kExcludedForms = {
    ExcludedForm{"prefix", MatcherKind::kAnythingButPrefix, false, true, false},
    ExcludedForm{"suffix", MatcherKind::kAnythingButSuffix, false, true, false},
    ExcludedForm{"equals-ignore-case", MatcherKind::kAnythingButIgnoreCase, true, true, true},
    ExcludedForm{"wildcard", MatcherKind::kAnythingButWildcard, true, false, false},
};

// {"anything-but": {"prefix": …}}: one string or a list of them.
std::optional<Matcher> read_anything_but_form(const Place& outer, const Node& operand) {
  constexpr std::string_view kForms =
      "anything-but takes prefix, suffix, wildcard or equals-ignore-case, one of them";
  if (operand.members.size() != 1) {
    return refuse(outer, kMatcherOperand, operand,
                  operand.members.empty() ? "has an empty object" : "has an object with more than one key",
                  std::string(kForms));
  }
  const auto& [name, name_span, inner] = operand.members[0];
  const auto* form = std::find_if(kExcludedForms.begin(), kExcludedForms.end(), [&](const ExcludedForm& row) {
    return row.name == operand.members[0].key;
  });
  if (form == kExcludedForms.end() || (outer.context.or_is_field && !form->old)) {
    outer.context.report(kMatcherUnknown, name_span, beginning(outer) + "has the matcher " + quoted(name),
                         std::string(kForms));
    return std::nullopt;
  }
  const Place place{outer.context, form->name, outer.path};
  const bool list = inner.kind == NodeKind::kList;
  const std::vector<const Node*> values = values_of(inner);
  if (values.empty())
    return refuse(place, kMatcherOperand, inner, "has an empty list", "write the texts that are excluded");
  if (list && outer.context.or_is_field && !form->old_list)
    return refuse(place, kMatcherOperand, inner, "has a list", "write one text");
  Matcher matcher;
  matcher.kind = form->kind;
  for (const Node* value : values) {
    if (value->kind != NodeKind::kString) {
      return refuse(
          place, kMatcherOperand, *value,
          "takes strings inside of anything-but, and has " + std::string(syntax::describe(value->kind)),
          "write a string or a list of strings");
    }
    if (value->text.empty() && !form->may_be_empty) {
      return refuse(place, kMatcherOperand, *value, "has an empty string inside of anything-but",
                    "every string begins and ends with it; write the text that is excluded");
    }
    if (form->kind == MatcherKind::kAnythingButWildcard && !check_wildcard(place, *value))
      return std::nullopt;
    matcher.texts.push_back(value->text);
  }
  return matcher;
}

std::optional<Matcher> read_anything_but(const Place& place, const Node& operand) {
  return operand.kind == NodeKind::kMap ? read_anything_but_form(place, operand)
                                        : read_anything_but_values(place, operand);
}

// ---- all matchers

struct MatcherSyntax {
  std::string_view name;
  std::optional<Matcher> (*read)(const Place& place, const Node& operand);
};
constexpr std::array kMatchers = {
    MatcherSyntax{"prefix",
                  [](const Place& place, const Node& operand) {
                    return read_affix(place, operand, MatcherKind::kPrefix, MatcherKind::kPrefixIgnoreCase);
                  }},
    MatcherSyntax{"suffix",
                  [](const Place& place, const Node& operand) {
                    return read_affix(place, operand, MatcherKind::kSuffix, MatcherKind::kSuffixIgnoreCase);
                  }},
    MatcherSyntax{"equals-ignore-case",
                  [](const Place& place, const Node& operand) {
                    return read_string(place, operand, MatcherKind::kEqualsIgnoreCase);
                  }},
    // Accepted and not documented: a string as it is, also where it looks like an address.
    MatcherSyntax{"exactly",
                  [](const Place& place, const Node& operand) {
                    return read_string(place, operand, MatcherKind::kString);
                  }},
    MatcherSyntax{"wildcard", read_wildcard},
    MatcherSyntax{"numeric", read_numeric},
    MatcherSyntax{"cidr", read_cidr},
    MatcherSyntax{"exists", read_exists},
    MatcherSyntax{"anything-but", read_anything_but},
};

// What people write who know another language.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kOtherNames = {{
    {"regex", "event patterns have no regular expressions: write {\"wildcard\": \"a*b\"}"},
    {"matches", "event patterns have no regular expressions: write {\"wildcard\": \"a*b\"}"},
    {"contains", "write {\"wildcard\": \"*text*\"}"},
    {"not", "write {\"anything-but\": …}"},
    {"anything_but", "write {\"anything-but\": …}"},
    {"ignore-case", "write {\"equals-ignore-case\": \"text\"}"},
    {"equals", "write the value itself, without a matcher"},
    {"=", "write {\"numeric\": [\"=\", 5]}"},
    {"<", "write {\"numeric\": [\"<\", 5]}"},
    {"<=", "write {\"numeric\": [\"<=\", 5]}"},
    {">", "write {\"numeric\": [\">\", 5]}"},
    {">=", "write {\"numeric\": [\">=\", 5]}"},
}};

const MatcherSyntax* find_matcher(std::string_view name) {
  const auto* found = std::find_if(kMatchers.begin(), kMatchers.end(),
                                   [name](const MatcherSyntax& row) { return row.name == name; });
  return found == kMatchers.end() ? nullptr : found;
}

std::string help_for_unknown(std::string_view name) {
  const auto* other = std::find_if(kOtherNames.begin(), kOtherNames.end(),
                                   [name](const auto& row) { return row.first == name; });
  if (other != kOtherNames.end())
    return std::string(other->second);
  std::vector<std::string_view> names;
  names.reserve(std::size(kMatchers));
  for (const MatcherSyntax& row : kMatchers)
    names.push_back(row.name);
  constexpr std::size_t kLongestName = 64;
  if (name.size() <= kLongestName) {
    if (const std::optional<std::string_view> near = base::nearest(name, names))
      return "did you mean \"" + std::string(*near) + "\"?";
  }
  return "matchers are prefix, suffix, equals-ignore-case, wildcard, numeric, cidr, exists and anything-but; "
         "the "
         "fields of an object stand in an object, not in a list";
}

std::optional<Matcher> read_matcher_object(const EventPatternContext& context, const Node& node,
                                           std::string_view path) {
  if (node.members.empty()) {
    context.report(kEmpty, node.span, "the list of " + quoted(path) + " has an empty object",
                   "write a matcher, for example {\"prefix\": \"text\"}");
    return std::nullopt;
  }
  const syntax::Member& member = node.members[0];
  const MatcherSyntax* matcher_syntax = find_matcher(member.key);
  if (matcher_syntax == nullptr) {
    context.report(kMatcherUnknown, member.key_span,
                   "the list of " + quoted(path) + " has the unknown matcher " + quoted(member.key),
                   help_for_unknown(member.key));
    return std::nullopt;
  }
  if (node.members.size() > 1) {
    context.report(
        kMatcherOperand, node.members[1].key_span,
        "a matcher of " + quoted(path) + " has a second key, " + quoted(node.members[1].key),
        "an object in a list is one matcher; several in one list mean any of them, and both at once "
        "cannot be asked of one field");
    return std::nullopt;
  }
  return matcher_syntax->read(Place{context, matcher_syntax->name, path}, member.value);
}

}  // namespace

bool is_matcher_name(std::string_view key) {
  return find_matcher(key) != nullptr;
}

std::optional<Matcher> read_matcher(const EventPatternContext& context, const Node& node,
                                    std::string_view path) {
  std::optional<Matcher> matcher;
  switch (node.kind) {
    case NodeKind::kString:
      matcher = with_text(MatcherKind::kString, node);
      matcher->network = parse_address(node.text);
      break;
    case NodeKind::kNumber:
      matcher = with_text(MatcherKind::kNumber, node);
      matcher->number = comparable_number(node.text);
      break;
    case NodeKind::kBool:
      matcher = with_text(MatcherKind::kLiteral, node);
      break;
    case NodeKind::kNull:
      matcher = with_text(MatcherKind::kLiteral, node);
      matcher->texts[0] = "null";
      break;
    case NodeKind::kList:
      context.report(kKind, node.span, "the list of " + quoted(path) + " has a list in it",
                     "write its values into the outer list; lists of an event are looked through anyway");
      return std::nullopt;
    case NodeKind::kMap:
      matcher = read_matcher_object(context, node, path);
      break;
  }
  if (matcher.has_value())
    matcher->span = node.span;
  return matcher;
}

}  // namespace grantproof::events
