// SPDX-License-Identifier: Apache-2.0
//
// Conditions, and resources that look different under conditions that nobody can decide.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

TemplateReading read(const std::string& yaml, std::map<std::string, std::string> parameters = {}) {
  TemplateReading reading(std::move(parameters));
  reading.add("t.yaml", yaml, "111122223333", "eu-west-1").translate();
  return reading;
}

const std::string kTemplate = R"(Parameters:
  Stage: {Type: String}
  Size: {Type: String, AllowedValues: [small, large, huge]}
  Hub: {Type: String}
  Given: {Type: String, Default: yes}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Equals [dev, !Ref Stage]
  IsNotProd: !Not [!Condition IsProd]
  HasHub: !Not [!Equals [!Ref Hub, ""]]
  IsLarge: !Equals [!Ref Size, large]
  IsHuge: !Equals [!Ref Size, huge]
  IsTiny: !Equals [!Ref Size, tiny]
  IsGiven: !Equals [!Ref Given, yes]
  Both: !And [!Condition IsProd, !Condition HasHub]
  Either: !Or [!Condition IsProd, !Condition HasHub]
  Never: !And [!Condition IsProd, !Not [!Condition IsGiven]]
  Always: !Or [!Condition IsProd, !Condition IsGiven]
  IsProdBucket: !Equals [!Sub "orders-${Stage}", "orders-prod"]
Resources:
)";

struct Case {
  std::string resource;  // attributes of R, in flow style
  std::string expected;  // "WHEN: PROPERTIES" lines
};

TEST(TemplateConditions, ResourcesAreDescribedOnceForEachCase) {
  const std::vector<Case> cases = {
      {"Condition: IsGiven, Properties: {V: 1}", R"({"V":1})"},
      {"Condition: Never", ""},
      {"Condition: Always, Properties: {V: 1}", R"({"V":1})"},
      {"Condition: IsTiny", ""},
      {"Condition: IsProd, Properties: {V: 1}", R"(IsProd: {"V":1})"},
      {"Condition: IsNotProd, Properties: {V: 1}", R"(IsNotProd: {"V":1})"},
      {"Condition: HasHub, Properties: {V: 1}", R"(HasHub: {"V":1})"},
      {"Condition: Both, Properties: {V: 1}", R"(Both: {"V":1})"},
      {"Condition: Either, Properties: {V: 1}", R"(Either: {"V":1})"},
      {"Properties: {V: !If [IsProd, a, b]}", "IsProd: {\"V\":\"a\"}\nnot IsProd: {\"V\":\"b\"}"},
      {"Properties: {V: !If [IsNotProd, a, b]}", "IsProd: {\"V\":\"b\"}\nnot IsProd: {\"V\":\"a\"}"},
      {"Properties: {V: !If [HasHub, !Ref Hub, !Ref 'AWS::NoValue']}",
       "not HasHub: {}\nHasHub: {\"V\":\"‹parameter Hub›\"}"},
      // What makes no difference is no case.
      {"Properties: {V: !If [IsProd, a, a]}", R"({"V":"a"})"},
      {"Properties: {V: !If [IsProd, a, !If [HasHub, b, b]]}",
       "IsProd: {\"V\":\"a\"}\nnot IsProd: {\"V\":\"b\"}"},
      {"Condition: IsProd, Properties: {V: !If [IsProd, a, b]}", R"(IsProd: {"V":"a"})"},
      {"Condition: IsProd, Properties: {V: !If [HasHub, a, b]}",
       "IsProd and not HasHub: {\"V\":\"b\"}\nIsProd and HasHub: {\"V\":\"a\"}"},
      {"Properties: {V: !If [Either, a, b]}",
       "IsProd or not IsProd and HasHub: {\"V\":\"a\"}\nnot IsProd and not HasHub: {\"V\":\"b\"}"},
      // One value of Stage cannot be two.
      {"Properties: {V: !If [IsProd, !If [IsDev, a, b], c]}",
       "IsProd: {\"V\":\"b\"}\nnot IsProd: {\"V\":\"c\"}"},
      {"Condition: IsProd, Properties: {V: !If [IsProdBucket, a, b]}", R"(IsProd: {"V":"a"})"},
      // small, large, huge.
      {"Properties: {V: !If [IsLarge, l, !If [IsHuge, h, s]]}",
       "IsLarge: {\"V\":\"l\"}\nIsHuge and not IsLarge: {\"V\":\"h\"}\nnot IsHuge and not IsLarge: "
       "{\"V\":\"s\"}"},
      {"Properties: {V: !If [IsTiny, a, b]}", R"({"V":"b"})"},
  };
  for (const Case& one : cases) {
    const TemplateReading reading =
        read(kTemplate + "  R: {Type: 'AWS::EC2::Thing', " + one.resource + "}\n");
    EXPECT_EQ(reading.properties("R"), one.expected) << one.resource;
    EXPECT_EQ(reading.said(), "") << one.resource;
  }
}

TEST(TemplateConditions, ConditionsOfWhatAResourceRefersToAreItsOwn) {
  const TemplateReading reading = read(kTemplate + R"(
  Bus: {Type: 'AWS::Events::EventBus', Properties: {Name: !If [IsProd, orders, !Sub 'orders-${Stage}']}}
  R: {Type: 'AWS::EC2::Thing', Properties: {V: !Ref Bus}}
)");
  EXPECT_EQ(reading.properties("R"),
            "IsProd: {\"V\":\"orders\"}\nnot IsProd: {\"V\":\"orders-‹parameter Stage›\"}");
}

TEST(TemplateConditions, ComparisonsWithoutANameAreSaid) {
  const TemplateReading reading = read(R"(Parameters: {A: {Type: String}, B: {Type: String}}
Conditions:
  Any: !Or [!Equals [!Ref A, x], !Equals [!Ref B, '']]
Resources:
  R: {Type: 'AWS::EC2::Thing', Properties: {V: !If [Any, 1, 2]}}
)");
  EXPECT_EQ(reading.properties("R"),
            "parameter A is \"x\" or parameter A is not \"x\" and parameter B is \"\": {\"V\":1}\n"
            "parameter A is not \"x\" and parameter B is not \"\": {\"V\":2}");
}

TEST(TemplateConditions, GivenParametersDecide) {
  const TemplateReading reading =
      read(kTemplate + "  R: {Type: 'AWS::EC2::Thing', Properties: {V: !If [IsProd, a, b]}}\n",
           {{"Stage", "prod"}});
  EXPECT_EQ(reading.properties("R"), R"({"V":"a"})");
}

TEST(TemplateConditions, MistakesLeaveBothCases) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"C: !Condition D\n  D: !Condition C",
       "GP0305 3:17 the condition C refers to itself\nGP0305 2:17 the condition D refers to itself\n"},
      {"C: !Equals [a]", "GP0301 2:14 Fn::Equals takes a list of two values\n"},
      {"C: yes", "GP0301 2:6 a condition is a string, expected one function\n"},
      {"C: {a: 1, b: 2}", "GP0301 2:6 a condition is an object, expected one function\n"},
      {"C: !Not [!Condition X, !Condition Y]",
       "GP0301 2:11 Fn::Not is no condition function with its arguments\n"},
      {"C: {Fn::And: []}", "GP0301 2:6 Fn::And takes a list of conditions\n"},
      {"C: !Equals [!Ref Nobody, a]", "GP0304 2:20 there is no parameter or resource Nobody\n"},
      {"C: !Condition Nobody", "GP0304 2:17 there is no condition Nobody\n"},
  };
  for (const auto& [condition, said] : cases) {
    const TemplateReading reading = read("Conditions:\n  " + condition + R"(
Resources:
  R: {Type: 'AWS::EC2::Thing', Properties: {V: !If [C, a, b]}}
  S: {Type: 'AWS::EC2::Thing', Condition: C}
)");
    const std::string looks = reading.properties("R");
    EXPECT_NE(looks.find(R"({"V":"a"})"), std::string::npos) << condition;
    EXPECT_NE(looks.find(R"({"V":"b"})"), std::string::npos) << condition;
    EXPECT_NE(reading.resources().find("S when C"), std::string::npos) << condition << reading.resources();
    EXPECT_EQ(reading.said(), said) << condition;
  }
}

TEST(TemplateConditions, TooManyCasesAreSaid) {
  std::string conditions;
  std::string properties;
  std::string parameters;
  for (int i = 0; i < 7; ++i) {
    parameters += fmt::format("  P{}: {{Type: String}}\n", i);
    conditions += fmt::format("  C{0}: !Equals [!Ref P{0}, x]\n", i);
    properties += fmt::format("      V{0}: !If [C{0}, a, b]\n", i);
  }
  TemplateReading reading =
      read("Parameters:\n" + parameters + "Conditions:\n" + conditions +
           "Resources:\n  R:\n    Type: AWS::EC2::Thing\n    Properties:\n" + properties +
           "  S: {Type: 'AWS::EC2::Thing', Properties: {V: !If [C0, a, b]}}\n");
  EXPECT_EQ(reading.into.resources.size(), 3U);
  EXPECT_TRUE(reading.properties("R").starts_with(R"({"V0":"‹If C0 of t›",)"));
  EXPECT_EQ(reading.said(), "GP0307 18:3 R looks different in more than 64 cases\n");
  // 64 are described.
  std::string six = properties.substr(0, properties.find("      V6"));
  const TemplateReading fewer = read("Parameters:\n" + parameters + "Conditions:\n" + conditions +
                                     "Resources:\n  R:\n    Type: AWS::EC2::Thing\n    Properties:\n" + six);
  EXPECT_EQ(fewer.into.resources.size(), 64U);
  EXPECT_EQ(fewer.said(), "");
}

TEST(TemplateConditions, LongChainsOfConditionsEnd) {
  std::string conditions = "  C0: !Equals [!Ref P, x]\n";
  for (int i = 1; i < 60; ++i)
    conditions += fmt::format("  C{}: !And [!Condition C{}, !Condition C{}]\n", i, i - 1, i - 1);
  const TemplateReading reading = read("Parameters: {P: {Type: String}}\nConditions:\n" + conditions +
                                       "Resources:\n  R: {Type: 'AWS::EC2::Thing', Condition: C59}\n");
  EXPECT_NE(reading.said().find("GP0307"), std::string::npos);
  EXPECT_EQ(reading.into.resources.size(), 1U);
}

}  // namespace
}  // namespace grantproof::sources
