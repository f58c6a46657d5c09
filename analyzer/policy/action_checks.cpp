// SPDX-License-Identifier: Apache-2.0
#include "policy/action_checks.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string_view trimmed(std::string_view text, std::string_view characters) {
  const std::size_t begin = text.find_first_not_of(characters);
  if (begin == std::string_view::npos)
    return {};
  return text.substr(begin, text.find_last_not_of(characters) - begin + 1);
}

// "s3:Get*, s3:Put*" as a list: "s3:Get*", "s3:Put*".
std::string as_list(std::string_view text) {
  std::string list;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view action = trimmed(text.substr(0, comma), kSpaces);
    if (!action.empty())
      list += (list.empty() ? "\"" : ", \"") + std::string(action) + "\"";
    if (comma == std::string_view::npos)
      break;
    text.remove_prefix(comma + 1);
  }
  return list;
}

struct Mistake {
  std::string message;
  std::string help;
};

// Why this text can be no action, if it is none. `colon` is the only colon otherwise.
// Source: IAM User Guide, "IAM JSON policy elements: Action"; captured: nothing is trimmed.
std::optional<Mistake> mistake_in(ReaderContext& context, std::string_view text) {
  constexpr std::string_view kForm = "write service:Action, as in events:PutEvents";
  if (text.empty())
    return Mistake{.message = "an empty text is no action", .help = std::string(kForm)};
  if (text.find("${") != std::string_view::npos) {
    return Mistake{
        .message = quoted(text) + " has a policy variable, and variables are not replaced in actions",
        .help = "name the action; wildcards are the only freedom here"};
  }
  const std::string_view bare = trimmed(text, " \t\r\n,;");
  if (bare.find_first_of(",;") != std::string_view::npos && bare.find(':') != bare.rfind(':')) {
    return Mistake{.message = quoted(text) + " has several actions in one string, which match nothing",
                   .help = "write a list: [" + shortened(as_list(bare)) + "]"};
  }
  if (bare.size() != text.size() && !bare.empty()) {
    const bool space = kSpaces.find(text.back()) != std::string_view::npos ||
                       kSpaces.find(text.front()) != std::string_view::npos;
    return Mistake{.message = quoted(text) + " has " + (space ? "a space" : "punctuation") +
                              " around the action, so it matches nothing",
                   .help = "write \"" + shortened(bare) + "\""};
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    std::string help(kForm);
    const bool may = context.reference != nullptr && !has_wildcard(text) && context.may_suggest(text);
    if (may && context.reference->find_service(text).has_value()) {
      help = "for every action of the service write \"" + shortened(text) + ":*\"";
    } else if (may) {
      const std::optional<std::string_view> action = context.reference->nearest_action(text);
      if (action.has_value())
        help = "did you mean " + quoted(*action) + "?";
    }
    return Mistake{.message = quoted(text) + " has no service prefix", .help = std::move(help)};
  }
  if (text.find(':', colon + 1) != std::string_view::npos) {
    return Mistake{.message = quoted(text) + " has more than one colon, so it matches nothing",
                   .help = std::string(kForm)};
  }
  if (colon == 0 || colon + 1 == text.size()) {
    return Mistake{.message = quoted(text) + " has no " + (colon == 0 ? "service before" : "action after") +
                              " the colon",
                   .help = std::string(kForm)};
  }
  const auto strange = std::find_if(text.begin(), text.end(), [](char c) {
    return !is_letter_or_digit(c) && std::string_view("*?-_:").find(c) == std::string_view::npos;
  });
  if (strange != text.end()) {
    return Mistake{.message = quoted(text) + " has a character that no action has, so it matches nothing",
                   .help = "actions have letters and digits only"};
  }
  return std::nullopt;
}

// The same word in another service is rarely what was meant.
std::optional<std::string_view> near_in_service(const aws::Reference& reference, std::string_view action,
                                                std::string_view service) {
  const std::optional<std::string_view> near = reference.nearest_action(action);
  if (!near.has_value() || !base::equals_ignoring_case(near->substr(0, near->find(':')), service))
    return std::nullopt;
  return near;
}

void check_known(ReaderContext& context, const syntax::Node& node, std::string_view text, std::size_t colon) {
  const aws::Reference& reference = *context.reference;
  const std::string_view service = text.substr(0, colon);
  const std::string_view name = text.substr(colon + 1);
  const std::string listed = "in the service reference of " + std::string(reference.date());
  if (!reference.find_service(service).has_value()) {
    std::optional<std::string_view> near;
    if (context.may_suggest(text)) {
      // "eventbridge:PutEvents" is near to nothing as a service, but the action tells what is meant.
      near = has_wildcard(name) ? reference.nearest_service(service) : reference.nearest_action(text);
    }
    context.report(GrammarRuleId::kServiceUnknown, part_of(node, 0, colon),
                   "the service " + quoted(service) + " is not " + listed,
                   near.has_value() ? "did you mean " + quoted(*near) + "?" : std::string());
    return;
  }
  const base::Span span = part_of(node, colon + 1, text.size());
  if (!has_wildcard(name)) {
    if (reference.find_action(text).has_value())
      return;
    std::optional<std::string_view> near;
    if (context.may_suggest(text))
      near = near_in_service(reference, text, service);
    context.report(GrammarRuleId::kActionUnknown, span, "the action " + quoted(text) + " is not " + listed,
                   near.has_value() ? "did you mean " + quoted(*near) + "?" : std::string());
    return;
  }
  if (name.find_first_not_of('*') == std::string_view::npos || !context.may_scan(text))
    return;
  if (reference.match(text).empty()) {
    context.report(GrammarRuleId::kActionWildcardEmpty, span, quoted(text) + " matches no action " + listed);
  }
}

}  // namespace

void check_action(ReaderContext& context, const syntax::Node& node) {
  const std::string_view text = node.text;
  // "*", and the same written longer, is every action.
  if (!text.empty() && text.find_first_not_of('*') == std::string_view::npos)
    return;
  if (base::has_unknown(text))
    return;
  if (std::optional<Mistake> mistake = mistake_in(context, text)) {
    context.report(GrammarRuleId::kActionFormat, node.span, std::move(mistake->message),
                   std::move(mistake->help));
    return;
  }
  const std::size_t colon = text.find(':');
  const std::string_view service = text.substr(0, colon);
  if (has_wildcard(service)) {
    context.report(GrammarRuleId::kServiceWildcard, part_of(node, 0, colon),
                   quoted(text) + " names services by a wildcard, and new services join unseen",
                   "name each service, or write \"*\" if every action is meant");
    return;
  }
  if (context.reference != nullptr)
    check_known(context, node, text, colon);
}

}  // namespace grantproof::policy
