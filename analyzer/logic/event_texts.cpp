// SPDX-License-Identifier: Apache-2.0
#include "logic/event_texts.h"

#include <algorithm>
#include <map>

#include "events/letter_case.h"

namespace grantproof::logic {
namespace {

using events::Matcher;
using events::MatcherKind;
using patterns::Glob;
using patterns::UnitClass;

constexpr std::size_t kMostSpellings = 256;

// How many units have this one as their lower case, in the sense of a glob without regard to case.
std::size_t units_folding_to(char16_t lower) {
  static const std::map<char16_t, std::size_t> kCounts = [] {
    std::map<char16_t, std::size_t> counts;
    for (unsigned unit = 0; unit <= 0xffff; ++unit)
      ++counts[patterns::lower(static_cast<char16_t>(unit))];
    return counts;
  }();
  const auto at = kCounts.find(lower);
  return at == kCounts.end() ? 0 : at->second;
}

// A glob folds the letter to exactly its two spellings.
bool folds_alike(const events::Spellings& spellings) {
  const std::u16string low = patterns::to_units(spellings.lower.text());
  const std::u16string high = patterns::to_units(spellings.upper.text());
  return low.size() == 1 && high.size() == 1 && low != high && patterns::lower(low[0]) == low[0] &&
         patterns::lower(high[0]) == low[0] && units_folding_to(low[0]) == 2;
}

// The spellings of a text, each between `start` and the end that the caller adds.
std::optional<std::vector<Glob>> spelled(const Glob& start, std::string_view text) {
  std::vector<Glob> globs{start};
  const std::u16string units = patterns::to_units(text);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool pair = units[i] >= 0xd800 && units[i] < 0xdc00 && i + 1 < units.size();
    if (pair) {  // no case beyond the BMP
      for (Glob& glob : globs)
        glob.literal(patterns::to_utf8(std::u16string_view(units).substr(i, 2)));
      ++i;
      continue;
    }
    const events::Spellings spellings = events::spellings(units[i]);
    if (spellings.lower.text() == spellings.upper.text() || folds_alike(spellings)) {
      const bool fold = spellings.lower.text() != spellings.upper.text();
      for (Glob& glob : globs)
        glob.literal(spellings.lower.text(), fold);
      continue;
    }
    const std::size_t before = globs.size();
    if (2 * before > kMostSpellings)
      return std::nullopt;
    for (std::size_t g = 0; g < before; ++g) {
      globs.push_back(globs[g]);
      globs.back().literal(spellings.upper.text());
      globs[g].literal(spellings.lower.text());
    }
  }
  return globs;
}

// '*' is any text; "\*" and "\\" are the characters.
Glob wildcard(std::string_view pattern) {
  Glob glob;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      glob.run(UnitClass::kAny);
      continue;
    }
    if (pattern[i] == '\\' && i + 1 < pattern.size())
      ++i;
    std::size_t end = i + 1;
    while (end < pattern.size() && pattern[end] != '*' && pattern[end] != '\\')
      ++end;
    glob.literal(pattern.substr(i, end - i));
    i = end - 1;
  }
  return glob;
}

}  // namespace

std::optional<std::vector<Glob>> event_texts(const Matcher& matcher) {
  std::vector<Glob> globs;
  for (const std::string& text : matcher.texts) {
    switch (matcher.kind) {
      case MatcherKind::kPrefix:
      case MatcherKind::kAnythingButPrefix:
        globs.push_back(Glob().literal(text).run(UnitClass::kAny));
        break;
      case MatcherKind::kSuffix:
      case MatcherKind::kAnythingButSuffix:
        globs.push_back(Glob().run(UnitClass::kAny).literal(text));
        break;
      case MatcherKind::kWildcard:
      case MatcherKind::kAnythingButWildcard:
        globs.push_back(wildcard(text));
        break;
      case MatcherKind::kEqualsIgnoreCase:
      case MatcherKind::kPrefixIgnoreCase:
      case MatcherKind::kSuffixIgnoreCase:
      case MatcherKind::kAnythingButIgnoreCase: {
        const bool suffix = matcher.kind == MatcherKind::kSuffixIgnoreCase;
        auto spellings = spelled(suffix ? Glob().run(UnitClass::kAny) : Glob(), text);
        if (!spellings)
          return std::nullopt;
        for (Glob& glob : *spellings) {
          if (matcher.kind == MatcherKind::kPrefixIgnoreCase)
            glob.run(UnitClass::kAny);
          globs.push_back(std::move(glob));
        }
        break;
      }
      default:
        globs.push_back(Glob().literal(text));
        break;
    }
  }
  return globs;
}

policy::AddressTest addresses_of(const events::Network& network) {
  policy::AddressTest test;
  std::array<std::uint8_t, 16> first = network.address, last = network.address;
  const unsigned begin = network.version_6 ? 0 : 96;
  for (unsigned bit = begin + network.prefix_length; bit < 128; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    first[bit / 8] = static_cast<std::uint8_t>(first[bit / 8] & ~mask);
    last[bit / 8] = static_cast<std::uint8_t>(last[bit / 8] | mask);
  }
  const auto address = [&](const std::array<std::uint8_t, 16>& bytes) {
    policy::Address made;
    made.v6 = network.version_6;
    for (std::size_t i = 0; i < 8; ++i) {
      made.high = (made.high << 8U) | bytes[i];
      made.low = (made.low << 8U) | bytes[i + 8];
    }
    if (!made.v6) {
      made.high = 0;
      made.low &= 0xffffffffU;
    }
    return made;
  };
  test.first = address(first);
  test.last = address(last);
  return test;
}

}  // namespace grantproof::logic
