// SPDX-License-Identifier: Apache-2.0
#include "router/rule_key.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace grantproof::router {
namespace {

using events::Matcher;
using events::MatcherKind;

// A shorter text in the index says little; a longer one saves nothing more.
constexpr std::size_t kLongestAffix = 24;

RuleKey prefix_key(KeyKind kind, std::string_view text) {
  if (text.empty())
    return {KeyKind::kPresent, {}};
  return {kind, std::string(text.substr(0, kLongestAffix))};
}

RuleKey suffix_key(KeyKind kind, std::string_view text) {
  if (text.empty())
    return {KeyKind::kPresent, {}};
  return {kind, std::string(text.substr(text.size() - std::min(text.size(), kLongestAffix)))};
}

RuleKey folded_key(KeyKind kind, std::string_view text) {
  // Beyond ASCII the two cases of a letter may be of different length: the matcher has to look.
  if (!base::is_ascii(text))
    return {KeyKind::kPresent, {}};
  std::string folded = base::fold_case(text);
  if (kind == KeyKind::kFoldedPrefix)
    return prefix_key(kind, folded);
  if (kind == KeyKind::kFoldedSuffix)
    return suffix_key(kind, folded);
  return {kind, std::move(folded)};
}

// The longer of the texts before the first and behind the last wildcard.
RuleKey wildcard_key(std::string_view pattern) {
  std::string before, behind;
  std::size_t stars = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      ++stars;
      behind.clear();
      continue;
    }
    if (pattern[i] == '\\' && i + 1 < pattern.size())
      ++i;
    behind += pattern[i];
    if (stars == 0)
      before += pattern[i];
  }
  if (stars == 0)
    return {KeyKind::kText, before};
  return before.size() >= behind.size() ? prefix_key(KeyKind::kPrefix, before)
                                        : suffix_key(KeyKind::kSuffix, behind);
}

}  // namespace

RuleKey rule_key(const Matcher& matcher) {
  switch (matcher.kind) {
    case MatcherKind::kString:
      // An address has other spellings.
      if (matcher.network)
        return {KeyKind::kNetwork, network_key(*matcher.network, matcher.network->prefix_length)};
      return {KeyKind::kText, matcher.texts.front()};
    case MatcherKind::kNumber:
      if (matcher.number)
        return {KeyKind::kNumber, number_key(*matcher.number)};
      return {KeyKind::kSpelling, matcher.texts.front()};
    case MatcherKind::kLiteral:
      return {KeyKind::kSpelling, matcher.texts.front()};
    case MatcherKind::kPrefix:
      return prefix_key(KeyKind::kPrefix, matcher.texts.front());
    case MatcherKind::kSuffix:
      return suffix_key(KeyKind::kSuffix, matcher.texts.front());
    case MatcherKind::kEqualsIgnoreCase:
      return folded_key(KeyKind::kFolded, matcher.texts.front());
    case MatcherKind::kPrefixIgnoreCase:
      return folded_key(KeyKind::kFoldedPrefix, matcher.texts.front());
    case MatcherKind::kSuffixIgnoreCase:
      return folded_key(KeyKind::kFoldedSuffix, matcher.texts.front());
    case MatcherKind::kWildcard:
      return wildcard_key(matcher.texts.front());
    case MatcherKind::kNumeric:
      return {KeyKind::kRange, {}};
    case MatcherKind::kCidr:
      return {KeyKind::kNetwork, network_key(*matcher.network, matcher.network->prefix_length)};
    case MatcherKind::kDoesNotExist:
      return {KeyKind::kAbsent, {}};
    case MatcherKind::kExists:
    case MatcherKind::kAnythingButStrings:
    case MatcherKind::kAnythingButNumbers:
    case MatcherKind::kAnythingButPrefix:
    case MatcherKind::kAnythingButSuffix:
    case MatcherKind::kAnythingButIgnoreCase:
    case MatcherKind::kAnythingButWildcard:
      break;
  }
  return {KeyKind::kPresent, {}};
}

std::uint64_t commonness(const RuleKey& key) {
  switch (key.kind) {
    case KeyKind::kText:
    case KeyKind::kNumber:
    case KeyKind::kFolded:
      return 1;
    case KeyKind::kPrefix:
    case KeyKind::kSuffix:
    case KeyKind::kFoldedPrefix:
    case KeyKind::kFoldedSuffix:
      return 1 + 64 / key.bytes.size();
    case KeyKind::kNetwork:
      return 32;
    case KeyKind::kSpelling:
      return 1'000;
    case KeyKind::kRange:
      return 10'000;
    case KeyKind::kPresent:
      return 1'000'000;
    case KeyKind::kAbsent:
      break;
  }
  return 100'000'000;
}

std::string number_key(double value) {
  value += 0.0;  // -0 is 0
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string network_key(const events::Network& address, unsigned prefix_length) {
  std::string bytes;
  bytes += address.version_6 ? '\6' : '\4';
  bytes += static_cast<char>(prefix_length);
  const std::size_t first = address.version_6 ? 0 : 12;
  for (std::size_t i = 0; 8 * i < prefix_length; ++i) {
    const unsigned left = prefix_length - static_cast<unsigned>(8 * i);
    const unsigned mask = left >= 8 ? 0xffU : (0xff00U >> left) & 0xffU;
    bytes += static_cast<char>(address.address[first + i] & mask);
  }
  return bytes;
}

}  // namespace grantproof::router
