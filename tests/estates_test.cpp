// SPDX-License-Identifier: Apache-2.0
//
// policies-corpus/estates/<estate>/<shape>/: one estate, described in every shape that users have. All give
// the same configuration (`grantproof dump`) and the same findings (`grantproof check`) as the bundle. What a
// shape cannot say stands in kShapes and in the README.md of its folder; only that is left out of the
// comparison. Places and assumptions are a shape's own.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "support/run_program.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "syntax/node.h"

namespace grantproof::tests {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

struct Shape {
  std::string_view folder;
  bool says_default_bus;      // that it is there: templates cannot describe the bus that every account has
  bool says_permission_sids;  // names of statements in policies of functions; CloudFormation makes them up
  bool says_policy_id;        // Id of policies of functions
  bool says_no_policy;        // that a function has none: get-policy fails then, and leaves no answer
};
std::ostream& operator<<(std::ostream& out, const Shape& shape) {
  return out << shape.folder;
}
constexpr Shape kBundle = {"bundle", true, true, true, true};
constexpr std::array<Shape, 4> kShapes = {{
    {"cli", true, true, true, false},
    {"terraform", true, true, false, true},
    {"cdk", false, false, false, true},
    {"sam", false, false, false, true},
}};

std::filesystem::path estate() {
  return std::filesystem::path(GRANTPROOF_SOURCE_DIR) / "policies-corpus" / "estates" / "two-accounts";
}

Node run(const Shape& shape, const std::vector<std::string>& arguments, int expected_exit) {
  const ProgramResult result = run_program(GRANTPROOF_PROGRAM, arguments, estate() / shape.folder);
  EXPECT_EQ(result.exit_code, expected_exit) << result.standard_error;
  EXPECT_EQ(result.standard_error, "");
  base::SourceMap sources;
  base::DiagnosticSink sink;
  auto root = syntax::read_json(sources, sources.add("output", result.standard_output), sink);
  EXPECT_TRUE(root) << result.standard_output;
  return root ? std::move(*root) : Node();
}

Node dump(const Shape& shape) {
  return run(shape, {"dump", "."}, 0);
}

Node check(const Shape& shape) {
  return run(shape,
             {"check", ".", "--report", "json", "--organization", "o-exampleorgid", "--account",
              "111122223333,444455556666"},
             1);
}

// ---- trees in one form

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void remove(Node& map, std::string_view key) {
  std::erase_if(map.members, [&](const Member& member) { return member.key == key; });
}

Node* find(Node& map, std::string_view key) {
  for (Member& member : map.members) {
    if (member.key == key)
      return &member.value;
  }
  return nullptr;
}

void sort_members(Node& map) {
  std::sort(map.members.begin(), map.members.end(),
            [](const Member& left, const Member& right) { return left.key < right.key; });
}

void sort_items(Node& list) {
  std::sort(list.items.begin(), list.items.end(), [](const Node& left, const Node& right) {
    return syntax::write_json(left) < syntax::write_json(right);
  });
}

// A policy document: a list of one is what stands in it.
Node normal_document(Node node) {
  for (Node& item : node.items)
    item = normal_document(std::move(item));
  for (Member& member : node.members)
    member.value = normal_document(std::move(member.value));
  sort_members(node);
  if (node.kind == NodeKind::kList && node.items.size() == 1)
    return Node(node.items.front());
  return node;
}

// Elsewhere lists are sets. Numbers of policies become the policies.
Node normal(Node node, const std::vector<Node>& policies) {
  remove(node, "place");
  for (Member& member : node.members) {
    if (member.key == "document") {
      member.value = normal_document(std::move(member.value));
      continue;
    }
    if (is_one_of(member.key, {"trust", "identity_policies", "permissions_boundary", "policies"})) {
      for (Node& item : member.value.items) {
        if (item.kind == NodeKind::kNumber)
          item = policies.at(std::stoul(item.text));
      }
    }
    member.value = normal(std::move(member.value), policies);
  }
  for (Node& item : node.items)
    item = normal(std::move(item), policies);
  sort_members(node);
  if (node.kind == NodeKind::kList)
    sort_items(node);
  return node;
}

// ---- what both shapes can say

// Every policy that is attached to a function.
void for_each_function_policy(Node& node, const std::function<void(Node&)>& change) {
  const Node* attached_to = node.find("attached_to");
  if (attached_to != nullptr && attached_to->text.starts_with("arn:aws:lambda:"))
    change(*find(node, "document"));
  for (Node& item : node.items)
    for_each_function_policy(item, change);
  for (Member& member : node.members)
    for_each_function_policy(member.value, change);
}

std::string configuration(const Shape& shape, const Shape& other) {
  Node root = dump(shape);
  remove(root, "assumptions");
  if (Node* buses = find(root, "event_buses"); buses != nullptr && !other.says_default_bus) {
    for (Node& bus : buses->items) {
      if (bus.find("name")->text == "default")
        remove(bus, "described");
    }
  }
  if (Node* resources = find(root, "target_resources"); resources != nullptr && !other.says_no_policy) {
    for (Node& resource : resources->items)
      remove(resource, "policy");
  }
  for_each_function_policy(root, [&](Node& document) {
    if (!other.says_policy_id)
      remove(document, "Id");
    for (Node& statement : find(document, "Statement")->items) {
      if (!other.says_permission_sids)
        remove(statement, "Sid");
    }
  });
  std::vector<Node> policies;
  if (Node* list = find(root, "policies")) {
    for (Node& policy : list->items)
      remove(policy, "number");
    policies = list->items;
  }
  return syntax::write_json(normal(std::move(root), policies), 2);
}

std::string written(const Node& object, std::initializer_list<std::string_view> keys) {
  std::string text;
  for (const std::string_view key : keys) {
    const Node* value = object.find(key);
    text += value == nullptr ? "-" : syntax::write_json(*value);
    text += key == *(keys.end() - 1) ? "\n" : " ";
  }
  return text;
}

std::string sorted(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines)
    text += line;
  return text;
}

std::string findings(const Shape& shape) {
  const Node report = check(shape);
  std::vector<std::string> lines;
  for (const Node& finding : report.find("findings")->items)
    lines.push_back(written(finding, {"rule", "severity", "message", "statement", "label", "witness",
                                      "assumed", "help", "remedy"}));
  return sorted(std::move(lines));
}

// How often each claim was proved, refuted or left open. The subject is a place.
std::string verdicts(const Shape& shape) {
  const Node report = check(shape);
  std::vector<std::string> lines;
  for (const Node& claim : report.find("claims")->items)
    lines.push_back(written(claim, {"claim", "verdict"}));
  return sorted(std::move(lines));
}

// Both as a whole would be pages.
testing::AssertionResult same(const std::string& one, const std::string& bundle) {
  if (one == bundle)
    return testing::AssertionSuccess();
  constexpr std::size_t kBefore = 400;
  constexpr std::size_t kShown = 1000;
  const auto at = std::mismatch(one.begin(), one.end(), bundle.begin(), bundle.end()).first;
  const auto same_bytes = static_cast<std::size_t>(at - one.begin());
  const std::size_t begin = same_bytes - std::min(same_bytes, kBefore);
  return testing::AssertionFailure() << "here:\n"
                                     << one.substr(begin, kShown) << "\n\nin the bundle:\n"
                                     << bundle.substr(begin, kShown);
}

class EstatesTest : public testing::TestWithParam<Shape> {};

TEST_P(EstatesTest, ConfigurationIsThatOfTheBundle) {
  EXPECT_TRUE(same(configuration(GetParam(), GetParam()), configuration(kBundle, GetParam())));
}

TEST_P(EstatesTest, FindingsAreThoseOfTheBundle) {
  EXPECT_TRUE(same(findings(GetParam()), findings(kBundle)));
}

TEST_P(EstatesTest, VerdictsAreThoseOfTheBundle) {
  EXPECT_TRUE(same(verdicts(GetParam()), verdicts(kBundle)));
}

std::string shape_name(const testing::TestParamInfo<Shape>& parameter) {
  return std::string(parameter.param.folder);
}
INSTANTIATE_TEST_SUITE_P(Shapes, EstatesTest, testing::ValuesIn(kShapes), shape_name);

// Two empty configurations would be the same, too.
TEST(Estates, AreUnderstood) {
  const Node root = dump(kBundle);
  EXPECT_EQ(root.find("accounts")->items.size(), 2U);
  EXPECT_EQ(root.find("principals")->items.size(), 3U);
  EXPECT_EQ(root.find("policies")->items.size(), 11U);
  EXPECT_EQ(root.find("event_buses")->items.size(), 2U);
  EXPECT_EQ(root.find("target_resources")->items.size(), 4U);
  EXPECT_EQ(root.find("gaps"), nullptr);
  EXPECT_EQ(check(kBundle).find("findings")->items.size(), 3U);
}

}  // namespace
}  // namespace grantproof::tests
