// SPDX-License-Identifier: Apache-2.0
//
// Reference::match against the plainest matcher there is, over all actions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "aws/reference.h"

namespace grantproof::aws {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// Straight from the definition, exponential where it must be. Both in lower case.
bool naive_match(std::string_view pattern, std::string_view text) {
  if (pattern.empty())
    return text.empty();
  if (pattern[0] == '*')
    return naive_match(pattern.substr(1), text) || (!text.empty() && naive_match(pattern, text.substr(1)));
  if (text.empty())
    return false;
  return (pattern[0] == '?' || pattern[0] == text[0]) && naive_match(pattern.substr(1), text.substr(1));
}

const std::vector<std::string>& lower_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (ActionId i = 0; i < Reference::embedded().action_count(); ++i) {
      result.push_back(lower(Reference::embedded().action(i)));
    }
    return result;
  }();
  return names;
}

// A pattern without exactly one colon is not an action pattern, but for "*".
std::vector<ActionId> naive_matches(std::string_view pattern) {
  const std::string folded = lower(pattern);
  const bool all = !folded.empty() && folded.find_first_not_of('*') == std::string::npos;
  std::vector<ActionId> matches;
  if (!all && std::count(folded.begin(), folded.end(), ':') != 1)
    return matches;
  const std::vector<std::string>& names = lower_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (naive_match(folded, names[i]))
      matches.push_back(static_cast<ActionId>(i));
  }
  return matches;
}

TEST(ReferenceMatch, FindsWhatThePatternSays) {
  const Reference& reference = Reference::embedded();
  const auto names = [&](std::string_view pattern) {
    std::vector<std::string_view> result;
    for (const ActionId id : reference.match(pattern))
      result.push_back(reference.action(id));
    return result;
  };
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(names("events:PutEvents"), Names({"events:PutEvents"}));
  EXPECT_EQ(names("EVENTS:putevents"), Names({"events:PutEvents"}));
  EXPECT_EQ(names("sts:AssumeRole*"),
            Names({"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"}));
  EXPECT_EQ(names("sts:?ssumeRole"), Names({"sts:AssumeRole"}));
  EXPECT_EQ(names("e*s:PutEvents"), Names({"events:PutEvents"}));
  EXPECT_EQ(names("event?:PutEvents"), Names({"events:PutEvents"}));
  EXPECT_EQ(reference.match("*").size(), reference.action_count());
  EXPECT_EQ(reference.match("*:*").size(), reference.action_count());
  const auto [begin, end] = reference.actions_of(*reference.find_service("events"));
  EXPECT_EQ(reference.match("events:*").size(), end - begin);
}

TEST(ReferenceMatch, FindsNothingForTextThatIsNoActionPattern) {
  for (const std::string_view pattern :
       {"", ":", "events", "events*", "e*", "?*", "events:", ":PutEvents", "events:PutEvents ",
        " events:PutEvents", "events:Put*,s3:Get*", "events:*:*", "*:*:*", "events::PutEvents", "nosuch:*",
        "events:NoSuch*", "events?PutEvents", "events:PutEvents?"}) {
    EXPECT_TRUE(Reference::embedded().match(pattern).empty()) << pattern;
  }
}

TEST(ReferenceMatch, AgreesWithTheNaiveMatcher) {
  const char* const fixed[] = {"*",
                               "**",
                               "*:*",
                               "*:Get*",
                               "s3:*",
                               "s3*:*",
                               "s3:Get*",
                               "s3:*Object",
                               "s3:*Object*",
                               "s3:Get?bject",
                               "*s*:*e*e*",
                               "ec2:*",
                               "e?2:*",
                               "*-*:List*",
                               "*:*Tag*",
                               "iam:*Role*",
                               "iam:**Role",
                               "iam:?*Role",
                               "??:*",
                               "?:*",
                               "s3:get*",
                               "S3:GET*",
                               "s3:G*t*t",
                               "a*:*z",
                               "z*:*",
                               "vpc-lattice:Associate*-*",
                               "*:?",
                               "*:PutEvents",
                               "events:Put????s",
                               "events:*s",
                               "execute-api:*",
                               "*:*s*s*s*s*"};
  for (const char* const pattern : fixed) {
    EXPECT_EQ(Reference::embedded().match(pattern), naive_matches(pattern)) << pattern;
  }
}

// Names of actions with parts made wild and letters in the other case.
TEST(ReferenceMatch, AgreesWithTheNaiveMatcherOnRandomPatterns) {
  const unsigned seed = 20260926;
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  std::size_t matched = 0;
  for (int round = 0; round < 400; ++round) {
    std::string pattern(
        Reference::embedded().action(static_cast<ActionId>(below(Reference::embedded().action_count()))));
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      const std::size_t at = below(pattern.size());
      switch (below(4)) {
        case 0:
          pattern[at] = '?';
          break;
        case 1:
          pattern.replace(at, below(6), "*");
          break;
        case 2:
          pattern.erase(at + 1).push_back('*');
          break;
        default:
          pattern[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(pattern[at])));
      }
    }
    const std::vector<ActionId> expected = naive_matches(pattern);
    matched += expected.size();
    ASSERT_EQ(Reference::embedded().match(pattern), expected) << pattern << " (seed " << seed << ")";
  }
  EXPECT_GT(matched, 1000U) << "the patterns are too narrow to say anything";
}

TEST(ReferenceMatch, DoesNotHangOnManyStars) {
  std::string pattern = "s3:";
  for (int i = 0; i < 2000; ++i)
    pattern += "*a";
  EXPECT_TRUE(Reference::embedded().match(pattern).empty());
  EXPECT_EQ(Reference::embedded().match("s3:" + std::string(100'000, '*')),
            Reference::embedded().match("s3:*"));
}

}  // namespace
}  // namespace grantproof::aws
