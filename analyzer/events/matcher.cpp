// SPDX-License-Identifier: Apache-2.0
#include "events/matcher.h"

#include <algorithm>

#include "events/address.h"
#include "events/comparable_number.h"
#include "events/letter_case.h"
#include "events/wildcard.h"

namespace grantproof::events {
namespace {

// Whether the test holds for any of the matcher's texts.
template <typename Test>
bool any_text(const Matcher& matcher, Test&& test) {
  return std::any_of(matcher.texts.begin(), matcher.texts.end(), test);
}

bool in_network(const std::optional<Network>& network, std::string_view text) {
  if (!network.has_value())
    return false;
  const std::optional<Network> address = parse_address(text);
  return address.has_value() && contains(*network, *address);
}

bool is_number(const Matcher& matcher, std::string_view text) {
  if (matcher.number.has_value())
    return comparable_number(text) == matcher.number;
  return text == matcher.texts[0];
}

// What a matcher other than anything-but asks of a string.
bool matches_string(const Matcher& matcher, std::string_view text) {
  switch (matcher.kind) {
    case MatcherKind::kString:
      return text == matcher.texts[0] || in_network(matcher.network, text);
    case MatcherKind::kPrefix:
      return text.starts_with(matcher.texts[0]);
    case MatcherKind::kSuffix:
      return text.ends_with(matcher.texts[0]);
    case MatcherKind::kEqualsIgnoreCase:
      return equals_ignore_case(matcher.texts[0], text);
    case MatcherKind::kPrefixIgnoreCase:
      return starts_with_ignore_case(matcher.texts[0], text);
    case MatcherKind::kSuffixIgnoreCase:
      return ends_with_ignore_case(matcher.texts[0], text);
    case MatcherKind::kWildcard:
      return wildcard_matches(matcher.texts[0], text);
    case MatcherKind::kCidr:
      return in_network(matcher.network, text);
    case MatcherKind::kAnythingButStrings:
      return !any_text(matcher, [text](const std::string& excluded) { return text == excluded; });
    case MatcherKind::kAnythingButPrefix:
      return !any_text(matcher, [text](const std::string& excluded) { return text.starts_with(excluded); });
    case MatcherKind::kAnythingButSuffix:
      return !any_text(matcher, [text](const std::string& excluded) { return text.ends_with(excluded); });
    case MatcherKind::kAnythingButIgnoreCase:
      return !any_text(matcher,
                       [text](const std::string& excluded) { return equals_ignore_case(excluded, text); });
    case MatcherKind::kAnythingButWildcard:
      return !any_text(matcher,
                       [text](const std::string& excluded) { return wildcard_matches(excluded, text); });
    case MatcherKind::kExists:
    case MatcherKind::kAnythingButNumbers:
      return true;
    case MatcherKind::kNumber:
    case MatcherKind::kLiteral:
    case MatcherKind::kNumeric:
    case MatcherKind::kDoesNotExist:
      return false;
  }
  return false;
}

// Matchers of strings: nothing else matches them, and everything else is anything but a string.
bool matches_other(const Matcher& matcher, const Leaf& leaf) {
  const bool is_numeric = leaf.kind == Leaf::Kind::kNumber;
  switch (matcher.kind) {
    case MatcherKind::kNumber:
      return is_numeric && is_number(matcher, leaf.text);
    case MatcherKind::kLiteral:
      return !is_numeric && leaf.text == matcher.texts[0];
    case MatcherKind::kNumeric: {
      if (!is_numeric)
        return false;
      const std::optional<double> number = comparable_number(leaf.text);
      return number.has_value() && in_range(matcher.range, *number);
    }
    case MatcherKind::kAnythingButNumbers: {
      if (!is_numeric)
        return true;
      const std::optional<double> number = comparable_number(leaf.text);
      return !number.has_value() ||
             std::find(matcher.numbers.begin(), matcher.numbers.end(), *number) == matcher.numbers.end();
    }
    case MatcherKind::kExists:
    case MatcherKind::kAnythingButStrings:
    case MatcherKind::kAnythingButPrefix:
    case MatcherKind::kAnythingButSuffix:
    case MatcherKind::kAnythingButIgnoreCase:
    case MatcherKind::kAnythingButWildcard:
      return true;
    case MatcherKind::kString:
    case MatcherKind::kPrefix:
    case MatcherKind::kSuffix:
    case MatcherKind::kEqualsIgnoreCase:
    case MatcherKind::kPrefixIgnoreCase:
    case MatcherKind::kSuffixIgnoreCase:
    case MatcherKind::kWildcard:
    case MatcherKind::kCidr:
    case MatcherKind::kDoesNotExist:
      return false;
  }
  return false;
}

}  // namespace

bool in_range(const NumericRange& range, double number) {
  const auto& [lower, upper] = range;
  if (lower.has_value() && (number < lower->value || (number == lower->value && !lower->inclusive)))
    return false;
  return !upper.has_value() || number < upper->value || (number == upper->value && upper->inclusive);
}

bool matches(const Matcher& matcher, const Leaf& leaf) {
  return leaf.kind == Leaf::Kind::kString ? matches_string(matcher, leaf.text) : matches_other(matcher, leaf);
}

}  // namespace grantproof::events
