// SPDX-License-Identifier: Apache-2.0
#include "policy/variable.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace grantproof::policy {
namespace {

// pattern text as itself, literals as <x>, variables as {key} or {key|default}
std::string shown(const TextWithVariables& text) {
  std::string result;
  for (const TextPart& part : text.parts) {
    switch (part.kind) {
      case TextPart::Kind::kPattern:
        result += part.text;
        break;
      case TextPart::Kind::kLiteral:
        result += "<" + part.text + ">";
        break;
      case TextPart::Kind::kVariable:
        result += "{" + part.key + (part.default_text.has_value() ? "|" + *part.default_text : "") + "}";
        break;
      case TextPart::Kind::kUnknown:
        result += "[" + part.text + "]";
        break;
    }
  }
  return result;
}

struct Row {
  std::string_view text;
  std::string_view parts;
};

TEST(ParseVariables, CutsTextIntoParts) {
  constexpr Row kRows[] = {
      {"", ""},
      {"plain*", "plain*"},
      {"${aws:username}", "{aws:username}"},
      {"home/${aws:username}/*", "home/{aws:username}/*"},
      {"${aws:PrincipalTag/Team}-${aws:username}", "{aws:PrincipalTag/Team}-{aws:username}"},
      // defaults
      {"${aws:PrincipalTag/team, 'none'}", "{aws:PrincipalTag/team|none}"},
      {"${aws:PrincipalTag/team, ''}", "{aws:PrincipalTag/team|}"},
      {"${aws:username, 'a b, c}'}!", "{aws:username|a b, c}}!"},
      // escapes are literal text
      {"a${*}b${?}c${$}", "a<*>b<?>c<$>"},
      {"${$}{aws:username}", "<$>{aws:username}"},
      // no variables
      {"$aws:username", "$aws:username"},
      {"{aws:username}", "{aws:username}"},
      {"cost $5", "cost $5"},
      {"$${aws:username}", "${aws:username}"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    std::vector<VariableMistake> mistakes;
    EXPECT_EQ(shown(parse_variables(row.text, Version::k2012, &mistakes)), row.parts);
    EXPECT_TRUE(mistakes.empty());
  }
}

TEST(ParseVariables, FoldsKeysAndJoinsNothing) {
  const TextWithVariables text = parse_variables("${AWS:UserName}", Version::k2012);
  ASSERT_EQ(text.parts.size(), 1U);
  EXPECT_EQ(text.parts[0].key, "AWS:UserName");
  EXPECT_EQ(text.parts[0].folded_key, "aws:username");
  EXPECT_TRUE(text.has_variable());
  EXPECT_FALSE(parse_variables("a${*}b", Version::k2012).has_variable());
}

TEST(ParseVariables, KeepsMistakesAsText) {
  struct Mistake {
    std::string_view text;
    std::size_t offset;
  };
  constexpr Mistake kRows[] = {
      {"${aws:username", 0},                      // no brace
      {"x/${aws:username/${aws:userid", 2},       // no brace, twice
      {"a${}b", 1},                               // empty
      {"a${  }b", 1},                             // empty
      {"${aws: username}", 6},                    // space
      {"${aws:username }", 14},                   // space
      {"${aws:PrincipalTag/team,'none'}", 23},    // no space after the comma
      {"${aws:PrincipalTag/team, none}", 25},     // no quotes
      {"${aws:PrincipalTag/team, 'none}", 25},    // no closing quote
      {"${aws:PrincipalTag/team, 'none' }", 30},  // no brace after the default
  };
  for (const Mistake& row : kRows) {
    SCOPED_TRACE(row.text);
    std::vector<VariableMistake> mistakes;
    const TextWithVariables text = parse_variables(row.text, Version::k2012, &mistakes);
    ASSERT_FALSE(mistakes.empty());
    EXPECT_EQ(mistakes[0].offset, row.offset);
    ASSERT_EQ(text.parts.size(), 1U);
    EXPECT_EQ(text.parts[0].kind, TextPart::Kind::kPattern);
    EXPECT_EQ(text.parts[0].text, row.text);
  }
}

TEST(ParseVariables, GoesOnAfterAMistake) {
  std::vector<VariableMistake> mistakes;
  EXPECT_EQ(shown(parse_variables("${}/${aws:username}", Version::k2012, &mistakes)), "${}/{aws:username}");
  EXPECT_EQ(mistakes.size(), 1U);
  mistakes.clear();
  EXPECT_EQ(shown(parse_variables("${aws:userid/${aws:username}", Version::k2012, &mistakes)),
            "${aws:userid/{aws:username}");
  EXPECT_EQ(mistakes.size(), 1U);
}

TEST(ParseVariables, TakesEverythingLiterallyIn2008) {
  std::vector<VariableMistake> mistakes;
  const TextWithVariables text = parse_variables("${aws:username}${*}${", Version::k2008, &mistakes);
  ASSERT_EQ(text.parts.size(), 1U);
  EXPECT_EQ(text.parts[0].text, "${aws:username}${*}${");
  EXPECT_EQ(text.parts[0].kind, TextPart::Kind::kPattern);
  EXPECT_TRUE(mistakes.empty());
}

TEST(ParseResourceVariables, CountOnlyAfterTheFifthColon) {
  constexpr Row kRows[] = {
      {"*", "*"},
      {"arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/{aws:username}/*"},
      {"arn:aws:s3:::${*}", "arn:aws:s3:::<*>"},
      {"arn:aws:sns:us-east-1:${aws:PrincipalAccount}:topic",
       "arn:aws:sns:us-east-1:${aws:PrincipalAccount}:topic"},
      {"${aws:username}", "${aws:username}"},
      {"arn:${aws:username}", "arn:${aws:username}"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    const TextWithVariables text = parse_resource_variables(row.text, Version::k2012);
    EXPECT_EQ(shown(text), row.parts);
  }
  EXPECT_FALSE(parse_resource_variables("arn:aws:sns:us-east-1:${aws:PrincipalAccount}:t", Version::k2012)
                   .has_variable());
  EXPECT_TRUE(parse_resource_variables("arn:aws:s3:::${aws:username}", Version::k2012).has_variable());
  EXPECT_FALSE(parse_resource_variables("arn:aws:s3:::${aws:username}", Version::k2008).has_variable());
}

}  // namespace
}  // namespace grantproof::policy
