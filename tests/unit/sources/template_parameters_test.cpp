// SPDX-License-Identifier: Apache-2.0
//
// Values of parameters, and what is taken for granted.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

struct Case {
  std::string declaration;
  std::string given;  // "" for none
  std::string value;  // of Ref, JSON
  std::string assumed;
  std::string said;
};

TEST(TemplateParameters, GivenThenDefaultThenUnknown) {
  const std::vector<Case> cases = {
      {"{Type: String}", "x", R"("x")", "", ""},
      {"{Type: String}", "", R"("‹parameter P›")", "", ""},
      {"{Type: String, Default: d}", "x", R"("x")", "", ""},
      {"{Type: String, Default: d}", "", R"("d")", "parameter P of t.yaml has its default, d\n", ""},
      {"{Type: String, Default: ''}", "", R"("")", "parameter P of t.yaml has its default, an empty text\n",
       ""},
      {"{Type: Number, Default: 5}", "", R"("5")", "parameter P of t.yaml has its default, 5\n", ""},
      {"{Type: String, Default: true}", "", R"("true")", "parameter P of t.yaml has its default, true\n", ""},
      {"{Type: String, Default: 000011112222}", "", R"("000011112222")",
       "parameter P of t.yaml has its default, 000011112222\n", ""},
      {"{Type: CommaDelimitedList, Default: 'a, b'}", "", R"(["a","b"])",
       "parameter P of t.yaml has its default, a, b\n", ""},
      {"{Type: List<Number>}", "1,2", R"(["1","2"])", "", ""},
      {"{Type: List<AWS::EC2::Subnet::Id>}", "", R"("‹parameter P›")", "", ""},
      {"{Type: String, NoEcho: true, Default: d}", "", R"("‹parameter P›")", "", ""},
      {"{Type: String, NoEcho: 'true', Default: d}", "", R"("‹parameter P›")", "", ""},
      {"{Type: String, NoEcho: true}", "x", R"("x")", "", ""},
      {"{Type: AWS::SSM::Parameter::Value<String>, Default: /a}", "", R"("‹parameter P›")", "", ""},
      {"{Type: AWS::SSM::Parameter::Value<String>, Default: /a}", "x", R"("x")",
       "parameter P of t.yaml, which is read from Systems Manager, has the value x\n", ""},
      {"{Type: 'AWS::SSM::Parameter::Value<List<String>>'}", "x,y", R"(["x","y"])",
       "parameter P of t.yaml, which is read from Systems Manager, has the value x,y\n", ""},
      {"{Type: String, AllowedValues: [a, b]}", "c", R"("c")", "",
       "GP0301 1:17 parameter P has the value \"c\", which is none of its AllowedValues\n"},
      {"{Type: String, AllowedValues: [a, b]}", "b", R"("b")", "", ""},
      {"{Default: {a: b}}", "", R"("")", "parameter P of t.yaml has its default, an empty text\n", ""},
      {"no", "", R"("‹parameter P›")", "", "GP0301 1:17 a parameter is a string, expected an object\n"},
  };
  for (const Case& one : cases) {
    std::map<std::string, std::string> given;
    if (!one.given.empty())
      given["P"] = one.given;
    TemplateReading reading(given);
    reading
        .add("t.yaml", "Parameters: {P: " + one.declaration +
                           "}\nResources: {R: {Type: AWS::EC2::Thing, Properties: {V: !Ref P}}}\n")
        .translate();
    EXPECT_EQ(reading.property("R", "V"), one.value) << one.declaration;
    EXPECT_EQ(reading.assumptions(), one.assumed) << one.declaration;
    EXPECT_EQ(reading.said(), one.said) << one.declaration;
  }
}

// Such a text can be split around it.
TEST(TemplateParameters, AllowedValuesTellThatThereIsNoColon) {
  TemplateReading reading;
  reading
      .add(
          "t.yaml",
          R"(Parameters: {A: {Type: String, AllowedValues: [dev, prod]}, B: {Type: String, AllowedValues: ['a:b', c]}}
Resources:
  R:
    Type: AWS::EC2::Thing
    Properties: {V: !Split [':', !Sub 'x:${A}-y:z'], W: !Split [':', !Sub 'x:${B}-y:z']}
)")
      .translate();
  EXPECT_EQ(reading.properties("R"),
            R"({"V":["x","‹parameter A›-y","z"],"W":"‹x.parameter B-y.z split at .›"})");
}

TEST(TemplateParameters, DefaultsThatNobodyUsesAreNotAssumed) {
  TemplateReading reading;
  reading
      .add("t.yaml", R"(Parameters: {A: {Type: String, Default: a}, B: {Type: String, Default: b}}
Resources: {R: {Type: AWS::EC2::Thing, Properties: {V: !Ref B, W: !Sub '${B}'}}}
)")
      .translate();
  EXPECT_EQ(reading.assumptions(), "parameter B of t.yaml has its default, b\n");
}

TEST(TemplateParameters, GivenOnesThatNoTemplateHasAreTold) {
  TemplateSet set({{"Stage", "x"}, {"Stgae", "y"}});
  TemplateReading reading;
  const base::FileId file = reading.sources.add("t.yaml", "Parameters: {Stage: {Type: String}}\n");
  set.add_template(*syntax::read_yaml(reading.sources, file, reading.sink), {"t.yaml", "", ""});
  EXPECT_EQ(set.unused_parameters(), std::vector<std::string>{"Stgae"});
}

}  // namespace
}  // namespace grantproof::sources
