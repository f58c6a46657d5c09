// SPDX-License-Identifier: Apache-2.0
#include "events/describe_matcher.h"

#include "base/text.h"
#include "events/address.h"
#include "syntax/json_writer.h"

namespace grantproof::events {
namespace {

template <typename List, typename Write>
std::string joined(const List& list, const Write& write) {
  return first_few(list, 4, list.size(), write);
}

std::string texts(const Matcher& matcher) {
  return joined(matcher.texts, shown);
}

std::string range(const NumericRange& range) {
  if (range.lower && range.upper && range.lower->inclusive && range.upper->inclusive &&
      range.lower->value == range.upper->value)
    return fmt::format("= {}", range.lower->value);
  std::string text;
  if (range.lower)
    text += fmt::format("{} {}", range.lower->inclusive ? ">=" : ">", range.lower->value);
  if (range.upper)
    text += fmt::format("{}{} {}", text.empty() ? "" : " and ", range.upper->inclusive ? "<=" : "<",
                        range.upper->value);
  return text;
}

std::string network(const Network& network) {
  return fmt::format("cidr {}/{}", write_address(network), network.prefix_length);
}

}  // namespace

std::string describe(const Matcher& matcher) {
  switch (matcher.kind) {
    case MatcherKind::kString:
      return texts(matcher);
    case MatcherKind::kNumber:
      return !matcher.texts.empty() ? matcher.texts.front() : fmt::format("{}", matcher.number.value_or(0));
    case MatcherKind::kLiteral:
      return matcher.texts.empty() ? "null" : matcher.texts.front();
    case MatcherKind::kPrefix:
      return "prefix " + texts(matcher);
    case MatcherKind::kSuffix:
      return "suffix " + texts(matcher);
    case MatcherKind::kEqualsIgnoreCase:
      return "equals-ignore-case " + texts(matcher);
    case MatcherKind::kPrefixIgnoreCase:
      return "prefix equals-ignore-case " + texts(matcher);
    case MatcherKind::kSuffixIgnoreCase:
      return "suffix equals-ignore-case " + texts(matcher);
    case MatcherKind::kWildcard:
      return "wildcard " + texts(matcher);
    case MatcherKind::kNumeric:
      return "numeric " + range(matcher.range);
    case MatcherKind::kCidr:
      return matcher.network ? network(*matcher.network) : "cidr";
    case MatcherKind::kExists:
      return "exists: true";
    case MatcherKind::kDoesNotExist:
      return "exists: false";
    case MatcherKind::kAnythingButStrings:
      return "anything-but " + texts(matcher);
    case MatcherKind::kAnythingButNumbers:
      return "anything-but " +
             joined(matcher.numbers, [](double number) { return fmt::format("{}", number); });
    case MatcherKind::kAnythingButPrefix:
      return "anything-but prefix " + texts(matcher);
    case MatcherKind::kAnythingButSuffix:
      return "anything-but suffix " + texts(matcher);
    case MatcherKind::kAnythingButIgnoreCase:
      return "anything-but equals-ignore-case " + texts(matcher);
    case MatcherKind::kAnythingButWildcard:
      return "anything-but wildcard " + texts(matcher);
  }
  return {};
}

std::string shown(std::string_view text) {
  const std::string_view beginning = base::beginning(text);
  return syntax::json_quoted(beginning) + (beginning.size() < text.size() ? "…" : "");
}

}  // namespace grantproof::events
