// SPDX-License-Identifier: Apache-2.0
#include "events/event_leaves.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/events/event_case_file.h"

namespace grantproof::events {
namespace {

// "path=text" of each leaf, with " list:element" for each element that it stands in.
std::vector<std::string> leaves(std::string_view event) {
  std::vector<std::string> found;
  for_each_leaf(tests::event_of(event),
                [&](const std::string& path, const syntax::Node& node, const ListElements& elements) {
                  std::string& leaf = found.emplace_back(fmt::format("{}={}", path, leaf_of(node).text));
                  for (const ListElement& one : elements)
                    leaf += fmt::format(" {}:{}", one.list, one.element);
                });
  return found;
}

TEST(EventLeaves, HavePathsAndElements) {
  using Leaves = std::vector<std::string>;
  EXPECT_EQ(leaves("{}"), Leaves{});
  EXPECT_EQ(leaves(R"({"a":"x","b":{"c":1.50,"":true}})"), (Leaves{"a=x", "b.c=1.50", "b.=true"}));
  // Scalars stand in no element of their own list, and nothing in an empty object.
  EXPECT_EQ(leaves(R"({"a":[1,null,{}]})"), (Leaves{"a=1", "a=null"}));
  EXPECT_EQ(leaves(R"({"a":[{"b":1},[2,{"c":3}]],"d":[{"b":false}]})"),
            (Leaves{"a.b=1 0:0", "a=2 0:1", "a.c=3 0:1 1:1", "d.b=false 2:0"}));
}

}  // namespace
}  // namespace grantproof::events
