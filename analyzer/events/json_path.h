// SPDX-License-Identifier: Apache-2.0
//
// The JSONPath that EventBridge understands in InputPath and InputPathsMap: $, .name, ['name'], [index] and
// the wildcards .* and [*]. No filters, no slices, no "..".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "syntax/node.h"

namespace grantproof::events {

struct PathStep {
  enum class Kind { kName, kIndex, kEach };
  Kind kind = Kind::kName;
  std::string name;       // kName
  std::size_t index = 0;  // kIndex
};

struct JsonPath {
  std::vector<PathStep> steps;
};

// The error says what is wrong and at which character.
base::Expected<JsonPath> parse_json_path(std::string_view text);

// What the path leads to; with a wildcard a list of all that it leads to. Nothing where it leads to nothing.
// Of members that stand twice, the last.
std::optional<syntax::Node> find_path(const syntax::Node& root, const JsonPath& path);

}  // namespace grantproof::events
