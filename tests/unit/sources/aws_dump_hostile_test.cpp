// SPDX-License-Identifier: Apache-2.0
//
// Documents that are made to do harm: wrong kinds everywhere, mutated answers, and more of everything than
// anybody has.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sources/aws_dump.h"
#include "sources/aws_dump_answer.h"
#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDumpHostile, MistakesGapsAndResourcesAreLimited) {
  std::string many = "[";
  for (int i = 0; i < 2000; ++i)
    many += "5,";
  const ReadDump dump(R"({"Rules": )" + many + "5]}");
  EXPECT_EQ(dump.sink.diagnostics().size(), 101U);
  EXPECT_EQ(dump.sink.diagnostics().back().message, "this file has more than 100 mistakes");
  EXPECT_EQ(dump.translation.gaps.size(), 1001U);
  EXPECT_EQ(dump.translation.gaps.back().about, "");

  base::SourceMap sources;
  base::DiagnosticSink sink;
  Translation translation{sources, sink, {}, {}, {}};
  AnswerReader reader({}, translation, {.mistakes = 1, .gaps = 5, .resources = 2});
  for (int i = 0; i < 5; ++i)
    reader.add({});
  EXPECT_EQ(translation.resources.size(), 2U);
  ASSERT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].rule, "GP0307");
  ASSERT_EQ(translation.gaps.size(), 1U);
  EXPECT_EQ(translation.gaps[0].about, "");
}

TEST(AwsDumpHostile, PoliciesInStringsAreLimited) {
  const auto reading = [](const std::string& document) {
    return R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": )" + syntax::json_quoted(document) + "}";
  };
  const ReadDump deep(reading(std::string(100, '[') + std::string(100, ']')));
  EXPECT_EQ(deep.said().substr(0, 12), "1:121 GP0307");
  EXPECT_EQ(deep.property(0, "PolicyDocument").kind, syntax::NodeKind::kString);
  const ReadDump large(reading("{\"Statement\": \"" + std::string(2'000'000, 'x') + "\"}"));
  EXPECT_NE(large.said().find("GP0307"), std::string::npos);

  // All documents in strings together.
  base::SourceMap sources;
  base::DiagnosticSink sink;
  Translation translation{sources, sink, {}, {}, {}};
  AnswerReader reader({}, translation, {.embedded_nodes = 10});
  const syntax::Node text = syntax::string_node("[1,2,3,4,5]");
  EXPECT_TRUE(reader.embedded(text, "this"));
  EXPECT_FALSE(reader.embedded(text, "this"));
  EXPECT_EQ(sink.diagnostics().at(0).rule, "GP0307");
  EXPECT_FALSE(reader.embedded(text, "this"));
  EXPECT_EQ(sink.diagnostics().at(1).message,
            "this is not read: the documents in strings are too large together");
  EXPECT_EQ(translation.gaps.size(), 1U);
}

TEST(AwsDumpHostile, ObjectsWithManyKeysAreNoAnswers) {
  std::string keys;
  for (int i = 0; i < 20'000; ++i)
    keys += R"(, "Rules": [])";
  const std::string bus = R"({"Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub")" + keys + "}";
  for (const std::string& text : {R"({"Rules": [])" + keys + "}", bus, R"({"EventBuses": [)" + bus + "]}"}) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    Translation translation{sources, sink, {}, {}, {}};
    base::DiagnosticSink repeated;
    const auto tree = syntax::read_json(sources, sources.add("x.json", text), repeated);
    ASSERT_TRUE(tree);
    read_aws_dump(*tree, {}, translation);
    ASSERT_EQ(sink.diagnostics().size(), 1U);
    EXPECT_EQ(sink.diagnostics()[0].message, "this object has more than 10000 keys");
    EXPECT_EQ(translation.gaps.size(), 1U);
  }
}

TEST(AwsDumpHostile, WrongKindsEverywhere) {
  const std::string values[] = {
      "null", "true", "5",           "\"\"",   "\"x\"",   "[]",     "{}",
      "[[]]", "[{}]", "{\"a\": {}}", "\"{}\"", "\"%7B\"", "[null]", "\"\xE2\x80\xB9x\xE2\x80\xBA\""};
  std::vector<std::string> documents;
  // Every key of the tables with every value, and every mark with every value.
  for (const std::span<const Row> table : all_rows()) {
    for (const Row& row : table) {
      for (const std::string& value : values) {
        if (!row.key.empty())
          documents.push_back("{\"" + std::string(row.key) + "\": " + value + "}");
        std::string entry;
        for (const Mark& mark : row.marks) {
          if (!mark.member.empty())
            entry += "\"" + std::string(mark.member) +
                     "\": " + (mark.begins.empty() ? value : "\"" + std::string(mark.begins) + "\"") + ", ";
        }
        for (const Property& property : row.description->properties)
          entry += "\"" + std::string(property.member) + "\": " + value + ", ";
        entry = "{" + entry + "\"Policy\": " + value + ", \"NextToken\": " + value + "}";
        documents.push_back(
            row.key.empty() ? entry : "{\"" + std::string(row.key) + "\": [" + entry + ", " + value + "]}");
        documents.push_back("[" + documents.back() + ", " + value + "]");
      }
    }
  }
  std::size_t recognised = 0;
  for (const std::string& document : documents) {
    const ReadDump dump(document);
    recognised += dump.recognised ? 1U : 0U;
    for (const config::Resource& resource : dump.translation.resources) {
      EXPECT_FALSE(resource.type.empty()) << document;
      EXPECT_FALSE(resource.name.empty()) << document;
      EXPECT_EQ(resource.properties.kind, syntax::NodeKind::kMap) << document;
    }
    for (const base::Diagnostic& diagnostic : dump.sink.diagnostics())
      EXPECT_FALSE(diagnostic.rule.empty()) << document;
  }
  EXPECT_GT(recognised, documents.size() / 4);
}

// The files of formats/cli with some of their nodes replaced by others.
class Mutation {
 public:
  explicit Mutation(unsigned seed) : state_(seed * 2654435761U + 1) {}

  void mutate(syntax::Node& node) {
    if (chance(12)) {
      node = other();
      return;
    }
    for (syntax::Node& item : node.items)
      mutate(item);
    for (syntax::Member& member : node.members) {
      if (chance(40))
        member.key = "Arn";
      mutate(member.value);
    }
    if (!node.members.empty() && chance(20))
      node.members.push_back(node.members[next() % node.members.size()]);
    if (!node.items.empty() && chance(20))
      node.items.push_back(node.items[next() % node.items.size()]);
  }

 private:
  unsigned next() { return (state_ = state_ * 1664525U + 1013904223U) >> 8; }
  bool chance(unsigned one_in) { return next() % one_in == 0; }
  syntax::Node other() {
    switch (next() % 7) {
      case 0:
        return {};
      case 1:
        return syntax::string_node("arn:aws:iam::111122223333:role/r");
      case 2:
        return syntax::string_node("{\"Statement\": [{\"Resource\": [7, {}]}]}");
      case 3:
        return syntax::number_node(7);
      case 4:
        return syntax::list_node({syntax::map_node(), syntax::list_node()});
      case 5:
        return syntax::map_node({{"Statement", syntax::list_node({syntax::string_node("x")})}});
      default:
        return syntax::bool_node(true);
    }
  }
  unsigned state_;
};

TEST(AwsDumpHostile, MutatedAnswersDoNoHarm) {
  std::size_t resources = 0;
  for (const char* name :
       {"describe-archive", "describe-event-bus", "describe-rule", "get-policy-version",
        "get-account-authorization-details", "get-queue-attributes", "get-role-policy", "get-role",
        "get-topic-attributes", "kms-get-key-policy", "lambda-get-policy", "list-event-buses", "list-rules",
        "list-targets-by-rule", "logs-describe-resource-policies", "put-events"}) {
    const std::string text = format_file(std::string(name) + ".json");
    for (unsigned seed = 0; seed < 60; ++seed) {
      base::SourceMap sources;
      base::DiagnosticSink sink;
      auto tree = syntax::read_json(sources, sources.add("x.json", text), sink);
      ASSERT_TRUE(tree);
      Mutation(seed).mutate(*tree);
      Translation translation{sources, sink, {}, {}, {}};
      is_aws_dump(*tree);
      read_aws_dump(*tree, {.path = "list-targets-by-rule.r.json", .account = {}, .region = {}}, translation);
      resources += translation.resources.size();
      // Something comes of every document, if only what is wrong with it.
      EXPECT_TRUE(!translation.resources.empty() || sink.errors() > 0 || std::string(name) == "put-events" ||
                  tree->members.empty() || tree->find(tree->members[0].key)->items.empty())
          << name << " " << seed;
    }
  }
  EXPECT_GT(resources, 300U);
}

// Every beginning of a document in a string.
TEST(AwsDumpHostile, TruncatedPolicies) {
  const std::string whole = format_file("get-account-authorization-details.json");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    Translation translation{sources, sink, {}, {}, {}};
    syntax::Node node = syntax::map_node();
    node.members.push_back({"PolicyVersion", {}, syntax::map_node()});
    node.members[0].value.members.push_back({"VersionId", {}, syntax::string_node("v1")});
    node.members[0].value.members.push_back({"Document", {}, syntax::string_node(whole.substr(0, size))});
    read_aws_dump(node, {.path = "p.json", .account = {}, .region = {}}, translation);
    ASSERT_EQ(translation.resources.size(), 1U);
    EXPECT_EQ(translation.resources[0].properties.find("PolicyDocument")->kind, syntax::NodeKind::kString);
    EXPECT_EQ(sink.errors(), 1U);
  }
}

}  // namespace
}  // namespace grantproof::sources
