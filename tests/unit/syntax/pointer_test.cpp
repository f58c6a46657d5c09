// SPDX-License-Identifier: Apache-2.0
#include "syntax/pointer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/syntax/reading.h"

namespace grantproof::syntax {
namespace {

TEST(Pointer, NodeAt) {
  // the examples of RFC 6901, section 5, and what is not there
  const Reading reading =
      json(R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, "~1": 9, "d": {"e": [[7]]}, "foo": 2})");
  struct Case {
    std::string pointer;
    std::string expected;  // as written; "" for none
  };
  const std::vector<Case> cases = {{"/foo", "[\"bar\", \"baz\"]"},
                                   {"/foo/0", "\"bar\""},
                                   {"/foo/1", "\"baz\""},
                                   {"/", "0"},
                                   {"/a~1b", "1"},
                                   {"/m~0n", "8"},
                                   {"/~01", "9"},
                                   {"/d/e/0/0", "7"},
                                   {"/foo/2", ""},
                                   {"/foo/-", ""},
                                   {"/foo/00", ""},
                                   {"/foo/01", ""},
                                   {"/foo/+0", ""},
                                   {"/foo/0x", ""},
                                   {"/nope", ""},
                                   {"foo", ""},
                                   {"/a~2b", ""},
                                   {"/m~", ""},
                                   {"/foo/0/x", ""},
                                   {"/foo/", ""},
                                   {"/foo/99999999999999999999999", ""}};
  for (const Case& test : cases) {
    const Node* node = node_at(*reading.tree, test.pointer);
    EXPECT_EQ(node == nullptr ? "" : reading.written(node->span), test.expected) << test.pointer;
  }
  EXPECT_EQ(node_at(*reading.tree, ""), &*reading.tree);
}

TEST(Pointer, PointerAtSpan) {
  const Reading reading = json(R"({"Statement": [{"Sid": "a"}, {"Condition": {"a/b~": "c"}}]})");
  const auto at = [&reading](std::string_view part) {
    const std::size_t begin = reading.sources.text(reading.file).find(part);
    return pointer_at(*reading.tree, base::Span{reading.file, static_cast<std::uint32_t>(begin),
                                                static_cast<std::uint32_t>(begin + part.size())});
  };
  EXPECT_EQ(at("\"c\""), "/Statement/1/Condition/a~1b~0");
  EXPECT_EQ(at("c\"}"), "/Statement/1/Condition");  // across the end of the string
  EXPECT_EQ(at("Condition"), "/Statement/1/Condition");
  EXPECT_EQ(at("\"a\"}"), "/Statement/0");
  EXPECT_EQ(at(", {"), "/Statement");
  EXPECT_EQ(at("{\"Statement\""), "");
  EXPECT_EQ(pointer_at(*reading.tree, base::Span{reading.file, 0, 1000}), std::nullopt);
  EXPECT_EQ(pointer_at(*reading.tree, base::Span{static_cast<base::FileId>(9), 1, 2}), std::nullopt);
}

TEST(Pointer, ThereAndBack) {
  const Reading reading = json(R"({"a": [{"~/": {"": [1, 2]}}, []], "b~0": "x"})");
  std::vector<std::pair<std::string, const Node*>> open{{"", &*reading.tree}};
  std::size_t nodes = 0;
  while (!open.empty()) {
    const auto [pointer, node] = open.back();
    open.pop_back();
    ++nodes;
    EXPECT_EQ(node_at(*reading.tree, pointer), node) << pointer;
    EXPECT_EQ(pointer_at(*reading.tree, node->span), pointer);
    for (std::size_t i = 0; i < node->items.size(); ++i)
      open.emplace_back(pointer_to_item(pointer, i), &node->items[i]);
    for (const Member& member : node->members)
      open.emplace_back(pointer_to_member(pointer, member.key), &member.value);
  }
  EXPECT_EQ(nodes, 9U);
}

}  // namespace
}  // namespace grantproof::syntax
