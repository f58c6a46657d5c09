// SPDX-License-Identifier: Apache-2.0
//
// formats/sam/template.yaml against formats/sam/translated.json, which the SAM translator (1.110.0) made of
// it.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "base/text.h"
#include "serverless_expanding.h"

namespace grantproof::sources {
namespace {

std::string read(const std::string& name) {
  std::ifstream file(GRANTPROOF_SOURCE_DIR "/tests/unit/sources/formats/sam/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What has no part in permissions, and is not made.
constexpr std::string_view kPassedOver[] = {"Code", "FlexibleTimeWindow"};

// The value written so that equal meanings are equal texts: one action for a list of one, the partition as
// the translator fills it in, names of variables without case, members by name.
std::string meaning(const syntax::Node& node) {
  std::string text;
  switch (node.kind) {
    case syntax::NodeKind::kList:
      if (node.items.size() == 1)
        return meaning(node.items[0]);
      for (const syntax::Node& item : node.items)
        text += meaning(item) + ",";
      return "[" + text + "]";
    case syntax::NodeKind::kMap: {
      const syntax::Node* format = node.find("Fn::Sub");
      std::map<std::string, std::string> members;
      for (const syntax::Member& member : node.members) {
        if (std::find(std::begin(kPassedOver), std::end(kPassedOver), member.key) == std::end(kPassedOver))
          members[member.key] = meaning(member.value);
      }
      if (format != nullptr && format->kind == syntax::NodeKind::kString &&
          format->text.find("${AWS::Partition}") == format->text.rfind("${")) {
        text = format->text;
        return text.replace(text.find("${AWS::Partition}"), 17, "aws");
      }
      if (format != nullptr)
        return "Sub " + base::fold_case(members["Fn::Sub"]);
      for (const auto& [key, value] : members)
        text += key + "=" + value + ";";
      return "{" + text + "}";
    }
    default:
      return node.text;
  }
}

TEST(Serverless, MakesWhatTheTranslatorMakes) {
  Expanded ours;
  expand(read("template.yaml"), ours);
  ASSERT_EQ(ours.said(), "");

  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto translated =
      syntax::read_json(sources, sources.add("translated.json", read("translated.json")), sink);
  ASSERT_TRUE(translated);
  const syntax::Node* theirs = translated->find("Resources");
  ASSERT_EQ(theirs->members.size(), 11U);
  EXPECT_EQ(ours.root.find("Resources")->members.size(), theirs->members.size());
  for (const syntax::Member& member : theirs->members) {
    const syntax::Node* made = ours.resource(member.key);
    ASSERT_NE(made, nullptr) << member.key;
    EXPECT_EQ(meaning(*made), meaning(member.value)) << member.key;
  }
  EXPECT_EQ(ours.root.find("Transform"), nullptr);
  EXPECT_EQ(ours.root.find("Globals"), nullptr);
}

TEST(Serverless, SpansLeadToTheWordsThatMakeIt) {
  Expanded ours;
  expand(read("template.yaml"), ours);
  const struct {
    std::string_view resource;
    std::vector<std::string_view> path;  // members; a number is an item
    std::string_view written;            // the span begins so
  } kCases[] = {
      {"HandlerPlaced", {}, "Type: EventBridgeRule"},
      {"HandlerPlaced", {"Properties", "EventPattern"}, "{source: [com.acme.orders]"},
      {"HandlerPlaced", {"Properties", "Targets", "0", "InputPath"}, "$.detail"},
      {"HandlerPlacedPermission", {"Properties", "SourceArn"}, "Type: EventBridgeRule"},
      {"HandlerPlacedQueuePolicy",
       {"Properties", "PolicyDocument"},
       "{Type: SQS, QueueLogicalId: PlacedDlq}"},
      {"PlacedDlq", {}, "{Type: SQS, QueueLogicalId: PlacedDlq}"},
      {"HandlerNightlyRole",
       {"Properties", "Policies", "0", "PolicyDocument", "Statement"},
       "Type: ScheduleV2"},
      {"HandlerRole",
       {"Properties", "Policies", "0", "PolicyDocument", "Statement", "0"},
       "EventBridgePutEventsPolicy: {EventBusName: !Ref OrdersBus}"},
      {"HandlerRole", {"Properties", "AssumeRolePolicyDocument"}, "Type: AWS::Serverless::Function"},
      {"Handler", {"Properties", "Timeout"}, "10"},
      {"OrdersBus", {"Properties", "Name"}, "orders"},
  };
  for (const auto& one : kCases) {
    const syntax::Node* node = ours.resource(one.resource);
    for (const std::string_view step : one.path) {
      ASSERT_NE(node, nullptr) << one.resource;
      node = node->kind == syntax::NodeKind::kList ? &node->items.at(std::stoul(std::string(step)))
                                                   : node->find(step);
    }
    ASSERT_NE(node, nullptr) << one.resource;
    EXPECT_EQ(ours.written(node->span).substr(0, one.written.size()), one.written) << one.resource;
  }
}

}  // namespace
}  // namespace grantproof::sources
