// SPDX-License-Identifier: Apache-2.0
//
// What is an answer and what is none; places, pages, names of files; what hostile documents do.
#include "sources/aws_dump.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sources/aws_dump_answer.h"
#include "unit/sources/aws_dump_reading.h"

namespace grantproof::sources {
namespace {

TEST(AwsDump, OtherDocumentsAreNoAnswers) {
  const std::string texts[] = {
      "{}",
      "[]",
      "5",
      "null",
      "\"Rules\"",
      "[{}]",
      "[[]]",
      // policies, by themselves and as answers that say nothing else
      R"({"Version": "2012-10-17", "Statement": []})",
      // templates and CDK
      R"({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Bus": {"Type": "AWS::Events::EventBus"}}, "Rules": {"CheckBootstrapVersion": {"Assertions": []}}})",
      R"({"Resources": {}, "Rules": {}})",
      R"({"version": "36.0.0", "artifacts": {}})",
      // Terraform
      R"({"format_version": "1.2", "resource_changes": []})",
      R"({"format_version": "1.0", "values": {"root_module": {}}})",
      // events, requests, patterns
      R"({"version": "0", "detail-type": "x", "source": "y", "account": "111122223333", "resources": [], "detail": {}})",
      R"([{"Source": "x", "DetailType": "y", "Detail": "{}"}])",
      R"({"Entries": [{"Source": "x", "DetailType": "y", "Detail": "{}"}]})",
      R"({"source": ["x"], "detail": {"Rules": [1]}})",
      // answers of other services, and other people's files
      R"({"Rules": [{"RuleId": "1", "Name": "waf"}]})",
      R"({"Users": [{"Username": "bob", "UserStatus": "CONFIRMED"}]})",
      R"({"Users": ["bob"]})",
      R"({"Users": [], "other": 1})",
      R"({"Policies": [{"Name": "x"}]})",
      R"({"Accounts": [{"Id": 1, "Name": "x"}]})",
      R"({"Attributes": {"color": "red"}})",
      R"({"Targets": [{"Target": "x"}]})",
      R"({"EventBuses": [{"Name": "hub", "Account": "111122223333", "Region": "us-east-1", "Rules": []}]})",
      R"({"items": [{"id": 1}]})",
      R"({"RoleName": "r"})",
      R"({"NextToken": "x"})",
      R"({"": {"Arn": "arn:aws:events:us-east-1:111122223333:event-bus/hub"}})",
  };
  for (const std::string& text : texts) {
    const ReadDump dump(text);
    EXPECT_FALSE(dump.recognised) << text;
    EXPECT_EQ(dump.resources(), "") << text;
  }
}

TEST(AwsDump, AnswersAreKnownByTheirKeys) {
  const std::string texts[] = {
      R"({"Rules": []})",
      R"({"Rules": 5})",
      R"({"Roles": [], "ResponseMetadata": {}})",
      R"({"RoleDetailList": "x", "IsTruncated": false})",
      R"({"AttachedPolicies": []})",
      R"({"FailedEntryCount": 0, "Entries": []})",
      R"([{"Rules": []}, 5])",
      R"([[{"EventBuses": []}]])",
  };
  for (const std::string& text : texts)
    EXPECT_TRUE(ReadDump(text).recognised) << text;
}

TEST(AwsDump, PlacesComeFromArnsFirst) {
  const Place place{.path = "x.json", .account = "999999999999", .region = "cn-north-1"};
  const struct {
    std::string text;
    std::string partition;
    std::string account;
    std::string region;
  } rows[] = {
      {R"({"EventBuses": [{"Arn": "arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/hub"}]})",
       "aws-us-gov", "111122223333", "us-gov-west-1"},
      {R"({"RoleName": "r", "PolicyName": "p", "PolicyDocument": {}})", "aws-cn", "999999999999",
       "cn-north-1"},
      // of no region
      {R"({"User": {"UserName": "u", "Arn": "arn:aws:iam::111122223333:user/u"}})", "aws", "111122223333",
       ""},
      {R"({"Policy": {"Arn": "arn:aws:iam::aws:policy/p"}})", "aws", "", ""},
      // blackened
      {R"({"EventBuses": [{"Arn": "arn:aws:events:us-east-1:XXXXXXXXXXXX:event-bus/hub"}]})", "aws",
       "999999999999", "us-east-1"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const ReadDump dump(row.text, place);
    ASSERT_EQ(dump.translation.resources.size(), 1U);
    EXPECT_EQ(dump.translation.resources[0].partition, row.partition);
    EXPECT_EQ(dump.translation.resources[0].account, row.account);
    EXPECT_EQ(dump.translation.resources[0].region, row.region);
  }
}

// ---- pages

std::string users(const std::string& account, const std::string& rest) {
  return R"({"UserDetailList": [{"UserName": "u", "Arn": "arn:aws:iam::)" + account + R"(:user/u"}])" + rest +
         "}";
}
std::string rules(const std::string& bus, const std::string& rest) {
  return R"({"Rules": [{"Name": "r", "EventPattern": "{}", "EventBusName": ")" + bus + R"("}])" + rest + "}";
}

TEST(AwsDump, PagesThatAreNotTheLastOneAreGaps) {
  const std::string users_missing = " AWS::IAM::User this is one page of several: users are missing\n";
  const std::string rules_missing = " AWS::Events::Rule this is one page of several: rules are missing\n";
  const struct {
    std::string text;
    std::string gaps;
  } rows[] = {
      {users("111122223333", R"(, "IsTruncated": true, "Marker": "x")"), "1:115" + users_missing},
      {users("111122223333", R"(, "IsTruncated": true)"), "1:99" + users_missing},
      {users("111122223333", R"(, "IsTruncated": "true")"), "1:99" + users_missing},
      {users("111122223333", R"(, "IsTruncated": false, "Marker": "x")"), ""},
      {users("111122223333", R"(, "IsTruncated": "false")"), ""},
      {rules("hub", R"(, "NextToken": "x")"), "1:86" + rules_missing},
      {rules("hub", R"(, "nextToken": {"a": 1})"), "1:86" + rules_missing},
      {rules("hub", R"(, "NextToken": null)"), ""},
      {rules("hub", R"(, "NextToken": "")"), ""},
      {R"({"Rules": [], "NextToken": "x"})", "1:28" + rules_missing},
      // several kinds in one answer
      {R"({"RoleDetailList": [], "Policies": [], "Marker": "x"})",
       "1:50 AWS::IAM::Role this is one page of several: roles are missing\n"
       "1:50 AWS::IAM::ManagedPolicy this is one page of several: managed policies are missing\n"},
      // pages in a list: the next one goes on, if it is about the same
      {"[" + users("111122223333", R"(, "IsTruncated": true, "Marker": "x")") + "," +
           users("111122223333", R"(, "IsTruncated": false)") + "]",
       ""},
      {"[" + users("111122223333", R"(, "Marker": "x")") + "," + users("111122223333", R"(, "Marker": "y")") +
           "]",
       "1:193" + users_missing},
      {"[" + users("111122223333", R"(, "Marker": "x")") + "," + users("444455556666", "") + "]",
       "1:95" + users_missing},
      // a page with nothing but policies of AWS is of the account of the page before
      {"[" + users("111122223333", R"(, "Policies": [], "Marker": "x")") +
           R"(,{"Policies": [{"Arn": "arn:aws:iam::aws:policy/p"}], "Marker": "y"},{"Policies": [{"Arn": "arn:aws:iam::111122223333:policy/p"}]}])",
       ""},
      {"[" + users("111122223333", R"(, "Policies": [], "Marker": "x")") +
           R"(,{"Policies": [{"Arn": "arn:aws:iam::aws:policy/p"}], "Marker": "y"},{"Policies": [{"Arn": "arn:aws:iam::444455556666:policy/p"}]}])",
       "1:179 AWS::IAM::ManagedPolicy this is one page of several: managed policies are missing\n"},
      {R"([{"Policies": [{"Arn": "arn:aws:iam::aws:policy/p"}], "Marker": "y"},{"Policies": [{"Arn": "arn:aws:iam::444455556666:policy/p"}]}])",
       "1:65 AWS::IAM::ManagedPolicy this is one page of several: managed policies are missing\n"},
      {"[" + rules("hub", R"(, "NextToken": "x")") + "," + rules("hub", "") + "]", ""},
      {"[" + rules("hub", R"(, "NextToken": "x")") + "," + rules("other", "") + "]", "1:87" + rules_missing},
      {"[" + rules("hub", R"(, "NextToken": "x")") + R"(,{"Rules": []}])", "1:87" + rules_missing},
      {"[" + rules("hub", R"(, "NextToken": "x")") + "," + users("111122223333", "") + "]",
       "1:87" + rules_missing},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(ReadDump(row.text).gaps(), row.gaps);
  }
}

// ---- names of files

TEST(AwsDump, ArgumentsInNamesOfFiles) {
  const FileWords targets{"list-targets-by-rule", "targets"};
  const struct {
    std::string path;
    std::vector<std::string> expected;
  } rows[] = {
      {"list-targets-by-rule.json", {}},
      {"list-targets-by-rule.r.json", {"r"}},
      {"a/b.c/list-targets-by-rule.hub.r.json", {"hub", "r"}},
      {"a\\events-list-targets-by-rule.hub.r.YAML", {"hub", "r"}},
      {"aws_list-targets-by-rule.r", {"r"}},
      {"mylist-targets-by-rule.r.json", {}},
      {"list-targets-by-rule-2.json", {}},
      {"list-targets-by-rule.a.b.c.json", {}},
      {"list-targets-by-rule..r.json", {}},
      {"targets.json", {}},
      {"targets-.json", {}},
      {"targets-to-sqs.json", {"to-sqs"}},
      {"targets.hub.r.json", {"hub", "r"}},
      {"r.targets.json", {"r"}},
      {"hub.r.targets.yml", {"hub", "r"}},
      {"my-targets.json", {}},
      {".targets.json", {}},
      {"", {}},
      {"/", {}},
  };
  for (const auto& row : rows)
    EXPECT_EQ(arguments_in_file_name(row.path, targets, 2), row.expected) << row.path;
  EXPECT_EQ(arguments_in_file_name("get-key-policy.a.b.json", {"get-key-policy", "key"}),
            (std::vector<std::string>{"a.b"}));
  EXPECT_EQ(file_stem("x/OrdersPolicy.json"), "OrdersPolicy");
  EXPECT_EQ(file_stem("x.tar/Orders.Policy"), "Orders.Policy");
}

// ---- hostile documents

TEST(AwsDump, MistakesGapsAndResourcesAreLimited) {
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

TEST(AwsDump, PoliciesInStringsAreLimited) {
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

TEST(AwsDump, ObjectsWithManyKeysAreNoAnswers) {
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

TEST(AwsDump, WrongKindsEverywhere) {
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

TEST(AwsDump, MutatedAnswersDoNoHarm) {
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
TEST(AwsDump, TruncatedPolicies) {
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
