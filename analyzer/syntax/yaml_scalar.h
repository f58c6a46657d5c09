// SPDX-License-Identifier: Apache-2.0
//
// What YAML's plain scalars and tags mean: the core schema of YAML 1.2 (10.3.2), and CloudFormation's short
// forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "syntax/node.h"

namespace grantproof::syntax {

// The kind of a plain scalar. "2012-10-17" and "yes" are strings, "012" is a number.
NodeKind core_schema_kind(std::string_view plain);

enum class TagMeaning {
  kNone,            // untagged, or !!map, !!seq: as it is written
  kText,            // !!str and "!": a string, whatever it looks like
  kPlain,           // !!int, !!float, !!bool, !!null: by the core schema, even in quotes
  kCloudFormation,  // !Ref, !Sub, ...: the value of an object with one key
  kUnknown,
};

struct Tag {
  TagMeaning meaning = TagMeaning::kNone;
  std::string key;  // kCloudFormation: "Ref", "Fn::Sub"
};

// `tag` as yaml-cpp gives it: "?" for plain and "!" for quoted scalars without one.
Tag tag_meaning(const std::string& tag);

}  // namespace grantproof::syntax
