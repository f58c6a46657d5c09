// SPDX-License-Identifier: Apache-2.0
//
// Templates that are wrong everywhere, or made to be large: they end, and say so.
#include <gtest/gtest.h>

#include "unit/sources/template_reading.h"

namespace grantproof::sources {
namespace {

TEST(TemplateHostile, LimitsOfWhatATemplateMayBecome) {
  std::string doubling = R"(Resources:
  T: {Type: AWS::EC2::Thing, Properties: {V: !Ref B30}}
  B0: {Type: AWS::SNS::Topic, Properties: {TopicName: aaaaaaaaaaaaaaaa}}
)";
  std::string lists =
      "Mappings: {M: {K: {L: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}}}\n"
      "Resources: {T: {Type: AWS::EC2::Thing, Properties: {V: [";
  std::string loops = "Resources:\n";
  std::string indent = "  ";
  for (int i = 1; i <= 30; ++i) {
    doubling += fmt::format(
        "  B{0}: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !Sub "
        "'${{B{1}.TopicName}}${{B{1}.TopicName}}'}}}}\n",
        i, i - 1);
    if (i <= 12) {
      loops += fmt::format("{0}Fn::ForEach::L{1}:\n{0}- I{1}\n{0}- [a, b, c, d, e, f, g, h, i, j]\n{0}-\n",
                           indent, i);
      indent += "  ";
    }
  }
  loops +=
      indent + "R${I1}${I2}${I3}${I4}${I5}${I6}${I7}${I8}${I9}${I10}${I11}${I12}: {Type: AWS::EC2::Thing}\n";
  for (int i = 0; i < 200'000; ++i)
    lists += "!FindInMap [M, K, L],";
  lists += "1]}}}\n";
  for (const std::string& text : {doubling, lists, loops}) {
    TemplateReading reading;
    reading.add("t.yaml", text).translate();
    EXPECT_NE(reading.said().find("GP0307"), std::string::npos) << text.substr(0, 200) << reading.said();
    EXPECT_EQ(reading.said().find("GP0307", reading.said().find("GP0307") + 1), std::string::npos)
        << reading.said();
  }
}

TEST(TemplateHostile, EmptyLoopsInsideOfLoopsEnd) {
  std::string values = "a";
  for (int i = 0; i < 500; ++i)
    values += ", a";
  std::string loops = "{}";
  for (int i = 0; i < 10; ++i)
    loops = fmt::format("{{Fn::ForEach::L{0}: [I{0}, [{1}], {2}]}}", i, values, loops);
  TemplateReading reading;
  reading.add("t.yaml", "Resources: " + loops + "\n").translate();
  EXPECT_NE(reading.said().find("GP0307"), std::string::npos) << reading.said();
}

TEST(TemplateHostile, TextsThatBecomeTooLongAreSaid) {
  const std::string kilobyte(1024, 'x');
  std::string text = "Parameters: {P: {Type: String, Default: '" + kilobyte + "'}}\nResources:\n  R:\n" +
                     "    Type: AWS::EC2::Thing\n    Properties: {V: !Sub '";
  for (int i = 0; i < 5000; ++i)
    text += "${P}";
  TemplateReading reading;
  reading.add("t.yaml", text + "'}\n").translate();
  EXPECT_EQ(reading.said(), "GP0307 5:26 this text becomes longer than 4 MiB\n");
  EXPECT_EQ(reading.property("R", "V"), R"("‹Fn.Sub of t›")");
}

TEST(TemplateHostile, DeepReferencesEnd) {
  std::string text = "Resources:\n  B0: {Type: AWS::SNS::Topic}\n";
  for (int i = 1; i < 1000; ++i)
    text += fmt::format(
        "  B{}: {{Type: AWS::SNS::Topic, Properties: {{TopicName: !GetAtt B{}.TopicName}}}}\n", i, i - 1);
  TemplateReading reading;
  reading.add("t.yaml", text).translate();
  EXPECT_NE(reading.said().find("functions and references lead more than 200 levels deep"),
            std::string::npos);
  EXPECT_EQ(reading.into.resources.size(), 1000U);
}

TEST(TemplateHostile, ManyNestedStacksAreSaid) {
  TemplateReading reading;
  std::string nest = "Resources:\n";
  for (int i = 0; i < 12; ++i)
    nest += fmt::format(
        "  N{}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: NEXT.yaml}}}}\n", i);
  for (int level = 0; level < 8; ++level) {
    std::string text = nest;
    for (std::size_t at = text.find("NEXT"); at != std::string::npos; at = text.find("NEXT", at))
      text.replace(at, 4, fmt::format("l{}", level + 1));
    reading.add(fmt::format("l{}.yaml", level), text);
  }
  reading.add("l8.yaml", "Resources: {T: {Type: AWS::EC2::Thing}}\n").translate();
  EXPECT_NE(reading.said().find("GP0307"), std::string::npos);
  EXPECT_LT(reading.into.resources.size(), 20'000U);
}

// Every value of a template replaced by one of each kind, and by nothing.
void replace_each(const syntax::Node& node, const syntax::Node& root, std::vector<syntax::Node>& made,
                  std::vector<std::size_t>& path);

syntax::Node* at_path(syntax::Node& root, const std::vector<std::size_t>& path) {
  syntax::Node* node = &root;
  for (const std::size_t index : path)
    node = node->kind == syntax::NodeKind::kMap ? &node->members[index].value : &node->items[index];
  return node;
}

void replace_each(const syntax::Node& node, const syntax::Node& root, std::vector<syntax::Node>& made,
                  std::vector<std::size_t>& path) {
  const std::vector<syntax::Node> others = {
      {},
      syntax::string_node(""),
      syntax::string_node("${${!}.}{{resolve:}}"),
      syntax::number_node(-1),
      syntax::bool_node(true),
      syntax::list_node(),
      syntax::map_node(),
      syntax::map_node({{"Ref", syntax::string_node("R")}}),
      syntax::map_node({{"Fn::GetAtt", syntax::string_node("R.Outputs.O")}}),
      syntax::map_node({{"Fn::If", syntax::list_node({syntax::string_node("C"), {}, {}})}}),
  };
  for (const syntax::Node& other : others) {
    made.push_back(root);
    syntax::Node& place = *at_path(made.back(), path);
    const base::Span span = place.span;
    place = other;
    place.span = span;
  }
  const std::size_t children = node.kind == syntax::NodeKind::kMap ? node.members.size() : node.items.size();
  for (std::size_t i = 0; i < children; ++i) {
    path.push_back(i);
    replace_each(node.kind == syntax::NodeKind::kMap ? node.members[i].value : node.items[i], root, made,
                 path);
    path.pop_back();
  }
}

TEST(TemplateHostile, AnyKindAnywhere) {
  constexpr std::string_view kTemplate = R"(Transform: [AWS::LanguageExtensions, {Name: M}]
Parameters: {P: {Type: String, AllowedValues: [a, b]}, L: {Type: CommaDelimitedList, Default: "a,b"}}
Mappings: {M: {K: {V: [x]}}}
Conditions: {C: !And [!Not [!Equals [!Ref P, a]], !Or [!Condition D]], D: !Equals [!Ref P, b]}
Resources:
  Fn::ForEach::X: [I, !Ref L, {'A${I}': {Type: AWS::EC2::Thing, Condition: C}}]
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: u.yaml, Parameters: {P: !Ref P}}, Metadata: {'aws:asset:path': x}}
  S: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateBody: "Resources: {}", Parameters: [{ParameterKey: k, ParameterValue: v}], StackInstancesGroup: [{DeploymentTargets: {Accounts: ["1"]}, Regions: [r]}]}}
  R:
    Type: AWS::Events::Rule
    DependsOn: [N]
    Properties:
      Name: !Join ['-', [a, !Ref P]]
      EventBusName: !If [C, !Ref P, !Sub ['${A}', {A: !Ref L}]]
      V: [!Select [0, !Split [',', b]], !FindInMap [M, K, V, {DefaultValue: 1}], !Base64 a, !Cidr [10.0.0.0/8, 1, 8], !GetAZs '', !Length [a], !ToJsonString {a: b}, !ImportValue i, !GetAtt [R, Arn], {'Fn::GetStackOutput': {StackName: s, OutputName: o, Region: r, RoleArn: a}}]
Outputs: {O: {Value: !GetAtt N.Outputs.O, Condition: C, Export: {Name: !Sub 'x-${P}'}}}
)";
  TemplateReading original;
  const base::FileId file = original.sources.add("t.yaml", std::string(kTemplate));
  const auto root = syntax::read_yaml(original.sources, file, original.sink);
  ASSERT_TRUE(root);
  std::vector<syntax::Node> made;
  std::vector<std::size_t> path;
  replace_each(*root, *root, made, path);
  EXPECT_GT(made.size(), 1400U);
  for (const syntax::Node& one : made) {
    base::DiagnosticSink sink;
    Translation into{original.sources, sink, {}, {}, {}};
    TemplateSet set;
    set.add_template(one, {"t.yaml", "", ""});
    set.add_template(*root, {"u.yaml", "", ""});
    set.add_cdk_manifest(one, {"manifest.json", "", ""});
    set.translate(into);
    EXPECT_LT(into.resources.size(), 200U);
  }
}

}  // namespace
}  // namespace grantproof::sources
