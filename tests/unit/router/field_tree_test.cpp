// SPDX-License-Identifier: Apache-2.0
#include "router/field_tree.h"

#include <gtest/gtest.h>

namespace grantproof::router {
namespace {

TEST(FieldTree, KeysAndDotsAreOnePath) {
  FieldTree tree;
  const FieldNumber state = tree.add("detail.state");
  EXPECT_EQ(tree.add("detail.state"), state);
  const FieldNumber name = tree.add("detail.state.name");
  EXPECT_NE(name, state);
  const auto detail = tree.descend(FieldTree::kRoot, "detail");
  EXPECT_EQ(tree.field_of(detail), kNoField);
  EXPECT_TRUE(tree.has_children(detail));
  EXPECT_EQ(tree.field_of(tree.descend(detail, "state")), state);
  EXPECT_EQ(tree.field_of(tree.descend(FieldTree::kRoot, "detail.state.name")), name);
  EXPECT_EQ(tree.node_of(name), tree.descend(detail, "state.name"));
  EXPECT_EQ(tree.parent_of(tree.node_of(name)), tree.node_of(state));
  EXPECT_EQ(tree.descend(FieldTree::kRoot, "detail.other"), FieldTree::kNone);
  EXPECT_EQ(tree.field_count(), 2U);
}

TEST(FieldTree, EmptyKeysAreKeys) {
  FieldTree tree;
  const FieldNumber empty = tree.add("");
  const FieldNumber below = tree.add(".a");
  EXPECT_EQ(tree.field_of(tree.descend(FieldTree::kRoot, "")), empty);
  EXPECT_EQ(tree.field_of(tree.descend(FieldTree::kRoot, ".a")), below);
  EXPECT_EQ(tree.descend(FieldTree::kRoot, "a"), FieldTree::kNone);
}

TEST(FieldTree, KeysThatDifferOnlyLateOrInLengthAreApart) {
  FieldTree tree;
  std::vector<std::string> keys;
  for (int i = 0; i < 200; ++i) {
    keys.push_back("the-same-beginning-" + std::to_string(i));
    keys.push_back(std::string(static_cast<std::size_t>(i), 'x'));
  }
  keys.push_back(std::string("a\0", 2));
  keys.emplace_back("a");
  std::vector<FieldNumber> fields;
  fields.reserve(keys.size());
  for (const std::string& key : keys)
    fields.push_back(tree.add(key));
  for (std::size_t i = 0; i < keys.size(); ++i)
    EXPECT_EQ(tree.field_of(tree.descend(FieldTree::kRoot, keys[i])), fields[i]) << keys[i];
  EXPECT_EQ(tree.field_count(), keys.size());
}

}  // namespace
}  // namespace grantproof::router
