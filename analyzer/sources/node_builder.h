// SPDX-License-Identifier: Apache-2.0
//
// Nodes made in code that lead into a document: what a source says in its own words (a SAM event) becomes
// several resources of CloudFormation, and all their nodes have the span of the words that made them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::sources {

using Members = std::vector<std::pair<std::string, syntax::Node>>;

class NodeBuilder {
 public:
  explicit NodeBuilder(base::Span span) : span_(span) {}

  base::Span span() const { return span_; }
  syntax::Node text(std::string text) const;
  syntax::Node boolean(bool value) const;
  syntax::Node list(std::vector<syntax::Node> items = {}) const;
  syntax::Node map(Members members = {}) const;

  // CloudFormation's intrinsic functions.
  syntax::Node ref(std::string logical_id) const;
  syntax::Node get_att(std::string logical_id, std::string attribute) const;
  syntax::Node sub(std::string format, Members variables = {}) const;
  syntax::Node condition(syntax::Node condition, syntax::Node if_true, syntax::Node if_false) const;
  syntax::Node no_value() const { return ref("AWS::NoValue"); }

 private:
  base::Span span_;
};

// Replaces the member of that name, or adds one, with the span of the value.
void set(syntax::Node& map, std::string_view key, syntax::Node value);
// Moves the member of that name out; null where there is none.
syntax::Node take(syntax::Node& map, std::string_view key);

inline bool is_null(const syntax::Node* node) {
  return node == nullptr || node->kind == syntax::NodeKind::kNull;
}
inline bool is_text(const syntax::Node* node) {
  return node != nullptr && node->kind == syntax::NodeKind::kString;
}
inline bool is_map(const syntax::Node* node) {
  return node != nullptr && node->kind == syntax::NodeKind::kMap;
}

// {"Ref": …}, {"Fn::…": …}, {"Condition": …}
bool is_intrinsic_function(const syntax::Node& node);
bool is_no_value(const syntax::Node& node);
// The three arguments of Fn::If; nullptr where it is none.
const std::vector<syntax::Node>* if_arguments(const syntax::Node& node);
// What Ref or Fn::GetAtt refers to; empty where it is neither.
std::string_view referred_id(const syntax::Node& node);
// The attribute of Fn::GetAtt; empty where it is none.
std::string_view referred_attribute(const syntax::Node& node);

// Equal but for where they stand.
bool same_value(const syntax::Node& left, const syntax::Node& right);

// The words of a text with single spaces: "Read Write".
std::vector<std::string_view> words_of(std::string_view text);
bool has_word(std::string_view text, std::string_view word);

}  // namespace grantproof::sources
