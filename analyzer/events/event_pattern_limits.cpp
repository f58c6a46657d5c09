// SPDX-License-Identifier: Apache-2.0
#include "events/event_pattern_limits.h"

#include <string>

#include "events/wildcard.h"
#include "patterns/glob.h"

namespace grantproof::events {
namespace {

constexpr std::size_t kCharacterQuota = 2048;
constexpr std::size_t kMostCharacters = 4096;
constexpr std::size_t kMostCombinations = 1000;

using enum EventPatternRuleId;

}  // namespace

void warn_of_size(const EventPatternContext& context, base::Span span, std::string_view text) {
  const std::size_t characters = patterns::to_units(text).size();
  if (characters <= kCharacterQuota)
    return;
  const bool beyond_all = characters > kMostCharacters;
  context.report(kSize, span,
                 "the pattern has " + std::to_string(characters) + " characters; " +
                     (beyond_all ? "the service takes at most 4,096" : "the quota is 2,048"),
                 beyond_all ? "shorten it, for example by leaving out white space, or split the rule"
                            : "shorten it, for example by leaving out white space, or have the quota raised");
}

void warn_of_combinations(const EventPatternContext& context, base::Span span, std::size_t combinations) {
  if (combinations <= kMostCombinations)
    return;
  context.report(kOrCombinations, span,
                 "the branches of $or make " + std::to_string(combinations) +
                     " combinations; the service takes at most 1,000",
                 "branches that differ in one field can be one list of values of that field");
}

void warn_of_complexity(const EventPatternContext& context, const syntax::Node& wildcard,
                        std::string_view path) {
  const std::size_t complexity = wildcard_complexity(wildcard.text);
  if (complexity <= kWildcardComplexityLimit)
    return;
  context.report(kWildcardComplexity, wildcard.span,
                 "the wildcard of " + quoted(path) + " has the complexity " + std::to_string(complexity) +
                     "; the service was seen to refuse 11 and to take 7",
                 "use fewer stars, and behind a star fewer repeated characters");
}

}  // namespace grantproof::events
